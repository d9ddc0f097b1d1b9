package store

import (
	"context"
	"fmt"
)

// count has PostgreSQL look at what the larger tables hold if it never has: after
// a restore or an upgrade of the server. Otherwise the first lists would be planned
// without. What comes bit by bit it counts by itself; SQLite plans without.
func (s *Store) count(ctx context.Context) error {
	if s.d != postgres || s.write == nil {
		return nil
	}
	names, err := list(ctx, View{q: s.write, d: s.d}, scalar[string], `
		SELECT c.relname
		FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace
			AND c.relkind = 'r'
			AND pg_relation_size(c.oid) > 1000000
			AND NOT EXISTS (SELECT 1 FROM pg_stats s WHERE s.schemaname = current_schema() AND s.tablename = c.relname)
		ORDER BY c.relname`)
	if err != nil {
		return fmt.Errorf("which tables were never counted: %w", err)
	}
	for _, name := range names {
		if _, err := s.write.ExecContext(ctx, `ANALYZE (SKIP_LOCKED) `+name); err != nil {
			return fmt.Errorf("count table %s: %w", name, err)
		}
	}
	return nil
}
