package knowledge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/files"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// place is a center with an administrator, a supervisor and two agents.
type place struct {
	*Knowledge
	t                  *testing.T
	ada, sam, amy, bob parley.Actor
	told               []string // what the audit log would say
}

type still struct{}

func (still) Now() time.Time { return storetest.Day }

func each(t *testing.T, f func(t *testing.T, p *place)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l, err := ledger.Open(t.Context(), s, ledger.Options{Clock: still{}})
		if err != nil {
			t.Fatal(err)
		}
		disk, err := files.NewDisk(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		p := &place{
			t: t, ada: who("ada", "grp_office", parley.RoleAdmin), sam: who("sam", "grp_shop", parley.RoleSupervisor),
			amy: who("amy", "grp_shop", parley.RoleAgent), bob: who("bob", "grp_web", parley.RoleAgent),
		}
		p.Knowledge = New(Rooms{Ledger: l, Store: s, Clock: still{}, Files: &files.Cabinet{Files: disk, Desk: t.TempDir()}, Change: p.change(l)})
		ctx, end := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- l.Run(ctx) }()
		t.Cleanup(func() {
			end()
			<-done
		})
		f(t, p)
	})
}

func who(name string, group parley.GroupID, role parley.Role) parley.Actor {
	return parley.Actor{Agent: parley.AgentID("agt_" + name), Group: group, Role: role}
}

// change commits what the office would, without its audit row.
func (p *place) change(l *ledger.Ledger) ledger.Changer {
	return func(ctx context.Context, _ parley.Actor, name string, plan func(context.Context, ledger.View) (ledger.Change, error)) error {
		return l.Do(ctx, ledger.Command{Name: name, Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, err := plan(ctx, v)
			if err != nil {
				return ledger.Plan{}, err
			}
			p.told = append(p.told, name)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				if c.Rows != nil {
					c.Rows(r)
				}
				r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: c.Subject})
			}}, nil
		}})
	}
}

