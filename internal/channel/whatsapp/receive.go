package whatsapp

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// Receive reads a webhook of the Cloud API, or answers its handshake.
//
// Errors: parley.ErrBadSignature.
// Source: networks.md 1, 2.
func (*WhatsApp) Receive(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	if r.Method == http.MethodGet {
		return meta.Handshake(in, r)
	}
	entries, odd, err := meta.Read(in, r, "whatsapp_business_account")
	if err != nil {
		return channel.Received{}, err
	}
	rd := &reader{in: in, out: channel.Received{Odd: odd}}
	for _, e := range entries {
		for _, raw := range e.Changes {
			rd.change(raw)
		}
	}
	return rd.out, nil
}

// reader gathers what one request says.
type reader struct {
	in    parley.EntryPoint
	out   channel.Received
	tally meta.Tally
}

func (rd *reader) change(raw json.RawMessage) {
	var c change
	if err := json.Unmarshal(raw, &c); err != nil {
		rd.out.Unreadable("unreadable_part change: " + channel.Words(err.Error()))
		return
	}
	switch c.Field {
	case "messages", "smb_message_echoes", "user_id_update":
		rd.value(c)
	default:
		rd.news(c)
	}
}

// value reads what customers and the owner's own app did. It must be about our
// number: one app's webhook may be called for several.
func (rd *reader) value(c change) {
	var v value
	if err := json.Unmarshal(c.Value, &v); err != nil {
		rd.out.Unreadable("unreadable_part " + c.Field + ": " + channel.Words(err.Error()))
		return
	}
	if id := string(v.Metadata.PhoneNumberID); id == "" {
		rd.out.Unreadable("no_account")
		return
	} else if id != rd.in.Setting("phone_number_id") {
		rd.out.Others = meta.Add(rd.out.Others, id)
		return
	}
	for _, raw := range v.Messages {
		rd.message(v, raw, false)
	}
	for _, raw := range v.Echoes {
		rd.message(v, raw, true)
	}
	for _, raw := range v.Statuses {
		rd.status(raw)
	}
	for _, raw := range v.Updates {
		rd.update(raw)
	}
	for _, f := range v.Errors {
		rd.out.News = append(rd.out.News, channel.News{Code: class(f.Code), Detail: f.detail()})
	}
}

// message reads one message. One whose body is broken is still shown as something
// that came, as long as we know who sent it.
func (rd *reader) message(v value, raw json.RawMessage, echo bool) {
	if rd.tally.Full() {
		rd.out.Unreadable(meta.TooMany)
		return
	}
	var h head
	if err := json.Unmarshal(raw, &h); err != nil || h.ID == "" {
		rd.out.Unreadable("no_id")
		return
	}
	in := parley.Inbound{Kind: parley.InboundMessage, ExternalID: string(h.ID), SentAt: h.Timestamp.Time, Echo: echo, Target: string(h.Context.ID)}
	if !rd.from(&in, v, h) {
		rd.out.Unreadable("from_nobody")
		return
	}
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		rd.out.Unreadable("unreadable_part " + h.Type + ": " + channel.Words(err.Error()))
		m, h.Type = message{}, "unknown"
	}
	if !fill(&in, h, m) {
		rd.out.Unreadable("unknown_kind " + channel.Words(h.Type))
	}
	if echo {
		in.Window = parley.WindowNone
	}
	rd.out.Messages = append(rd.out.Messages, in)
}

// from says whose message it is: of an echo, to whom it went. A group is never
// one person's conversation.
//
// Source: networks.md 0 row 3, 2, 11.
func (rd *reader) from(in *parley.Inbound, v value, h head) bool {
	if h.GroupID != "" {
		in.From = parley.Keys{{Kind: parley.KeyWhatsApp, Value: parley.Address("group:" + h.GroupID)}}
		return true
	}
	waID, userID := h.From, h.FromUserID
	if in.Echo {
		waID, userID = h.To, h.ToUserID
	}
	if waID == "" && userID == "" {
		userID = h.System.Previous
	}
	for _, c := range v.Contacts {
		if (waID != "" && c.WaID == waID) || (userID != "" && c.UserID == userID) {
			in.Name, in.Handle = c.Profile.Name, strings.TrimPrefix(c.Profile.Username, "@")
			if userID == "" {
				userID = c.UserID
			}
			if waID == "" {
				waID = c.WaID
			}
			break
		}
	}
	in.From = keys(waID, userID)
	return len(in.From) > 0
}

// keys are a person's addresses, the phone first: it is the one to route by.
//
// Source: networks.md 11.
func keys(waID, userID meta.ID) parley.Keys {
	var k parley.Keys
	if number := phone(string(waID)); number != "" {
		k = append(k, parley.Key{Kind: parley.KeyPhone, Value: parley.Address(number)})
	}
	if userID != "" {
		k = append(k, parley.Key{Kind: parley.KeyWhatsApp, Value: parley.Address(userID)})
	}
	return k
}

var digits = regexp.MustCompile(`^[1-9][0-9]{5,14}$`)

// phone turns a wa_id into E.164. A Mexican one may carry an extra 1, a Brazilian
// one may lack the 9 of mobiles; Meta takes either form when we send.
//
// Source: networks.md 2, phone quirks.
func phone(waID string) string {
	if !digits.MatchString(waID) {
		return ""
	}
	switch {
	case len(waID) == 13 && strings.HasPrefix(waID, "521"):
		return "+52" + waID[3:]
	case len(waID) == 12 && strings.HasPrefix(waID, "55") && waID[4] >= '6':
		return "+" + waID[:4] + "9" + waID[4:]
	}
	return "+" + waID
}

// update reads that somebody's id changed.
func (rd *reader) update(raw json.RawMessage) {
	var u userUpdate
	if rd.tally.Full() || json.Unmarshal(raw, &u) != nil || u.UserID.Current == "" || u.UserID.Previous == "" {
		rd.out.Unreadable("unreadable_part user_id_update")
		return
	}
	rd.out.Messages = append(rd.out.Messages, parley.Inbound{
		Kind:       parley.InboundIdentity,
		ExternalID: "user_id_update:" + string(u.UserID.Previous) + ":" + string(u.UserID.Current),
		From: parley.Keys{
			{Kind: parley.KeyWhatsApp, Value: parley.Address(u.UserID.Current)},
			{Kind: parley.KeyWhatsApp, Value: parley.Address(u.UserID.Previous)},
		},
		SentAt: u.Timestamp.Time,
	})
}
