package store_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// pageOf is how many rows the lists are asked for; lookedMost is how many of one
// table PostgreSQL may look at for that.
const (
	pageOf     = 50
	lookedMost = 3 * pageOf
	rows       = 12_000
)

// TestListsFollowAnIndex asks both databases how they read each list with each
// filter: never a whole table, never sorting all that was found, and PostgreSQL,
// which tells, hardly more rows than are shown, whether it knows how the tables
// are filled or not. So a list takes as long with a million rows as with a
// thousand. Most of the rows fit most of the filters; what fits few, or a third, is old.
func TestListsFollowAnIndex(t *testing.T) {
	for _, old := range []int{100, rows / 3} {
		t.Run(fmt.Sprintf("%d of %d are old", old, rows), func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) { followed(t, s, old) })
		})
	}
}

func followed(t *testing.T, s *store.Store, old int) {
	t.Helper()
	filled(t, s)
	storetest.Save(t, s, storetest.Day, func(r *store.Rows) { fill(old).Rows(r, 0, rows) })
	if asked := askLists(t, s, offered); asked < 600 {
		t.Errorf("only %d steps were looked at", asked)
	}
	if err := s.Measure(t.Context()); err != nil {
		t.Fatal(err)
	}
	if asked := askLists(t, s, offered) + askLists(t, s, named); asked < 600 {
		t.Errorf("only %d steps were looked at", asked)
	}
}

// TestUncounted opens a database that somebody else has filled: PostgreSQL counts
// its tables before the first list, once.
func TestUncounted(t *testing.T) {
	dsn := storetest.Postgres(t)
	s := storetest.Open(t, dsn, store.Options{})
	filled(t, s)
	storetest.Save(t, s, storetest.Day, func(r *store.Rows) { fill(100).Rows(r, 0, rows) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = storetest.Open(t, dsn, store.Options{})
	for pool := range s.Pools() {
		var counted int
		if err := pool.QueryRowContext(t.Context(), `SELECT COUNT(DISTINCT tablename) FROM pg_stats
			WHERE schemaname = current_schema() AND tablename IN ('interactions', 'cases', 'customers', 'offers', 'missed')`).Scan(&counted); err != nil || counted != 5 {
			t.Errorf("%d of 5 tables were counted, %v", counted, err)
		}
	}
}

func fill(old int) storetest.Fill {
	return storetest.Fill{EntryPoint: "ent_site", Busy: "que_sales", Seldom: "que_support", Amy: "agt_amy", Bob: "agt_bob", Old: old}
}

// TestPersonByWhatTheyHold reads somebody who has had thousands of offers: by the one
// that rings and by what they hold, however long they have been here.
func TestPersonByWhatTheyHold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		filled(t, s)
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) { fill(100).Rows(r, 0, rows) })
		if err := s.Measure(t.Context()); err != nil {
			t.Fatal(err)
		}
		asked := 0
		v, err := s.Explained(t.Context(), func(step store.Step) {
			asked++
			if step.Rows > pageOf || strings.Contains(step.How, "INDEX offers_agent ") {
				t.Errorf("%d rows: %s\n%s", step.Rows, step.How, step.Query)
			}
		})
		if err == nil {
			_, err = v.Person(t.Context(), "agt_amy")
		}
		if err != nil || asked == 0 {
			t.Errorf("%d steps, %v", asked, err)
		}
	})
}

// listed is one list with one set of filters.
type listed struct {
	name string
	most int // rows of one table to look at
	ask  func() error
}

