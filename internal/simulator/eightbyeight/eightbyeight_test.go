package eightbyeight_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/eightbyeight"
	"parley/internal/simulator/simtest"
)

const (
	key    = "a-key-of-amy"
	sam    = "+15145550134"
	single = "/api/v1/subaccounts/amy_hq/messages"
	batch  = single + "/batch"
)

func open(t *testing.T) *simtest.Rig {
	t.Helper()
	return simtest.New(t, eightbyeight.Provider, map[string]string{
		"subaccount_id": "amy_hq", "api_key": key, "address": "+15145550100", "webhook_header": "X-Secret: for amy",
	})
}

// call is one call of the API, and the answer as it came.
func call(r *simtest.Rig, key, path string, body any) (int, []byte) {
	status, raw, _ := r.Raw(http.MethodPost, path, http.Header{"Authorization": {"Bearer " + key}}, body)
	return status, raw
}

var uuid = regexp.MustCompile(`"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"`)

// documented compares a body with the one in testdata, which names the page of each field.
func documented(t *testing.T, name string, body []byte) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Page   string
		Fields map[string]string
		Body   any
	}
	var got any
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(uuid.ReplaceAll(body, []byte(`"<uuid>"`)), &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want.Body) {
		t.Errorf("%s: %s", name, body)
	}
	for _, field := range leaves("", got) {
		if want.Fields[field] == "" {
			t.Errorf("%s: nothing says where %s is documented (%s)", name, field, want.Page)
		}
	}
}

func leaves(at string, v any) (all []string) {
	object, ok := v.(map[string]any)
	if !ok {
		return []string{strings.TrimPrefix(at, ".")}
	}
	for key, value := range object {
		all = append(all, leaves(at+"."+key, value)...)
	}
	return all
}

func text(to string) map[string]any {
	return map[string]any{"destination": to, "text": "On it!", "source": "+15145550100", "clientMessageId": "message-42"}
}

func TestASentMessageAndItsReceiptsAreAsDocumented(t *testing.T) {
	r := open(t)
	status, body := call(r, key, single, text(sam))
	if status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	documented(t, "sent", body)
	heard := r.Heard()
	if len(heard) != 3 {
		t.Fatalf("%d receipts", len(heard))
	}
	for i, want := range []string{`"state":"sent"`, `"detail":"delivered_to_operator"`, `"detail":"delivered_to_recipient"`} {
		if !strings.Contains(string(heard[i].Body), want) {
			t.Errorf("receipt %d: %s", i, heard[i].Body)
		}
	}
	documented(t, "receipt", heard[2].Body)
	if m := r.Phone(sam)[0]; m.Text != "On it!" || m.State != "delivered" {
		t.Errorf("the phone shows %+v", m)
	}
}

func TestAnInboundMessageIsAsDocumented(t *testing.T) {
	r := open(t)
	id := r.Said(simulator.In{From: sam, Kind: "text", Text: "Bonjour, Zo\u00eb \U0001F44D"})
	heard := r.Heard()
	if len(heard) != 1 || !strings.Contains(string(heard[0].Body), id) {
		t.Fatalf("%d webhooks, id %s", len(heard), id)
	}
	documented(t, "inbound", heard[0].Body)
	if heard[0].Header.Get("X-Secret") != "for amy" || heard[0].Path != "/in/acc" {
		t.Errorf("%+v", heard[0])
	}
}

