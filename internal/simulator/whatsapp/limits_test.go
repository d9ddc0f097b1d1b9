package whatsapp

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
)

// TestPairLimit holds 131056: a burst to one person, then one each six seconds;
// others are not held up.
func TestPairLimit(t *testing.T) {
	r := rig(t)
	for _, who := range []string{marie, "15145550135"} {
		r.Said(simulator.In{From: who, Kind: "text", Text: "Hello"})
	}
	send := func(to string) int {
		_, answer := r.Call("POST", "/"+phone+"/messages", bearer, text(to, "x"))
		return errorOf(answer)
	}
	for i := range pairBurst {
		if code := send(marie); code != 0 {
			t.Fatalf("message %d: %d", i, code)
		}
	}
	if code := send(marie); code != 131056 {
		t.Errorf("after the burst: %d", code)
	}
	if code := send("15145550135"); code != 0 {
		t.Errorf("another person: %d", code)
	}
	r.Advance(pairEvery)
	if a, b := send(marie), send(marie); a != 0 || b != 131056 {
		t.Errorf("six seconds later: %d %d", a, b)
	}
}

func TestThroughput(t *testing.T) {
	r := rig(t)
	codes := map[int]int{}
	for i := range 90 {
		who := "1514555" + string(rune('0'+i/10)) + string(rune('0'+i%10)) + "00"
		r.Said(simulator.In{From: who, Kind: "text", Text: "Hello"})
		_, answer := r.Call("POST", "/"+phone+"/messages", bearer, text(who, "x"))
		codes[errorOf(answer)]++
	}
	if codes[0] != 80 || codes[130429] != 10 {
		t.Errorf("in one second: %v", codes)
	}
}

