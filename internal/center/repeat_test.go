package center

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
)

// TestRepeats is: every event comes one to five times, shuffled in
// a window of 50, up to 36 hours late, in batches of any size; each is there once. A
// network whose clock is ahead of ours shows no time to come.
func TestRepeats(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		dice := rand.New(rand.NewPCG(1, 40))
		var events []parley.Inbound
		for i := range 60 {
			m := says(fmt.Sprintf("+1206555%04d", 1000+i%7), fmt.Sprintf("m%d", i), fmt.Sprintf("line %d", i))
			m.SentAt = x.clock.Now().Add(20*time.Minute - time.Duration(dice.IntN(36*60))*time.Minute)
			for range 1 + dice.IntN(5) {
				events = append(events, m)
			}
		}
		for from := 0; from < len(events); from += 50 {
			window := events[from:min(from+50, len(events))]
			dice.Shuffle(len(window), func(i, j int) { window[i], window[j] = window[j], window[i] })
		}
		for len(events) > 0 {
			n := min(1+dice.IntN(8), len(events))
			x.brings("ent_sms", events[:n]...)
			x.clock.pass(time.Second)
			events = events[n:]
		}
		var all []string
		for i := range 7 {
			v := x.talkOf("ent_sms", phone(fmt.Sprintf("+1206555%04d", 1000+i)))
			all = append(all, x.said(v)...)
			msgs, err := x.s.View().Messages(t.Context(), v.Visitor, 1<<40, 1000)
			x.must(err)
			if rows, err := x.s.View().InteractionsOf(t.Context(), v.Visitor, 10); err != nil || len(rows) != 1 {
				t.Errorf("R-40: %d interactions, %v", len(rows), err)
			}
			for _, m := range msgs {
				if late := m.Content != nil && m.Content.SentAt > 0 && m.Content.SentAt < parley.Millis(m.At); m.Content != nil && !late {
					t.Errorf("R-40: a late message shows %+v", m.Content)
				}
			}
		}
		slices.Sort(all)
		if got := slices.Compact(slices.Clone(all)); len(all) != 60 || len(got) != 60 {
			t.Errorf("R-40: %d messages, %d different, of 60", len(all), len(got))
		}
		before, entries := x.rawCount(), x.l.Head()
		for _, wait := range []time.Duration{time.Minute, 24 * time.Hour, 365 * 24 * time.Hour} {
			x.clock.pass(wait)
			x.brings("ent_sms", says("+12065551000", "m0", "line 0"), says("+12065551001", "m1", "line 1"))
		}
		if x.rawCount() != before || len(x.kinds(entries, parley.KindMessageAdded)) > 0 {
			t.Errorf("A-056, R-47: a replay left %d requests more", x.rawCount()-before)
		}
	})
}

// kinds returns the log rows of a kind since a number.
func (x *town) kinds(from int64, kind string) []parley.Entry {
	return slices.DeleteFunc(x.news(from), func(e parley.Entry) bool { return e.Kind != kind })
}

// TestAtOnce is R-42: the same event a thousand times at the same time is one row,
// and every one is answered.
func TestAtOnce(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		r := signed(channel.Received{Messages: []parley.Inbound{says("+12065551234", "m1", "Hi")}})
		for _, err := range x.together(1000, func(int) error {
			_, err := x.Receive(t.Context(), "ent_sms", r)
			return err
		}) {
			x.must(err)
		}
		x.news(0)
		if got := x.said(x.talkOf("ent_sms", phone("+12065551234"))); len(got) != 1 || x.rawCount() != 1 {
			t.Errorf("R-42: %d messages, %d requests", len(got), x.rawCount())
		}
	})
}

// TestRepeatIsSaid R-42: the answer to a repeat says that nothing in it was new.
func TestRepeatIsSaid(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		one := signed(channel.Received{Messages: []parley.Inbound{says("+12065551234", "m1", "Hi")}})
		more := signed(channel.Received{Messages: []parley.Inbound{says("+12065551234", "m1", "Hi"), says("+12065551234", "m2", "There?")}})
		for k, c := range []struct {
			r     Request
			stale bool
		}{{one, false}, {one, true}, {more, false}, {more, true}} {
			a, err := x.Receive(t.Context(), "ent_sms", c.r)
			if err != nil || (a != nil && a.Stale) != c.stale || a != nil && a.Status != 200 {
				t.Errorf("R-42: request %d is answered %+v, %v", k, a, err)
			}
		}
	})
}

