package eightbyeight

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"parley"
	"parley/internal/channel"
)

// Send delivers one text and returns its umid. Whether it is of the GSM alphabet
// 8x8 finds out itself.
//
// Errors: *channel.SendError.
// Source: https://developer.8x8.com/connect/reference/send-sms-single
func (e *EightByEight) Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (string, error) {
	to, err := channel.SMSTo(m)
	if err != nil {
		return "", err
	}
	body := map[string]string{"destination": to, "source": string(from.Address), "text": m.Text, "clientMessageId": channel.Ref(m), "encoding": "AUTO"}
	if callback := callback(from); callback != "" {
		body["dlrCallbackUrl"] = callback
	}
	raw, _ := json.Marshal(body) // texts always can
	base := strings.TrimRight(from.Setting("base_url"), "/")
	if base == "" {
		base = baseURL
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/api/v1/subaccounts/"+url.PathEscape(from.Setting("subaccount_id"))+"/messages", bytes.NewReader(raw))
	if err != nil {
		return "", &channel.SendError{Code: channel.Config, Detail: "wrong_field base_url"}
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+from.Setting("api_key"))
	answer, err := channel.Call(e.client, req)
	if err != nil {
		return "", err
	}
	return accepted(answer)
}

// accepted reads the answer to a text. A yes may hold a no inside.
func accepted(a channel.Answer) (string, error) {
	if a.Status < 200 || a.Status > 299 {
		return "", verdict(a)
	}
	var row struct {
		ID     string `json:"umid"`
		Status status `json:"status"`
	}
	if err := json.Unmarshal(a.Body, &row); err != nil || row.ID == "" {
		return "", &channel.SendError{Code: channel.UnknownOutcome, Detail: "unreadable_answer"}
	}
	if row.Status.reached() == parley.DeliveryFailed {
		return "", &channel.SendError{Code: class(row.Status.ErrorCode), Detail: row.Status.words()}
	}
	return row.ID, nil
}

// callback is where 8x8 tells what becomes of a message, with the key that makes
// it believed.
func callback(from parley.EntryPoint) string {
	u, err := url.Parse(from.Setting("status_callback"))
	if err != nil || u.Host == "" {
		return ""
	}
	q := u.Query()
	q.Set("knock", from.Setting("webhook_key"))
	u.RawQuery = q.Encode()
	return u.String()
}
