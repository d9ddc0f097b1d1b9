package messenger

import (
	"encoding/json"
	"fmt"
	"net/http"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// Receive reads a webhook of the Messenger Platform, or answers its handshake.
//
// Errors: parley.ErrBadSignature.
// Source: networks.md 1, 3.
func (m *Messenger) Receive(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	if r.Method == http.MethodGet {
		return meta.Handshake(in, r)
	}
	entries, odd, err := meta.Read(in, r, "page", "instagram")
	if err != nil {
		return channel.Received{}, err
	}
	rd := &reader{Messenger: m, in: in, out: channel.Received{Odd: odd}}
	for _, e := range entries {
		rd.entry(e)
	}
	return rd.out, nil
}

// reader gathers what one request says.
type reader struct {
	*Messenger
	in    parley.EntryPoint
	out   channel.Received
	tally meta.Tally
}

// entry reads one page's events: those for us, and those another app of the page
// has the word in (standby), which are as much the customer's words. It must be
// our page.
func (rd *reader) entry(e meta.Entry) {
	if id := string(e.ID); id == "" {
		rd.out.Unreadable("no_id")
		return
	} else if id != string(rd.in.Address) && id != rd.in.Setting("page_id") {
		rd.out.Others = meta.Add(rd.out.Others, id)
		return
	}
	for _, raw := range append(e.Messaging, e.Standby...) {
		rd.event(raw)
	}
	if len(e.Changes) > 0 {
		rd.out.Unreadable("unknown_kind changes")
	}
}

func (rd *reader) event(raw json.RawMessage) {
	var e event
	if rd.tally.Full() {
		rd.out.Unreadable(meta.TooMany)
		return
	}
	if err := json.Unmarshal(raw, &e); err != nil {
		rd.out.Unreadable("unreadable_part event: " + channel.Words(err.Error()))
		e = outline(raw)
	}
	switch {
	case e.Message != nil:
		rd.message(e)
	case e.Edit != nil:
		rd.add(e, parley.Inbound{Kind: parley.InboundEdit, ExternalID: fmt.Sprintf("edit:%s:%s", e.Edit.ID, e.Edit.Num), Target: string(e.Edit.ID), Text: e.Edit.Text}, string(e.Edit.ID))
	case e.Reaction != nil:
		rd.reaction(e)
	case e.Postback != nil:
		rd.postback(e)
	case e.Delivery != nil:
		rd.marks(e, e.Delivery, parley.DeliveryDelivered)
	case e.Read != nil:
		rd.marks(e, e.Read, parley.DeliveryRead)
	case e.Policy != nil:
		rd.policy(e.Policy)
	default:
		rd.action(e)
	}
}

// outline is what is left of an event whose body is broken: a message of which
// we know that it came, and from whom.
func outline(raw json.RawMessage) event {
	var e struct {
		Sender    party     `json:"sender"`
		Recipient party     `json:"recipient"`
		Timestamp meta.Time `json:"timestamp"`
		Message   *struct {
			ID   meta.ID `json:"mid"`
			Echo bool    `json:"is_echo"`
		} `json:"message"`
	}
	if json.Unmarshal(raw, &e) != nil || e.Message == nil {
		return event{}
	}
	return event{Sender: e.Sender, Recipient: e.Recipient, Timestamp: e.Timestamp, Message: &message{ID: e.Message.ID, Echo: e.Message.Echo, Unsupported: true}}
}

// add keeps what the customer did, if we know who and what.
func (rd *reader) add(e event, in parley.Inbound, id string) {
	if len(in.From) == 0 {
		in.From = rd.key(e.Sender.ID)
	}
	if len(in.From) == 0 || id == "" {
		rd.out.Unreadable("no_id")
		return
	}
	in.SentAt = e.Timestamp.Time
	rd.out.Messages = append(rd.out.Messages, in)
}

// message reads what was written. What comes from our own page is an echo: the
// customer is the one it went to.
func (rd *reader) message(e event) {
	m := e.Message
	in := parley.Inbound{Kind: parley.InboundMessage, ExternalID: string(m.ID), Target: string(m.ReplyTo.ID), Text: m.Text, Window: parley.WindowOpens}
	if m.Echo || string(e.Sender.ID) == string(rd.in.Address) {
		in.Echo, in.AppID, in.Window = true, string(m.AppID), parley.WindowNone
		in.Ref, in.Part = channel.ParseRef(m.Metadata)
		in.From = rd.key(e.Recipient.ID)
	}
	if m.Deleted {
		in.Kind, in.ExternalID, in.Target, in.Text, in.Window = parley.InboundRevoke, "deleted:"+string(m.ID), string(m.ID), "", parley.WindowNone
		rd.add(e, in, string(m.ID))
		return
	}
	rd.content(&in, m)
	if m.Referral != nil {
		refer(&in, m.Referral)
	}
	rd.add(e, in, string(m.ID))
}

// emojis stand for the words of old reactions.
var emojis = map[string]string{
	"smile": "\U0001F606", "angry": "\U0001F620", "sad": "\U0001F622", "wow": "\U0001F62E",
	"love": "\u2764", "like": "\U0001F44D", "dislike": "\U0001F44E",
}

// reaction reads a reaction. It has no id of its own: a repeat is known by
// whom, what and when.
func (rd *reader) reaction(e event) {
	r := e.Reaction
	emoji := r.Emoji
	if emoji == "" {
		emoji = emojis[r.Word]
	}
	if emoji == "" {
		emoji = "\u2753" // "other": the network does not say which
	}
	if r.Action == "unreact" {
		emoji = ""
	}
	in := parley.Inbound{
		Kind: parley.InboundReaction, Target: string(r.ID), Emoji: emoji, Window: parley.WindowOpens,
		ExternalID: fmt.Sprintf("reaction:%s:%s:%s:%d", r.ID, e.Sender.ID, r.Action, e.Timestamp.UnixMilli()),
	}
	if string(e.Sender.ID) == string(rd.in.Address) {
		in.Echo, in.Window, in.From = true, parley.WindowNone, rd.key(e.Recipient.ID)
	}
	rd.add(e, in, string(r.ID))
}

// postback reads a pressed button. In standby it has neither payload nor id.
func (rd *reader) postback(e event) {
	p := e.Postback
	id := string(p.ID)
	if id == "" {
		id = fmt.Sprintf("postback:%s:%d:%s", e.Sender.ID, e.Timestamp.UnixMilli(), p.Title)
	}
	in := parley.Inbound{Kind: parley.InboundMessage, ExternalID: id, Text: p.Title, Window: parley.WindowOpens}
	in.Content = &parley.Content{Kind: parley.ContentChoice, Choice: &parley.Choice{ID: p.Payload, Title: p.Title}}
	if p.Referral != nil {
		refer(&in, p.Referral)
	}
	rd.add(e, in, id)
}

// marks reads how far our messages came: by their ids, and by a time up to which
// all did.
func (rd *reader) marks(e event, w *watermark, state parley.DeliveryState) {
	for _, id := range append(w.IDs, w.ID) {
		if id != "" {
			rd.out.Statuses = append(rd.out.Statuses, parley.Status{ExternalID: string(id), State: state, At: e.Timestamp.Time})
		}
	}
	if w.Watermark.IsZero() || e.Sender.ID == "" {
		return
	}
	rd.out.Statuses = append(rd.out.Statuses, parley.Status{State: state, At: e.Timestamp.Time, Watermark: w.Watermark.Time, From: rd.key(e.Sender.ID)})
}

// action reads what opens the window, or says who answers, without words.
func (rd *reader) action(e event) {
	in := parley.Inbound{Kind: parley.InboundAction}
	note := ""
	switch {
	case e.Optin != nil:
		note = "optin"
		if e.Optin.Type != "notification_messages" {
			in.Window = parley.WindowOpens
		}
	case e.Referral != nil:
		note, in.Window = "referral", parley.WindowOpens
		refer(&in, e.Referral)
	case e.Pass != nil:
		note = "pass_thread_control"
	case e.Take != nil:
		note = "take_thread_control"
	case e.Request != nil:
		note = "request_thread_control"
	case e.Linking != nil:
		note = "account_linking"
	case e.Roles != nil:
		return
	default:
		rd.out.Unreadable("unknown_kind event")
		return
	}
	if in.Content == nil {
		in.Content = &parley.Content{Kind: parley.ContentText}
	}
	in.Content.Note = note
	in.ExternalID = fmt.Sprintf("%s:%s:%d", note, e.Sender.ID, e.Timestamp.UnixMilli())
	rd.add(e, in, note)
}

// policy reads that the page was warned, blocked or let go.
//
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/webhook-events/messaging-policy-enforcement
func (rd *reader) policy(p *policy) {
	news := channel.News{Code: channel.Restricted, Detail: "policy_enforcement " + channel.Words(p.Action+" "+p.Reason)}
	switch p.Action {
	case "block":
		news.Code = channel.Blocked
	case "unblock":
		return
	}
	rd.out.News = append(rd.out.News, news)
}