func get[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func refused(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func faulty(t *testing.T, what string, err error, want ...parley.FieldError) {
	t.Helper()
	var e *parley.Error
	if !errors.As(err, &e) || len(e.Fields) != len(want) {
		t.Fatalf("%s: got %v, want %v", what, err, want)
	}
	for i, f := range want {
		if e.Fields[i] != f {
			t.Errorf("%s: fault %d is %v, want %v", what, i, e.Fields[i], f)
		}
	}
}

func en(question, rich string) parley.FAQText {
	return parley.FAQText{Language: "en", Question: question, Rich: rich}
}

func fr(question, rich string) parley.FAQText {
	return parley.FAQText{Language: "fr-CA", Question: question, Rich: rich}
}

// publish adds a FAQ and publishes it.
func (p *place) publish(category string, texts ...parley.FAQText) parley.FAQID {
	p.t.Helper()
	id := get(p.CreateFAQ(p.t.Context(), p.ada, FAQInput{Category: category, Active: true, Texts: texts}))(p.t)
	if err := p.PublishFAQ(p.t.Context(), p.ada, id, 1); err != nil {
		p.t.Fatal(err)
	}
	return id
}

func (p *place) category(name string) string {
	p.t.Helper()
	return get(p.CreateCategory(p.t.Context(), p.ada, CategoryInput{Name: name, NameFR: name + " (fr)"}))(p.t)
}

func TestFAQs(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		orders := p.category("Orders")
		_, err := p.CreateFAQ(ctx, p.ada, FAQInput{Category: "fqc_x", Texts: []parley.FAQText{
			{Language: "tlh", Rich: strings.Repeat("x", answerMax+1)}, en("One", "a"), en("Two", "![x](/support/images/"+strings.Repeat("a", 64)+")"),
		}})
		faulty(t, "FAQ-01, FAQ-03: every fault at once", err,
			parley.FieldError{Field: "texts[0].question", Code: "required"}, parley.FieldError{Field: "texts[0].rich", Code: "too_long"},
			parley.FieldError{Field: "texts[0].language", Code: "unknown"}, parley.FieldError{Field: "texts[2].language", Code: "taken"},
			parley.FieldError{Field: "texts[2].rich", Code: "unknown"}, parley.FieldError{Field: "category_id", Code: "unknown"})
		_, err = p.CreateFAQ(ctx, p.ada, FAQInput{Texts: []parley.FAQText{en("One", "a")}})
		faulty(t, "FAQ-01: no category was chosen", err, parley.FieldError{Field: "category_id", Code: "required"})

		id := get(p.CreateFAQ(ctx, p.ada, FAQInput{Category: orders, Active: true, Texts: []parley.FAQText{en("Where is my order?", "On its **way**.")}}))(t)
		if list := get(p.Find(ctx, p.amy, Query{}))(t); len(list) != 0 {
			t.Errorf("FAQ-01: a draft is not seen: %v", list)
		}
		refused(t, "A-017: only administrators publish", p.PublishFAQ(ctx, p.sam, id, 1), parley.ErrForbidden)
		refused(t, "somebody saved meanwhile", p.PublishFAQ(ctx, p.ada, id, 7), parley.ErrConflict)
		if err := p.PublishFAQ(ctx, p.ada, id, 1); err != nil {
			t.Fatal(err)
		}
		list := get(p.Find(ctx, p.amy, Query{}))(t)
		if len(list) != 1 || list[0].Text != "On its way." || !list[0].TextOnly {
			t.Errorf("FAQ-04: the plain version is made: %+v", list)
		}
		f := get(p.FAQ(ctx, p.ada, id))(t)
		in := f.FAQInput
		in.Texts = []parley.FAQText{en("Where is my order?", "Here.")}
		if err := p.SaveFAQ(ctx, p.ada, id, in); err != nil {
			t.Fatal(err)
		}
		refused(t, "two administrators at once", p.SaveFAQ(ctx, p.ada, id, in), parley.ErrConflict)
		if list := get(p.Find(ctx, p.amy, Query{}))(t); list[0].Text != "On its way." {
			t.Errorf("FAQ-01: what is published stays until the draft is: %+v", list)
		}
		if f := get(p.FAQ(ctx, p.ada, id))(t); !f.Changed {
			t.Error("FAQ-01: one sees that the draft differs")
		}
		if err := p.PublishFAQ(ctx, p.ada, id, 3); err != nil {
			t.Fatal(err)
		}
		versions := get(p.Versions(ctx, p.ada, id))(t)
		if len(versions) != 2 || versions[0].Version != 2 || versions[1].Texts[0].Rich != "On its **way**." {
			t.Errorf("FAQ-01: versions are kept: %+v", versions)
		}
		for range 2 {
			if err := p.UseFAQ(ctx, p.amy, id); err != nil {
				t.Fatal(err)
			}
		}
		if f := get(p.FAQ(ctx, p.ada, id))(t); f.Uses != 2 || f.Published != 2 {
			t.Errorf("FAQ-06: insertions are counted: %+v", f)
		}
		refused(t, "A-018: of none", p.UseFAQ(ctx, p.amy, "faq_x"), parley.ErrNotFound)
		refused(t, "a category with FAQs stays", p.RemoveCategory(ctx, p.ada, orders), parley.ErrInUse)
		if err := p.WithdrawFAQ(ctx, p.ada, id); err != nil {
			t.Fatal(err)
		}
		if list := get(p.Find(ctx, p.amy, Query{}))(t); len(list) != 0 {
			t.Errorf("FAQ-01: what is withdrawn is not found: %v", list)
		}
		if err := errors.Join(p.RemoveFAQ(ctx, p.ada, id), p.RemoveCategory(ctx, p.ada, orders)); err != nil {
			t.Error(err)
		}
	})
}

func TestFind(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		orders, account := p.category("Orders"), p.category("Account")
		p.publish(orders, en("Where is my order?", "Look under Orders."), fr("O\u00f9 est ma commande?", "Voyez Commandes."))
		p.publish(orders, en("When do I get my refund?", "Within two working days."))
		p.publish(account, en("How do I change my password?", "Under Security; your order history stays."))
		for text, want := range map[string]string{
			"":              "How do I change my password?", // by category
			"ORDER where":   "Where is my order?",
			"order":         "Where is my order?", // in the question before in the answer
			"refnd":         "When do I get my refund?",
			"refudn":        "When do I get my refund?",
			"pass":          "How do I change my password?",
			"working refun": "When do I get my refund?",
		} {
			if list := get(p.Find(ctx, p.amy, Query{Text: text, Language: "en"}))(t); len(list) == 0 || list[0].Question != want {
				t.Errorf("FAQ-02: %q finds %v, want %q first", text, list, want)
			}
		}
		for _, text := range []string{"nothing", "%", "' OR 1=1 --", "xyzzy order refund bicycle llama"} {
			if list := get(p.Find(ctx, p.amy, Query{Text: text, Language: "en"}))(t); text != "%" && len(list) != 0 && text != "' OR 1=1 --" {
				t.Errorf("A-099: %q finds %v", text, list)
			}
		}
		list := get(p.Find(ctx, p.amy, Query{Text: "ou commande", Language: "fr-CA"}))(t)
		if len(list) != 1 || list[0].Language != "fr-CA" {
			t.Errorf("FAQ-02: accents are ignored: %v", list)
		}
		list = get(p.Find(ctx, p.amy, Query{Text: "commande", Language: "en"}))(t)
		if len(list) != 1 || list[0].Question != "Where is my order?" {
			t.Errorf("FAQ-02: asked in French, answered in the conversation's language: %v", list)
		}
		list = get(p.Find(ctx, p.amy, Query{Text: "refund", Language: "fr-CA"}))(t)
		if len(list) != 1 || list[0].Language != "en" {
			t.Errorf("FAQ-02: what is missing in French is found in English: %v", list)
		}
		list = get(p.Find(ctx, p.amy, Query{Language: "fr"}))(t)
		if len(list) != 3 || list[0].Language != "fr-CA" || list[1].Language != "en" {
			t.Errorf("FAQ-01: other languages come last: %v", list)
		}
		if list := get(p.Find(ctx, p.amy, Query{Category: account}))(t); len(list) != 1 {
			t.Errorf("FAQ-02: by category: %v", list)
		}
	})
}

