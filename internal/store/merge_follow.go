package store

import (
	"strings"

	"parley"
)

// slotMoves are the slots that agents take and free in one merge. A slot that is
// freed is handed to the next interaction of its agent.
type slotMoves struct {
	freed []slotMove
	taken []slotMove
}

// slotMove is an agent's interaction that takes or frees a slot.
type slotMove struct {
	agent       parley.AgentID
	interaction parley.InteractionID
}

// take lists that an interaction takes a slot.
func (s *slotMoves) take(a parley.AgentID, i parley.InteractionID) {
	s.taken = append(s.taken, slotMove{a, i})
}

// free lists that an interaction takes a slot no longer. One that took it in
// this merge never did.
func (s *slotMoves) free(a parley.AgentID, i parley.InteractionID) {
	for n, one := range s.taken {
		if one.interaction == i {
			s.taken = append(s.taken[:n], s.taken[n+1:]...)
			return
		}
	}
	s.freed = append(s.freed, slotMove{a, i})
}

// ops hands over what can be, frees the rest, and looks for a free slot for
// those that got none. An interaction that goes from one agent to another is
// freed before it takes: it has one slot at most.
func (s *slotMoves) ops() (ops []op) {
	moves := map[parley.InteractionID]bool{}
	for _, one := range s.freed {
		moves[one.interaction] = true
	}
	heirs := map[parley.AgentID][]parley.InteractionID{}
	for _, one := range s.taken {
		if !moves[one.interaction] {
			heirs[one.agent] = append(heirs[one.agent], one.interaction)
		}
	}
	var gone []any
	for _, one := range s.freed {
		next := heirs[one.agent]
		if len(next) == 0 {
			gone = append(gone, string(one.interaction))
			continue
		}
		heirs[one.agent] = next[1:]
		find := findSlot(one.agent, next[0])
		ops = append(ops, op{query: `
			UPDATE agent_slots
			SET interaction_id = $2
			WHERE interaction_id = $1`,
			args: []any{string(one.interaction), string(next[0])}, otherwise: &find})
	}
	ops = append(ops, among(gone, `
		DELETE FROM agent_slots
		WHERE interaction_id IN (?)`)...)
	for _, one := range s.taken {
		rest := heirs[one.agent]
		if len(rest) > 0 && rest[0] == one.interaction {
			heirs[one.agent] = rest[1:]
		} else if !moves[one.interaction] {
			continue // it was handed one
		}
		ops = append(ops, findSlot(one.agent, one.interaction))
	}
	return ops
}

// findSlot takes an agent's first free slot.
func findSlot(a parley.AgentID, i parley.InteractionID) op {
	return op{query: `
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
		args: []any{string(a), string(i)}}
}

// count lists the router's counters, and where each queue stands in the round.
func (r *Rows) count(m *merge) {
	if len(m.counters) > 0 || m.offers > 0 {
		r.ops = append(r.ops, op{query: `
		INSERT INTO routing_counters (id, config, number, offers)
		VALUES (1, 0, 0, 0)
		ON CONFLICT (id) DO NOTHING`})
	}
	for _, name := range []string{"config", "number"} {
		if value, ok := m.counters[name]; ok {
			r.ops = append(r.ops, op{query: `
		UPDATE routing_counters
		SET ` + name + ` = $1
		WHERE id = 1`, args: []any{value}})
		}
	}
	if m.offers > 0 {
		r.ops = append(r.ops, op{query: `
		UPDATE routing_counters
		SET offers = offers + $1
		WHERE id = 1`, args: []any{m.offers}})
	}
	for queue, latest := range m.rang {
		r.ops = append(r.ops, op{query: `
		UPDATE queues
		SET last_offer_at = $2, last_offer_seq = (SELECT offers - $3 FROM routing_counters WHERE id = 1)
		WHERE id = $1`, args: []any{string(queue), latest.at, m.offers - latest.offer}})
	}
}

// follow lists what depends on what the rows say now.
func (r *Rows) follow(m *merge) {
	r.ops = append(r.ops, among(m.ended, `
		UPDATE presence
		SET offer_until = 0
		WHERE offer_until <> 0 AND agent_id IN (?)
			AND NOT EXISTS (
				SELECT 1
				FROM offers
				WHERE offers.agent_id = presence.agent_id AND offers.state = 'pending')`)...)
	r.ops = append(r.ops, among(m.took, `
		UPDATE presence
		SET return_at = 0
		WHERE return_at <> 0 AND agent_id IN (?)`)...)
	r.ops = append(r.ops, among(m.closed, `
		UPDATE interactions
		SET pending_id = ''
		WHERE pending_id IN (?)
			AND id IN (SELECT origin_id FROM interactions WHERE id IN (?) AND origin_id <> '')`)...)
}

// among returns a statement for a list of ids, which stands wherever it has (?).
func among(ids []any, query string) (ops []op) {
	for part := range pieces(ids) {
		ops = append(ops, op{query: strings.ReplaceAll(query, "(?)", oneRow(len(part))), args: part})
	}
	return ops
}

// oneRow returns "($1, $2)" for two.
func oneRow(columns int) string {
	return strings.TrimPrefix(placeholders(1, columns), "\nVALUES ")
}
