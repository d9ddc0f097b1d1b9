package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"parley/internal/store"
)

// backupCommand writes a copy that holds everything acknowledged before it
// began.
type backupCommand struct {
	database `embed:""`
	File     string `arg:"" help:"File to write; it must not be there yet." type:"path"`
}

// Run writes it.
func (c *backupCommand) Run(ctx context.Context) error {
	s, err := c.read(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(s.Backup(ctx, c.File), s.Close()); err != nil {
		return fmt.Errorf("no copy was made: %w", err)
	}
	if err := c.backupFiles(ctx, c.File); err != nil {
		return fmt.Errorf("the files were not all copied: %w", err)
	}
	fmt.Printf("Copied the center to %s\n", c.File)
	return nil
}

// restoreCommand fills an empty database from a copy.
type restoreCommand struct {
	database `embed:""`
	File     string `arg:"" help:"The copy to restore." type:"existingfile"`
}

// Run fills it.
func (c *restoreCommand) Run(ctx context.Context) error {
	if err := usage(c.faults()...); err != nil {
		return err
	}
	if err := c.prepare(); err != nil {
		return err
	}
	err := store.Restore(ctx, c.File, c.dsn())
	if errors.Is(err, store.ErrNotEmpty) {
		return fmt.Errorf("%w: move it away, or name another with --data or --database", err)
	}
	if damaged(err) {
		return fmt.Errorf("nothing was restored: %s is damaged or is no copy: take another (%w)", c.File, err)
	}
	if err != nil {
		return fmt.Errorf("nothing was restored: %w", err)
	}
	if err := c.restoreFiles(ctx, c.File); err != nil {
		return fmt.Errorf("the database is restored, its files are not: %w", err)
	}
	fmt.Println("Restored the center; run parley verify, then parley serve")
	return nil
}

// migrateCommand brings the schema up to date.
type migrateCommand struct {
	database `embed:""`
}

// Run migrates.
func (c *migrateCommand) Run(ctx context.Context) error {
	if err := usage(c.faults()...); err != nil {
		return err
	}
	if err := c.exists(); err != nil {
		return err
	}
	s, err := store.Open(ctx, c.dsn(), store.Options{})
	if err != nil {
		return fmt.Errorf("the database cannot be migrated: %w", advised(err))
	}
	fmt.Println("The database is up to date")
	return s.Close()
}

// exists refuses a folder without a center, so that a slip in its name makes no
// new one.
func (d database) exists() error {
	if _, err := os.Stat(d.dsn()); d.Database == "" && errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no center in %s: name its folder with --data", d.Data)
	}
	return nil
}

// read opens the center to read it, beside a server or without one.
func (d database) read(ctx context.Context) (*store.Store, error) {
	if err := usage(d.faults()...); err != nil {
		return nil, err
	}
	if err := d.exists(); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, d.dsn(), store.Options{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("the database cannot be opened: %w", advised(err))
	}
	return s, nil
}

// usage makes one error of faults in the settings, nil of none.
func usage(faults ...error) error {
	if err := errors.Join(faults...); err != nil {
		return usageError{err}
	}
	return nil
}
