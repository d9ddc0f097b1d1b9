package center

import (
	"testing"

	"parley"
	"parley/internal/identity"
	"parley/internal/store"
)

// TestCards keeps numbers of payment cards away from the disk, whoever types them.
func TestCards(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		const card, shown = "4111 1111 1111 1111", "**** **** **** 1111"
		ctx := t.Context()
		v := x.visits("ent_support", parley.Visitor{Name: "Bea", Question: "my card " + card})
		x.works(amy)
		id := x.latest(v).ID
		x.answer(v)
		_, err := x.VisitorSend(ctx, v, x.words(card))
		x.must(err)
		_, err = x.Send(ctx, amy, id, x.words("you said "+card))
		x.must(err)
		note, err := x.Note(ctx, amy, id, x.words("card "+card))
		x.must(err)
		if note.Text != "card "+shown {
			t.Errorf("A-118: a note says %q", note.Text)
		}
		talk, err := x.s.View().Conversation(ctx, v.Visitor)
		x.must(err)
		if talk.Visitor.Question != "my card "+shown {
			t.Errorf("A-118: a form says %q", talk.Visitor.Question)
		}
		read := func() (all []string) {
			for _, m := range x.messages(v) {
				if m.Sender != parley.FromSystem {
					all = append(all, m.Text)
				}
			}
			return all
		}
		if got := read(); len(got) != 3 || got[0] != "my card "+shown || got[1] != shown || got[2] != "you said "+shown {
			t.Errorf("A-118: kept is %q", got)
		}
		x.do("let cards be", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "privacy.mask_cards", Value: "false"})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "settings"})
		})
		_, err = x.VisitorSend(ctx, v, x.words(card))
		x.must(err)
		if got := read(); got[len(got)-1] != card {
			t.Errorf("A-118: a center that wants them has %q", got)
		}
	})
}

func TestHide(t *testing.T) {
	cards := []string{"4111 1111 1111 1111"}
	for _, x := range []struct{ body, want string }{
		{"Body=4111+1111+1111+1111&From=1", "Body=**** **** **** 1111&From=1"},
		{"Body=4111%201111%201111%201111", "Body=**** **** **** 1111"},
		{`{"text":"4111 1111 1111 1111","id":"4111111111111112"}`, `{"text":"**** **** **** 1111","id":"4111111111111112"}`},
		{"nothing", "nothing"},
	} {
		if got := string(identity.HideCards([]byte(x.body), cards)); got != x.want {
			t.Errorf("A-118: %q is %q, want %q", x.body, got, x.want)
		}
	}
}
