package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"parley"
	"parley/internal/routing"
)

// live are the interactions routing still has to do with: the same words as in
// the partial index, so that it is used.
const live = `(closed_at = 0 OR unviewed)`

// seldom are the columns that say nothing of most who wait, and nothing is what
// they hold then: a hundred thousand may wait while a server starts, and what is
// not read is read soonest.
const (
	seldom = `origin_id, from_agent_id, to_agent_id, pending_id, agent_id, prefer_id, prefer_until,
			attempts, round, wrapup_from, wrapup_until, answer_until, message_every_ms, messages_left, message_at,
			park_until, park_prefer_ms, inactive_warn_ms, inactive_close_ms, last_word_at, window_until, window_warn_ms,
			addressed, code_required, complete, overdue, await_ack, unviewed, scripted, park_open, inactive_warned, window_warned`
	nothing = `'', '', '', '', '', '', 0,
			0, 0, 0, 0, 0, 0, 0, 0,
			0, 0, 0, 0, 0, 0, 0,
			FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE`
)

func (v View) loadInteractions(ctx context.Context, s *routing.Snapshot) error {
	many, err := one(ctx, v, scalar[int], `
		SELECT COUNT(*)
		FROM interactions
		WHERE `+live)
	if err != nil {
		return err
	}
	all := make([]routing.InteractionState, 0, many)
	into := func(scan func(*sql.Rows, *routing.InteractionState) error) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			all = append(all, routing.InteractionState{})
			return scan(rows, &all[len(all)-1])
		}
	}
	err = v.each(ctx, into(scanWaiting), `
		SELECT id, number, conversation_id, journey_id, queue_id, state, priority, required, web, queue_grace_ms,
			customer_grace_ms, entry_at, queue_until, away, away_until
		FROM interactions
		WHERE `+live+`
			AND (`+seldom+`) = (`+nothing+`)`)
	if err != nil {
		return err
	}
	err = v.each(ctx, into(scanInteractionState), `
		SELECT id, number, conversation_id, journey_id, origin_id, from_agent_id, to_agent_id, queue_id, agent_id,
			state, priority, required, web, addressed, pending_id, queue_grace_ms, customer_grace_ms, prefer_id,
			prefer_until, entry_at, queue_until, attempts, round, away, away_until, wrapup_from, wrapup_until,
			code_required, complete, overdue, await_ack, unviewed, scripted, answer_until, message_every_ms, messages_left,
			message_at, park_until, park_open, park_prefer_ms, inactive_warn_ms, inactive_close_ms, last_word_at, inactive_warned,
			window_until, window_warn_ms, window_warned
		FROM interactions
		WHERE `+live+`
			AND (`+seldom+`) <> (`+nothing+`)`)
	s.Interactions = all
	return err
}

// scanWaiting scans one of whom nothing is said that seldom is.
func scanWaiting(rows *sql.Rows, i *routing.InteractionState) error {
	var required string
	var queueGrace, customerGrace, entry, until, away int64
	err := rows.Scan((*string)(&i.ID), &i.Number, (*string)(&i.Conversation), (*string)(&i.Journey), (*string)(&i.Queue),
		(*string)(&i.State), &i.Priority, &required, &i.Web, &queueGrace, &customerGrace, &entry, &until, &i.Away, &away)
	if err != nil {
		return err
	}
	i.QueueGrace, i.CustomerGrace = millis(queueGrace), millis(customerGrace)
	i.Entry, i.Until, i.AwayUntil = parley.FromMillis(entry), parley.FromMillis(until), parley.FromMillis(away)
	return scanRequired(required, i)
}

// scanRequired reads what an agent must be good at: mostly nothing.
func scanRequired(text string, i *routing.InteractionState) error {
	if text == "[]" {
		i.Required = []routing.Requirement{}
		return nil
	}
	return json.Unmarshal([]byte(text), &i.Required)
}

func scanInteractionState(rows *sql.Rows, i *routing.InteractionState) error {
	var required string
	var queueGrace, customerGrace, prefer, entry, until, away, from, wrapUp, answer, every, message int64
	var park, parkPrefer, warn, shut, word, window, near int64
	err := rows.Scan(&i.ID, &i.Number, &i.Conversation, &i.Journey, &i.Origin, &i.From, &i.To, &i.Queue, &i.Agent,
		&i.State, &i.Priority, &required, &i.Web, &i.Addressed, &i.Pending, &queueGrace, &customerGrace, &i.Prefer,
		&prefer, &entry, &until, &i.Attempts, &i.Round, &i.Away, &away, &from, &wrapUp,
		&i.CodeRequired, &i.Complete, &i.Overdue, &i.AwaitAck, &i.Unviewed,
		&i.Script, &answer, &every, &i.MessagesLeft, &message,
		&park, &i.ParkOpen, &parkPrefer, &warn, &shut, &word, &i.Warned,
		&window, &near, &i.WindowWarned)
	if err != nil {
		return err
	}
	i.QueueGrace, i.CustomerGrace = millis(queueGrace), millis(customerGrace)
	i.PreferUntil, i.Entry, i.Until = parley.FromMillis(prefer), parley.FromMillis(entry), parley.FromMillis(until)
	i.AwayUntil = parley.FromMillis(away)
	i.AnswerUntil, i.MessageEvery, i.MessageAt = parley.FromMillis(answer), millis(every), parley.FromMillis(message)
	i.ParkUntil, i.ParkPrefer, i.LastWord = parley.FromMillis(park), millis(parkPrefer), parley.FromMillis(word)
	i.Silence = routing.Silence{Warn: millis(warn), Close: millis(shut)}
	i.Window = routing.Window{Until: parley.FromMillis(window), Warn: millis(near)}
	i.WrapUpFrom, i.WrapUpUntil = parley.FromMillis(from), parley.FromMillis(wrapUp)
	return scanRequired(required, i)
}
