package store

import "parley/internal/routing"

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
	case routing.ScriptWaits:
		r.set(e.Interaction, cell{"answer_until", ms(e.Until)})
	case routing.AnswerDue:
		r.set(e.Interaction, cell{"answer_until", 0})
	case routing.WaitMessageDue:
		r.set(e.Interaction, cell{"messages_left", e.Left}, cell{"message_at", ms(e.Next)})
	case routing.Queued:
		r.queued(e)
	case routing.OfferMade:
		r.offerMade(e)
	case routing.OfferEnded:
		r.offerEnded(e)
	case routing.Accepted:
		r.accepted(e)
	case routing.Parked:
		r.parked(e)
	case routing.Heard:
		r.set(e.Interaction, cell{"last_word_at", ms(e.At.At)}, cell{"inactive_warned", false})
	case routing.InactivityWarned:
		r.set(e.Interaction, cell{"inactive_warned", true})
	case routing.WindowMoved:
		r.set(e.Interaction, cell{"window_until", ms(e.Until)}, cell{"window_warned", false})
	case routing.WindowWarned:
		r.set(e.Interaction, cell{"window_warned", true})
	case routing.CustomerLinkChanged:
		r.set(e.Interaction, cell{"away", e.Away}, cell{"away_until", ms(e.Until)})
	case routing.ConversationEnded:
		r.set(e.Interaction, cell{"state", "wrapup"}, cell{"away", false}, cell{"away_until", 0},
			cell{"ended_at", ms(e.At.At)}, cell{"ended_by", string(e.By)}, cell{"end_why", e.Why})
	case routing.WrapUpStarted:
		r.wrapUpStarted(e)
	case routing.WrapUpExtended:
		r.set(e.Interaction, cell{"wrapup_until", ms(e.Until)})
	case routing.WrapUpOverdue:
		r.set(e.Interaction, cell{"overdue", true})
	case routing.DispositionSet:
		r.set(e.Interaction, cell{"complete", e.Complete})
	case routing.Viewed:
		r.set(e.Interaction, cell{"await_ack", false})
	case routing.Dismissed:
		r.set(e.Interaction, cell{"unviewed", false})
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
		r.present(e.Agent, cell{"next", string(e.Next)}, cell{"next_by_miss", false}, cell{"by_id", string(e.By)})
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
		if len(r.merge.ended) > 0 { // an offer that ended before does not clear this
			r.settle()
		}
		r.present(e.Agent, cell{"conn", string(e.Conn)}, cell{"grace_until", ms(e.Until)}, cell{"offer_until", ms(e.OfferUntil)})
	case routing.Restarted: // links of agents and active customers have events of their own
		r.Exec(`
			UPDATE interactions
			SET away = $2, away_until = $1 + queue_grace_ms, rev = rev + 1
			WHERE `+live+`
				AND state IN ('created', 'queued', 'offered') AND web AND NOT addressed`,
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
	if r.merge.counters == nil {
		r.merge.counters = map[string]int64{}
	}
	r.merge.counters[name] = value
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
	// The forms of both show it: one that was open before must not save it back (UX-43).
	r.Exec("UPDATE agents SET rev = rev + 1 WHERE id = $1", string(m.Agent))
	r.Exec("UPDATE queues SET rev = rev + 1 WHERE id = $1", string(m.Queue))
	r.counter("config", e.Config)
}
