package smpp

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
)

const sam = "+15145550134"

// place is a simulator with one account, and an ESME bound to its center.
type place struct {
	*esme
	sim *simulator.Simulator
}

func start(t *testing.T, settings map[string]string) *place {
	t.Helper()
	p := &place{}
	p.sim = simulator.New(simulator.Options{Providers: []simulator.Provider{Provider}, Client: &http.Client{}, Now: func() time.Time { return noon }, Seed: 1})
	t.Cleanup(func() { _ = p.sim.Close() })
	all := map[string]string{"system_id": "amy", "password": "secret", "address": "+15145550100"}
	for key, value := range settings {
		all[key] = value
	}
	a, err := p.sim.Open(simulator.Account{ID: "sms", Network: "smpp", Settings: all})
	if err != nil {
		t.Fatal(err)
	}
	p.esme = dialTo(t, a.Settings["host"]+":"+a.Settings["port"])
	p.bind(bindTransceiver)
	return p
}

func (p *place) say(in simulator.In) {
	p.t.Helper()
	in.Account, in.From = "sms", sam
	if _, err := p.sim.Say(p.t.Context(), in); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) weather(change func(*simulator.Weather)) {
	p.t.Helper()
	w := simulator.Fine()
	change(&w)
	if err := p.sim.SetWeather("sms", w); err != nil {
		p.t.Fatal(err)
	}
}

// shown is what sam's phone shows.
func (p *place) shown() []simulator.Message {
	thread, _ := p.sim.Thread("sms/" + sam)
	return thread.Messages
}

// roundTrip makes sure that everything sent before has been handled.
func (p *place) roundTrip() {
	p.t.Helper()
	if got := p.call(enquireLink, nil); got.command != enquireLinkAnswer {
		p.t.Fatalf("got %+v", got)
	}
}

func TestThePhoneShowsWhetherItsMessageWasTaken(t *testing.T) {
	p := start(t, nil)
	p.say(simulator.In{Kind: "text", Text: "one", Name: "Sam Okafor"})
	p.say(simulator.In{Kind: "text", Text: "two"})
	p.ack(p.hear(), OK)
	p.ack(p.hear(), InvalidLength)
	p.roundTrip()
	if m := p.shown(); m[0].State != "delivered" || m[1].State != "failed" || m[1].Error != "command_status 0x1" {
		t.Errorf("%+v", m)
	}
	if thread, _ := p.sim.Thread("sms/" + sam); thread.Name != "Sam Okafor" {
		t.Errorf("the phone is %s's", thread.Name)
	}
}

func TestThePhoneShowsWhatTheCenterWrote(t *testing.T) {
	p := start(t, nil)
	p.call(submitSM, message("On it!").bytes())
	if m := p.shown(); len(m) != 1 || m[0].Text != "On it!" || m[0].From != simulator.FromCenter || m[0].State != "delivered" {
		t.Errorf("%+v", m)
	}
}

func TestLateReceiptsWaitForTheClock(t *testing.T) {
	p := start(t, nil)
	p.weather(func(w *simulator.Weather) { w.Statuses = simulator.StatusesLate })
	p.call(submitSM, message("On it!").bytes())
	p.roundTrip()
	p.sim.Advance(10 * time.Minute)
	p.sim.Flush(t.Context())
	if got := string(parse(t, p.hear()).text); !strings.Contains(got, "stat:DELIVRD") || !strings.Contains(got, "done date:2603021210") {
		t.Errorf("got %q", got)
	}
}

func TestNeverAnsweredButDelivered(t *testing.T) {
	p := start(t, nil)
	p.weather(func(w *simulator.Weather) { w.TimeoutAfterAccept = 1 })
	p.tell(submitSM, message("On it!").bytes())
	if got := string(parse(t, p.hear()).text); !strings.Contains(got, "stat:DELIVRD") {
		t.Errorf("got %q", got)
	}
	p.roundTrip()
}

func TestWeatherOfWhatCustomersSay(t *testing.T) {
	p := start(t, nil)
	p.weather(func(w *simulator.Weather) { w.Duplicate = 1 })
	p.say(simulator.In{Kind: "text", Text: "twice"})
	if a, b := parse(t, p.hear()), parse(t, p.hear()); string(a.text) != "twice" || string(b.text) != "twice" {
		t.Errorf("%q, %q", a.text, b.text)
	}
	p.weather(func(w *simulator.Weather) { w.Reorder = 1 })
	p.say(simulator.In{Kind: "text", Text: strings.Repeat("a", 200)})
	if a, b := parse(t, p.hear()), parse(t, p.hear()); !slices.Equal([]byte{a.text[5], b.text[5]}, []byte{2, 1}) {
		t.Errorf("parts %d, %d", a.text[5], b.text[5])
	}
	p.weather(func(w *simulator.Weather) { w.DelayMS = 5_000 })
	p.say(simulator.In{Kind: "text", Text: "later"})
	p.roundTrip()
	p.sim.Advance(5 * time.Second)
	p.sim.Flush(t.Context())
	if got := string(parse(t, p.hear()).text); got != "later" {
		t.Errorf("got %q", got)
	}
}

