package whatsapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
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
	phone  = "106540352242922"
	secret = "0123456789abcdef0123456789abcdef"
	marie  = "15145550134"
)

var bearer = http.Header{"Authorization": {"Bearer EAAG-token"}}

func rig(t *testing.T) *simtest.Rig {
	return simtest.New(t, Provider, map[string]string{"phone_number_id": phone, "access_token": "EAAG-token", "app_secret": secret, "verify_token": "verify-me", "phone_number": "+15550783881"})
}

func text(to, words string) map[string]any {
	return map[string]any{"messaging_product": "whatsapp", "recipient_type": "individual", "to": to, "type": "text", "text": map[string]any{"body": words}}
}

// errorOf returns the number of an answer's error, 0 if it has none.
func errorOf(answer map[string]any) int {
	e, _ := answer["error"].(map[string]any)
	code, _ := e["code"].(float64)
	return int(code)
}

// states reads the statuses out of webhooks: "sent", "failed 131047".
func states(t *testing.T, hooks []simtest.Hook) []string {
	t.Helper()
	var out []string
	for _, h := range hooks {
		var body struct {
			Entry []struct {
				Changes []struct {
					Value struct {
						Statuses []struct {
							Status string
							Errors []struct{ Code int }
						}
					}
				}
			}
		}
		if err := json.Unmarshal(h.Body, &body); err != nil {
			t.Fatal(err)
		}
		for _, s := range body.Entry[0].Changes[0].Value.Statuses {
			if len(s.Errors) > 0 {
				s.Status += fmt.Sprint(" ", s.Errors[0].Code)
			}
			out = append(out, s.Status)
		}
	}
	return out
}

// TestInbound compares what phones post with recordings that name Meta's pages.
func TestInbound(t *testing.T) {
	r := rig(t)
	ours := r.Said(simulator.In{From: marie, Name: "Marie T.", Kind: "text", Text: "Bonjour, d\u00e9j\u00e0 l\u00e0 ? \U0001F600 </a>"})
	r.Recorded("text", r.Heard()[0].Body)
	for name, in := range map[string]simulator.In{
		"image":             {Kind: "image", Text: "My invoice", Media: &simulator.Media{Data: []byte("\x89PNG")}},
		"document":          {Kind: "document", Media: &simulator.Media{Data: []byte("%PDF"), Filename: "contract.pdf"}},
		"voice":             {Kind: "voice", Media: &simulator.Media{Data: []byte("OggS")}},
		"sticker":           {Kind: "sticker", Media: &simulator.Media{Data: []byte("RIFF")}},
		"location":          {Kind: "location"},
		"contacts":          {Kind: "contacts"},
		"button_reply":      {Kind: "button", Title: "Yes", Payload: "yes", ReplyTo: "wamid.ours"},
		"list_reply":        {Kind: "list_reply", Title: "Monday", Payload: "mon", Text: "in the morning"},
		"flow":              {Kind: "flow"},
		"template_button":   {Kind: "template_button", Title: "Stop", Payload: "stop"},
		"reaction":          {Kind: "reaction", MessageID: ours, Emoji: "\U0001F44D"},
		"reaction_removed":  {Kind: "reaction", MessageID: ours},
		"edit":              {Kind: "edit", MessageID: ours, Text: "Bonsoir"},
		"revoke":            {Kind: "revoke", MessageID: ours},
		"referral":          {Kind: "referral", Text: "Is this still on?"},
		"forwarded":         {Kind: "text", Text: "Look", Options: map[string]string{"forwarded": "often"}},
		"group":             {Kind: "group", Text: "Hello all"},
		"order":             {Kind: "order", Text: "Two please"},
		"number_changed":    {Kind: "system_number", Payload: "+15145550199"},
		"unsupported":       {Kind: "unsupported"},
		"unknown":           {Kind: "unknown"},
		"bsuid_only":        {Kind: "text", Text: "No number", UserID: "CA.13491208655302741918", From: "-"},
		"smb_message_echo":  {Kind: "echo", Text: "From the app"},
		"template_status":   {Kind: "message_template_status_update"},
		"number_quality":    {Kind: "phone_number_quality_update"},
		"account_violation": {Kind: "account_update"},
		"account_disabled":  {Kind: "account_update", Payload: "DISABLED_UPDATE"},
		"user_id_changed":   {Kind: "system_user_id", Payload: "US.0987654321"},
		"marketing_stopped": {Kind: "marketing_stop"},
		"reaction_emptied":  {Kind: "reaction", MessageID: ours, Options: map[string]string{"empty": "true"}},
		"identity_changed":  {Kind: "system_identity"},
		"frequently_hidden": {Kind: "text", Text: "Hidden", Options: map[string]string{"hide_phone": "true"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := rig(t)
			if in.From == "" {
				in.From = marie
			}
			in.From = strings.Trim(in.From, "-")
			r.Said(in)
			r.Recorded(name, r.Heard()[0].Body)
		})
	}
}

