package center

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"parley"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// BenchmarkMessage is a customer's message from the door to the encoded news of
// its agent and its visitor, of 1,000 conversations with 200 agents.
func BenchmarkMessage(b *testing.B) {
	x := &town{dsn: filepath.Join(b.TempDir(), "center.db"), clock: &hand{now: storetest.Day}}
	visitors := x.crowd(b, 200, 1000)
	var group sync.WaitGroup
	var next atomic.Int64
	b.ResetTimer()
	for range 128 {
		group.Go(func() {
			for {
				i := next.Add(1)
				if i > int64(b.N) {
					return
				}
				me := parley.Actor{Visitor: visitors[int(i)%len(visitors)]}
				if _, err := x.VisitorSend(context.Background(), me, x.words("Where is my parcel? It should have come a week ago.")); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

// BenchmarkServe is a conversation from its beginning to its log: begun,
// offered, accepted, ended, with the news of it encoded for its agent.
func BenchmarkServe(b *testing.B) {
	x := &town{dsn: filepath.Join(b.TempDir(), "center.db"), clock: &hand{now: storetest.Day}}
	x.crowd(b, 200, 0)
	var group sync.WaitGroup
	var next atomic.Int64
	b.ResetTimer()
	for range 128 {
		group.Go(func() {
			for next.Add(1) <= int64(b.N) {
				if err := x.serveOne(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

func (x *town) serveOne() error {
	ctx := context.Background()
	begun, err := x.Begin(ctx, Contact{EntryPoint: "ent_crowd", ClientID: x.client(), Visitor: bea})
	if err != nil {
		return err
	}
	rows, err := x.s.View().InteractionsOf(ctx, begun.Conversation, 1)
	if err != nil || rows[0].Offer == nil {
		return fmt.Errorf("not offered: %w", err)
	}
	me := parley.Actor{Agent: rows[0].Offer.Agent, Group: "grp_all", Role: parley.RoleAgent}
	if err := x.AcceptOffer(ctx, me, parley.OfferID{Interaction: rows[0].ID, Attempt: rows[0].Offer.Attempt}); err != nil {
		return err
	}
	return x.End(ctx, me, rows[0].ID)
}

// crowd opens a center with so many agents, and conversations that they serve,
// and a reader who encodes the news for whom it concerns.
func (x *town) crowd(b *testing.B, agents, conversations int) []parley.ConversationID {
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	ctx := context.Background()
	s, err := store.Open(ctx, x.dsn, store.Options{})
	must(err)
	l, err := ledger.Open(ctx, s, ledger.Options{Clock: x.clock, Log: slog.New(slog.DiscardHandler)})
	must(err)
	x.s, x.l = s, l
	x.Center, err = New(ctx, Rooms{Ledger: l, Store: s, Records: records.New(l, s, x.clock), Clock: x.clock, Log: slog.New(slog.DiscardHandler)})
	must(err)
	l.Subscribe(func(batch []parley.Entry) { must(x.tellAll(batch)) })
	ended := make(chan error, 1)
	run, stop := context.WithCancel(ctx)
	go func() { ended <- l.Run(run) }()
	b.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			b.Log(err)
		}
		_ = s.Close() // the file is thrown away
	})
	must(l.Do(ctx, ledger.Command{Name: "crowd", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		plan := ledger.Plan{Routes: []routing.Command{
			routing.SaveSettings{Settings: routing.DefaultSettings()},
			routing.SaveQueue{Queue: routing.QueueConfig{
				ID: "que_crowd", Enabled: true, Priority: 5, Policy: parley.PolicyLoadThenIdle, AcceptInterval: 600e9,
				OnMaxWait: parley.QueueWait, OnFull: parley.QueueWait, NoAgents: parley.QueueWait, OnClose: parley.QueueDrain,
			}},
		}}
		for i := range agents {
			c := storetest.AgentConfig(parley.AgentID(fmt.Sprintf("agt_%d", i)))
			plan.Routes = append(plan.Routes, routing.SaveAgent{Agent: c},
				routing.SaveMemberships{Memberships: []parley.Membership{{Agent: c.ID, Queue: "que_crowd", Level: 50, Assigned: true, Enabled: true}}},
				routing.Login{Agent: c.ID}, routing.LinkUp{Agent: c.ID}, routing.SetStatus{Agent: c.ID, Status: parley.Available})
		}
		plan.Rows = func(r *store.Rows, _ []routing.Event) {
			storetest.Group(r)
			storetest.Queue(r, "que_crowd")
			r.SaveEntryPoint(parley.EntryPoint{ID: "ent_crowd", Channel: parley.WebChat, Name: "crowd", Enabled: true, Queue: "que_crowd", Rev: 1,
				Script: parley.Script{CustomerEnd: true}})
			for i := range agents {
				storetest.Agent(r, parley.AgentID(fmt.Sprintf("agt_%d", i)))
			}
		}
		return plan, nil
	}}))
	out := make([]parley.ConversationID, conversations)
	for i := range out {
		begun, err := x.Begin(ctx, Contact{EntryPoint: "ent_crowd", ClientID: x.client(), Visitor: bea})
		must(err)
		out[i] = begun.Conversation
		rows, err := s.View().InteractionsOf(ctx, begun.Conversation, 1)
		must(err)
		must(x.AcceptOffer(ctx, parley.Actor{Agent: rows[0].Offer.Agent, Role: parley.RoleAgent}, parley.OfferID{Interaction: rows[0].ID, Attempt: rows[0].Offer.Attempt}))
	}
	return out
}

// tellAll does what the hub does with a batch.
func (x *town) tellAll(batch []parley.Entry) error {
	ctx := context.Background()
	agents, visitors := map[parley.AgentID][]parley.Entry{}, map[parley.ConversationID][]parley.Entry{}
	for _, e := range batch {
		a := x.Recipients(e)
		for _, id := range a.Agents {
			agents[id] = append(agents[id], e)
		}
		for _, id := range a.Visitors {
			visitors[id] = append(visitors[id], e)
		}
	}
	for id, es := range agents {
		events, err := x.Events(ctx, parley.Actor{Agent: id, Group: "grp_all", Role: parley.RoleAgent}, es)
		if err != nil && !errors.Is(err, ErrStale) {
			return err
		}
		if _, err := json.Marshal(events); err != nil {
			return err
		}
	}
	for id, es := range visitors {
		events, err := x.VisitorEvents(ctx, parley.Actor{Visitor: id}, es)
		if err != nil {
			return err
		}
		if _, err := json.Marshal(events); err != nil {
			return err
		}
	}
	return nil
}