func TestImages(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		var file bytes.Buffer
		if err := png.Encode(&file, image.NewRGBA(image.Rect(0, 0, 8, 4))); err != nil {
			t.Fatal(err)
		}
		_, err := p.AddImage(ctx, p.amy, bytes.NewReader(file.Bytes()))
		refused(t, "A-017: only administrators", err, parley.ErrForbidden)
		_, err = p.AddImage(ctx, p.ada, strings.NewReader("just words"))
		refused(t, "A-072: no picture", err, parley.ErrFileNotAllowed)
		_, err = p.AddImage(ctx, p.ada, bytes.NewReader(make([]byte, ImageBytesMax+1)))
		refused(t, "A-073: too large", err, parley.ErrTooLarge)
		got := get(p.AddImage(ctx, p.ada, bytes.NewReader(file.Bytes())))(t)
		if got.Width != 8 || got.Height != 4 {
			t.Errorf("its measures: %+v", got)
		}
		get(p.AddImage(ctx, p.ada, bytes.NewReader(file.Bytes())))(t) // twice is once
		category := p.category("Orders")
		p.publish(category, en("How to pack", "Like this:\n\n![a box]("+got.URL+")"))
		list := get(p.Find(ctx, p.amy, Query{}))(t)
		if len(list) != 1 || list[0].TextOnly || list[0].Text != "Like this:" {
			t.Errorf("FAQ-05: one with a picture says so, its plain version has none: %+v", list)
		}
		row, body, err := p.OpenImage(ctx, got.Sum)
		if err != nil {
			t.Fatal(err)
		}
		raw := get(io.ReadAll(body))(t)
		if err := body.Close(); err != nil || row.Type != "image/png" || int64(len(raw)) != row.Size {
			t.Errorf("the picture is served: %v %+v", err, row)
		}
		_, _, err = p.OpenImage(ctx, strings.Repeat("a", 64))
		refused(t, "A-018: of none", err, parley.ErrNotFound)
		if used := get(p.Store.View().InUse(ctx, []string{got.Sum}))(t); !used[got.Sum] {
			t.Error("a picture of an answer is not swept away")
		}
	})
}

