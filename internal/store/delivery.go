package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// SaveTry keeps that a part of a message is about to go to its network: if
// nothing else is known of it later, it may have arrived.
//
// Source: P4, R-46.
func (r *Rows) SaveTry(x External) {
	r.Exec(`
		INSERT INTO external_ids (external_id, entry_point_id, direction, message_id, part, state, at)
		VALUES ($1, $2, 'out', $3, $4, $5, $6)
		ON CONFLICT (external_id, entry_point_id, direction) DO UPDATE
		SET state = excluded.state, at = excluded.at`,
		x.ID, string(x.EntryPoint), string(x.Message), x.Part, x.State, ms(r.now))
}

// SavePart keeps how a part stands, and under which id of the network.
func (r *Rows) SavePart(x External, id, state string) {
	r.Exec(`
		UPDATE external_ids
		SET external_id = $3, state = $4
		WHERE external_id = $1 AND entry_point_id = $2 AND direction = 'out'`,
		x.ID, string(x.EntryPoint), id, state)
}

// ForgetPart forgets a part that did not go.
func (r *Rows) ForgetPart(x External) {
	r.Exec(`
		DELETE FROM external_ids
		WHERE external_id = $1 AND entry_point_id = $2 AND direction = 'out'`,
		x.ID, string(x.EntryPoint))
}

// SaveDelivery replaces how a message to a customer stands.
func (r *Rows) SaveDelivery(id parley.MessageID, d parley.Delivery) {
	r.Exec(`
		UPDATE messages
		SET delivery = $2
		WHERE id = $1`, string(id), string(mustJSON(d)))
}

// Delivered returns the last messages of a conversation that went to its network
// up to a time, the oldest first.
func (v View) Delivered(ctx context.Context, c parley.ConversationID, until time.Time, limit int) ([]parley.Message, error) {
	last, err := list(ctx, v, scanMessage, messageColumns+`
		WHERE conversation_id = $1
			AND delivery <> ''
			AND at <= $2
		ORDER BY seq DESC
		LIMIT $3`, string(c), ms(until), limit)
	for i, j := 0, len(last)-1; i < j; i, j = i+1, j-1 {
		last[i], last[j] = last[j], last[i]
	}
	return last, err
}

// Early is what a network said of a message whose send is not saved yet.
//
// Source: R-41.
type Early struct {
	ExternalID string
	EntryPoint parley.EntryPointID
	State      parley.DeliveryState
	Code       string
	Detail     string
	At         time.Time
}

// Earlies returns what was said early of some of a network's ids.
func (v View) Earlies(ctx context.Context, e parley.EntryPointID, id string) ([]Early, error) {
	return list(ctx, v, func(rows *sql.Rows) (s Early, err error) {
		var at int64
		err = rows.Scan(&s.ExternalID, &s.EntryPoint, &s.State, &s.Code, &s.Detail, &at)
		s.At = parley.FromMillis(at)
		return s, err
	}, `
		SELECT external_id, entry_point_id, state, code, detail, at
		FROM early_statuses
		WHERE external_id = $1
			AND entry_point_id = $2
		ORDER BY at, state`, id, string(e))
}

// Park keeps what a network said too early. A repeat changes nothing.
func (r *Rows) Park(s Early) {
	r.Exec(`
		INSERT INTO early_statuses (external_id, entry_point_id, state, code, detail, at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (external_id, entry_point_id, state) DO NOTHING`,
		s.ExternalID, string(s.EntryPoint), string(s.State), s.Code, s.Detail, ms(r.now))
}

// Unpark forgets what was said early of an id.
func (r *Rows) Unpark(e parley.EntryPointID, id string) {
	r.Exec(`
		DELETE FROM early_statuses
		WHERE external_id = $1 AND entry_point_id = $2`, id, string(e))
}

// SweepEarly forgets what was said before a time of messages that are not ours.
func (r *Rows) SweepEarly(before time.Time) {
	r.Exec(`
		DELETE FROM early_statuses
		WHERE at < $1`, ms(before))
}

// SavePaused keeps why nothing is sent by an entry point for now, "" = it is.
func (r *Rows) SavePaused(id parley.EntryPointID, why string) {
	r.Exec(`
		UPDATE entry_points
		SET paused = $2, rev = rev + 1
		WHERE id = $1 AND paused <> $2`, string(id), why)
}

// SaveWarned notes that people were told that an entry point's token ends.
func (r *Rows) SaveWarned(e parley.EntryPointID) {
	r.Exec(`
		UPDATE channel_health
		SET warned_at = $2
		WHERE entry_point_id = $1`, string(e), ms(r.now))
}
