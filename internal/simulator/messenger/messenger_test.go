package messenger

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
)

const (
	pageID = "1029384756"
	secret = "0123456789abcdef0123456789abcdef"
	ada    = "6328923457821345"
)

var bearer = http.Header{"Authorization": {"Bearer EAAG-page"}}

func rig(t *testing.T) *simtest.Rig {
	return simtest.New(t, Provider, map[string]string{"page_id": pageID, "access_token": "EAAG-page", "app_secret": secret, "verify_token": "verify-me"})
}

func instagram(t *testing.T) *simtest.Rig {
	return simtest.New(t, Instagram, map[string]string{"instagram_id": "17841400000000001", "page_id": pageID, "access_token": "EAAG-page", "app_secret": secret})
}

func text(words string) map[string]any {
	return map[string]any{"recipient": map[string]string{"id": ada}, "messaging_type": "RESPONSE", "message": map[string]any{"text": words, "metadata": "msg_1"}}
}

func send(r *simtest.Rig, body any) (status int, answer map[string]any) {
	return r.Call("POST", "/v25.0/"+pageID+"/messages", bearer, body)
}

// failure is the code and subcode of an answer: "10/2018278".
func failure(answer map[string]any) string {
	e, _ := answer["error"].(map[string]any)
	if e == nil {
		return ""
	}
	if e["error_subcode"] == nil {
		return fmt.Sprint(e["code"])
	}
	return fmt.Sprintf("%v/%.0f", e["code"], e["error_subcode"])
}

// keys says which key each event of the webhooks has besides who and when.
func keys(t *testing.T, hooks []simtest.Hook) string {
	t.Helper()
	var out []string
	for _, h := range hooks {
		var body struct {
			Entry []struct{ Messaging, Standby []map[string]any }
		}
		if err := json.Unmarshal(h.Body, &body); err != nil {
			t.Fatal(err)
		}
		for _, e := range append(body.Entry[0].Messaging, body.Entry[0].Standby...) {
			for key := range e {
				if !slices.Contains([]string{"sender", "recipient", "timestamp"}, key) {
					out = append(out, key)
				}
			}
		}
		if len(body.Entry[0].Standby) > 0 {
			out = append(out, "(standby)")
		}
	}
	return strings.Join(out, " ")
}

func TestInbound(t *testing.T) {
	for name, in := range map[string]simulator.In{
		"text":        {Kind: "text", Text: "D\u00e9j\u00e0 l\u00e0 ? \U0001F600"},
		"reply":       {Kind: "text", Text: "This one", ReplyTo: "m_earlier"},
		"image":       {Kind: "image", Media: &simulator.Media{Data: []byte("\x89PNG")}},
		"file":        {Kind: "document", Media: &simulator.Media{Data: []byte("%PDF"), Filename: "contract.pdf"}},
		"sticker":     {Kind: "sticker", Media: &simulator.Media{Data: []byte("RIFF")}},
		"location":    {Kind: "location"},
		"quick_reply": {Kind: "quick_reply", Text: "Yes", Payload: "YES"},
		"postback":    {Kind: "postback", Title: "Get started", Payload: "START"},
		"reaction":    {Kind: "reaction", MessageID: "m_ours", Emoji: "\u2764\ufe0f"},
		"unreact":     {Kind: "reaction", MessageID: "m_ours"},
		"edit":        {Kind: "edit", MessageID: "m_theirs", Text: "Corrected"},
		"referral":    {Kind: "referral", Payload: "summer"},
		"echo":        {Kind: "echo", Text: "From the inbox"},
		"policy":      {Kind: "policy"},
		"optin":       {Kind: "optin", Title: "Updates", Payload: "news"},
	} {
		t.Run(name, func(t *testing.T) {
			r := rig(t)
			in.From, in.Name = ada, "Ada King"
			r.Said(in)
			r.Recorded(name, r.Heard()[0].Body)
		})
	}
	for name, in := range map[string]simulator.In{
		"instagram_text":          {Kind: "text", Text: "Hello"},
		"instagram_deleted":       {Kind: "revoke", MessageID: "aWdfZAG"},
		"instagram_story_reply":   {Kind: "story_reply", Text: "Nice"},
		"instagram_story_mention": {Kind: "story_mention"},
		"instagram_read":          {Kind: "read", MessageID: "aWdfZAG"},
	} {
		t.Run(name, func(t *testing.T) {
			r := instagram(t)
			in.From = ada
			r.Said(in)
			r.Recorded(name, r.Heard()[0].Body)
		})
	}
}