func TestRefusalsHaveTheirNumbers(t *testing.T) {
	r := open(t)
	status, body := call(r, key, single, text("514"))
	documented(t, "error", body)
	if status != 400 {
		t.Errorf("status %d", status)
	}
	with := func(key string, value any) map[string]any {
		m := text(sam)
		m[key] = value
		return m
	}
	for name, each := range map[string]struct {
		key    string
		body   any
		status int
		code   string
	}{
		"wrong key":        {"a-key", text(sam), 401, "1200"},
		"no text":          {key, with("text", ""), 400, "3005"},
		"long text":        {key, with("text", strings.Repeat("a", 1601)), 400, "3006"},
		"long id":          {key, with("clientMessageId", strings.Repeat("a", 51)), 400, "3009"},
		"unknown encoding": {key, with("encoding", "UTF8"), 400, "1003"},
		"not GSM7":         {key, map[string]any{"destination": sam, "text": "\u4f60", "encoding": "GSM7"}, 400, "1004"},
		"expired":          {key, with("expiry", "2026-03-02T08:59:59Z"), 400, "1006"},
		"callback":         {key, with("dlrCallbackUrl", "nonsense"), 400, "3020"},
	} {
		status, body := call(r, each.key, single, each.body)
		if status != each.status || !strings.Contains(string(body), `"code":`+each.code) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

func TestABatchAnswersForEach(t *testing.T) {
	r := open(t)
	status, body := call(r, key, batch, map[string]any{
		"messages": []any{text(sam), text("514")}, "clientBatchId": "batch-7", "includeMessagesInResponse": true,
	})
	var got struct {
		ClientBatchID string
		AcceptedCount int
		RejectedCount int
		Messages      []struct{ Status struct{ State string } }
	}
	if err := json.Unmarshal(body, &got); err != nil || status != 200 {
		t.Fatalf("%d %s %v", status, body, err)
	}
	if got.ClientBatchID != "batch-7" || got.AcceptedCount != 1 || got.RejectedCount != 1 || got.Messages[0].Status.State != "queued" || got.Messages[1].Status.State != "rejected" {
		t.Errorf("%s", body)
	}
	_, body = call(r, key, batch, map[string]any{"destinations": []string{sam, "+15145550135"}, "template": map[string]any{"text": "to all"}})
	if !strings.Contains(string(body), `"acceptedCount":2`) || strings.Contains(string(body), `"messages"`) {
		t.Errorf("%s", body)
	}
}

func TestAWebhookComesAgainAfter1And10And30And90Seconds(t *testing.T) {
	r := open(t)
	r.Answer(func(simtest.Hook) (int, string) { return http.StatusServiceUnavailable, "" })
	if _, err := r.Say(t.Context(), simulator.In{Account: "acc", From: sam, Kind: "text", Text: "again"}); !errors.Is(err, simulator.ErrRefused) {
		t.Errorf("the phone was told %v", err)
	}
	first := r.Heard()
	for i, seconds := range []time.Duration{1, 10, 30, 90} {
		r.Advance(seconds*time.Second - time.Millisecond)
		if early := r.Heard(); len(early) != 0 {
			t.Fatalf("attempt %d came too early", i+2)
		}
		r.Advance(time.Millisecond)
		if next := r.Heard(); len(next) != 1 || !bytes.Equal(next[0].Body, first[0].Body) {
			t.Fatalf("attempt %d did not come, or was another", i+2)
		}
	}
	r.Advance(48 * time.Hour)
	if more := r.Heard(); len(more) != 0 {
		t.Errorf("%d more attempts", len(more))
	}
}

func TestAPhoneThatRefuses(t *testing.T) {
	r := open(t)
	r.Said(simulator.In{From: sam, Kind: "refuse", Options: map[string]string{"code": "11"}})
	call(r, key, single, text(sam))
	heard := r.Heard()
	if last := string(heard[1].Body); !strings.Contains(last, `"state":"undelivered"`) || !strings.Contains(last, `"errorCode":11`) {
		t.Errorf("%s", last)
	}
	if m := r.Phone(sam)[0]; m.State != "failed" {
		t.Errorf("the phone shows %+v", m)
	}
}

func TestWeather(t *testing.T) {
	for name, each := range map[string]struct {
		change func(*simulator.Weather)
		status int
		want   string
	}{
		"throttled":     {func(w *simulator.Weather) { w.Throttle = 1 }, 429, `"code":1400`},
		"failing":       {func(w *simulator.Weather) { w.Fail = 1 }, 500, `"code":2000`},
		"200 and error": {func(w *simulator.Weather) { w.OKWithError = 1 }, 200, `"state":"rejected"`},
		"key expired":   {func(w *simulator.Weather) { w.TokenExpired = true }, 401, `"code":1200`},
		"no answer":     {func(w *simulator.Weather) { w.TimeoutAfterAccept = 1 }, 0, ""},
	} {
		r := open(t)
		r.Set(each.change)
		if status, body := call(r, key, single, text(sam)); status != each.status || !strings.Contains(string(body), each.want) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

func TestEveryPhoneCanDoWhatItsNetworkLists(t *testing.T) {
	for _, kind := range eightbyeight.Provider.Kinds {
		r := open(t)
		r.Said(simulator.In{From: sam, Kind: kind, Text: "x", Raw: []byte("{}"), Options: map[string]string{"code": "1"}})
	}
}