// TestCrashBeforeAnswer is R-43: what was committed and never answered comes again
// to another process, and is absorbed.
func TestCrashBeforeAnswer(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
		x.reopen()
		x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
		if got := x.said(x.talkOf("ent_sms", phone("+12065551234"))); len(got) != 1 {
			t.Errorf("R-43: said is %q", got)
		}
	})
}

// TestThreeAtOnce is R-45: three lines within 50 ms of an end begin one interaction.
func TestThreeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.works(amy, bob)
		x.brings("ent_sms", says("+12065551234", "m0", "Hi"))
		v := x.talkOf("ent_sms", phone("+12065551234"))
		offer := x.ringing(v)
		me := amy
		if x.latest(v).Offer.Agent == bob.Agent {
			me = bob
		}
		x.must(x.AcceptOffer(t.Context(), me, offer))
		x.must(x.End(t.Context(), me, offer.Interaction))
		for _, err := range x.together(3, func(i int) error {
			_, err := x.Receive(t.Context(), "ent_sms", signed(channel.Received{
				Messages: []parley.Inbound{says("+12065551234", fmt.Sprintf("late%d", i), "Wait")},
			}))
			return err
		}) {
			x.must(err)
		}
		x.news(0)
		rows, err := x.s.View().InteractionsOf(t.Context(), v.Visitor, 10)
		x.must(err)
		if len(rows) != 2 || rows[0].Queue != "que_support" || rows[0].FirstSeq == 0 || rows[0].LastSeq-rows[0].FirstSeq != 2 {
			t.Errorf("R-45, RPL-02: %d interactions, the new one %+v", len(rows), rows[0])
		}
		for who, want := range map[*parley.Actor]int{&sam: 2, &me: 1} { // the new one rings for the other
			earlier, err := x.Earlier(t.Context(), *who, v.Visitor)
			x.must(err)
			if len(earlier) != want {
				t.Errorf("CNV-11, R-45, A-022: %s sees %d parts", who.Agent, len(earlier))
			}
		}
	})
}

// TestOdd: signed but unreadable is kept whole, counted and answered.
func TestOdd(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		for _, body := range []string{"{", "\xff\x00 no text", strings.Repeat("x", 4096)} {
			r := signed(channel.Received{})
			r.Body = []byte(body)
			_, err := x.Receive(t.Context(), "ent_sms", r)
			x.must(err)
			x.clock.pass(time.Second)
		}
		kept, err := x.s.View().RawOdd(t.Context(), "ent_sms", 10)
		x.must(err)
		h, err := x.s.View().Health(t.Context(), "ent_sms")
		x.must(err)
		if len(kept) != 3 || h.Odd != 3 || string(kept[1].Body) != "\xff\x00 no text" || kept[0].Odd != "no_json" {
			t.Errorf("R-40: kept are %+v, health %+v", kept, h)
		}
		x.clock.pass(31 * 24 * time.Hour)
		x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
		x.must(x.sweep(t.Context()))
		if n := x.rawCount(); n != 1 {
			t.Errorf("raw.keep_days: %d requests are left", n)
		}
	})
}

// TestOddIDs A-099: ids that no column can hold are taken in as others are, once.
func TestOddIDs(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		for range 2 {
			x.brings("ent_sms", says("+12065551234", "m\x00\xff", "Hi"))
			_, err := x.Receive(t.Context(), "ent_sms", signed(channel.Received{Statuses: []parley.Status{
				{ExternalID: "s\x00\xff", Code: "c\x00", Detail: "d\x00", State: parley.DeliveryFailed}, {Ref: "r\x00", State: parley.DeliveryRead},
			}}))
			x.must(err)
		}
		if n := x.rawCount(); n != 3 {
			t.Errorf("kept %d requests, want the message once and its statuses", n)
		}
	})
}
