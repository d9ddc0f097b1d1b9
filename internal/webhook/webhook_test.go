package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/hook"
	"parley/internal/ledger"
	"parley/internal/netguard"
	"parley/internal/office"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/store"
	"parley/internal/store/storetest"
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

// got is a request that a program outside was sent.
type got struct {
	header http.Header
	body   []byte
	event  struct {
		ID, Type string
		Retry    int
		At       int64
		Data     json.RawMessage
	}
}

// town is a center with two conversations, and a program outside that is told.
type town struct {
	*Webhooks
	t      *testing.T
	clock  *hand
	ada    parley.Actor
	url    string
	got    chan got // 1000
	status chan int // 100: what it answers; none: 200
}

var testSeal, _ = seal.New(make([]byte, seal.KeyBytes))

func each(t *testing.T, f func(t *testing.T, x *town)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { f(t, open(t, s, netguard.Options{Loopback: true})) })
}

func open(t *testing.T, s *store.Store, guard netguard.Options) *town {
	t.Helper()
	x := &town{t: t, clock: &hand{now: storetest.Day}, got: make(chan got, 1000), status: make(chan int, 100)}
	l, err := ledger.Open(t.Context(), s, ledger.Options{Clock: x.clock})
	x.must(err)
	desk := office.New(l, s, x.clock, testSeal)
	server := httptest.NewServer(http.HandlerFunc(x.outside))
	t.Cleanup(server.Close)
	x.url = server.URL + "/in"
	x.Webhooks, err = New(t.Context(), Rooms{
		Ledger: l, Store: s, Clock: x.clock, Log: slog.New(slog.DiscardHandler), Seal: testSeal,
		Client: netguard.New(guard),
		Change: desk.Change,
	})
	x.must(err)
	x.wait = func(context.Context, time.Duration) error { return nil }
	x.ada = parley.Actor{Agent: "agt_ada", Role: parley.RoleAdmin}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := l.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the ledger: %v", err)
		}
	})
	running.Go(func() { _ = x.Run(ctx) })
	t.Cleanup(func() {
		stop()
		running.Wait()
	})
	x.found()
	return x
}

// outside is the program that is told.
func (x *town) outside(w http.ResponseWriter, r *http.Request) {
	g := got{header: r.Header}
	g.body, _ = io.ReadAll(r.Body)
	_ = json.Unmarshal(g.body, &g.event)
	x.got <- g
	select {
	case status := <-x.status:
		w.WriteHeader(status)
	default:
	}
}

func (x *town) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x *town) do(rows func(r *store.Rows), routes ...routing.Command) {
	x.t.Helper()
	x.must(x.Ledger.Do(x.t.Context(), ledger.Command{Name: "test", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		return ledger.Plan{Routes: routes, Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, nil
	}}))
}

// found makes the center: a queue, an entry point and the conversations of zoe
// and yan.
func (x *town) found() {
	x.t.Helper()
	x.do(func(r *store.Rows) {
		r.SaveQueue(parley.Queue{
			ID: "que_a", Name: "A", Enabled: true, Priority: 5, Policy: parley.PolicyIdle, AcceptInterval: time.Minute, Rev: 1,
		})
		r.SaveEntryPoint(parley.EntryPoint{ID: "ent_bot", Channel: parley.Open, Provider: "open", Name: "Bot", Queue: "que_a", Enabled: true, Rev: 1})
		r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "mail.maintenance", Value: `"ops@example.com"`})
		for _, name := range []string{"zoe", "yan"} {
			r.AddConversation(parley.Conversation{
				ID: parley.ConversationID("con_" + name), EntryPoint: "ent_bot", Channel: parley.Open, Address: parley.Address(name), ClientID: name,
				CreatedAt: r.Now(),
			}, name, r.Now())
		}
	}, routing.SaveQueue{Queue: routing.QueueConfig{ID: "que_a", Enabled: true, Priority: 5, Policy: parley.PolicyIdle, AcceptInterval: time.Minute}})
}

