package conformance

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/internal/crm"
)

const (
	phone  = "+15145550101"
	others = "+15145550199"
)

// ways are how people type that number.
var ways = []string{
	"+15145550101", "5145550101", "(514) 555-0101", "514-555-0101", "514.555.0101", "1 514 555 0101", "+1 (514) 555-0101", "011 1 514 555-0101",
	"514 555 0101 ext. 22", "514-555-0101 x22", "tel: 514 555-0101", "514\u00a0555\u00a00101", "514 55 50 101",
}

// misses look like it and are another's.
var misses = []string{"514-555-0102", "438-555-0101", "555-0101", "(514) 555-1010", "514-555-01019"}

func typed(d *desk) {
	preferred := d.crm.Spec().Objects[0]
	for _, way := range misses {
		d.keep(preferred, Person{First: "Mia", Last: way, Phone: way})
	}
	for _, way := range ways {
		d.t.Run(way, func(t *testing.T) {
			sub := *d
			sub.t = t
			ref := sub.keep(preferred, Person{First: "Marie", Last: "Tremblay", Phone: way})
			found := sub.finds(crm.Query{Phone: phone}, ref)
			if len(found) == 1 && (found[0].Name != "Marie Tremblay" || strings.Join(found[0].Phones, "") != way) {
				t.Errorf("%+v", found[0])
			}
			if err := sub.book.Forget(ref.Object, ref.ID); err != nil {
				t.Fatal(err)
			}
		})
	}
	d.keep(preferred, Person{First: "No", Last: "Number"})
	d.finds(crm.Query{Phone: others})
}

func order(d *desk) {
	d.finds(crm.Query{Phone: phone})
	kinds := d.crm.Spec().Objects
	last := d.keep(kinds[len(kinds)-1], Person{First: "Marie", Last: "Tremblay", Company: "Boulangerie", Phone: "514 555 0101"})
	d.finds(crm.Query{Phone: phone}, last)
	older := d.keep(kinds[0], Person{First: "Marie", Last: "Tremblay", Phone: "(514) 555-0101"})
	newer := d.keep(kinds[0], Person{First: "Luc", Last: "Tremblay", Phone: "5145550101"})
	d.finds(crm.Query{Phone: phone}, newer, older, last)
	for range crm.SearchMax + 5 {
		d.keep(kinds[0], Person{First: "One", Last: "More", Phone: "514 555 0101"})
	}
	if found := d.search(crm.Query{Phone: phone}); len(found) != crm.SearchMax || found[0].Object != kinds[0] {
		d.t.Errorf("%d are listed", len(found))
	}
}

func email(d *desk) {
	object := d.crm.Spec().Objects[0]
	marie := d.keep(object, Person{First: "Marie", Last: "Tremblay", Email: "Marie.Tremblay@Example.com"})
	d.keep(object, Person{First: "Noah", Last: "Singh", Email: "noah@example.com"})
	found := d.finds(crm.Query{Email: "marie.tremblay@example.com"}, marie)
	if len(found) == 1 && !strings.EqualFold(strings.Join(found[0].Emails, ""), "marie.tremblay@example.com") {
		d.t.Errorf("%+v", found[0])
	}
	d.finds(crm.Query{Email: "tremblay@example.com"})
	d.finds(crm.Query{Email: "marie.tremblay@example.co"})
}

func handle(d *desk) {
	object := d.crm.Spec().Objects[0]
	with := d.keep(object, Person{First: "Ada", Last: "King", Handle: "@ada_k"})
	without := d.keep(object, Person{First: "Bob", Last: "Young", Handle: "bob"})
	d.keep(object, Person{First: "Not", Last: "Ada", Handle: "adaxk"})
	d.finds(crm.Query{Social: crm.Social{Channel: d.held.Channel, Handle: "ada_k"}}, with)
	d.finds(crm.Query{Social: crm.Social{Channel: d.held.Channel, Handle: "@bob"}}, without)
	d.finds(crm.Query{Social: crm.Social{Channel: "smoke_signals", Handle: "ada_k"}})
}

