package routing

import (
	"fmt"
	"testing"
	"time"

	"parley"
)

// skillSets is how many kinds of skill the benchmark's customers ask for.
const skillSets = 8

// crowd returns a center of agents who are all at capacity but the free ones, and
// waiting who ask for one of eight skills that every agent has.
func crowd(b *testing.B, agents, free, waiting int) *State {
	b.Helper()
	sn := Snapshot{Settings: DefaultSettings(), Number: int64(waiting)}
	sn.Queues = []QueueState{{QueueConfig: QueueConfig{ID: "support", Enabled: true, Priority: 5, AcceptInterval: 30 * time.Second}}}
	skills := map[parley.SkillID]int{}
	for k := range skillSets {
		skills[parley.SkillID(fmt.Sprint("s", k))] = 50
	}
	for k := range agents {
		id := parley.AgentID(fmt.Sprintf("agt_%06d", k))
		sn.Agents = append(sn.Agents, AgentState{
			AgentConfig: AgentConfig{ID: id, Enabled: true, Capacity: 1, OnReject: parley.Available, MayReject: true, Skills: skills},
			Base:        parley.Available, Sub: parley.SubNone, Conn: parley.ConnUp, IdleSince: eight.Add(time.Duration(k) * time.Millisecond),
		})
		sn.Memberships = append(sn.Memberships, parley.Membership{Agent: id, Queue: "support", Level: 10 * (1 + k%10), Assigned: true, Enabled: true})
		if k >= free {
			sn.Interactions = append(sn.Interactions, InteractionState{
				ID: parley.InteractionID(fmt.Sprint("a", k)), Conversation: parley.ConversationID(fmt.Sprint("a", k)), Queue: "support",
				Agent: id, State: parley.Active,
			})
		}
	}
	for k := range waiting {
		sn.Interactions = append(sn.Interactions, InteractionState{
			ID: parley.InteractionID(fmt.Sprintf("int_%06d", k)), Number: int64(k + 1), Conversation: parley.ConversationID(fmt.Sprint("c", k)),
			Queue: "support", State: parley.Queued, Priority: parley.PriorityDefault, Entry: eight.Add(time.Duration(k) * time.Millisecond),
			Required: []Requirement{{Skill: parley.SkillID(fmt.Sprint("s", k%skillSets)), Level: 50}},
		})
	}
	s, err := Load(sn)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkDecision is one decision with its receipt: which of all who wait goes
// to which of the eligible, and remembering it. Between the decisions timed, what
// was offered goes back to the end of the line.
func BenchmarkDecision(b *testing.B) {
	const free = 500
	for _, waiting := range []int{1_000, 100_000} {
		b.Run(fmt.Sprintf("10000 agents, %d waiting, %d skill sets", waiting, skillSets), func(b *testing.B) {
			t := turn{State: crowd(b, 10_000, free, waiting), now: eight.Add(time.Hour)}
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				t.events = t.events[:0]
				t.dispatch()
				b.StopTimer()
				if len(t.events) != free {
					b.Fatalf("%d decisions, want %d", len(t.events), free)
				}
				for _, e := range t.events {
					t.putBack(e.(OfferMade))
				}
				t.flush()
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*free), "ns/decision")
		})
	}
}

// BenchmarkSlot is a decision together with what freed the slot.
func BenchmarkSlot(b *testing.B) {
	t := turn{State: crowd(b, 10_000, 1, 100_000), now: eight.Add(time.Hour)}
	t.dispatch()
	b.ReportAllocs()
	for b.Loop() {
		t.putBack(t.events[0].(OfferMade))
		t.events = t.events[:0]
		t.dispatch()
	}
}

// putBack withdraws an offer and puts its interaction to the end of the line.
func (t *turn) putBack(e OfferMade) {
	i := t.interactions[e.Offer.Interaction]
	t.Evolve(OfferEnded{At: t.at(), Offer: e.Offer, Agent: e.Agent, How: parley.OfferWithdrawn})
	i.offers = i.offers[:0] // as new
	t.now = t.now.Add(time.Millisecond)
	t.Evolve(Queued{At: t.at(), Interaction: i.ID, Queue: e.Queue, Priority: parley.PriorityDefault, Entry: t.now})
}

// BenchmarkChoose is the choice and its receipt alone, with 10,000 agents
// eligible or one.
func BenchmarkChoose(b *testing.B) {
	s := crowd(b, 10_000, 500, 100_000)
	s.flush()
	c := s.next()
	b.ReportAllocs()
	for b.Loop() {
		ch := s.choose(c, eight)
		_ = s.made(&ch, At{At: eight})
	}
}

// BenchmarkArrival offers a newcomer to the best of 10,000 who are all free.
func BenchmarkArrival(b *testing.B) {
	s := crowd(b, 10_000, 0, 0)
	for _, i := range s.byID() {
		if _, err := s.Apply(eight, End{Agent: i.Agent, Interaction: i.ID}); err != nil {
			b.Fatal(err)
		}
	}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		id := parley.InteractionID(fmt.Sprint("n", n))
		now := eight.Add(time.Duration(n) * time.Millisecond)
		if _, err := s.Apply(now, Arrive{Interaction: id, Conversation: parley.ConversationID(id), Queue: "support"}); err != nil {
			b.Fatal(err)
		}
		if _, err := s.Apply(now, Close{Interaction: id}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoad starts a router with 10,000 agents and 100,000 waiting, and tells
// it that the server has restarted.
func BenchmarkLoad(b *testing.B) {
	sn := crowd(b, 10_000, 500, 100_000).Snapshot()
	for k := range sn.Interactions {
		sn.Interactions[k].Web = true
	}
	for b.Loop() {
		s, err := Load(sn)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Apply(eight.Add(time.Hour), Restart{}); err != nil {
			b.Fatal(err)
		}
	}
}
