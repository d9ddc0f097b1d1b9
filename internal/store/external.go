package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// External is a network's id of something that came in or went out. It is kept
// for ever, so that a repeat is known whenever it comes.
//
// Source: E23, R-40, A-056.
type External struct {
	ID         string
	EntryPoint parley.EntryPointID
	Direction  string           // In or Out
	Message    parley.MessageID // "" = it made no message
	Part       int              // of a message that became several of the network
	State      string           // of a part that went out
	At         time.Time
}

// The directions of a network's ids.
const (
	In  = "in"
	Out = "out"
)

const externalColumns = `
		SELECT external_id, entry_point_id, direction, message_id, part, state, at
		FROM external_ids`

// Externals returns what is known of some of a network's ids, in and out.
func (v View) Externals(ctx context.Context, e parley.EntryPointID, ids []string) ([]External, error) {
	var out []External
	for part := range pieces(ids) {
		some, err := list(ctx, v, scanExternal, externalColumns+`
		WHERE entry_point_id = $1
			AND external_id IN (`+numbered(2, len(part))+`)`, append([]any{string(e)}, anys(part)...)...)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// ExternalsOf returns the network's ids of one of our messages, by part.
func (v View) ExternalsOf(ctx context.Context, id parley.MessageID) ([]External, error) {
	if id == "" {
		return nil, nil
	}
	return list(ctx, v, scanExternal, externalColumns+`
		WHERE message_id = $1
			AND message_id <> ''
		ORDER BY part, external_id`, string(id))
}

func scanExternal(rows *sql.Rows) (x External, err error) {
	var at int64
	err = rows.Scan(&x.ID, &x.EntryPoint, &x.Direction, &x.Message, &x.Part, &x.State, &at)
	x.At = parley.FromMillis(at)
	return x, err
}

// AddExternal keeps a network's id. A second one is a fault of ours: it is looked
// for before.
func (r *Rows) AddExternal(x External) {
	r.Exec(`
		INSERT INTO external_ids (external_id, entry_point_id, direction, message_id, part, state, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		x.ID, string(x.EntryPoint), x.Direction, string(x.Message), x.Part, x.State, ms(r.now))
}
