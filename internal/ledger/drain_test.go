package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// BenchmarkDrain empties a queue of 100,000 with 500 agents who accept and end
// at once. Every step is committed to a file with synchronous=FULL.
func BenchmarkDrain(b *testing.B) {
	const agents, waiting = 500, 100_000
	for range b.N {
		b.StopTimer()
		x := newTown(b, storetest.Open(b, filepath.Join(b.TempDir(), "parley.db"), store.Options{})).run()
		hire(x, agents)
		queue(x, waiting)
		var done sync.WaitGroup
		done.Add(waiting)
		desks := desks(x, agents, done.Done)
		x.Subscribe(func(batch []parley.Entry) {
			for _, e := range batch {
				var made struct{ Offer parley.OfferID }
				if e.Kind == "offer_made" && json.Unmarshal(e.Data, &made) == nil {
					desks[e.Agent] <- made.Offer
				}
			}
		})
		b.StartTimer()
		began := time.Now()
		for id := range desks {
			x.must(Plan{Route: routing.SetStatus{Agent: id, Status: parley.Available}})
		}
		done.Wait()
		b.ReportMetric(waiting/time.Since(began).Seconds(), "drained/s")
		b.StopTimer()
		if err := x.stop(); err != nil {
			b.Fatal(err)
		}
	}
}

// hire adds agents who are signed in and on break.
func hire(x *town, agents int) {
	var routes []routing.Command
	config := storetest.QueueConfig("que_support")
	config.WrapUp = 0
	routes = append(routes, routing.SaveSettings{Settings: routing.DefaultSettings()}, routing.SaveQueue{Queue: config})
	for i := range agents {
		id := parley.AgentID(fmt.Sprintf("agt_%03d", i))
		agent := storetest.AgentConfig(id)
		agent.Capacity = 1
		routes = append(routes, routing.SaveAgent{Agent: agent},
			routing.SaveMemberships{Memberships: []parley.Membership{{Agent: id, Queue: config.ID, Level: 50, Assigned: true, Enabled: true}}})
	}
	x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) {
		storetest.Group(r)
		storetest.Queue(r, config.ID)
		storetest.EntryPoint(r, config.ID)
		for i := range agents {
			storetest.Agent(r, parley.AgentID(fmt.Sprintf("agt_%03d", i)))
		}
	}})
	x.must(Plan{Routes: routes})
	for i := range agents {
		id := parley.AgentID(fmt.Sprintf("agt_%03d", i))
		x.must(Plan{Route: routing.Login{Agent: id}})
	}
}

// queue lets customers arrive, several at a time.
func queue(x *town, waiting int) {
	const together = 200
	var wg sync.WaitGroup
	for lane := range together {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := lane; i < waiting; i += together {
				con := parley.ConversationID(fmt.Sprintf("con_%06d", i))
				x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) { storetest.Conversation(r, con) }})
				x.must(Plan{Route: routing.Arrive{Interaction: parley.InteractionID(fmt.Sprintf("int_%06d", i)), Conversation: con, Queue: "que_support", Web: true}})
			}
		}()
	}
	wg.Wait()
}

// desks are agents who accept what they are offered, and end it.
func desks(x *town, agents int, done func()) map[parley.AgentID]chan parley.OfferID {
	all := map[parley.AgentID]chan parley.OfferID{}
	for i := range agents {
		id := parley.AgentID(fmt.Sprintf("agt_%03d", i))
		offers := make(chan parley.OfferID, 4) // one rings at a time; the rest is slack for the announcer
		all[id] = offers
		go func() {
			for offer := range offers {
				ctx := context.Background()
				accept := Command{Name: "accept", Plan: plans(Plan{Route: routing.Accept{Agent: id, Offer: offer}})}
				end := Command{Name: "end", Plan: plans(Plan{Route: routing.End{Agent: id, Interaction: offer.Interaction}})}
				if err := x.Do(ctx, accept); err != nil {
					x.t.Error(err)
				}
				if err := x.Do(ctx, end); err != nil {
					x.t.Error(err)
				}
				done()
			}
		}()
	}
	return all
}

func plans(p Plan) func(context.Context, View) (Plan, error) {
	return func(context.Context, View) (Plan, error) { return p, nil }
}
