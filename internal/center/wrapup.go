package center

import (
	"context"
	"slices"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// End ends the conversation for both sides. Twice is once.
//
// Errors: parley.ErrNotFound if it is not the agent's, ErrInteractionEnded.
// Source: WRP-01, I16.
func (c *Center) End(ctx context.Context, me parley.Actor, id parley.InteractionID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.do(ctx, "end", nil, routing.End{Agent: me.Agent, Interaction: id})
}

// View is the agent opening a row.
//
// Source: I25d, WRP-12, RES-03.
func (c *Center) View(ctx context.Context, me parley.Actor, id parley.InteractionID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	if err := c.do(ctx, "view", nil, routing.View{Agent: me.Agent, Interaction: id}); err != nil {
		return err
	}
	if w, err := c.memory.work(ctx, id); err == nil && w.State == parley.Active && w.Agent == me.Agent {
		c.courier.Mark(w.Conversation, channel.MarkRead)
	}
	return nil
}

// Dismiss takes a row that is over out of the agent's list.
//
// Errors: parley.ErrConflict if it was never opened, ErrNotFound.
// Source: I25e.
func (c *Center) Dismiss(ctx context.Context, me parley.Actor, id parley.InteractionID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.do(ctx, "dismiss", nil, routing.Dismiss{Agent: me.Agent, Interaction: id})
}

// Finish is Wrap up.
//
// Errors: parley.ErrDispositionRequired, ErrConflict while the chat goes on,
// ErrNotFound.
// Source: WRP-04, WRP-07, I25.
func (c *Center) Finish(ctx context.Context, me parley.Actor, id parley.InteractionID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.do(ctx, "finish", nil, routing.Finish{Agent: me.Agent, Interaction: id})
}

// ExtendStep is how much longer one press makes a wrap-up.
//
// Source: WRP-11.
const ExtendStep = 30 * time.Second

// Extend makes a wrap-up longer, up to the total the center allows.
//
// Errors: parley.ErrForbidden if it allows none, ErrConflict.
// Source: WRP-11.
func (c *Center) Extend(ctx context.Context, me parley.Actor, id parley.InteractionID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	b, err := c.config(ctx)
	if err != nil {
		return err
	}
	longest := b.values.Seconds("wrapup.extend", settings.At{})
	return c.do(ctx, "extend_wrapup", nil, routing.ExtendWrapUp{
		Agent: me.Agent, Interaction: id, By: ExtendStep, Max: longest,
	})
}

// Choose sets the dispositions of an interaction: during the chat, in wrap-up,
// and late. The lists of its queue and of its agent's group apply.
//
// Errors: parley.ErrNotFound; an Invalid one for a code of no list that applies,
// and for two of a list that takes one.
// Source: WRP-06, I24, I25e.
func (c *Center) Choose(ctx context.Context, me parley.Actor, id parley.InteractionID, ids []parley.DispositionID) error {
	w, err := c.work(ctx, id)
	if err != nil {
		return err
	}
	if !handled(me, &w.Interaction) || w.Agent == "" {
		return parley.ErrNotFound
	}
	if !me.Has(parley.MayServe) {
		return parley.ErrForbidden
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "choose_dispositions",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			return c.planChoice(ctx, v, w.ID, ids)
		},
	})
}

func (c *Center) planChoice(ctx context.Context, v ledger.View, id parley.InteractionID, ids []parley.DispositionID) (ledger.Plan, error) {
	row, err := v.Interaction(ctx, id)
	if err != nil {
		return ledger.Plan{}, err
	}
	p, err := v.Person(ctx, row.Agent)
	if err != nil {
		return ledger.Plan{}, err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return ledger.Plan{}, err
	}
	had, err := v.Chosen(ctx, id)
	if err != nil {
		return ledger.Plan{}, err
	}
	complete, err := checkChoice(b.applying(row.Queue, p.Group), ids, had)
	if err != nil {
		return ledger.Plan{}, err
	}
	plan := ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
		r.SaveChosen(id, ids)
		r.Entry(parley.Entry{Kind: parley.KindDispositionsChosen, Interaction: id, Agent: row.Agent})
	}}
	if _, live := v.Router.Interaction(id); live {
		plan.Route = routing.SetComplete{Interaction: id, Complete: complete}
	}
	return plan, nil
}

// checkChoice refuses codes that do not fit, and tells whether every required
// list is answered. A code that was chosen before it was switched off may stay.
func checkChoice(lists []parley.DispositionList, ids, had []parley.DispositionID) (complete bool, err error) {
	left := slices.Clone(ids)
	complete = true
	var faults []parley.FieldError
	for _, l := range lists {
		n := 0
		for _, d := range l.Dispositions {
			if k := slices.Index(left, d.ID); k >= 0 && (d.Active || slices.Contains(had, d.ID)) {
				left = slices.Delete(left, k, k+1)
				n++
			}
		}
		if n > 1 && !l.Multiple {
			faults = append(faults, parley.FieldError{Field: "ids", Code: "one_only"})
		}
		complete = complete && (n > 0 || !l.Required)
	}
	for range left {
		faults = append(faults, parley.FieldError{Field: "ids", Code: "unknown"})
	}
	if len(faults) > 0 {
		return false, parley.ErrInvalid(faults...)
	}
	return complete, nil
}
