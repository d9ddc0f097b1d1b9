package store

import (
	"time"

	"parley"
	"parley/internal/routing"
)

// set changes columns of an interaction.
func (r *Rows) set(id parley.InteractionID, cells ...cell) {
	r.change(rowKey{t: interactionRows, id: string(id)}, cells...)
}

// present changes columns of an agent's presence.
func (r *Rows) present(id parley.AgentID, cells ...cell) {
	r.change(rowKey{t: presenceRows, id: string(id)}, cells...)
}

// offer finds the row of an offer.
func offer(id parley.OfferID) rowKey {
	return rowKey{t: offerRows, id: string(id.Interaction), part: id.Attempt}
}

// assignment finds the row that says whose an interaction is.
func assignment(id parley.InteractionID) rowKey {
	return rowKey{t: assignmentRows, id: string(id)}
}

func (r *Rows) interactionCreated(e routing.InteractionCreated) {
	r.places.put(e.Interaction, e.Conversation)
	r.known.works[e.Interaction] = &Facts{Conversation: e.Conversation, Queue: e.Queue}
	required := "[]"
	if len(e.Required) > 0 {
		required = string(mustJSON(e.Required))
	}
	r.add(rowKey{t: interactionRows, id: string(e.Interaction)}, []cell{
		{"id", string(e.Interaction)}, {"number", e.Number}, {"conversation_id", string(e.Conversation)},
		{"journey_id", string(e.Journey)}, {"origin_id", string(e.Origin)}, {"from_agent_id", string(e.From)},
		{"to_agent_id", string(e.To)}, {"pending_id", ""}, {"queue_id", string(e.Queue)}, {"agent_id", ""},
		{"state", "created"}, {"priority", parley.PriorityDefault}, {"required", required}, {"web", e.Web},
		{"addressed", e.To != ""}, {"queue_grace_ms", e.QueueGrace.Milliseconds()},
		{"customer_grace_ms", e.CustomerGrace.Milliseconds()}, {"prefer_id", string(e.Prefer)},
		{"prefer_until", ms(e.PreferUntil)}, {"attempts", 0}, {"round", 0}, {"away", false}, {"away_until", 0},
		{"created_at", ms(e.At.At)}, {"entry_at", 0}, {"queue_until", 0}, {"accepted_at", 0}, {"ended_at", 0},
		{"ended_by", ""}, {"end_why", ""}, {"wrapup_from", 0}, {"wrapup_until", 0}, {"code_required", false},
		{"complete", false}, {"overdue", false}, {"await_ack", false}, {"unviewed", false}, {"code_missing", false},
		{"closed_at", 0}, {"first_seq", 0}, {"last_seq", 0}, {"case_id", ""}, {"transcript_hash", ""}, {"rev", 1},
		{"scripted", e.Script}, {"answer_until", 0}, {"message_every_ms", 0}, {"messages_left", 0}, {"message_at", 0},
		{"inactive_warn_ms", e.Silence.Warn.Milliseconds()}, {"inactive_close_ms", e.Silence.Close.Milliseconds()},
		{"window_until", ms(e.Window.Until)}, {"window_warn_ms", e.Window.Warn.Milliseconds()},
	})
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
	r.noteWork(e.Interaction, func(f *Facts) { f.Queue = e.Queue })
	r.set(e.Interaction, cell{"state", "queued"}, cell{"queue_id", string(e.Queue)}, cell{"priority", e.Priority},
		cell{"entry_at", ms(e.Entry)}, cell{"queue_until", ms(e.Until)}, cell{"agent_id", ""},
		cell{"scripted", false}, cell{"answer_until", 0})
	if e.Required != nil {
		r.set(e.Interaction, cell{"required", string(mustJSON(e.Required))})
	}
	if e.Prefer != "" {
		r.set(e.Interaction, cell{"prefer_id", string(e.Prefer)}, cell{"prefer_until", ms(e.PreferUntil)})
	}
	if e.Every > 0 {
		r.set(e.Interaction, cell{"message_every_ms", e.Every.Milliseconds()}, cell{"messages_left", e.Left},
			cell{"message_at", ms(e.Message)})
	}
	if e.Agent != "" { // it came back from an agent who was lost, or who had parked it
		r.set(e.Interaction, cell{"to_agent_id", ""}, cell{"pending_id", ""},
			cell{"park_until", 0}, cell{"park_open", false}, cell{"park_prefer_ms", 0})
	}
	if e.Why == "agent_lost" { // what is parked is nobody's
		r.disown(e.Agent, e.Interaction, e.At.At)
	}
}

func (r *Rows) offerMade(e routing.OfferMade) {
	id := e.Offer.Interaction
	r.add(offer(e.Offer), []cell{
		{"interaction_id", string(id)}, {"attempt", e.Offer.Attempt}, {"agent_id", string(e.Agent)},
		{"queue_id", string(e.Queue)}, {"round", e.Round}, {"state", "pending"}, {"made_at", ms(e.At.At)},
		{"until", ms(e.Until)}, {"ended_at", 0}, {"why", ""},
	})
	r.set(id, cell{"state", "offered"}, cell{"attempts", e.Offer.Attempt}, cell{"round", e.Round})
	r.merge.slots.take(e.Agent, id)
	if e.Receipt.Rule == "addressed" {
		return // no queue offered it
	}
	r.merge.offers++
	if r.merge.rang == nil {
		r.merge.rang = map[parley.QueueID]ringing{}
	}
	r.merge.rang[e.Queue] = ringing{at: ms(e.At.At), offer: r.merge.offers}
}

