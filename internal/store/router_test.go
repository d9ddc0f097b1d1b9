package store_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

var (
	agents        = []parley.AgentID{"agt_amy", "agt_bob", "agt_sam"}
	queues        = []parley.QueueID{"que_sales", "que_support"}
	conversations = []parley.ConversationID{"con_1", "con_2", "con_3", "con_4"}
)

// town is a center, its router, and a way to do anything in it.
type town struct {
	t     *rapid.T
	s     *store.Store
	live  *routing.State
	now   time.Time
	known []parley.InteractionID
	log   []routing.Event
}

// TestStoreRemembersTheRouter loads the router from the database after every
// step of a random day, and expects it as it is in memory.
func TestStoreRemembersTheRouter(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		if dsn[0] != '/' {
			days(t, "15") // a schema takes its time
		}
		rapid.Check(t, func(rt *rapid.T) {
			fresh := storetest.SQLite(t)
			if dsn[0] != '/' {
				fresh = storetest.Postgres(t)
			}
			s, err := store.Open(t.Context(), fresh, store.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			defer func() { _ = s.Close() }() // what it should have kept has been compared
			newTown(t, rt, s).day()
		})
	})
}

// days sets how many random days there are, until the test ends.
func days(t *testing.T, n string) {
	t.Helper()
	old := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", n); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", old) })
}

func newTown(t *testing.T, rt *rapid.T, s *store.Store) *town {
	storetest.Lead(t, s, "test")
	x := &town{t: rt, s: s, live: routing.New(), now: storetest.Day}
	storetest.Save(t, s, x.now, func(r *store.Rows) {
		storetest.Group(r)
		for _, a := range agents {
			storetest.Agent(r, a)
		}
		for _, q := range queues {
			storetest.Queue(r, q)
		}
		storetest.EntryPoint(r, queues[0])
		for _, c := range conversations {
			storetest.Conversation(r, c)
		}
	})
	x.do(routing.SaveSettings{Settings: routing.DefaultSettings()})
	for _, a := range agents {
		x.do(routing.SaveAgent{Agent: storetest.AgentConfig(a)})
	}
	for _, q := range queues {
		x.do(routing.SaveQueue{Queue: storetest.QueueConfig(q)})
		for i, a := range agents {
			x.do(routing.SaveMemberships{Memberships: []parley.Membership{
				{Agent: a, Queue: q, Level: 10 * (i + 1), Assigned: true, Enabled: true},
			}})
		}
	}
	return x
}

// day does anything, in any order.
func (x *town) day() {
	for range rapid.IntRange(10, 60).Draw(x.t, "steps") {
		if rapid.Bool().Draw(x.t, "wait") {
			x.wait(time.Duration(rapid.IntRange(1, 90_000).Draw(x.t, "ms")) * time.Millisecond)
		}
		x.do(x.command())
	}
}

func (x *town) wait(d time.Duration) {
	x.now = x.now.Add(d)
	if next := x.live.Next(); !next.IsZero() && next.Before(x.now) {
		x.do(routing.Tick{})
	}
}

// do gives the router a command, saves what follows, and loads it again.
func (x *town) do(cmd routing.Command) {
	events, err := x.live.Apply(x.now, cmd)
	if err != nil {
		return // a refusal changes nothing
	}
	x.log = append(x.log, events...)
	tx, err := x.s.Begin(x.t.Context())
	if err != nil {
		x.t.Fatal(err)
	}
	tx.Rows(x.now).Events(events)
	if _, err := tx.Commit(x.t.Context()); err != nil {
		_ = tx.Rollback() // the error that counts is told
		x.t.Fatalf("%T: %v\n%s", cmd, err, shown(events))
	}
	saved, err := x.s.View().LoadRouter(x.t.Context())
	if err != nil {
		x.t.Fatal(err)
	}
	if got, want := shown(saved), shown(x.live.Snapshot()); got != want {
		x.t.Fatalf("after %T at %s\n%s\n%s", cmd, x.now, shown(events), differ(got, want))
	}
}

// shown writes v so that two of the same kind can be compared: an empty list is
// as good as none.
func shown(v any) string {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err.Error()
	}
	return strings.ReplaceAll(string(b), ": null", ": []")
}

// differ returns the lines of two texts that are not the same.
func differ(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	if len(g) != len(w) {
		return "the database has " + got + "\nthe router has " + want
	}
	var b strings.Builder
	for i := range g {
		if g[i] != w[i] {
			fmt.Fprintf(&b, "line %d: the database has %s, the router %s\n", i, g[i], w[i])
		}
	}
	return b.String() + got
}

