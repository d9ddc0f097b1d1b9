package store_test

import (
	"strings"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestListsFollowAnIndex asks SQLite how it reads each list with each filter:
// never a whole table, never sorting all it found. So a list takes as long with a
// million rows as with a hundred.
func TestListsFollowAnIndex(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{})
	asked := 0
	v := s.Explained(func(query, step string) {
		asked++
		whole := strings.HasPrefix(step, "SCAN ") && !strings.Contains(step, " USING ") && !strings.HasPrefix(step, "SCAN CONSTANT")
		if whole || strings.Contains(step, "TEMP B-TREE FOR ORDER BY") {
			t.Errorf("%s\n%s", step, query)
		}
	})
	ask := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	ctx := t.Context()
	for _, order := range []store.CustomerOrder{store.ByName, store.ByLast, store.ByCreated, store.ByAccount, store.ByEmail, store.ByPhone} {
		_, err := v.CustomerRange(ctx, store.CustomerRange{Order: order, Limit: 50})
		ask(err)
	}
	for _, r := range []store.CaseRange{
		{}, {Status: "open"}, {Status: "closed"}, {Drafts: true}, {Drafts: true, DraftsOf: "agt_amy"},
		{Unlinked: true}, {Unlinked: true, Status: "open"}, {Customer: "cus_1"}, {Customer: "cus_1", Status: "open"},
	} {
		r.Limit = 50
		_, err := v.CaseRange(ctx, r)
		ask(err)
	}
	for _, r := range []store.TalkedRange{{}, {State: "logged"}, {State: "abandoned"}, {Queue: "que_support"}, {Agent: "agt_amy"}} {
		r.Limit = 50
		_, err := v.TalkedRange(ctx, r)
		ask(err)
	}
	for _, p := range []store.MissedPage{{State: "new"}, {State: "done"}, {State: "new", Kind: "abandoned"}} {
		p.Limit = 50
		_, err := v.MissedPage(ctx, p)
		ask(err)
	}
	for _, r := range []store.OfferRange{{}, {Agent: "agt_amy"}, {Queue: "que_support"}} { // those of one interaction are few
		r.Limit = 50
		_, err := v.Offers(ctx, r)
		ask(err)
	}
	if asked < 30 {
		t.Errorf("only %d steps were looked at", asked)
	}
}