// TestMedia walks a file both ways: uploaded, sent, received, looked up, fetched,
// and its address dead after five minutes.
func TestMedia(t *testing.T) {
	r := rig(t)
	data := []byte("%PDF-1.4 an invoice")
	id := r.Said(simulator.In{From: marie, Kind: "document", Media: &simulator.Media{Data: data, MIME: "application/pdf", Filename: "invoice.pdf"}})
	kept := r.Phone(marie)[0].Media
	if r.Phone(marie)[0].ID != id || kept.Size != len(data) {
		t.Fatalf("the phone shows %+v", kept)
	}
	_, about := r.Call("GET", "/v25.0/"+kept.ID, bearer, nil)
	sum := sha256.Sum256(data)
	if about["sha256"] != hex.EncodeToString(sum[:]) || about["mime_type"] != "application/pdf" {
		t.Errorf("looked up: %v", about)
	}
	address := about["url"].(string)
	if status, got, _ := r.Raw("GET", address, bearer, nil); status != 200 || !bytes.Equal(got, data) {
		t.Errorf("fetched %d %q", status, got)
	}
	if status, _, _ := r.Raw("GET", address, nil, nil); status != 401 {
		t.Errorf("fetched without a token: %d", status)
	}
	r.Advance(5*time.Minute + time.Second)
	if status, _, _ := r.Raw("GET", address, bearer, nil); status != 404 {
		t.Errorf("fetched after five minutes: %d", status)
	}

	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	_ = w.WriteField("messaging_product", "whatsapp")
	part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="photo.png"`}, "Content-Type": {"image/png"}})
	_, _ = part.Write([]byte("\x89PNG photo"))
	_ = w.Close()
	header := http.Header{"Authorization": bearer["Authorization"], "Content-Type": {w.FormDataContentType()}}
	status, uploaded := r.Call("POST", "/v25.0/"+phone+"/media", header, form.Bytes())
	if status != 200 {
		t.Fatalf("upload: %d %v", status, uploaded)
	}
	image := map[string]any{"messaging_product": "whatsapp", "to": marie, "type": "image", "image": map[string]any{"id": uploaded["id"], "caption": "Look"}}
	if status, answer := r.Call("POST", "/v25.0/"+phone+"/messages", bearer, image); status != 200 {
		t.Fatalf("send: %d %v", status, answer)
	}
	shown := r.Phone(marie)
	if last := shown[len(shown)-1]; last.Kind != "image" || last.Text != "Look" || last.Media.Size != 10 {
		t.Errorf("the phone shows %+v", last)
	}
	sticker := map[string]any{"messaging_product": "whatsapp", "to": marie, "type": "sticker", "sticker": map[string]any{"id": uploaded["id"]}}
	if _, answer := r.Call("POST", "/v25.0/"+phone+"/messages", bearer, sticker); errorOf(answer) != 131053 {
		t.Errorf("a PNG as a sticker: %v", answer)
	}
}

func TestReadAndTyping(t *testing.T) {
	r := rig(t)
	first := r.Said(simulator.In{From: marie, Kind: "text", Text: "One"})
	second := r.Said(simulator.In{From: marie, Kind: "text", Text: "Two"})
	read := map[string]any{"messaging_product": "whatsapp", "status": "read", "message_id": second, "typing_indicator": map[string]string{"type": "text"}}
	if status, answer := r.Call("POST", "/v25.0/"+phone+"/messages", bearer, read); status != 200 || answer["success"] != true {
		t.Fatalf("%d %v", status, answer)
	}
	thread, _ := r.Line.Thread(marie)
	if !thread.Typing || thread.Messages[0].ID != first || thread.Messages[0].State != "read" || thread.Messages[1].State != "read" {
		t.Errorf("the phone shows %+v", thread)
	}
	r.Advance(26 * time.Second)
	r.Flush(t.Context())
	if thread, _ := r.Line.Thread(marie); thread.Typing {
		t.Error("typing is shown for 25 seconds")
	}
}

func TestAccount(t *testing.T) {
	r := rig(t)
	waba := "/v25.0/102290129340398"
	_, answer := r.Call("GET", waba+"/message_templates?limit=3&status=APPROVED", bearer, nil)
	if n := len(answer["data"].([]any)); n != 3 {
		t.Fatalf("%d templates on the first page", n)
	}
	after := answer["paging"].(map[string]any)["cursors"].(map[string]any)["after"].(string)
	_, answer = r.Call("GET", waba+"/message_templates?limit=3&status=APPROVED&after="+after, bearer, nil)
	if n := len(answer["data"].([]any)); n != 1 || answer["paging"].(map[string]any)["next"] != nil {
		t.Errorf("the second page: %v", answer)
	}
	for _, step := range []struct {
		method string
		apps   int
	}{{"GET", 1}, {"DELETE", 0}, {"POST", 1}} {
		if step.method != "GET" {
			r.Call(step.method, waba+"/subscribed_apps", bearer, nil)
		}
		if _, answer := r.Call("GET", waba+"/subscribed_apps", bearer, nil); len(answer["data"].([]any)) != step.apps {
			t.Errorf("after %s: %v", step.method, answer)
		}
	}
	app := http.Header{"Authorization": {"Bearer 670843887433847|" + secret}}
	debug := func() map[string]any {
		_, answer := r.Call("GET", "/v25.0/debug_token?input_token=EAAG-token", app, nil)
		return answer["data"].(map[string]any)
	}
	if data := debug(); data["is_valid"] != true {
		t.Errorf("the token: %v", data)
	}
	r.Set(func(w *simulator.Weather) { w.TokenExpired = true })
	if data := debug(); data["is_valid"] != false {
		t.Errorf("the expired token: %v", data)
	}
	r.Set(func(*simulator.Weather) {})
	if _, answer := r.Call("GET", "/v25.0/"+phone+"?appsecret_proof=wrong", bearer, nil); errorOf(answer) != 100 || !strings.Contains(answer["error"].(map[string]any)["message"].(string), "appsecret_proof") {
		t.Errorf("a wrong proof: %v", answer)
	}
}

// TestUnsubscribed holds that nobody hears of what happens while no app is told.
func TestUnsubscribed(t *testing.T) {
	r := rig(t)
	r.Said(simulator.In{From: marie, Kind: "text", Text: "Hello"})
	r.Heard()
	r.Call("DELETE", "/v25.0/102290129340398/subscribed_apps", bearer, nil)
	r.Said(simulator.In{From: marie, Kind: "text", Text: "Anybody?"})
	r.Call("POST", "/v25.0/"+phone+"/messages", bearer, text(marie, "On it!"))
	if n := len(r.Heard()); n != 0 {
		t.Errorf("%d webhooks", n)
	}
	if shown := r.Phone(marie); len(shown) != 3 || shown[2].State != "read" {
		t.Errorf("the phone shows %+v", shown)
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
		id := r.Said(simulator.In{From: marie, Kind: "text", Text: "Hello"})
		r.Said(simulator.In{From: marie, Kind: kind, MessageID: id, Emoji: "x", Text: "x", Title: "x", Payload: "15145550199", Raw: []byte("{}"), Options: map[string]string{"code": "131026"}})
	}
}

// TestWeatherTouchesSends holds that marking as read goes through any weather.
func TestWeatherTouchesSends(t *testing.T) {
	r := rig(t)
	id := r.Said(simulator.In{From: marie, Kind: "text", Text: "Hello"})
	r.Set(func(w *simulator.Weather) { w.Fail = 1 })
	for want, body := range map[int]map[string]any{200: {"messaging_product": "whatsapp", "status": "read", "message_id": id}, 500: text(marie, `the "status" of it`)} {
		if status, answer := r.Call("POST", "/v25.0/"+phone+"/messages", bearer, body); status != want {
			t.Errorf("%v: %d %v", body, status, answer)
		}
	}
}

// TestCaptionEdited holds that a file's edit carries the file and its new caption.
func TestCaptionEdited(t *testing.T) {
	r := rig(t)
	id := r.Said(simulator.In{From: marie, Kind: "image", Text: "My invoice", Media: &simulator.Media{Data: []byte("\x89PNG")}})
	r.Heard()
	r.Said(simulator.In{From: marie, Kind: "edit", MessageID: id, Text: "My other invoice"})
	r.Recorded("edit_caption", r.Heard()[0].Body)
	if shown := r.Phone(marie)[0]; shown.Text != "My other invoice" || !shown.Edited || shown.Media == nil {
		t.Errorf("the phone shows %+v", shown)
	}
}