// quoting looks for what could end a text, or be a wildcard, in the CRM's own
// language.
func quoting(d *desk) {
	object := d.crm.Spec().Objects[0]
	for _, e := range []string{"sean.o'brien@example.com", "a_b@example.com", "100%@example.com", "a+b@example.com", "a&b@example.com", "x{y}@example.com", "a*b@example.com", `a"b@example.com`, `a\b@example.com`, "a?b@example.com", "a-b@example.com", "and@example.com"} {
		ref := d.keep(object, Person{First: "Sean", Last: "O'Brien", Email: e})
		d.finds(crm.Query{Email: e}, ref)
	}
	d.keep(object, Person{First: "Not", Last: "He", Email: "axb@example.com"})
	for _, e := range []string{"a_b@example.org", "%@example.com", "_@example.com", "*", "%", "' or statecode eq 0 or firstname eq '", "') or contains(lastname,'e", "x' OR Name LIKE '%", "} IN ALL FIELDS RETURNING User(Id) {", `\' OR Id != null`} {
		d.finds(crm.Query{Email: e})
		d.finds(crm.Query{Social: crm.Social{Channel: d.held.Channel, Handle: e}})
	}
}

func objects(d *desk) {
	kinds := d.crm.Spec().Objects
	first := d.keep(kinds[0], Person{First: "Marie", Last: "Tremblay", Phone: "514 555 0101"})
	last := d.keep(kinds[len(kinds)-1], Person{First: "Marie", Last: "Tremblay", Company: "Boulangerie", Phone: "514 555 0101"})
	d.to.Objects = []string{kinds[len(kinds)-1]}
	d.finds(crm.Query{Phone: phone}, last)
	d.to.Objects = []string{kinds[len(kinds)-1], kinds[0]}
	d.finds(crm.Query{Phone: phone}, last, first)
	d.to.Objects = []string{"nonsense"}
	d.finds(crm.Query{Phone: phone})
}

func gone(d *desk) {
	if d.held.Gone == nil {
		return
	}
	fields := d.held.Columns(d.crm.Spec().Objects[0], Person{First: "Old", Last: "Record", Phone: "514 555 0101"})
	for name, value := range d.held.Gone {
		fields[name] = value
	}
	if _, err := d.book.Keep(d.crm.Spec().Objects[0], fields); err != nil {
		d.t.Fatal(err)
	}
	d.finds(crm.Query{Phone: phone})
}

func create(d *desk) {
	p := crm.Prefill{FirstName: "Marie", LastName: "O'Tremblay", Email: "marie@example.com", Phone: phone, Social: crm.Social{Channel: d.held.Channel, Handle: "marie_t"}}
	made, err := d.crm.Create(d.t.Context(), d.to, p)
	if err != nil {
		d.t.Fatal(err)
	}
	if made.Object != d.crm.Spec().Objects[0] || made.ID == "" || made.Name != "Marie O'Tremblay" {
		d.t.Errorf("%+v", made)
	}
	for _, q := range []crm.Query{{Phone: phone}, {Email: "marie@example.com"}, {Social: p.Social}} {
		d.finds(q, made.Ref)
	}
	_, err = d.crm.Create(d.t.Context(), d.to, p)
	d.refuses(err, crm.Duplicate)
	if n := len(d.contacts()); n != 1 {
		d.t.Errorf("%d contacts", n)
	}
}

// down asks an organization nobody answers for.
func down(d *desk) {
	closed := httptest.NewServer(http.NotFoundHandler())
	address := closed.URL
	closed.Close()
	d.search(crm.Query{Phone: phone})
	up := d.to
	d.to = d.held.To(d.Account)
	d.to.ID, d.to.Now = "crm_2", d.Now
	for key, value := range d.to.Settings {
		if strings.HasPrefix(value, d.Account.BaseURL) {
			d.to.Settings[key] = address
		}
	}
	_, err := d.crm.Search(d.t.Context(), d.to, crm.Query{Phone: phone})
	d.refuses(err, crm.Transient)
	_, err = d.crm.Log(d.t.Context(), d.to, call())
	d.refuses(err, crm.Transient)
	d.to = up
	d.file(call())
}
