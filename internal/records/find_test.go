package records

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/identity"
	"parley/internal/search"
	"parley/internal/store"
)

// The names that people of the tests have: of Quebec, of Ireland, of Poland ...
var (
	firsts = strings.Fields("Marie Zo\u00eb Jean-Pierre Andr\u00e9e \u00c9lo\u00efse Fran\u00e7ois Siobh\u00e1n Micha\u0142 J\u00fcrgen S\u00f8ren Amy Robert Guadalupe Th\u00e9r\u00e8se No\u00e9mie " +
		"Ludovic Anne-Sophie Benjamin Catherine Dominique Genevi\u00e8ve Isabelle Katarzyna Laurence Mathieu Olivier Patrick Rapha\u00ebl Sebastian Valentina")
	lasts = strings.Fields("Tremblay L\u00e9ger O'Brien Saint-Laurent C\u0153urdevey Kowalski M\u00fcller H\u00f8iby D\u2019Arcy Lef\u00e8bvre Boisvert Gagn\u00e9 Bouchard C\u00f4t\u00e9 Pelletier " +
		"B\u00e9langer Thibault Deschamps Lachance Castonguay Desrosiers Vaillancourt Charbonneau Robitaille Archambault Villeneuve Beauchemin Laframboise Duquette Larivi\u00e8re")
)

// crowded saves so many customers, each with a name, an e-mail, a phone and an
// account number of their own.
func crowded(w *town, many int) []parley.Customer {
	draw := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same people each time
	all := make([]parley.Customer, many)
	for i := range all {
		first, last := firsts[draw.IntN(len(firsts))], lasts[draw.IntN(len(lasts))]
		if i%3 == 0 {
			last += "-" + lasts[draw.IntN(len(lasts))]
		}
		local := strings.Join(search.Words(first), "") + "." + strings.Join(search.Words(last), "")
		all[i] = parley.Customer{
			ID: parley.CustomerID(fmt.Sprintf("cus_%05d", i)), FirstName: first, LastName: last, AccountNumber: fmt.Sprintf("QC-%06d", 100_000+i*7919%900_000),
			Emails: []string{fmt.Sprintf("%s%d@courriel.example", local, i)}, Phones: []string{fmt.Sprintf("+1514%07d", 2_000_000+i*104_729%7_999_999)},
			CreatedAt: w.clock.Now(), UpdatedAt: w.clock.Now(), Rev: 1,
		}
	}
	for some := range slices.Chunk(all, 500) {
		w.do(func(r *store.Rows) {
			for _, c := range some {
				r.SaveCustomer(c, store.CustomerKeys{
					Folded: identity.Fold(c.Name()), FoldedLast: identity.Fold(c.LastName + " " + c.FirstName), Digits: []string{identity.Digits(c.Phones[0])},
				})
			}
		})
	}
	return all
}

// wanted is a line somebody typed, and whom they meant: any who has it all.
type wanted struct {
	line string
	by   string
	fits func(parley.Customer) bool
}

// typed makes the lines of one person's ways to look for somebody.
func typed(i int, c parley.Customer) wanted {
	is := func(o parley.Customer) bool { return o.ID == c.ID }
	namesake := func(o parley.Customer) bool { return o.FirstName == c.FirstName && o.LastName == c.LastName }
	phone, folded := c.Phones[0], strings.ToUpper(search.Fold(c.Name()))
	first, last := search.Words(c.FirstName), search.Words(c.LastName)
	longest := slices.MaxFunc(last, func(a, b string) int { return len(a) - len(b) })
	slip := longest
	if len(longest) >= search.NearMin {
		slip = longest[:2] + longest[3:4] + longest[2:3] + longest[4:]
	}
	switch i % 10 {
	case 0:
		return wanted{c.Name(), "the name", namesake}
	case 1:
		return wanted{folded, "without accents, in capitals", namesake}
	case 2:
		return wanted{strings.Join(last, " ") + " " + strings.Join(first, " "), "last name first", namesake}
	case 3:
		return wanted{"(" + phone[2:5] + ") " + phone[5:8] + "-" + phone[8:], "a phone as it is printed", is}
	case 4:
		return wanted{phone[5:8] + " " + phone[8:], "the end of a phone", is}
	case 5:
		local, _, _ := strings.Cut(c.Emails[0], "@")
		return wanted{local, "an e-mail without its domain", is}
	case 6:
		return wanted{strings.ToLower(c.AccountNumber[3:]), "a part of an account number", is}
	case 7:
		return wanted{strings.Join(first, "") + " " + strings.Join(last, ""), "compounds in one", namesake}
	case 8:
		return wanted{strings.Join(first, " ") + " " + strings.Replace(strings.Join(last, " "), longest, slip, 1), "two letters in the wrong order", namesake}
	}
	return wanted{longest[1:] + " " + first[0][:2] + " " + phone[8:], "parts of everything", is}
}

