package center

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/files"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/reserve"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/internal/verify"
)

// hand is a clock that a test sets.
type hand struct {
	mu   sync.Mutex // guards the rest
	now  time.Time
	step time.Duration // passes whenever somebody looks
}

func (h *hand) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(h.step)
	return h.now
}

// ticks lets time pass by itself, or not.
func (h *hand) ticks(step time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.step = step
}

func (h *hand) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// The people of the town.
var (
	amy   = parley.Actor{Agent: "agt_amy", Group: "grp_desk", Role: parley.RoleAgent, Preset: parley.PresetWorkspace, Session: "ses_amy"}
	bob   = parley.Actor{Agent: "agt_bob", Group: "grp_desk", Role: parley.RoleAgent, Preset: parley.PresetWorkspace, Session: "ses_bob"}
	carol = parley.Actor{Agent: "agt_carol", Group: "grp_console", Role: parley.RoleAgent, Preset: parley.PresetConsole, Session: "ses_carol"}
	sam   = parley.Actor{Agent: "agt_sam", Group: "grp_desk", Role: parley.RoleSupervisor, Preset: parley.PresetWorkspace, Session: "ses_sam"}
	ada   = parley.Actor{Agent: "agt_ada", Group: "grp_desk", Role: parley.RoleAdmin, Preset: parley.PresetWorkspace, Session: "ses_ada"}
	key   = parley.Actor{Key: "key_1", Scopes: []parley.Permission{parley.MaySupervise}}
)

// town is a center with amy, bob, carol, sam and ada; the queues support (a
// minute of wrap-up), quick (none) and billing (a code is required); a widget
// that is always open and one that never is.
type town struct {
	*Center
	t       *testing.T
	dsn     string
	s       *store.Store
	l       *ledger.Ledger
	clock   *hand
	stop    func()
	mu      sync.Mutex // guards log
	arrived *sync.Cond
	log     []parley.Entry
	clients atomic.Int64

	networks map[string]channel.Channel
	shelves  *files.Cabinet
	disk     *storetest.Disk // nil: never full
}

func each(t *testing.T, f func(t *testing.T, x *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		x := &town{t: t, dsn: dsn, clock: &hand{now: storetest.Day}, networks: tins}
		x.start()
		f(t, x)
	})
}

func (x *town) start() {
	x.t.Helper()
	x.arrived = sync.NewCond(&x.mu)
	x.open()
	x.found()
}

// reopened opens a center that is there.
func (x *town) reopened() {
	x.t.Helper()
	x.arrived = sync.NewCond(&x.mu)
	x.open()
	x.do("after the restart", nil)
}

// open opens the center's store and lets its ledger run.
func (x *town) open() {
	x.t.Helper()
	options, room := store.Options{}, (*reserve.File)(nil)
	if x.disk != nil {
		options.Inject, room = x.disk.Inject, reserve.New(x.disk.Room, storetest.RoomBytes)
	}
	s, err := store.Open(x.t.Context(), x.dsn, options)
	x.must(err)
	l, err := ledger.Open(x.t.Context(), s, ledger.Options{Clock: x.clock, Log: slog.New(slog.DiscardHandler), Owner: "town", Reserve: room})
	x.must(err)
	x.s, x.l = s, l
	x.Center, err = New(x.t.Context(), Rooms{
		Ledger: l, Store: s, Records: records.New(l, s, x.clock), Clock: x.clock, Log: slog.New(slog.DiscardHandler),
		Channels: x.networks, Seal: testSeal, Files: x.shelf(),
	})
	x.must(err)
	l.Subscribe(func(batch []parley.Entry) {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.log = append(x.log, batch...)
		x.arrived.Broadcast()
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- l.Run(ctx) }()
	x.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			x.t.Errorf("the ledger ended: %v", err)
		}
		broken, err := verify.Verify(context.Background(), s)
		if err != nil {
			x.t.Errorf("verify: %v", err)
		}
		for _, v := range broken {
			x.t.Errorf("verify: %+v", v)
		}
		if err := s.Close(); err != nil {
			x.t.Errorf("close: %v", err)
		}
	})
	x.t.Cleanup(func() { x.stop() })
}

// reopen ends the server and starts it again.
func (x *town) reopen() {
	x.stop()
	x.open()
	x.do("after the restart", nil)
}

// news waits until all that was committed has been announced, and returns what
// came since from.
func (x *town) news(from int64) []parley.Entry {
	head := x.l.Head()
	x.mu.Lock()
	defer x.mu.Unlock()
	for len(x.log) == 0 && head > 0 || len(x.log) > 0 && x.log[len(x.log)-1].N < head {
		x.arrived.Wait()
	}
	var out []parley.Entry
	for _, e := range x.log {
		if e.N > from {
			out = append(out, e)
		}
	}
	return out
}

func (x *town) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

