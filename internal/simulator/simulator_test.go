package simulator_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
	"parley/internal/simulator/telegram"
)

// A bot is the smallest network; what is tested here is the frame.
const token = "7310:bot-secret"

func bot(t *testing.T) *simtest.Rig {
	return simtest.New(t, telegram.Provider, map[string]string{"bot_token": token, "secret_token": "hook-secret"})
}

func write(r *simtest.Rig, words string) {
	r.Said(simulator.In{From: "5001", Kind: "text", Text: words})
}

// words are the texts of the updates that came, in order.
func words(t *testing.T, hooks []simtest.Hook) string {
	t.Helper()
	var out []string
	for _, h := range hooks {
		var u struct{ Message struct{ Text string } }
		if err := json.Unmarshal(h.Body, &u); err != nil {
			t.Fatal(err)
		}
		out = append(out, u.Message.Text)
	}
	return strings.Join(out, " ")
}

func send(r *simtest.Rig, text string) (int, map[string]any) {
	return r.Call("POST", "/bot"+token+"/sendMessage", nil, map[string]any{"chat_id": 5001, "text": text})
}

// TestWebhookWeather holds what the weather does to webhooks, without waiting: the
// clock is moved.
func TestWebhookWeather(t *testing.T) {
	tests := []struct {
		name    string
		weather func(*simulator.Weather)
		now     string // what came at once
		advance time.Duration
		later   string
	}{
		{"fine", func(*simulator.Weather) {}, "one two three", 0, ""},
		{"A-056: twice", func(w *simulator.Weather) { w.Duplicate = 1 }, "one one two two three three", 0, ""},
		{"delayed", func(w *simulator.Weather) { w.DelayMS = 5_000 }, "", 5 * time.Second, "one two three"},
		{"overtaken", func(w *simulator.Weather) { w.Reorder = 1 }, "two one", 2 * time.Second, "three"},
		{"R-41: lost, then tried again on the provider's schedule", func(w *simulator.Weather) { w.DropWebhooks = 2 }, "three", time.Second, "one two"},
		{"lost twice", func(w *simulator.Weather) { w.DropWebhooks = 4 }, "", 3 * time.Second, "two three"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := bot(t)
			r.Set(test.weather)
			for _, w := range []string{"one", "two", "three"} {
				write(r, w)
			}
			if got := words(t, r.Heard()); got != test.now {
				t.Errorf("at once %q, want %q", got, test.now)
			}
			r.Advance(test.advance)
			if got := words(t, r.Heard()); got != test.later {
				t.Errorf("later %q, want %q", got, test.later)
			}
			if got := words(t, r.Heard()); got != "" {
				t.Errorf("and then %q", got)
			}
		})
	}
}

// TestRetries holds that a webhook is tried a bounded number of times.
func TestRetries(t *testing.T) {
	r := bot(t)
	r.Answer(func(simtest.Hook) (int, string) { return 503, "" })
	if _, err := r.Say(t.Context(), simulator.In{Account: "acc", From: "5001", Kind: "text", Text: "one"}); err == nil {
		t.Error("a refused webhook was no error")
	}
	tried := len(r.Heard())
	for range 40 {
		r.Advance(12 * time.Hour)
		tried += len(r.Heard())
	}
	if tried != 11 {
		t.Errorf("tried %d times, once and ten times again", tried)
	}
	_, info := r.Call("GET", "/bot"+token+"/getWebhookInfo", nil, nil)
	if !strings.Contains(fmt.Sprint(info), "last_error_message") {
		t.Errorf("the network does not tell: %v", info)
	}
}