// TestSearchFinds asks 200 lines of 4,000 people, each with a slip, another form or
// a part of what is kept: the one who was meant is among the first five, of 95 in
// 100 at least.
//
// Source: issue 4, section 1; F011.
func TestSearchFinds(t *testing.T) {
	many := 4000
	if testing.Short() {
		many = 1000
	}
	each(t, func(t *testing.T, w *town) {
		all := crowded(w, many)
		missed := map[string]int{}
		const lines = 200
		for i := range lines {
			want := typed(i, all[i*(many/lines)])
			found, err := w.Search(t.Context(), w.amy, want.line, 5)
			if err != nil {
				t.Fatalf("%q: %v", want.line, err)
			}
			if !slices.ContainsFunc(found.Customers, func(c Customer) bool {
				return want.fits(parley.Customer{ID: c.ID, FirstName: c.FirstName, LastName: c.LastName})
			}) {
				missed[want.by]++
				t.Logf("%s: %q does not find %s among %d", want.by, want.line, all[i*(many/lines)].Name(), len(found.Customers))
			}
		}
		sum := 0
		for _, n := range missed {
			sum += n
		}
		if sum > lines/20 {
			t.Errorf("%d of %d lines do not find who was meant: %v", sum, lines, missed)
		}
	})
}

// TestSearchTalks finds the line that was said, the newest first, for a supervisor
// and for whom it was said to; not for others, and not before it has ended.
func TestSearchTalks(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		say := func(name, text string) parley.InteractionID {
			i := w.talk(name, parley.Visitor{Name: name})
			w.do(func(r *store.Rows) {
				for n, line := range []string{"Bonjour", text} {
					r.Message(&parley.Message{
						ID: parley.MessageID(fmt.Sprintf("msg_%s%d", name, n)), Conversation: parley.ConversationID("con_" + name), Interaction: i,
						Sender: parley.FromCustomer, ClientID: fmt.Sprint(name, n), Text: line, At: r.Now(),
					})
				}
			})
			return i
		}
		first := say("eve", "Ma cafeti\u00e8re, num\u00e9ro 4711, est cass\u00e9e")
		find := func(me parley.Actor, line string) (out []parley.InteractionID) {
			for _, h := range get(w.Search(t.Context(), me, line, 0))(t).Talks {
				out = append(out, h.Interaction.ID)
			}
			return out
		}
		if got := find(w.sam, "cafetiere"); len(got) != 0 {
			t.Errorf("found while it goes on: %v", got)
		}
		w.end(first)
		second := say("max", "Une autre CAFETIERE")
		w.end(second)
		for line, want := range map[string][]parley.InteractionID{
			"cafeti\u00e8re": {second, first}, "cassee CAFET": {first}, "4711": {first}, "th\u00e9i\u00e8re": nil, "bonjour cafetiere": {second, first},
		} {
			for who, me := range map[string]parley.Actor{"sam": w.sam, "amy": w.amy} {
				if got := find(me, line); !slices.Equal(got, want) {
					t.Errorf("%s finds %v by %q, not %v", who, got, line, want)
				}
			}
		}
		if got := find(w.bob, "cafetiere"); len(got) != 0 {
			t.Errorf("bob finds amy's: %v", got)
		}
		h := get(w.Search(t.Context(), w.sam, "cassee", 0))(t).Talks[0]
		if h.Seq != 2 || !slices.Contains(h.Pieces, search.Piece{Text: "cass\u00e9e", Hit: true}) {
			t.Errorf("the line is %+v", h)
		}
	})
}

