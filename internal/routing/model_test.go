package routing

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"parley"

	"pgregory.net/rapid"
)

// daysByDefault is how many random days a plain go test lives through;
// PARLEY_DAYS says otherwise.
const daysByDefault = 2000

// TestAnyDay lets random agents, supervisors, administrators and customers do
// anything in any order: the slow model agrees on every decision, every
// invariant holds after every step, a replayed log gives the same state, and a
// router started from a snapshot goes on in the same way.
//
// 5.8 RTE-01 RTE-02 RTE-03 RTE-04 RTE-05 RTE-06 RTE-07 RTE-10 RTE-11 RTE-12 R-60
func TestAnyDay(t *testing.T) {
	days := daysByDefault
	if n, err := strconv.Atoi(os.Getenv("PARLEY_DAYS")); err == nil {
		days = n
	}
	if testing.Short() {
		days = min(days, 300)
	}
	for name, value := range map[string]string{"rapid.checks": strconv.Itoa(days), "rapid.steps": "40", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := newDay(t)
		t.Repeat(d.actions())
		d.reload(t)
	})
}

// reload starts the twin from a snapshot; it must remember the same.
func (d *day) reload(t *rapid.T) {
	sn := d.fast.Snapshot()
	twin, err := Load(sn)
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	same(t, "a snapshot loaded", sn, twin.Snapshot())
	same(t, "the log replayed", sn, d.log.Snapshot())
	same(t, "what was restarted before", sn, d.twin.Snapshot())
	d.twin = twin
}

// do gives a command to all, after whatever fell due, and checks what follows.
func (d *day) do(t *rapid.T, cmd Command) {
	if _, restart := cmd.(Restart); !restart {
		if next := d.fast.Next(); !next.IsZero() && next.Before(d.now) {
			d.apply(t, Tick{})
		}
	}
	d.apply(t, cmd)
	if next := d.fast.Next(); !next.IsZero() && next.Before(d.now) {
		if _, tick := cmd.(Tick); tick && !d.returned() {
			t.Fatalf("after a tick at %v a deadline of %v is left", d.now, next)
		}
	}
}

// returned reports whether something is back in its queue past its longest wait,
// or past a message it was due: the only deadlines that can be over from the
// start.
func (d *day) returned() bool {
	return slices.ContainsFunc(d.fast.Snapshot().Interactions, func(i InteractionState) bool {
		return i.State == parley.Queued && (!i.Until.IsZero() && i.Until.Before(d.now) || !i.MessageAt.IsZero() && i.MessageAt.Before(d.now))
	})
}

// apply gives a command to the router and its twin, and its events to the log.
func (d *day) apply(t *rapid.T, cmd Command) {
	before := d.fast.Snapshot()
	events, err := d.fast.Apply(d.now, cmd)
	again, twinErr := d.twin.Apply(d.now, cmd) // its refusals may differ: it has forgotten what is over
	if !reflect.DeepEqual(events, again) && len(events)+len(again) > 0 {
		t.Fatalf("%#v: a restarted router differs:\n%v %v\n%v %v", cmd, events, err, again, twinErr)
	}
	if err != nil {
		same(t, "a refusal", before, d.fast.Snapshot())
		return
	}
	for _, e := range events {
		d.remember(t, e)
	}
	if i, v := (&slow{d.log.Snapshot(), d.now}).first(); i != nil {
		t.Fatalf("%#v: %s waits, and %s could take it", cmd, i.ID, v.eligible[0].ID)
	}
	if err := d.fast.Check(); err != nil {
		t.Fatalf("%#v: %v", cmd, err)
	}
}

// remember writes an event to the log, reads it back, and checks it.
func (d *day) remember(t *rapid.T, e Event) {
	data, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	read, err := DecodeEvent(e.Kind(), data)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(e, read) {
		t.Fatalf("written %#v, read %#v", e, read)
	}
	d.witness(t, read)
	d.log.Evolve(read)
}

// witness holds what no single state can tell.
func (d *day) witness(t *rapid.T, e Event) {
	switch e := e.(type) {
	case InteractionCreated:
		if e.Number != d.log.number+1 {
			t.Fatalf("number %d follows %d", e.Number, d.log.number)
		}
		if at, ok := d.entry[e.Origin]; ok {
			d.entry[e.Interaction] = at
		}
	case Queued: // 5.8 (3)
		if at, ok := d.entry[e.Interaction]; ok && e.Entry.After(at) {
			t.Fatalf("%s: entry %v moved to %v", e.Interaction, at, e.Entry)
		}
		d.entry[e.Interaction] = e.Entry
	case OfferMade:
		d.judge(t, e)
		d.offers[e.Offer] = parley.OfferPending
		d.lastOffered = append(d.lastOffered, e.Offer)
	case OfferEnded: // 5.8 (4)
		if d.offers[e.Offer] != parley.OfferPending {
			t.Fatalf("%s ends twice: %s, %s", e.Offer, d.offers[e.Offer], e.How)
		}
		d.offers[e.Offer] = e.How
	case InteractionClosed:
		if d.closed[e.Interaction] || !e.State.Final() {
			t.Fatalf("%s closes again as %s", e.Interaction, e.State)
		}
		d.closed[e.Interaction] = true
	}
}

// judge lets the slow model look at an offer, and its receipt be evaluated again.
func (d *day) judge(t *rapid.T, e OfferMade) {
	if err := d.log.Audit(e); err != nil {
		t.Fatal(err)
	}
	s := slow{d.log.Snapshot(), e.At.At}
	if i, _ := d.log.Interaction(e.Offer.Interaction); i.Addressed {
		a := s.agentOf(e.Agent)
		o, act, w := s.counts(a.ID)
		if a.Conn != parley.ConnUp || a.Base != parley.Available || o >= s.Settings.MaxParallel || s.load(a.ID) >= a.Capacity || o+act+w >= parley.CapacityMax || (act == 0 && w > 0) {
			t.Fatalf("%s went to %s, who takes nothing", e.Offer, a.ID)
		}
		return
	}
	i, v := s.first()
	if i == nil || i.ID != e.Offer.Interaction || v.eligible[0].ID != e.Agent {
		t.Fatalf("%s went to %s, the slow model says %+v to %+v", e.Offer, e.Agent, i, v)
	}
	r := e.Receipt
	if r.Eligible != len(v.eligible) || !maps.Equal(r.Excluded, v.excluded) || e.Round != v.round {
		t.Fatalf("%s: receipt %+v, round %d; the slow model says %+v", e.Offer, r, e.Round, v)
	}
	if len(v.eligible) > 1 && (r.Next == nil || r.Next.Agent != v.eligible[1].ID) {
		t.Fatalf("%s: next is %+v, should be %s", e.Offer, r.Next, v.eligible[1].ID)
	}
	named := map[Reason]int{}
	for _, k := range d.log.Why(e).Agents {
		named[k.Reason]++
	}
	if !maps.Equal(named, v.excluded) {
		t.Fatalf("%s: why names %v, the slow model says %v", e.Offer, named, v.excluded)
	}
}

// same fails unless two snapshots are equal.
func same(t *rapid.T, what string, want, got Snapshot) {
	if !reflect.DeepEqual(want, got) {
		a, _ := json.MarshalIndent(want, "", " ")
		b, _ := json.MarshalIndent(got, "", " ")
		t.Fatalf("%s differs:\n%s\n%s", what, a, b)
	}
}
