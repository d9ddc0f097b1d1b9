package telegram

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
)

const (
	token = "7310:AAF-bot"
	ada   = "5001002003"
)

func rig(t *testing.T) *simtest.Rig {
	return simtest.New(t, Provider, map[string]string{"bot_token": token})
}

func call(r *simtest.Rig, method string, body any) (int, map[string]any) {
	return r.Call("POST", "/bot"+token+"/"+method, nil, body)
}

func hello(r *simtest.Rig) string {
	return r.Said(simulator.In{From: ada, Name: "Ada King", Username: "ada", Kind: "text", Text: "Hello"})
}

func TestUpdates(t *testing.T) {
	for name, in := range map[string]simulator.In{
		"text":            {Kind: "text", Text: "D\u00e9j\u00e0 l\u00e0 ? \U0001F600"},
		"start":           {Kind: "start", Payload: "invoice"},
		"photo":           {Kind: "image", Text: "Look", Media: &simulator.Media{Data: []byte("\x89PNG")}},
		"document":        {Kind: "document", Media: &simulator.Media{Data: []byte("%PDF"), Filename: "contract.pdf"}},
		"voice":           {Kind: "voice", Media: &simulator.Media{Data: []byte("OggS")}},
		"sticker":         {Kind: "sticker", Media: &simulator.Media{Data: []byte("RIFF")}},
		"location":        {Kind: "location"},
		"contact":         {Kind: "contacts"},
		"forwarded":       {Kind: "text", Text: "Look", Options: map[string]string{"forwarded": "true"}},
		"reply":           {Kind: "text", Text: "This one", ReplyTo: "1"},
		"group":           {Kind: "group", Text: "Hello all"},
		"poll":            {Kind: "poll"},
		"edited_message":  {Kind: "edit", MessageID: "1", Text: "Hello again"},
		"callback_query":  {Kind: "button", MessageID: "1", Payload: "yes"},
		"message_reacted": {Kind: "reaction", MessageID: "1", Emoji: "\U0001F44D"},
		"blocked":         {Kind: "block"},
	} {
		t.Run(name, func(t *testing.T) {
			r := rig(t)
			all := map[string]any{"url": r.Account.Webhook, "secret_token": "hook-secret", "allowed_updates": []string{"message", "edited_message", "callback_query", "my_chat_member", "message_reaction"}}
			if status, answer := call(r, "setWebhook", all); status != 200 {
				t.Fatal(answer)
			}
			hello(r)
			r.Heard()
			in.From, in.Name, in.Username = ada, "Ada King", "ada"
			r.Said(in)
			h := r.Heard()[0]
			r.Recorded(name, h.Body)
			if got := h.Header.Get("X-Telegram-Bot-Api-Secret-Token"); got != "hook-secret" {
				t.Errorf("the secret is %q", got)
			}
		})
	}
}

// TestReactionsAreAskedFor holds that a bot hears of reactions only if it asked.
func TestReactionsAreAskedFor(t *testing.T) {
	r := rig(t)
	id := hello(r)
	r.Heard()
	r.Said(simulator.In{From: ada, Kind: "reaction", MessageID: id, Emoji: "x"})
	if n := len(r.Heard()); n != 0 {
		t.Errorf("%d updates", n)
	}
	if got := r.Phone(ada)[0].Reactions[simulator.FromCustomer]; got != "x" {
		t.Errorf("the phone shows %q", got)
	}
}

