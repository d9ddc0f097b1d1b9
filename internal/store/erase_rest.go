package store

import (
	"context"
	"fmt"
	"time"

	"parley"
)

// RawAfter returns requests as they came, behind an id, the oldest ids first.
func (v View) RawAfter(ctx context.Context, after string, limit int) ([]Raw, error) {
	return list(ctx, v, scanRaw, `
		SELECT id, entry_point_id, at, body, odd
		FROM raw_events
		WHERE id > $1
		ORDER BY id`+atMost(limit), after)
}

// Stays counts what an erasure leaves in place.
type Stays struct {
	Messages int64 `json:"messages"` // emptied, with number, time and hash
	Chats    int64 `json:"interactions"`
	Cases    int64 `json:"cases"`
	Consents int64 `json:"consents"` // when they agreed to which words of the center's, with a chat or a message left
	OptOuts  int64 `json:"opt_outs"`
	Blocks   int64 `json:"blocks"`
}

// Stays counts what is left of a customer, before the words go.
func (v View) Stays(ctx context.Context, id parley.CustomerID) (s Stays, err error) {
	for _, c := range []struct {
		n     *int64
		query string
	}{
		{&s.Messages, `
		SELECT COUNT(*)
		FROM messages
		WHERE conversation_id IN ` + talks},
		{&s.Chats, `
		SELECT COUNT(*)
		FROM interactions
		WHERE conversation_id IN ` + talks},
		{&s.Cases, `
		SELECT COUNT(*)
		FROM cases
		WHERE customer_id = $1`},
		{&s.Consents, `
		SELECT (SELECT COUNT(*) FROM consents WHERE conversation_id IN ` + talks + `)
			+ (SELECT COUNT(*) FROM missed WHERE consent_at > 0 AND conversation_id IN ` + talks + `)`},
		{&s.OptOuts, `
		SELECT COUNT(*)
		FROM opt_outs
		WHERE value IN (SELECT value FROM conversation_keys WHERE conversation_id IN ` + talks + `)`},
		{&s.Blocks, `
		SELECT COUNT(*)
		FROM blocks
		WHERE ended_at = 0 AND conversation_id IN ` + talks},
	} {
		if *c.n, err = one(ctx, v, scalar[int64], c.query, string(id)); err != nil {
			return s, err
		}
	}
	return s, nil
}

// unerased are the tables in which an erasure changes nothing, and why.
var unerased = map[string]string{
	"messages":          "emptied in pieces, before the rest: Rows.EraseSaid",
	"customers":         "the row goes when the customer retires: Rows.Retire",
	"retired_customers": "emptied when the erasure begins: Rows.Retire",
	"raw_events":        "read piece by piece and dropped where they name the customer",
	"customer_texts":    "Rows.UnindexCustomer",
	"spellings":         "Rows.UnindexCustomer",
	"entries":           "ids only",
	"router_states":     "ids, times and numbers only",
	"audit":             "ids only",
	"interactions":      "ids and times only",
	"erasures":          "counts only",
	"consents":          "stays: that they agreed, when, and to which words; ids and times only",
	"consent_texts":     "the center's words, not theirs",
	"opt_outs":          "stays: who asked not to be written to must not be",
	"block_keys":        "stays until the block ends: the center protects itself",
	"early_statuses":    "ids of networks, dropped within a day",
}

// How often the write-ahead log is asked to be emptied, and how long apart:
// somebody may be reading.
const (
	scrubTries = 50
	scrubPause = 100 * time.Millisecond
)

// Scrub makes what was overwritten leave the disk: SQLite's write-ahead log is
// emptied into the file, in which freed bytes are zero (secure_delete); on
// PostgreSQL the tables are vacuumed.
//
// Errors: parley.ErrBusy if readers did not let go.
func (s *Store) Scrub(ctx context.Context) error {
	if s.d == postgres {
		for _, e := range append(erasers, struct{ table, query string }{"messages", ""}, struct{ table, query string }{"raw_events", ""}) {
			if _, err := s.read.ExecContext(ctx, "VACUUM "+e.table); err != nil {
				return fmt.Errorf("vacuum %s: %w", e.table, err)
			}
		}
		return nil
	}
	for range scrubTries {
		var busy, log, moved int
		err := s.read.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved)
		if err != nil {
			return fmt.Errorf("empty the write-ahead log: %w", err)
		}
		if busy == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(scrubPause):
		}
	}
	return fmt.Errorf("empty the write-ahead log: %w", parley.ErrBusy)
}
