// Package conformance is what every outside CRM is held to, played against its
// simulated organization over HTTP: neither knows the other. Only tests import it.
//
// Read conformance.go (what a CRM brings), search.go, log.go, owner.go, trouble.go, form.go.
package conformance

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"parley/internal/crm"
	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
)

// Held is a CRM and the simulated organization it is tried with.
type Held struct {
	CRM      crm.CRM
	Provider simulator.Provider
	Settings map[string]string // of the simulated organization
	// To is the connection an administrator of that organization sets up.
	To func(a simulator.Account) crm.Connection
	// Columns are a person's, as somebody there types them in.
	Columns func(object string, p Person) map[string]string
	// Channel is one the organization keeps handles of; Gone are the columns of a
	// contact nobody uses any more, nil if there is no such thing.
	Channel string
	Gone    map[string]string
	// Logs is the kind of record logs are there; "" = the Spec's.
	Logs string
	// Text is what of a log can be read there: its own words, its note, its file.
	Text func(records []simulator.Record, log string) string
	// Users are how the organization keeps who works there.
	Users Users
	// Wrong are settings and secrets that are refused, and how.
	Wrong []Wrong
	// Deny is the organization's setting by which reading contacts is forbidden.
	Deny [2]string
}

// Person is somebody the organization knows.
type Person struct {
	First, Last, Phone, Email, Handle, Company string
}

// Users are the people who work in an organization.
type Users struct {
	Object  string
	Columns func(email string) map[string]string // of one who works there
	Gone    map[string]string                    // of one who does no longer
	Owner   string                               // the column of a log that says whose it is
}

// Wrong is a connection that cannot work.
type Wrong struct {
	Name  string
	Break func(to *crm.Connection)
	Want  crm.Code
}

// desk is one organization and a connection to it.
type desk struct {
	*simtest.Rig
	t    *testing.T
	held Held
	crm  crm.CRM
	to   crm.Connection
	book simulator.Keeper
}

func (h Held) open(t *testing.T) *desk {
	t.Helper()
	r := simtest.New(t, h.Provider, h.Settings)
	book, err := r.Keeper("acc")
	if err != nil {
		t.Fatal(err)
	}
	to := h.To(r.Account)
	to.ID, to.Now = "crm_1", r.Now
	if to.Objects == nil {
		to.Objects = h.CRM.Spec().Objects
	}
	return &desk{Rig: r, t: t, held: h, crm: h.CRM, to: to, book: book}
}

// Hold runs the suite.
func (h Held) Hold(t *testing.T) {
	for _, test := range []struct {
		name string
		run  func(*desk)
	}{
		{"DYN-09: a number, whatever way it was typed", typed},
		{"DYN-02: none, one, many, in order", order},
		{"DYN-02: by e-mail", email},
		{"DYN-02: by handle", handle},
		{"a quote, a percent sign, an underscore", quoting},
		{"DYN-09: the tables an administrator chose", objects},
		{"DYN-02: records nobody uses", gone},
		{"DYN-03: a new contact, and a second one", create},
		{"DYN-03: the answer to a new contact is lost", createLost},
		{"DYN-06: a log is filed once", logged},
		{"DYN-05: another match before and after", relinked},
		{"DYN-06: nobody was found", unlinked},
		{"DYN-06: a long transcript", long},
		{"DYN-06: what the log says", says},
		{"DYN-06: a log is its agent's own", owned},
		{"DYN-06: whose a log is is not guessed", ownerless},
		{"DYN-08: answers are lost", lost},
		{"DYN-08: answers are lost, of a long one", lostLong},
		{"DYN-08: half of the calls fail", halfFails},
		{"DYN-08: too many calls", throttles},
		{"DYN-08: down, and up again", down},
		{"DYN-09: an expired token", expired},
		{"DYN-08: the record was deleted or merged away", deleted},
		{"DYN-09: a right is missing", forbidden},
		{"DYN-09: set up wrongly", wrong},
		{"DYN-09: the set-up is checked", checked},
		{"A-059: odd answers", odd},
		{"DYN-03: pages", pages},
		{"CFG-01: its form", form},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(h.open(t)) })
	}
}

// keep types a person in.
func (d *desk) keep(object string, p Person) crm.Ref {
	d.t.Helper()
	id, err := d.book.Keep(object, d.held.Columns(object, p))
	if err != nil {
		d.t.Fatal(err)
	}
	return crm.Ref{Object: object, ID: id}
}

// employ takes somebody on, with more columns.
func (d *desk) employ(email string, more map[string]string) string {
	d.t.Helper()
	columns := d.held.Users.Columns(email)
	maps.Copy(columns, more)
	id, err := d.book.Keep(d.held.Users.Object, columns)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

// user must get an answer.
func (d *desk) user(email string) string {
	d.t.Helper()
	id, err := d.crm.User(d.t.Context(), d.to, email)
	if err != nil {
		d.t.Fatalf("%s: %v", email, err)
	}
	return id
}

// search must succeed.
func (d *desk) search(q crm.Query) []crm.Record {
	d.t.Helper()
	found, err := d.crm.Search(d.t.Context(), d.to, q)
	if err != nil {
		d.t.Fatalf("%+v: %v", q, err)
	}
	return found
}

// finds compares what a search finds, in order.
func (d *desk) finds(q crm.Query, want ...crm.Ref) []crm.Record {
	d.t.Helper()
	found := d.search(q)
	got := []crm.Ref{}
	for _, r := range found {
		got = append(got, r.Ref)
	}
	if !slices.Equal(got, append([]crm.Ref{}, want...)) {
		d.t.Errorf("%+v finds %v, want %v", q, got, want)
	}
	return found
}

// refuses asserts the class of an error.
func (d *desk) refuses(err error, want crm.Code) {
	d.t.Helper()
	var e *crm.Error
	if !errors.As(err, &e) || e.Code != want {
		d.t.Fatalf("%v, want %s", err, want)
	}
}

// logs are the activities there.
func (d *desk) logs() []simulator.Record {
	return slices.DeleteFunc(d.book.Records(), func(r simulator.Record) bool { return r.Object != d.kind() })
}

// kind is that of a log.
func (d *desk) kind() string { return cmp.Or(d.held.Logs, d.crm.Spec().Logs) }

// contacts are the people there.
func (d *desk) contacts() []simulator.Record {
	return slices.DeleteFunc(d.book.Records(), func(r simulator.Record) bool { return r.Object != d.crm.Spec().Objects[0] })
}

// again opens the organization anew with one setting changed.
func (d *desk) again(key, value string) {
	d.t.Helper()
	settings := map[string]string{key: value}
	for k, v := range d.held.Settings {
		if k != key {
			settings[k] = v
		}
	}
	if _, err := d.Open(simulator.Account{ID: "acc", Network: d.held.Provider.Name, Settings: settings}); err != nil {
		d.t.Fatal(err)
	}
	book, err := d.Keeper("acc")
	if err != nil {
		d.t.Fatal(err)
	}
	d.book = book
}

// Client is what a CRM's tests reach its organization with.
func Client() *http.Client { return &http.Client{Timeout: time.Minute} }
