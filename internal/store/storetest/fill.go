package storetest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley"
	"parley/internal/store"
)

// Fill makes rows for every list, as many as it is told, and says whom they name:
// of queues and agents one that has most of them and one that has the oldest. The queue and the agents need not be there.
type Fill struct {
	EntryPoint   string
	Busy, Seldom string // queues
	Amy, Bob     string // agents
	Old          int    // how many rows are of the seldom ones
}

// Often is who has a thousand of the cases and interactions.
const Often parley.CustomerID = "cus_01950000000070008000010000001000"

// Filled is when the first row was made; each of the others is a second later.
var Filled = time.Date(2025, 3, 2, 9, 0, 0, 0, time.UTC)

// fills are the statements that add the rows from $1 to $2 (i) behind every
// list. The database makes them itself, so that a million take a minute. What is
// rare is rare in the worst way: among the oldest.
var fills = []string{
	`INSERT INTO customers (id, account_number, first_name, last_name, folded, folded_last, draft, created_by, created_at, updated_at, rev)
	{rows} SELECT {id:cus}, 'B' || (10000000 + i), 'cust' || (10000000 + i * 7919 % 10000000), 'Bench',
		'cust' || (10000000 + i * 7919 % 10000000) || ' bench', 'bench cust' || (10000000 + i * 7919 % 10000000), FALSE, '', {at}, {at}, 1 FROM n`,
	`INSERT INTO customer_emails (email, customer_id, sort_order)
	{rows} SELECT 'cust' || (10000000 + i) || '@example.com', {id:cus}, 0 FROM n`,
	`INSERT INTO customer_phones (customer_id, digits, shown, sort_order)
	{rows} SELECT {id:cus}, '1555' || (10000000 + i), '+1 555 ' || (10000000 + i), 0 FROM n`,
	`INSERT INTO conversations (id, entry_point_id, channel, customer_id, token_hash, token_until, last_seq, delivered_seq, read_seq,
		name, email, phone, account_number, case_number, question, language, zone_offset, ip, user_agent, page, client_id, created_at)
	{rows} SELECT {id:con}, '{entry}', {channel}, {owner}, {id:tok}, 0, 0, 0, 0,
		'cust' || i, 'cust' || (10000000 + i) || '@example.com', '', '', '', '', 'en', 0, '', '', '', {id:cli}, {at} FROM n`,
	`INSERT INTO interactions (id, number, conversation_id, journey_id, origin_id, from_agent_id, to_agent_id, pending_id, queue_id, agent_id,
		state, priority, required, web, addressed, queue_grace_ms, customer_grace_ms, prefer_id, prefer_until, attempts, round, away,
		away_until, created_at, entry_at, queue_until, accepted_at, ended_at, ended_by, end_why, wrapup_from, wrapup_until, code_required,
		complete, overdue, await_ack, unviewed, code_missing, closed_at, first_seq, last_seq, case_id, transcript_hash, rev)
	{rows} SELECT {id:int}, 1000000000 + i, {id:con}, {id:int}, '', '', '', '', CASE WHEN i < {old} THEN '{seldom}' ELSE '{busy}' END,
		CASE WHEN i % 10 = 0 THEN '' WHEN i < {old} THEN '{bob}' ELSE '{amy}' END,
		CASE WHEN i % 10 > 0 THEN 'logged' WHEN i < {old} THEN 'queue_timeout' ELSE 'abandoned' END, 50, '[]', TRUE, FALSE, 0, 0, '', 0, 1, 1, FALSE,
		0, {at}, {at}, 0, {at}, {at}, 'agent', '', 0, 0, FALSE,
		TRUE, FALSE, FALSE, FALSE, FALSE, {at}, 0, 0, '', '', 1 FROM n`,
	`INSERT INTO offers (interaction_id, attempt, agent_id, queue_id, round, state, made_at, until, ended_at, why)
	{rows} SELECT {id:int}, 1, CASE WHEN i < {old} THEN '{bob}' ELSE '{amy}' END, CASE WHEN i < {old} THEN '{seldom}' ELSE '{busy}' END,
		1, 'accepted', {at}, {at}, {at}, '' FROM n`,
	`INSERT INTO cases (id, number, customer_id, interaction_id, status, draft, subject, notes, channel, queue_id, agent_id, created_at, updated_at, rev)
	{rows} SELECT {id:cas}, 1000000000 + i, CASE WHEN i % 10 = 9 THEN '' ELSE {owner} END, '', CASE WHEN i >= {old} AND i % 10 < 2 THEN 'open' ELSE 'closed' END,
		i % 1000 = 99, 'Bench', '', {channel}, '{busy}', CASE WHEN i < {old} THEN '{bob}' ELSE '{amy}' END, {at}, {at}, 1 FROM n`,
	`INSERT INTO missed (id, kind, conversation_id, interaction_id, entry_point_id, queue_id, client_id, name, email, text, state, owner_id, created_at, rev)
	{rows} SELECT {id:mis}, CASE WHEN i < {old} THEN 'queue_timeout' WHEN i % 2 = 0 THEN 'abandoned' ELSE 'offline_form' END, '', '', '{entry}', '{busy}', '',
		'cust' || i, '', 'Call me', CASE WHEN i < {old} THEN 'new' WHEN i % 100 = 7 THEN 'taken' ELSE 'done' END, '', {at}, 1 FROM n`,
	`INSERT INTO audit (id, at, actor, ip, request_id, action, subject, before, after, hash)
	{rows} SELECT 1000000000 + i, {at}, '{amy}', '', '', 'queue_saved', '{busy}', '{}', '{}', '' FROM n`,
}

// Rows lists the rows from one number up to another.
func (f Fill) Rows(r *store.Rows, from, to int) {
	id := func(prefix string) string { return "'" + prefix + "_019500000000700080000' || (10000000000 + i)" }
	pairs := []string{
		"{rows}", "WITH RECURSIVE n(i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < CAST($2 AS BIGINT))",
		"{at}", fmt.Sprintf("%d + i * 1000", parley.Millis(Filled)),
		"{owner}", "CASE WHEN i >= 1000 AND i < 2000 THEN '" + string(Often) + "' ELSE " + id("cus") + " END",
		"{channel}", "CASE WHEN i < " + strconv.Itoa(f.Old) + " THEN 'sms' ELSE 'webchat' END",
		"{entry}", f.EntryPoint, "{busy}", f.Busy, "{seldom}", f.Seldom, "{amy}", f.Amy, "{bob}", f.Bob, "{old}", strconv.Itoa(f.Old),
	}
	for _, prefix := range []string{"cus", "con", "int", "cas", "mis", "tok", "cli"} {
		pairs = append(pairs, "{id:"+prefix+"}", id(prefix))
	}
	sql := strings.NewReplacer(pairs...)
	for _, fill := range fills {
		r.Exec(sql.Replace(fill), from, to)
	}
}
