package center

import (
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
)

// messages returns a conversation's messages.
func (x *town) messages(v parley.Actor) []parley.Message {
	x.t.Helper()
	all, err := x.s.View().Messages(x.t.Context(), v.Visitor, 1<<40, 1000)
	x.must(err)
	return all
}

// about is something a customer did to a message.
func about(kind parley.InboundKind, from, id, target, what string) parley.Inbound {
	m := says(from, id, what)
	m.Kind, m.Target, m.Window = kind, target, parley.WindowNone
	if kind == parley.InboundReaction {
		m.Text, m.Emoji = "", what
	}
	return m
}

// TestChanges: an edit, a revoke and a reaction attach to their message; its text
// stays as it came.
func TestChanges(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		const bea = "+12065551234"
		x.works(amy)
		x.brings("ent_sms", says(bea, "m1", "Hallo"), about(parley.InboundEdit, bea, "e0", "m1", "Halo"))
		v := x.talkOf("ent_sms", phone(bea))
		x.must(x.AcceptOffer(t.Context(), amy, x.ringing(v)))
		from := x.l.Head()
		x.brings("ent_sms", about(parley.InboundEdit, bea, "e1", "m1", "Hello"), about(parley.InboundEdit, bea, "e1", "m1", "Hello"))
		x.brings("ent_sms", about(parley.InboundReaction, bea, "r1", "m1", "\u2764"))
		x.brings("ent_sms", about(parley.InboundReaction, bea, "r2", "m1", "\U0001f44d"))
		x.brings("ent_sms", about(parley.InboundRevoke, bea, "v1", "m1", ""))
		m := x.messages(v)[0]
		if c := m.Content; m.Text != "Hallo" || c == nil || c.Edited != "Hello" || c.EditedAt == 0 || c.RevokedAt == 0 ||
			len(c.Reactions) != 1 || c.Reactions[0].Emoji != "\U0001f44d" || c.Note != "" {
			t.Fatalf("networks.md 2: it became %q with %+v", m.Text, m.Content)
		}
		told, err := x.Events(t.Context(), amy, x.kinds(from, parley.KindMessageChanged))
		x.must(err)
		if len(told) != 4 || told[3].Message == nil || told[3].Type != parley.KindMessageChanged {
			t.Errorf("R-52: amy is told %+v", told)
		}
		x.brings("ent_sms", about(parley.InboundReaction, bea, "r3", "m1", ""))
		if c := x.messages(v)[0].Content; len(c.Reactions) != 0 {
			t.Errorf("a reaction taken back stays: %+v", c.Reactions)
		}
		x.must(x.End(t.Context(), amy, x.latest(v).ID))
		x.brings("ent_sms", about(parley.InboundEdit, bea, "e2", "m1", "Hello!"))
		if c := x.messages(v)[0].Content; c.Note != "edited_after_end" || len(x.messages(v)) != 3 {
			t.Errorf("after the end: %+v, %d messages", c, len(x.messages(v)))
		}
		if rows, err := x.s.View().InteractionsOf(t.Context(), v.Visitor, 9); err != nil || len(rows) != 1 {
			t.Errorf("I27: a change began an interaction: %d, %v", len(rows), err)
		}
	})
}

// TestEarlyChanges is R-40: what networks bring in the wrong order ends as if it
// had come in the right one.
func TestEarlyChanges(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		const bea = "+12065551234"
		x.brings("ent_sms", says(bea, "m0", "Hi"))
		x.brings("ent_sms", about(parley.InboundEdit, bea, "e1", "m1", "Hello"))
		x.brings("ent_sms", says(bea, "m1", "Hallo"))
		x.brings("ent_sms", about(parley.InboundRevoke, bea, "v1", "m2", ""))
		x.brings("ent_sms", says(bea, "m2", "Oops"))
		x.brings("ent_sms", about(parley.InboundReaction, bea, "r1", "m9", "\u2764"))
		v := x.talkOf("ent_sms", phone(bea))
		if got, want := x.said(v), []string{"customer: Hi", "customer: Hello"}; !slices.Equal(got, want) {
			t.Errorf("R-40: said is %q", got)
		}
		kept, err := x.s.View().RawOdd(t.Context(), "ent_sms", 10)
		x.must(err)
		if len(kept) != 2 || kept[0].Odd != "unknown_target" {
			t.Errorf("R-40: kept raw are %+v", kept)
		}
	})
}

