package store

import (
	"context"

	"parley"
)

// OutboxAgain lists that the rows of a kind are tried again, also those that
// were given up: their cause may be gone.
func (r *Rows) OutboxAgain(kind string) {
	r.wake = true
	r.Exec(`
		UPDATE outbox
		SET state = 'ready', run_at = $2, attempt = 0, created_at = $2
		WHERE kind = $1 AND state <> 'done'`,
		kind, ms(r.now))
	r.Exec(`
		UPDATE outbox
		SET behind = subject_id <> '' AND EXISTS (
			SELECT 1
			FROM outbox earlier
			WHERE earlier.state = 'ready' AND earlier.kind = outbox.kind AND earlier.subject_id = outbox.subject_id
				AND earlier.position < outbox.position)
		WHERE kind = $1 AND state = 'ready'`,
		kind)
}

// EntryPointUses returns how many conversations came in by an entry point, 1
// at most: one is enough to keep it.
func (v View) EntryPointUses(ctx context.Context, id parley.EntryPointID) (int, error) {
	uses, err := list(ctx, v, scalar[int], `
		SELECT 1
		FROM conversations
		WHERE entry_point_id = $1
		LIMIT 1`, id)
	return len(uses), err
}

// RemoveEntryPoint removes an entry point nobody came in by, with its settings,
// what its network sent and how it was doing.
func (r *Rows) RemoveEntryPoint(id parley.EntryPointID) {
	r.Exec(`
		DELETE FROM settings
		WHERE scope = 'entry_point' AND scope_id = $1`, id)
	for _, table := range []string{"channel_health", "raw_events", "early_statuses"} {
		r.Exec(`
		DELETE FROM `+table+`
		WHERE entry_point_id = $1`, id)
	}
	r.Exec(`
		DELETE FROM entry_points
		WHERE id = $1`, id)
}
