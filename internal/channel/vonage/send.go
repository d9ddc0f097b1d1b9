package vonage

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"parley"
	"parley/internal/channel"
)

// clientRefMax is the longest reference that older networks give back.
//
// Source: networks.md 6.
const clientRefMax = 40

// Send delivers one text and returns the id of its first part. Who we are stands
// in the header, so that no log has it with the address.
//
// Errors: *channel.SendError.
// Source: https://developer.vonage.com/en/api/sms#send-an-sms
func (v *Vonage) Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (string, error) {
	to, err := channel.SMSTo(m)
	if err != nil {
		return "", err
	}
	form := url.Values{"from": {digits(string(from.Address))}, "to": {digits(to)}, "text": {m.Text}, "type": {"text"}}
	if _, ucs2, _ := parley.SMSSegments(m.Text); ucs2 {
		form.Set("type", "unicode") // as text, what is in no GSM alphabet becomes a question mark
	}
	if ref := channel.Ref(m); len(ref) <= clientRefMax {
		form.Set("client-ref", ref)
	}
	if callback := from.Setting("status_callback"); callback != "" {
		form.Set("callback", callback)
	}
	answer, err := v.call(ctx, from, http.MethodPost, "/sms/json", form)
	if err != nil {
		return "", err
	}
	return accepted(answer)
}

// accepted reads the answer, which has a row for each part. A text of which one
// part was refused has failed, and is not tried again by itself: the others went.
func accepted(a channel.Answer) (string, error) {
	var body struct {
		Messages []struct {
			ID     string `json:"message-id"`
			Status string `json:"status"`
			Words  string `json:"error-text"`
		} `json:"messages"`
	}
	if err := json.Unmarshal(a.Body, &body); err != nil || len(body.Messages) == 0 {
		return "", &channel.SendError{Code: channel.UnknownOutcome, Detail: "unreadable_answer"}
	}
	first := body.Messages[0]
	for i, row := range body.Messages {
		if row.Status == "0" {
			continue
		}
		e := verdict(row.Status, row.Words)
		if i > 0 && (e.Code == channel.Throttled || e.Code == channel.Transient) {
			e.Code, e.After = channel.Undeliverable, 0
		}
		return "", e
	}
	if first.ID == "" {
		return "", &channel.SendError{Code: channel.UnknownOutcome, Detail: "no_id"}
	}
	return first.ID, nil
}

// call makes a call and reads an answer that is a yes to it.
//
// Errors: *channel.SendError.
func (v *Vonage) call(ctx context.Context, in parley.EntryPoint, method, path string, form url.Values) (channel.Answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, base(in)+path, strings.NewReader(form.Encode()))
	if err != nil {
		return channel.Answer{}, &channel.SendError{Code: channel.Config, Detail: "wrong_field base_url"}
	}
	if len(form) > 0 {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.SetBasicAuth(in.Setting("api_key"), in.Setting("api_secret"))
	answer, err := channel.Call(v.client, req)
	if err == nil && (answer.Status < 200 || answer.Status > 299) {
		return answer, answer.Failed()
	}
	return answer, err
}

// Check asks what is left of the account's money, which proves who we are.
//
// Errors: *channel.SendError.
// Source: https://developer.vonage.com/en/api/account#get-account-balance
func (v *Vonage) Check(ctx context.Context, in parley.EntryPoint) (channel.Health, error) {
	answer, err := v.call(ctx, in, http.MethodGet, "/account/get-balance", nil)
	if err != nil {
		return channel.Health{}, err
	}
	var account struct {
		Value json.Number `json:"value"`
	}
	if err := json.Unmarshal(answer.Body, &account); err != nil || account.Value == "" {
		return channel.Health{}, &channel.SendError{Code: channel.Transient, Detail: "unreadable_answer"}
	}
	return channel.Health{Account: in.Setting("api_key"), Subscribed: true, Detail: "balance " + account.Value.String()}, nil
}
