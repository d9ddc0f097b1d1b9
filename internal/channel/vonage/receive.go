package vonage

import (
	"net/http"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

// Receive reads a message, a part of a long one, or a delivery receipt. An
// address that is saved in the dashboard is called once with nothing.
//
// The parts of a long text come as webhooks of their own, in any order, each with
// its own id: each becomes a message of its own. To join them would mean to hold
// back what a customer wrote until a part comes that may never come.
//
// Errors: parley.ErrBadSignature.
// Source: networks.md 1, 6; https://developer.vonage.com/en/messaging/sms/guides/inbound-sms
func (*Vonage) Receive(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	if r.Method == http.MethodGet && len(r.Query) == 0 {
		return channel.Received{Reply: &channel.Reply{Status: http.StatusOK, Type: "text/plain; charset=utf-8"}}, nil
	}
	p, err := signed(in, r)
	if err != nil {
		return channel.Received{}, err
	}
	id := p["messageId"]
	_, receipt := p["status"]
	switch {
	case id == "" || len(id) > 64:
		return channel.Received{Odd: "no_id"}, nil
	case p["api-key"] != "" && p["api-key"] != in.Setting("api_key"):
		return channel.Received{Odd: "other_account " + channel.Words(p["api-key"])}, nil
	case receipt:
		return channel.Received{Statuses: p.statuses()}, nil
	case digits(p["to"]) != digits(string(in.Address)):
		return channel.Received{Odd: "other_account " + channel.Words(p["to"])}, nil
	case p["msisdn"] == "":
		return channel.Received{Odd: "from_nobody"}, nil
	}
	return channel.Received{Messages: []parley.Inbound{p.message()}}, nil
}

// message reads what a customer wrote.
//
// Source: SMS-04, SMS-05, SMS-09.
func (p params) message() parley.Inbound {
	m := parley.Inbound{Kind: parley.InboundMessage, From: channel.SMSFrom(p["msisdn"]), ExternalID: p["messageId"], Text: p["text"], SentAt: p.at()}
	if p["type"] == "binary" {
		m.Content = &parley.Content{Kind: parley.ContentPlaceholder, Note: "unsupported"}
	}
	if p["concat"] != "true" {
		channel.SMSKeyword(&m)
	}
	return m
}

// at is when Vonage says it was; zero if it cannot be read.
func (p params) at() time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04:05", strings.ReplaceAll(p["message-timestamp"], "+", " "), time.UTC)
	if err != nil {
		return time.Time{}
	}
	return at
}

// statuses reads a delivery receipt. A long text has one for each part, of which
// the first bears the id that Send returned: as it stands, so does the message.
//
// Source: https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts
func (p params) statuses() []parley.Status {
	s := parley.Status{ExternalID: p["messageId"], State: state(p["status"]), At: p.at()}
	if s.State == "" {
		return nil
	}
	s.Ref, s.Part = channel.ParseRef(p["client-ref"])
	if s.State == parley.DeliveryFailed {
		s.Code, s.Detail = string(receiptClass(p["err-code"])), channel.Words(strings.TrimSpace(p["err-code"]+" "+p["status"]))
	}
	return []parley.Status{s}
}

// state is what Vonage's word means; "" for one that changes nothing.
//
// Source: networks.md 6.
func state(word string) parley.DeliveryState {
	switch word {
	case "accepted", "buffered", "submitted":
		return parley.DeliverySent
	case "delivered":
		return parley.DeliveryDelivered
	case "expired", "failed", "rejected", "deleted":
		return parley.DeliveryFailed
	}
	return "" // unknown
}
