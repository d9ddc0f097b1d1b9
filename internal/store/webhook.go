package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"parley"
)

// Webhook is an address outside that is told what happens here.
type Webhook struct {
	ID           string // whk_
	Name         string
	URL          string
	Events       []string // types
	Enabled      bool
	Why          string // of one that is off: failing, if we gave up by ourselves
	Sealed       []byte // its secrets: current, old
	FailingSince time.Time
	VerifiedAt   time.Time
	CreatedAt    time.Time
	Rev          int64
}

const webhookColumns = `
		SELECT id, name, url, events, enabled, off_why, sealed, failing_since, verified_at, created_at, rev
		FROM webhooks`

// Webhooks returns all, by name.
func (v View) Webhooks(ctx context.Context) ([]Webhook, error) {
	return list(ctx, v, scanWebhook, webhookColumns+`
		ORDER BY name, id`)
}

// Webhook returns one. Errors: parley.ErrNotFound.
func (v View) Webhook(ctx context.Context, id string) (Webhook, error) {
	return one(ctx, v, scanWebhook, webhookColumns+`
		WHERE id = $1`, id)
}

func scanWebhook(rows *sql.Rows) (Webhook, error) {
	var w Webhook
	var events, sealed string
	var failing, verified, created int64
	if err := rows.Scan(&w.ID, &w.Name, &w.URL, &events, &w.Enabled, &w.Why, &sealed, &failing, &verified, &created, &w.Rev); err != nil {
		return w, err
	}
	w.Sealed = []byte(sealed)
	w.FailingSince, w.VerifiedAt, w.CreatedAt = parley.FromMillis(failing), parley.FromMillis(verified), parley.FromMillis(created)
	if err := json.Unmarshal([]byte(events), &w.Events); err != nil {
		return w, fmt.Errorf("events of %s: %w", w.ID, err)
	}
	return w, nil
}

// SaveWebhook adds or replaces one.
func (r *Rows) SaveWebhook(w Webhook) {
	r.Exec(`
		INSERT INTO webhooks (id, name, url, events, enabled, off_why, sealed, failing_since, verified_at, created_at, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, url = excluded.url, events = excluded.events, enabled = excluded.enabled, off_why = excluded.off_why,
			sealed = excluded.sealed, failing_since = excluded.failing_since, verified_at = excluded.verified_at, rev = excluded.rev`,
		w.ID, w.Name, w.URL, string(mustJSON(w.Events)), w.Enabled, w.Why, string(w.Sealed), ms(w.FailingSince), ms(w.VerifiedAt),
		ms(w.CreatedAt), w.Rev)
}

// SaveWebhookFails lists since when nothing arrives at an address, zero if it
// does.
func (r *Rows) SaveWebhookFails(id string, since time.Time) {
	r.Exec(`
		UPDATE webhooks
		SET failing_since = $2
		WHERE id = $1`, id, ms(since))
}

// SaveWebhookOff lists that we gave an address up.
func (r *Rows) SaveWebhookOff(id, why string) {
	r.Exec(`
		UPDATE webhooks
		SET enabled = FALSE, off_why = $2, rev = rev + 1
		WHERE id = $1`, id, why)
}

// SaveWebhookVerified lists that an address answered as it should.
func (r *Rows) SaveWebhookVerified(id string) {
	r.Exec(`
		UPDATE webhooks
		SET verified_at = $2
		WHERE id = $1`, id, ms(r.now))
}

// RemoveWebhook lists that one is gone, with all it was told.
func (r *Rows) RemoveWebhook(id string) {
	r.Exec(`
		DELETE FROM webhook_events
		WHERE webhook_id = $1`, id)
	r.Exec(`
		DELETE FROM webhooks
		WHERE id = $1`, id)
}

