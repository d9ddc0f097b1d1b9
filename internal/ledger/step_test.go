package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestGroupCommit sends many commands at once: they are one commit, each is
// answered, and numbers have no gap (MSG-01, INV-14).
func TestGroupCommit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		var commands []Command
		for i := range 100 {
			commands = append(commands, message("con_1", fmt.Sprint("client ", i)))
		}
		for i, err := range x.send(commands...) {
			if err != nil {
				t.Fatalf("message %d: %v", i, err)
			}
		}
		if err := x.stop(); err != nil {
			t.Fatal(err)
		}
		last := x.told.batches[len(x.told.batches)-1]
		if len(last) != 100 {
			t.Errorf("the last commit had %d log rows, want all 100", len(last))
		}
		seq := int64(0)
		messages, err := s.View().Messages(t.Context(), "con_1", 1000, 1000)
		if err != nil || len(messages) != 100 {
			t.Fatalf("%d messages, %v", len(messages), err)
		}
		for i, m := range messages {
			if seq++; m.Seq != seq || m.ClientID != fmt.Sprint("client ", i) {
				t.Fatalf("message %d is %q with seq %d, want %d in the order of coming", i, m.ClientID, m.Seq, seq)
			}
		}
		if got, want := string(last[41].Data), `{"seq":42,"from":"customer"}`; got != want {
			t.Errorf("log row of message 42: %s, want %s", got, want)
		}
	})
}

// TestLog says that what is announced is what is in the log, in order, without
// gap, and nothing is announced before it is saved.
func TestLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newTown(t, s)
		x.Subscribe(func(batch []parley.Entry) {
			saved, err := s.View().Head(context.Background())
			if last := batch[len(batch)-1].N; err != nil || saved < last || x.Head() < last {
				t.Errorf("announced %d with %d saved and head %d, %v", last, saved, x.Head(), err)
			}
		})
		x.run().found()
		x.available("agt_amy", "agt_bob")
		x.arrive("int_1", "con_1")
		var all sync.WaitGroup
		for who := range 5 {
			all.Go(func() {
				for i := range 20 {
					if err := x.Do(context.Background(), message("con_1", fmt.Sprint(who, " ", i))); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if err := x.stop(); err != nil {
			t.Fatal(err)
		}
		saved, told := x.log(), x.told.entries()
		if len(saved) != len(told) {
			t.Fatalf("%d log rows saved, %d announced", len(saved), len(told))
		}
		for i, e := range saved {
			if e.N != int64(i+1) {
				t.Fatalf("log row %d has number %d", i+1, e.N)
			}
			if fmt.Sprint(e) != fmt.Sprint(told[i]) {
				t.Fatalf("row %d is saved as %v, announced as %v", e.N, e, told[i])
			}
		}
		made := saved[slices.IndexFunc(saved, func(e parley.Entry) bool { return e.Kind == "offer_made" })]
		if made.Conversation != "con_1" || made.Interaction != "int_1" || made.Agent != "agt_amy" {
			t.Errorf("the offer's row names %s, %s, %s", made.Conversation, made.Interaction, made.Agent)
		}
	})
}

// TestRefusal refuses one command of a batch: it adds nothing, and its neighbors
// never notice.
func TestRefusal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		refuse := Command{Name: "refused", Plan: func(context.Context, View) (Plan, error) { return Plan{}, parley.ErrForbidden }}
		unknown := Command{Name: "routing refuses", Plan: func(context.Context, View) (Plan, error) {
			return Plan{Route: routing.Accept{Agent: "agt_amy", Offer: parley.OfferID{Interaction: "int_9", Attempt: 1}}}, nil
		}}
		head := x.Head()
		errs := x.send(message("con_1", "a"), refuse, unknown, message("con_2", "b"))
		if errs[0] != nil || errs[3] != nil {
			t.Errorf("the neighbors got %v and %v", errs[0], errs[3])
		}
		if !errors.Is(errs[1], parley.ErrForbidden) {
			t.Errorf("the plan's refusal: %v", errs[1])
		}
		var refusal *parley.Error
		if !errors.As(errs[2], &refusal) {
			t.Errorf("routing's refusal: %v", errs[2])
		}
		if got := x.Head() - head; got != 2 {
			t.Errorf("%d log rows were added, want 2", got)
		}
	})
}

