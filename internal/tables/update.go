package tables

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"parley"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/routing"
	"parley/internal/sheet"
	"parley/internal/store"
)

// ImportChange is what a row would make of one column of a customer who is there.
type ImportChange struct {
	Line     int               `json:"line"`
	Customer parley.CustomerID `json:"customer"`
	Name     string            `json:"name"`
	Column   string            `json:"column"`
	Before   string            `json:"before"`
	After    string            `json:"after"`
}

// ImportWas is what a customer said before an import changed them.
type ImportWas struct {
	Customer parley.CustomerID     `json:"customer" maxLength:"64"`
	Said     records.CustomerInput `json:"said" doc:"with the version that the import made"`
}

// The bounds of an update.
//
// Unit: changes that a step tells; saves of a row that somebody was faster with.
const (
	changesMost = 200
	saveTries   = 3
)

// change makes the customer whom a row names say what it says, and reports whether
// there is one. A cell that is empty leaves what is there, one that clears takes it
// away.
func (s *importing) change(ctx context.Context, row sheet.Row) (bool, error) {
	for try := 1; ; try++ {
		id, err := s.whose(ctx, row)
		if err != nil || id == "" {
			return false, err
		}
		now, err := s.records.Customer(ctx, s.me, id)
		if err == nil {
			err = s.replace(ctx, row, now)
		}
		if !errors.Is(err, parley.ErrConflict) || try == saveTries {
			return true, err
		}
	}
}

// replace saves a customer with what a row says; a dry run only tells.
func (s *importing) replace(ctx context.Context, row sheet.Row, now records.Customer) error {
	in := s.over(now, row)
	would, f, err := s.records.CheckCustomer(ctx, now.ID, in)
	if err != nil {
		return err
	}
	if len(f) > 0 {
		return s.told(row, f.Err())
	}
	changes := s.differ(row, now, would)
	if len(changes) == 0 {
		return s.count(&s.out.Same)
	}
	if !s.dryRun {
		if err := s.records.SaveCustomer(ctx, s.me, now.ID, in); errors.Is(err, parley.ErrConflict) {
			return err
		} else if err != nil {
			return s.told(row, err)
		}
	}
	was := s.typed(now)
	was.Rev = now.Rev + 1
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.Updated++
	if s.dryRun {
		s.out.Changes = append(s.out.Changes, changes[:min(len(changes), changesMost-len(s.out.Changes))]...)
	} else {
		s.out.Was = append(s.out.Was, ImportWas{now.ID, was})
	}
	return nil
}

// typed is a customer as somebody would have typed all of it in: fields of the
// center's own that say nothing say so.
func (s *importing) typed(c records.Customer) records.CustomerInput {
	in := records.CustomerInput{
		AccountNumber: c.AccountNumber, FirstName: c.FirstName, LastName: c.LastName, Emails: slices.Clone(c.Emails), Phones: slices.Clone(c.Phones),
		Home: c.Home, Other: c.Other, Language: c.Language, Zone: c.Zone, Notes: c.Notes, Fields: map[string]string{}, Draft: c.Draft, Rev: c.Rev,
	}
	for _, field := range s.own {
		in.Fields[string(field.ID)] = ""
	}
	maps.Copy(in.Fields, c.Fields)
	return in
}

// over is a customer with what a row says instead of what is there, and nothing
// where it clears.
func (s *importing) over(c records.Customer, row sheet.Row) records.CustomerInput {
	in := s.typed(c)
	s.each(row, func(_ int, c column, _ string) {
		switch c.name { // several columns may say some
		case "email":
			in.Emails = nil
		case "phone":
			in.Phones = nil
		}
	})
	s.each(row, func(_ int, c column, cell string) { c.into(&in, cell) })
	return in
}

// differ lists what a row changes of a customer.
func (s *importing) differ(row sheet.Row, now, would records.Customer) (out []ImportChange) {
	s.each(row, func(i int, c column, _ string) {
		if before, after := c.of(now), c.of(would); before != after {
			out = append(out, ImportChange{row.Line, now.ID, parley.Customer{FirstName: now.FirstName, LastName: now.LastName}.Name(), s.out.Head[i], short(before), short(after)})
		}
	})
	return out
}

// Undo makes customers that an import changed say what they said before. Who was
// saved since, or is not there any more, stays as they are.
//
// Errors: parley.ErrForbidden.
// Source: issue 4, section 1.
func (t *Tables) Undo(ctx context.Context, me parley.Actor, all []ImportWas) (records.Edits, error) {
	out := records.Edits{Changed: []records.Edited{}, Refused: []records.Refusal{}}
	if err := t.records.Allowed(ctx, me, records.ToEdit); err != nil {
		return out, err
	}
	var mu sync.Mutex
	g, together := errgroup.WithContext(ctx)
	g.SetLimit(importWide)
	for _, was := range all {
		g.Go(func() error {
			err := t.records.SaveCustomer(together, me, was.Customer, was.Said)
			mu.Lock()
			defer mu.Unlock()
			code, err := refusal(err)
			if code == "" && err == nil {
				out.Changed = append(out.Changed, records.Edited{ID: string(was.Customer), Rev: was.Said.Rev + 1})
			} else if err == nil {
				out.Refused = append(out.Refused, records.Refusal{ID: string(was.Customer), Code: code})
			}
			return err
		})
	}
	if err := g.Wait(); err != nil || len(out.Changed) == 0 {
		return out, err
	}
	return out, t.undone(ctx, me, parley.CustomerID(out.Changed[0].ID))
}

// refusal says in a word why a customer stays as it is; an error that is not the
// customer's is returned.
func refusal(err error) (string, error) {
	var refused *parley.Error
	switch {
	case errors.Is(err, parley.ErrConflict):
		return "changed_since", nil
	case errors.Is(err, parley.ErrNotFound):
		return "not_found", nil
	case errors.As(err, &refused) && refused.Kind == parley.Invalid:
		return "taken", nil
	}
	return "", err
}

// undone notes in the audit log that an import was taken back, with the first of
// whom it had changed.
func (t *Tables) undone(ctx context.Context, me parley.Actor, first parley.CustomerID) error {
	return t.ledger.Do(ctx, ledger.Command{Name: "undo_import", Touch: []string{store.AuditTouch}, Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
		last, err := v.AuditLast(ctx)
		return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
			records.Audit(r, last, me, "import_undone", first)
		}}, err
	}})
}