// TestSignature holds that Meta signs its own escaped bytes: a signature
// over JSON written anew does not fit.
func TestSignature(t *testing.T) {
	r := rig(t)
	r.Said(simulator.In{From: marie, Kind: "text", Text: "\u00e9t\u00e9 \U0001F600 a/b"})
	h := r.Heard()[0]
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(h.Body)
	if got, want := h.Header.Get("X-Hub-Signature-256"), "sha256="+hex.EncodeToString(mac.Sum(nil)); got != want {
		t.Errorf("signed %s, want %s", got, want)
	}
	for _, escaped := range []string{`\u00e9t\u00e9`, `\ud83d\ude00`, `a\/b`} {
		if !strings.Contains(string(h.Body), escaped) {
			t.Errorf("the body does not say %s: %s", escaped, h.Body)
		}
	}
}

func TestHandshake(t *testing.T) {
	r := rig(t)
	r.Answer(func(h simtest.Hook) (int, string) {
		u, _ := url.Parse(h.Path)
		if u.Query().Get("hub.verify_token") != "verify-me" || u.Query().Get("hub.mode") != "subscribe" {
			return 403, ""
		}
		return 200, u.Query().Get("hub.challenge")
	})
	r.Said(simulator.In{Kind: "verify"})
	form := url.Values{"object": {"whatsapp_business_account"}, "callback_url": {r.Account.Webhook}, "verify_token": {"wrong"}}
	header := http.Header{"Authorization": {"Bearer 670843887433847|" + secret}, "Content-Type": {"application/x-www-form-urlencoded"}}
	if status, answer := r.Call("POST", "/v25.0/670843887433847/subscriptions", header, []byte(form.Encode())); status != 400 || errorOf(answer) != 2200 {
		t.Errorf("a webhook that refuses was taken: %d %v", status, answer)
	}
	form.Set("verify_token", "verify-me")
	if status, _ := r.Call("POST", "/v25.0/670843887433847/subscriptions", header, []byte(form.Encode())); status != 200 {
		t.Errorf("a webhook that answers was refused: %d", status)
	}
}

func TestSend(t *testing.T) {
	r := rig(t)
	r.Said(simulator.In{From: marie, Kind: "text", Text: "Hello"})
	r.Heard()
	status, answer := r.Call("POST", "/v25.0/"+phone+"/messages", bearer, text("+1 514 555 0134", "On it!"))
	if status != 200 {
		t.Fatalf("%d %v", status, answer)
	}
	contact := answer["contacts"].([]any)[0].(map[string]any)
	if contact["input"] != "+1 514 555 0134" || contact["wa_id"] != marie {
		t.Errorf("contact %v", contact)
	}
	id := answer["messages"].([]any)[0].(map[string]any)["id"].(string)
	if !strings.HasPrefix(id, "wamid.") {
		t.Errorf("id %s", id)
	}
	hooks := r.Heard()
	if got := strings.Join(states(t, hooks), " "); got != "sent delivered read" {
		t.Errorf("statuses %s", got)
	}
	r.Recorded("status_sent", hooks[0].Body)
	shown := r.Phone(marie)
	if last := shown[len(shown)-1]; last.ID != id || last.Text != "On it!" || last.State != "read" {
		t.Errorf("the phone shows %+v", last)
	}
	r.Said(simulator.In{From: marie, Kind: "chat_open"})
	r.Call("POST", "/v25.0/"+phone+"/messages", bearer, text(marie, "Read at once"))
	if got := strings.Join(states(t, r.Heard()), " "); got != "sent read" {
		t.Errorf("delivered must be skipped when read at once: %s", got)
	}
}

