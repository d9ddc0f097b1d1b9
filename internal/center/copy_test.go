package center

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
)

// takes returns what a visitor takes along.
func (x *town) takes(v parley.Actor) string {
	x.t.Helper()
	write, err := x.VisitorTranscript(x.t.Context(), v)
	x.must(err)
	var text strings.Builder
	x.must(write(x.t.Context(), &text))
	return text.String()
}

// TestTakenAlong WEB-08, LOC-02: what customers keep says what a mail would, in their
// words and by their clock; whoever has no name has a word.
func TestTakenAlong(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.works(amy)
		for _, test := range []struct {
			who  parley.Visitor
			want []string
		}{
			{parley.Visitor{Name: "Bea", Language: "fr-FR", ZoneOffset: -300}, []string{
				"Transcription\nTown\n\nClient\u00a0: Bea\n\n2026-", " h ", "  (Amy a rejoint la conversation)\n", "  Bea\u00a0: [Message vocal]\n",
				"  Town\u00a0: On arrive\n", "  (L\u2019agent se reconnecte)\n",
			}},
			{parley.Visitor{Language: "en"}, []string{
				"Transcript\nTown\n\n\n", "  (Amy joined)\n", "  Customer: [Voice message]\n", "  Town: On arrive\n", "  (The agent is reconnecting)\n",
			}},
		} {
			v := x.visits("ent_support", test.who)
			offer := x.ringing(v)
			x.must(x.AcceptOffer(t.Context(), amy, offer))
			say := func(m parley.Message) {
				m.ID, m.ClientID = parley.MessageID(parley.NewID("msg", x.clock.Now())), x.client()
				m.Conversation, m.Interaction, m.At = v.Visitor, offer.Interaction, x.clock.Now()
				x.do("say", func(r *store.Rows) { x.say(r, &m) })
			}
			say(parley.Message{Sender: parley.FromCustomer, Content: &parley.Content{
				Kind: parley.ContentVoice, Files: []parley.Attachment{{Kind: parley.ContentVoice}},
			}})
			say(parley.Message{Sender: parley.FromSystem, Text: "On arrive", Content: &parley.Content{Kind: parley.ContentText, Note: noteAutoReply}})
			say(parley.Message{Sender: parley.FromSystem, Text: "agent_away"})
			got := x.takes(v)
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("LOC-02: %q is missing in\n%s", want, got)
				}
			}
			for code := range strings.SplitSeq("agent joined,agent_joined,agent away,agent_away,[voice]", ",") {
				if strings.Contains(got, code) {
					t.Errorf("LOC-02: %q is for no customer:\n%s", code, got)
				}
			}
			x.must(x.End(t.Context(), amy, offer.Interaction))
			x.must(x.Finish(t.Context(), amy, offer.Interaction))
		}
	})
}

// parts keeps what is written, and how long the longest part was.
type parts struct {
	strings.Builder
	most int
}

func (p *parts) WriteString(s string) (int, error) {
	p.most = max(p.most, len(s))
	return p.Builder.WriteString(s)
}

// TestLongTakenAlong A-105, WEB-08: a long conversation is written part by part, each
// message once and in order.
func TestLongTakenAlong(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		v := x.visits("ent_support", parley.Visitor{Name: "Bea"})
		i := x.latest(v)
		const count = 2*copyPart + copyPart/2
		long := strings.Repeat("x", 1000)
		x.do("a long talk", func(r *store.Rows) {
			for n := range count {
				x.say(r, &parley.Message{
					ID: parley.MessageID(parley.NewID("msg", x.clock.Now())), ClientID: x.client(), Conversation: v.Visitor, Interaction: i.ID,
					Sender: parley.FromCustomer, At: x.clock.Now().Add(time.Duration(n) * time.Second), Text: fmt.Sprintf("<%d>%s", n, long),
				})
			}
		})
		write, err := x.VisitorTranscript(t.Context(), v)
		x.must(err)
		g := &parts{}
		x.must(write(t.Context(), g))
		all := g.String()
		at := 0
		for n := range count {
			word := fmt.Sprintf("<%d>", n)
			next := strings.Index(all, word)
			if next < at || strings.Count(all, word) != 1 {
				t.Fatalf("WEB-08: message %d of %d stands at %d, %d times", n, count, next, strings.Count(all, word))
			}
			at = next
		}
		if strings.Count(all, "Transcript\n") != 1 || g.most > (copyPart+1)*1100 {
			t.Errorf("A-105: a part of %d bytes, of %d", g.most, len(all))
		}
	})
}

// TestTakenAlongByMany A-105: few are written at the same time, of one household and of
// all; whose reader is gone makes room.
func TestTakenAlongByMany(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		v := x.visits("ent_support", parley.Visitor{Name: "Bea"})
		var held []func()
		hold := func(ip string) error {
			me := v
			me.IP = ip
			write, err := x.VisitorTranscript(t.Context(), me)
			if err == nil {
				held = append(held, func() { x.must(write(t.Context(), io.Discard)) })
			}
			return err
		}
		for n := range copiesEach {
			x.must(hold(fmt.Sprintf("2001:db8:1:1::%x", n)))
		}
		x.refuses(hold("2001:db8:1:1::ff"), parley.ErrRateLimited)
		for n := copiesEach; n < copiesAll; n++ {
			x.must(hold(fmt.Sprintf("2001:db8:1:%x::1", n)))
		}
		x.refuses(hold("2001:db8:1:ff::1"), parley.ErrRateLimited)
		for _, write := range held {
			write()
		}
		x.must(hold("2001:db8:1:1::ff"))
	})
}
