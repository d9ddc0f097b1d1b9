package store_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestStoreRemembersTheRouter loads the router from the database after every
// step of a random day, and expects it as it is in memory.
func TestStoreRemembersTheRouter(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { remembers(t, storetest.SQLite) })
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("PostgreSQL is for the long tests")
		}
		days(t, "15") // a schema takes its time
		remembers(t, storetest.Postgres)
	})
}

func remembers(t *testing.T, empty func(testing.TB) string) {
	rapid.Check(t, func(rt *rapid.T) {
		s, err := store.Open(t.Context(), empty(t), store.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = s.Close() }() // what it should have kept has been compared
		var x *storetest.Town
		x = storetest.NewTown(t, dice(rt), s, func(cmd routing.Command, es []routing.Event) {
			if x == nil {
				return // the town is not built yet
			}
			saved, err := s.View().LoadRouter(t.Context())
			if err != nil {
				rt.Fatal(err)
			}
			slices.SortFunc(saved.Interactions, func(a, b routing.InteractionState) int { return cmp.Compare(a.ID, b.ID) })
			if got, want := shown(saved), shown(x.Live.Snapshot()); got != want {
				rt.Fatalf("after %T at %s\n%s\n%s", cmd, x.Now, shown(es), differ(got, want))
			}
		})
		x.Together = rapid.IntRange(1, 12).Draw(rt, "together")
		x.Day(rapid.IntRange(10, 60).Draw(rt, "steps"))
	})
}

// dice are rapid's.
func dice(rt *rapid.T) storetest.Dice {
	return storetest.Dice{Fatal: rt.Fatal, Draw: func(what string, below int) int { return rapid.IntRange(0, below-1).Draw(rt, what) }}
}

// days sets how many random days there are, until the test ends.
func days(t *testing.T, n string) {
	t.Helper()
	old := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", n); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", old) })
}

// shown writes v so that two of the same kind can be compared: an empty list is
// as good as none.
func shown(v any) string {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err.Error()
	}
	return strings.ReplaceAll(string(b), ": null", ": []")
}

// differ returns the lines of two texts that are not the same.
func differ(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	if len(g) != len(w) {
		return "the database has " + got + "\nthe router has " + want
	}
	var b strings.Builder
	for i := range g {
		if g[i] != w[i] {
			fmt.Fprintf(&b, "line %d: the database has %s, the router %s\n", i, g[i], w[i])
		}
	}
	return b.String() + got
}
