package store

import (
	"time"

	"parley"
	"parley/internal/routing"
)

// route lists the rows that remember an event: the same facts that routing
// keeps in memory, so that LoadRouter finds the router as it was.
func (r *Rows) route(e routing.Event) {
	switch e := e.(type) {
	case routing.AgentChanged:
		r.agentChanged(e)
	case routing.QueueChanged:
		r.config(e.Config, "queue", string(e.Queue.ID), e.Queue)
	case routing.QueueRemoved:
		r.queueRemoved(e)
	case routing.MembershipChanged:
		r.membershipChanged(e)
	case routing.SettingPublished:
		r.config(e.Config, "settings", "", e.Settings)
	case routing.InteractionCreated:
		r.interactionCreated(e)
	case routing.Queued:
		r.queued(e)
	case routing.OfferMade:
		r.offerMade(e)
	case routing.OfferEnded:
		r.offerEnded(e)
	case routing.Accepted:
		r.accepted(e)
	case routing.CustomerLinkChanged:
		r.set(e.Interaction, `away = $2, away_until = $3`, e.Away, ms(e.Until))
	case routing.ConversationEnded:
		r.set(e.Interaction, `
			state = 'wrapup', away = $2, away_until = 0, ended_at = $3, ended_by = $4, end_why = $5`,
			false, ms(e.At.At), string(e.By), e.Why)
	case routing.WrapUpStarted:
		r.wrapUpStarted(e)
	case routing.WrapUpExtended:
		r.set(e.Interaction, `wrapup_until = $2`, ms(e.Until))
	case routing.WrapUpOverdue:
		r.set(e.Interaction, `overdue = $2`, true)
	case routing.DispositionSet:
		r.set(e.Interaction, `complete = $2`, e.Complete)
	case routing.Viewed:
		r.set(e.Interaction, `await_ack = $2`, false)
	case routing.Dismissed:
		r.set(e.Interaction, `unviewed = $2`, false)
	case routing.InteractionClosed:
		r.interactionClosed(e)
	case routing.InteractionTransferred:
		r.transferred(e)
	default:
		r.routeAgent(e)
	}
}

// routeAgent lists the rows of an event about an agent's presence.
func (r *Rows) routeAgent(e routing.Event) {
	switch e := e.(type) {
	case routing.PresenceChanged:
		r.presenceChanged(e)
	case routing.NextSet:
		r.Exec(`
			UPDATE presence
			SET next = $2, next_by_miss = $3, by_id = $4
			WHERE agent_id = $1`,
			string(e.Agent), string(e.Next), false, string(e.By))
	case routing.StopNewSet:
		r.stopNewSet(e)
	case routing.StopNewCleared:
		r.Exec(`
			UPDATE presence
			SET sub = 'none',
				next = CASE WHEN next_by_miss THEN '' ELSE next END,
				reason = CASE WHEN next_by_miss THEN '' ELSE reason END,
				next_by_miss = $2
			WHERE agent_id = $1`,
			string(e.Agent), false)
	case routing.LinkChanged:
		r.Exec(`
			UPDATE presence
			SET conn = $2, grace_until = $3, offer_until = $4
			WHERE agent_id = $1`,
			string(e.Agent), string(e.Conn), ms(e.Until), ms(e.OfferUntil))
	case routing.Restarted: // links of agents and active customers have events of their own
		r.Exec(`
			UPDATE interactions
			SET away = $2, away_until = $1 + queue_grace_ms, rev = rev + 1
			WHERE (state IN ('created', 'queued', 'offered', 'active', 'parked', 'wrapup') OR unviewed)
				AND state IN ('queued', 'offered') AND web AND NOT addressed`,
			ms(e.At.At), true)
	}
}

// config keeps what routing was told, and the version it was told in.
func (r *Rows) config(version int64, kind, id string, value any) {
	r.Exec(`
		INSERT INTO routing_config (kind, id, config)
		VALUES ($1, $2, $3)
		ON CONFLICT (kind, id) DO UPDATE
		SET config = excluded.config`,
		kind, id, string(mustJSON(value)))
	r.counter("config", version)
}

// counter keeps one of the two numbers of the router: config or number.
func (r *Rows) counter(name string, value int64) {
	r.Exec(`
		INSERT INTO routing_counters (id, config, number, offers)
		VALUES (1, 0, 0, 0)
		ON CONFLICT (id) DO NOTHING`)
	r.Exec(`
		UPDATE routing_counters
		SET `+name+` = $1
		WHERE id = 1`,
		value)
}

func (r *Rows) agentChanged(e routing.AgentChanged) {
	r.config(e.Config, "agent", string(e.Agent.ID), e.Agent)
	r.Exec(`
		INSERT INTO presence (agent_id, ever_logged_in, base, sub, next, next_by_miss, conn, since,
			reason, code, by_id, idle_since, return_at, grace_until, offer_until)
		VALUES ($1, $2, 'logged_out', 'none', '', $2, 'down', $3, '', '', '', $3, 0, 0, 0)
		ON CONFLICT (agent_id) DO NOTHING`,
		string(e.Agent.ID), false, ms(e.Agent.CreatedAt))
}

