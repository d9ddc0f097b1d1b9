package center

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
)

const (
	thumb = "\U0001F44D"
	love  = "\u2764\ufe0f"
)

// React shows an emoji on the phone, as a network does.
func (w *wire) React(ctx context.Context, _ parley.EntryPoint, r channel.Reaction) error {
	body, _ := json.Marshal(parcel{r.Ref, string(r.To[0].Value), "under " + r.Target + ": " + r.Emoji})
	req, err := http.NewRequestWithContext(ctx, "POST", w.url, strings.NewReader(string(body)))
	if err != nil {
		return err
	}
	answer, err := channel.Call(w.client, req)
	if err == nil && answer.Status != 200 {
		err = answer.Failed()
	}
	return err
}

// reacting is a town whose network shows reactions, and the customer's message.
func reacting(t *testing.T, f func(t *testing.T, x *town, w *wire, m parley.Message)) {
	t.Helper()
	wired(t, func(t *testing.T, x *town, w *wire, _ parley.InteractionID) {
		w.does(func(s *channel.Spec) { s.Reactions = []string{thumb, love} })
		f(t, x, w, x.messages(x.talkOf("ent_wire", phone(zoes)))[0])
	})
}

// reacted waits until the phone shows something last, and our reaction to a message
// stands as wanted.
func (x *town) reacted(w *wire, id parley.MessageID, last string, want parley.Reaction) {
	x.t.Helper()
	late, cancel := context.WithTimeout(x.t.Context(), patience)
	defer cancel()
	for {
		seen := w.read()
		m, err := x.s.View().Message(x.t.Context(), id)
		x.must(err)
		var got parley.Reaction
		if m.Content != nil && len(m.Content.Reactions) > 0 {
			got = m.Content.Reactions[0]
			got.At = 0
		}
		if got == want && len(seen) > 0 && seen[len(seen)-1] == last {
			return
		}
		if late.Err() != nil {
			x.t.Fatalf("the phone shows %q and the message %+v, not %q and %+v", seen, got, last, want)
		}
		x.do("look", nil)
	}
}

// TestReact: CNV-07: an agent's emoji stands under the customer's message at once
// and on the phone, is replaced by the next one, and taken back.
func TestReact(t *testing.T) {
	reacting(t, func(t *testing.T, x *town, w *wire, m parley.Message) {
		from := x.l.Head()
		shown, err := x.React(t.Context(), amy, m.ID, thumb)
		x.must(err)
		if c := shown.Content; c == nil || len(c.Reactions) != 1 || c.Reactions[0].Emoji != thumb || c.Reactions[0].By != parley.FromAgent {
			t.Fatalf("amy is shown %+v", shown.Content)
		}
		told, err := x.Events(t.Context(), amy, x.kinds(from, parley.KindMessageChanged))
		x.must(err)
		if len(told) != 1 || told[0].Message == nil || len(told[0].Message.Content.Reactions) != 1 {
			t.Errorf("R-52: amy is told %+v", told)
		}
		x.reacted(w, m.ID, "under in."+zoes+": "+thumb, parley.Reaction{Emoji: thumb, By: parley.FromAgent})
		_, err = x.React(t.Context(), amy, m.ID, love)
		x.must(err)
		x.reacted(w, m.ID, "under in."+zoes+": "+love, parley.Reaction{Emoji: love, By: parley.FromAgent})
		_, err = x.React(t.Context(), amy, m.ID, "")
		x.must(err)
		x.reacted(w, m.ID, "under in."+zoes+": ", parley.Reaction{})
		from = x.l.Head()
		_, err = x.React(t.Context(), amy, m.ID, "") // once more
		x.must(err)
		if from != x.l.Head() {
			t.Error("I15: what stands there already adds a row")
		}
	})
}

