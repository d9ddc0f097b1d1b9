package integration_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/center"
	"parley/internal/crm"
	"parley/internal/integration"
	"parley/internal/ledger"
	"parley/internal/office"
	"parley/internal/records"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/internal/verify"
)

// patience is when a test gives up on what must happen.
const patience = 2 * time.Minute

// hand is a clock that a test sets.
type hand struct {
	mu  sync.Mutex // guards now
	now time.Time
}

func (h *hand) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hand) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// tin is a CRM that does as a test says and keeps what it is told.
type tin struct {
	mu       sync.Mutex // guards the rest
	people   []crm.Record
	asked    []crm.Query
	order    []string           // ids of logs, as they were first written
	logs     map[string]crm.Log // as they stand
	writes   int                // calls to Log
	down     error              // what every call answers
	refuse   func(n int, l crm.Log) error
	stop     chan struct{}     // if set, a log waits here after it was written
	searches chan struct{}     // if set, a search waits here
	users    map[string]string // ids by address
	sought   []string          // addresses of users that were asked for
	noUsers  error             // what a question for a user is answered
}

func (c *tin) Spec() crm.Spec {
	return crm.Spec{
		Kind: "tin", Name: "Tin", Logs: "activity", Objects: []string{"contact", "account"},
		Fields: []crm.Field{{Name: "url", Required: true, Pattern: `^https://`}, {Name: "token", Secret: true, Instead: "key"}, {Name: "key", Secret: true, Fits: func(s string) bool { return s == "a key" }}},
	}
}

func (c *tin) Search(ctx context.Context, to crm.Connection, q crm.Query) ([]crm.Record, error) {
	c.mu.Lock()
	wait := c.searches
	c.mu.Unlock()
	if wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, q)
	if c.down != nil {
		return nil, c.down
	}
	if to.Secrets["token"] != "open sesame" {
		return nil, &crm.Error{Code: crm.Auth, Detail: "no"}
	}
	var out []crm.Record
	for _, p := range c.people {
		for _, has := range append(append([]string{}, p.Emails...), p.Phones...) {
			if has == q.Email || has == q.Phone || q.Social.Handle != "" && has == q.Social.Handle {
				out = append(out, p)
			}
		}
	}
	return out, nil
}

func (c *tin) Create(_ context.Context, _ crm.Connection, p crm.Prefill) (crm.Record, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.down != nil {
		return crm.Record{}, c.down
	}
	for _, had := range c.people {
		if len(had.Emails) > 0 && had.Emails[0] == p.Email && p.Email != "" {
			return crm.Record{}, &crm.Error{Code: crm.Duplicate}
		}
	}
	made := person(fmt.Sprintf("new%d", len(c.people)), p.LastName, p.Email, p.Phone)
	c.people = append(c.people, made)
	return made, nil
}

func (c *tin) Log(ctx context.Context, _ crm.Connection, l crm.Log) (crm.Ref, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writes++
	if c.down != nil {
		return crm.Ref{}, c.down
	}
	if c.refuse != nil {
		if err := c.refuse(c.writes, l); err != nil {
			return crm.Ref{}, err
		}
	}
	if c.logs == nil {
		c.logs = map[string]crm.Log{}
	}
	if _, again := c.logs[l.ID]; !again {
		c.order = append(c.order, l.Transaction)
	}
	c.logs[l.ID] = l
	if stop := c.stop; stop != nil {
		c.mu.Unlock()
		select {
		case stop <- struct{}{}:
		case <-ctx.Done():
		}
		<-ctx.Done()
		c.mu.Lock()
		return crm.Ref{}, ctx.Err()
	}
	return crm.Ref{Object: "activity", ID: l.ID}, nil
}

func (c *tin) User(_ context.Context, _ crm.Connection, email string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sought = append(c.sought, email)
	if c.down != nil {
		return "", c.down
	}
	return c.users[email], c.noUsers
}

func (c *tin) URL(_ crm.Connection, r crm.Ref, p crm.Prefill) string {
	if r.ID == "" {
		return "https://tin.example/new?email=" + p.Email + "&phone=" + p.Phone
	}
	return "https://tin.example/" + r.Object + "/" + r.ID
}

func (c *tin) Check(context.Context, crm.Connection) (crm.Health, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return crm.Health{Account: "Tin & Sons", User: "parley"}, c.down
}

// set changes what the CRM does.
func (c *tin) set(change func(c *tin)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(c)
}

// filed are the transactions that were logged, in order, and how often a log was
// written.
func (c *tin) filed() (order []string, logs []crm.Log, writes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range c.logs {
		logs = append(logs, l)
	}
	return append([]string{}, c.order...), logs, c.writes
}

func person(id, name string, reached ...string) crm.Record {
	return crm.Record{Ref: crm.Ref{Object: "contact", ID: id}, Name: name, Emails: reached[:1], Phones: reached[1:]}
}

