package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"parley"
)

// What a customer's timeline is made of.
const (
	HappenedTalk     = "interaction"
	HappenedCase     = "case"
	HappenedFollowUp = "follow_up"
	HappenedTask     = "task"
)

// Happening is one thing of a customer's timeline. A case that is the log of an
// interaction is none of its own: the interaction stands for both.
type Happening struct {
	Kind    string
	ID      string
	At      time.Time // it began; of a follow-up: is about; of a task: done, else due
	Channel parley.Channel
}

// TimelineRange is a stretch of a customer's timeline, the newest first. What has
// no channel is in that of each.
type TimelineRange struct {
	Customer parley.CustomerID
	Channel  parley.Channel // "" = all
	Reader   *Reader        // nil = somebody who sees all
	Before   time.Time      // with BeforeID: the last one had
	BeforeID string
	Limit    int
}

// Timeline returns a stretch of what happened with a customer. All that one
// customer has is put in order for that: thousands at most, found by indexes.
func (v View) Timeline(ctx context.Context, r TimelineRange) ([]Happening, error) {
	args := []any{r.Customer}
	next := func(value any) string {
		args = append(args, value)
		return "$" + strconv.Itoa(len(args))
	}
	cases, tasks, place := "", "", ""
	if r.Reader != nil {
		agent := next(r.Reader.Agent)
		next(r.Reader.Group)
		cases = ` AND ` + r.Reader.sees("k", 2)
		tasks = ` AND (k.id IS NOT NULL OR ` + agent + ` <> '' AND ` + agent + ` IN (t.owner_id, t.created_by))`
	}
	if r.Channel != "" {
		place += ` AND h.channel IN ('', ` + next(r.Channel) + `)`
	}
	if r.BeforeID != "" {
		place += ` AND (h.at, h.id) < (` + next(parley.Millis(r.Before)) + `, ` + next(r.BeforeID) + `)`
	}
	return list(ctx, v, scanHappening, `
		WITH k AS (
			SELECT k.id, k.channel, k.interaction_id, k.created_at
			FROM cases k
			WHERE k.customer_id = $1 AND k.customer_id <> ''`+cases+`
		), h AS (
			SELECT 'interaction' AS kind, i.id, i.created_at AS at, v.channel
			FROM conversations v
			JOIN interactions i ON i.conversation_id = v.id
			WHERE v.customer_id = $1 AND v.customer_id <> ''
			UNION ALL
			SELECT 'case', k.id, k.created_at, k.channel
			FROM k
			WHERE NOT EXISTS (
				SELECT 1
				FROM interactions i
				JOIN conversations v ON v.id = i.conversation_id
				WHERE i.id = k.interaction_id AND v.customer_id = $1)
			UNION ALL
			SELECT 'follow_up', f.id, f.at, k.channel
			FROM k
			JOIN case_followups f ON f.case_id = k.id
			UNION ALL
			SELECT 'task', t.id, CASE WHEN t.done_at > 0 THEN t.done_at ELSE t.due_at END, COALESCE(k.channel, '')
			FROM tasks t
			LEFT JOIN k ON k.id = t.case_id
			WHERE t.customer_id = $1 AND t.customer_id <> '' AND t.removed_at = 0`+tasks+`
		)
		SELECT h.kind, h.id, h.at, h.channel
		FROM h
		WHERE TRUE`+place+`
		ORDER BY h.at DESC, h.id DESC`+atMost(r.Limit), args...)
}

func scanHappening(rows *sql.Rows) (h Happening, err error) {
	var at int64
	err = rows.Scan(&h.Kind, &h.ID, &at, &h.Channel)
	h.At = parley.FromMillis(at)
	return h, err
}

// ChannelsOf returns the channels a customer has written on, the last one first.
func (v View) ChannelsOf(ctx context.Context, id parley.CustomerID) ([]parley.Channel, error) {
	return list(ctx, v, scalar[parley.Channel], `
		SELECT v.channel
		FROM conversations v
		JOIN interactions i ON i.conversation_id = v.id
		WHERE v.customer_id = $1 AND v.customer_id <> ''
		GROUP BY v.channel
		ORDER BY MAX(i.created_at) DESC, v.channel`, id)
}

// Cases returns those of the cases that exist.
func (v View) Cases(ctx context.Context, ids ...parley.CaseID) ([]parley.Case, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return list(ctx, v, scanCase, caseColumns+`
		WHERE k.id IN (`+numbered(1, len(ids))+`)`, anys(ids)...)
}

// TasksOf returns those of the tasks that exist.
func (v View) TasksOf(ctx context.Context, ids ...string) ([]parley.Task, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return list(ctx, v, scanTask, taskColumns+`
		WHERE id IN (`+numbered(1, len(ids))+`)`, anys(ids)...)
}

// FollowUpsOf returns those of the follow-ups that exist.
func (v View) FollowUpsOf(ctx context.Context, ids ...string) ([]parley.FollowUp, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return list(ctx, v, scanFollowUp, followUpColumns+`
		WHERE id IN (`+numbered(1, len(ids))+`)`, anys(ids)...)
}