// TestSearchFindsAllThatIsSaid: also what a customer made of their words later, the
// name of a file without words, and what an advertisement or a form says (F011).
func TestSearchFindsAllThatIsSaid(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		i := w.talk("eve", parley.Visitor{Name: "eve"})
		w.do(func(r *store.Rows) {
			for n, m := range []parley.Message{
				{Text: "It is broken", Content: &parley.Content{Kind: parley.ContentText, Edited: "It is very shattered", EditedAt: 1}},
				{Content: &parley.Content{Kind: parley.ContentDocument, Files: []parley.Attachment{{ID: "att_1", Kind: parley.ContentDocument, Name: "Rechnung-4711.pdf", Caption: ""}}}},
				{Text: "Hello", Content: &parley.Content{Kind: parley.ContentReferral, Fields: []parley.Pair{{Name: "headline", Value: "Succulents for summer"}}}},
			} {
				m.ID, m.Conversation, m.Interaction = parley.MessageID(fmt.Sprint("msg_all", n)), "con_eve", i
				m.Sender, m.ClientID, m.At = parley.FromCustomer, fmt.Sprint("all", n), r.Now()
				r.Message(&m)
			}
		})
		w.end(i)
		for line, want := range map[string]search.Piece{
			"broken": {Text: "broken", Hit: true}, "shattered": {Text: "shattered", Hit: true},
			"rechnung": {Text: "Rechnung", Hit: true}, "succulents": {Text: "Succulents", Hit: true},
		} {
			found := get(w.Search(t.Context(), w.sam, line, 0))(t).Talks
			if len(found) != 1 || !slices.Contains(found[0].Pieces, want) {
				t.Errorf("F011: by %q is found %+v", line, found)
			}
		}
	})
}

// TestSearchCases finds a case by its number and by whose it is (CRM-11).
func TestSearchCases(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		eve := w.add("Eve", "L\u00e9ger", "2001")
		id := get(w.CreateCase(t.Context(), w.amy, CaseInput{Customer: eve, Subject: "A leak", Status: parley.CaseOpen}))(t)
		for _, line := range []string{"leger", "#1001", "1001", "2001"} {
			found := get(w.Search(t.Context(), w.amy, line, 0))(t)
			if len(found.Cases) != 1 || found.Cases[0].ID != id {
				t.Errorf("%q finds %v", line, found.Cases)
			}
		}
		_, err := w.Search(t.Context(), parley.Actor{Visitor: "con_1"}, "leger", 0)
		refused(t, "a visitor", err, parley.ErrForbidden)
		if found := get(w.Search(t.Context(), w.amy, "  ", 0))(t); len(found.Customers)+len(found.Cases)+len(found.Talks) != 0 {
			t.Errorf("nothing finds %+v", found)
		}
	})
}

// TestSearchSubjects finds cases by any part of what they are about, the best first,
// as it is now, and none that somebody may not see (CRM-11).
func TestSearchSubjects(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ida := w.add("Ida", "Roy", "7001")
		file := func(me parley.Actor, subject string, visible parley.Visibility) parley.CaseID {
			return get(w.CreateCase(t.Context(), me, CaseInput{Customer: ida, Subject: subject, Status: parley.CaseOpen, Visibility: visible}))(t)
		}
		leak := file(w.amy, "Une fuite d\u2019eau \u00e0 l\u2019\u00c9vier", "everyone")
		long := file(w.amy, "The sink: evier, again and again", "everyone")
		bare := file(w.amy, "\u00c9vier", "everyone")
		secret := file(w.sam, "Evier of the management", "owner")
		for line, want := range map[string][]parley.CaseID{
			"evier": {bare, long, leak}, "EAU \u00e9vi": {leak}, "fui": {leak}, "sink again": {long}, "management": nil, "%": nil, "evier ' OR 1=1": nil,
		} {
			var got []parley.CaseID
			for _, c := range get(w.Search(t.Context(), w.amy, line, 0))(t).Cases {
				got = append(got, c.ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q finds %v, not %v", line, got, want)
			}
		}
		if found := get(w.Search(t.Context(), w.sam, "management", 0))(t).Cases; len(found) != 1 || found[0].ID != secret {
			t.Errorf("who may see it finds %v", found)
		}
		if err := w.SaveCase(t.Context(), w.amy, bare, CaseInput{Customer: ida, Subject: "Robinet", Status: parley.CaseOpen, Visibility: "everyone", Rev: 1}); err != nil {
			t.Fatal(err)
		}
		for line, want := range map[string]int{"evier": 2, "robin": 1} {
			if found := get(w.Search(t.Context(), w.amy, line, 0))(t).Cases; len(found) != want {
				t.Errorf("afterwards %q finds %d", line, len(found))
			}
		}
	})
}