// TestEchoes: what a colleague wrote in the network's own app is beside ours; ours
// is not there twice; neither is a customer's.
func TestEchoes(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		echo := func(id, ref, text string) parley.Inbound {
			return parley.Inbound{Kind: parley.InboundMessage, ExternalID: id, From: psid("z1"), Text: text, Echo: true, Ref: ref, Window: parley.WindowOpens}
		}
		x.brings("ent_page", echo("x0", "", "Are you there?")) // to somebody who never wrote
		hi := says("", "m1", "Hi")
		hi.From, hi.Name = psid("z1"), "Zoe"
		x.brings("ent_page", hi)
		v := x.talkOf("ent_page", psid("z1"))
		open, err := x.s.View().Conversation(t.Context(), v.Visitor)
		x.must(err)
		x.clock.pass(time.Hour)
		x.brings("ent_page", echo("x1", "", "I write from my phone"), echo("x1", "", "I write from my phone"))
		mine := x.messages(v)[0].ID
		x.brings("ent_page", echo("x2", string(mine), "ours"), echo("x3", string(mine), "ours, its second part"))
		heart := echo("x4", "", "")
		heart.Kind, heart.Target, heart.Emoji = parley.InboundReaction, "m1", "\u2764"
		x.brings("ent_page", heart)
		if got, want := x.said(v), []string{"customer: Hi", "agent: I write from my phone"}; !slices.Equal(got, want) {
			t.Errorf("networks.md 3: said is %q", got)
		}
		if c := x.messages(v)[0].Content; c == nil || len(c.Reactions) != 1 || c.Reactions[0].By != parley.FromAgent {
			t.Errorf("networks.md 3: what a colleague thinks of it is %+v", c)
		}
		after, err := x.s.View().Conversation(t.Context(), v.Visitor)
		x.must(err)
		if !after.WindowUntil.Equal(open.WindowUntil) || open.WindowUntil.IsZero() {
			t.Errorf("WAP-05: the window moved from %s to %s", open.WindowUntil, after.WindowUntil)
		}
		if m := x.messages(v)[1]; m.Agent != "" || m.Interaction != x.latest(v).ID || m.Delivery == nil {
			t.Errorf("a colleague's message is %+v", m)
		}
	})
}

// TestFiles: a network's file waits to be fetched; one at a network of plain text
// is named, not kept (SMS-05).
func TestFiles(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		picture := func(id string, from parley.Keys) parley.Inbound {
			return parley.Inbound{
				Kind: parley.InboundMessage, ExternalID: id, From: from, Name: "Zoe", Text: "Look",
				Content: &parley.Content{Kind: parley.ContentImage, Files: []parley.Attachment{{Name: "a\nb.jpg", Type: "image/jpeg", Ref: "media-1"}}},
			}
		}
		x.brings("ent_sms", picture("m1", phone("+12065551234")))
		sms := x.messages(x.talkOf("ent_sms", phone("+12065551234")))[0]
		if sms.Text != "Look" || sms.Content.Note != "attachment_not_supported" || len(sms.Content.Files) != 0 {
			t.Errorf("SMS-05: it became %+v", sms.Content)
		}
		// The page's body goes through JSON, which holds no Ref: hand it in as a connection would.
		x.must(x.Keep(t.Context(), "ent_page", channel.Received{Messages: []parley.Inbound{picture("m2", psid("z1"))}}, []byte("{}")))
		x.news(0)
		m := x.messages(x.talkOf("ent_page", psid("z1")))[0]
		files, err := x.s.View().FilesOf(t.Context(), m.ID)
		x.must(err)
		if len(files) != 1 || files[0].State != parley.AttachmentFetching || files[0].Ref != "media-1" || files[0].Name != "a b.jpg" ||
			files[0].Kind != parley.ContentImage || m.Content.Files[0].ID != files[0].ID {
			t.Errorf("networks.md 2: the file is %+v, shown as %+v", files, m.Content)
		}
		due, err := x.s.View().OutboxDue(t.Context(), FetchKind, x.clock.Now(), 10)
		x.must(err)
		if len(due) != 1 {
			t.Errorf("networks.md 2: %d files are to be fetched", len(due))
		}
	})
}
