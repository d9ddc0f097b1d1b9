package routing

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
)

// TestLine compares the line with a sorted slice, while 2,000 come and go.
func TestLine(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	var l line
	var plain []place
	for n := range int64(20_000) {
		if len(plain) > 0 && (dice.IntN(5) < 2 || len(plain) > 2000) {
			k := dice.IntN(len(plain))
			if dice.IntN(2) == 0 {
				k = 0
			}
			if ahead := l.ahead(plain[k]); ahead != k {
				t.Fatalf("RTE-06: %d are ahead, should be %d", ahead, k)
			}
			if !l.leave(plain[k]) || l.leave(plain[k]) {
				t.Fatal("RTE-06: left twice, or not at all")
			}
			plain = slices.Delete(plain, k, k+1)
		} else {
			p := place{rank: -int64(dice.IntN(3)), entry: int64(dice.IntN(1000)), number: n, who: &interaction{}}
			l.join(p)
			at, _ := slices.BinarySearchFunc(plain, p, func(a, b place) int { return order(&a, &b) })
			plain = slices.Insert(plain, at, p)
		}
		if l.n != len(plain) || (l.n > 0 && l.first().who != plain[0].who) {
			t.Fatal("RTE-06: another is first")
		}
		if n%500 == 0 && l.n > 0 {
			oldest := slices.MinFunc(plain, func(a, b place) int { return int(a.entry - b.entry) })
			if got, ok := l.oldest(); !ok || got != oldest.entry {
				t.Fatalf("QUE-07: the oldest came at %d, should be %d", got, oldest.entry)
			}
			k := 0
			for i := range l.all {
				if i != plain[k].who {
					t.Fatalf("RTE-06: another is number %d", k)
				}
				k++
			}
		}
	}
}

// TestRanking compares the ranking with a sorted slice, also where the first are
// to be skipped.
func TestRanking(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	var r ranking
	seats := make([]*seat, 300)
	now := map[*seat]standing{}
	for k := range seats {
		seats[k] = &seat{agent: &agent{AgentState: AgentState{AgentConfig: AgentConfig{ID: parley.AgentID(fmt.Sprintf("a%03d", k))}}}, at: -1}
	}
	for range 20_000 {
		s := seats[dice.IntN(len(seats))]
		if s.at >= 0 && dice.IntN(2) == 0 {
			r.drop(s.at)
			delete(now, s)
		} else {
			now[s] = standing{level: int32(dice.IntN(3)), load: int32(dice.IntN(3)), idle: int64(dice.IntN(5)), seat: s}
			r.put(now[s])
		}
		plain := make([]standing, 0, len(now))
		for _, s := range now {
			plain = append(plain, s)
		}
		skip := func(s *seat) bool { return s.agent.ID[3]%2 == 0 }
		want := func(skip func(*seat) bool) [2]*seat {
			two := [2]*seat{}
			n := 0
			slices.SortFunc(plain, func(a, b standing) int {
				if a.before(&b) {
					return -1
				}
				return 1
			})
			for _, s := range plain {
				if !skip(s.seat) && n < 2 {
					two[n] = s.seat
					n++
				}
			}
			return two
		}
		if dice.IntN(20) > 0 {
			continue
		}
		if a, b := r.best(skip); [2]*seat{a, b} != want(skip) {
			t.Fatal("OFR-08: another is the best of those who have not had it")
		}
		if a, b := r.bestTwo(); [2]*seat{a, b} != want(func(*seat) bool { return false }) {
			t.Fatal("RTE-01: another is the best")
		}
	}
}

