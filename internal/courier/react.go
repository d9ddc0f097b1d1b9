package courier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// reactKind is the outbox kind of an agent's emoji on its way to a customer's
// message.
const reactKind = "react"

// reactRow names the message, and what stood under it before.
type reactRow struct {
	Message parley.MessageID `json:"message"`
	Was     string           `json:"was,omitempty"`
}

// React puts our emoji under a customer's message, in place of the one before, ""
// for none, if may allows it. What stands there already changes nothing.
//
// Errors: those of may; parley.ErrNoReactions where the network, or the message,
// takes none; ErrInvalid for an emoji that the network does not take.
// Source: CNV-07, P4.
func (c *Courier) React(ctx context.Context, m parley.Message, emoji string, may func(*routing.State) error) error {
	e, err := c.errandOf(ctx, store.Outbox{}, m)
	if err != nil {
		return err
	}
	target, err := e.heardAs(ctx)
	if err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "react",
		Touch: []string{string(m.ID)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			if err := may(v.Router); err != nil {
				return ledger.Plan{}, err
			}
			now, err := v.Message(ctx, m.ID)
			if err != nil {
				return ledger.Plan{}, err
			}
			gone := now.Content != nil && now.Content.RevokedAt != 0
			switch {
			case len(e.spec.Reactions) == 0 || now.Sender != parley.FromCustomer || gone || target == "":
				return ledger.Plan{}, parley.ErrNoReactions
			case emoji != "" && !slices.Contains(e.spec.Reactions, emoji):
				return ledger.Plan{}, parley.ErrInvalid(parley.FieldError{Field: "emoji", Code: "unknown"})
			}
			return reacts(now, emoji, v.Now), nil
		},
	})
}

// reacts plans that an emoji of ours stands under a message.
func reacts(m parley.Message, emoji string, now time.Time) ledger.Plan {
	content := parley.Content{Kind: parley.ContentText}
	if m.Content != nil {
		content = *m.Content
	}
	content.Reactions = slices.Clone(content.Reactions)
	was, at := ownReaction(&content)
	if was == emoji && (at < 0 || content.Reactions[at].Failed == "") {
		return ledger.Plan{}
	}
	if at >= 0 {
		content.Reactions = slices.Delete(content.Reactions, at, at+1)
	}
	if emoji != "" {
		content.Reactions = append(content.Reactions, parley.Reaction{Emoji: emoji, By: parley.FromAgent, At: parley.Millis(now)})
	}
	data, _ := json.Marshal(reactRow{m.ID, was}) // plain data always can
	return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
		reacted(r, m, &content)
		r.Outbox(store.Outbox{Kind: reactKind, Subject: string(m.Conversation), Data: string(data)})
	}}
}

// reacted lists what stands under a message, and that it changed.
func reacted(r *store.Rows, m parley.Message, content *parley.Content) {
	r.SaveContent(m.ID, content)
	r.Entry(parley.Entry{Kind: parley.KindMessageChanged, Conversation: m.Conversation, Interaction: m.Interaction, Message: m.ID})
}

// ownReaction returns our emoji under a message, and which of its reactions it
// is; -1 if there is none.
func ownReaction(c *parley.Content) (emoji string, at int) {
	if c == nil {
		return "", -1
	}
	at = slices.IndexFunc(c.Reactions, func(r parley.Reaction) bool { return r.By == parley.FromAgent })
	if at < 0 {
		return "", at
	}
	return c.Reactions[at].Emoji, at
}

// react tells a network which emoji of ours now stands under a message. Telling
// it twice is telling it once, so that a lost answer is simply asked for again.
//
// Source: P4, CNV-07.
func (c *Courier) react(ctx context.Context, o store.Outbox) error {
	var row reactRow
	if err := json.Unmarshal([]byte(o.Data), &row); err != nil {
		return fmt.Errorf("data of %s: %w: %w", o.ID, err, ledger.ErrGiveUp)
	}
	m, err := c.store.View().Message(ctx, row.Message)
	if err != nil {
		return err
	}
	e, err := c.errandOf(ctx, o, m)
	if err != nil {
		return err
	}
	if e.Paused != "" {
		return &ledger.Wait{After: pausedFor}
	}
	r := channel.Reaction{To: e.to, Ref: channel.RefReaction(m.ID)}
	r.Emoji, _ = ownReaction(m.Content)
	if r.Target, err = e.heardAs(ctx); err != nil {
		return err
	}
	said, err := e.shows(ctx, r)
	if err != nil || said == nil {
		return err
	}
	again := said.Code == channel.Throttled || said.Code == channel.Transient || said.Code == channel.UnknownOutcome
	if again && e.clock.Now().Sub(o.CreatedAt) < deliverFor {
		return &ledger.Retry{After: max(said.After, deliverLeast+spread(min(deliverMost, deliverFirst<<min(o.Attempt, 10)))), Err: said}
	}
	if said.Code == channel.Auth || said.Code == channel.Blocked {
		if err := c.attention(ctx, e.ID, channel.News{Code: said.Code, Detail: said.Detail}); err != nil {
			return err
		}
		return &ledger.Wait{After: pausedFor}
	}
	return e.unshown(ctx, r.Emoji, row.Was, said.Code)
}

