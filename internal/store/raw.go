package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"parley"
)

// rawPrefix marks a body that is no text and is kept in base64.
const rawPrefix = "base64:"

// Raw is a request as it came.
type Raw struct {
	ID         string // raw_
	EntryPoint parley.EntryPointID
	At         time.Time
	Body       []byte
	Odd        string // what we could not read, "" = nothing
}

// AddRaw keeps a request as it came. Its body names no id of ours, so nobody
// waits for it to be written.
func (r *Rows) AddRaw(w Raw) {
	body := string(w.Body)
	if !utf8.Valid(w.Body) || bytes.IndexByte(w.Body, 0) >= 0 || strings.HasPrefix(body, rawPrefix) {
		body = rawPrefix + base64.StdEncoding.EncodeToString(w.Body)
	}
	r.ops = append(r.ops, op{query: `
		INSERT INTO raw_events (id, entry_point_id, at, body, odd)
		VALUES ($1, $2, $3, $4, $5)`,
		args: []any{w.ID, string(w.EntryPoint), ms(r.now), body, w.Odd}})
}

// RawOdd returns the requests of an entry point that we could not read whole,
// the newest first.
func (v View) RawOdd(ctx context.Context, e parley.EntryPointID, limit int) ([]Raw, error) {
	return list(ctx, v, scanRaw, `
		SELECT id, entry_point_id, at, body, odd
		FROM raw_events
		WHERE entry_point_id = $1
			AND odd <> ''
		ORDER BY at DESC, id DESC
		LIMIT $2`, string(e), limit)
}

// RawCount returns how many requests are kept.
func (v View) RawCount(ctx context.Context) (int64, error) {
	return one(ctx, v, scalar[int64], `
		SELECT COUNT(*)
		FROM raw_events`)
}

func scanRaw(rows *sql.Rows) (w Raw, err error) {
	var at int64
	var body string
	if err = rows.Scan(&w.ID, &w.EntryPoint, &at, &body, &w.Odd); err != nil {
		return w, err
	}
	w.At, w.Body = parley.FromMillis(at), []byte(body)
	if code, ok := strings.CutPrefix(body, rawPrefix); ok {
		if w.Body, err = base64.StdEncoding.DecodeString(code); err != nil {
			err = fmt.Errorf("body of %s: %w", w.ID, err)
		}
	}
	return w, err
}

// RawBefore returns the ids of requests that came before a time, the oldest
// first.
func (v View) RawBefore(ctx context.Context, before time.Time, limit int) ([]string, error) {
	return list(ctx, v, scalar[string], `
		SELECT id
		FROM raw_events
		WHERE at < $1
		ORDER BY at, id
		LIMIT $2`, ms(before), limit)
}

// DropRaw forgets requests.
func (r *Rows) DropRaw(ids []string) {
	for part := range pieces(ids) {
		r.Exec(`
		DELETE FROM raw_events
		WHERE id IN (`+numbered(1, len(part))+`)`, anys(part)...)
	}
}
