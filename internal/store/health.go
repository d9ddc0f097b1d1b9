package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// Health is how an entry point's network is doing. A zero time is never.
type Health struct {
	EntryPoint  parley.EntryPointID
	HandshakeAt time.Time // the webhook's address was verified
	SignedAt    time.Time // a request with a good signature
	UnsignedAt  time.Time // one with a bad one
	ReceivedAt  time.Time
	SentAt      time.Time
	ReceiptAt   time.Time
	TokenUntil  time.Time // zero: it does not expire, or nobody knows
	WarnedAt    time.Time // a mail about TokenUntil was sent
	ErrorAt     time.Time
	ErrorCode   string
	ErrorDetail string
	Received    int64 // counts, for ever
	Sent        int64
	Failed      int64
	Odd         int64 // signed requests we could not read whole
}

const healthColumns = `
		SELECT entry_point_id, handshake_at, signed_at, unsigned_at, received_at, sent_at, receipt_at, token_until, warned_at,
			error_at, error_code, error_detail, received, sent, failed, odd
		FROM channel_health`

// Health returns how an entry point's network is doing; one that never did
// anything has a zero one.
func (v View) Health(ctx context.Context, e parley.EntryPointID) (Health, error) {
	found, err := list(ctx, v, scanHealth, healthColumns+`
		WHERE entry_point_id = $1`, string(e))
	if err != nil || len(found) == 0 {
		return Health{EntryPoint: e}, err
	}
	return found[0], nil
}

// Healths returns it of every entry point that did anything.
func (v View) Healths(ctx context.Context) ([]Health, error) {
	return list(ctx, v, scanHealth, healthColumns+`
		ORDER BY entry_point_id`)
}

func scanHealth(rows *sql.Rows) (h Health, err error) {
	var at [9]int64
	err = rows.Scan(&h.EntryPoint, &at[0], &at[1], &at[2], &at[3], &at[4], &at[5], &at[6], &at[7], &at[8],
		&h.ErrorCode, &h.ErrorDetail, &h.Received, &h.Sent, &h.Failed, &h.Odd)
	for i, t := range []*time.Time{
		&h.HandshakeAt, &h.SignedAt, &h.UnsignedAt, &h.ReceivedAt, &h.SentAt, &h.ReceiptAt, &h.TokenUntil, &h.WarnedAt, &h.ErrorAt,
	} {
		*t = parley.FromMillis(at[i])
	}
	return h, err
}

// Beat is what happened at an entry point just now.
type Beat struct {
	Handshake, Signed, Unsigned, Receipt bool
	Received, Sent, Failed, Odd          int
}

// Beat counts what happened at an entry point, and notes when.
func (r *Rows) Beat(e parley.EntryPointID, b Beat) {
	at := func(happened bool) int64 {
		if happened {
			return ms(r.now)
		}
		return 0
	}
	r.Exec(`
		INSERT INTO channel_health (entry_point_id, handshake_at, signed_at, unsigned_at, received_at, sent_at, receipt_at,
			token_until, warned_at, error_at, error_code, error_detail, received, sent, failed, odd)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, '', '', $8, $9, $10, $11)
		ON CONFLICT (entry_point_id) DO UPDATE
		SET handshake_at = CASE WHEN excluded.handshake_at = 0 THEN channel_health.handshake_at ELSE excluded.handshake_at END,
			signed_at = CASE WHEN excluded.signed_at = 0 THEN channel_health.signed_at ELSE excluded.signed_at END,
			unsigned_at = CASE WHEN excluded.unsigned_at = 0 THEN channel_health.unsigned_at ELSE excluded.unsigned_at END,
			received_at = CASE WHEN excluded.received_at = 0 THEN channel_health.received_at ELSE excluded.received_at END,
			sent_at = CASE WHEN excluded.sent_at = 0 THEN channel_health.sent_at ELSE excluded.sent_at END,
			receipt_at = CASE WHEN excluded.receipt_at = 0 THEN channel_health.receipt_at ELSE excluded.receipt_at END,
			received = channel_health.received + excluded.received, sent = channel_health.sent + excluded.sent,
			failed = channel_health.failed + excluded.failed, odd = channel_health.odd + excluded.odd`,
		string(e), at(b.Handshake), at(b.Signed), at(b.Unsigned), at(b.Received > 0), at(b.Sent > 0), at(b.Receipt),
		b.Received, b.Sent, b.Failed, b.Odd)
}

// SaveTrouble notes why an entry point needs attention; an empty code: it works
// again.
func (r *Rows) SaveTrouble(e parley.EntryPointID, code, detail string) {
	r.Beat(e, Beat{})
	r.Exec(`
		UPDATE channel_health
		SET error_at = $2, error_code = $3, error_detail = $4
		WHERE entry_point_id = $1`, string(e), ms(r.now), code, detail)
}

// SaveToken notes until when an entry point's token counts.
func (r *Rows) SaveToken(e parley.EntryPointID, until time.Time) {
	r.Beat(e, Beat{})
	r.Exec(`
		UPDATE channel_health
		SET token_until = $2
		WHERE entry_point_id = $1`, string(e), ms(until))
}
