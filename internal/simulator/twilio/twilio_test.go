package twilio_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/twilio"
)

const (
	sid   = "AC11111111111111111111111111111111"
	token = "a-token-of-amy"
	sam   = "+15145550134"
)

// place is a simulator with one account, and the product its webhooks reach.
type place struct {
	t      *testing.T
	sim    *simulator.Simulator
	clock  time.Time
	base   string
	hooks  string // where the product is reached
	status int    // what webhooks are answered
	heard  []heard
}

type heard struct {
	path  string
	token string // of idempotency
	form  url.Values
}

// open starts both. suffix follows the webhook's address; settings are added to the account's.
func open(t *testing.T, suffix string, settings map[string]string) *place {
	t.Helper()
	p := &place{t: t, clock: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), status: 200}
	product := httptest.NewServer(http.HandlerFunc(p.hear))
	t.Cleanup(product.Close)
	p.hooks = product.URL
	p.sim = simulator.New(simulator.Options{
		Providers: []simulator.Provider{twilio.Provider}, Client: product.Client(), Now: func() time.Time { return p.clock }, Seed: 1, Hurry: 1,
	})
	server := httptest.NewServer(p.sim.Handler())
	t.Cleanup(server.Close)
	all := map[string]string{"account_sid": sid, "auth_token": token, "address": "+15145550100"}
	for key, value := range settings {
		all[key] = strings.ReplaceAll(value, "PRODUCT", p.hooks)
	}
	a, err := p.sim.Open(simulator.Account{ID: "sms", Network: "twilio", Webhook: p.hooks + "/in/twilio/7" + suffix, Settings: all})
	if err != nil {
		t.Fatal(err)
	}
	p.base = server.URL + strings.TrimPrefix(a.BaseURL, server.URL)
	return p
}

func (p *place) hear(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Error(err)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		p.t.Error(err)
	}
	if got, want := r.Header.Get("X-Twilio-Signature"), twilio.Signature(token, p.hooks+r.URL.RequestURI(), form); got != want {
		p.t.Errorf("%s: signature %s, not %s", r.URL, got, want)
	}
	p.heard = append(p.heard, heard{r.URL.Path, r.Header.Get("I-Twilio-Idempotency-Token"), form})
	w.WriteHeader(p.status)
}

func (p *place) say(in simulator.In) (string, error) {
	in.Account, in.From = "sms", sam
	return p.sim.Say(p.t.Context(), in)
}