// refuses asserts that err is a refusal with a code.
func (x *town) refuses(err error, want *parley.Error) {
	x.t.Helper()
	if !errors.Is(err, want) {
		x.t.Fatalf("err = %v, want %s", err, want.Code)
	}
}

// do commits rows and asks routing, as the office would.
func (x *town) do(name string, rows func(r *store.Rows), routes ...routing.Command) {
	x.t.Helper()
	x.must(x.l.Do(x.t.Context(), ledger.Command{
		Name: name,
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			plan := ledger.Plan{Routes: routes}
			if rows != nil {
				plan.Rows = func(r *store.Rows, _ []routing.Event) { rows(r) }
			}
			return plan, nil
		},
	}))
	x.news(0)
}

// route asks routing, which may refuse.
func (x *town) route(cmd routing.Command) error {
	return x.l.Do(x.t.Context(), ledger.Command{
		Name: "test",
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) { return ledger.Plan{Route: cmd}, nil },
	})
}

func queueOf(id parley.QueueID, wrap time.Duration) parley.Queue {
	return parley.Queue{
		ID: id, Name: "Queue " + string(id[4:]), Enabled: true, Priority: 5, Policy: parley.PolicyLoadThenIdle,
		Requeue: "original_time", AcceptInterval: 30 * time.Second, WrapUp: wrap, OnMaxWait: parley.QueueWait,
		OnFull: parley.QueueWait, NoAgents: parley.QueueWait, OnClose: parley.QueueDrain,
		SLAPercent: 80, SLATime: time.Minute, ReplyTarget: time.Minute, WaitText: "One moment", WaitTextFR: "Un moment",
	}
}

func (x *town) found() {
	agents := []parley.Agent{
		{ID: amy.Agent, Group: "grp_desk", Login: "amy", DisplayName: "Amy", Role: parley.RoleAgent},
		{ID: bob.Agent, Group: "grp_desk", Login: "bob", DisplayName: "Bob", Role: parley.RoleAgent},
		{ID: carol.Agent, Group: "grp_console", Login: "carol", DisplayName: "Carol", Role: parley.RoleAgent},
		{ID: sam.Agent, Group: "grp_desk", Login: "sam", DisplayName: "Sam", Role: parley.RoleSupervisor},
		{ID: ada.Agent, Group: "grp_desk", Login: "ada", DisplayName: "Ada", Role: parley.RoleAdmin},
	}
	queues := []parley.Queue{queueOf("que_support", time.Minute), queueOf("que_quick", 0), queueOf("que_billing", time.Minute)}
	x.do("found", func(r *store.Rows) {
		r.SaveCenter(store.Center{ID: "ctr_1", Name: "Town", Zone: "America/Toronto", CreatedAt: storetest.Day})
		r.SaveGroup(parley.Group{ID: "grp_desk", Name: "Desk", Preset: parley.PresetWorkspace, Default: true, Rev: 1})
		r.SaveGroup(parley.Group{ID: "grp_console", Name: "Console", Preset: parley.PresetConsole, Rev: 1})
		r.SaveStatusCode(parley.StatusCode{ID: "stc_lunch", Applies: "on_break", Name: "Lunch", NameFR: "Repas", Active: true, Rev: 1})
		for _, a := range agents {
			a.Enabled, a.Capacity, a.Language, a.CreatedAt, a.Rev = true, parley.DefaultCapacity, "en", storetest.Day, 1
			r.SaveAgent(a)
		}
		for _, q := range queues {
			r.SaveQueue(q)
		}
		r.SaveDispositionList(parley.DispositionList{
			ID: "dsl_outcome", Name: "Outcome", Required: true, Queues: []parley.QueueID{"que_billing"}, Rev: 1,
			Dispositions: []parley.Disposition{{ID: "dsp_paid", Name: "Paid", Active: true}, {ID: "dsp_late", Name: "Late", Active: true}},
		})
		r.SaveDispositionList(parley.DispositionList{
			ID: "dsl_tags", Name: "Tags", Multiple: true, Groups: []parley.GroupID{"grp_desk"}, Rev: 1,
			Dispositions: []parley.Disposition{{ID: "dsp_a", Name: "A", Active: true}, {ID: "dsp_b", Name: "B", Active: true}, {ID: "dsp_old", Name: "Old"}},
		})
		for _, e := range []parley.EntryPoint{
			{ID: "ent_support", Queue: "que_support"}, {ID: "ent_quick", Queue: "que_quick"}, {ID: "ent_billing", Queue: "que_billing"},
			{ID: "ent_center", Queue: "que_support", Channel: parley.SupportCenter},
			{ID: "ent_closed", Queue: "que_support", Script: parley.Script{Schedule: parley.Schedule{
				Zone: "UTC", Hours: []parley.Interval{{Day: time.Sunday, From: 60, To: 120}},
			}, Closed: parley.Text{EN: "We are closed"}}},
			{ID: "ent_form", Queue: "que_support", Script: parley.Script{
				Form: []parley.Field{{Name: "name", Required: true}, {Name: "email", Required: true}},
			}},
		} {
			if e.Channel == "" {
				e.Channel = parley.WebChat
			}
			e.Name, e.Enabled, e.Rev = string(e.ID), true, 1
			e.Script.SkipQueue, e.Script.OfflineForm, e.Script.Position, e.Script.CustomerEnd = true, e.ID != "ent_form", true, e.ID != "ent_form"
			r.SaveEntryPoint(e)
		}
	})
	routes := []routing.Command{routing.SaveSettings{Settings: routing.DefaultSettings()}}
	for _, q := range queues {
		routes = append(routes, routing.SaveQueue{Queue: routing.QueueConfig{
			ID: q.ID, Enabled: true, Priority: q.Priority, Policy: q.Policy, AcceptInterval: q.AcceptInterval, WrapUp: q.WrapUp,
			OnMaxWait: q.OnMaxWait, OnFull: q.OnFull, NoAgents: q.NoAgents, OnClose: q.OnClose, CodeRequired: q.ID == "que_billing",
		}})
	}
	for i, a := range agents {
		c := storetest.AgentConfig(a.ID)
		c.MayReject = a.ID == amy.Agent
		routes = append(routes, routing.SaveAgent{Agent: c})
		if i < 3 {
			for _, q := range queues {
				routes = append(routes, routing.SaveMemberships{Memberships: []parley.Membership{
					{Agent: a.ID, Queue: q.ID, Level: 90 - 10*i, Assigned: true, Enabled: true},
				}})
			}
		}
	}
	x.do("configure", nil, routes...)
}

