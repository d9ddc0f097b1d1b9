package twilio_test

import (
	"encoding/base64"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
	"parley/internal/simulator/twilio"
)

const (
	sid   = "AC11111111111111111111111111111111"
	token = "a-token-of-amy"
	sam   = "+15145550134"
)

func open(t *testing.T, settings map[string]string) *simtest.Rig {
	t.Helper()
	all := map[string]string{"account_sid": sid, "auth_token": token, "address": "+15145550100"}
	maps.Copy(all, settings)
	return simtest.New(t, twilio.Provider, all)
}

// forms reads what came, and checks the signature of each.
func forms(t *testing.T, r *simtest.Rig) (all []url.Values) {
	t.Helper()
	for _, h := range r.Heard() {
		form, err := url.ParseQuery(string(h.Body))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := h.Header.Get("X-Twilio-Signature"), twilio.Signature(token, product(r)+h.Path, form); got != want {
			t.Errorf("%s: signature %s, not %s", h.Path, got, want)
		}
		form.Set("path", h.Path)
		form.Set("token", h.Header.Get("I-Twilio-Idempotency-Token"))
		all = append(all, form)
	}
	return all
}

// product is where the product is reached.
func product(r *simtest.Rig) string { return strings.TrimSuffix(r.Account.Webhook, "/in/acc") }

// send posts a message and returns the answer's status, 0 when it never came.
func send(r *simtest.Rig) int {
	form := url.Values{"To": {sam}, "From": {"+15145550100"}, "Body": {"On it!"}, "StatusCallback": {product(r) + "/status?message=42"}}
	header := http.Header{
		"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(sid+":"+token))}, "Content-Type": {"application/x-www-form-urlencoded"},
	}
	status, _, _ := r.Raw(http.MethodPost, "/2010-04-01/Accounts/"+sid+"/Messages.json", header, []byte(form.Encode()))
	return status
}

// statuses are those of the callbacks that came.
func statuses(t *testing.T, r *simtest.Rig) (all []string) {
	t.Helper()
	for _, form := range forms(t, r) {
		all = append(all, form.Get("MessageStatus"))
	}
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
		r := open(t, nil)
		r.Line.SetWebhook(r.Account.Webhook + suffix)
		r.Answer(func(simtest.Hook) (int, string) { return http.StatusInternalServerError, "" })
		if _, err := r.Say(t.Context(), simulator.In{Account: "acc", From: sam, Kind: "text", Text: "hello?"}); !errors.Is(err, simulator.ErrRefused) {
			t.Errorf("%q: the phone was told %v", suffix, err)
		}
		var heard []url.Values
		for range 8 {
			heard = append(heard, forms(t, r)...)
			r.Advance(time.Minute)
		}
		if len(heard) != want {
			t.Errorf("%q: %d attempts, not %d", suffix, len(heard), want)
		}
		for _, form := range heard {
			if form.Get("token") != heard[0].Get("token") {
				t.Errorf("%q: another idempotency token", suffix)
			}
		}
	}
}

func TestALostConnectionIsTriedAgainAndThenTheFallback(t *testing.T) {
	r := open(t, nil)
	r.Line.Tell("fallback", product(r)+"/fallback")
	r.Set(func(w *simulator.Weather) { w.DropWebhooks = 2 })
	r.Said(simulator.In{From: sam, Kind: "text", Text: "hello?"})
	r.Advance(time.Second)
	heard := forms(t, r)
	if len(heard) != 1 || heard[0].Get("path") != "/fallback" || heard[0].Get("ErrorUrl") != r.Account.Webhook {
		t.Errorf("heard %v", heard)
	}
}

func TestStatusesInEachWeather(t *testing.T) {
	for weather, want := range map[string][]string{
		"":                             {"sent", "delivered"},
		simulator.StatusesTwice:        {"sent", "sent", "delivered", "delivered"},
		simulator.StatusesOutOfOrder:   {"delivered", "sent"},
		simulator.StatusesBeforeAnswer: {"sent", "delivered"},
	} {
		r := open(t, nil)
		r.Set(func(w *simulator.Weather) { w.Statuses = weather })
		if status := send(r); status != http.StatusCreated {
			t.Fatalf("%q: %d", weather, status)
		}
		if got := statuses(t, r); !slices.Equal(got, want) {
			t.Errorf("%q: %v", weather, got)
		}
	}
}

func TestLateStatusesWaitForTheClock(t *testing.T) {
	r := open(t, nil)
	r.Set(func(w *simulator.Weather) { w.Statuses = simulator.StatusesLate })
	send(r)
	if got := statuses(t, r); len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	r.Advance(10 * time.Minute)
	if got := statuses(t, r); !slices.Equal(got, []string{"sent", "delivered"}) {
		t.Errorf("got %v", got)
	}
}

func TestTakenButNeverAnswered(t *testing.T) {
	r := open(t, nil)
	r.Set(func(w *simulator.Weather) { w.TimeoutAfterAccept = 1 })
	if status := send(r); status != 0 {
		t.Errorf("answered %d", status)
	}
	if got := statuses(t, r); !slices.Equal(got, []string{"sent", "delivered"}) {
		t.Errorf("callbacks %v", got)
	}
	if m := r.Phone(sam); len(m) != 1 || m[0].State != "delivered" {
		t.Errorf("the phone shows %+v", m)
	}
}

func TestRawSetsAndTakesAwayFields(t *testing.T) {
	r := open(t, nil)
	r.Said(simulator.In{From: sam, Kind: "raw", Raw: []byte(`{"Body": null, "Unheard": "of", "MessageSid": "SM1"}`)})
	form := forms(t, r)[0]
	if form.Has("Body") || form.Get("Unheard") != "of" || form.Get("MessageSid") != "SM1" || form.Get("From") != sam {
		t.Errorf("got %v", form)
	}
}

func TestWhatAPhoneOfThisNetworkCannotDo(t *testing.T) {
	r := open(t, nil)
	for _, kind := range []string{"reaction", "read", "typing", "location"} {
		if _, err := r.Say(t.Context(), simulator.In{Account: "acc", From: sam, Kind: kind}); !errors.Is(err, simulator.ErrCannot) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestEveryPhoneCanDoWhatItsNetworkLists(t *testing.T) {
	for _, kind := range twilio.Provider.Kinds {
		r := open(t, nil)
		r.Said(simulator.In{From: sam, Kind: kind, Text: "x", Raw: []byte("{}"), Options: map[string]string{"code": "1"}})
	}
}