func (r *Rows) offerEnded(e routing.OfferEnded) {
	r.change(offer(e.Offer), cell{"state", string(e.How)}, cell{"ended_at", ms(e.At.At)}, cell{"why", e.Why})
	r.set(e.Offer.Interaction, cell{"state", "created"}) // what becomes of it follows
	if e.How != parley.OfferAccepted {
		r.merge.slots.free(e.Agent, e.Offer.Interaction)
	}
	r.merge.ended = append(r.merge.ended, string(e.Agent))
}

func (r *Rows) accepted(e routing.Accepted) {
	r.set(e.Interaction, cell{"state", "active"}, cell{"agent_id", string(e.Agent)}, cell{"addressed", false},
		cell{"queue_until", 0}, cell{"prefer_id", ""}, cell{"prefer_until", 0}, cell{"message_every_ms", 0},
		cell{"messages_left", 0}, cell{"message_at", 0})
	r.merge.took = append(r.merge.took, string(e.Agent))
	if e.Again {
		r.owns(e)
		return
	}
	r.set(e.Interaction, cell{"accepted_at", ms(e.At.At)})
	r.add(assignment(e.Interaction), []cell{
		{"interaction_id", string(e.Interaction)}, {"agent_id", string(e.Agent)}, {"started_at", ms(e.At.At)},
		{"ended_at", 0},
	})
}

// owns gives an interaction back to somebody: it may be the millisecond in which
// they had it before.
func (r *Rows) owns(e routing.Accepted) {
	r.Exec(`
		INSERT INTO assignments (interaction_id, agent_id, started_at, ended_at)
		VALUES ($1, $2, $3, 0)
		ON CONFLICT (interaction_id, agent_id, started_at) DO UPDATE
		SET ended_at = 0`, string(e.Interaction), string(e.Agent), ms(e.At.At))
}

func (r *Rows) parked(e routing.Parked) {
	r.set(e.Interaction, cell{"state", "parked"}, cell{"park_until", ms(e.Until)}, cell{"park_open", e.Open},
		cell{"park_prefer_ms", e.PreferFor.Milliseconds()})
	r.disown(e.Agent, e.Interaction, e.At.At)
}

func (r *Rows) wrapUpStarted(e routing.WrapUpStarted) {
	r.set(e.Interaction, cell{"wrapup_from", ms(e.At.At)}, cell{"wrapup_until", ms(e.Until)},
		cell{"await_ack", e.AwaitAck}, cell{"code_required", e.CodeRequired})
}

func (r *Rows) interactionClosed(e routing.InteractionClosed) {
	r.set(e.Interaction, cell{"state", string(e.State)}, cell{"closed_at", ms(e.At.At)}, cell{"unviewed", e.Unviewed},
		cell{"await_ack", e.Unviewed}, cell{"code_missing", e.CodeMissing}, cell{"away", false}, cell{"away_until", 0},
		cell{"scripted", false}, cell{"answer_until", 0}, cell{"message_at", 0})
	r.merge.closed = append(r.merge.closed, string(e.Interaction))
	r.disown(e.Agent, e.Interaction, e.At.At)
	r.closed = append(r.closed, e.Interaction)
	if e.Idle {
		r.present(e.Agent, cell{"idle_since", ms(e.At.At)})
	}
}

func (r *Rows) transferred(e routing.InteractionTransferred) {
	pending := e.New
	if e.Done {
		pending = ""
	}
	r.set(e.Interaction, cell{"pending_id", string(pending)})
}

// disown ends whoever has the interaction, and frees the slot it takes.
func (r *Rows) disown(a parley.AgentID, id parley.InteractionID, at time.Time) {
	r.change(assignment(id), cell{"ended_at", ms(at)})
	r.merge.slots.free(a, id)
}

func (r *Rows) presenceChanged(e routing.PresenceChanged) {
	r.settleTook(e.Agent)
	cells := []cell{
		{"base", string(e.To)}, {"since", ms(e.At.At)}, {"reason", string(e.Reason)}, {"code", string(e.Code)},
		{"by_id", string(e.By)}, {"return_at", ms(e.Return)}, {"sub", "none"}, {"next", ""}, {"next_by_miss", false},
	}
	if e.Idle {
		cells = append(cells, cell{"idle_since", ms(e.At.At)})
	}
	if e.Reason == parley.ReasonLogin {
		cells = append(cells, cell{"ever_logged_in", true})
	}
	r.present(e.Agent, cells...)
}

// settleTook begins anew when an agent who has accepted gets a time of return.
func (r *Rows) settleTook(a parley.AgentID) {
	for _, one := range r.merge.took {
		if one == string(a) {
			r.settle()
			return
		}
	}
}

func (r *Rows) stopNewSet(e routing.StopNewSet) {
	cells := []cell{{"sub", "stopnew"}}
	if e.Next != "" {
		cells = append(cells, cell{"next", string(e.Next)}, cell{"next_by_miss", true},
			cell{"reason", string(e.Reason)}, cell{"by_id", ""})
	}
	r.present(e.Agent, cells...)
}