// TestSendWeather holds what the weather does to sends, and to nothing else.
func TestSendWeather(t *testing.T) {
	tests := []struct {
		name    string
		weather func(*simulator.Weather)
		status  int // 0: cut off
		ok      bool
		arrives bool
	}{
		{"fine", func(*simulator.Weather) {}, 200, true, true},
		{"fail", func(w *simulator.Weather) { w.Fail = 1 }, 500, false, false},
		{"throttle", func(w *simulator.Weather) { w.Throttle = 1 }, 429, false, false},
		{"200 with an error", func(w *simulator.Weather) { w.OKWithError = 1 }, 200, false, false},
		{"R-46: taken, never answered", func(w *simulator.Weather) { w.TimeoutAfterAccept = 1 }, 0, false, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := bot(t)
			write(r, "Hello")
			r.Set(test.weather)
			status, answer := send(r, "On it!")
			if status != test.status || status > 0 && answer["ok"] != test.ok {
				t.Errorf("answered %d %v", status, answer)
			}
			if arrived := len(r.Phone("5001")) == 2; arrived != test.arrives {
				t.Errorf("arrived: %t", arrived)
			}
			if status, answer := r.Call("GET", "/bot"+token+"/getMe", nil, nil); status != 200 || answer["ok"] != true {
				t.Errorf("the weather touched a call that sends nothing: %d %v", status, answer)
			}
			rows := r.Requests("acc", 0)
			if row := rows[len(rows)-2]; row.Status != test.status && test.status != 0 || row.Direction != "call" || (row.Error != "") != (test.status == 0) {
				t.Errorf("logged as %+v", row)
			}
		})
	}
}

// TestStatuses holds the orders in which statuses come. SMS networks and WhatsApp
// use the same steps; a line of our own shows them.
func TestStatuses(t *testing.T) {
	tests := []struct{ statuses, during, after, late string }{
		{"", "", "sent delivered", ""},
		{simulator.StatusesTwice, "", "sent sent delivered delivered", ""},
		{simulator.StatusesOutOfOrder, "", "delivered sent", ""},
		{simulator.StatusesBeforeAnswer, "sent delivered", "", ""},
		{simulator.StatusesLate, "", "", "sent delivered"},
	}
	for _, test := range tests {
		t.Run("R-41: "+test.statuses, func(t *testing.T) {
			r := bot(t)
			r.Set(func(w *simulator.Weather) { w.Statuses = test.statuses })
			seen := []string{}
			r.Answer(func(h simtest.Hook) (int, string) { seen = append(seen, string(h.Body)); return 200, "" })
			told := func() string { out := strings.Join(seen, " "); seen = seen[:0]; return out }
			r.Line.Show("5001", simulator.Message{ID: "m", From: simulator.FromCenter, State: "accepted"})
			r.Line.Progress(t.Context(), "5001", "m", []simulator.Step{
				{State: "sent", Hook: &simulator.Hook{Body: []byte("sent")}}, {State: "delivered", Hook: &simulator.Hook{Body: []byte("delivered")}}})
			if got := told(); got != test.during {
				t.Errorf("before the answer %q, want %q", got, test.during)
			}
			r.Flush(t.Context())
			if got := told(); got != test.after {
				t.Errorf("after it %q, want %q", got, test.after)
			}
			r.Advance(time.Hour)
			r.Flush(t.Context())
			if got := told(); got != test.late {
				t.Errorf("late %q, want %q", got, test.late)
			}
			if state := r.Phone("5001")[0].State; state != "delivered" {
				t.Errorf("the phone shows %s", state)
			}
		})
	}
}

// TestDice holds that one seed throws the same dice, for each phone of its own.
func TestDice(t *testing.T) {
	throw := func() string {
		r := bot(t)
		out := ""
		for i := range 64 {
			for _, who := range []string{"5001", "5002"} {
				if r.Line.Happens("duplicate", who, 0.3) {
					out += fmt.Sprint(who, ".", i, " ")
				}
			}
		}
		return out
	}
	first := throw()
	if second := throw(); first != second || len(first) < 20*7 || len(first) > 60*8 {
		t.Errorf("%q and %q", first, second)
	}
	r := bot(t)
	hits := 0
	for range 20_000 {
		if r.Line.Happens("fail", "", 0.25) {
			hits++
		}
	}
	if hits < 4_700 || hits > 5_300 {
		t.Errorf("a quarter of 20,000 was %d", hits)
	}
}