var (
	amy = parley.Actor{Agent: "agt_amy", Group: "grp_desk", Role: parley.RoleAgent, Session: "ses_amy"}
	bob = parley.Actor{Agent: "agt_bob", Group: "grp_desk", Role: parley.RoleAgent, Session: "ses_bob"}
	ada = parley.Actor{Agent: "agt_ada", Group: "grp_desk", Role: parley.RoleAdmin, Session: "ses_ada"}
)

var testSeal, _ = seal.New(make([]byte, seal.KeyBytes))

// town is a center with amy, bob and ada, a queue without wrap-up, a widget and
// one connection to a tin.
type town struct {
	*integration.Integration
	t       *testing.T
	dsn     string
	s       *store.Store
	l       *ledger.Ledger
	center  *center.Center
	clock   *hand
	tin     *tin
	crm     string // the connection
	clients int
	stop    func()
}

func each(t *testing.T, f func(t *testing.T, x *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		x := &town{t: t, dsn: dsn, clock: &hand{now: storetest.Day}, tin: &tin{}}
		x.open()
		x.found()
		id, err := x.Connect(t.Context(), ada, tinned())
		x.must(err)
		x.crm = id
		x.clock.pass(time.Second)
		f(t, x)
	})
}

func tinned() integration.CRMInput {
	return integration.CRMInput{
		Kind: "tin", Name: "Our tin", Settings: map[string]string{"url": "https://tin.example"},
		Secrets: map[string]string{"token": "open sesame"}, Objects: []string{"contact"},
	}
}

func (x *town) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

// open opens the center and lets it run; stop ends it and verifies what it keeps.
func (x *town) open() {
	x.t.Helper()
	s, err := store.Open(context.Background(), x.dsn, store.Options{})
	x.must(err)
	quiet := slog.New(slog.DiscardHandler)
	l, err := ledger.Open(context.Background(), s, ledger.Options{Clock: x.clock, Log: quiet, Owner: "town"})
	x.must(err)
	x.s, x.l = s, l
	desk := office.New(l, s, x.clock, testSeal)
	x.center, err = center.New(x.t.Context(), center.Rooms{
		Ledger: l, Store: s, Records: records.New(l, s, x.clock), Clock: x.clock, Log: quiet, Seal: testSeal,
	})
	x.must(err)
	x.Integration, err = integration.New(context.Background(), integration.Rooms{
		Ledger: l, Store: s, Clock: x.clock, Log: quiet, Seal: testSeal, CRMs: map[string]crm.CRM{"tin": x.tin},
		Change: desk.Change,
	})
	x.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- l.Run(ctx) }()
	x.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			x.t.Errorf("the ledger ended: %v", err)
		}
		broken, err := verify.Verify(context.Background(), s)
		if err != nil || len(broken) > 0 {
			x.t.Errorf("verify: %v, %v", broken, err)
		}
		if err := s.Close(); err != nil {
			x.t.Errorf("close: %v", err)
		}
	})
	x.t.Cleanup(func() { x.stop() })
}

// reopen ends the server and starts it again.
func (x *town) reopen() {
	x.t.Helper()
	x.stop()
	x.open()
	x.do(func(*store.Rows) {})
}

func (x *town) do(rows func(r *store.Rows), routes ...routing.Command) {
	x.t.Helper()
	x.must(x.l.Do(x.t.Context(), ledger.Command{Name: "test", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		return ledger.Plan{Routes: routes, Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, nil
	}}))
}

func (x *town) found() {
	x.t.Helper()
	var routes []routing.Command
	x.do(func(r *store.Rows) {
		r.SaveCenter(store.Center{ID: "ctr_1", Name: "Town", Zone: "UTC", CreatedAt: storetest.Day})
		r.SaveGroup(parley.Group{ID: "grp_desk", Name: "Desk", Preset: parley.PresetWorkspace, Default: true, Rev: 1})
		for _, a := range []parley.Agent{
			{ID: amy.Agent, Login: "amy", DisplayName: "Amy", Email: "Amy@example.com", Role: parley.RoleAgent},
			{ID: bob.Agent, Login: "bob", DisplayName: "Bob", Role: parley.RoleAgent},
			{ID: ada.Agent, Login: "ada", DisplayName: "Ada", Role: parley.RoleAdmin},
		} {
			a.Group, a.Enabled, a.Capacity, a.Language, a.CreatedAt, a.Rev = "grp_desk", true, parley.DefaultCapacity, "en", storetest.Day, 1
			r.SaveAgent(a)
		}
		r.SaveQueue(parley.Queue{
			ID: "que_a", Name: "Support", Enabled: true, Priority: 5, Policy: parley.PolicyLoadThenIdle, AcceptInterval: time.Minute, Rev: 1,
			OnMaxWait: parley.QueueWait, OnFull: parley.QueueWait, NoAgents: parley.QueueWait, OnClose: parley.QueueDrain,
		})
		r.SaveEntryPoint(parley.EntryPoint{ID: "ent_site", Channel: parley.WebChat, Name: "Site", Queue: "que_a", Enabled: true, Rev: 1})
	})
	routes = append(routes, routing.SaveSettings{Settings: routing.DefaultSettings()}, routing.SaveQueue{Queue: routing.QueueConfig{
		ID: "que_a", Enabled: true, Priority: 5, Policy: parley.PolicyLoadThenIdle, AcceptInterval: time.Minute,
		OnMaxWait: parley.QueueWait, OnFull: parley.QueueWait, NoAgents: parley.QueueWait, OnClose: parley.QueueDrain,
	}})
	for _, me := range []parley.Actor{amy, bob} {
		routes = append(routes, routing.SaveAgent{Agent: storetest.AgentConfig(me.Agent)})
	}
	routes = append(routes, routing.SaveMemberships{Memberships: []parley.Membership{{Agent: amy.Agent, Queue: "que_a", Level: 50, Assigned: true, Enabled: true}}})
	x.do(func(*store.Rows) {}, routes...)
	x.do(func(*store.Rows) {}, routing.Login{Agent: amy.Agent})
	x.must(x.center.LinkUp(x.t.Context(), amy.Agent))
	x.must(x.center.SetStatus(x.t.Context(), amy, parley.Available, ""))
}

