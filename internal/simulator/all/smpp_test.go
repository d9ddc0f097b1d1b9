package all_test

import (
	"context"
	"errors"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	channels "parley/internal/channel/all"
	"parley/internal/simulator"
	"parley/internal/simulator/all"
	"parley/internal/simulator/simtest"
)

// disk is a Host whose disk can be slow: it hands what comes to the test, which
// says whether it is kept.
type disk struct {
	came    chan channel.Received
	say     chan error
	trouble chan *channel.News
}

func (d *disk) Now() time.Time                                { return simtest.Morning }
func (d *disk) Save(context.Context, map[string]string) error { return nil }
func (d *disk) Trouble(_ context.Context, n *channel.News)    { d.trouble <- n }

func (d *disk) Receive(ctx context.Context, r channel.Received, _ []byte) error {
	d.came <- r
	select {
	case err := <-d.say:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// bound is the product's channel bound to a simulated message center.
type bound struct {
	*simtest.Rig
	*disk
	t    *testing.T
	ch   channel.Channel
	in   parley.EntryPoint
	ends chan error
}

// bind opens an account and runs the channel until it is bound or has ended.
func bind(t *testing.T, theirs, ours map[string]string) *bound {
	t.Helper()
	settings := map[string]string{"system_id": "parley", "password": "secret", "address": smsOurs}
	maps.Copy(settings, theirs)
	at := slices.IndexFunc(all.Providers(), func(p simulator.Provider) bool { return p.Name == "smpp" })
	b := &bound{Rig: simtest.New(t, all.Providers()[at], settings), disk: &disk{make(chan channel.Received, 64), make(chan error, 64), make(chan *channel.News, 64)}, t: t, ends: make(chan error, 1)}
	b.ch = channels.New(&http.Client{}, (&net.Dialer{}).DialContext)["smpp"]
	b.in = parley.EntryPoint{ID: "ent_1", Channel: parley.SMS, Provider: "smpp", Address: smsOurs, Settings: b.Line.Account().Settings, Secrets: ours}
	b.run()
	<-b.trouble
	return b
}

// run keeps the connection up as the center does: again when it ends.
func (b *bound) run() {
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() {
		for ctx.Err() == nil {
			b.ends <- b.ch.(channel.Runner).Run(ctx, b.in, b.disk)
		}
	})
	b.t.Cleanup(func() {
		stop()
		go func() {
			for range b.ends { //nolint:revive // they are no longer of interest
			}
		}()
		all.Wait()
		close(b.ends)
	})
}

// keeps lets the next thing that comes be kept.
func (b *bound) keeps() channel.Received {
	got := <-b.came
	b.say <- nil
	return got
}

func (b *bound) last() simulator.Message {
	phone := b.Phone(smsSam)
	return phone[len(phone)-1]
}

// TestSMPPBothWays is a conversation with message centers of every manner (SMS-02,
// CNV-02, CNV-05).
func TestSMPPBothWays(t *testing.T) {
	long := strings.Repeat("D\u00e9j\u00e0 l\u00e0, \u00e7a va? \U0001f600 ", 20)
	for name, m := range map[string]struct{ theirs, ours map[string]string }{
		"the usual":             {},
		"receipts by TLV":       {map[string]string{"tlv": "yes", "no_text": "yes"}, nil},
		"hexadecimal ids":       {map[string]string{"hex_ids": "yes"}, map[string]string{"message_ids": "hex_dec"}},
		"Latin-1":               {map[string]string{"latin": "yes"}, map[string]string{"default_alphabet": "latin1"}},
		"16 bits, torn":         {map[string]string{"carriage": "udh16", "careless": "yes"}, map[string]string{"long_messages": "udh16"}},
		"8 bits, torn":          {map[string]string{"careless": "yes"}, nil},
		"by parameters":         {map[string]string{"carriage": "sar"}, map[string]string{"long_messages": "sar"}},
		"in one":                {map[string]string{"carriage": "payload"}, map[string]string{"long_messages": "payload"}},
		"a window of one":       {map[string]string{"window": "1"}, map[string]string{"window": "1"}},
		"the last part first":   {map[string]string{"reorder": "yes"}, nil},
		"receipts before sends": {map[string]string{"early": "yes"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			b := bind(t, m.theirs, m.ours)
			b.Set(func(w *simulator.Weather) {
				if m.theirs["reorder"] != "" {
					w.Reorder = 1
				}
				if m.theirs["early"] != "" {
					w.Statuses = simulator.StatusesBeforeAnswer
				}
			})
			for _, text := range []string{"D\u00e9j\u00e0 l\u00e0 ? @ \u00a3", "\U0001f600 \u4f60\u597d", "\u20ac" + strings.Repeat("[a]", 90), long} {
				b.Said(simulator.In{From: smsSam, Kind: "text", Text: text})
				got := b.keeps()
				if len(got.Messages) != 1 || got.Messages[0].Text != text || got.Messages[0].From.Of(parley.KeyPhone) != smsSam || got.Messages[0].ExternalID == "" {
					t.Fatalf("%.20q came as %+v", text, got)
				}
				id, err := b.ch.Send(t.Context(), b.in, sms{}.out(text))
				if err != nil || b.last().Text != text {
					t.Fatalf("sent as %s, %v; the phone shows %+v", id, err, b.last())
				}
				states := b.keeps().Statuses
				if len(states) != 1 || states[0].ExternalID != id || states[0].State != parley.DeliveryDelivered {
					t.Errorf("of %s: %+v", id, states)
				}
			}
		})
	}
}

// TestSMPPWeather: a message center's bad weather is read rightly.
func TestSMPPWeather(t *testing.T) {
	for name, test := range map[string]struct {
		weather func(*simulator.Weather)
		want    channel.Code
	}{
		"throttled":           {func(w *simulator.Weather) { w.Throttle = 1 }, channel.Throttled},
		"a system error":      {func(w *simulator.Weather) { w.Fail = 1 }, channel.Transient},
		"taken, not answered": {func(w *simulator.Weather) { w.TimeoutAfterAccept = 1 }, channel.UnknownOutcome},
	} {
		t.Run(name, func(t *testing.T) {
			b := bind(t, nil, nil)
			b.Set(test.weather)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if test.want == channel.UnknownOutcome {
				go func() { // its receipt shows that it was taken: we wait no longer
					b.keeps()
					cancel()
				}()
			}
			_, err := b.ch.Send(ctx, b.in, sms{}.out("On it!"))
			var refused *channel.SendError
			if !errors.As(err, &refused) || refused.Code != test.want {
				t.Errorf("R-46: read as %v, want %s", err, test.want)
			}
			thread, _ := b.Line.Thread(smsSam)
			if arrived := len(thread.Messages) == 1; arrived != (test.want == channel.UnknownOutcome) {
				t.Errorf("R-46: arrived: %t", arrived)
			}
		})
	}
}

// TestSMPPRefused: a wrong password needs a person, who is told.
func TestSMPPRefused(t *testing.T) {
	b := bind(t, nil, map[string]string{"password": "wrong"})
	var refused *channel.SendError
	if err := <-b.ends; !errors.As(err, &refused) || refused.Code != channel.Auth {
		t.Errorf("R-48: it ended with %v", err)
	}
	if _, err := b.ch.(channel.Checker).Check(t.Context(), b.in); err == nil {
		t.Error("R-48: the checklist is green")
	}
}

// TestSMPPLosesNothing: what is not on the disk is not answered: it comes again
// after the disk refused, and after the connection was lost.
func TestSMPPLosesNothing(t *testing.T) {
	b := bind(t, nil, nil)
	if _, err := b.ch.(channel.Checker).Check(t.Context(), b.in); err != nil {
		t.Error(err)
	}
	b.Said(simulator.In{From: smsSam, Kind: "text", Text: "one"})
	<-b.came
	b.say <- parley.ErrStorageUnavailable
	b.cut()
	one := b.keeps()
	if one.Messages[0].Text != "one" {
		t.Errorf("R-43: %+v", one)
	}
	b.Said(simulator.In{From: smsSam, Kind: "text", Text: strings.Repeat("two ", 60)})
	first := <-b.came
	b.hangUp()
	b.say <- nil // it is kept, and nobody can be told
	b.bindAgain()
	again := b.keeps()
	for again.Messages[0].ExternalID == one.Messages[0].ExternalID { // our answer was still on its way when the connection broke
		again = b.keeps()
	}
	if again.Messages[0].ExternalID != first.Messages[0].ExternalID || again.Messages[0].Text != first.Messages[0].Text {
		t.Errorf("R-43: %+v is not %+v again", again, first)
	}
	b.Said(simulator.In{From: smsSam, Kind: "text", Text: "three"})
	if got := b.keeps(); got.Messages[0].Text != "three" {
		t.Errorf("R-43: %+v", got)
	}
}

// hangUp lets the message center break the connection.
func (b *bound) hangUp() {
	b.t.Helper()
	if status, raw, _ := b.Raw(http.MethodPost, "/cut", nil, nil); status != http.StatusOK {
		b.t.Fatalf("%d %s", status, raw)
	}
}

// bindAgain waits until the connection has ended and is there again.
func (b *bound) bindAgain() {
	<-b.ends
	<-b.trouble
}

func (b *bound) cut() {
	b.t.Helper()
	b.hangUp()
	b.bindAgain()
}
