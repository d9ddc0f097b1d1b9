package center

import (
	"context"
	"encoding/json"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// ReasonMax is how long the reason of a block may be.
//
// Unit: code points after NFC.
const ReasonMax = 500

// lineBlocked says that the customer was blocked, whyBlocked why a talk ended; they
// are told neither.
const lineBlocked, whyBlocked = "sender_blocked", "blocked"

// Ban is a wish to be written to by somebody no more.
type Ban struct {
	Reason string
	Until  time.Time // zero = for ever
	Spam   bool
}

// Block keeps the sender of an interaction away from every entry point of its
// channel, by all addresses that lead here, and ends the talk as its agent's: its
// codes are due as ever. Who is kept away already keeps their block.
//
// Errors: parley.ErrNotFound, ErrForbidden by setting, ErrConflict on the web,
// where nobody has an address, and while it is parked; ErrInvalid, ErrTextTooLong.
func (c *Center) Block(ctx context.Context, me parley.Actor, id parley.InteractionID, ban Ban) (string, error) {
	w, err := c.visible(ctx, me, id)
	if err != nil {
		return "", err
	}
	b, err := c.config(ctx)
	if err != nil {
		return "", err
	}
	if err := b.mayBlock(me, w); err != nil {
		return "", err
	}
	if ban.Reason, err = normal("reason", ban.Reason); err != nil {
		return "", err
	}
	if n := length(ban.Reason); n > ReasonMax {
		return "", parley.ErrTextTooLong.With(map[string]any{"limit": ReasonMax, "count": n})
	}
	var block string
	err = c.ledger.Do(ctx, ledger.Command{
		Name:  "block_sender",
		Touch: []string{string(w.Conversation), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (plan ledger.Plan, err error) {
			block, plan, err = c.planBlock(ctx, v, banning{me, w, ban})
			return plan, err
		},
	})
	return block, err
}

// mayBlock says whether somebody may block the sender of what they see.
func (b *book) mayBlock(me parley.Actor, w *work) error {
	if !me.Has(parley.MayServe) {
		return parley.ErrForbidden
	}
	if me.Has(parley.MaySupervise) {
		return nil
	}
	at := settings.At{Agent: me.Agent, Group: me.Group, Preset: me.Preset}
	if !handled(me, &w.Interaction) || !b.values.Bool("agents.may_block", at) {
		return parley.ErrForbidden
	}
	return nil
}

// banning is who bans whom.
type banning struct {
	me   parley.Actor
	work *work
	Ban
}

func (c *Center) planBlock(ctx context.Context, v ledger.View, by banning) (string, ledger.Plan, error) {
	t, err := v.Conversation(ctx, by.work.Conversation)
	if err != nil {
		return "", ledger.Plan{}, err
	}
	keyed, err := v.KeysOf(ctx, t.ID)
	if err != nil {
		return "", ledger.Plan{}, err
	}
	keys := sendersKeys(t, keyed)
	route, err := by.ends(v.Router)
	switch {
	case err != nil:
		return "", ledger.Plan{}, err
	case len(keys) == 0:
		return "", ledger.Plan{}, parley.ErrConflict
	case !by.Until.IsZero() && !by.Until.After(v.Now):
		return "", ledger.Plan{}, parley.ErrInvalid(parley.FieldError{Field: "until", Code: "out_of_range"})
	}
	plan := ledger.Plan{Route: route}
	had, err := v.Blocking(ctx, t.EntryPoint, keys, v.Now)
	if err != nil || had != "" {
		return had, plan, err
	}
	last, err := v.AuditLast(ctx)
	if err != nil {
		return "", ledger.Plan{}, err
	}
	b := store.Block{
		ID: parley.NewID("blk", v.Now), Channel: t.Channel, Keys: keys, Reason: by.Reason, Spam: by.Spam,
		Conversation: t.ID, By: by.me.Agent, CreatedAt: v.Now, Until: by.Until,
	}
	plan.Rows = func(r *store.Rows, _ []routing.Event) {
		r.AddBlock(b)
		c.marks(r, spot{"", t.ID, by.work.ID, v.Now}, by.me.Agent, lineBlocked)
		blockAudited(r, last, by.me, blockChange{"block_sender", b})
	}
	return b.ID, plan, nil
}

// sendersKeys are a conversation's addresses, the one that is answered first.
func sendersKeys(t parley.Conversation, keyed []store.Keyed) parley.Keys {
	var keys parley.Keys
	for _, k := range keyed {
		if k.Value == t.Address {
			keys = append(parley.Keys{k.Key}, keys...)
			continue
		}
		keys = append(keys, k.Key)
	}
	return keys
}

// ends is what becomes of the interaction whose sender is blocked: its agent's
// active one ends, a supervisor closes any other that is open.
func (by banning) ends(s *routing.State) (routing.Command, error) {
	i, ok := s.Interaction(by.work.ID)
	mine := ok && by.me.Agent != "" && i.Agent == by.me.Agent
	switch {
	case !ok || !i.State.Open():
		return nil, nil
	case mine && i.State == parley.Active:
		return routing.End{Agent: by.me.Agent, Interaction: i.ID, Blocked: true}, nil
	case mine:
		return nil, parley.ErrConflict
	case by.me.Has(parley.MaySupervise):
		return routing.Close{Interaction: i.ID, By: by.me.Agent, Blocked: true}, nil
	}
	return nil, parley.ErrForbidden
}

// Unblock takes a block back: at once by who made it, later by supervisors too.
//
// Errors: parley.ErrNotFound, ErrForbidden.
func (c *Center) Unblock(ctx context.Context, me parley.Actor, id string) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "unblock_sender",
		Touch: []string{id, store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			b, err := v.Block(ctx, id)
			switch {
			case err != nil:
				return ledger.Plan{}, err
			case !me.Has(parley.MaySupervise) && (b.By != me.Agent || me.Agent == ""):
				return ledger.Plan{}, parley.ErrNotFound
			case !b.EndedAt.IsZero():
				return ledger.Plan{}, nil // twice is once
			}
			last, err := v.AuditLast(ctx)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.EndBlock(id)
				blockAudited(r, last, me, blockChange{"unblock_sender", b})
			}}, err
		},
	})
}

