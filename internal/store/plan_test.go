package store_test

import (
	"context"
	"fmt"
	"iter"
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
// thousand. Most of the rows fit most of the filters; what fits few is old.
func TestListsFollowAnIndex(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		filled(t, s)
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			storetest.Fill{EntryPoint: "ent_site", Busy: "que_sales", Seldom: "que_support", Amy: "agt_amy", Bob: "agt_bob"}.Rows(r, 0, rows)
		})
		for _, measured := range []bool{false, true} {
			if measured {
				if err := s.Measure(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if asked := askLists(t, s); asked < 300 {
				t.Errorf("only %d steps were looked at", asked)
			}
		}
	})
}

// askLists asks for every list and returns how many steps that took.
func askLists(t *testing.T, s *store.Store) (asked int) {
	t.Helper()
	list := ""
	v, err := s.Explained(t.Context(), func(step store.Step) {
		asked++
		if wrong := fault(step); wrong != "" {
			t.Errorf("%s: %s: %s\n%s", list, wrong, step.How, step.Query)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range offered(t.Context(), v) {
		list = name
		if err := ask(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	return asked
}

// fault says what is wrong with a step, "" if nothing is.
func fault(step store.Step) string {
	whole := strings.HasPrefix(step.How, "SCAN ") && !strings.Contains(step.How, " USING ") && !strings.HasPrefix(step.How, "SCAN CONSTANT")
	switch {
	case whole, strings.HasPrefix(step.How, "Seq Scan"):
		return "a whole table"
	case strings.Contains(step.How, "TEMP B-TREE FOR ORDER BY"):
		return "sorts all it finds"
	case step.Rows > lookedMost:
		return fmt.Sprintf("looks at %d rows to show %d", step.Rows, pageOf)
	}
	return ""
}

// offered returns the lists of the screens.
func offered(ctx context.Context, v store.View) iter.Seq2[string, func() error] {
	return func(yield func(string, func() error) bool) {
		for _, r := range customerRanges() {
			yield(fmt.Sprintf("customers %+v", r), func() error { _, err := v.CustomerRange(ctx, r); return err })
		}
		for _, r := range caseRanges() {
			r.Limit = pageOf
			yield(fmt.Sprintf("cases %+v", r), func() error { _, err := v.CaseRange(ctx, r); return err })
		}
		for _, r := range talkedRanges() {
			yield(fmt.Sprintf("interactions %+v", r), func() error { _, err := v.TalkedRange(ctx, r); return err })
		}
		for _, state := range []string{"", "new", "taken", "replied", "done"} {
			for _, kind := range []string{"", "abandoned", "queue_timeout", "skipped"} {
				p := store.MissedPage{State: state, Kind: kind, Limit: pageOf}
				yield(fmt.Sprintf("missed %+v", p), func() error { _, err := v.MissedPage(ctx, p); return err })
			}
		}
		for _, agent := range people {
			for _, queue := range lines {
				r := store.OfferRange{Agent: agent, Queue: queue, Limit: pageOf}
				yield(fmt.Sprintf("offers %+v", r), func() error { _, err := v.Offers(ctx, r); return err })
			}
		}
		yield("audit", func() error { _, err := v.AuditPage(ctx, 0, pageOf); return err })
	}
}

// The agents and queues to narrow by: one with most rows, one with a few, one with none.
var (
	people = []parley.AgentID{"", "agt_amy", "agt_bob", "agt_sam"}
	lines  = []parley.QueueID{"", "que_sales", "que_support", "que_none"}
)

func customerRanges() []store.CustomerRange {
	all := []store.CustomerRange{{Order: store.ByCreated, Limit: pageOf}}
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
	return []store.CaseRange{
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
		{Customer: storetest.Often, Status: "open"},
		{From: "cust1", To: "cust2"},
	}
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
			}
		}
	}
	return all
}