// heardAs returns the external id of a customer's message, "" if it has none.
func (e *errand) heardAs(ctx context.Context) (string, error) {
	known, err := e.store.View().ExternalsOf(ctx, e.m.ID)
	for _, x := range known {
		if x.Direction == store.In {
			return x.ID, err
		}
	}
	return "", err
}

// shows makes the call, if it is its turn, and returns what the network said
// against it, nil for nothing.
func (e *errand) shows(ctx context.Context, r channel.Reaction) (*channel.SendError, error) {
	reactor, ok := e.network.(channel.Reactor)
	if !ok || r.Target == "" {
		return &channel.SendError{Code: channel.Config, Detail: "no reactions"}, nil
	}
	e.m.Sender = parley.FromSystem // a window that is open to a person's words only is shut to this
	if refusal := e.refusal(ctx); refusal != nil {
		return refusal, nil
	}
	turn, wait := e.traffic.take(e.ID, e.spec, e.talk.Address, "react:"+e.o.ID)
	if wait > 0 {
		return nil, &ledger.Wait{After: wait}
	}
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	said := sendError(reactor.React(call, e.EntryPoint, r))
	turn.over(said != nil && (said.Code == channel.Transient || said.Code == channel.UnknownOutcome))
	if said != nil && said.Code == channel.Throttled {
		e.traffic.hold(e.ID, e.spec, e.talk.Address, said)
	}
	return said, nil
}

// unshown saves that the network shows another reaction than the agent chose:
// none, or still the one that was taken back.
func (e *errand) unshown(ctx context.Context, emoji, was string, why channel.Code) error {
	return e.ledger.Insist(ctx, ledger.Command{
		Name:  "unshown",
		Spare: true,
		Touch: []string{string(e.m.ID)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			rows, err := unshown(ctx, v, e.m.ID, parley.Reaction{Emoji: emoji, Failed: string(why)}, was)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, err
		},
	})
}

// unshown plans it. Whoever chose another emoji meanwhile hears of that one.
func unshown(ctx context.Context, v ledger.View, id parley.MessageID, refused parley.Reaction, was string) (func(*store.Rows), error) {
	none := func(*store.Rows) {}
	m, err := v.Message(ctx, id)
	if err != nil || m.Content == nil {
		return none, err
	}
	content := *m.Content
	content.Reactions = slices.Clone(content.Reactions)
	now, at := ownReaction(&content)
	switch {
	case now != refused.Emoji || now == "" && was == "":
		return none, nil
	case at < 0:
		content.Reactions = append(content.Reactions, parley.Reaction{
			Emoji: was, By: parley.FromAgent, At: parley.Millis(v.Now), Failed: refused.Failed,
		})
	case content.Reactions[at].Failed != "":
		return none, nil
	default:
		content.Reactions[at].Failed = refused.Failed
	}
	return func(r *store.Rows) { reacted(r, m, &content) }, nil
}

// reaction takes in what a network says later of our reaction to a message: only
// that it did not go is news.
func (t *tally) reaction(ctx context.Context, s parley.Status) error {
	if s.State != parley.DeliveryFailed {
		return nil
	}
	id := parley.MessageID(s.Ref)
	m, err := t.v.Message(ctx, id)
	if errors.Is(err, parley.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	emoji, at := ownReaction(m.Content)
	if at < 0 {
		return nil
	}
	rows, err := unshown(ctx, t.v, id, parley.Reaction{Emoji: emoji, Failed: s.Code}, "")
	t.unshown = append(t.unshown, rows)
	return err
}