// TestRepeat sends a message twice in one batch and once more: it is there once (M5, INV-15).
func TestRepeat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		errs := x.send(message("con_1", "same"), message("con_1", "same"))
		errs = append(errs, x.Do(t.Context(), message("con_1", "same")))
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
		c, err := s.View().Conversation(t.Context(), "con_1")
		if err != nil || c.LastSeq != 1 {
			t.Errorf("last seq %d, %v; want 1", c.LastSeq, err)
		}
	})
}

// TestTouch says that a plan reads the rows of an earlier command of its batch if
// it names what it reads.
func TestTouch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		sees := func(touch ...string) (c Command, seen *bool) {
			seen = new(bool)
			return Command{Name: "look", Touch: touch, Plan: func(ctx context.Context, v View) (Plan, error) {
				_, err := v.MessageSent(ctx, "con_1", "a")
				*seen = err == nil
				return Plan{}, nil
			}}, seen
		}
		other, byOther := sees("con_2")
		conversation, byConversation := sees("con_1")
		x.send(message("con_1", "a"), other, conversation)
		if *byOther || !*byConversation {
			t.Errorf("rows seen by one that touches con_2: %t, con_1: %t; want false, true", *byOther, *byConversation)
		}
	})
}

// TestHook says that a hook sees the rows of what it adds to, and that what it
// adds is in the same commit, also for what only time did.
func TestHook(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newTown(t, s)
		x.OnEvents(func(ctx context.Context, v View, es []routing.Event, r *store.Rows) error {
			for _, e := range es {
				if closed, ok := e.(routing.InteractionClosed); ok {
					i, err := v.Interaction(ctx, closed.Interaction)
					if err != nil {
						return err
					}
					r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Interaction: i.ID, Subject: "closed " + string(i.State)})
				}
			}
			return nil
		})
		x.run().found()
		x.available("agt_amy")
		x.arrive("int_1", "con_1")
		x.route(routing.Accept{Agent: "agt_amy", Offer: parley.OfferID{Interaction: "int_1", Attempt: 1}})
		x.route(routing.End{Agent: "agt_amy", Interaction: "int_1"})
		x.clock.set(storetest.Day.Add(time.Minute + time.Millisecond)) // wrap-up is over
		x.must(Plan{})
		if err := x.stop(); err != nil {
			t.Fatal(err)
		}
		log := x.log()
		last := log[len(log)-1]
		if last.Kind != parley.KindRecordChanged || last.Subject != "closed logged" || last.Conversation != "con_1" {
			t.Errorf("the last row is %+v", last)
		}
	})
}

// TestTranscript says that a closed interaction keeps the hash of its messages,
// those of the same commit too (INV-13).
func TestTranscript(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		x.available("agt_amy")
		x.arrive("int_1", "con_1")
		say := func(text string) func(*store.Rows, []routing.Event) {
			return func(r *store.Rows, _ []routing.Event) {
				r.Message(&parley.Message{
					ID: parley.MessageID("msg_" + text), Conversation: "con_1", Interaction: "int_1", Sender: parley.FromSystem,
					ClientID: text, Text: text, At: r.Now(),
				})
			}
		}
		x.must(Plan{Rows: say("hello")})
		x.must(Plan{Route: routing.CustomerLeave{Interaction: "int_1"}, Rows: say("customer_left")})
		var sealed [2]string
		for i := range sealed {
			got, err := s.View().Interaction(t.Context(), "int_1")
			if err != nil || !got.State.Final() {
				t.Fatalf("%s, %v", got.State, err)
			}
			sum, err := s.View().TranscriptHash(t.Context(), "int_1")
			if err != nil {
				t.Fatal(err)
			}
			if kept, err := s.View().Seal(t.Context(), "int_1"); err != nil || kept != sum {
				t.Errorf("the hash kept is %q, %v; the transcript's is %q", kept, err, sum)
			}
			sealed[i] = sum
			x.must(Plan{Rows: say(fmt.Sprint("line ", i, " after the end"))})
		}
		if sealed[0] == sealed[1] {
			t.Error("another line left the hash as it was")
		}
	})
}

