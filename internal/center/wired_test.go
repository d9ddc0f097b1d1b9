package center

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// wire is a network of this room's tests: it speaks HTTP, and does what a test
// says a network does.
type wire struct {
	tin
	client *http.Client
	url    string
	mu     sync.Mutex // guards the rest
	phone  []string   // what arrived on the customer's phone, in order
	mood   func(text string) (after string)
	known  map[string]parley.Status // what Resolve finds, by ref
	can    channel.Spec
	hook   string // where it was last asked to report to

	meanwhile func() // happens while a call is on its way
}

// parcel is a message as it goes over the wire.
type parcel struct{ Ref, To, Text string }

func newWire(t *testing.T) *wire {
	w := &wire{}
	s := httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(s.Close)
	w.client, w.url = s.Client(), s.URL
	return w
}

// afresh forgets what happened on it.
func (w *wire) afresh() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.phone, w.mood, w.meanwhile, w.known = nil, nil, nil, map[string]parley.Status{}
	w.can = channel.Spec{
		Provider: "wire", Channels: []parley.Channel{parley.WhatsApp}, Limit: 20, Unit: channel.CodePoints, Key: parley.KeyPhone,
		Window: 24 * time.Hour, Receipts: true, NewCustomer: "form",
	}
}

func (w *wire) Spec() channel.Spec {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.can
}

// does changes what the network can do.
func (w *wire) does(change func(s *channel.Spec)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(&w.can)
}

// serve is the network's own end.
func (w *wire) serve(out http.ResponseWriter, in *http.Request) {
	body, _ := io.ReadAll(in.Body)
	var p parcel
	_ = json.Unmarshal(body, &p)
	w.mu.Lock()
	meanwhile := w.meanwhile
	w.mu.Unlock()
	if meanwhile != nil {
		meanwhile()
	}
	w.mu.Lock()
	mood := ""
	if w.mood != nil {
		mood = w.mood(p.Text)
	}
	if mood == "" || mood == "lost" || mood == "torn" || mood == "hidden" {
		w.phone = append(w.phone, p.Text)
	}
	w.mu.Unlock()
	switch mood {
	case "":
		_, _ = fmt.Fprintf(out, `{"id":"wam.%s"}`, p.Ref)
	case "lost": // it took effect, and the answer never comes
		panic(http.ErrAbortHandler)
	case "torn": // reset in the middle of the body
		out.Header().Set("Content-Length", "100")
		_, _ = out.Write([]byte(`{"id":`))
		panic(http.ErrAbortHandler)
	case "hidden":
		_, _ = out.Write([]byte(`{"error":"something"}`))
	case "throttled":
		out.Header().Set("Retry-After", "30")
		out.WriteHeader(http.StatusTooManyRequests)
	default:
		out.WriteHeader(map[string]int{"away": 500, "auth": 401, "config": 404}[mood])
	}
}

func (w *wire) Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (string, error) {
	w.mu.Lock()
	w.hook = from.Setting("status_callback")
	w.mu.Unlock()
	body, _ := json.Marshal(parcel{channel.Ref(m), string(m.To[0].Value), m.Text})
	req, err := http.NewRequestWithContext(ctx, "POST", w.url, strings.NewReader(string(body)))
	if err != nil {
		return "", err
	}
	answer, err := channel.Call(w.client, req)
	if err != nil {
		return "", err
	}
	var got struct{ ID string }
	if json.Unmarshal(answer.Body, &got) != nil || got.ID == "" || answer.Status != 200 {
		return "", answer.Failed()
	}
	return got.ID, nil
}

func (w *wire) Resolve(_ context.Context, _ parley.EntryPoint, m parley.Outbound) (parley.Status, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, ok := w.known[channel.Ref(m)]
	return s, ok, nil
}

func (w *wire) feels(mood func(string) string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mood = mood
}

func (w *wire) read() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.phone)
}

const zoes = "+12065551234"

// wired is a town with amy serving a customer on the wire.
func wired(t *testing.T, f func(t *testing.T, x *town, w *wire, id parley.InteractionID)) {
	t.Helper()
	w := newWire(t)
	wiredBy(t, w, w, f)
}

// wiredBy is one on a network that can do more.
func wiredBy(t *testing.T, w *wire, more channel.Channel, f func(t *testing.T, x *town, w *wire, id parley.InteractionID)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		w.afresh()
		x := &town{t: t, dsn: dsn, clock: &hand{now: storetest.Day}, networks: map[string]channel.Channel{"wire": more}}
		x.start()
		x.wire()
		x.works(amy)
		f(t, x, w, x.serves(zoes))
	})
}

// wire adds the entry point on the wire.
func (x *town) wire() {
	x.t.Helper()
	x.do("wire", func(r *store.Rows) {
		r.SaveEntryPoint(parley.EntryPoint{
			ID: "ent_wire", Channel: parley.WhatsApp, Provider: "wire", Name: "Wire", Address: "+15550009", Queue: "que_support",
			Enabled: true, Rev: 1, Sealed: testSeal.Secrets("ent_wire", map[string]string{"token": "t0ken"}),
		})
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "ent_wire"})
	})
}

// serves lets a customer write and amy accept them.
func (x *town) serves(number string) parley.InteractionID {
	x.t.Helper()
	x.brings("ent_wire", says(number, "in."+number, "Hi"))
	offer := x.ringing(x.talkOf("ent_wire", phone(number)))
	x.must(x.AcceptOffer(x.t.Context(), amy, offer))
	return offer.Interaction
}

func (x *town) writes(id parley.InteractionID, text string) parley.MessageID {
	x.t.Helper()
	sent, err := x.Send(x.t.Context(), amy, id, Words{ClientID: x.client(), Text: text})
	x.must(err)
	return sent.ID
}

// patience is when a test that waits for what never comes ends.
const patience = time.Minute

// soon waits until something holds.
func (x *town) soon(what string, holds func() bool) {
	x.t.Helper()
	late, cancel := context.WithTimeout(x.t.Context(), patience)
	defer cancel()
	for !holds() {
		if late.Err() != nil {
			x.t.Fatalf("not after %s: %s", patience, what)
		}
		time.Sleep(time.Millisecond)
	}
}

// stands waits until a message stands as wanted.
func (x *town) stands(id parley.MessageID, want parley.DeliveryState, code string) parley.Message {
	x.t.Helper()
	late, cancel := context.WithTimeout(x.t.Context(), patience)
	defer cancel()
	defer context.AfterFunc(late, x.arrived.Broadcast)()
	x.mu.Lock()
	defer x.mu.Unlock()
	for {
		m, err := x.s.View().Message(x.t.Context(), id)
		x.must(err)
		if m.Delivery != nil && m.Delivery.State == want && m.Delivery.Code == code {
			return m
		}
		if late.Err() != nil {
			x.t.Fatalf("it stands as %+v, not %s %s", m.Delivery, want, code)
		}
		x.arrived.Wait()
	}
}

func statusOf(id parley.MessageID, state parley.DeliveryState) parley.Status {
	return parley.Status{ExternalID: "wam." + string(id), State: state}
}

// hears hands statuses in.
func (x *town) hears(ss ...parley.Status) {
	x.t.Helper()
	_, err := x.Receive(x.t.Context(), "ent_wire", signed(channel.Received{Statuses: ss}))
	x.must(err)
	x.news(0)
}