// says adds a message to somebody's conversation.
func (x *town) says(name, text string) {
	x.t.Helper()
	x.do(func(r *store.Rows) {
		id := parley.NewID("msg", r.Now())
		r.Message(&parley.Message{
			ID: parley.MessageID(id), Conversation: parley.ConversationID("con_" + name), Sender: parley.FromCustomer, ClientID: id, Text: text, At: r.Now(),
		})
	})
}

// webhook adds one for some types.
func (x *town) webhook(types ...string) Secret {
	x.t.Helper()
	s, err := x.Create(x.t.Context(), x.ada, Input{Name: "Bot", URL: x.url, Events: types, Enabled: true})
	x.must(err)
	return s
}

// next is the next thing that was told.
func (x *town) next() got {
	x.t.Helper()
	select {
	case g := <-x.got:
		return g
	case <-time.After(patience):
		x.t.Fatal("nothing is told")
		return got{}
	}
}

// until looks until a webhook's events are so.
func (x *town) until(id, what string, so func([]Told) bool) {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.t.Context(), patience)
	defer cancel()
	for {
		events, err := x.Events(ctx, x.ada, id, "", 100)
		if err != nil {
			x.t.Fatalf("never: %s: %v", what, err)
		}
		if so(events) {
			return
		}
		x.must(x.Ledger.Ask(ctx, func(*routing.State) {})) // the ledger has had its turn
	}
}

// settled waits until nothing waits any more.
func (x *town) settled(id string) (events []Told) {
	x.t.Helper()
	x.until(id, "nothing waits", func(all []Told) bool {
		events = all
		return !slices.ContainsFunc(all, func(e Told) bool { return e.State == store.EventWaiting })
	})
	return events
}

// later lets time pass, and what is due be looked at.
func (x *town) later(d time.Duration) {
	x.t.Helper()
	x.clock.pass(d)
	x.do(func(r *store.Rows) { r.OutboxSoon("nothing", "") }) // wakes whoever sends
}

// API-02, A-071: what happens is told, signed, in order, and its text is made when
// it is sent.
func TestTold(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		s := x.webhook(Types...)
		x.says("zoe", "Hi")
		x.do(func(*store.Rows) {}, routing.Arrive{Interaction: "int_1", Conversation: "con_zoe", Queue: "que_a"})
		var told []string
		for range 4 {
			g := x.next()
			told = append(told, g.event.Type)
			if !hook.Verify([]string{s.Secret}, g.header.Get(hook.Header), x.clock.Now(), g.body) {
				t.Errorf("A-071: %s is not signed", g.event.Type)
			}
			if !strings.HasPrefix(g.event.ID, "evt_") || g.event.Retry != 0 || g.event.At != parley.Millis(storetest.Day) {
				t.Errorf("API-02: the envelope is %+v", g.event)
			}
			if g.event.Type == Message && !strings.Contains(string(g.event.Data), `"text":"Hi"`) || !strings.Contains(string(g.event.Data), `"key":"zoe"`) {
				t.Errorf("API-02: it says %s", g.event.Data)
			}
		}
		if want := []string{Message, Conversation, Conversation, Queued}; !slices.Equal(told, want) {
			t.Errorf("API-02: told is %v, want %v", told, want)
		}
		for _, e := range x.settled(s.ID) {
			kept, err := x.Store.View().WebhookEvent(t.Context(), e.ID)
			x.must(err)
			if kept.Data != "{}" || kept.N == 0 || e.State != store.EventDelivered || e.Status != 200 {
				t.Errorf("API-02: only ids are kept: %+v", kept)
			}
		}
	})
}

