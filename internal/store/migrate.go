package store

import (
	"context"
	"fmt"
	"io/fs"

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
		return newer(have, last)
	}
	reset, err := s.trigrams(ctx)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := reset(ctx); err != nil {
		return err
	}
	return s.fillIndexes(ctx)
}

func newer(have, last int64) error {
	return fmt.Errorf("this database is of version %d, this program knows %d: start the newer program, or restore a backup made before it", have, last)
}

// checkVersion refuses a database whose schema is not the one this program knows.
func (s *Store) checkVersion(ctx context.Context) error {
	dir, _, err := s.d.steps()
	if err != nil {
		return fmt.Errorf("open migrations: %w", err)
	}
	steps, err := fs.Glob(dir, "*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	last, err := goose.NumericComponent(steps[len(steps)-1]) // Glob sorts them, and all have four digits
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	have, err := one(ctx, s.View(), scalar[int64], `
		SELECT COALESCE(MAX(version_id), 0)
		FROM goose_db_version
		WHERE is_applied`)
	switch {
	case err != nil:
		return fmt.Errorf("there is no center in this database: %w", err)
	case have > last:
		return newer(have, last)
	case have < last:
		return fmt.Errorf("this database is of version %d, this program needs %d: run parley migrate", have, last)
	}
	return nil
}