// TestReactLost: R-46: a reaction whose answer was lost is told again; twice is
// once on the phone.
func TestReactLost(t *testing.T) {
	reacting(t, func(t *testing.T, x *town, w *wire, m parley.Message) {
		tries := 0
		w.feels(func(string) string {
			if tries++; tries == 1 {
				return "lost"
			}
			return ""
		})
		_, err := x.React(t.Context(), amy, m.ID, thumb)
		x.must(err)
		x.reacted(w, m.ID, "under in."+zoes+": "+thumb, parley.Reaction{Emoji: thumb, By: parley.FromAgent})
		x.soon("the first try is saved", func() bool { // time passes after it, or it has been tried for too long
			due, err := x.s.View().OutboxDue(t.Context(), "react", x.clock.Now().Add(time.Hour), 1)
			x.must(err)
			return len(due) == 1 && due[0].Attempt == 1
		})
		x.clock.pass(time.Minute)
		x.soon("it is told again", func() bool {
			x.do("wake", nil)
			return len(w.read()) == 2
		})
		if got := w.read(); !slices.Equal(got[:2], []string{got[0], got[0]}) {
			t.Errorf("the network hears %q", got)
		}
	})
}

// TestReactUnshown: CNV-02: a reaction that the network does not show says so, and
// why: refused at once, refused later, and one that could not be taken back.
func TestReactUnshown(t *testing.T) {
	reacting(t, func(t *testing.T, x *town, w *wire, m parley.Message) {
		_, err := x.React(t.Context(), amy, m.ID, thumb)
		x.must(err)
		x.reacted(w, m.ID, "under in."+zoes+": "+thumb, parley.Reaction{Emoji: thumb, By: parley.FromAgent})
		said := parley.Status{ExternalID: "wam.r", Ref: string(m.ID), Part: channel.PartReaction, State: parley.DeliverySent}
		x.hears(said)
		x.reacted(w, m.ID, "under in."+zoes+": "+thumb, parley.Reaction{Emoji: thumb, By: parley.FromAgent})
		said.State, said.Code = parley.DeliveryFailed, string(channel.BadRequest)
		x.hears(said, said)
		x.reacted(w, m.ID, "under in."+zoes+": "+thumb, parley.Reaction{Emoji: thumb, By: parley.FromAgent, Failed: "bad_request"})
		_, err = x.React(t.Context(), amy, m.ID, thumb) // a failed one may be tried again
		x.must(err)
		x.reacted(w, m.ID, "under in."+zoes+": "+thumb, parley.Reaction{Emoji: thumb, By: parley.FromAgent})
		w.feels(func(string) string { return "config" })
		last := w.read()[len(w.read())-1]
		_, err = x.React(t.Context(), amy, m.ID, love)
		x.must(err)
		x.reacted(w, m.ID, last, parley.Reaction{Emoji: love, By: parley.FromAgent, Failed: "config"})
		_, err = x.React(t.Context(), amy, m.ID, "")
		x.must(err)
		x.reacted(w, m.ID, last, parley.Reaction{Emoji: love, By: parley.FromAgent, Failed: "config"})
	})
}

// TestReactRefused: CNV-07: who may not react, where, and with what, is told why.
func TestReactRefused(t *testing.T) {
	reacting(t, func(t *testing.T, x *town, w *wire, m parley.Message) {
		refused := func(why string, me parley.Actor, id parley.MessageID, emoji string, want *parley.Error) {
			t.Helper()
			if _, err := x.React(t.Context(), me, id, emoji); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %s", why, err, want.Code)
			}
		}
		refused("no emoji of the network's", amy, m.ID, "x", parley.ErrInvalid())
		refused("a colleague", bob, m.ID, thumb, parley.ErrNotFound)
		refused("nobody's message", amy, "msg_none", thumb, parley.ErrNotFound)
		refused("her own message", amy, x.writes(m.Interaction, "Hello"), thumb, parley.ErrNoReactions)
		w.does(func(s *channel.Spec) { s.Reactions = nil })
		refused("a network without", amy, m.ID, thumb, parley.ErrNoReactions)
		w.does(func(s *channel.Spec) { s.Reactions = []string{thumb} })
		x.brings("ent_wire", about(parley.InboundRevoke, zoes, "v1", "in."+zoes, ""))
		refused("taken back by the customer", amy, m.ID, thumb, parley.ErrNoReactions)
		x.brings("ent_wire", says(zoes, "in.2", "And now?"))
		all := x.messages(x.talkOf("ent_wire", phone(zoes)))
		second := all[len(all)-1].ID
		x.clock.pass(25 * time.Hour)
		refused("WAP-05: the window is shut", amy, second, thumb, parley.ErrWindowClosed)
		x.brings("ent_wire", says(zoes, "in.3", "Hello?"))
		x.must(x.End(t.Context(), amy, m.Interaction))
		refused("it has ended", amy, second, thumb, parley.ErrInteractionEnded)
	})
}