func TestSend(t *testing.T) {
	r := rig(t)
	r.Said(simulator.In{From: ada, Name: "Ada King", Kind: "text", Text: "Hello"})
	r.Heard()
	status, answer := send(r, text("On it!"))
	if status != 200 || answer["recipient_id"] != ada {
		t.Fatalf("%d %v", status, answer)
	}
	hooks := r.Heard()
	if got := keys(t, hooks); got != "message delivery read" {
		t.Errorf("webhooks %s", got)
	}
	r.Recorded("echo_of_ours", hooks[0].Body)
	r.Recorded("delivery", hooks[1].Body)
	r.Recorded("read", hooks[2].Body)
	shown := r.Phone(ada)
	if last := shown[len(shown)-1]; last.ID != answer["message_id"] || last.State != "read" || last.Text != "On it!" {
		t.Errorf("the phone shows %+v", last)
	}
	ig := instagram(t)
	ig.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
	ig.Heard()
	send(ig, text("On it!"))
	if got := keys(t, ig.Heard()); got != "message read" {
		t.Errorf("Instagram tells of reading only, not %s", got)
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name   string
		before func(*simtest.Rig)
		change func(map[string]any)
		status int
		code   string
	}{
		{"2,001 characters", nil, func(b map[string]any) { b["message"] = map[string]string{"text": strings.Repeat("\u00e9", 2001)} }, 400, "100"},
		{"2,000 characters", nil, func(b map[string]any) { b["message"] = map[string]string{"text": strings.Repeat("\u00e9", 2000)} }, 200, ""},
		{"no text", nil, func(b map[string]any) { b["message"] = map[string]string{} }, 400, "100/2018047"},
		{"nobody", nil, func(b map[string]any) { b["recipient"] = map[string]string{"id": "1"} }, 400, "100/2018001"},
		{"SOC-03: after 24 hours", func(r *simtest.Rig) { r.Advance(24*time.Hour + time.Second) }, nil, 403, "10/2018278"},
		{"SOC-03: a person may answer for 7 days", func(r *simtest.Rig) { r.Advance(6 * 24 * time.Hour) }, human, 200, ""},
		{"SOC-03: and not longer", func(r *simtest.Rig) { r.Advance(8 * 24 * time.Hour) }, human, 403, "10/2018278"},
		{"an advertisement holds it open for 7 days", func(r *simtest.Rig) {
			r.Said(simulator.In{From: ada, Kind: "referral"})
			r.Advance(6 * 24 * time.Hour)
		}, nil, 200, ""},
		{"a reaction opens it again", func(r *simtest.Rig) {
			r.Advance(48 * time.Hour)
			r.Said(simulator.In{From: ada, Kind: "reaction", MessageID: "m_1", Emoji: "x"})
		}, nil, 200, ""},
		{"a retired tag", nil, func(b map[string]any) { b["messaging_type"], b["tag"] = "MESSAGE_TAG", "ACCOUNT_UPDATE" }, 400, "100/1893061"},
		{"blocked by the person", func(r *simtest.Rig) { r.Said(simulator.In{From: ada, Kind: "block"}) }, nil, 403, "551/1545041"},
		{"another app has the thread", func(r *simtest.Rig) { r.Said(simulator.In{From: ada, Kind: "take"}) }, nil, 403, "10/2018300"},
		{"an ordered failure", func(r *simtest.Rig) {
			r.Said(simulator.In{From: ada, Kind: "fail", Options: map[string]string{"code": "368"}})
		}, nil, 403, "368"},
		{"throttled", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.Throttle = 1 }) }, nil, 400, "613"},
		{"an expired token", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.TokenExpired = true }) }, nil, 401, "190/463"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := rig(t)
			r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
			if test.before != nil {
				test.before(r)
			}
			body := text("On it!")
			if test.change != nil {
				test.change(body)
			}
			if status, answer := send(r, body); status != test.status || failure(answer) != test.code {
				t.Errorf("answered %d %v, want %d with %s", status, answer, test.status, test.code)
			}
		})
	}
	ig := instagram(t)
	ig.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
	body := text("")
	body["message"] = map[string]string{"text": strings.Repeat("\u00e9", 501)}
	if _, answer := send(ig, body); failure(answer) != "100/2534023" {
		t.Errorf("1,002 bytes on Instagram: %v", answer)
	}
}