// TestLog holds that requests of both ways are kept without credentials,
// and not for ever.
func TestLog(t *testing.T) {
	r := bot(t)
	write(r, "Hello")
	send(r, "On it!")
	rows := r.Requests("acc", 0)
	if len(rows) != 2 || rows[0].Direction != "webhook" || rows[1].Direction != "call" || rows[1].N != rows[0].N+1 {
		t.Fatalf("logged %+v", rows)
	}
	all, _ := json.Marshal(rows)
	for _, secret := range []string{token, "hook-secret"} {
		if strings.Contains(string(all), secret) {
			t.Errorf("the log shows %s", secret)
		}
	}
	if !strings.Contains(rows[1].Body, "On it!") || !strings.Contains(rows[1].Answer, "message_id") {
		t.Errorf("the log lacks what was said: %+v", rows[1])
	}
	for range 5_050 {
		r.Call("GET", "/bot"+token+"/getMe", nil, nil)
	}
	if rows := r.Requests("", 0); len(rows) != 5_000 || rows[0].N != 53 {
		t.Errorf("%d rows from %d", len(rows), rows[0].N)
	}
	if rows := r.Requests("another", 0); len(rows) != 0 {
		t.Errorf("%d rows of an account that is not there", len(rows))
	}
}

// TestAgain A-056: a webhook is posted again as it was, byte for byte under its
// signature, and the row says what came of it; a call of the product's is not.
func TestAgain(t *testing.T) {
	r := bot(t)
	write(r, "Hello")
	send(r, "On it!")
	rows, first := r.Requests("acc", 0), r.Heard()
	n, err := r.Again(t.Context(), rows[0].N)
	if err != nil {
		t.Fatal(err)
	}
	twice, err := r.Again(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	heard := r.Heard()
	if len(first) != 1 || len(heard) != 2 {
		t.Fatalf("%d webhooks came, then %d", len(first), len(heard))
	}
	for _, h := range heard {
		if string(h.Body) != string(first[0].Body) || h.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "hook-secret" {
			t.Errorf("A-056: again is %s with %v", h.Body, h.Header)
		}
	}
	again := r.Requests("acc", rows[1].N)
	if len(again) != 2 || again[0].N != n || again[1].N != twice || again[0].Again != rows[0].N || again[1].Again != rows[0].N || again[0].Body != rows[0].Body {
		t.Errorf("A-056: logged %+v", again)
	}
	if _, err := r.Again(t.Context(), rows[1].N); !errors.Is(err, simulator.ErrNotLogged) {
		t.Errorf("a call of the product's again: %v", err)
	}
}

// TestBounds holds that phones forget the oldest.
func TestBounds(t *testing.T) {
	r := bot(t)
	for i := range simulator.MessagesPerThreadMax + 5 {
		r.Line.Show("5001", simulator.Message{ID: fmt.Sprint("m", i), From: simulator.FromCustomer})
	}
	shown := r.Phone("5001")
	if len(shown) != simulator.MessagesPerThreadMax || shown[0].ID != "m5" {
		t.Errorf("%d messages from %s", len(shown), shown[0].ID)
	}
	if _, _, found := r.Line.Find("m0"); found {
		t.Error("a forgotten message is found")
	}
	for i := range simulator.ThreadsMax {
		r.Line.Show(fmt.Sprint("p", i), simulator.Message{ID: fmt.Sprint("q", i)})
	}
	if threads := r.Threads(); len(threads) != simulator.ThreadsMax || threads[0].Who != "p9999" {
		t.Errorf("%d threads", len(threads))
	}
	if _, ok := r.Line.Thread("5001"); ok {
		t.Error("the oldest thread is still there")
	}
}

// TestScenarios holds that they are bounded, and stop.
func TestScenarios(t *testing.T) {
	r := bot(t)
	if n, err := r.Play("five_at_once", simulator.Plan{}); n != 5 || err != nil {
		t.Fatal(n, err)
	}
	if n := len(r.Heard()); n != 5 {
		t.Errorf("%d at once", n)
	}
	r.Advance(20 * time.Second)
	if n := len(r.Heard()); n != 5 || len(r.Threads()) != 5 {
		t.Errorf("%d more of %d phones", n, len(r.Threads()))
	}
	if n, _ := r.Play("rush_hour", simulator.Plan{Count: 1_000_000, OverMS: 1_000_000_000}); n != 500 {
		t.Errorf("%d phones at the most", n)
	}
	before := len(r.Heard())
	r.StopScenarios()
	r.Advance(time.Hour)
	if n := len(r.Heard()); before != 1 || n != 0 {
		t.Errorf("%d said something at once, %d after it was stopped", before, n)
	}
	if _, err := r.Play("flood", simulator.Plan{}); err == nil {
		t.Error("an unknown scenario was played")
	}
}

// TestRun holds that a running simulator does what is due without being asked.
func TestRun(t *testing.T) {
	r := bot(t)
	ctx, cancel := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() { r.Run(ctx); close(stopped) }()
	done := make(chan struct{})
	r.Line.After("5001", time.Hour, func(context.Context) { close(done) })
	r.Advance(time.Hour)
	<-done
	cancel()
	<-stopped
}

// TestReset holds that accounts and standing jobs survive, and nothing else.
func TestReset(t *testing.T) {
	r := bot(t)
	write(r, "Hello")
	r.Set(func(w *simulator.Weather) { w.DelayMS = 1_000 })
	write(r, "Delayed")
	hourly := 0
	r.Line.Every(time.Hour, func(context.Context) { hourly++ })
	r.Heard()
	r.Reset()
	r.Advance(time.Hour)
	if n := len(r.Heard()); n != 0 || hourly != 1 {
		t.Errorf("%d webhooks, %d hourly", n, hourly)
	}
	if len(r.Accounts()) != 1 || len(r.Threads()) != 0 || len(r.Requests("", 0)) != 0 || r.Line.Weather() != simulator.Fine() {
		t.Error("reset left something, or took the account")
	}
	if err := r.Shut("acc"); err != nil {
		t.Fatal(err)
	}
	r.Advance(time.Hour)
	r.Flush(t.Context())
	if hourly != 1 {
		t.Error("a job of a shut account ran")
	}
	if status, _, _ := r.Raw(http.MethodGet, "/bot"+token+"/getMe", nil, nil); status != 404 {
		t.Errorf("a shut account answers %d", status)
	}
}

// TestOrigins holds that a simulator can be kept from posting anywhere but home
//
func TestOrigins(t *testing.T) {
	reached := 0
	end := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached++ }))
	defer end.Close()
	for webhook, want := range map[string]error{end.URL + "/in": nil, end.URL + "1/in": simulator.ErrElsewhere, "http://169.254.169.254/latest": simulator.ErrElsewhere, "http://parley.example@169.254.169.254/": simulator.ErrElsewhere} {
		s := simulator.New(simulator.Options{Providers: []simulator.Provider{telegram.Provider}, Client: end.Client(), Now: func() time.Time { return simtest.Morning }, Origins: []string{end.URL}})
		a, err := s.Open(simulator.Account{Network: "telegram", Settings: map[string]string{"bot_token": token}, Webhook: webhook})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Say(t.Context(), simulator.In{Account: a.ID, From: "5001", Kind: "text"}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", webhook, err, want)
		}
	}
	if reached != 1 {
		t.Errorf("reached %d times", reached)
	}
}

