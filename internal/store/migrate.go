package store

import (
	"context"
	"fmt"

	"github.com/pressly/goose/v3"
)

// migrate brings the schema up to date, forward only. A database that a newer
// program has been at is refused.
func (s *Store) migrate(ctx context.Context) error {
	dir, name, err := s.d.steps()
	if err != nil {
		return fmt.Errorf("open migrations: %w", err)
	}
	p, err := goose.NewProvider(name, s.write, dir, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("ask the schema's version: %w", err)
	}
	sources := p.ListSources()
	if last := sources[len(sources)-1].Version; have > last {
		return fmt.Errorf("this database is of version %d, this program knows %d: start the newer program, or restore a backup made before it", have, last)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
