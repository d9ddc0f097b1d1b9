package smpp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

// How long the parts of a message are waited for, and how many messages may be
// unfinished at once.
//
// Unit: partsWithin in ticks.
const (
	tick        = time.Second
	partsWithin = 10
	pilesMax    = 1000
)

// inbox keeps what comes over one connection. Work's goroutine owns it.
//
// The parts of a long message are answered when all are there and on the disk
// together: until then the operator keeps them for us and sends them again to the
// next connection, so that nothing is lost by a crash and no half message is
// stored. Where a part does not come within ten seconds, those that are there
// are kept as they are, each run of them a message, so that the operator's window
// is never blocked; those that come later make a message of their own.
type inbox struct {
	line   *session
	host   channel.Host
	in     parley.EntryPoint
	doubts *doubts
	piles  map[pile]*heap
	order  []pile // the oldest first
}

// pile names the parts that belong together.
type pile struct {
	from       party
	to         string
	ref, total int
}

// heap is what has come of them.
type heap struct {
	parts map[int]part
	quiet int // ticks since the last one came
}

// part is one of them, with everything that is to be answered for it.
type part struct {
	piece
	asked []pdu
}

// work keeps what comes until the connection ends.
func (b *inbox) work(ctx context.Context) {
	b.piles = map[pile]*heap{}
	clock := time.NewTicker(tick)
	defer clock.Stop()
	for {
		select {
		case <-b.line.done:
			return
		case i := <-b.line.work:
			if i.of != nil {
				b.late(ctx, i)
				continue
			}
			b.deliver(ctx, i.pdu)
		case <-clock.C:
			b.tick(ctx)
		}
	}
}

// late keeps what became of a message whose answer was not waited for any more.
//
// Source: R-46.
func (b *inbox) late(ctx context.Context, i item) {
	s := parley.Status{Ref: string(i.of.message), Part: i.of.part, At: b.host.Now()}
	if refused := verdict(i.status); refused != nil {
		s.State, s.Code, s.Detail = parley.DeliveryFailed, string(refused.Code), refused.Detail
	} else if id, err := b.line.named(i.pdu); err == nil && i.of.last {
		s.State, s.ExternalID = parley.DeliverySent, id
	}
	if s.State != "" {
		_ = b.host.Receive(ctx, channel.Received{Statuses: []parley.Status{s}}, i.bytes()) // else it stays unconfirmed
	}
}

// deliver takes one deliver_sm in.
func (b *inbox) deliver(ctx context.Context, p pdu) {
	m, err := readShort(p.body)
	if err != nil {
		b.keep(ctx, channel.Received{Odd: "unreadable_part deliver_sm: " + err.Error()}, p)
		return
	}
	if m.class&0x3c == classReceipt || m.class&0x20 != 0 {
		b.keep(ctx, receipt(m, b.line.ids), p)
		return
	}
	one, err := unpack(m)
	switch {
	case err != nil:
		b.keep(ctx, channel.Received{Odd: "unreadable_part user data header: " + err.Error()}, p)
	case !ours(m.to, b.in.Address):
		b.keep(ctx, channel.Received{Odd: "other_account " + channel.Words(m.to.number)}, p)
	case one.total == 1:
		id := b.doubts.again(p.body)
		if id == "" {
			id = fmt.Sprintf("mo:%s:%s", name(p.body), parley.NewID("t", b.host.Now()))
		}
		if _, named := m.tlvs[tagMessageID]; named {
			id = "mo:" + name(p.body)
		}
		if b.keep(ctx, b.message(m.from, id, []piece{one}), p) {
			b.doubts.kept(p.body, id) // after the answer, which is what is in doubt
		}
	default:
		b.lay(ctx, m, one, p)
	}
}

// keep brings something to the disk and answers for it, or asks for it again.
func (b *inbox) keep(ctx context.Context, got channel.Received, asked ...pdu) bool {
	var raw []byte
	for _, p := range asked {
		raw = append(raw, p.bytes()...)
	}
	status := uint32(0)
	if err := b.host.Receive(ctx, got, raw); err != nil {
		status = notNow
	}
	for _, p := range asked {
		b.line.answer(p, status)
	}
	return status == 0
}