// TestSweep lets a deadline that no longer holds never be the next, however many
// there are.
func TestSweep(t *testing.T) {
	s := center(t)
	for n := range 3 * sweepMin {
		now := eight.Add(2*time.Hour + time.Duration(n)*time.Millisecond)
		id := parley.InteractionID(fmt.Sprint("i", n))
		for _, cmd := range []Command{Arrive{Interaction: id, Conversation: parley.ConversationID(id), Queue: "support"}, Close{Interaction: id}} {
			if _, err := s.Apply(now, cmd); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(s.timers.heap) > 2*sweepMin {
		t.Fatalf("5.6: %d deadlines are kept, and none holds", len(s.timers.heap))
	}
	if next := s.Next(); !next.IsZero() {
		t.Fatalf("5.6: %v is the next deadline, but there is none", next)
	}
}

// TestKinds reads and writes an event of every kind.
func TestKinds(t *testing.T) {
	for _, kind := range Kinds() {
		e, err := DecodeEvent(kind, []byte(`{"at":"2026-03-02T09:00:00Z"}`))
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		again, err := DecodeEvent(kind, data)
		if err != nil || !reflect.DeepEqual(e, again) || e.Kind() != kind || !e.When().Equal(eight.Add(time.Hour)) {
			t.Fatalf("%s: %#v became %#v: %v", kind, e, again, err)
		}
	}
	if _, err := DecodeEvent("party_thrown", nil); err == nil {
		t.Fatal("an event of no kind was read")
	}
	if _, err := DecodeEvent("queued", []byte("{")); err == nil {
		t.Fatal("half an event was read")
	}
}

// TestLoad names what refers to nothing.
func TestLoad(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Snapshot)
		want   string
	}{
		{"a membership of nobody", func(sn *Snapshot) { sn.Memberships[0].Agent = "cid" }, "membership of cid"},
		{"an offer of nothing", func(sn *Snapshot) {
			sn.Offers = append(sn.Offers, OfferState{ID: parley.OfferID{Interaction: "i9", Attempt: 1}})
		}, "offer i9.1"},
		{"waiting nowhere", func(sn *Snapshot) { sn.Interactions[0].Queue = "tax" }, `no queue "tax"`},
		{"active with nobody", func(sn *Snapshot) { sn.Interactions[0].State = parley.Active }, "nobody has it"},
		{"two open ones", func(sn *Snapshot) {
			two := sn.Interactions[0]
			two.ID, two.State, two.Agent = "i2", parley.Active, "amy"
			sn.Interactions = append(sn.Interactions, two)
		}, "conversation c1"},
	}
	for _, test := range tests {
		t.Run("RES-05: "+test.name, func(t *testing.T) {
			s := center(t)
			must(t, s, Arrive{Interaction: "i1", Conversation: "c1", Queue: "support", Required: []Requirement{{"tax", 100}}})
			sn := s.Snapshot()
			test.change(&sn)
			if _, err := Load(sn); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("loaded with %v, want %q", err, test.want)
			}
		})
	}
}

