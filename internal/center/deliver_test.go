package center

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/courier"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestDeliverInOrder: CNV-05, CNV-02: a long text goes in parts, in order, and
// stands as its lowest part does.
func TestDeliverInOrder(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		first := x.writes(id, "The first sentence. The second one. The third.")
		second := x.writes(id, "And that is all.")
		m := x.stands(first, parley.DeliverySent, "")
		x.stands(second, parley.DeliverySent, "")
		got := w.read()
		if want := []string{"The first sentence. ", "The second one. ", "The third.", "And that is all."}; !slices.Equal(got, want) {
			t.Fatalf("the phone shows %q", got)
		}
		if m.Delivery.Parts != 3 {
			t.Errorf("it became %d parts", m.Delivery.Parts)
		}
		part := func(n int, s parley.DeliveryState) parley.Status {
			return parley.Status{ExternalID: fmt.Sprintf("wam.%s:%d", first, n), State: s}
		}
		x.hears(part(0, parley.DeliveryRead), part(1, parley.DeliveryRead), part(1, parley.DeliveryDelivered))
		x.stands(first, parley.DeliverySent, "")
		x.hears(part(2, parley.DeliveryDelivered))
		x.stands(first, parley.DeliveryDelivered, "")
		x.hears(part(2, parley.DeliveryRead), part(2, parley.DeliverySent), part(0, parley.DeliveryFailed))
		x.stands(first, parley.DeliveryRead, "")
	})
}

// TestReportTo is CNV-02: a network that asks with each message where to report is
// told the entry point's own webhook, unless an administrator named another
// address.
func TestReportTo(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		x.ReachedAt("https://parley.example")
		for _, c := range []struct {
			change func(s *channel.Spec)
			given  string
			want   string
		}{
			{func(s *channel.Spec) { s.Webhook = true }, "", ""},
			{func(s *channel.Spec) { s.Fields = []channel.Field{{Name: "status_callback"}} }, "", "https://parley.example/in/wire/ent_wire"},
			{func(*channel.Spec) {}, "https://proxy.example/hook", "https://proxy.example/hook"},
		} {
			w.does(c.change)
			if c.given != "" {
				x.do("fill in", func(r *store.Rows) {
					e, err := x.s.View().EntryPoint(t.Context(), "ent_wire")
					x.must(err)
					e.Settings = map[string]string{"status_callback": c.given}
					r.SaveEntryPoint(e)
					r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "ent_wire"})
				})
			}
			x.stands(x.writes(id, "Line"), parley.DeliverySent, "")
			w.mu.Lock()
			if w.hook != c.want {
				t.Errorf("it is to report to %q, not %q", w.hook, c.want)
			}
			w.mu.Unlock()
		}
	})
}

// TestSendOutcomes: R-46: every branch of what a call can come to. What may have
// arrived is unconfirmed and never sent again by itself (P4, M12).
func TestSendOutcomes(t *testing.T) {
	for _, c := range []struct {
		mood  string
		state parley.DeliveryState
		code  string
		phone int
	}{
		{"lost", parley.DeliveryUnconfirmed, "unknown_outcome", 1},
		{"torn", parley.DeliveryUnconfirmed, "unknown_outcome", 1},
		{"hidden", parley.DeliveryUnconfirmed, "unknown_outcome", 1},
		{"away", parley.DeliveryPending, "transient", 0},
		{"throttled", parley.DeliveryPending, "throttled", 0},
		{"auth", parley.DeliveryPending, "auth", 0},
		{"config", parley.DeliveryFailed, "config", 0},
	} {
		t.Run(c.mood, func(t *testing.T) {
			wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
				w.feels(func(string) string { return c.mood })
				m := x.writes(id, "Hello")
				x.stands(m, c.state, c.code)
				if got := w.read(); len(got) != c.phone {
					t.Errorf("the phone shows %q", got)
				}
				w.feels(nil)
				x.reopen() // and another process knows no more
				x.stands(m, c.state, c.code)
				if got := w.read(); len(got) != c.phone {
					t.Errorf("after a restart the phone shows %q", got)
				}
			})
		})
	}
}