func TestCanned(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		own := CannedInput{Owner: "agt_amy", Name: "Thanks", Shortcut: "Thanks", Text: parley.Text{EN: "Thank you!"}}
		id := get(p.CreateCanned(ctx, p.amy, own))(t)
		_, err := p.CreateCanned(ctx, p.amy, own)
		faulty(t, "a shortcut is one's own once", err, parley.FieldError{Field: "shortcut", Code: "taken"})
		own.Owner = "agt_bob"
		_, err = p.CreateCanned(ctx, p.amy, own)
		refused(t, "A-017: nobody writes for another", err, parley.ErrForbidden)
		_, err = p.CreateCanned(ctx, p.ada, own)
		refused(t, "A-017: an administrator neither", err, parley.ErrForbidden)
		own.Owner = ""
		_, err = p.CreateCanned(ctx, p.amy, own)
		refused(t, "A-017: what is shared is a supervisor's", err, parley.ErrForbidden)
		everybody := get(p.CreateCanned(ctx, p.sam, own))(t)
		_, err = p.CreateCanned(ctx, p.sam, CannedInput{Owner: "grp_x", Shortcut: "a b", Dispositions: []parley.DispositionID{"dsp_x"}, Note: "Called."})
		faulty(t, "A-018: every fault at once", err,
			parley.FieldError{Field: "name", Code: "required"}, parley.FieldError{Field: "shortcut", Code: "not_a_shortcut"},
			parley.FieldError{Field: "dispositions[0]", Code: "unknown"}, parley.FieldError{Field: "owner_id", Code: "unknown"})

		if list := get(p.Usable(ctx, p.amy))(t); len(list) != 2 {
			t.Errorf("one's own and everybody's: %v", list)
		}
		if list := get(p.Usable(ctx, p.bob))(t); len(list) != 1 || list[0].ID != everybody {
			t.Errorf("not what is another's own: %v", list)
		}
		if list := get(p.Shared(ctx, p.sam))(t); len(list) != 1 {
			t.Errorf("what is shared: %v", list)
		}
		_, err = p.Canned(ctx, p.bob, id)
		refused(t, "A-018: another's own", err, parley.ErrNotFound)
		refused(t, "A-018: another's own", p.RemoveCanned(ctx, p.bob, id), parley.ErrNotFound)
		refused(t, "A-018: another's own", p.UseCanned(ctx, p.bob, id), parley.ErrNotFound)
		c := get(p.Canned(ctx, p.amy, id))(t)
		in := c.CannedInput
		in.Text.FR = "Merci!"
		if err := errors.Join(p.SaveCanned(ctx, p.amy, id, in), p.UseCanned(ctx, p.amy, id)); err != nil {
			t.Fatal(err)
		}
		refused(t, "in two windows", p.SaveCanned(ctx, p.amy, id, in), parley.ErrConflict)
		if c := get(p.Canned(ctx, p.amy, id))(t); c.Uses != 1 || c.Text.FR != "Merci!" || c.Shortcut != "thanks" {
			t.Errorf("a use is counted: %+v", c)
		}
		if err := p.RemoveCanned(ctx, p.amy, id); err != nil {
			t.Error(err)
		}
	})
}

func TestSupportPage(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		_, err := p.SupportPage(ctx, p.sam)
		refused(t, "A-017", err, parley.ErrForbidden)
		err = p.SaveSupportPage(ctx, p.ada, parley.SupportPage{Chat: true, Sharing: true, Accent: "red", SharingURL: "javascript:alert(1)", Title: parley.Text{EN: strings.Repeat("x", nameMax+1)}})
		faulty(t, "SUP-01, SUP-03, A-005", err,
			parley.FieldError{Field: "title.en", Code: "too_long"}, parley.FieldError{Field: "accent", Code: "not_a_color"},
			parley.FieldError{Field: "sharing_url", Code: "not_a_url"}, parley.FieldError{Field: "entry_point_id", Code: "required"})
		page := parley.SupportPage{Enabled: true, FAQs: true, Sharing: true, SharingURL: "https://share.example/", Accent: "#0C6577"}
		if err := p.SaveSupportPage(ctx, p.ada, page); err != nil {
			t.Fatal(err)
		}
		refused(t, "two administrators at once", p.SaveSupportPage(ctx, p.ada, page), parley.ErrConflict)
		if got := get(p.Page(ctx))(t); got.Rev != 1 || !got.FAQs || got.Chat || got.Accent != "#0c6577" {
			t.Errorf("SUP-01: the means that were ticked: %+v", got)
		}
		orders := p.category("Orders")
		id := p.publish(orders, en("Where?", "Here."), fr("O\u00f9?", "Ici."))
		p.publish(orders, en("Only English", "Yes."))
		if shelves := get(p.Shelves(ctx, "fr-CA"))(t); len(shelves) != 1 || shelves[0].Name != "Orders (fr)" || len(shelves[0].Answers) != 1 {
			t.Errorf("SUP-01: a page is in one language: %+v", shelves)
		}
		if both := get(p.Published(ctx, id))(t); len(both) != 2 {
			t.Errorf("in every language: %v", both)
		}
		_, err = p.Published(ctx, "faq_x")
		refused(t, "A-018", err, parley.ErrNotFound)
	})
}

func TestDemo(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		var d demo
		if err := json.Unmarshal(demoFile, &d); err != nil {
			t.Fatal(err)
		}
		for range 2 { // a start that was interrupted goes on
			if err := errors.Join(p.seedFAQs(ctx, p.ada, d), p.seedCanned(ctx, p.ada, d)); err != nil {
				t.Fatal(err)
			}
		}
		for _, language := range languages {
			shelves := get(p.Shelves(ctx, language))(t)
			if len(shelves) != 2 || len(shelves[0].Answers)+len(shelves[1].Answers) < 6 {
				t.Errorf("FAQ-01: the demo speaks %s: %d", language, len(shelves))
			}
		}
		if list := get(p.Usable(ctx, p.amy))(t); len(list) != len(d.Canned) {
			t.Errorf("canned replies of the demo: %v", list)
		}
	})
}
