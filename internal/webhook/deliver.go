package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"parley"
	"parley/internal/hook"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// How events are delivered.
//
// Source: networks.md 12.
const (
	deliverAtOnce = 16
	deliverFor    = 24 * time.Hour     // an event is tried again
	offAfter      = 3 * 24 * time.Hour // nothing arrived: we give the address up
	answerMax     = 64 << 10           // of an answer is read, so that the connection can be kept
	sameFor       = 6 * time.Second    // nobody learns from the time it took why an address did not answer
)

// Why an event did not arrive, or a webhook is off. An administrator learns no
// more than that.
const (
	whyUnreachable = "unreachable"
	whyRefused     = "refused" // the status says how
	whyFailing     = "failing"
	whyGone        = "gone" // it answered 410: it wants no more
)

// deliver tells an address of an event. It is tried again for a day.
//
// Source: API-02, A-071.
func (w *Webhooks) deliver(ctx context.Context, o store.Outbox) error {
	var row outboxRow
	if err := json.Unmarshal([]byte(o.Data), &row); err != nil {
		return fmt.Errorf("an event nobody can read: %w", errors.Join(ledger.ErrGiveUp, err))
	}
	v := w.Store.View()
	e, err := v.WebhookEvent(ctx, row.Event)
	if errors.Is(err, parley.ErrNotFound) || err == nil && e.State != store.EventWaiting {
		return nil // the webhook is gone, or it was told
	}
	if err != nil {
		return err
	}
	h, err := v.Webhook(ctx, e.Webhook)
	if err != nil {
		return err
	}
	now := w.Clock.Now()
	if !h.Enabled || e.Type == Activity && now.Sub(e.CreatedAt) > typingFor {
		e.State = store.EventDropped
		return w.keep(ctx, h.ID, e)
	}
	data, at, err := w.body(ctx, v, e)
	if errors.Is(err, parley.ErrNotFound) { // what it tells of was erased
		e.State = store.EventDropped
		return w.keep(ctx, h.ID, e)
	}
	if err != nil {
		return err
	}
	e.Status, e.Error = w.post(ctx, h, hook.Event{ID: e.ID, Type: e.Type, At: parley.Millis(at), Retry: e.Attempt, Data: data})
	e.Attempt, e.TriedAt = e.Attempt+1, now
	var again error
	switch {
	case e.Error == "":
		e.State = store.EventDelivered
	case e.Status == http.StatusGone || now.Sub(o.CreatedAt) >= deliverFor:
		e.State = store.EventFailed
		again = fmt.Errorf("%s %d: %w", e.Error, e.Status, ledger.ErrGiveUp)
	default:
		again = fmt.Errorf("%s %d", e.Error, e.Status)
	}
	if err := w.keep(ctx, h.ID, e); err != nil {
		return err
	}
	return again
}

// post makes the request and says what came of it: the answer's status, and why
// it did not arrive.
func (w *Webhooks) post(ctx context.Context, h store.Webhook, e hook.Event) (status int, why string) {
	if w.Client == nil {
		return 0, whyUnreachable
	}
	open, err := w.Seal.OpenSecrets(h.ID, h.Sealed)
	if err != nil || open[current] == "" {
		return 0, "no_secret"
	}
	secrets := []string{open[current]}
	if open[old] != "" {
		secrets = append(secrets, open[old])
	}
	r, err := hook.Request(ctx, h.URL, secrets, w.Clock.Now(), e)
	if err != nil {
		return 0, whyUnreachable
	}
	answer, err := w.Client.Do(r)
	if err != nil {
		return 0, whyUnreachable
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, answerMax)) // what it says is of no interest
	if answer.StatusCode/100 != 2 {
		return answer.StatusCode, whyRefused
	}
	return answer.StatusCode, ""
}

// keep saves how a try went, and what that says of the address: after three days
// in which nothing arrived it is given up, and people are told.
func (w *Webhooks) keep(ctx context.Context, id string, e store.WebhookEvent) error {
	return w.Ledger.Do(ctx, ledger.Command{
		Name:  "tell_webhook",
		Touch: []string{id, e.ID},
		Spare: true, // what is not kept is told again
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			h, err := v.Webhook(ctx, id)
			if errors.Is(err, parley.ErrNotFound) {
				return ledger.Plan{}, nil
			}
			if err != nil {
				return ledger.Plan{}, err
			}
			lines, err := w.maintenance(ctx, v)
			if err != nil {
				return ledger.Plan{}, err
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.SaveWebhookEvent(e)
				w.judge(r, h, e, lines)
			}}, nil
		},
	})
}

// maintenance is how many addresses are told of trouble.
func (w *Webhooks) maintenance(ctx context.Context, v ledger.View) (int, error) {
	rows, err := v.Settings(ctx)
	return len(strings.Fields(settings.New(rows).Text("mail.maintenance", settings.At{}))), err
}

// judge lists what a try says of the address.
func (w *Webhooks) judge(r *store.Rows, h store.Webhook, e store.WebhookEvent, lines int) {
	switch {
	case e.State == store.EventDropped:
		return
	case e.Error == "":
		if !h.FailingSince.IsZero() {
			r.SaveWebhookFails(h.ID, time.Time{})
		}
		return
	case h.FailingSince.IsZero():
		h.FailingSince = r.Now()
		r.SaveWebhookFails(h.ID, h.FailingSince)
	}
	why := whyFailing
	if e.Status == http.StatusGone {
		why = whyGone
	}
	if !h.Enabled || why == whyFailing && r.Now().Sub(h.FailingSince) < offAfter {
		return
	}
	r.SaveWebhookOff(h.ID, why)
	r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: h.ID})
	for to := range lines {
		data, _ := json.Marshal(Alarm{h.ID, why, to}) // plain data always can
		r.Outbox(store.Outbox{Kind: AlarmKind, Subject: h.ID, Data: string(data)})
	}
}

// Alarm is the data of a mail to whoever keeps the center running.
type Alarm struct {
	Webhook string `json:"webhook"`
	Why     string `json:"why"`
	To      int    `json:"to"` // which address of mail.maintenance
}

// AlarmKind is the outbox kind of such a mail.
const AlarmKind = "alarm"
