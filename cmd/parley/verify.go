package main

import (
	"context"
	"errors"
	"fmt"

	"parley/internal/store"
	"parley/internal/verify"
)

// verifyCommand audits what is stored, beside a server or without one.
type verifyCommand struct {
	database `embed:""`
}

// Run audits, names every record that breaks an invariant, and fails if any does.
func (c *verifyCommand) Run(ctx context.Context) error {
	s, err := c.read(ctx)
	if err != nil {
		return err
	}
	found, err := verify.Verify(ctx, s)
	if err == nil {
		var files []verify.Violation
		files, err = c.auditFiles(ctx, s)
		found = append(found, files...)
	}
	if err = errors.Join(err, s.Close()); err != nil {
		return fmt.Errorf("the audit could not be finished: %w", err)
	}
	for _, v := range found {
		fmt.Println(v)
	}
	return verdict(len(found))
}

// verdict says how an audit that found so many records ended.
func verdict(found int) error {
	switch found {
	case 0:
		fmt.Println("Every rule holds")
		return nil
	case 1:
		return errors.New("1 record breaks a rule")
	}
	return fmt.Errorf("%d records break a rule", found)
}

// auditFiles looks at every file that a message shows.
func (c *verifyCommand) auditFiles(ctx context.Context, s *store.Store) ([]verify.Violation, error) {
	open, err := c.opener()
	if err != nil {
		return nil, err
	}
	return verify.Files(ctx, s, open)
}
