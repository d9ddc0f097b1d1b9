package center

import (
	"context"
	"slices"

	"parley"
	"parley/internal/store"
)

// momentMost is how far memory may lag behind a snapshot that takes the
// configuration from it.
//
// Unit: log rows.
const momentMost = 500

// moment calls f with a memory of a view that does not move, and the number of the
// last log row it sees. The configuration is read again only if it may have
// changed: hundreds who connect at once ask for the same.
//
// Source: R-52.
func (c *Center) moment(ctx context.Context, f func(m *memory, head int64) error) error {
	told := c.follower.at()
	b, err := c.memory.book(ctx)
	if err != nil {
		return err
	}
	return c.store.Snapshot(ctx, func(v store.View, head int64) error {
		m := still(v)
		since, err := v.Entries(ctx, told, momentMost)
		if err != nil {
			return err
		}
		if len(since) < momentMost && !slices.ContainsFunc(since, changesBook) {
			m.books[struct{}{}] = &slot[book]{b}
		}
		return f(m, head)
	})
}

// changesBook reports whether a log row may change the configuration.
func changesBook(e parley.Entry) bool {
	return isConfig(e.Kind) || e.Kind == parley.KindConfigChanged || e.Kind == "membership_changed"
}