func TestOddOctetsGoOutAsTheyAre(t *testing.T) {
	p := start(t, nil)
	octets := []byte{5, 0, 3, 1, 2, 1, 0xD8}
	p.say(simulator.In{Kind: "binary", Options: map[string]string{"coding": "8", "class": "0x40", "octets": base64.StdEncoding.EncodeToString(octets)}})
	if s := parse(t, p.hear()); s.class != 0x40 || s.coding != 8 || !slices.Equal(s.text, octets) {
		t.Errorf("%+v", s)
	}
}

func TestEveryUnitIsLoggedWithoutThePassword(t *testing.T) {
	p := start(t, nil)
	p.call(submitSM, message("On it!").bytes())
	p.hear()
	p.roundTrip()
	var names []string
	for _, r := range p.sim.Requests("sms", 0) {
		names = append(names, r.Direction+" "+r.Method)
		if strings.Contains(r.Body+r.URL, "secret") {
			t.Errorf("%+v", r)
		}
	}
	for _, want := range []string{"call bind_transceiver", "webhook bind_transceiver_resp", "call submit_sm", "webhook submit_sm_resp", "webhook deliver_sm", "call enquire_link"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not in the log: %v", want, names)
		}
	}
}

func TestTheSessionsCanBeLookedAtAndCut(t *testing.T) {
	p := start(t, nil)
	server := httptest.NewServer(p.sim.Handler())
	defer server.Close()
	answer, err := server.Client().Post(server.URL+"/sim/api/smpp/sms/cut", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("status %d", answer.StatusCode)
	}
	if _, err := readPDU(p.conn); err == nil {
		t.Error("the connection goes on")
	}
}

func TestEveryPhoneCanDoWhatItsNetworkLists(t *testing.T) {
	for _, kind := range kinds {
		start(t, nil).say(simulator.In{Kind: kind, Text: "x", Options: map[string]string{"code": "1"}})
	}
}

func TestWhatTheNextMessageMeets(t *testing.T) {
	p := start(t, nil)
	p.say(simulator.In{Kind: "fail", Options: map[string]string{"code": "0x14", "now": "true"}})
	p.say(simulator.In{Kind: "fail", Options: map[string]string{"code": "027"}})
	if answer := p.call(submitSM, message("one").bytes()); answer.status != QueueFull {
		t.Errorf("%+v", answer)
	}
	for _, want := range []string{"stat:UNDELIV err:027", "stat:DELIVRD err:000"} {
		p.call(submitSM, message("again").bytes())
		if got := string(parse(t, p.hear()).text); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAResetForgetsWhatWaitsAndWhoRefuses(t *testing.T) {
	p := start(t, nil)
	p.say(simulator.In{Kind: "refuse", Options: map[string]string{"code": "011"}})
	p.say(simulator.In{Kind: "text", Text: "before"})
	p.hear()
	p.sim.Reset()
	p.call(submitSM, message("On it!").bytes())
	if got := string(parse(t, p.hear()).text); !strings.Contains(got, "stat:DELIVRD") {
		t.Errorf("got %q", got)
	}
	again := dialTo(t, p.conn.RemoteAddr().String())
	_ = p.conn.Close()
	again.bind(bindTransceiver)
	if got := string(parse(t, again.hear()).text); strings.Contains(got, "before") {
		t.Error("what was said before the reset came again")
	}
}

func TestTheCenterIsReachedFromThisMachineOnly(t *testing.T) {
	sim := simulator.New(simulator.Options{Providers: []simulator.Provider{Provider}, Now: func() time.Time { return noon }})
	for _, listen := range []string{"0.0.0.0:0", ":0", "[::]:0", "example.com:0", "nonsense"} {
		settings := map[string]string{"system_id": "amy", "password": "secret", "address": "+15145550100", "listen": listen}
		if _, err := sim.Open(simulator.Account{Network: "smpp", Settings: settings}); err == nil {
			t.Errorf("opened at %s", listen)
		}
	}
}