// TestWhy names everybody an offer passed over, each with the smallest change.
func TestWhy(t *testing.T) {
	s := center(t)
	days := []struct {
		id   parley.AgentID
		set  func(*AgentState)
		mem  parley.Membership
		want Kept
	}{
		{"c1", nil, parley.Membership{}, Kept{Reason: ReasonNotMember, Source: "QUE-01", Has: "unassigned", Needs: "assigned"}},
		{"c2", func(a *AgentState) { a.Enabled = false }, on(50), Kept{Reason: ReasonDisabled, Source: "P24", Has: "disabled", Needs: "enabled"}},
		{"c3", func(a *AgentState) { a.Conn = parley.ConnGrace }, on(50), Kept{Reason: ReasonNoLink, Source: "RES-01", Has: "grace", Needs: "up"}},
		{"c4", func(a *AgentState) { a.Base = parley.OnBreak }, on(50), Kept{Reason: ReasonNotAvailable, Source: "PRE-04", Has: "on_break", Needs: "available"}},
		{"c5", func(a *AgentState) { a.Sub = parley.SubStopNew }, on(50), Kept{Reason: ReasonStopNew, Source: "CAP-04", Has: "stopnew", Needs: "none"}},
		{"c6", func(a *AgentState) { a.Next = parley.OnBreak }, on(50), Kept{Reason: ReasonNextSet, Source: "PRE-08", Has: "on_break", Needs: "none"}},
		{"c7", nil, off(50), Kept{Reason: ReasonSwitchedOff, Source: "QUE-01", Has: "off", Needs: "on"}},
		{"c8", func(a *AgentState) { a.Skills = map[parley.SkillID]int{"french": 20} }, on(50), Kept{Reason: ReasonSkill, Source: "RTE-11", Has: "french 20", Needs: "french 50"}},
	}
	sn := s.Snapshot()
	for _, d := range days {
		a := sn.Agents[0]
		a.ID = d.id
		if d.set != nil {
			d.set(&a)
		}
		sn.Agents = append(sn.Agents, a)
		if d.mem.Level > 0 {
			d.mem.Agent = d.id
			sn.Memberships = append(sn.Memberships, d.mem)
		}
	}
	s, err := Load(sn)
	if err != nil {
		t.Fatal(err)
	}
	must(t, s, SaveAgent{AgentConfig{ID: "bob", Enabled: true, Capacity: 1, Skills: map[parley.SkillID]int{"french": 50}}})
	must(t, s, Arrive{Interaction: "i1", Conversation: "k1", Queue: "support"})
	must(t, s, Accept{"amy", parley.OfferID{Interaction: "i1", Attempt: 1}})
	must(t, s, Arrive{Interaction: "i2", Conversation: "k2", Queue: "support"})
	must(t, s, Accept{"bob", parley.OfferID{Interaction: "i2", Attempt: 1}})
	before, err := Load(s.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	events := must(t, s, Arrive{Interaction: "i3", Conversation: "k3", Queue: "support", Required: []Requirement{{"french", 50}}})
	for _, e := range events {
		if _, ok := e.(OfferMade); !ok {
			before.Evolve(e)
		}
	}
	o := offerIn(events)
	why := before.Why(*o)
	want := []Kept{{Agent: "bob", Reason: ReasonFull, Source: "CAP-02", Has: "1", Needs: "0"}}
	for _, d := range days {
		d.want.Agent = d.id
		want = append(want, d.want)
	}
	if !slices.Equal(why.Agents, want) || o.Agent != "amy" || why.Eligible != 1 {
		t.Fatalf("RTE-10: %+v\nwant %+v", why, want)
	}
	if err := before.Audit(*o); err != nil {
		t.Fatal(err)
	}
	o.Agent = "bob"
	if err := before.Audit(*o); err == nil {
		t.Fatal("INV-06: an offer to the wrong agent passes")
	}
	o.Agent, o.Receipt.Eligible = "amy", 2
	if err := before.Audit(*o); err == nil {
		t.Fatal("INV-05: a receipt that counts wrong passes")
	}
}

func on(level int) parley.Membership {
	return parley.Membership{Queue: "support", Level: level, Assigned: true, Enabled: true}
}

func off(level int) parley.Membership {
	return parley.Membership{Queue: "support", Level: level, Assigned: true}
}

// TestQuestions are what others ask the router.
func TestQuestions(t *testing.T) {
	s := center(t)
	must(t, s, SetStatus{Agent: "amy", Status: parley.OnBreak})
	must(t, s, SetStatus{Agent: "bob", Status: parley.OnBreak})
	for n, priority := range []int{50, 80, 50} {
		now := eight.Add(time.Hour + time.Duration(n)*time.Second)
		id := fmt.Sprint("i", n+1)
		_, err := s.Apply(now, Arrive{
			Interaction: parley.InteractionID(id), Conversation: parley.ConversationID(id), Queue: "support", Priority: priority,
			Required: []Requirement{{Skill: parley.SkillID(fmt.Sprint("s", n)), Level: 10}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for id, want := range map[parley.InteractionID]int{"i1": 2, "i2": 1, "i3": 3, "i9": 0} {
		if got := s.Position(id); got != want {
			t.Errorf("QUE-07: %s is number %d, want %d", id, got, want)
		}
	}
	if n, oldest := s.Waiting("support"); n != 3 || !oldest.Equal(eight.Add(time.Hour)) {
		t.Errorf("MON-02: %d wait since %v", n, oldest)
	}
	if n, oldest := s.Waiting("tax"); n != 0 || !oldest.IsZero() || s.Staffed("tax") || !s.Staffed("support") {
		t.Errorf("QUE-08: %d wait in no queue since %v", n, oldest)
	}
	if i, ok := s.OpenOf("i2"); !ok || i.ID != "i2" || i.Priority != 80 {
		t.Errorf("5.8 (1): open is %+v", i)
	}
	if got := s.Held("amy"); len(got) != 0 {
		t.Errorf("amy holds %+v", got)
	}
}
