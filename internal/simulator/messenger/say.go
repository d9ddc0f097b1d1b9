package messenger

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"parley/internal/simulator"
)

// event is what one webhook says of one person.
type event map[string]any

// from is a webhook with one event from somebody to somebody.
func (n *network) from(sender, recipient string, what event) *simulator.Hook {
	who := sender
	if sender == n.page() {
		who = recipient
	}
	what["sender"], what["recipient"] = map[string]string{"id": sender}, map[string]string{"id": recipient}
	if what["timestamp"] == nil {
		what["timestamp"] = n.line.Now().UnixMilli()
	}
	object, list := "page", "messaging"
	if n.instagram() {
		object = "instagram"
	}
	n.mu.Lock()
	if p := n.people[who]; p != nil && p.other {
		list = "standby"
	}
	n.mu.Unlock()
	return n.hook(who, map[string]any{"object": object, "entry": []any{map[string]any{"id": n.page(), "time": n.line.Now().UnixMilli(), list: []any{what}}}})
}

// hook signs a webhook; nil while Meta does not call the app.
func (n *network) hook(who string, body any) *simulator.Hook {
	n.mu.Lock()
	subscribed := n.subscribed != nil
	n.mu.Unlock()
	if !subscribed {
		return nil
	}
	hook, err := n.line.GraphHook(who, body)
	if err != nil {
		panic(err) // maps of strings become JSON
	}
	hook.Retries = nil
	for sum, i := simulator.GraphRetries[0], 0; sum <= unsubscribed && i < len(simulator.GraphRetries); i++ {
		hook.Retries = append(hook.Retries, simulator.GraphRetries[i])
		sum += simulator.GraphRetries[i]
	}
	hook.GivenUp = func() {
		n.mu.Lock()
		n.subscribed = nil
		n.mu.Unlock()
	}
	return &hook
}

// errUntold is what a phone hears while Meta calls nobody: what it says is on the
// phone alone.
var errUntold = fmt.Errorf("%w: the page tells no app; subscribe it again", simulator.ErrRefused)

// post sends a webhook. Errors: errUntold where no app is told.
func (n *network) post(ctx context.Context, h *simulator.Hook) error {
	if h == nil {
		return errUntold
	}
	return n.line.Webhook(ctx, *h)
}

// Say is what a person does. Besides the common kinds: postback (Title, Payload),
// quick_reply, story_reply and story_mention (Instagram), optin, echo (somebody
// answers in the page's inbox), pass, take (the thread goes to another app, or
// comes back), block, unblock, policy, fail (Options code and subcode: what
// becomes of our next message) and verify (Meta asks the webhook). Options: late_s.
func (n *network) Say(ctx context.Context, in simulator.In) (string, error) {
	if in.Kind == "verify" {
		return "", n.line.GraphHandshake(ctx, n.line.Account().Webhook, n.line.Setting("verify_token"))
	}
	if in.From == "" && in.Kind != "raw" {
		return "", fmt.Errorf("%w: a person needs from", simulator.ErrCannot)
	}
	p := n.meet(in.From, in.Name)
	if in.Name != "" {
		n.line.Touch(p.psid, func(t *simulator.Thread) { t.Name = in.Name })
	}
	switch in.Kind {
	case "raw":
		return "", n.post(ctx, n.hook(in.From, json.RawMessage(in.Raw)))
	case "block", "unblock":
		n.change(p, func(p *person) { p.blocked = in.Kind == "block" })
		return "", nil
	case "fail":
		code, err := strconv.Atoi(in.Options["code"])
		sub, _ := strconv.Atoi(in.Options["subcode"])
		if err != nil {
			return "", fmt.Errorf("%w: fail needs the option code", simulator.ErrCannot)
		}
		n.change(p, func(p *person) { p.fails = append(p.fails, *fault(code, sub, or(in.Text, "An error occurred"))) })
		return "", nil
	case "pass", "take":
		return "", n.handover(ctx, p, in.Kind)
	case "read", "delivered":
		return "", n.mark(ctx, p, in)
	case "policy":
		return "", n.post(ctx, n.hook(p.psid, map[string]any{"object": "page", "entry": []any{map[string]any{"id": n.page(), "time": n.line.Now().UnixMilli(), "messaging": []any{
			event{"recipient": map[string]string{"id": n.page()}, "timestamp": n.line.Now().UnixMilli(), "policy_enforcement": map[string]string{"action": "block", "reason": or(in.Text, "The bot violated our Platform Policies.")}}}}}}))
	case "echo":
		id := n.mid()
		n.line.Show(p.psid, simulator.Message{ID: id, From: simulator.FromCenter, Kind: "text", Text: in.Text, State: "sent"})
		return id, n.post(ctx, n.from(n.page(), p.psid, event{"message": map[string]any{"is_echo": true, "app_id": json.Number("263902037430900"), "mid": id, "text": in.Text}}))
	}
	return n.say(ctx, p, in)
}