func (r *Rows) queueRemoved(e routing.QueueRemoved) {
	r.Exec(`
		DELETE FROM routing_config
		WHERE kind = 'queue' AND id = $1`,
		string(e.Queue))
	r.Exec(`
		DELETE FROM memberships
		WHERE queue_id = $1`,
		string(e.Queue))
	r.Exec(`
		UPDATE queues
		SET last_offer_at = 0, last_offer_seq = 0
		WHERE id = $1`,
		string(e.Queue))
	r.counter("config", e.Config)
}

func (r *Rows) membershipChanged(e routing.MembershipChanged) {
	m := e.Membership
	r.Exec(`
		INSERT INTO memberships (agent_id, queue_id, level, assigned, enabled)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (agent_id, queue_id) DO UPDATE
		SET level = excluded.level, assigned = excluded.assigned, enabled = excluded.enabled`,
		string(m.Agent), string(m.Queue), m.Level, m.Assigned, m.Enabled)
	r.counter("config", e.Config)
}

// set changes columns of an interaction; what names them is ours, never a
// user's. $1 is the id.
func (r *Rows) set(id parley.InteractionID, columns string, args ...any) {
	r.Exec(`
		UPDATE interactions
		SET `+columns+`, rev = rev + 1
		WHERE id = $1`,
		append([]any{string(id)}, args...)...)
}

func (r *Rows) interactionCreated(e routing.InteractionCreated) {
	r.places.put(e.Interaction, e.Conversation)
	required := e.Required
	if required == nil {
		required = []routing.Requirement{}
	}
	r.Exec(`
		INSERT INTO interactions (id, number, conversation_id, journey_id, origin_id, from_agent_id, to_agent_id,
			pending_id, queue_id, agent_id, state, priority, required, web, addressed, queue_grace_ms,
			customer_grace_ms, prefer_id, prefer_until, attempts, round, away, away_until, created_at, entry_at,
			queue_until, accepted_at, ended_at, ended_by, end_why, wrapup_from, wrapup_until, code_required,
			complete, overdue, await_ack, unviewed, code_missing, closed_at, first_seq, last_seq, case_id,
			transcript_hash, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, '', 'created', $9, $10, $11, $12, $13, $14, $15, $16, 0, 0,
			$17, 0, $18, 0, 0, 0, 0, '', '', 0, 0, $17, $17, $17, $17, $17, $17, 0, 0, 0, '', '', 1)`,
		string(e.Interaction), e.Number, string(e.Conversation), string(e.Journey), string(e.Origin),
		string(e.From), string(e.To), string(e.Queue), parley.PriorityDefault, string(mustJSON(required)),
		e.Web, e.To != "", e.QueueGrace.Milliseconds(), e.CustomerGrace.Milliseconds(),
		string(e.Prefer), ms(e.PreferUntil), false, ms(e.At.At))
	if e.To != "" { // it keeps the place of the one it was transferred from
		r.Exec(`
			UPDATE interactions
			SET entry_at = (SELECT o.entry_at FROM interactions o WHERE o.id = $2),
				priority = (SELECT o.priority FROM interactions o WHERE o.id = $2)
			WHERE id = $1`,
			string(e.Interaction), string(e.Origin))
	}
	r.counter("number", e.Number)
}

func (r *Rows) queued(e routing.Queued) {
	r.set(e.Interaction, `
		state = 'queued', queue_id = $2, priority = $3, entry_at = $4, queue_until = $5, agent_id = ''`,
		string(e.Queue), e.Priority, ms(e.Entry), ms(e.Until))
	if e.Agent != "" { // it came back from an agent who was lost
		r.set(e.Interaction, `to_agent_id = $2, pending_id = $2`, "")
		r.disown(e.Interaction, e.At.At)
	}
}

func (r *Rows) offerMade(e routing.OfferMade) {
	id := e.Offer.Interaction
	r.Exec(`
		INSERT INTO offers (interaction_id, attempt, agent_id, queue_id, round, state, made_at, until, ended_at, why,
			receipt)
		VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, 0, '', $8)`,
		string(id), e.Offer.Attempt, string(e.Agent), string(e.Queue), e.Round, ms(e.At.At), ms(e.Until),
		string(mustJSON(e.Receipt)))
	r.set(id, `state = 'offered', attempts = $2, round = $3`, e.Offer.Attempt, e.Round)
	r.Exec(`
		INSERT INTO agent_slots (agent_id, slot, interaction_id)
		SELECT $1, MIN(free.slot), $2
		FROM (
			SELECT 1 AS slot
			UNION
			SELECT slot + 1
			FROM agent_slots
			WHERE agent_id = $1) free
		WHERE NOT EXISTS (
			SELECT 1
			FROM agent_slots taken
			WHERE taken.agent_id = $1 AND taken.slot = free.slot)`,
		string(e.Agent), string(id))
	if e.Receipt.Rule == "addressed" {
		return // no queue offered it
	}
	r.Exec(`
		UPDATE routing_counters
		SET offers = offers + 1
		WHERE id = 1`)
	r.Exec(`
		UPDATE queues
		SET last_offer_at = $2, last_offer_seq = (SELECT offers FROM routing_counters WHERE id = 1)
		WHERE id = $1`,
		string(e.Queue), ms(e.At.At))
}