// send posts a message; the answer's status is -1 when it never came.
func (p *place) send() int {
	p.t.Helper()
	form := url.Values{"To": {sam}, "From": {"+15145550100"}, "Body": {"On it!"}, "StatusCallback": {p.hooks + "/status?message=42"}}
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.base+"/2010-04-01/Accounts/"+sid+"/Messages.json", strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	r.SetBasicAuth(sid, token)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := (&http.Client{}).Do(r)
	if err != nil {
		return -1
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

func (p *place) weather(change func(*simulator.Weather)) {
	p.t.Helper()
	w := simulator.Fine()
	change(&w)
	if err := p.sim.SetWeather("sms", w); err != nil {
		p.t.Fatal(err)
	}
}

// statuses empties what was heard and returns the statuses among it.
func (p *place) statuses() []string {
	var all []string
	for _, h := range p.heard {
		all = append(all, h.form.Get("MessageStatus"))
	}
	p.heard = nil
	return all
}

func TestTheSignatureIsTheOneInTwiliosOwnTests(t *testing.T) {
	form := url.Values{"CallSid": {"CA1234567890ABCDE"}, "Caller": {"+14158675309"}, "Digits": {"1234"}, "From": {"+14158675309"}, "To": {"+18005551212"}}
	// Source: www.twilio.com/docs/usage/security, the worked example; its token is 12345.
	if got := twilio.Signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form); got != "RSOYDt4T1cUTdK1PDd93/VVr8B8=" {
		t.Errorf("got %s", got)
	}
}

func TestWhatFollowsTheHashSaysHowAWebhookIsTriedAgain(t *testing.T) {
	for suffix, want := range map[string]int{
		"":                 1, // one retry by default, and only where no connection was made
		"#rc=3&rp=5xx":     4,
		"#rc=3&rp=4xx":     1,
		"#rc=2&rp=all":     3,
		"#rc=0&rp=all":     1,
		"#rc=9&rp=5xx":     2, // five is the most; anything else is the default
		"?x=1#rc=1&rp=5xx": 2,
	} {
		p := open(t, suffix, nil)
		p.status = 500
		if _, err := p.say(simulator.In{Kind: "text", Text: "hello?"}); err == nil {
			t.Errorf("%q: the phone was not told that it was refused", suffix)
		}
		p.clock = p.clock.Add(time.Minute)
		for range 6 {
			p.sim.Flush(t.Context())
			p.clock = p.clock.Add(time.Minute)
		}
		if len(p.heard) != want {
			t.Errorf("%q: %d attempts, not %d", suffix, len(p.heard), want)
		}
		if tokens := len(slices.CompactFunc(p.heard, func(a, b heard) bool { return a.token == b.token })); tokens != 1 {
			t.Errorf("%q: %d idempotency tokens", suffix, tokens)
		}
	}
}

func TestALostConnectionIsTriedAgainAndThenTheFallback(t *testing.T) {
	p := open(t, "", map[string]string{"fallback": "PRODUCT/fallback"})
	p.weather(func(w *simulator.Weather) { w.DropWebhooks = 2 })
	if _, err := p.say(simulator.In{Kind: "text", Text: "hello?"}); err != nil {
		t.Fatal(err)
	}
	p.clock = p.clock.Add(time.Second)
	p.sim.Flush(t.Context())
	if len(p.heard) != 1 || p.heard[0].path != "/fallback" || p.heard[0].form.Get("ErrorUrl") != p.hooks+"/in/twilio/7" {
		t.Errorf("heard %+v", p.heard)
	}
}

func TestStatusesInEachWeather(t *testing.T) {
	for weather, want := range map[string][]string{
		"":                             {"sent", "delivered"},
		simulator.StatusesTwice:        {"sent", "sent", "delivered", "delivered"},
		simulator.StatusesOutOfOrder:   {"delivered", "sent"},
		simulator.StatusesBeforeAnswer: {"sent", "delivered"},
	} {
		p := open(t, "", nil)
		p.weather(func(w *simulator.Weather) { w.Statuses = weather })
		if status := p.send(); status != 201 {
			t.Fatalf("%q: %d", weather, status)
		}
		if before := weather == simulator.StatusesBeforeAnswer; before != (len(p.heard) == 2) {
			t.Errorf("%q: %d callbacks before the answer", weather, len(p.heard))
		}
		p.sim.Flush(t.Context())
		if got := p.statuses(); !slices.Equal(got, want) {
			t.Errorf("%q: %v", weather, got)
		}
	}
}

func TestLateStatusesWaitForTheClock(t *testing.T) {
	p := open(t, "", nil)
	p.weather(func(w *simulator.Weather) { w.Statuses = simulator.StatusesLate })
	p.send()
	p.sim.Flush(t.Context())
	if got := p.statuses(); len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	p.clock = p.clock.Add(10 * time.Minute)
	p.sim.Flush(t.Context())
	if got := p.statuses(); !slices.Equal(got, []string{"sent", "delivered"}) {
		t.Errorf("got %v", got)
	}
}

func TestTakenButNeverAnswered(t *testing.T) {
	p := open(t, "", nil)
	p.weather(func(w *simulator.Weather) { w.TimeoutAfterAccept = 1 })
	if status := p.send(); status != -1 {
		t.Errorf("answered %d", status)
	}
	p.sim.Flush(t.Context())
	if got := p.statuses(); !slices.Equal(got, []string{"sent", "delivered"}) {
		t.Errorf("callbacks %v", got)
	}
	if thread, _ := p.sim.Thread("sms/" + sam); len(thread.Messages) != 1 || thread.Messages[0].State != "delivered" {
		t.Errorf("the phone shows %+v", thread.Messages)
	}
}

func TestRawSetsAndTakesAwayFields(t *testing.T) {
	p := open(t, "", nil)
	if _, err := p.say(simulator.In{Kind: "raw", Raw: []byte(`{"Body": null, "Unheard": "of", "MessageSid": "SM1"}`)}); err != nil {
		t.Fatal(err)
	}
	form := p.heard[0].form
	if form.Has("Body") || form.Get("Unheard") != "of" || form.Get("MessageSid") != "SM1" || form.Get("From") != sam {
		t.Errorf("got %v", form)
	}
}

func TestWhatAPhoneOfThisNetworkCannotDo(t *testing.T) {
	p := open(t, "", nil)
	for _, kind := range []string{"reaction", "read", "typing", "location"} {
		if _, err := p.say(simulator.In{Kind: kind}); err == nil {
			t.Errorf("%s was done", kind)
		}
	}
}