// TestNothingIsLost holds that bad weather delays, doubles and disorders what
// phones say, and loses none of it.
func TestNothingIsLost(t *testing.T) {
	r := bot(t)
	r.Set(func(w *simulator.Weather) { w.Duplicate, w.Reorder, w.DelayMS, w.DropWebhooks = 0.3, 0.4, 700, 40 })
	want := map[string]bool{}
	for i := range 20 {
		for j := range 5 {
			text := fmt.Sprintf("%d.%d", i, j)
			want[text] = true
			r.Said(simulator.In{From: fmt.Sprint(5001 + i), Kind: "text", Text: text})
		}
	}
	came, last, disorder := map[string]int{}, map[string]string{}, 0
	for range 40 {
		r.Advance(time.Second)
		for text := range strings.SplitSeq(words(t, r.Heard()), " ") {
			if came[text]++; came[text] == 1 {
				phone, _, _ := strings.Cut(text, ".")
				if text < last[phone] {
					disorder++
				}
				last[phone] = text
			}
		}
	}
	delete(came, "")
	twice := 0
	for text := range want {
		if came[text] == 0 {
			t.Errorf("%s never came", text)
		}
		if came[text] > 1 {
			twice++
		}
	}
	if len(came) != 100 || twice == 0 || disorder == 0 {
		t.Errorf("%d came, %d of them twice, %d overtaken", len(came), twice, disorder)
	}
}