// TestRefusals walks the error table: at once, or in a status.
func TestRefusals(t *testing.T) {
	tests := []struct {
		name   string
		before func(*simtest.Rig)
		body   map[string]any
		status int
		code   int    // in the answer
		later  string // in a status
	}{
		{"no text", nil, text(marie, ""), 400, 100, ""},
		{"4,097 characters", nil, text(marie, strings.Repeat("x", 4097)), 400, 100, ""},
		{"no recipient", nil, text("", "Hello"), 400, 100, ""},
		{"an unknown type", nil, map[string]any{"messaging_product": "whatsapp", "to": marie, "type": "hologram"}, 400, 131051, ""},
		{"an unknown file", nil, map[string]any{"messaging_product": "whatsapp", "to": marie, "type": "image", "image": map[string]string{"id": "1"}}, 400, 100, ""},
		{"a reaction to nothing", nil, map[string]any{"messaging_product": "whatsapp", "to": marie, "type": "reaction", "reaction": map[string]string{"message_id": "no", "emoji": "x"}}, 400, 131009, ""},
		{"WAP-05: more than 24 hours", func(r *simtest.Rig) { r.Advance(24*time.Hour + time.Millisecond) }, text(marie, "Hello"), 200, 0, "failed 131047"},
		{"the window closed by weather", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.WindowClosed = true }) }, text(marie, "Hello"), 200, 0, "failed 131047"},
		{"somebody who never wrote", nil, text("15145559999", "Hello"), 200, 0, "failed 131047"},
		{"an expired token", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.TokenExpired = true }) }, text(marie, "Hello"), 401, 190, ""},
		{"throttled", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.Throttle = 1 }) }, text(marie, "Hello"), 400, 130429, ""},
		{"500", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.Fail = 1 }) }, text(marie, "Hello"), 500, 2, ""},
		{"200 with an error", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.OKWithError = 1 }) }, text(marie, "Hello"), 200, 131000, ""},
		{"an ordered failure, later", func(r *simtest.Rig) {
			r.Said(simulator.In{From: marie, Kind: "fail", Options: map[string]string{"code": "131026"}})
		}, text(marie, "Hello"), 200, 0, "failed 131026"},
		{"an ordered failure, at once", func(r *simtest.Rig) {
			r.Said(simulator.In{From: marie, Kind: "fail", Options: map[string]string{"code": "368", "now": "true"}})
		}, text(marie, "Hello"), 403, 368, ""},
		{"an unknown template", nil, filled("no_such", "en"), 404, 132001, ""},
		{"a template with too few values", nil, filled("invoice_ready", "en", "Ada"), 400, 132000, ""},
		{"a paused template", nil, filled("slow_news", "en"), 400, 132015, ""},
		{"a template opens a closed window", func(r *simtest.Rig) { r.Advance(48 * time.Hour) }, filled("invoice_ready", "en", "Ada", "17"), 200, 0, "sent delivered read"},
		{"marketing to somebody who stopped it", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.OptOut = true }) }, filled("follow_up", "en", "Ada"), 200, 0, "failed 131050"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := rig(t)
			r.Said(simulator.In{From: marie, Kind: "text", Text: "Hello"})
			r.Heard()
			if test.before != nil {
				test.before(r)
			}
			status, answer := r.Call("POST", "/v25.0/"+phone+"/messages", bearer, test.body)
			if status != test.status || errorOf(answer) != test.code {
				t.Errorf("answered %d %v, want %d with %d", status, answer, test.status, test.code)
			}
			if got := strings.Join(states(t, r.Heard()), " "); got != test.later {
				t.Errorf("later %q, want %q", got, test.later)
			}
		})
	}
}

func filled(name, language string, values ...string) map[string]any {
	parameters := []any{}
	for _, v := range values {
		parameters = append(parameters, map[string]string{"type": "text", "text": v})
	}
	return map[string]any{"messaging_product": "whatsapp", "to": marie, "type": "template", "template": map[string]any{
		"name": name, "language": map[string]string{"code": language}, "components": []any{map[string]any{"type": "body", "parameters": parameters}}}}
}
