package x

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
)

const (
	ours = "2244994945"
	ada  = "1830218901527773184"
)

func rig(t *testing.T, more ...string) *simtest.Rig {
	settings := map[string]string{"user_id": ours, "consumer_key": "ck", "consumer_secret": "cs", "access_token": "at", "access_token_secret": "ats",
		"bearer_token": "app-bearer", "client_id": "ci", "client_secret": "client-secret", "oauth2_token": "first-access", "refresh_token": "first-refresh"}
	for i := 0; i+1 < len(more); i += 2 {
		settings[more[i]] = more[i+1]
	}
	return simtest.New(t, Provider, settings)
}

var (
	app  = http.Header{"Authorization": {"Bearer app-bearer"}}
	user = http.Header{"Authorization": {"Bearer first-access"}}
)

// answersCRC makes the product's end answer challenges with a secret.
func answersCRC(r *simtest.Rig, secret *string) {
	r.Answer(func(h simtest.Hook) (int, string) {
		u, _ := url.Parse(h.Path)
		if token := u.Query().Get("crc_token"); token != "" {
			return 200, fmt.Sprintf(`{"response_token":%q}`, signature(*secret, []byte(token)))
		}
		return 200, ""
	})
}

func TestEnvelopes(t *testing.T) {
	for _, envelope := range []string{"aaa", "xaa"} {
		for name, in := range map[string]simulator.In{
			"text":        {Kind: "text", Text: "Fish & <chips> \U0001F41F"},
			"image":       {Kind: "image", Text: "Look", Media: &simulator.Media{Data: []byte("\x89PNG")}},
			"quick_reply": {Kind: "quick_reply", Text: "Yes", Payload: "yes"},
			"typing":      {Kind: "typing"},
			"read":        {Kind: "read", MessageID: "2080763914820900001"},
			"echo":        {Kind: "echo", Text: "From X's own app"},
			"revoke":      {Kind: "revoke_access"},
			"encrypted":   {Kind: "encrypted"},
		} {
			t.Run(envelope+"_"+name, func(t *testing.T) {
				r := rig(t, "envelope", envelope)
				in.From, in.Name, in.Username = ada, "Ada King", "ada"
				r.Said(in)
				h := r.Heard()[0]
				r.Recorded(envelope+"_"+name, h.Body)
				if h.Header.Get("X-Twitter-Webhooks-Signature") != signature("cs", h.Body) || h.Header.Get("X-Twitter-Webhooks-Signature-OAuth2") != signature("client-secret", h.Body) {
					t.Error("the signatures do not fit the body")
				}
			})
		}
	}
}

// TestHourlyCheck holds A-055's other side: who fails the hourly challenge hears
// nothing more, until PUT.
func TestHourlyCheck(t *testing.T) {
	r := rig(t)
	secret := "cs"
	answersCRC(r, &secret)
	_, made := r.Call("POST", "/2/webhooks", app, map[string]string{"url": r.Account.Webhook})
	id := made["data"].(map[string]any)["id"].(string)
	said := func() int {
		r.Heard()
		r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
		return len(r.Heard())
	}
	if n := said(); n != 1 {
		t.Fatalf("%d webhooks at first", n)
	}
	secret = "another"
	r.Advance(time.Hour)
	r.Flush(t.Context())
	if n := said(); n != 0 {
		t.Errorf("%d webhooks after a failed check", n)
	}
	if status, _ := r.Call("PUT", "/2/webhooks/"+id, app, nil); status != 400 {
		t.Errorf("a failed check answered %d", status)
	}
	secret = "client-secret" // the other secret of the app is as good
	if status, _ := r.Call("PUT", "/2/webhooks/"+id, app, nil); status != 200 {
		t.Errorf("a good check answered %d", status)
	}
	if n := said(); n != 1 {
		t.Errorf("%d webhooks after a good check", n)
	}
}

// TestEntered: SOC-01: the address an account was opened with is a registered
// webhook, until it is taken away.
func TestEntered(t *testing.T) {
	r := rig(t)
	list := func() []any {
		_, answer := r.Call("GET", "/2/webhooks", app, nil)
		return answer["data"].([]any)
	}
	hooks := list()
	if len(hooks) != 1 || hooks[0].(map[string]any)["url"] != r.Account.Webhook || hooks[0].(map[string]any)["valid"] != true {
		t.Fatalf("registered are %v", hooks)
	}
	r.Call("DELETE", "/2/webhooks/"+hooks[0].(map[string]any)["id"].(string), app, nil)
	if hooks = list(); len(hooks) != 0 {
		t.Errorf("it comes back: %v", hooks)
	}
}

