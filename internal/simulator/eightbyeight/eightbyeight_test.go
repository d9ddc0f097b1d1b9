package eightbyeight_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/eightbyeight"
)

// place is a simulator with one account, and the product its webhooks reach.
type place struct {
	t      *testing.T
	sim    *simulator.Simulator
	clock  time.Time
	base   string
	status int // what webhooks are answered
	heard  []heard
}

type heard struct {
	path   string
	header http.Header
	body   []byte
}

// call is one call of the API.
func (p *place) call(key, path string, body any) (int, []byte) {
	p.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.base+path, bytes.NewReader(text))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	answer, err := (&http.Client{}).Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, read
}

func open(t *testing.T) *place {
	p := &place{t: t, clock: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), status: 200}
	product := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		p.heard = append(p.heard, heard{r.URL.Path, r.Header, body})
		w.WriteHeader(p.status)
	}))
	t.Cleanup(product.Close)
	p.sim = simulator.New(simulator.Options{
		Providers: []simulator.Provider{eightbyeight.Provider}, Client: product.Client(), Now: func() time.Time { return p.clock }, Seed: 1, Hurry: 1,
	})
	server := httptest.NewServer(p.sim.Handler())
	t.Cleanup(server.Close)
	_, err := p.sim.Open(simulator.Account{ID: "sms", Network: "eightbyeight", Webhook: product.URL + "/in/8x8/7", Settings: map[string]string{
		"subaccount_id": "amy_hq", "api_key": "a-key-of-amy", "address": "+15145550100", "webhook_header": "X-Secret: for amy",
	}})
	if err != nil {
		t.Fatal(err)
	}
	p.base = server.URL + "/sim/api/eightbyeight/sms/api/v1/subaccounts/amy_hq"
	return p
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
	p := open(t)
	status, body := p.call("a-key-of-amy", "/messages", text("+15145550134"))
	if status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	documented(t, "sent", body)
	p.sim.Flush(t.Context())
	if len(p.heard) != 3 {
		t.Fatalf("%d receipts", len(p.heard))
	}
	for i, want := range []string{`"state":"sent"`, `"detail":"delivered_to_operator"`, `"detail":"delivered_to_recipient"`} {
		if !strings.Contains(string(p.heard[i].body), want) {
			t.Errorf("receipt %d: %s", i, p.heard[i].body)
		}
	}
	documented(t, "receipt", p.heard[2].body)
	thread, _ := p.sim.Thread("sms/+15145550134")
	if m := thread.Messages[0]; m.Text != "On it!" || m.State != "delivered" {
		t.Errorf("the phone shows %+v", m)
	}
}

func TestAnInboundMessageIsAsDocumented(t *testing.T) {
	p := open(t)
	id, err := p.sim.Say(t.Context(), simulator.In{Account: "sms", From: "+15145550134", Kind: "text", Text: "Bonjour, Zo\u00eb \U0001F44D"})
	if err != nil || !strings.Contains(string(p.heard[0].body), id) {
		t.Fatalf("%v, id %s", err, id)
	}
	documented(t, "inbound", p.heard[0].body)
	if p.heard[0].header.Get("X-Secret") != "for amy" || p.heard[0].path != "/in/8x8/7" {
		t.Errorf("%+v", p.heard[0])
	}
}

func TestRefusalsHaveTheirNumbers(t *testing.T) {
	p := open(t)
	status, body := p.call("a-key-of-amy", "/messages", text("514"))
	documented(t, "error", body)
	if status != 400 {
		t.Errorf("status %d", status)
	}
	with := func(key string, value any) map[string]any {
		m := text("+15145550134")
		m[key] = value
		return m
	}
	for name, each := range map[string]struct {
		key    string
		body   any
		status int
		code   string
	}{
		"wrong key":        {"a-key", text("+15145550134"), 401, "1200"},
		"no text":          {"a-key-of-amy", with("text", ""), 400, "3005"},
		"long text":        {"a-key-of-amy", with("text", strings.Repeat("a", 1601)), 400, "3006"},
		"long id":          {"a-key-of-amy", with("clientMessageId", strings.Repeat("a", 51)), 400, "3009"},
		"unknown encoding": {"a-key-of-amy", with("encoding", "UTF8"), 400, "1003"},
		"not GSM7":         {"a-key-of-amy", map[string]any{"destination": "+15145550134", "text": "\u4f60", "encoding": "GSM7"}, 400, "1004"},
		"expired":          {"a-key-of-amy", with("expiry", "2026-03-02T08:59:59Z"), 400, "1006"},
		"callback":         {"a-key-of-amy", with("dlrCallbackUrl", "nonsense"), 400, "3020"},
	} {
		status, body := p.call(each.key, "/messages", each.body)
		if status != each.status || !strings.Contains(string(body), `"code":`+each.code) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

func TestABatchAnswersForEach(t *testing.T) {
	p := open(t)
	status, body := p.call("a-key-of-amy", "/messages/batch", map[string]any{
		"messages": []any{text("+15145550134"), text("514")}, "clientBatchId": "batch-7", "includeMessagesInResponse": true,
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
	_, body = p.call("a-key-of-amy", "/messages/batch", map[string]any{"destinations": []string{"+15145550134", "+15145550135"}, "template": map[string]any{"text": "to all"}})
	if !strings.Contains(string(body), `"acceptedCount":2`) || strings.Contains(string(body), `"messages"`) {
		t.Errorf("%s", body)
	}
}

func TestAWebhookComesAgainAfter1And10And30And90Seconds(t *testing.T) {
	p := open(t)
	p.status = 503
	if _, err := p.sim.Say(t.Context(), simulator.In{Account: "sms", From: "+15145550134", Kind: "text", Text: "again"}); err == nil {
		t.Error("the phone was not told that it was refused")
	}
	for i, seconds := range []time.Duration{1, 10, 30, 90} {
		p.clock = p.clock.Add(seconds*time.Second - time.Millisecond)
		p.sim.Flush(t.Context())
		if len(p.heard) != i+1 {
			t.Fatalf("attempt %d came too early", i+2)
		}
		p.clock = p.clock.Add(time.Millisecond)
		p.sim.Flush(t.Context())
		if len(p.heard) != i+2 || !bytes.Equal(p.heard[i+1].body, p.heard[0].body) {
			t.Fatalf("attempt %d did not come, or was another", i+2)
		}
	}
	p.clock = p.clock.Add(48 * time.Hour)
	p.sim.Flush(t.Context())
	if len(p.heard) != 5 {
		t.Errorf("%d attempts", len(p.heard))
	}
}

func TestAPhoneThatRefuses(t *testing.T) {
	p := open(t)
	refuse := simulator.In{Account: "sms", From: "+15145550134", Kind: "refuse", Options: map[string]string{"code": "11"}}
	if _, err := p.sim.Say(t.Context(), refuse); err != nil {
		t.Fatal(err)
	}
	p.call("a-key-of-amy", "/messages", text("+15145550134"))
	p.sim.Flush(t.Context())
	if last := string(p.heard[1].body); !strings.Contains(last, `"state":"undelivered"`) || !strings.Contains(last, `"errorCode":11`) {
		t.Errorf("%s", last)
	}
}
