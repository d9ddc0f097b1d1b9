package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

const queueColumns = `
		SELECT id, name, description, enabled, priority, language, policy, accept_ms, wrapup_ms, max_wait_ms, max_size,
			on_max_wait, on_full, no_agents, on_close, overflow_id, sla_percent, sla_ms, reply_target_ms,
			wait_text, wait_text_fr, rev
		FROM queues`

// Queues returns the queues that are not removed, by name.
func (v View) Queues(ctx context.Context) ([]parley.Queue, error) {
	queues, err := list(ctx, v, scanQueue, queueColumns+`
		WHERE NOT removed
		ORDER BY name`)
	if err != nil {
		return nil, err
	}
	rows, err := list(ctx, v, scanLevel[parley.QueueID], `
		SELECT queue_id, skill_id, level
		FROM queue_skills`)
	required := levels(rows)
	for i, q := range queues {
		queues[i].Required = required[q.ID]
	}
	return queues, err
}

// Queue returns one, also if it was removed. Errors: parley.ErrNotFound.
func (v View) Queue(ctx context.Context, id parley.QueueID) (parley.Queue, error) {
	q, err := one(ctx, v, scanQueue, queueColumns+`
		WHERE id = $1`, id)
	if err != nil {
		return q, err
	}
	rows, err := list(ctx, v, scanLevel[parley.QueueID], `
		SELECT queue_id, skill_id, level
		FROM queue_skills
		WHERE queue_id = $1`, id)
	q.Required = levels(rows)[id]
	return q, err
}

func scanQueue(rows *sql.Rows) (parley.Queue, error) {
	var q parley.Queue
	var accept, wrapUp, maxWait, sla, reply int64
	err := rows.Scan(&q.ID, &q.Name, &q.Description, &q.Enabled, &q.Priority, &q.Language, &q.Policy,
		&accept, &wrapUp, &maxWait, &q.MaxSize, &q.OnMaxWait, &q.OnFull, &q.NoAgents, &q.OnClose, &q.Overflow,
		&q.SLAPercent, &sla, &reply, &q.WaitText, &q.WaitTextFR, &q.Rev)
	q.Requeue = "original_time"
	q.AcceptInterval, q.WrapUp, q.MaxWait = duration(accept), duration(wrapUp), duration(maxWait)
	q.SLATime, q.ReplyTarget = duration(sla), duration(reply)
	return q, err
}

func duration(ms int64) time.Duration { return time.Duration(ms) * time.Millisecond }

// SaveQueue adds a queue or replaces it, with the skills it requires.
func (r *Rows) SaveQueue(q parley.Queue) {
	r.Exec(`
		INSERT INTO queues (id, name, description, enabled, priority, language, policy, accept_ms, wrapup_ms, max_wait_ms,
			max_size, on_max_wait, on_full, no_agents, on_close, overflow_id, sla_percent, sla_ms, reply_target_ms,
			wait_text, wait_text_fr, rev, removed, last_offer_at, last_offer_seq)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, 0, 0)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, description = excluded.description, enabled = excluded.enabled,
			priority = excluded.priority, language = excluded.language, policy = excluded.policy,
			accept_ms = excluded.accept_ms, wrapup_ms = excluded.wrapup_ms, max_wait_ms = excluded.max_wait_ms,
			max_size = excluded.max_size, on_max_wait = excluded.on_max_wait, on_full = excluded.on_full,
			no_agents = excluded.no_agents, on_close = excluded.on_close, overflow_id = excluded.overflow_id,
			sla_percent = excluded.sla_percent, sla_ms = excluded.sla_ms, reply_target_ms = excluded.reply_target_ms,
			wait_text = excluded.wait_text, wait_text_fr = excluded.wait_text_fr, rev = excluded.rev`,
		q.ID, q.Name, q.Description, q.Enabled, q.Priority, q.Language, q.Policy, q.AcceptInterval.Milliseconds(),
		q.WrapUp.Milliseconds(), q.MaxWait.Milliseconds(), q.MaxSize, q.OnMaxWait, q.OnFull, q.NoAgents, q.OnClose,
		q.Overflow, q.SLAPercent, q.SLATime.Milliseconds(), q.ReplyTarget.Milliseconds(), q.WaitText, q.WaitTextFR,
		q.Rev, false)
	r.Exec(`
		DELETE FROM queue_skills
		WHERE queue_id = $1`, q.ID)
	for skill, level := range q.Required {
		r.Exec(`
			INSERT INTO queue_skills (queue_id, skill_id, level)
			VALUES ($1, $2, $3)`,
			q.ID, skill, level)
	}
}

// RemoveQueue lists that a queue is gone; its name may be used again, and what
// went through it keeps it. Its memberships go with routing's event.
func (r *Rows) RemoveQueue(id parley.QueueID) {
	r.Exec(`
		UPDATE queues
		SET removed = $2
		WHERE id = $1`, id, true)
	r.Exec(`
		DELETE FROM queue_skills
		WHERE queue_id = $1`, id)
	r.Exec(`
		DELETE FROM settings
		WHERE scope = 'queue' AND scope_id = $1`, id)
}