// blockChange is a block that began or was taken back.
type blockChange struct {
	action string
	block  store.Block
}

// blockAudited adds the audit row of a block, and tells the lists.
//
// Source: CFG-04.
func blockAudited(r *store.Rows, last store.Audit, me parley.Actor, b blockChange) {
	what, _ := json.Marshal(map[string]any{ // plain data always can
		"conversation_id": b.block.Conversation, "channel": b.block.Channel, "until": parley.Millis(b.block.Until), "spam": b.block.Spam,
	})
	row := store.Audit{
		At: r.Now(), Actor: me.By(), IP: me.IP, Request: me.Request, Action: b.action, Subject: b.block.ID, After: string(what),
	}
	if b.action == "unblock_sender" {
		row.Before, row.After = row.After, ""
	}
	r.AddAudit(last, row)
	r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: b.block.ID, Agent: me.Agent})
}

// Blocked is somebody who is kept away, as people see it.
type Blocked struct {
	ID           string                `json:"id"`
	Channel      parley.Channel        `json:"channel" doc:"empty = every one"`
	Address      string                `json:"address"`
	Name         string                `json:"name" doc:"of their record, or as they gave it; empty if nobody knows it"`
	Reason       string                `json:"reason"`
	Spam         bool                  `json:"spam"`
	Conversation parley.ConversationID `json:"conversation_id"`
	By           *Who                  `json:"by"`
	CreatedAt    int64                 `json:"created_at"`
	Until        int64                 `json:"until" doc:"0 = for ever"`
	EndedAt      int64                 `json:"ended_at" doc:"when it was taken back or was over, 0 = it stands"`
	Dropped      int64                 `json:"dropped" doc:"messages it kept away"`
}

// BlockRange is which blocks are asked for.
type BlockRange struct {
	Standing bool
	Channel  parley.Channel
	Before   int64 // Unix milliseconds and id of the last one had; 0 = from the newest
	BeforeID string
	Limit    int
}

// Blocks lists who is or was kept away, the newest first.
//
// Errors: parley.ErrForbidden.
func (c *Center) Blocks(ctx context.Context, me parley.Actor, of BlockRange) ([]Blocked, error) {
	if err := may(me, parley.MaySupervise, nil); err != nil {
		return nil, err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return nil, err
	}
	now := c.clock.Now()
	rows, err := c.store.View().Blocks(ctx, store.BlockPage{
		Standing: of.Standing, Now: now, Channel: of.Channel, Before: parley.FromMillis(of.Before), BeforeID: of.BeforeID,
		Limit: bounded(of.Limit),
	})
	out := make([]Blocked, 0, len(rows))
	for _, x := range rows {
		if x.EndedAt.IsZero() && !x.Until.IsZero() && !x.Until.After(now) {
			x.EndedAt = x.Until
		}
		out = append(out, Blocked{
			ID: x.ID, Channel: x.Channel, Address: string(x.Keys[0].Value), Name: x.Name, Reason: x.Reason, Spam: x.Spam,
			Conversation: x.Conversation, By: b.who(x.By), CreatedAt: parley.Millis(x.CreatedAt), Until: parley.Millis(x.Until),
			EndedAt: parley.Millis(x.EndedAt), Dropped: x.Dropped,
		})
	}
	return out, err
}

// sweepBlocks marks the blocks whose time is over: they keep nobody away any more
// whether they are marked or not.
func (c *Center) sweepBlocks(ctx context.Context) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name: "sweep_blocks",
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			n, err := v.BlocksOver(ctx, v.Now)
			if err != nil || n == 0 {
				return ledger.Plan{}, err
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.EndBlocksOver() }}, nil
		},
	})
}
