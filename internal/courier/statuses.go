package courier

import (
	"context"
	"errors"
	"slices"
	"strings"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/store"
)

// watermarkDepth is how far back a watermark reaches.
//
// Unit: messages.
const watermarkDepth = 200

// ballot counts what is said of one message while a command is planned. It
// changes nothing before save.
type ballot struct {
	m     parley.Message
	was   parley.Delivery
	parts []store.External // as they will be
	kept  map[int]string   // the ids they are kept under
	fresh []int            // parts that are not kept yet
	dirty map[int]bool
	gone  []store.External // parts that are forgotten
}

// ballot reads how a message and its parts stand.
func (c *Courier) ballot(ctx context.Context, v ledger.View, id parley.MessageID) (*ballot, error) {
	m, err := v.Message(ctx, id)
	if err != nil {
		return nil, err
	}
	if m.Delivery == nil {
		m.Delivery = &parley.Delivery{State: parley.DeliverySent, Parts: 1, At: parley.Millis(m.At)}
	}
	parts, err := v.ExternalsOf(ctx, id)
	parts = slices.DeleteFunc(parts, func(x store.External) bool { return x.Direction != store.Out })
	b := &ballot{m: m, was: *m.Delivery, parts: parts, kept: map[int]string{}, dirty: map[int]bool{}}
	for _, x := range parts {
		b.kept[x.Part] = x.ID
	}
	return b, err
}

func (b *ballot) at(part int) int {
	return slices.IndexFunc(b.parts, func(x store.External) bool { return x.Part == part })
}

func (b *ballot) has(part int) bool { return b.at(part) >= 0 }

// set says how a part stands.
func (b *ballot) set(part int, state string) {
	if i := b.at(part); i >= 0 && b.parts[i].State != state {
		b.parts[i].State, b.dirty[part] = state, true
	}
}

// name says under which id of the network a part is known.
func (b *ballot) name(part int, id string) {
	if i := b.at(part); i >= 0 && b.parts[i].ID != id {
		b.parts[i].ID, b.dirty[part] = id, true
	}
}

// forget drops a part that did not go.
func (b *ballot) forget(part int) {
	if i := b.at(part); i >= 0 {
		b.gone = append(b.gone, b.parts[i])
		b.parts = slices.Delete(b.parts, i, i+1)
	}
}

// say replaces what is known besides the state.
func (b *ballot) say(d parley.Delivery) {
	b.m.Delivery.Code, b.m.Delivery.Detail = d.Code, detail(d.Detail)
	if d.At != 0 {
		b.m.Delivery.At = d.At
	}
}

// hear takes a network's word on a part. It only moves forward.
//
// Source: INV-16, A-062, R-40.
func (b *ballot) hear(part int, s parley.Status) {
	i := b.at(part)
	if i < 0 {
		return
	}
	was := partState(b.parts[i])
	next := was.Next(s.State)
	if next == was {
		return
	}
	b.set(part, string(next))
	switch {
	case next == parley.DeliveryFailed:
		b.say(parley.Delivery{Code: s.Code, Detail: s.Detail})
	case lowness[standing(b.total(), b.parts)] > lowness[parley.DeliveryPending]:
		b.say(parley.Delivery{})
	}
}

func (b *ballot) total() int { return max(b.m.Delivery.Parts, 1) }

// save lists what changed.
func (b *ballot) save(r *store.Rows) {
	for _, x := range b.gone {
		r.ForgetPart(x)
	}
	for _, x := range b.parts {
		switch {
		case slices.Contains(b.fresh, x.Part):
			r.SaveTry(x)
		case b.dirty[x.Part]:
			old := x
			old.ID = b.kept[x.Part]
			r.SavePart(old, x.ID, x.State)
		}
	}
	d := *b.m.Delivery
	d.State = standing(d.Parts, b.parts)
	if d.State != b.was.State {
		if d.At == b.was.At {
			d.At = parley.Millis(r.Now())
		}
		r.Entry(deliveryEntry(b.m, d.State))
	} else if d.Code != b.was.Code {
		r.Entry(deliveryEntry(b.m, d.State))
	}
	if d != b.was {
		r.SaveDelivery(b.m.ID, d)
	}
}

// tally counts what one request says of several messages.
type tally struct {
	*Courier
	v       ledger.View
	e       parley.EntryPoint
	ballots map[parley.MessageID]*ballot
	order   []parley.MessageID
	early   []store.Early
	unshown []func(*store.Rows) // reactions of ours that a network did not take
}