// handover gives the thread to another app or back.
// Source: .../messenger-platform/handover-protocol
func (n *network) handover(ctx context.Context, p *person, kind string) error {
	n.change(p, func(p *person) { p.other = false })
	hook := n.from(p.psid, n.page(), event{"pass_thread_control": map[string]string{"new_owner_app_id": n.line.AppID(), "previous_owner_app_id": "263902037430900", "metadata": "back"}})
	if kind == "take" {
		hook = n.from(p.psid, n.page(), event{"take_thread_control": map[string]string{"previous_owner_app_id": n.line.AppID(), "metadata": "inbox"}})
	}
	n.change(p, func(p *person) { p.other = kind == "take" })
	return n.post(ctx, hook)
}

// mark tells that all our messages were delivered or read up to now.
func (n *network) mark(ctx context.Context, p *person, in simulator.In) error {
	thread, _ := n.line.Thread(p.psid)
	last, mids := "", []string{}
	for _, m := range thread.Messages {
		if m.From == simulator.FromCenter {
			last, mids = m.ID, append(mids, m.ID)
			n.line.Change(p.psid, m.ID, func(b *simulator.Message) { b.State = in.Kind })
		}
	}
	now := n.line.Now().UnixMilli()
	what := event{"read": n.seen(or(in.MessageID, last), now)}
	if in.Kind == "delivered" {
		what = event{"delivery": map[string]any{"mids": mids, "watermark": now}}
	}
	return n.post(ctx, n.from(p.psid, n.page(), what))
}

// say posts one event of a person.
func (n *network) say(ctx context.Context, p *person, in simulator.In) (string, error) {
	id := n.mid()
	what, bubble, err := n.content(p, in, id)
	if err != nil {
		return "", err
	}
	at := in.At(n.line.Now())
	switch in.Kind {
	case "reaction":
		n.line.React(p.psid, in.MessageID, simulator.FromCustomer, in.Emoji)
		id = ""
	case "edit":
		n.line.Change(p.psid, in.MessageID, func(m *simulator.Message) { m.Text, m.Edited = in.Text, true })
		id = in.MessageID
	case "revoke":
		n.line.Change(p.psid, in.MessageID, func(m *simulator.Message) { m.Text, m.Media, m.Deleted = "", nil, true })
		id = in.MessageID
	default:
		bubble.ID, bubble.From, bubble.ReplyTo, bubble.State = id, simulator.FromCustomer, in.ReplyTo, "sent"
		bubble.At = at.UnixMilli()
		n.line.Show(p.psid, bubble)
	}
	what["timestamp"] = at.UnixMilli()
	n.line.Touch(p.psid, func(t *simulator.Thread) { t.SaidAt = at.UnixMilli() })
	if in.Kind == "referral" {
		n.change(p, func(p *person) { p.adUntil = at.Add(adWindow) })
	}
	return id, n.post(ctx, n.from(p.psid, n.page(), what))
}
