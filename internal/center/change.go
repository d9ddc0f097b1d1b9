package center

import (
	"context"
	"errors"
	"slices"
	"strings"

	"parley"
	"parley/internal/store"
)

// change attaches an edit, a revoke or a reaction to its message.
//
// Source: networks.md 2, 3; R-40.
func (in *intake) change(ctx context.Context, m parley.Inbound) error {
	at, found := in.seen[store.In+m.Target]
	if !found {
		at, found = in.seen[store.Out+m.Target]
	}
	if !found {
		return in.early(ctx, m)
	}
	in.remember(m.ExternalID, store.In, "")
	if at.Message == "" {
		in.strange("unknown_target", m)
		return nil
	}
	msg, err := in.spoken(ctx, at.Message)
	if err != nil {
		return err
	}
	if msg.Content == nil {
		msg.Content = &parley.Content{Kind: parley.ContentText}
	}
	by := parley.FromCustomer
	if m.Echo {
		by = parley.FromAgent
	}
	switch c := msg.Content; m.Kind {
	case parley.InboundEdit:
		if msg.Sender != by {
			return nil
		}
		c.Edited, c.EditedAt = m.Text, parley.Millis(in.v.Now)
		if i, _ := in.v.Router.OpenOf(msg.Conversation); msg.Seq > 0 && i.ID != msg.Interaction {
			c.Note = "edited_after_end"
		}
	case parley.InboundRevoke:
		c.RevokedAt = parley.Millis(in.v.Now)
	case parley.InboundReaction:
		c.Reactions = slices.DeleteFunc(slices.Clone(c.Reactions), func(r parley.Reaction) bool { return r.By == by })
		if emoji := cut(flat(m.Emoji), emojiMax); emoji != "" {
			c.Reactions = append(c.Reactions, parley.Reaction{Emoji: emoji, By: by, At: parley.Millis(in.v.Now)})
		}
	}
	content := *msg.Content
	in.list(func(r *store.Rows) {
		if msg.Seq > 0 { // else it is listed with its content
			r.SaveContent(msg.ID, &content)
		}
		r.Entry(parley.Entry{
			Kind: parley.KindMessageChanged, Conversation: msg.Conversation, Interaction: msg.Interaction, Message: msg.ID,
		})
	})
	return nil
}

// emojiMax bounds a reaction; an emoji may be made of several.
//
// Unit: code points.
const emojiMax = 16

// spoken returns a message as it is, or as this request is about to add it.
func (in *intake) spoken(ctx context.Context, id parley.MessageID) (*parley.Message, error) {
	for _, t := range in.talks {
		if m := t.said[id]; m != nil {
			return m, nil
		}
	}
	m, err := in.v.Message(ctx, id)
	return &m, err
}

// early is a change of a message that is not here: networks do not keep order. An
// edit stands for its message, which is then a repeat; of a message taken back
// before it came nothing is shown. A reaction stays in the request as it came.
func (in *intake) early(ctx context.Context, m parley.Inbound) error {
	switch {
	case m.Echo:
	case m.Kind == parley.InboundEdit:
		in.remember(m.ExternalID, store.In, "")
		m.Kind, m.ExternalID, m.Target = parley.InboundMessage, m.Target, ""
		return in.message(ctx, m)
	case m.Kind == parley.InboundRevoke:
		in.remember(m.Target, store.In, "")
	}
	in.strange("unknown_target", m)
	return nil
}

// echo is what somebody wrote in the network's own app, or we did. Ours says how
// our message went; a colleague's is shown beside ours. Neither is a customer's:
// no window opens, nothing is queued.
//
// Source: networks.md 2, 3.
func (in *intake) echo(ctx context.Context, m parley.Inbound) ([]parley.Status, error) {
	if in.known(m.ExternalID) {
		return nil, nil
	}
	if m.Kind != parley.InboundMessage {
		return nil, in.change(ctx, m)
	}
	sent := []parley.Status{{ExternalID: m.ExternalID, Ref: m.Ref, Part: m.Part, State: parley.DeliverySent, At: m.SentAt}}
	if app := in.Setting("app_id"); app != "" && m.AppID == app {
		return sent, nil
	}
	if m.Ref != "" {
		_, err := in.v.Message(ctx, parley.MessageID(m.Ref))
		if err == nil || !errors.Is(err, parley.ErrNotFound) {
			return sent, err
		}
	}
	t, err := in.find(ctx, m.From)
	if err != nil || t == nil {
		in.remember(m.ExternalID, store.Out, "")
		return nil, err
	}
	if ours, err := in.sending(ctx, t, m.Text); ours || err != nil {
		return nil, err // its answer will tell
	}
	in.running(t)
	in.said(t, m, parley.FromAgent).Delivery = &parley.Delivery{
		State: parley.DeliverySent, Parts: 1, At: parley.Millis(in.v.Now),
	}
	return nil, nil
}

// recent is how many of a conversation's last messages an echo may be of: one that
// comes after an outage has many lines of the customer before it.
const recent = 100

// sending reports whether a text is part of what we are sending in this moment:
// an echo may come before the network's answer.
func (in *intake) sending(ctx context.Context, t *dialog, text string) (bool, error) {
	last, err := in.v.Messages(ctx, t.ID, t.LastSeq+1, recent)
	for _, m := range last {
		waits := m.Delivery != nil && (m.Delivery.State == parley.DeliveryPending || m.Delivery.State == parley.DeliveryUnconfirmed)
		if waits && strings.Contains(m.Text, text) {
			return true, err
		}
	}
	return false, err
}