// rings begins a web chat, which rings at amy's.
func (x *town) rings(email string) parley.OfferID {
	x.t.Helper()
	x.clients++
	b, err := x.center.Begin(x.t.Context(), center.Contact{
		EntryPoint: "ent_site", ClientID: fmt.Sprintf("c%d", x.clients),
		Visitor: parley.Visitor{Name: "Zoe Day", Email: email, Question: "Where is my parcel?"},
	})
	x.must(err)
	me, err := x.center.ResolveVisitor(x.t.Context(), b.Token)
	x.must(err)
	all, err := x.s.View().InteractionsOf(x.t.Context(), me.Visitor, 1)
	x.must(err)
	if len(all) != 1 || all[0].Offer == nil {
		x.t.Fatalf("nothing rings: %+v", all)
	}
	return parley.OfferID{Interaction: all[0].ID, Attempt: all[0].Offer.Attempt}
}

// answered begins a web chat, which amy answers when she sees what was found.
func (x *town) answered(email string, so func(k integration.CRMKnown) bool) integration.CRMKnown {
	x.t.Helper()
	o := x.rings(email)
	k := x.until(o.Interaction, "an answer about "+email, so)
	x.must(x.center.AcceptOffer(x.t.Context(), amy, o))
	return k
}

// ends lets amy end a conversation, which is its close: there is no wrap-up.
func (x *town) ends(id parley.InteractionID) {
	x.t.Helper()
	x.must(x.center.End(x.t.Context(), amy, id))
	i, err := x.s.View().Interaction(x.t.Context(), id)
	x.must(err)
	if i.State == parley.WrapUp {
		x.must(x.center.Finish(x.t.Context(), amy, id))
	}
}

// serves is a conversation from its first word to its end.
func (x *town) serves(email string) parley.InteractionID {
	x.t.Helper()
	o := x.rings(email)
	x.must(x.center.AcceptOffer(x.t.Context(), amy, o))
	x.clients++
	_, err := x.center.Send(x.t.Context(), amy, o.Interaction, center.Words{ClientID: fmt.Sprintf("m%d", x.clients), Text: "It is on its way"})
	x.must(err)
	x.ends(o.Interaction)
	return o.Interaction
}

// knows is what amy sees of an interaction in the tin.
func (x *town) knows(id parley.InteractionID) integration.CRMKnown {
	x.t.Helper()
	all, err := x.Knows(x.t.Context(), amy, id)
	x.must(err)
	if len(all) != 1 {
		x.t.Fatalf("amy sees %+v", all)
	}
	return all[0]
}

// until waits until amy sees of an interaction what must come.
func (x *town) until(id parley.InteractionID, what string, so func(k integration.CRMKnown) bool) integration.CRMKnown {
	x.t.Helper()
	return await(x, what, func() (integration.CRMKnown, bool) {
		k := x.knows(id)
		return k, so(k)
	})
}

// await asks until something is so.
func await[T any](x *town, what string, so func() (T, bool)) T {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.t.Context(), patience)
	defer cancel()
	for {
		got, ok := so()
		if ok {
			return got
		}
		if ctx.Err() != nil {
			x.t.Fatalf("never: %s: %+v", what, got)
		}
		x.must(x.l.Ask(context.Background(), func(*routing.State) {})) // the ledger has had its turn
	}
}

// later lets time pass, and what is due be looked at.
func (x *town) later(d time.Duration) {
	x.t.Helper()
	x.clock.pass(d)
	x.do(func(r *store.Rows) { r.OutboxSoon("nothing", "") }) // wakes whoever pushes
}

func (x *town) asked() integration.Asked { return integration.Asked{Connection: x.crm} }

func found(k integration.CRMKnown) bool   { return k.State == store.CRMFound }
func posted(k integration.CRMKnown) bool  { return k.Log != nil && k.Log.State == store.CRMPosted }
func missing(k integration.CRMKnown) bool { return k.State == store.CRMUnavailable }
func failed(k integration.CRMKnown) bool  { return k.Log != nil && k.Log.State == store.CRMFailed }
