// Package webhook tells programs outside what happens here: who is told of what,
// and what became of it. What is told is listed in the commit it tells of; the
// text is made when it is sent.
//
// Begin with tell.go; deliver.go sends, body.go says what.
package webhook

import (
	"context"
	"crypto/rand"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/netguard"
	"parley/internal/seal"
	"parley/internal/store"
)

// Rooms are what Webhooks stand on.
type Rooms struct {
	Ledger *ledger.Ledger
	Store  *store.Store
	Clock  parley.Clock
	Log    *slog.Logger
	Seal   *seal.Seal
	Client *http.Client // guarded
	Change ledger.Changer
}

// Webhooks are a center's.
type Webhooks struct {
	Rooms
	mu     sync.Mutex // held while hooks are read anew
	hooks  atomic.Pointer[[]store.Webhook]
	typing chan typed // typingWaiting: more are dropped, they matter to nobody later
	last   map[typed]time.Time
	wait   func(ctx context.Context, d time.Duration) error // tests do not wait
}

// New opens them. It follows the ledger, so call it before Ledger.Run.
func New(ctx context.Context, r Rooms) (*Webhooks, error) {
	w := &Webhooks{Rooms: r, typing: make(chan typed, typingWaiting), last: map[typed]time.Time{}, wait: pause}
	r.Ledger.OnSave(w.wanted, w.list)
	r.Ledger.Subscribe(w.follow)
	r.Ledger.HandleMany(outboxKind, deliverAtOnce, w.deliver)
	return w, w.load(ctx)
}

// load reads who is told of what.
func (w *Webhooks) load(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	all, err := w.Store.View().Webhooks(ctx)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(h store.Webhook) bool { return !h.Enabled })
	w.hooks.Store(&all)
	return nil
}

// View is a webhook as administrators see one: never its secret.
type View struct {
	ID string `json:"id"`
	Input
	Why          string `json:"why" doc:"of one that is off: failing or gone, if we gave it up"`
	OldSecret    bool   `json:"old_secret" doc:"the secret of before signs too"`
	FailingSince int64  `json:"failing_since"`
	VerifiedAt   int64  `json:"verified_at"`
	CreatedAt    int64  `json:"created_at"`
}

// Input is what an administrator fills in.
type Input struct {
	Name    string   `json:"name"`
	URL     string   `json:"url"`
	Events  []string `json:"events" maxItems:"20" doc:"conversation, queued, members, transfer, message, activity, delivery, case"`
	Enabled bool     `json:"enabled"`
	Rev     int64    `json:"rev" required:"false"`
}

// Secret is a webhook with its secret, shown this once.
type Secret struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

// The bounds of a webhook.
//
// Unit: code points.
const (
	nameMax = 100
	urlMax  = 2000
)

// The names of a webhook's secrets where they are sealed.
const (
	current = "current"
	old     = "old"
)

func newSecret() string { return "whs_" + rand.Text() + rand.Text() }

func shown(h store.Webhook) View {
	return View{
		ID: h.ID, Input: Input{Name: h.Name, URL: h.URL, Events: h.Events, Enabled: h.Enabled, Rev: h.Rev},
		Why: h.Why, OldSecret: slices.Contains(seal.Names(h.Sealed), old), FailingSince: parley.Millis(h.FailingSince),
		VerifiedAt: parley.Millis(h.VerifiedAt), CreatedAt: parley.Millis(h.CreatedAt),
	}
}

// All returns every webhook, by name. Errors: parley.ErrForbidden.
func (w *Webhooks) All(ctx context.Context, me parley.Actor) ([]View, error) {
	if !me.Has(parley.MayAdminister) {
		return nil, parley.ErrForbidden
	}
	all, err := w.Store.View().Webhooks(ctx)
	list := make([]View, len(all))
	for i, h := range all {
		list[i] = shown(h)
	}
	return list, err
}

// Find returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (w *Webhooks) Find(ctx context.Context, me parley.Actor, id string) (View, error) {
	if !me.Has(parley.MayAdminister) {
		return View{}, parley.ErrForbidden
	}
	h, err := w.Store.View().Webhook(ctx, id)
	return shown(h), err
}

// Create adds a webhook. Errors: parley.ErrForbidden, an Invalid one.
func (w *Webhooks) Create(ctx context.Context, me parley.Actor, in Input) (Secret, error) {
	made := Secret{ID: parley.NewID("whk", w.Clock.Now()), Secret: newSecret()}
	return made, w.change(ctx, me, "create_webhook", func(_ context.Context, v ledger.View) (ledger.Change, error) {
		h := store.Webhook{ID: made.ID, CreatedAt: v.Now, Sealed: w.Seal.Secrets(made.ID, map[string]string{current: made.Secret})}
		if in.Rev != 0 {
			return ledger.Change{}, parley.ErrConflict
		}
		return in.into(h, nil)
	})
}

