package eightbyeight

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

// known reports whether who calls knows our key. In an address it is called knock:
// what is called a key may not stand there. Both are hashed first, so that
// not even the key's length shows in the time it takes.
//
// Source: A-053, networks.md 1.
func known(in parley.EntryPoint, r channel.Request) bool {
	key := in.Setting("webhook_key")
	given := r.Query["knock"]
	if len(given) == 0 {
		given = r.Header.Values("Authorization")
		if len(given) == 1 {
			given = []string{strings.TrimPrefix(given[0], "Bearer ")}
		}
	}
	if key == "" || len(given) != 1 {
		return false
	}
	a, b := sha256.Sum256([]byte(key)), sha256.Sum256([]byte(given[0]))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// What a webhook carries.
//
// Source: https://developer.8x8.com/connect/reference/webhook-object-structure,
// inbound-sms, delivery-receipts-for-outbound-sms
type (
	webhook struct {
		Namespace string  `json:"namespace"`
		EventType string  `json:"eventType"`
		Payload   payload `json:"payload"`
	}
	payload struct {
		ID              string `json:"umid"`
		SubAccount      string `json:"subAccountId"`
		At              stamp  `json:"timestamp"`
		Source          string `json:"source"`
		Destination     string `json:"destination"`
		Body            string `json:"body"`
		ClientMessageID string `json:"clientMessageId"`
		Status          status `json:"status"`
	}
	status struct {
		State        string `json:"state"`
		Detail       string `json:"detail"`
		At           stamp  `json:"timestamp"`
		ErrorCode    int    `json:"errorCode"`
		ErrorMessage string `json:"errorMessage"`
	}
)

// stamp is a time; one that cannot be read is none.
type stamp struct{ time.Time }

// UnmarshalJSON takes ISO 8601, with any number of decimals.
func (s *stamp) UnmarshalJSON(raw []byte) error {
	if at, err := time.Parse(time.RFC3339Nano, strings.Trim(string(raw), `"`)); err == nil {
		s.Time = at.UTC().Truncate(time.Millisecond)
	}
	return nil
}

// Receive reads a message, or what became of one of ours.
//
// Errors: parley.ErrBadSignature.
// Source: networks.md 1, 7.
func (*EightByEight) Receive(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	if !known(in, r) {
		return channel.Received{}, parley.ErrBadSignature
	}
	var w webhook
	if err := json.Unmarshal(r.Body, &w); err != nil {
		return channel.Received{Odd: "unreadable_part webhook: " + channel.Words(err.Error())}, nil
	}
	p := w.Payload
	switch {
	case w.Namespace != "SMS":
		return channel.Received{Odd: "unknown_kind " + channel.Words(w.Namespace)}, nil
	case p.ID == "" || len(p.ID) > 64:
		return channel.Received{Odd: "no_id"}, nil
	case p.SubAccount != in.Setting("subaccount_id"):
		return channel.Received{Odd: "other_account " + channel.Words(p.SubAccount)}, nil
	}
	switch w.EventType {
	case "inbound_message_received":
		if digits(p.Destination) != digits(string(in.Address)) {
			return channel.Received{Odd: "other_account " + channel.Words(p.Destination)}, nil
		}
		return channel.Received{Messages: []parley.Inbound{p.message()}}, nil
	case "outbound_message_status_changed":
		return channel.Received{Statuses: p.statuses()}, nil
	}
	return channel.Received{Odd: "unknown_kind " + channel.Words(w.EventType)}, nil
}

func digits(number string) string { return strings.TrimPrefix(number, "+") }

// message reads what a customer wrote.
//
// Source: SMS-04, SMS-09.
func (p payload) message() parley.Inbound {
	m := parley.Inbound{Kind: parley.InboundMessage, From: channel.SMSFrom(p.Source), ExternalID: p.ID, Text: p.Body, SentAt: p.At.Time}
	channel.SMSKeyword(&m)
	return m
}

// statuses reads a delivery receipt.
func (p payload) statuses() []parley.Status {
	s := parley.Status{ExternalID: p.ID, State: p.Status.reached(), At: p.Status.At.Time}
	if s.State == "" {
		return nil
	}
	s.Ref, s.Part = channel.ParseRef(p.ClientMessageID)
	if s.State == parley.DeliveryFailed {
		s.Code, s.Detail = string(receiptClass(p.Status.ErrorCode)), p.Status.words()
	}
	return []parley.Status{s}
}

// reached is what a state means; "" for one that changes nothing. What the
// operator has is sent: only the phone's own word is delivered.
//
// Source: https://developer.8x8.com/connect/reference/message-status-references
func (s status) reached() parley.DeliveryState {
	switch {
	case s.State == "delivered" && s.Detail == "delivered_to_operator", s.State == "sent":
		return parley.DeliverySent
	case s.State == "delivered":
		return parley.DeliveryDelivered
	case s.State == "read":
		return parley.DeliveryRead
	case s.State == "undelivered", s.State == "rejected", s.State == "failed", s.State == "error":
		return parley.DeliveryFailed
	}
	return "" // queued, unknown, ok
}

// words are 8x8's own of a failure.
func (s status) words() string {
	out := s.State
	if s.Detail != "" {
		out = s.Detail
	}
	if s.ErrorCode != 0 {
		out = strconv.Itoa(s.ErrorCode) + " " + out
	}
	return channel.Words(strings.TrimSpace(out + " " + s.ErrorMessage))
}
