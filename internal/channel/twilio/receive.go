package twilio

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley"
	"parley/internal/channel"
)

// emptyTwiML answers a message with nothing to say back.
var emptyTwiML = &channel.Reply{Status: 200, Type: "text/xml; charset=utf-8", Body: []byte(`<?xml version="1.0" encoding="UTF-8"?><Response/>`)}

// Receive reads a message, or what became of one of ours.
//
// Errors: parley.ErrBadSignature.
// Source: networks.md 1, 5.
func (*Twilio) Receive(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	form, err := signed(in, r)
	if err != nil {
		return channel.Received{}, err
	}
	out := channel.Received{Reply: emptyTwiML}
	id := form.Get("MessageSid")
	if id == "" {
		id = form.Get("SmsSid")
	}
	switch status := form.Get("MessageStatus"); {
	case id == "" || len(id) > 64:
		out.Odd = "no_id"
	case form.Get("AccountSid") != in.Setting("account_sid"):
		out.Odd = "other_account " + channel.Words(form.Get("AccountSid"))
	case status != "" && status != "received" && status != "receiving":
		out.Statuses = statuses(r.Query, id, form)
	case form.Get("From") == "":
		out.Odd = "from_nobody"
	case form.Get("To") != string(in.Address) && (in.Setting("messaging_service_sid") == "" || form.Get("MessagingServiceSid") != in.Setting("messaging_service_sid")):
		out.Odd = "other_account " + channel.Words(form.Get("To"))
	default:
		out.Messages = []parley.Inbound{message(id, form)}
	}
	return out, nil
}

// message reads what a customer wrote. Pictures do not come in by SMS: that there
// were some is noted.
//
// Source: SMS-05, SMS-09; https://www.twilio.com/docs/messaging/guides/webhook-request
func message(id string, form url.Values) parley.Inbound {
	m := parley.Inbound{Kind: parley.InboundMessage, From: channel.SMSFrom(form.Get("From")), ExternalID: id, Text: text(form)}
	if n, err := strconv.Atoi(form.Get("NumMedia")); err == nil && n > 0 {
		m.Content = &parley.Content{Kind: parley.ContentPlaceholder, Note: "attachment_not_supported"}
	}
	switch form.Get("OptOutType") {
	case "STOP":
		yes := true
		m.OptOut = &yes
	case "START":
		no := false
		m.OptOut = &no
	case "HELP": // Twilio has answered it
		m.Help = parley.HelpGiven
	default:
		channel.SMSKeyword(&m)
	}
	return m
}

// packedLeast is how long a text is at least that Twilio sends as base64.
const packedLeast = 64

// text is the body. Twilio sometimes sends a long one as base64: one word without
// a space that, unpacked, is a text with spaces.
//
// Source: networks.md 0, fact 9.
func text(form url.Values) string {
	body := form.Get("Body")
	if len(body) < packedLeast || len(body)%4 != 0 || strings.ContainsAny(body, " \n") {
		return body
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(body)
	if err != nil || !utf8.Valid(raw) || !strings.ContainsAny(string(raw), " \n") {
		return body
	}
	if strings.ContainsFunc(string(raw), func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		return body
	}
	return string(raw)
}

// statuses reads a status callback. Our message's id stands in its address.
//
// Source: https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
func statuses(query url.Values, id string, form url.Values) []parley.Status {
	s := parley.Status{ExternalID: id, State: state(form.Get("MessageStatus"))}
	if s.State == "" {
		return nil
	}
	s.Ref, s.Part = channel.ParseRef(query.Get("ref"))
	if s.State == parley.DeliveryFailed {
		code, _ := strconv.Atoi(form.Get("ErrorCode"))
		s.Code, s.Detail = string(class(code)), channel.Words(strings.TrimSpace(form.Get("ErrorCode")+" "+form.Get("MessageStatus")))
	}
	return []parley.Status{s}
}

// state is what Twilio's word means; "" for one that changes nothing.
//
// Source: networks.md 5, status.
func state(word string) parley.DeliveryState {
	switch word {
	case "sent":
		return parley.DeliverySent
	case "delivered":
		return parley.DeliveryDelivered
	case "read":
		return parley.DeliveryRead
	case "failed", "undelivered", "canceled":
		return parley.DeliveryFailed
	}
	return "" // accepted, scheduled, queued, sending
}