// TestSubscriptions holds that each event comes in the envelopes subscribed to.
func TestSubscriptions(t *testing.T) {
	r := rig(t)
	secret := "cs"
	answersCRC(r, &secret)
	_, made := r.Call("POST", "/2/webhooks", app, map[string]string{"url": r.Account.Webhook})
	id := made["data"].(map[string]any)["id"].(string)
	shapes := func() string {
		r.Heard()
		r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
		r.Said(simulator.In{From: ada, Kind: "typing"})
		out := ""
		for _, h := range r.Heard() {
			var body map[string]json.RawMessage
			if json.Unmarshal(h.Body, &body) == nil && body["data"] != nil {
				out += "X"
			} else {
				out += "A"
			}
		}
		return out
	}
	if status, _ := r.Call("POST", "/2/account_activity/webhooks/"+id+"/subscriptions/all", user, nil); status != 200 {
		t.Fatalf("subscribe: %d", status)
	}
	if got := shapes(); got != "AA" {
		t.Errorf("Account Activity: %s", got)
	}
	_, sub := r.Call("POST", "/2/activity/subscriptions", user, map[string]any{"event_type": "dm.received", "filter": map[string]string{"user_id": ours}, "webhook_id": id})
	if got := shapes(); got != "AXA" {
		t.Errorf("both, of messages: %s", got)
	}
	r.Call("DELETE", "/2/account_activity/webhooks/"+id+"/subscriptions/"+ours+"/all", app, nil)
	if got := shapes(); got != "X" {
		t.Errorf("X Activity, of messages: %s", got)
	}
	if status, _ := r.Call("DELETE", "/2/activity/subscriptions/"+sub["data"].(map[string]any)["subscription_id"].(string), user, nil); status != 200 {
		t.Errorf("unsubscribe: %d", status)
	}
}

func TestReplay(t *testing.T) {
	r := rig(t)
	secret := "cs"
	answersCRC(r, &secret)
	_, made := r.Call("POST", "/2/webhooks", app, map[string]string{"url": r.Account.Webhook})
	id := made["data"].(map[string]any)["id"].(string)
	r.Said(simulator.In{From: ada, Kind: "text", Text: "Early"})
	r.Advance(2 * time.Hour)
	r.Said(simulator.In{From: ada, Kind: "text", Text: "Late"})
	r.Heard()
	job := map[string]string{"webhook_id": id, "from_date": "202603020800", "to_date": "202603021000"}
	if status, answer := r.Call("POST", "/2/webhooks/replay", app, job); status != 200 || answer["data"].(map[string]any)["job_id"] == "" {
		t.Fatalf("%d %v", status, answer)
	}
	hooks := r.Heard()
	if len(hooks) == 1 && strings.Contains(string(hooks[0].Body), "crc") {
		t.Fatal("a challenge came instead")
	}
	again := 0
	for _, h := range hooks {
		if h.Method == "POST" && strings.Contains(string(h.Body), "Early") {
			again++
		} else if h.Method == "POST" {
			t.Errorf("replayed %s", h.Body)
		}
	}
	if again != 1 {
		t.Errorf("replayed %d times", again)
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name   string
		before func(*simtest.Rig)
		status int
		says   string
	}{
		{"the person blocks us", func(r *simtest.Rig) { r.Said(simulator.In{From: ada, Kind: "block"}) }, 403, "permission to DM"},
		{"opted out", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.OptOut = true }) }, 403, "permission to DM"},
		{"an ordered failure", func(r *simtest.Rig) {
			r.Said(simulator.In{From: ada, Kind: "fail", Text: "You cannot send messages to this user.", Options: map[string]string{"code": "349"}})
		}, 403, "349"},
		{"the plan's limit", func(r *simtest.Rig) {
			r.Said(simulator.In{From: ada, Kind: "fail", Text: "Usage cap exceeded", Options: map[string]string{"status": "403", "type": "usage-capped"}})
		}, 403, "problems/usage-capped"},
		{"access taken away", func(r *simtest.Rig) { r.Said(simulator.In{Kind: "revoke_access"}) }, 401, "Unauthorized"},
		{"the token is two hours old", func(r *simtest.Rig) { r.Advance(2*time.Hour + time.Second) }, 401, "Unauthorized"},
		{"the app's token", func(r *simtest.Rig) { user["Authorization"] = app["Authorization"] }, 403, "unsupported-authentication"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			was := user["Authorization"]
			defer func() { user["Authorization"] = was }()
			r := rig(t)
			r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
			test.before(r)
			status, body, _ := r.Raw("POST", "/2/dm_conversations/with/"+ada+"/messages", user, map[string]string{"text": "On it!"})
			if status != test.status || !strings.Contains(string(body), test.says) {
				t.Errorf("answered %d %s", status, body)
			}
		})
	}
}

// TestLimits holds 15 sends in 15 minutes, the headers, and the day's.
func TestLimits(t *testing.T) {
	r := rig(t, "oauth2_token", "first-access")
	r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
	send := func() (int, http.Header) {
		status, _, header := r.Raw("POST", "/2/dm_conversations/with/"+ada+"/messages", user, map[string]string{"text": "x"})
		return status, header
	}
	for i := range 15 {
		if status, header := send(); status != 201 || header.Get("x-rate-limit-remaining") != fmt.Sprint(14-i) {
			t.Fatalf("send %d: %d %v", i, status, header)
		}
	}
	status, header := send()
	if reset := fmt.Sprint(simtest.Morning.Add(15 * time.Minute).Unix()); status != 429 || header.Get("x-rate-limit-reset") != reset {
		t.Errorf("the sixteenth: %d %v", status, header)
	}
	r.Advance(15 * time.Minute)
	if status, _ := send(); status != 201 {
		t.Errorf("after 15 minutes: %d", status)
	}
}

// TestKinds holds that every phone can do what its network lists.
func TestKinds(t *testing.T) {
	for _, kind := range kinds {
		r := rig(t)
		secret := "cs"
		answersCRC(r, &secret)
		id := r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
		r.Said(simulator.In{From: ada, Kind: kind, MessageID: id, Emoji: "x", Text: "x", Title: "x", Payload: "x", Raw: []byte("{}"), Options: map[string]string{"code": "403"}})
	}
}
