package smpp

import (
	"slices"
	"strconv"
	"strings"

	"parley/internal/simulator"
)

// receive reads a submit_sm, remembers it and joins it with its sisters.
func (c *Center) receive(system string, body []byte) (Submit, Status) {
	s, status := parseShort(body)
	if status != OK {
		return Submit{}, status
	}
	to := strings.TrimPrefix(s.to, "+")
	if !digits(to) {
		return Submit{}, InvalidTarget
	}
	p, status := parsePart(s)
	if status != OK {
		return Submit{}, status
	}
	if p.how != Payload && len(p.octets) > p.room(s.coding) {
		return Submit{}, InvalidLength
	}
	if _, readable := decode(s.coding, nil); !readable {
		return Submit{}, SubmitFailed
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lastID++
	one := Submit{System: system, ID: c.lastID, From: s.from, To: to, Coding: s.coding, How: p.how, Part: p.number, Parts: p.total, Receipt: s.registered}
	whole, complete := c.joiner.add(pile{system: system, from: s.from, to: to, how: p.how, ref: p.ref, total: p.total}, p)
	if complete {
		one.Whole = true
		one.Text, _ = decode(s.coding, whole)
	}
	piece, _ := decode(s.coding, p.octets)
	c.sent[one.ID] = &submitted{system: system, from: s.from, to: to, at: c.options.Now(), state: Enroute, receipt: s.registered, text: simulator.Begin(piece, 20)}
	if c.order = append(c.order, one.ID); len(c.order) > rememberedMost {
		delete(c.sent, c.order[0])
		c.order = c.order[1:]
	}
	return one, OK
}

func (c *Center) drop(id uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sent, id)
	c.order = slices.DeleteFunc(c.order, func(other uint64) bool { return other == id })
}

// answerID is an id as submit_sm_resp spells it, receiptID as a receipt does.
func (c *Center) answerID(system string, id uint64) string {
	if c.options.Manner(system).HexIDs {
		return strings.ToUpper(strconv.FormatUint(id+idBase, 16))
	}
	return receiptID(id)
}

// idBase makes ids as long as real ones, so that hexadecimal shows letters.
const idBase = 3_735_928_559

func receiptID(id uint64) string { return strconv.FormatUint(id+idBase, 10) }

// find returns what is remembered of a message under its id in submit_sm_resp.
func (c *Center) find(system, id string) (submitted, bool) {
	base := 10
	if c.options.Manner(system).HexIDs {
		base = 16
	}
	n, err := strconv.ParseUint(id, base, 64)
	if err != nil || n < idBase {
		return submitted{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	m, ok := c.sent[n-idBase]
	if !ok || m.system != system {
		return submitted{}, false
	}
	return *m, true
}

// Release answers the submit_sm held back for a system id, the newest first
// when backwards is set, and returns how many there were.
func (c *Center) Release(system string, backwards bool) int {
	n := 0
	for _, s := range c.of(system) {
		c.mu.Lock()
		var sequences []uint32
		for sequence := range s.held {
			sequences = append(sequences, sequence)
		}
		held := s.held
		s.held = map[uint32]Submit{}
		c.mu.Unlock()
		slices.Sort(sequences)
		if backwards {
			slices.Reverse(sequences)
		}
		for _, sequence := range sequences {
			s.settle(sequence, held[sequence])
			n++
		}
	}
	return n
}