// TestFullDiskWhileSending: what a network answers is kept also when the
// disk is full by then; what was not sent yet waits.
func TestFullDiskWhileSending(t *testing.T) {
	w := newWire(t)
	w.afresh()
	x := &town{
		t: t, dsn: storetest.SQLite(t), clock: &hand{now: storetest.Day}, networks: map[string]channel.Channel{"wire": w},
		disk: storetest.NewDisk(t),
	}
	x.start()
	x.wire()
	x.works(amy)
	id := x.serves(zoes)
	w.mu.Lock()
	w.meanwhile = x.disk.Fill
	w.mu.Unlock()
	m := x.writes(id, "The first sentence. The second one.")
	x.soon("the answer is kept", func() bool {
		parts, err := x.s.View().ExternalsOf(t.Context(), m)
		x.must(err)
		return len(parts) == 1 && parts[0].ID == "wam."+string(m)+":0" && parts[0].State == string(parley.DeliverySent)
	})
	x.disk.Clear(t)
	w.mu.Lock()
	w.meanwhile = nil
	w.mu.Unlock()
	x.soon("there is room again", func() bool { return x.l.Down() == nil })
	x.soon("the rest goes", func() bool {
		x.clock.pass(100 * time.Millisecond)
		x.nudge()
		now, err := x.s.View().Message(t.Context(), m)
		x.must(err)
		return now.Delivery.State == parley.DeliverySent
	})
	if got := w.read(); !slices.Equal(got, []string{"The first sentence. ", "The second one."}) {
		t.Errorf("R-46: the phone shows %q", got)
	}
}

// TestThrottled: R-46: a network that asks us to wait is left alone, by the whole
// account, and then gets everything in order.
func TestThrottled(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		w.feels(func(string) string { return "throttled" })
		first := x.writes(id, "one")
		x.stands(first, parley.DeliveryPending, "throttled")
		calls := 0
		w.feels(func(string) string { calls++; return "" })
		other := x.serves("+12065550000")
		second, third := x.writes(id, "two"), x.writes(other, "three")
		x.clock.pass(20 * time.Second)
		x.nudge()
		if w.mu.Lock(); calls > 0 {
			t.Errorf("it was called %d times while it asked us to wait", calls)
		}
		w.mu.Unlock()
		x.clock.pass(2 * time.Minute)
		x.nudge()
		for _, m := range []parley.MessageID{first, second, third} {
			x.stands(m, parley.DeliverySent, "")
		}
		got := slices.DeleteFunc(w.read(), func(s string) bool { return s == "three" })
		if !slices.Equal(got, []string{"one", "two"}) {
			t.Errorf("the phone shows %q", got)
		}
	})
}

// nudge lets the outbox look at the clock: what was not due may be.
func (x *town) nudge() {
	x.t.Helper()
	x.do("nudge", func(r *store.Rows) { r.Outbox(store.Outbox{Kind: "nudge"}) })
}

// TestGivesUp: CNV-02: after 15 minutes a person decides, and Retry sends it.
func TestGivesUp(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		w.feels(func(string) string { return "away" })
		m := x.writes(id, "Hello")
		x.stands(m, parley.DeliveryPending, "transient")
		x.clock.pass(15 * time.Minute)
		x.nudge()
		x.stands(m, parley.DeliveryFailed, "transient")
		w.feels(nil)
		_, err := x.Retry(t.Context(), bob, m, false)
		x.refuses(err, parley.ErrNotFound)
		shown, err := x.Retry(t.Context(), amy, m, false)
		x.must(err)
		if shown.Delivery.State == parley.DeliveryFailed {
			t.Errorf("shown as %+v", shown.Delivery)
		}
		x.stands(m, parley.DeliverySent, "")
		if got := w.read(); !slices.Equal(got, []string{"Hello"}) {
			t.Errorf("the phone shows %q", got)
		}
		_, err = x.Retry(t.Context(), amy, m, true)
		x.refuses(err, parley.ErrConflict)
	})
}

// TestUnconfirmed: R-46: found out by asking, by a status that carries our own
// reference, or by a person who sends it anyway.
func TestUnconfirmed(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		w.feels(func(string) string { return "lost" })
		asked, told, again := x.writes(id, "one"), x.writes(id, "two"), x.writes(id, "three")
		for _, m := range []parley.MessageID{asked, told, again} {
			x.stands(m, parley.DeliveryUnconfirmed, "unknown_outcome")
		}
		w.feels(nil)
		_, err := x.Check(t.Context(), amy, asked)
		x.must(err)
		x.stands(asked, parley.DeliveryUnconfirmed, "unknown_outcome")
		w.mu.Lock()
		w.known[string(asked)] = parley.Status{ExternalID: "late.1", State: parley.DeliveryDelivered}
		w.mu.Unlock()
		x.clock.pass(time.Minute)
		x.nudge()
		x.stands(asked, parley.DeliveryDelivered, "")
		x.hears(parley.Status{ExternalID: "late.1", State: parley.DeliveryRead})
		x.stands(asked, parley.DeliveryRead, "")

		x.hears(parley.Status{ExternalID: "late.2", Ref: string(told), State: parley.DeliverySent})
		x.stands(told, parley.DeliverySent, "")

		_, err = x.Retry(t.Context(), amy, again, false)
		x.refuses(err, parley.ErrUnconfirmed)
		_, err = x.Retry(t.Context(), amy, again, true)
		x.must(err)
		x.stands(again, parley.DeliverySent, "")
		if got := w.read(); !slices.Equal(got, []string{"one", "two", "three", "three"}) {
			t.Errorf("the phone shows %q", got)
		}
	})
}