func human(b map[string]any) { b["messaging_type"], b["tag"] = "MESSAGE_TAG", "HUMAN_AGENT" }

func TestSticker(t *testing.T) {
	r := rig(t)
	r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
	body := text("")
	body["message"] = map[string]any{"sticker_id": 767226160478561}
	if status, answer := send(r, body); status != 200 || answer["message_id"] == nil {
		t.Fatalf("%d %v", status, answer)
	}
	if shown := r.Phone(ada)[1]; shown.Kind != "sticker" || shown.Media.ID != "767226160478561" {
		t.Errorf("the phone shows %+v", shown)
	}
}

func TestHandover(t *testing.T) {
	r := rig(t)
	r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
	r.Said(simulator.In{From: ada, Kind: "take"})
	r.Said(simulator.In{From: ada, Kind: "postback", Title: "Go", Payload: "GO"})
	hooks := r.Heard()
	if got := keys(t, hooks); got != "message take_thread_control postback (standby)" {
		t.Errorf("webhooks %s", got)
	}
	if strings.Contains(string(hooks[2].Body), "GO") {
		t.Error("in standby a postback has no payload")
	}
	if status, _ := r.Call("POST", "/v25.0/me/take_thread_control", bearer, map[string]any{"recipient": map[string]string{"id": ada}}); status != 200 {
		t.Errorf("take: %d", status)
	}
	if status, answer := send(r, text("Mine again")); status != 200 {
		t.Errorf("%d %v", status, answer)
	}
	r.Heard()
	r.Said(simulator.In{From: ada, Kind: "take"})
	r.Said(simulator.In{From: ada, Kind: "pass"})
	if got := keys(t, r.Heard()); got != "take_thread_control pass_thread_control" {
		t.Errorf("webhooks %s", got)
	}
}

