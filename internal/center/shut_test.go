package center

import (
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
)

// TestTheNetworkSaysWhenItsWindowIsShut: WAP-05, SOC-07: the network's word on the
// time to answer counts, not our clock; what it says late of an old message counts
// no more when the customer has written since.
func TestTheNetworkSaysWhenItsWindowIsShut(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		refused := func(m parley.MessageID) parley.Status {
			s := statusOf(m, parley.DeliveryFailed)
			s.Code = string(channel.WindowClosed)
			return s
		}
		until := func() time.Time {
			t.Helper()
			got, err := x.s.View().Conversation(t.Context(), x.talkOf("ent_wire", phone(zoes)).Visitor)
			x.must(err)
			return got.WindowUntil
		}
		write := func(text string) error {
			_, err := x.Send(t.Context(), amy, id, Words{ClientID: x.client(), Text: text})
			return err
		}
		old := x.writes(id, "one")
		x.stands(old, parley.DeliverySent, "")
		x.clock.pass(time.Minute)
		x.brings("ent_wire", says(zoes, "in.2", "And now?"))
		open := until()
		x.hears(refused(old))
		x.stands(old, parley.DeliveryFailed, string(channel.WindowClosed))
		if !until().Equal(open) {
			t.Errorf("WAP-05: the customer wrote since, and the window moved to %s", until())
		}
		m := x.writes(id, "two")
		x.stands(m, parley.DeliverySent, "")
		x.hears(refused(m))
		if !until().Equal(x.clock.Now()) {
			t.Errorf("WAP-05: the window is open until %s", until())
		}
		x.refuses(write("three"), parley.ErrWindowClosed)
		x.brings("ent_wire", says(zoes, "in.3", "Hello?"))
		four := x.writes(id, "four")
		x.stands(four, parley.DeliverySent, "")

		w.mu.Lock()
		w.meanwhile = func() { // it is refused before our call is answered
			all := x.messages(x.talkOf("ent_wire", phone(zoes)))
			if _, err := x.Receive(t.Context(), "ent_wire", signed(channel.Received{Statuses: []parley.Status{refused(all[len(all)-1].ID)}})); err != nil {
				t.Error(err)
			}
		}
		w.mu.Unlock()
		x.stands(x.writes(id, "five"), parley.DeliveryFailed, string(channel.WindowClosed))
		x.refuses(write("six"), parley.ErrWindowClosed)
		w.mu.Lock()
		w.meanwhile = nil
		w.mu.Unlock()
		x.brings("ent_wire", says(zoes, "in.4", "Hello?"))

		w.does(func(s *channel.Spec) { s.HumanWindow = 7 * 24 * time.Hour })
		x.clock.pass(25 * time.Hour)
		human := x.writes(id, "A person may")
		x.stands(human, parley.DeliverySent, "")
		x.hears(refused(human))
		x.refuses(write("And no more"), parley.ErrWindowClosed)
	})
}

// TestIdentityChanged: networks.md 2: an agent reads that the customer's phone is
// another one now; by itself that rings at nobody.
func TestIdentityChanged(t *testing.T) {
	wired(t, func(t *testing.T, x *town, _ *wire, id parley.InteractionID) {
		other := says(zoes, "in.other", "")
		other.Kind, other.Window = parley.InboundAction, parley.WindowNone
		other.Content = &parley.Content{Kind: parley.ContentPlaceholder, Note: parley.NoteIdentityChanged}
		x.brings("ent_wire", other, other)
		zoe := x.talkOf("ent_wire", phone(zoes))
		all := x.messages(zoe)
		if last := all[len(all)-1]; last.Content == nil || last.Content.Note != parley.NoteIdentityChanged || len(all) != 2 && len(all) != 3 {
			t.Errorf("amy reads %+v", all)
		}
		x.must(x.End(t.Context(), amy, id))
		n := len(x.messages(zoe))
		other.ExternalID = "in.again"
		x.brings("ent_wire", other)
		if len(x.messages(zoe)) != n {
			t.Error("it was kept where nobody is served")
		}
	})
}

// TestWhyAPartFailed: CNV-02, R-41: a message of several parts says why one of them
// did not arrive, also when the others went after it.
func TestWhyAPartFailed(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		told := false
		w.mu.Lock()
		w.meanwhile = func() { // of the first part, before our call is answered
			w.mu.Lock()
			first := !told
			told = true
			w.mu.Unlock()
			if !first {
				return
			}
			all := x.messages(x.talkOf("ent_wire", phone(zoes)))
			s := statusOf(all[len(all)-1].ID+":0", parley.DeliveryFailed)
			s.Code = string(channel.Undeliverable)
			if _, err := x.Receive(t.Context(), "ent_wire", signed(channel.Received{Statuses: []parley.Status{s}})); err != nil {
				t.Error(err)
			}
		}
		w.mu.Unlock()
		m := x.writes(id, "one two three four five six seven eight nine ten")
		x.soon("all parts go", func() bool { return len(w.read()) == 3 })
		x.stands(m, parley.DeliveryFailed, string(channel.Undeliverable))
	})
}