// TestStopsAtTheFirst: CNV-05: what comes behind a part that failed does not go
// without it; a retry begins there.
func TestStopsAtTheFirst(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		w.feels(func(text string) string {
			if strings.HasPrefix(text, "The second") {
				return "config"
			}
			return ""
		})
		m := x.writes(id, "The first sentence. The second one. The third.")
		x.stands(m, parley.DeliveryFailed, "config")
		w.feels(nil)
		_, err := x.Retry(t.Context(), amy, m, false)
		x.must(err)
		x.stands(m, parley.DeliverySent, "")
		if got := w.read(); strings.Join(got, "|") != "The first sentence. |The second one. |The third." {
			t.Errorf("the phone shows %q", got)
		}
	})
}

// TestPaused: R-48, P4: a network that does not know us is paused and loses
// nothing; administrators are told at once, and what waited goes in order.
func TestPaused(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		x.do("maintenance", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "mail.maintenance", Value: `"ops@example.com"`})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "setting"})
		})
		w.feels(func(string) string { return "auth" })
		first := x.writes(id, "one")
		x.stands(first, parley.DeliveryPending, "auth")
		e, err := x.s.View().EntryPoint(t.Context(), "ent_wire")
		x.must(err)
		h, err := x.s.View().Health(t.Context(), "ent_wire")
		x.must(err)
		if e.Paused != "auth" || h.ErrorCode != "auth" {
			t.Errorf("paused %q, health %q", e.Paused, h.ErrorCode)
		}
		mails, err := x.s.View().OutboxDue(t.Context(), courier.AlarmKind, x.clock.Now(), 10)
		x.must(err)
		if len(mails) != 1 {
			t.Errorf("SOC-01: %d mails to the maintenance list", len(mails))
		}
		w.feels(nil)
		var late []parley.MessageID
		for _, text := range []string{"two", "three"} {
			late = append(late, x.writes(id, text))
		}
		page, err := x.Interaction(t.Context(), amy, id)
		x.must(err)
		if page.Interaction.Composer == nil || page.Interaction.Composer.Paused != "auth" {
			t.Errorf("the agent is shown %+v", page.Interaction.Composer)
		}
		if got := w.read(); len(got) > 0 {
			t.Errorf("while it is paused the phone shows %q", got)
		}
		x.refuses(x.Pause(t.Context(), amy, "ent_wire", false), parley.ErrForbidden)
		x.must(x.courier.Supervise(t.Context()))
		x.must(x.Pause(t.Context(), ada, "ent_wire", false))
		x.must(x.courier.Supervise(t.Context()))
		for _, m := range append(late, first) {
			x.stands(m, parley.DeliverySent, "")
		}
		if got := w.read(); !slices.Equal(got, []string{"one", "two", "three"}) {
			t.Errorf("the phone shows %q", got)
		}
	})
}

// TestBreaker: R-48: a network that is away is not asked by everybody, and
// administrators see it at once.
func TestBreaker(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		calls := 0
		w.feels(func(string) string { calls++; return "away" })
		for i := range 5 {
			other := id
			if i > 0 {
				other = x.serves(fmt.Sprintf("+1206555010%d", i))
			}
			x.stands(x.writes(other, "Hello"), parley.DeliveryPending, "transient")
		}
		w.feels(func(string) string { calls++; return "" })
		if w.mu.Lock(); calls != 5 {
			t.Errorf("it was asked %d times", calls)
		}
		w.mu.Unlock()
		h, err := x.s.View().Health(t.Context(), "ent_wire")
		x.must(err)
		if h.ErrorCode != "transient" {
			t.Errorf("administrators see %q", h.ErrorCode)
		}
		if c := x.shown(amy, id).Composer; c.Paused != "transient" {
			t.Errorf("the agent is told %q", c.Paused)
		}
	})
}

// TestEarlyStatus: R-41: what a network says before our send is saved counts as
// soon as it is.
func TestEarlyStatus(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		w.feels(func(string) string { return "auth" })
		m := x.writes(id, "Hello")
		x.stands(m, parley.DeliveryPending, "auth")
		x.hears(statusOf(m, parley.DeliveryDelivered), statusOf(m, parley.DeliveryDelivered))
		w.feels(nil)
		x.must(x.courier.Supervise(t.Context()))
		x.must(x.Pause(t.Context(), ada, "ent_wire", false))
		x.must(x.courier.Supervise(t.Context()))
		x.stands(m, parley.DeliveryDelivered, "")
		early, err := x.s.View().Earlies(t.Context(), "ent_wire", "wam."+string(m))
		x.must(err)
		if len(early) > 0 {
			t.Errorf("%v is still parked", early)
		}
	})
}