func TestSend(t *testing.T) {
	r := rig(t)
	first := hello(r)
	status, answer := call(r, "sendMessage", map[string]any{"chat_id": 5001002003, "text": "On it!", "reply_parameters": map[string]any{"message_id": number(first)},
		"reply_markup": map[string]any{"inline_keyboard": []any{[]any{map[string]string{"text": "Yes", "callback_data": "yes"}}}}})
	if status != 200 || answer["ok"] != true {
		t.Fatalf("%d %v", status, answer)
	}
	id := fmt.Sprintf("%.0f", answer["result"].(map[string]any)["message_id"])
	shown := r.Phone(ada)[1]
	if shown.ID != id || shown.Text != "On it!" || shown.ReplyTo != first || len(shown.Buttons) != 1 || shown.Buttons[0].Payload != "yes" {
		t.Errorf("the phone shows %+v", shown)
	}
	if _, answer := call(r, "editMessageText", map[string]any{"chat_id": ada, "message_id": id, "text": "Done!"}); answer["ok"] != true {
		t.Errorf("edit: %v", answer)
	}
	if shown := r.Phone(ada)[1]; shown.Text != "Done!" || !shown.Edited {
		t.Errorf("after the edit %+v", shown)
	}
	call(r, "sendChatAction", map[string]any{"chat_id": ada, "action": "typing"})
	if thread, _ := r.Line.Thread(ada); !thread.Typing {
		t.Error("typing does not show")
	}
	call(r, "setMessageReaction", map[string]any{"chat_id": ada, "message_id": first, "reaction": []any{map[string]string{"type": "emoji", "emoji": "x"}}})
	call(r, "deleteMessage", map[string]any{"chat_id": ada, "message_id": id})
	if shown := r.Phone(ada); shown[0].Reactions[simulator.FromCenter] != "x" || !shown[1].Deleted {
		t.Errorf("the phone shows %+v", shown)
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name   string
		before func(*simtest.Rig)
		method string
		body   map[string]any
		status int
		says   string
	}{
		{"an unknown chat", nil, "sendMessage", map[string]any{"chat_id": 1, "text": "x"}, 400, "chat not found"},
		{"no text", nil, "sendMessage", map[string]any{"chat_id": ada, "text": " "}, 400, "message text is empty"},
		{"4,097 characters", nil, "sendMessage", map[string]any{"chat_id": ada, "text": strings.Repeat("x", 4097)}, 400, "message is too long"},
		{"an answer to nothing", nil, "sendMessage", map[string]any{"chat_id": ada, "text": "x", "reply_to_message_id": 99}, 400, "message to be replied not found"},
		{"an unknown file", nil, "sendPhoto", map[string]any{"chat_id": ada, "photo": "AgAC-unknown"}, 400, "wrong file identifier"},
		{"an unknown method", nil, "sendPigeon", map[string]any{"chat_id": ada}, 404, "method not found"},
		{"blocked", func(r *simtest.Rig) { r.Said(simulator.In{From: ada, Kind: "block"}) }, "sendMessage", map[string]any{"chat_id": ada, "text": "x"}, 403, "bot was blocked by the user"},
		{"ordered", func(r *simtest.Rig) {
			r.Said(simulator.In{From: ada, Kind: "fail", Text: "Forbidden: user is deactivated", Options: map[string]string{"code": "403"}})
		}, "sendMessage", map[string]any{"chat_id": ada, "text": "x"}, 403, "user is deactivated"},
		{"a token that no longer counts", func(r *simtest.Rig) { r.Set(func(w *simulator.Weather) { w.TokenExpired = true }) }, "getMe", nil, 401, "Unauthorized"},
		{"a bad secret", nil, "setWebhook", map[string]any{"url": "https://parley.example", "secret_token": "no spaces"}, 400, "unallowed characters"},
		{"polling beside a webhook", nil, "getUpdates", nil, 409, "Conflict"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := rig(t)
			hello(r)
			if test.before != nil {
				test.before(r)
			}
			status, answer := call(r, test.method, test.body)
			if status != test.status || answer["ok"] != false || !strings.Contains(answer["description"].(string), test.says) {
				t.Errorf("answered %d %v", status, answer)
			}
		})
	}
}

// TestRetryAfter holds the limit of one chat: a burst, then one a second.
func TestRetryAfter(t *testing.T) {
	r := rig(t)
	hello(r)
	send := func() (int, map[string]any) {
		return call(r, "sendMessage", map[string]any{"chat_id": ada, "text": "x"})
	}
	for range chatBurst {
		if status, answer := send(); status != 200 {
			t.Fatal(answer)
		}
	}
	status, answer := send()
	if after := answer["parameters"].(map[string]any)["retry_after"]; status != 429 || after != 1.0 {
		t.Errorf("%d %v", status, answer)
	}
	r.Advance(time.Second)
	if status, answer := send(); status != 200 {
		t.Errorf("a second later: %v", answer)
	}
}

func TestFiles(t *testing.T) {
	r := rig(t)
	r.Said(simulator.In{From: ada, Kind: "document", Media: &simulator.Media{Data: []byte("%PDF invoice"), MIME: "application/pdf", Filename: "invoice.pdf"}})
	id := r.Phone(ada)[0].Media.ID
	_, answer := call(r, "getFile", map[string]any{"file_id": id})
	path := answer["result"].(map[string]any)["file_path"].(string)
	if status, got, _ := r.Raw("GET", "/file/bot"+token+"/"+path, nil, nil); status != 200 || string(got) != "%PDF invoice" {
		t.Errorf("fetched %d %q", status, got)
	}
	if status, _, _ := r.Raw("GET", "/file/bot1:x/"+path, nil, nil); status != 404 {
		t.Errorf("fetched with another token: %d", status)
	}
	r.Advance(time.Hour + time.Second)
	if status, _, _ := r.Raw("GET", "/file/bot"+token+"/"+path, nil, nil); status != 404 {
		t.Errorf("fetched after an hour: %d", status)
	}

	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	_ = w.WriteField("chat_id", ada)
	_ = w.WriteField("caption", "Look: 17")
	part, _ := w.CreateFormFile("photo", "photo.png")
	_, _ = part.Write([]byte("\x89PNG photo"))
	_ = w.Close()
	status, sent := r.Call("POST", "/bot"+token+"/sendPhoto", http.Header{"Content-Type": {w.FormDataContentType()}}, form.Bytes())
	if status != 200 {
		t.Fatalf("%d %v", status, sent)
	}
	sizes := sent["result"].(map[string]any)["photo"].([]any)
	if last := r.Phone(ada)[1]; last.Kind != "image" || last.Text != "Look: 17" || last.Media.Size != 10 || sizes[len(sizes)-1].(map[string]any)["file_id"] != last.Media.ID {
		t.Errorf("the phone shows %+v, the answer %v", last, sizes)
	}
}

// TestKinds holds that every phone can do what its network lists.
func TestKinds(t *testing.T) {
	for _, kind := range kinds {
		r := rig(t)
		id := r.Said(simulator.In{From: ada, Kind: "text", Text: "Hello"})
		r.Said(simulator.In{From: ada, Kind: kind, MessageID: id, Emoji: "x", Text: "x", Title: "x", Payload: "x", Raw: []byte("{}"), Options: map[string]string{"code": "403"}})
	}
}
