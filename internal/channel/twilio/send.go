package twilio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

// resource is a message as Twilio shows it.
//
// Source: https://www.twilio.com/docs/messaging/api/message-resource
type resource struct {
	SID       string `json:"sid"`
	Status    string `json:"status"`
	Body      string `json:"body"`
	Direction string `json:"direction"`
	Created   string `json:"date_created"`
	Code      *int   `json:"error_code"`
}

// Send delivers one text and returns its SID.
//
// Errors: *channel.SendError.
func (t *Twilio) Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (string, error) {
	to, err := channel.SMSTo(m)
	if err != nil {
		return "", err
	}
	form := url.Values{"To": {to}, "Body": {m.Text}}
	if service := from.Setting("messaging_service_sid"); service != "" {
		form.Set("MessagingServiceSid", service)
	} else {
		form.Set("From", string(from.Address))
	}
	if callback := callback(from, m); callback != "" {
		form.Set("StatusCallback", callback)
	}
	answer, err := t.call(ctx, from, http.MethodPost, "/Messages.json", form)
	if err != nil {
		return "", err
	}
	var r resource
	if err := json.Unmarshal(answer.Body, &r); err != nil || r.SID == "" {
		return "", &channel.SendError{Code: channel.UnknownOutcome, Detail: "unreadable_answer"}
	}
	if e := r.refused(); e != nil {
		return "", e
	}
	return r.SID, nil
}

// refused reads a message that was made and failed at once; nil if it did not.
func (r resource) refused() *channel.SendError {
	if state(r.Status) != parley.DeliveryFailed {
		return nil
	}
	code := 0
	if r.Code != nil {
		code = *r.Code
	}
	return &channel.SendError{Code: class(code), Detail: strconv.Itoa(code) + " " + r.Status}
}

// callback is where Twilio tells what becomes of a message: our webhook, with our
// own id in its query.
func callback(from parley.EntryPoint, m parley.Outbound) string {
	u, err := url.Parse(from.Setting("status_callback"))
	if err != nil || u.Host == "" {
		return ""
	}
	q := u.Query()
	q.Set("ref", channel.Ref(m))
	u.RawQuery = q.Encode()
	return u.String()
}

// call makes a call below the account.
//
// Errors: *channel.SendError.
func (t *Twilio) call(ctx context.Context, in parley.EntryPoint, method, path string, form url.Values) (channel.Answer, error) {
	return t.ask(ctx, in, request{method, api(in) + "/2010-04-01/Accounts/" + url.PathEscape(in.Setting("account_sid")) + path, form})
}

// request is a call to one of Twilio's hosts.
type request struct {
	method  string
	address string
	form    url.Values // of a GET it is the query
}

// api is where the account's API is.
func api(in parley.EntryPoint) string {
	if base := strings.TrimRight(in.Setting("base_url"), "/"); base != "" {
		return base
	}
	return baseURL
}

// ask makes a call with the account's credentials.
//
// Errors: *channel.SendError.
func (t *Twilio) ask(ctx context.Context, in parley.EntryPoint, r request) (channel.Answer, error) {
	body := ""
	if r.method == http.MethodPost {
		body = r.form.Encode()
	} else if len(r.form) > 0 {
		r.address += "?" + r.form.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, r.method, r.address, strings.NewReader(body))
	if err != nil {
		return channel.Answer{}, &channel.SendError{Code: channel.Config, Detail: "wrong_field base_url"}
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.SetBasicAuth(in.Setting("account_sid"), in.Setting("auth_token"))
	answer, err := channel.Call(t.client, req)
	if err == nil && (answer.Status < 200 || answer.Status > 299) {
		return answer, verdict(answer)
	}
	return answer, err
}

// slack is how far our clock and Twilio's may differ.
const slack = 2 * time.Minute

// Resolve looks among the newest messages to the customer for one with the same
// text, made since this one was.
//
// Errors: *channel.SendError.
// Source: R-46; https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
func (t *Twilio) Resolve(ctx context.Context, in parley.EntryPoint, m parley.Outbound) (parley.Status, bool, error) {
	since := parley.MadeAt(string(m.ID))
	query := url.Values{"To": {string(m.To.Of(parley.KeyPhone))}, "PageSize": {"50"}}
	if in.Setting("messaging_service_sid") == "" {
		query.Set("From", string(in.Address))
	}
	answer, err := t.call(ctx, in, http.MethodGet, "/Messages.json", query)
	if err != nil {
		return parley.Status{}, false, err
	}
	var list struct {
		Messages []resource `json:"messages"`
	}
	if err := json.Unmarshal(answer.Body, &list); err != nil {
		return parley.Status{}, false, &channel.SendError{Code: channel.Transient, Detail: "unreadable_answer"}
	}
	for _, r := range list.Messages {
		made, err := time.Parse(time.RFC1123Z, r.Created)
		if err != nil || since.IsZero() || made.Before(since.Add(-slack)) || r.Body != m.Text || slices.Contains(m.Not, r.SID) || r.Direction == "inbound" {
			continue
		}
		s := parley.Status{ExternalID: r.SID, Ref: string(m.ID), Part: m.Part, State: state(r.Status)}
		if s.State == "" {
			s.State = parley.DeliverySent
		}
		if e := r.refused(); e != nil {
			s.Code, s.Detail = string(e.Code), e.Detail
		}
		return s, true, nil
	}
	return parley.Status{}, false, nil
}