func TestFilesAndActions(t *testing.T) {
	r := rig(t)
	r.Said(simulator.In{From: ada, Name: "Ada King", Kind: "image", Media: &simulator.Media{Data: []byte("\x89PNG picture"), MIME: "image/png"}})
	var body struct {
		Entry []struct {
			Messaging []struct {
				Message struct {
					Attachments []struct{ Payload struct{ URL string } }
				}
			}
		}
	}
	if err := json.Unmarshal(r.Heard()[0].Body, &body); err != nil {
		t.Fatal(err)
	}
	address := body.Entry[0].Messaging[0].Message.Attachments[0].Payload.URL
	if status, got, _ := r.Raw("GET", address, nil, nil); status != 200 || string(got) != "\x89PNG picture" {
		t.Errorf("fetched %d %q", status, got)
	}
	r.Advance(25 * time.Hour)
	if status, _, _ := r.Raw("GET", address, nil, nil); status != 403 {
		t.Errorf("fetched a day later: %d", status)
	}
	if _, profile := r.Call("GET", "/v25.0/"+ada+"?fields=first_name,last_name,profile_pic", bearer, nil); profile["first_name"] != "Ada" || profile["last_name"] != "King" {
		t.Errorf("profile %v", profile)
	}
	if _, profile := r.Call("GET", "/v25.0/1", bearer, nil); failure(profile) != "100/2018001" {
		t.Errorf("profile of nobody %v", profile)
	}
	act := func(action string) simulator.Thread {
		r.Call("POST", "/v25.0/"+pageID+"/messages", bearer, map[string]any{"recipient": map[string]string{"id": ada}, "sender_action": action})
		thread, _ := r.Line.Thread(ada)
		return thread
	}
	if !act("typing_on").Typing || act("typing_off").Typing || act("mark_seen").Messages[0].State != "read" {
		t.Error("sender actions do not show on the phone")
	}
	react := func(r *simtest.Rig, on, action, emoji string) (int, string) {
		mid := r.Phone(ada)[0].ID
		status, _ := r.Call("POST", "/v25.0/"+on+"/messages", bearer, map[string]any{
			"recipient": map[string]string{"id": ada}, "sender_action": action, "payload": map[string]string{"message_id": mid, "reaction": emoji},
		})
		return status, r.Phone(ada)[0].Reactions[simulator.FromCenter]
	}
	if _, shown := react(r, pageID, "react", "\U0001F44D"); shown != "\U0001F44D" {
		t.Errorf("our reaction shows as %q", shown)
	}
	if _, shown := react(r, pageID, "unreact", ""); shown != "" {
		t.Errorf("taken back it shows as %q", shown)
	}
	ig := instagram(t)
	ig.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
	if status, _ := react(ig, pageID, "react", "\U0001F44D"); status != 400 {
		t.Errorf("Instagram takes a thumb: %d", status)
	}
	if _, shown := react(ig, pageID, "react", "love"); shown != "\u2764\ufe0f" {
		t.Errorf("Instagram shows love as %q", shown)
	}
}

// TestUnsubscribed holds that Meta calls no more after an hour of failures.
func TestUnsubscribed(t *testing.T) {
	r := rig(t)
	r.Answer(func(simtest.Hook) (int, string) { return 500, "" })
	_, _ = r.Say(t.Context(), simulator.In{Account: "acc", From: ada, Kind: "text", Text: "Hello"})
	apps := func() int {
		_, answer := r.Call("GET", "/v25.0/"+pageID+"/subscribed_apps", bearer, nil)
		return len(answer["data"].([]any))
	}
	if apps() != 1 {
		t.Fatal("not subscribed at first")
	}
	for range 10 {
		r.Advance(15 * time.Minute)
		r.Flush(t.Context())
	}
	if apps() != 0 {
		t.Error("still subscribed after an hour of failures")
	}
	r.Heard()
	if _, err := r.Say(t.Context(), simulator.In{Account: "acc", From: ada, Kind: "text", Text: "Anybody?"}); !errors.Is(err, simulator.ErrRefused) {
		t.Errorf("nobody is told, and the phone hears %v", err)
	}
	if n := len(r.Heard()); n != 0 {
		t.Errorf("%d webhooks to an app that is not subscribed", n)
	}
	r.Answer(nil)
	r.Call("POST", "/v25.0/"+pageID+"/subscribed_apps", bearer, map[string]string{"subscribed_fields": "messages"})
	r.Said(simulator.In{From: ada, Kind: "text", Text: "Again"})
	if n := len(r.Heard()); n != 1 {
		t.Errorf("%d webhooks after subscribing again", n)
	}
}

// TestKinds holds that every phone can do what its network lists.
func TestKinds(t *testing.T) {
	for _, kind := range kinds {
		r := rig(t)
		r.Answer(func(h simtest.Hook) (int, string) {
			u, _ := url.Parse(h.Path)
			return 200, u.Query().Get("hub.challenge")
		})
		id := r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
		r.Said(simulator.In{From: ada, Kind: kind, MessageID: id, Emoji: "x", Text: "x", Title: "x", Payload: "x", Raw: []byte("{}"), Options: map[string]string{"code": "403"}})
	}
}
