package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestListsByChannel compares each list of one channel, page by page, with what is
// left of the whole list (CRM-11, MON-06): whatever else it is narrowed by, what is
// over and what is not.
func TestListsByChannel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		filled(t, s)
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			fill(300).Rows(r, 0, 900)
			r.Exec(`UPDATE interactions SET state = 'active', closed_at = 0 WHERE number % 97 = $1`, 5)
		})
		for _, r := range talkedRanges() {
			channel := r.Channel
			r.Channel, r.Before, r.BeforeNumber, r.Limit = "", time.Time{}, 0, 1000
			if channel == "" {
				continue
			}
			all, err := s.View().TalkedRange(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			want := slices.DeleteFunc(all, func(x store.Talked) bool { return x.Channel != channel })
			r.Channel = channel
			if got := talkedPages(t, s.View(), r); !slices.Equal(got, want) {
				t.Errorf("%+v: %d instead of %d", r, len(got), len(want))
			}
		}
		casesByChannel(t, s.View())
	})
}

// talkedPages reads a list to its end in pages of 70.
func talkedPages(t *testing.T, v store.View, r store.TalkedRange) (all []store.Talked) {
	t.Helper()
	for r.Limit = 70; ; {
		page, err := v.TalkedRange(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page...)
		if len(page) < r.Limit {
			return all
		}
		last := page[len(page)-1]
		r.Before, r.BeforeNumber = last.CreatedAt, last.Number
	}
}

func casesByChannel(t *testing.T, v store.View) {
	t.Helper()
	for _, channel := range channels {
		for _, r := range []store.CaseRange{
			{}, {Status: "open"}, {Status: "closed"}, {Unlinked: true}, {Unlinked: true, Status: "open"}, {Drafts: true}, {Customer: storetest.Often}, {From: "cust1", To: "cust2"},
		} {
			r.Limit = 1000
			all, err := v.CaseRange(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprint(slices.DeleteFunc(all, func(c store.CaseRow) bool { return c.Channel != channel }))
			r.Channel = channel
			got, err := v.CaseRange(t.Context(), r)
			if err != nil || fmt.Sprint(got) != want {
				t.Errorf("%+v: %d cases, %v", r, len(got), err)
			}
		}
	}
}

// TestCustomersWithOpenCases lists who has an open case, by the newest of them, each
// once (CRM-11).
func TestCustomersWithOpenCases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		filled(t, s)
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) { fill(10).Rows(r, 900, 1200) })
		open, err := s.View().CaseRange(t.Context(), store.CaseRange{Status: parley.CaseOpen, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		var want, got []parley.CustomerID
		for _, c := range open {
			if c.Customer != "" && !slices.Contains(want, c.Customer) {
				want = append(want, c.Customer)
			}
		}
		r := store.CustomerRange{Order: store.ByOpen, Limit: 7}
		for {
			page, err := s.View().CustomerRange(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range page {
				got = append(got, c.ID)
				r.AfterKey, r.AfterID = c.Key, c.ID
			}
			if len(page) < r.Limit {
				break
			}
		}
		if len(want) < 10 || !slices.Equal(got, want) {
			t.Errorf("%d customers: %v\nnot %d: %v", len(got), got, len(want), want)
		}
	})
}