// WebhookEvent is one thing an address is told.
type WebhookEvent struct {
	ID           string // evt_
	Webhook      string
	Type         string
	N            int64 // the log row it tells of, 0 = none
	Conversation parley.ConversationID
	Data         string // JSON, of one without a log row
	State        string // waiting, delivered, failed, dropped
	Attempt      int
	Status       int // of the last answer, 0 = none
	Error        string
	CreatedAt    time.Time
	TriedAt      time.Time
}

// The states of what an address is told.
const (
	EventWaiting   = "waiting"
	EventDelivered = "delivered"
	EventFailed    = "failed"  // given up
	EventDropped   = "dropped" // its time has passed, or the address was off
)

const webhookEventColumns = `
		SELECT id, webhook_id, type, n, conversation_id, data, state, attempt, status, error, created_at, tried_at
		FROM webhook_events`

// WebhookEvent returns one. Errors: parley.ErrNotFound.
func (v View) WebhookEvent(ctx context.Context, id string) (WebhookEvent, error) {
	return one(ctx, v, scanWebhookEvent, webhookEventColumns+`
		WHERE id = $1`, id)
}

// WebhookEvents returns what an address was told before an event, the newest
// first; one without an id begins with the last.
func (v View) WebhookEvents(ctx context.Context, webhook string, before WebhookEvent, limit int) ([]WebhookEvent, error) {
	if before.ID == "" {
		return list(ctx, v, scanWebhookEvent, webhookEventColumns+`
		WHERE webhook_id = $1
		ORDER BY created_at DESC, n DESC, id DESC
		LIMIT $2`, webhook, limit)
	}
	return list(ctx, v, scanWebhookEvent, webhookEventColumns+`
		WHERE webhook_id = $1
			AND (created_at, n, id) < ($2, $3, $4)
		ORDER BY created_at DESC, n DESC, id DESC
		LIMIT $5`, webhook, ms(before.CreatedAt), before.N, before.ID, limit)
}

// WebhookEventsSince returns what an address was told since a time and does not
// wait any more, the oldest first.
func (v View) WebhookEventsSince(ctx context.Context, webhook string, since time.Time, limit int) ([]WebhookEvent, error) {
	return list(ctx, v, scanWebhookEvent, webhookEventColumns+`
		WHERE webhook_id = $1
			AND created_at >= $2
			AND state <> 'waiting'
		ORDER BY created_at, n, id
		LIMIT $3`, webhook, ms(since), limit)
}

func scanWebhookEvent(rows *sql.Rows) (e WebhookEvent, err error) {
	var created, tried int64
	err = rows.Scan(&e.ID, &e.Webhook, &e.Type, &e.N, &e.Conversation, &e.Data, &e.State, &e.Attempt, &e.Status, &e.Error, &created, &tried)
	e.CreatedAt, e.TriedAt = parley.FromMillis(created), parley.FromMillis(tried)
	return e, err
}

// AddWebhookEvent lists something an address is to be told.
func (r *Rows) AddWebhookEvent(e WebhookEvent) {
	r.Exec(`
		INSERT INTO webhook_events (id, webhook_id, type, n, conversation_id, data, state, attempt, status, error, created_at, tried_at)
		VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, 0, '', $7, 0)`,
		e.ID, e.Webhook, e.Type, e.N, string(e.Conversation), e.Data, ms(r.now))
}

// SaveWebhookEvent lists how a try went, or that it waits again.
func (r *Rows) SaveWebhookEvent(e WebhookEvent) {
	r.Exec(`
		UPDATE webhook_events
		SET state = $2, attempt = $3, status = $4, error = $5, tried_at = $6
		WHERE id = $1`, e.ID, e.State, e.Attempt, e.Status, e.Error, ms(e.TriedAt))
}

// SweepWebhookEvents lists that what was told before a time is forgotten.
func (r *Rows) SweepWebhookEvents(before time.Time) {
	r.Exec(`
		DELETE FROM webhook_events
		WHERE created_at < $1 AND state <> 'waiting'`, ms(before))
}