func (r *Rows) offerEnded(e routing.OfferEnded) {
	r.Exec(`
		UPDATE offers
		SET state = $3, ended_at = $4, why = $5
		WHERE interaction_id = $1 AND attempt = $2 AND state = 'pending'`,
		string(e.Offer.Interaction), e.Offer.Attempt, string(e.How), ms(e.At.At), e.Why)
	r.set(e.Offer.Interaction, `state = 'created'`) // what becomes of it follows
	if e.How != parley.OfferAccepted {
		r.vacate(e.Offer.Interaction)
	}
	r.Exec(`
		UPDATE presence
		SET offer_until = 0
		WHERE agent_id = $1 AND offer_until <> 0
			AND NOT EXISTS (
				SELECT 1
				FROM offers
				WHERE agent_id = $1 AND state = 'pending')`,
		string(e.Agent))
}

func (r *Rows) accepted(e routing.Accepted) {
	r.set(e.Interaction, `
		state = 'active', agent_id = $2, accepted_at = $3, addressed = $4, queue_until = 0, prefer_id = '',
		prefer_until = 0`,
		string(e.Agent), ms(e.At.At), false)
	r.Exec(`
		UPDATE presence
		SET return_at = 0
		WHERE agent_id = $1 AND return_at <> 0`,
		string(e.Agent))
	r.Exec(`
		INSERT INTO assignments (interaction_id, agent_id, started_at, ended_at)
		VALUES ($1, $2, $3, 0)`,
		string(e.Interaction), string(e.Agent), ms(e.At.At))
}

func (r *Rows) wrapUpStarted(e routing.WrapUpStarted) {
	r.set(e.Interaction, `
		wrapup_from = $2, wrapup_until = $3, await_ack = $4, code_required = $5`,
		ms(e.At.At), ms(e.Until), e.AwaitAck, e.CodeRequired)
}

func (r *Rows) interactionClosed(e routing.InteractionClosed) {
	r.set(e.Interaction, `
		state = $2, closed_at = $3, unviewed = $4, await_ack = $4, code_missing = $5, away = $6, away_until = 0`,
		string(e.State), ms(e.At.At), e.Unviewed, e.CodeMissing, false)
	r.Exec(`
		UPDATE interactions
		SET pending_id = ''
		WHERE id = (SELECT origin_id FROM interactions WHERE id = $1) AND pending_id = $1`,
		string(e.Interaction))
	r.disown(e.Interaction, e.At.At)
	r.closed = append(r.closed, e.Interaction)
	if e.Idle {
		r.Exec(`
			UPDATE presence
			SET idle_since = $2
			WHERE agent_id = $1`,
			string(e.Agent), ms(e.At.At))
	}
}

func (r *Rows) transferred(e routing.InteractionTransferred) {
	pending := e.New
	if e.Done {
		pending = ""
	}
	r.set(e.Interaction, `pending_id = $2`, string(pending))
}

// disown ends whoever has the interaction.
func (r *Rows) disown(id parley.InteractionID, at time.Time) {
	r.Exec(`
		UPDATE assignments
		SET ended_at = $2
		WHERE interaction_id = $1 AND ended_at = 0`,
		string(id), ms(at))
	r.vacate(id)
}

// vacate frees the slot an interaction takes.
func (r *Rows) vacate(id parley.InteractionID) {
	r.Exec(`
		DELETE FROM agent_slots
		WHERE interaction_id = $1`,
		string(id))
}

func (r *Rows) presenceChanged(e routing.PresenceChanged) {
	r.Exec(`
		UPDATE presence
		SET base = $2, since = $3, reason = $4, code = $5, by_id = $6, return_at = $7,
			sub = 'none', next = '', next_by_miss = $8,
			idle_since = CASE WHEN $9 THEN $3 ELSE idle_since END,
			ever_logged_in = (ever_logged_in OR $10)
		WHERE agent_id = $1`,
		string(e.Agent), string(e.To), ms(e.At.At), string(e.Reason), string(e.Code), string(e.By), ms(e.Return),
		false, e.Idle, e.Reason == parley.ReasonLogin)
}

func (r *Rows) stopNewSet(e routing.StopNewSet) {
	if e.Next == "" {
		r.Exec(`
			UPDATE presence
			SET sub = 'stopnew'
			WHERE agent_id = $1`,
			string(e.Agent))
		return
	}
	r.Exec(`
		UPDATE presence
		SET sub = 'stopnew', next = $2, next_by_miss = $3, reason = $4, by_id = ''
		WHERE agent_id = $1`,
		string(e.Agent), string(e.Next), true, string(e.Reason))
}