// askLists asks for every list and returns how many steps that took.
func askLists(t *testing.T, s *store.Store, lists func(context.Context, store.View) iter.Seq[listed]) (asked int) {
	t.Helper()
	var now listed
	v, err := s.Explained(t.Context(), func(step store.Step) {
		asked++
		if wrong := now.fault(step); wrong != "" {
			t.Errorf("%s: %s: %s\n%s", now.name, wrong, step.How, step.Query)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for now = range lists(t.Context(), v) {
		if err := now.ask(); err != nil {
			t.Errorf("%s: %v", now.name, err)
		}
	}
	return asked
}

// fault says what is wrong with a step, "" if nothing is.
func (l listed) fault(step store.Step) string {
	whole := strings.HasPrefix(step.How, "SCAN ") && !strings.Contains(step.How, " USING ") && !strings.HasPrefix(step.How, "SCAN CONSTANT")
	switch {
	case whole, strings.HasPrefix(step.How, "Seq Scan"):
		return "a whole table"
	case strings.Contains(step.How, "TEMP B-TREE FOR ORDER BY"):
		return "sorts all it finds"
	case step.Rows > l.most:
		return fmt.Sprintf("looks at %d rows to show %d", step.Rows, pageOf)
	}
	return ""
}

// named returns the lists that look at more, and that PostgreSQL must know the
// tables for: of the customers of a name not each has an open case, and of one
// customer's cases not each is open.
func named(ctx context.Context, v store.View) iter.Seq[listed] {
	ask := func(r store.CaseRange) func() error {
		return func() error { _, err := v.CaseRange(ctx, r); return err }
	}
	return slices.Values([]listed{
		{"open cases by name", rows / 2, ask(store.CaseRange{Status: "open", From: "cust1", To: "cust2", Limit: pageOf})},
		{"drafts by name", lookedMost, ask(store.CaseRange{Drafts: true, From: "cust1", To: "cust2", Limit: pageOf})},
		{"a name on a channel of nobody", lookedMost, ask(store.CaseRange{Channel: "telegram", From: "cust1", To: "cust2", Limit: pageOf})},
		{"a customer's open cases", 1100, ask(store.CaseRange{Status: "open", Customer: storetest.Often, Limit: pageOf})},
	})
}

// offered returns the other lists of the screens.
func offered(ctx context.Context, v store.View) iter.Seq[listed] {
	return func(yield func(listed) bool) {
		add := func(what any, ask func() error) {
			yield(listed{fmt.Sprintf("%T %+v", what, what), lookedMost, ask})
		}
		for _, r := range customerRanges() {
			add(r, func() error { _, err := v.CustomerRange(ctx, r); return err })
		}
		for _, r := range caseRanges() {
			r.Limit = pageOf
			add(r, func() error { _, err := v.CaseRange(ctx, r); return err })
		}
		for _, r := range talkedRanges() {
			add(r, func() error { _, err := v.TalkedRange(ctx, r); return err })
		}
		for _, state := range []string{"", "new", "taken", "replied", "done"} {
			for _, kind := range []string{"", "abandoned", "queue_timeout", "skipped"} {
				p := store.MissedPage{State: state, Kind: kind, Limit: pageOf}
				add(p, func() error { _, err := v.MissedPage(ctx, p); return err })
			}
		}
		for _, agent := range people {
			for _, queue := range lines {
				r := store.OfferRange{Agent: agent, Queue: queue, Limit: pageOf}
				add(r, func() error { _, err := v.Offers(ctx, r); return err })
			}
		}
		add("audit", func() error { _, err := v.AuditPage(ctx, 0, pageOf); return err })
	}
}

// The agents and queues to narrow by: one with most rows, one with a few, one with none.
var (
	people = []parley.AgentID{"", "agt_amy", "agt_bob", "agt_sam"}
	lines  = []parley.QueueID{"", "que_sales", "que_support", "que_none"}

	channels = []parley.Channel{"webchat", "sms", "telegram"}
)

func customerRanges() []store.CustomerRange {
	all := []store.CustomerRange{
		{Order: store.ByCreated, Limit: pageOf},
		{Order: store.ByOpen, Limit: pageOf},
		{Order: store.ByOpen, AfterKey: "1000009000", AfterID: "cus_5", Limit: pageOf},
		{Order: store.ByOpen, WithOpen: true, Reader: &store.Reader{Agent: "agt_amy", Group: "grp_desk"}, Limit: pageOf},
	}
	for order, begins := range map[store.CustomerOrder]string{
		store.ByName: "cust1", store.ByLast: "bench cust1", store.ByAccount: "B1", store.ByEmail: "cust1", store.ByPhone: "1555",
	} {
		all = append(all, store.CustomerRange{Order: order, Limit: pageOf},
			store.CustomerRange{Order: order, From: begins, To: begins + "z", Limit: pageOf},
			store.CustomerRange{Order: order, From: begins, To: begins + "z", AfterKey: begins + "5", AfterID: "cus_5", Limit: pageOf})
	}
	return all
}

func caseRanges() []store.CaseRange {
	all := []store.CaseRange{
		{},
		{Before: 1_000_002_000},
		{Status: "open"},
		{Status: "closed"},
		{Drafts: true},
		{Drafts: true, Status: "open"},
		{Drafts: true, Status: "closed"},
		{Drafts: true, DraftsOf: "agt_amy"},
		{Drafts: true, DraftsOf: "agt_sam"},
		{Unlinked: true},
		{Unlinked: true, Status: "open"},
		{Unlinked: true, Status: "closed"},
		{Customer: storetest.Often},
		{From: "cust1", To: "cust2"},
	}
	for _, c := range channels {
		all = append(all, store.CaseRange{Channel: c}, store.CaseRange{Channel: c, Before: 1_000_002_000},
			store.CaseRange{Channel: c, Status: "open"}, store.CaseRange{Channel: c, Status: "closed"}, store.CaseRange{Channel: c, Unlinked: true})
	}
	return all
}

func talkedRanges() []store.TalkedRange {
	var all []store.TalkedRange
	for _, state := range []parley.InteractionState{"", parley.Logged, parley.Abandoned, parley.QueueTimeout, parley.Diverted} {
		for _, agent := range people {
			for _, queue := range lines {
				r := store.TalkedRange{State: state, Agent: agent, Queue: queue, Limit: pageOf}
				page, day := r, r
				page.Before, page.BeforeNumber = storetest.Filled.Add(time.Hour), 1_000_003_600
				day.From, day.To = storetest.Filled, storetest.Filled.Add(time.Hour)
				all = append(all, r, page, day)
				for _, c := range channels {
					r.Channel, page.Channel = c, c
					all = append(all, r, page)
				}
			}
		}
	}
	return all
}