// Save replaces one; its secret stays. One that we gave up begins anew when it is
// enabled. Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (w *Webhooks) Save(ctx context.Context, me parley.Actor, id string, in Input) error {
	return w.change(ctx, me, "save_webhook", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		h, err := v.Webhook(ctx, id)
		if err == nil {
			err = ledger.Current(ctx, v, id, h.Rev, in.Rev)
		}
		if err != nil {
			return ledger.Change{}, err
		}
		return in.into(h, shown(h))
	})
}

// into checks what was filled in and puts it into a webhook.
//
// Source: A-069.
func (in Input) into(h store.Webhook, before any) (ledger.Change, error) {
	var f parley.Faults
	if in.URL != h.URL {
		h.VerifiedAt = time.Time{}
	}
	if in.Enabled && (!h.Enabled || in.URL != h.URL) {
		h.Why, h.FailingSince = "", time.Time{}
	}
	h.Name, h.URL, h.Events, h.Enabled, h.Rev = identity.Text(in.Name), in.URL, slices.Compact(slices.Sorted(slices.Values(in.Events))), in.Enabled, h.Rev+1
	f.Name("name", h.Name, 1, nameMax)
	f.Text("url", h.URL, 1, urlMax)
	if h.URL != "" && netguard.Check(h.URL) != nil {
		f.Add("url", "not_a_url")
	}
	if len(h.Events) == 0 {
		f.Add("events", "required")
	}
	for i, e := range in.Events {
		parley.OneOf(&f, parley.Index("events", i, ""), e, Types...)
	}
	return ledger.Change{Subject: h.ID, Before: before, After: shown(h), Rows: func(r *store.Rows) { r.SaveWebhook(h) }}, f.Err()
}

// Remove takes one away, with the log of what it was told.
// Errors: parley.ErrForbidden, ErrNotFound.
func (w *Webhooks) Remove(ctx context.Context, me parley.Actor, id string) error {
	return w.change(ctx, me, "remove_webhook", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		h, err := v.Webhook(ctx, id)
		return ledger.Change{Subject: id, Before: shown(h), Rows: func(r *store.Rows) { r.RemoveWebhook(id) }}, err
	})
}

// Renew gives a webhook a new secret. The one of before signs too, if it opens,
// until it is dropped or the next one comes.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: A-071.
func (w *Webhooks) Renew(ctx context.Context, me parley.Actor, id string) (Secret, error) {
	made := Secret{ID: id, Secret: newSecret()}
	return made, w.reseal(ctx, me, "renew_webhook_secret", id, func(had map[string]string) map[string]string {
		return map[string]string{current: made.Secret, old: had[current]}
	})
}

// DropOld lets the secret of before sign no more. Twice is once.
//
// Errors: parley.ErrForbidden, ErrNotFound, an Invalid one if the newer one does
// not open: it must be renewed first.
// Source: A-071.
func (w *Webhooks) DropOld(ctx context.Context, me parley.Actor, id string) error {
	return w.reseal(ctx, me, "drop_webhook_secret", id, func(had map[string]string) map[string]string {
		return map[string]string{current: had[current]}
	})
}

func (w *Webhooks) reseal(ctx context.Context, me parley.Actor, name, id string, next func(map[string]string) map[string]string) error {
	return w.change(ctx, me, name, func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		h, err := v.Webhook(ctx, id)
		if err != nil {
			return ledger.Change{}, err
		}
		had, _ := w.Seal.OpenSecrets(id, h.Sealed) // one that does not open is none: the key it was sealed with is gone
		secrets := next(had)
		if secrets[current] == "" {
			return ledger.Change{}, parley.ErrInvalid(parley.FieldError{Field: "secret", Code: "required"})
		}
		maps.DeleteFunc(secrets, func(_, secret string) bool { return secret == "" })
		before := shown(h)
		h.Sealed, h.Rev = w.Seal.Secrets(id, secrets), h.Rev+1
		return ledger.Change{Subject: id, Before: before, After: shown(h), Rows: func(r *store.Rows) { r.SaveWebhook(h) }}, nil
	})
}

// change hands in a command; who is told of what is known when it returns.
func (w *Webhooks) change(ctx context.Context, me parley.Actor, name string, plan func(context.Context, ledger.View) (ledger.Change, error)) error {
	if err := w.Change(ctx, me, name, plan); err != nil {
		return err
	}
	return w.load(ctx)
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