// TestWatermark: networks.md 3, R-41: a watermark moves everything up to its
// time, what is on its way too.
func TestWatermark(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		first := x.writes(id, "one")
		x.stands(first, parley.DeliverySent, "")
		until := x.clock.Now()
		x.clock.pass(time.Minute)
		second := x.writes(id, "two")
		x.stands(second, parley.DeliverySent, "")
		x.hears(parley.Status{Watermark: until, From: phone(zoes), State: parley.DeliveryRead})
		x.stands(first, parley.DeliveryRead, "")
		x.stands(second, parley.DeliverySent, "")
		w.mu.Lock()
		w.meanwhile = func() { // it is read before our call is answered
			read := parley.Status{Watermark: x.clock.Now(), From: phone(zoes), State: parley.DeliveryRead}
			if _, err := x.Receive(t.Context(), "ent_wire", signed(channel.Received{Statuses: []parley.Status{read}})); err != nil {
				t.Error(err)
			}
		}
		w.mu.Unlock()
		x.stands(x.writes(id, "three"), parley.DeliveryRead, "")
		x.stands(second, parley.DeliveryRead, "")
	})
}

// TestInterrupted: P4, M12: a part that was on its way when a process died is
// unconfirmed, and is not sent again.
func TestInterrupted(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		w.feels(func(string) string { return "auth" })
		m := x.writes(id, "Hello")
		x.stands(m, parley.DeliveryPending, "auth")
		x.do("died", func(r *store.Rows) {
			r.SaveTry(store.External{ID: "try:" + string(m) + ":0", EntryPoint: "ent_wire", Message: m, State: "trying"})
			r.SavePaused("ent_wire", "")
			r.OutboxSoon(courier.DeliverKind, "ent_wire")
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "ent_wire"})
		})
		w.feels(nil)
		x.stands(m, parley.DeliveryUnconfirmed, "unknown_outcome")
		if got := w.read(); len(got) > 0 {
			t.Errorf("the phone shows %q", got)
		}
	})
}

// TestRefusedBeforeItGoes: CNV-07, SMS-05, SMS-04, SMS-09, WAP-05, I23: what a
// network cannot carry is refused where it is written.
func TestRefusedBeforeItGoes(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		send := func(text string) error {
			_, err := x.Send(t.Context(), amy, id, Words{ClientID: x.client(), Text: text})
			return err
		}
		w.does(func(s *channel.Spec) { s.PlainText = true })
		x.refuses(send("Thanks \U0001f600"), parley.ErrPlainTextOnly)
		x.refuses(send("I \u2764\ufe0f you"), parley.ErrPlainTextOnly)
		x.must(send("4 \u00d7 6 \u2713 \u00a9"))
		x.refuses(send(strings.Repeat("a", 40_955)), parley.ErrTextTooLong)
		x.do("opts out", func(r *store.Rows) { r.OptOut("ent_wire", zoes) })
		x.refuses(send("Hello"), parley.ErrOptedOut)
		x.do("opts in", func(r *store.Rows) { r.OptIn("ent_wire", zoes) })
		x.clock.pass(24 * time.Hour)
		x.refuses(send("Hello"), parley.ErrWindowClosed)
		w.does(func(s *channel.Spec) { s.HumanWindow = 7 * 24 * time.Hour })
		x.must(send("A person may"))
		if !parley.ShortCode("+12345") || parley.ShortCode("+12065551234") {
			t.Error("SMS-04: which is the short code?")
		}
	})
}

// TestHelpGoesOut is SMS-09: the answer to HELP reaches who wants to hear no more;
// nothing else does.
func TestHelpGoesOut(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		before := x.writes(id, "On its way")
		x.stands(before, parley.DeliverySent, "")
		x.do("opts out", func(r *store.Rows) { r.OptOut("ent_wire", zoes) })
		help := says(zoes, "m2", "HELP")
		help.Help = parley.HelpAsked
		x.brings("ent_wire", help)
		said := x.messages(x.talkOf("ent_wire", phone(zoes)))
		x.stands(said[len(said)-1].ID, parley.DeliverySent, "")
		if got := strings.Join(w.read(), " "); !strings.Contains(got, "Reply STOP") {
			t.Errorf("SMS-09: the phone shows %q", got)
		}
	})
}
