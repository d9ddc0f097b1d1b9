package webhook

import (
	"context"
	"time"

	"parley"
	"parley/internal/hook"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// Told is an event as administrators see it. What it said is not kept.
type Told struct {
	ID           string                `json:"id"`
	Type         string                `json:"type"`
	Conversation parley.ConversationID `json:"conversation_id"`
	State        string                `json:"state" enum:"waiting,delivered,failed,dropped"`
	Attempt      int                   `json:"attempt" doc:"tries so far"`
	Status       int                   `json:"status" doc:"of the last answer, 0 = there was none"`
	Error        string                `json:"error"`
	CreatedAt    int64                 `json:"created_at"`
	TriedAt      int64                 `json:"tried_at"`
}

// Events returns what a webhook was told before an event, the newest first; ""
// begins with the last.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (w *Webhooks) Events(ctx context.Context, me parley.Actor, id, after string, limit int) ([]Told, error) {
	if _, err := w.Find(ctx, me, id); err != nil {
		return nil, err
	}
	v, before := w.Store.View(), store.WebhookEvent{}
	if after != "" {
		var err error
		if before, err = v.WebhookEvent(ctx, after); err != nil {
			return nil, err
		}
	}
	events, err := v.WebhookEvents(ctx, id, before, limit)
	list := make([]Told, len(events))
	for i, e := range events {
		list[i] = Told{
			e.ID, e.Type, e.Conversation, e.State, e.Attempt, e.Status, e.Error, parley.Millis(e.CreatedAt), parley.Millis(e.TriedAt),
		}
	}
	return list, err
}

// replayMost is how many events are told again at once.
const replayMost = 1000

// Again is which events are told again: one, or all since a time.
type Again struct {
	Event string
	Since time.Time
}

// Replay tells events again, in their order, with the ids they had; those that
// still wait are not doubled. It returns how many: as many as are told at once, if
// there are more.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: API-02.
func (w *Webhooks) Replay(ctx context.Context, me parley.Actor, id string, what Again) (n int, err error) {
	return n, w.Change(ctx, me, "replay_webhook", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		if _, err := v.Webhook(ctx, id); err != nil {
			return ledger.Change{}, err
		}
		var events []store.WebhookEvent
		var err error
		if what.Event == "" {
			events, err = v.WebhookEventsSince(ctx, id, what.Since, replayMost)
		} else {
			var e store.WebhookEvent
			if e, err = v.WebhookEvent(ctx, what.Event); err == nil && e.Webhook != id {
				err = parley.ErrNotFound
			}
			if e.State != store.EventWaiting {
				events = append(events, e)
			}
		}
		n = len(events)
		return ledger.Change{Subject: id, After: map[string]int{"events": n}, Rows: func(r *store.Rows) {
			for _, e := range events {
				e.State, e.Error = store.EventWaiting, ""
				r.SaveWebhookEvent(e)
				sends(r, e)
			}
		}}, err
	})
}

// Verdict is whether an address answers as it should.
type Verdict struct {
	OK     bool   `json:"ok"`
	Status int    `json:"status" doc:"of the answer, 0 = there was none"`
	Error  string `json:"error"`
}

// Verify asks an address whether anybody is there who takes our events. How long
// that takes says nothing of why there was no answer.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: API-02, A-070.
func (w *Webhooks) Verify(ctx context.Context, me parley.Actor, id string) (Verdict, error) {
	if !me.Has(parley.MayAdminister) {
		return Verdict{}, parley.ErrForbidden
	}
	h, err := w.Store.View().Webhook(ctx, id)
	if err != nil {
		return Verdict{}, err
	}
	began := w.Clock.Now()
	e := store.WebhookEvent{ID: parley.NewID("evt", began), Webhook: id, Type: Verify, Data: "{}", State: store.EventDelivered, Attempt: 1, TriedAt: began}
	e.Status, e.Error = w.post(ctx, h, hook.Event{ID: e.ID, Type: Verify, At: parley.Millis(began), Data: struct{}{}})
	if e.Error != "" {
		e.State = store.EventFailed
	}
	if e.Status == 0 {
		if err := w.wait(ctx, sameFor-w.Clock.Now().Sub(began)); err != nil {
			return Verdict{}, err
		}
	}
	err = w.Ledger.Do(ctx, ledger.Command{
		Name:  "verify_webhook",
		Touch: []string{id},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			_, err := v.Webhook(ctx, id)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.AddWebhookEvent(e)
				r.SaveWebhookEvent(e)
				if e.Error == "" {
					r.SaveWebhookVerified(id)
				}
			}}, err
		},
	})
	return Verdict{e.Error == "", e.Status, e.Error}, err
}