// command draws something that somebody could ask for.
func (x *town) command() routing.Command {
	draw := func(what string, n int) int { return rapid.IntRange(0, n-1).Draw(x.t, what) }
	agent := agents[draw("agent", len(agents))]
	other := agents[draw("other", len(agents))]
	queue := queues[draw("queue", len(queues))]
	conversation := conversations[draw("conversation", len(conversations))]
	i := parley.InteractionID("int_none")
	if len(x.known) > 0 {
		i = x.known[len(x.known)-1-draw("interaction", min(len(x.known), 5))]
	}
	state, _ := x.live.Interaction(i)
	if state.Agent != "" && rapid.Bool().Draw(x.t, "owner") {
		agent = state.Agent
	}
	if o := x.live.Offers(i); len(o) > 0 && state.State == parley.Offering {
		agent = o[len(o)-1].Agent
	}
	offer := parley.OfferID{Interaction: i, Attempt: max(1, state.Attempts)}
	fresh := parley.InteractionID(fmt.Sprintf("int_%03d", len(x.known)+1))
	status := []parley.Presence{parley.Available, parley.OnBreak, parley.WorkOffline}[draw("status", 3)]
	yes := rapid.Bool().Draw(x.t, "yes")
	config := storetest.AgentConfig(agent)
	config.Enabled, config.Capacity, config.CodeRequired = draw("enabled", 10) > 0, 1+draw("capacity", 3), yes
	if yes {
		config.AutoReturn = time.Minute
	}
	line := storetest.QueueConfig(queue)
	line.MaxWait = time.Duration(draw("max_wait", 3)) * 40 * time.Second
	line.OnMaxWait = []parley.QueueAction{parley.QueueWait, parley.QueueOfflineForm, parley.QueueOverflow}[draw("action", 3)]
	line.Overflow = queues[0]
	settings := routing.DefaultSettings()
	settings.MaxParallel, settings.BusyMenuDeferred, settings.WrapUpCounts = 1+draw("parallel", 2), yes, yes
	settings.TransferUnstaffed = "warn"
	arrive := routing.Arrive{
		Interaction: fresh, Conversation: conversation, Queue: queue, Web: true, Priority: 40 + draw("priority", 20),
		QueueGrace: 20 * time.Second, CustomerGrace: time.Minute, Prefer: other, PreferFor: 10 * time.Second,
	}
	if !yes {
		arrive.Prefer, arrive.PreferFor = "", 0
		arrive.Required = []routing.Requirement{{Skill: "skl_french", Level: 10}}
		config.Skills = map[parley.SkillID]int{"skl_french": 50}
	}
	commands := []routing.Command{
		routing.SaveAgent{Agent: config},
		routing.SaveQueue{Queue: line},
		routing.SaveSettings{Settings: settings},
		routing.SaveMemberships{Memberships: []parley.Membership{
			{Agent: agent, Queue: queue, Level: 50, Assigned: draw("assigned", 5) > 0, Enabled: yes},
		}},
		routing.Login{Agent: agent}, routing.LinkUp{Agent: agent}, routing.SetStatus{Agent: agent, Status: parley.Available},
		routing.Login{Agent: other}, routing.LinkUp{Agent: other}, routing.SetStatus{Agent: other, Status: parley.Available},
		routing.Logout{Agent: agent},
		routing.SetStatus{Agent: agent, Status: status, Code: "stc_lunch"},
		routing.SetStatus{Agent: agent, Status: status, By: other},
		routing.StopNew{Agent: agent}, routing.Resume{Agent: agent}, routing.ForceLogout{Agent: agent, By: other},
		routing.LinkLost{Agent: agent},
		arrive, arrive, arrive,
		routing.Accept{Agent: agent, Offer: offer}, routing.Accept{Agent: agent, Offer: offer},
		routing.Accept{Agent: agent, Offer: offer}, routing.Reject{Agent: agent, Offer: offer},
		routing.CustomerLeave{Interaction: i}, routing.SkipQueue{Interaction: i},
		routing.CustomerLost{Interaction: i}, routing.CustomerBack{Interaction: i},
		routing.End{Agent: agent, Interaction: i}, routing.End{Agent: agent, Interaction: i},
		routing.SetComplete{Interaction: i, Complete: yes},
		routing.View{Agent: agent, Interaction: i}, routing.Dismiss{Agent: agent, Interaction: i},
		routing.Finish{Agent: agent, Interaction: i},
		routing.ExtendWrapUp{Agent: agent, Interaction: i, By: time.Minute, Max: time.Hour},
		routing.TransferToQueue{Agent: agent, Interaction: i, New: fresh, Queue: queue, Anyway: true},
		routing.TransferToAgent{Agent: agent, Interaction: i, New: fresh, To: other},
		routing.Close{Interaction: i, By: other},
		routing.Restart{}, routing.RemoveQueue{Queue: queue},
	}
	cmd := commands[draw("command", len(commands))]
	switch cmd.(type) {
	case routing.Arrive, routing.TransferToQueue, routing.TransferToAgent:
		x.known = append(x.known, fresh)
	}
	return cmd
}