// TestDeadline says that accepting wins up to and including the deadline, by the
// time of coming in, and loses a millisecond later (OFR-04, E1, INV-10).
func TestDeadline(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		x.available("agt_amy")
		accept := func(i parley.InteractionID) error {
			return x.do(Plan{Route: routing.Accept{Agent: "agt_amy", Offer: parley.OfferID{Interaction: i, Attempt: 1}}})
		}
		x.arrive("int_1", "con_1")
		x.clock.set(storetest.Day.Add(30 * time.Second))
		if err := accept("int_1"); err != nil {
			t.Errorf("at the deadline: %v", err)
		}
		x.arrive("int_2", "con_2")
		x.clock.set(storetest.Day.Add(time.Minute + time.Millisecond))
		if err := accept("int_2"); !errors.Is(err, parley.ErrOfferExpired) {
			t.Errorf("a millisecond later: %v, want %v", err, parley.ErrOfferExpired)
		}
	})
}

// TestClockSteps says that a center's time never goes back, and that a clock that
// does expires nothing (R-30, M6).
func TestClockSteps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		x.available("agt_amy")
		x.clock.set(storetest.Day.Add(time.Hour))
		x.arrive("int_1", "con_1")
		x.clock.set(storetest.Day.Add(-time.Hour))
		x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.Entry(parley.Entry{Kind: parley.KindConfigChanged}) }})
		if err := x.stop(); err != nil {
			t.Fatal(err)
		}
		y := newTown(t, s) // a new process, its clock behind
		y.clock.set(storetest.Day.Add(-time.Hour))
		y.run().must(Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.Entry(parley.Entry{Kind: parley.KindConfigChanged}) }})
		var last time.Time
		for _, e := range x.log() {
			if e.At.Before(last) {
				t.Fatalf("row %d (%s) is of %s, after one of %s", e.N, e.Kind, e.At, last)
			}
			last = e.At
		}
		if n := x.told.kinds()["offer_ended"]; n != 0 {
			t.Errorf("%d offers ended", n)
		}
	})
}

// TestAsk reads the router's memory as it is between two batches.
func TestAsk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		x.available("agt_bob")
		var base parley.Presence
		err := x.Ask(t.Context(), func(state *routing.State) {
			a, _ := state.Agent("agt_bob")
			base = a.Base
		})
		if err != nil || base != parley.Available {
			t.Errorf("bob is %q, %v", base, err)
		}
	})
}

// TestBulk does bulk work in pieces; a live command that comes in goes first.
func TestBulk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		var order []string // the writer's goroutine only
		note := func(what string) (Plan, error) {
			order = append(order, what)
			return Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: what})
			}}, nil
		}
		var live *call
		piece := 0
		err := x.Bulk(t.Context(), func(context.Context, View) (Plan, bool, error) {
			piece++
			if piece == 1 {
				var err error
				live, err = x.enter(Command{Name: "live", Plan: func(context.Context, View) (Plan, error) { return note("live") }})
				if err != nil {
					return Plan{}, false, err
				}
			}
			plan, err := note(fmt.Sprint("piece ", piece))
			return plan, piece < 3, err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := x.wait(t.Context(), live); err != nil {
			t.Fatal(err)
		}
		if want := []string{"piece 1", "live", "piece 2", "piece 3"}; !slices.Equal(order, want) {
			t.Errorf("done: %v, want %v", order, want)
		}
	})
}

// TestRestart withdraws what was pending when the process ended (P17b).
func TestRestart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		x.available("agt_amy")
		x.arrive("int_1", "con_1")
		if err := x.stop(); err != nil {
			t.Fatal(err)
		}
		y := newTown(t, s).run()
		y.must(Plan{})
		if err := y.stop(); err != nil {
			t.Fatal(err)
		}
		if n := y.told.kinds(); n["restarted"] != 1 || n["offer_ended"] != 1 {
			t.Errorf("after the start: %v", n)
		}
		if err := x.do(Plan{}); !errors.Is(err, parley.ErrStorageUnavailable) {
			t.Errorf("a ledger that has ended answers %v", err)
		}
	})
}