// works signs somebody in and makes them available.
func (x *town) works(people ...parley.Actor) {
	x.t.Helper()
	for _, me := range people {
		x.must(x.route(routing.Login{Agent: me.Agent}))
		x.must(x.LinkUp(x.t.Context(), me.Agent))
		x.must(x.SetStatus(x.t.Context(), me, parley.Available, ""))
	}
	x.news(0)
}

// client returns a fresh client id.
func (x *town) client() string {

	return fmt.Sprintf("c%d", x.clients.Add(1))
}

func (x *town) words(text string) Words { return Words{ClientID: x.client(), Text: text} }

// visits begins a conversation and returns its visitor.
func (x *town) visits(e parley.EntryPointID, who parley.Visitor) parley.Actor {
	x.t.Helper()
	b, err := x.Begin(x.t.Context(), Contact{EntryPoint: e, ClientID: x.client(), Visitor: who})
	x.must(err)
	me, err := x.ResolveVisitor(x.t.Context(), b.Token)
	x.must(err)
	x.news(0)
	return me
}

// bea is a visitor nobody knows.
var bea = parley.Visitor{Name: "Bea", Question: "Where is my parcel?"}

// latest returns the newest interaction of a visitor's conversation.
func (x *town) latest(me parley.Actor) store.Interaction {
	x.t.Helper()
	rows, err := x.s.View().InteractionsOf(x.t.Context(), me.Visitor, 1)
	x.must(err)
	if len(rows) == 0 {
		x.t.Fatal("no interaction")
	}
	return rows[0]
}

// ringing returns the offer of a visitor's interaction.
func (x *town) ringing(me parley.Actor) parley.OfferID {
	x.t.Helper()
	i := x.latest(me)
	if i.Offer == nil {
		x.t.Fatalf("%s is %s, nobody is offered it", i.ID, i.State)
	}
	return parley.OfferID{Interaction: i.ID, Attempt: i.Offer.Attempt}
}

// served begins a conversation that its agent accepts.
func (x *town) served(agent parley.Actor, e parley.EntryPointID) (visitor parley.Actor, id parley.InteractionID) {
	x.t.Helper()
	visitor = x.visits(e, bea)
	offer := x.ringing(visitor)
	x.must(x.AcceptOffer(x.t.Context(), agent, offer))
	x.news(0)
	return visitor, offer.Interaction
}

// said returns the texts of a conversation, each with who said it.
func (x *town) said(visitor parley.Actor) []string {
	x.t.Helper()
	all, err := x.s.View().Messages(x.t.Context(), visitor.Visitor, 1<<40, 1000)
	x.must(err)
	var out []string
	for i, m := range all {
		if m.Seq != int64(i+1) {
			x.t.Fatalf("message %d has number %d", i+1, m.Seq)
		}
		out = append(out, string(m.Sender)+": "+m.Text)
	}
	return out
}

// later passes time and lets the alarm ring.
func (x *town) later(d time.Duration) {
	x.t.Helper()
	x.clock.pass(d)
	x.do("later", nil)
}

// together does a thing n times at the same time and returns each answer.
func (x *town) together(n int, do func(i int) error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			<-start
			errs[i] = do(i)
		})
	}
	close(start)
	group.Wait()
	return errs
}
