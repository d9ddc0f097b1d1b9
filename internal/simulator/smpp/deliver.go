package smpp

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"parley/internal/simulator"
)

// Mobile is a customer's message.
type Mobile struct {
	From, To, Text string
	Tag            string // handed back by Options.Acked when the last piece was answered
	Backwards      bool   // the pieces of a long one go last first
}

// Say sends a customer's message to the ESMEs of a system id, in as many
// deliver_sm as it takes. It waits in order for a receiver, and is sent again
// when one goes without answering. Errors: ErrFull.
func (c *Center) Say(system string, m Mobile) error {
	manner := c.options.Manner(system)
	octets, coding := encode(m.Text, manner.Latin)
	c.mu.Lock()
	c.lastRef++
	ref := c.lastRef
	c.mu.Unlock()
	parts := pack(short{from: m.From, to: m.To, coding: coding}, octets, manner, ref)
	if m.Backwards {
		slices.Reverse(parts)
	}
	return c.deliver(system, m.Tag, parts...)
}

// Raw is a deliver_sm as it stands: esm_class, data_coding and up to 254 octets.
type Raw struct {
	From, To      string
	Class, Coding byte
	Octets        []byte
	Tag           string // handed back by Options.Acked
}

// Raw sends a deliver_sm with octets of the caller's choice: what odd networks send.
func (c *Center) Raw(system string, r Raw) error {
	return c.deliver(system, r.Tag, short{from: r.From, to: r.To, class: r.Class, coding: r.Coding, text: r.Octets[:min(len(r.Octets), longestShort)]})
}

// Report sends a receipt for a submitted message; err is the network's three digits, "" for 000.
func (c *Center) Report(id uint64, state State, err string) error {
	if err == "" {
		err = "000"
	}
	c.mu.Lock()
	m, ok := c.sent[id]
	if !ok {
		c.mu.Unlock()
		return fmt.Errorf("report %d: %w", id, ErrUnknownMessage)
	}
	m.state, m.err, m.done = state, err, c.options.Now()
	told := *m
	c.mu.Unlock()
	manner := c.options.Manner(told.system)
	if manner.NoReceipt || !wanted(told.receipt, state) {
		return nil
	}
	return c.deliver(told.system, "", receipt(id, told, manner))
}

func (c *Center) receipts(id uint64, v Verdict) {
	for _, state := range v.States {
		_ = c.Report(id, state, v.Err) // a full queue drops receipts, as real ones do
	}
}

// wanted reads registered_delivery: bits 0-1 ask for the end, bit 4 for what is between (section 5.2.17).
func wanted(registered byte, state State) bool {
	switch {
	case !state.final():
		return registered&0x10 != 0
	case registered&0x03 == 1:
		return true
	case registered&0x03 == 2:
		return state != Delivered
	}
	return false
}

// receipt writes the deliver_sm of appendix B, from the phone back to the sender.
func receipt(id uint64, m submitted, manner Manner) short {
	s := short{from: m.to, to: m.from, class: classReceipt}
	if manner.TLV {
		s.tlvs = map[uint16][]byte{
			tagReceiptedID:  append([]byte(receiptID(id)), 0),
			tagState:        {byte(m.state)},
			tagNetworkError: append([]byte{3}, binary.BigEndian.AppendUint16(nil, number3(m.err))...),
		}
		if manner.NoText {
			return s
		}
	}
	const minute = "0601021504"
	delivered := 0
	if m.state == Delivered {
		delivered = 1
	}
	text := fmt.Sprintf("id:%s sub:001 dlvrd:%03d submit date:%s done date:%s stat:%s err:%s text:%s", receiptID(id), delivered,
		m.at.UTC().Format(minute), m.done.UTC().Format(minute), m.state, m.err, strings.ToValidUTF8(m.text, ""))
	octets, ok := simulator.GSMBytes(text)
	if !ok {
		octets, _ = simulator.GSMBytes(strings.TrimSuffix(text, m.text))
	}
	s.text = octets
	return s
}

func number3(digits string) uint16 {
	n := uint16(0)
	for i := range len(digits) {
		n = n*10 + uint16(digits[i]-'0')
	}
	return n
}

// deliver lays messages in the queue of a system id and sends what may go. The
// tag goes with the last.
func (c *Center) deliver(system, tag string, messages ...short) error {
	c.mu.Lock()
	if len(c.waiting[system])+len(messages) > waitingMost {
		c.mu.Unlock()
		return ErrFull
	}
	for i, s := range messages {
		d := &delivery{body: s.bytes()}
		if i == len(messages)-1 {
			d.tag = tag
		}
		c.waiting[system] = append(c.waiting[system], d)
	}
	c.mu.Unlock()
	c.push(system)
	return nil
}

// window is how many deliver_sm may be unanswered at one ESME.
const window = 10

// triesMost is how often a message the ESME refuses for now is offered to it.
const triesMost = 10

// push sends what waits, in order, as far as the window allows.
func (c *Center) push(system string) {
	to := c.receiver(system)
	if to == nil {
		return
	}
	to.pushing.Lock() // one at a time, so that the order of the queue is the order on the wire
	defer to.pushing.Unlock()
	c.mu.Lock()
	var out []pdu
	open := 0
	for _, d := range c.waiting[system] {
		if open == window {
			break
		}
		if d.on != nil {
			open++
		} else if !d.refused {
			open++
			d.on, d.sequence = to, to.next()
			out = append(out, pdu{command: deliverSM, sequence: d.sequence, body: d.body})
		}
	}
	c.mu.Unlock()
	for _, p := range out {
		to.send(p)
	}
}

// receiver returns a session of the system id that takes deliver_sm, nil if none is bound.
func (c *Center) receiver(system string) *session {
	c.mu.Lock()
	defer c.mu.Unlock()
	for s := range c.sessions {
		if s.system == system && !s.ended && (s.mode == bindReceiver || s.mode == bindTransceiver) {
			return s
		}
	}
	return nil
}

// retry offers again what an ESME refused for now: at its next sign of life.
func (c *Center) retry(system string) {
	c.mu.Lock()
	for _, d := range c.waiting[system] {
		d.refused = false
	}
	c.mu.Unlock()
	c.push(system)
}

// receiverBusy is ESME_RX_T_APPN: the ESME cannot take it now.
const receiverBusy Status = 0x64

// acked takes a deliver_sm_resp. A refusal for now is tried again with retry, ten
// times; any other answer ends the message.
func (c *Center) acked(s *session, p pdu) {
	c.mu.Lock()
	system, queue := s.system, c.waiting[s.system]
	at := slices.IndexFunc(queue, func(d *delivery) bool { return d.on == s && d.sequence == p.sequence })
	if at < 0 {
		c.mu.Unlock()
		return
	}
	d := queue[at]
	d.on = nil
	d.tries++
	again := slices.Contains([]Status{SystemError, Throttled, QueueFull, receiverBusy}, p.status)
	if d.refused = again && d.tries < triesMost; !d.refused {
		c.waiting[system] = slices.Delete(queue, at, at+1)
	}
	c.mu.Unlock()
	if !d.refused {
		c.options.Acked(system, d.tag, p.status)
	}
	c.push(system)
}

// Waiting counts the deliver_sm of a system id that no ESME has answered.
func (c *Center) Waiting(system string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.waiting[system])
}

// Forget drops the deliver_sm of a system id that no ESME has answered.
func (c *Center) Forget(system string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.waiting, system)
}
