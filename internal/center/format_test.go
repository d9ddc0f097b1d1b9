package center

import (
	"testing"

	"parley"
	"parley/internal/store"
)

// TestFormat sends what an agent inserted with its marks to our own window, where
// the center wants that: the customer gets them read, never as markup, and everybody
// else the plain version.
func TestFormat(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		const marked = "**Hello** from [us](https://parley.example/), card 4111 1111 1111 1111\n\n- one\n- [x](javascript:alert(1))"
		last := func() VisitorMessage {
			t.Helper()
			seen, err := x.VisitorSnapshot(ctx, v)
			x.must(err)
			return seen.Messages[len(seen.Messages)-1]
		}
		_, err := x.Send(ctx, amy, id, x.words(marked))
		x.must(err)
		if m := last(); m.Content != nil || m.Text == "" || m.Text[:2] != "**" {
			t.Errorf("FAQ-04: by default as it was typed: %+v", m)
		}
		x.do("set", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "faq.send_html", Value: "true"})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "setting"})
		})
		page, err := x.Interaction(ctx, amy, id)
		x.must(err)
		if !page.Interaction.Rich {
			t.Error("FAQ-04: amy's composer is told")
		}
		_, err = x.Send(ctx, amy, id, x.words(marked))
		x.must(err)
		m := last()
		const plain = "Hello from us (https://parley.example/), card **** **** **** 1111\n\n- one\n- [x](javascript:alert(1))"
		if m.Text != plain {
			t.Errorf("FAQ-04: the plain version is kept: %q, want %q", m.Text, plain)
		}
		if m.Content == nil || len(m.Content.Blocks) != 2 {
			t.Fatalf("FAQ-04: the marks are there: %+v", m.Content)
		}
		first, rest := m.Content.Blocks[0].Items[0], m.Content.Blocks[1]
		if !first[0].Bold || first[0].Text != "Hello" || first[2].Link != "https://parley.example/" || rest.Kind != "bullets" {
			t.Errorf("FAQ-04: bold, a link, a list: %+v", m.Content.Blocks)
		}
		if x := rest.Items[1]; len(x) != 1 || x[0].Link != "" {
			t.Errorf("A-005: no address that runs something: %+v", x)
		}
		for _, s := range first {
			if s.Text == ", card 4111 1111 1111 1111" {
				t.Errorf("A-118: the card's number is masked there, too: %+v", first)
			}
		}
		_, err = x.Send(ctx, amy, id, x.words("3) plain\n2 * 3 * 4"))
		x.must(err)
		if m := last(); m.Content != nil || m.Text != "3) plain\n2 * 3 * 4" {
			t.Errorf("FAQ-04: without marks nothing changes: %+v", m)
		}
	})
}