// name is a short name for bytes.
func name(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:12])
}

// ours reports whether a message is for our number, which a network may write
// without its country.
func ours(to party, address parley.Address) bool {
	number, full := strings.TrimLeft(strings.TrimPrefix(to.number, "+"), "0"), digits(address)
	return number == full || (len(number) >= 7 && strings.HasSuffix(full, number))
}

// sender is who wrote. A national number is left as it came: the center knows
// which country it is in. Nobody answers a name or a short code.
//
// Source: SMS-04, SMS-08; SMPP 3.4, section 5.2.5.
func sender(from party) parley.Keys {
	who := parley.SMSPerson(from.number)
	switch from.ton {
	case 2: // national
		if len(from.number) >= 7 {
			who = parley.Address(from.number)
		}
	case 3, 5, 6: // of the network, letters, abbreviated
		who = ""
	}
	if who == "" {
		return nil
	}
	return parley.Keys{{Kind: parley.KeyPhone, Value: who}}
}

// message makes one message of parts. They are joined as bytes, because a letter
// may be cut in two between them.
func (b *inbox) message(from party, id string, parts []piece) channel.Received {
	m := parley.Inbound{Kind: parley.InboundMessage, ExternalID: id, From: sender(from)}
	var octets []byte
	for i, p := range parts {
		octets = append(octets, p.octets...)
		if i+1 < len(parts) && parts[i+1].coding == p.coding {
			continue
		}
		text, readable := decode(octets, p.coding, b.in.Setting("default_alphabet"))
		if !readable {
			m.Content = &parley.Content{Kind: parley.ContentPlaceholder, Note: "unsupported"}
		}
		m.Text += text
		octets = nil
	}
	channel.SMSKeyword(&m)
	return channel.Received{Messages: []parley.Inbound{m}}
}

// lay puts a part to the others, and keeps them once all are there.
func (b *inbox) lay(ctx context.Context, m short, one piece, p pdu) {
	key := pile{m.from, m.to.number, one.ref, one.total}
	h := b.piles[key]
	if h == nil {
		h = &heap{parts: map[int]part{}}
		b.piles[key] = h
		b.order = append(b.order, key)
	}
	all := h.parts[one.part]
	if len(all.asked) > 0 && string(all.octets) != string(one.octets) {
		b.release(ctx, key) // the number was used again
		b.lay(ctx, m, one, p)
		return
	}
	all.piece = one
	all.asked = append(all.asked, p)
	h.parts[one.part], h.quiet = all, 0
	if len(h.parts) == one.total {
		b.release(ctx, key)
	}
	if len(b.order) > pilesMax {
		b.release(ctx, b.order[0])
	}
}

// release keeps the parts that are there, each run of them as one message.
func (b *inbox) release(ctx context.Context, key pile) {
	h := b.piles[key]
	delete(b.piles, key)
	b.order = slices.DeleteFunc(b.order, func(k pile) bool { return k == key })
	numbers := slices.Sorted(maps.Keys(h.parts))
	for len(numbers) > 0 {
		n := 1
		for n < len(numbers) && numbers[n] == numbers[n-1]+1 {
			n++
		}
		var run []piece
		var asked []pdu
		sum := fmt.Appendf(nil, "%s %s %d %d %d", key.from.number, key.to, key.ref, key.total, numbers[0])
		for _, i := range numbers[:n] {
			run, asked = append(run, h.parts[i].piece), append(asked, h.parts[i].asked...)
			sum = append(sum, h.parts[i].octets...)
		}
		b.keep(ctx, b.message(key.from, "mo:"+name(sum), run), asked...)
		numbers = numbers[n:]
	}
}

// tick lets a second pass for what is unfinished.
func (b *inbox) tick(ctx context.Context) {
	for _, key := range slices.Clone(b.order) {
		h := b.piles[key]
		if h.quiet++; h.quiet == partsWithin {
			b.release(ctx, key)
		}
	}
}