// API-02: who joins, who leaves, where it goes, what is new.
func TestBodies(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		s := x.webhook(Members, Transfer, CaseCreated, Delivery)
		x.do(func(r *store.Rows) {
			r.Entry(parley.Entry{Kind: "accepted", Conversation: "con_zoe", Agent: "agt_amy"})
			r.Entry(parley.Entry{Kind: "interaction_transferred", Conversation: "con_zoe", Agent: "agt_amy", Data: []byte(`{"new":"int_2","queue":"que_b","done":true}`)})
			r.Entry(parley.Entry{Kind: "conversation_ended", Conversation: "con_zoe", Agent: "agt_amy", Data: []byte(`{"by":"agent"}`)})
			r.Entry(parley.Entry{Kind: "conversation_ended", Conversation: "con_zoe", Agent: "agt_amy", Data: []byte(`{"by":"customer"}`)})
			r.Entry(parley.Entry{Kind: parley.KindDeliveryChanged, Conversation: "con_zoe"})
			r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Conversation: "con_zoe", Subject: "cas_old"})
			r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Conversation: "con_zoe", Subject: "cas_none", Data: []byte(`{"new":true}`)})
		})
		for _, want := range []string{
			`"member":{"type":"agent","id":"agt_amy","joined":true}`,
			`"transfer":{"from":"agt_amy","new_interaction_id":"int_2","queue_id":"que_b","agent_id":"","done":true}`,
			`"member":{"type":"agent","id":"agt_amy","joined":false}`,
			`"member":{"type":"customer","joined":false}`,
			`"kind":"delivery_changed"`,
		} {
			if g := x.next(); !strings.Contains(string(g.event.Data), want) {
				t.Errorf("API-02: %s says %s, want %s", g.event.Type, g.event.Data, want)
			}
		}
		if last := x.settled(s.ID)[0]; last.Type != CaseCreated || last.State != store.EventDropped {
			t.Errorf("API-02: what was erased is told of no more: %+v", last)
		}
	})
}

// With nobody to tell, nothing is kept and nothing is read (API-02).
func TestNobodyIsTold(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		if x.wanted() {
			t.Error("somebody wants to be told")
		}
		s := x.webhook(Queued)
		x.says("zoe", "Hi")
		if events, err := x.Events(t.Context(), x.ada, s.ID, "", 10); err != nil || len(events) > 0 {
			t.Errorf("what nobody asked for is kept: %+v, %v", events, err)
		}
		v, err := x.Find(t.Context(), x.ada, s.ID)
		x.must(err)
		v.Enabled = false
		x.must(x.Save(t.Context(), x.ada, s.ID, v.Input))
		if x.wanted() {
			t.Error("one that is off wants to be told")
		}
	})
}

// two secrets sign while one takes the place of the other.
func TestRotation(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		first := x.webhook(Message)
		second, err := x.Renew(ctx, x.ada, first.ID)
		x.must(err)
		signs := func(secret string) bool {
			x.says("zoe", "Hi")
			g := x.next()
			return hook.Verify([]string{secret}, g.header.Get(hook.Header), x.clock.Now(), g.body)
		}
		if !signs(first.Secret) || !signs(second.Secret) || first.Secret == second.Secret {
			t.Error("A-071: both sign")
		}
		if v, err := x.Find(ctx, x.ada, first.ID); err != nil || !v.OldSecret {
			t.Errorf("A-071: it shows %+v, %v", v, err)
		}
		x.must(x.DropOld(ctx, x.ada, first.ID))
		if signs(first.Secret) || !signs(second.Secret) {
			t.Error("A-071: only the new one signs")
		}
	})
}

// a webhook whose secret no key opens any more is given another.
func TestRenewWithoutTheKey(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		s := x.webhook(Message)
		other, err := seal.New(seal.NewKey())
		x.must(err)
		x.Seal = other
		var refused *parley.Error
		if err := x.DropOld(ctx, x.ada, s.ID); !errors.As(err, &refused) || refused.Kind != parley.Invalid {
			t.Errorf("A-095: a secret that does not open stays, as the key may be found: %v", err)
		}
		fresh, err := x.Renew(ctx, x.ada, s.ID)
		x.must(err)
		x.says("zoe", "Hi")
		if g := x.next(); !hook.Verify([]string{fresh.Secret}, g.header.Get(hook.Header), x.clock.Now(), g.body) {
			t.Error("A-071: the new one does not sign")
		}
		if v, err := x.Find(ctx, x.ada, s.ID); err != nil || v.OldSecret {
			t.Errorf("A-095: what does not open counts as the secret of before: %+v, %v", v, err)
		}
	})
}
