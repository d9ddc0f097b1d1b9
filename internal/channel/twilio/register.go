package twilio

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"parley"
	"parley/internal/channel"
)

// overrides stand behind # in our webhook's address: Twilio tries again where a
// server restarts, which it does not by itself. They are neither posted nor signed.
//
// Source: networks.md 1; https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
const overrides = "#rc=5&rp=ct,rt,5xx"

// number is one of an account's phone numbers.
//
// Source: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
type number struct {
	SID         string `json:"sid"`
	PhoneNumber string `json:"phone_number"`
	SMSURL      string `json:"sms_url"`
	Application string `json:"sms_application_sid"` // set: its addresses count, and sms_url does not
}

// service is a messaging service: numbers that share their settings.
//
// Source: https://www.twilio.com/docs/messaging/api/service-resource
type service struct {
	InboundURL string `json:"inbound_request_url"`
	OnNumber   bool   `json:"use_inbound_webhook_on_number"` // each number's own address counts
	Statuses   string `json:"status_callback"`
}

// registration is what decides where Twilio posts what comes to our number.
type registration struct {
	number
	service *service // nil: the number's own address counts
}

// posts returns where a message to our number is posted, "" for nowhere we know.
func (g registration) posts() string {
	switch {
	case g.service != nil:
		return g.service.InboundURL
	case g.Application != "":
		return ""
	}
	return g.SMSURL
}

// registration asks for our number, and for the messaging service it is in.
//
// Errors: *channel.SendError; Config where the number is not the account's or not
// in the service.
func (t *Twilio) registration(ctx context.Context, in parley.EntryPoint) (registration, error) {
	var page struct {
		Numbers []number `json:"incoming_phone_numbers"`
	}
	query := url.Values{"PhoneNumber": {string(in.Address)}}
	if err := read(t.call(ctx, in, http.MethodGet, "/IncomingPhoneNumbers.json", query))(&page); err != nil {
		return registration{}, err
	}
	var g registration
	for _, n := range page.Numbers { // Twilio also finds numbers that only contain ours
		if n.PhoneNumber == string(in.Address) {
			g.number = n
		}
	}
	if g.SID == "" {
		return registration{}, &channel.SendError{Code: channel.Config, Detail: "not_ours"}
	}
	if in.Setting("messaging_service_sid") == "" {
		return g, nil
	}
	var shared service
	if err := read(t.ask(ctx, in, request{method: http.MethodGet, address: messaging(in)}))(&shared); err != nil {
		return registration{}, unknown(err, "messaging_service_sid is not one of this account")
	}
	if _, err := t.ask(ctx, in, request{method: http.MethodGet, address: messaging(in) + "/PhoneNumbers/" + url.PathEscape(g.SID)}); err != nil {
		return registration{}, unknown(err, "phone_number is not in the messaging service")
	}
	if !shared.OnNumber {
		g.service = &shared
	}
	return g, nil
}

// messaging is our messaging service's address. It is at a host of its own, in the
// same region, where Twilio's API is not at an address of somebody else.
func messaging(in parley.EntryPoint) string {
	base := api(in)
	if u, err := url.Parse(base); err == nil && strings.HasPrefix(u.Host, "api.") && strings.HasSuffix(u.Host, ".twilio.com") {
		u.Host = "messaging." + strings.TrimPrefix(u.Host, "api.")
		base = u.String()
	}
	return base + "/v1/Services/" + url.PathEscape(in.Setting("messaging_service_sid"))
}

// unknown says in a refusal what was not found.
func unknown(err error, what string) error {
	var e *channel.SendError
	if errors.As(err, &e) && strings.HasPrefix(e.Detail, "20404") {
		return &channel.SendError{Code: channel.Config, Detail: what}
	}
	return err
}

// read returns what reads an answer's document.
func read(answer channel.Answer, err error) func(into any) error {
	return func(into any) error {
		if err != nil {
			return err
		}
		if json.Unmarshal(answer.Body, into) != nil {
			return &channel.SendError{Code: channel.Transient, Detail: "unreadable_answer"}
		}
		return nil
	}
}

// Register has Twilio post what comes to our number to our webhook: by the number's
// own address, or by that of its messaging service where that one counts. A service
// without an address for statuses gets one; a number's is for calls and stays as it
// is, as each of our messages names its own.
//
// Errors: *channel.SendError; Config where the number is not the account's.
func (t *Twilio) Register(ctx context.Context, in parley.EntryPoint, webhook string) error {
	g, err := t.registration(ctx, in)
	if err != nil {
		return err
	}
	if g.service == nil {
		form := url.Values{"SmsUrl": {webhook + overrides}, "SmsMethod": {http.MethodPost}}
		if g.Application != "" {
			form.Set("SmsApplicationSid", "")
		}
		_, err = t.call(ctx, in, http.MethodPost, "/IncomingPhoneNumbers/"+url.PathEscape(g.SID)+".json", form)
		return channel.Beforehand(err)
	}
	form := url.Values{"InboundRequestUrl": {webhook + overrides}, "InboundMethod": {http.MethodPost}}
	if g.service.Statuses == "" || ours(in, g.service.Statuses) {
		form.Set("StatusCallback", cmp.Or(in.Setting("status_callback"), webhook))
	}
	_, err = t.ask(ctx, in, request{http.MethodPost, messaging(in), form})
	return channel.Beforehand(err)
}

// ours reports whether an address is our webhook's, wherever we were reached then.
func ours(in parley.EntryPoint, address string) bool {
	return strings.Contains(address, "/"+string(in.ID))
}

// Check asks whose account it is, whether our number is in it, and whether what
// comes to it is posted to us.
//
// Errors: *channel.SendError; Config where the number is not the account's.
// Source: https://www.twilio.com/docs/iam/api/account
func (t *Twilio) Check(ctx context.Context, in parley.EntryPoint) (channel.Health, error) {
	var account struct {
		Name   string `json:"friendly_name"`
		Status string `json:"status"`
	}
	if err := read(t.call(ctx, in, http.MethodGet, ".json", nil))(&account); err != nil {
		return channel.Health{}, err
	}
	switch account.Status {
	case "active":
	case "":
		return channel.Health{}, &channel.SendError{Code: channel.Transient, Detail: "unreadable_answer"}
	default:
		return channel.Health{}, &channel.SendError{Code: channel.Blocked, Detail: "account_state " + channel.Words(account.Status)}
	}
	g, err := t.registration(ctx, in)
	health := channel.Health{Account: account.Name, Subscribed: ours(in, g.posts()), Detail: account.Status}
	if u, e := url.Parse(g.posts()); e == nil && u.Host != "" && !health.Subscribed {
		health.Detail = "posts_to " + channel.Words(u.Host)
	}
	return health, err
}