// Statuses plans what a network said of our messages: each part moves forward
// only, and a message stands as its lowest part does. What is said of a message
// whose send is not saved yet is kept until it is.
//
// Source: CNV-02, INV-16, R-40, R-41, A-062.
func (c *Courier) Statuses(ctx context.Context, v ledger.View, e parley.EntryPoint, ss []parley.Status) (func(*store.Rows), error) {
	t := &tally{Courier: c, v: v, e: e, ballots: map[parley.MessageID]*ballot{}}
	for _, s := range ss {
		if err := t.count(ctx, s); err != nil {
			return nil, err
		}
	}
	var shut []func(*store.Rows)
	for _, id := range t.order {
		rows, err := c.shuts(ctx, v, t.ballots[id])
		if err != nil {
			return nil, err
		}
		shut = append(shut, rows)
	}
	return func(r *store.Rows) {
		for n, id := range t.order {
			t.ballots[id].save(r)
			shut[n](r)
		}
		for _, s := range t.early {
			r.Park(s)
		}
		for _, rows := range t.unshown {
			rows(r)
		}
		if len(ss) > 0 {
			r.Beat(e.ID, store.Beat{Receipt: true})
		}
	}, nil
}

// of returns the ballot of a message.
func (t *tally) of(ctx context.Context, id parley.MessageID) (*ballot, error) {
	if b := t.ballots[id]; b != nil {
		return b, nil
	}
	b, err := t.ballot(ctx, t.v, id)
	if err != nil {
		return nil, err
	}
	t.ballots[id] = b
	t.order = append(t.order, id)
	return b, nil
}

// count takes in one status.
func (t *tally) count(ctx context.Context, s parley.Status) error {
	if !s.Watermark.IsZero() {
		return t.watermark(ctx, s)
	}
	if s.Part == channel.PartReaction {
		return t.reaction(ctx, s)
	}
	known, err := t.v.Externals(ctx, t.e.ID, []string{s.ExternalID})
	if err != nil {
		return err
	}
	for _, x := range known {
		if x.Direction != store.Out || x.Message == "" {
			continue
		}
		b, err := t.of(ctx, x.Message)
		if err == nil {
			b.hear(x.Part, s)
		}
		return err
	}
	if found, err := t.byRef(ctx, s); found || err != nil {
		return err
	}
	if s.ExternalID != "" {
		t.early = append(t.early, store.Early{
			ExternalID: s.ExternalID, EntryPoint: t.e.ID, State: s.State, Code: s.Code, Detail: detail(s.Detail),
		})
	}
	return nil
}

// byRef finds a message whose answer was lost by what we gave the network to tell
// it by: now its id is known, and that it arrived.
//
// Source: R-46.
func (t *tally) byRef(ctx context.Context, s parley.Status) (bool, error) {
	if !strings.HasPrefix(s.Ref, "msg_") {
		return false, nil
	}
	b, err := t.of(ctx, parley.MessageID(s.Ref))
	if errors.Is(err, parley.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, x := range b.parts {
		if x.State == partUnconfirmed && x.Part == s.Part && x.EntryPoint == t.e.ID {
			t.found(b, x.Part, s)
			return true, nil
		}
	}
	return false, nil
}

// found takes in that a part that was unconfirmed is known to the network.
func (t *tally) found(b *ballot, part int, s parley.Status) {
	if s.ExternalID != "" {
		b.name(part, s.ExternalID)
	}
	b.hear(part, s)
}

// watermark moves everything to somebody up to a time.
//
// Source: networks.md 3.
func (t *tally) watermark(ctx context.Context, s parley.Status) error {
	kept, err := t.v.KeyedBy(ctx, t.e.ID, s.From)
	if err != nil || len(kept) == 0 {
		return err
	}
	sent, err := t.v.Delivered(ctx, kept[0].Conversation, s.Watermark, watermarkDepth)
	if err != nil {
		return err
	}
	for _, m := range sent {
		if lowness[m.Delivery.State] >= lowness[s.State] {
			continue
		}
		b, err := t.of(ctx, m.ID)
		if err != nil {
			return err
		}
		for _, x := range slices.Clone(b.parts) {
			switch {
			case lowness[partState(x)] >= lowness[parley.DeliverySent]:
				b.hear(x.Part, s)
			case x.State == partTrying: // it was read before the answer to our call is saved
				t.early = append(t.early, store.Early{ExternalID: x.ID, EntryPoint: t.e.ID, State: s.State})
			}
		}
	}
	return nil
}

// Concerned names the messages and conversations that statuses are about, so that
// what an earlier command of the batch says of them counts.
func (c *Courier) Concerned(ctx context.Context, e parley.EntryPointID, ss []parley.Status) ([]string, error) {
	var ids, out []string
	v := c.store.View()
	for _, s := range ss {
		if s.ExternalID != "" {
			ids = append(ids, s.ExternalID)
		}
		if s.Ref != "" {
			out = append(out, s.Ref)
		}
		kept, err := v.KeyedBy(ctx, e, s.From)
		if err != nil {
			return nil, err
		}
		for _, k := range kept {
			out = append(out, string(k.Conversation))
		}
	}
	known, err := v.Externals(ctx, e, ids)
	for _, x := range known {
		if x.Message != "" {
			out = append(out, string(x.Message))
		}
	}
	return out, err
}
