package knowledge

import (
	"context"
	"slices"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/rich"
	"parley/internal/routing"
	"parley/internal/store"
)

// FAQInput is what an administrator fills in: a draft, which nobody sees until it
// is published.
//
// Source: FAQ-01.
type FAQInput struct {
	Category string           `json:"category_id"`
	Active   bool             `json:"active"`
	Texts    []parley.FAQText `json:"texts" maxItems:"2"`
	Rev      int64            `json:"rev" required:"false"`
}

// FAQ is a FAQ as administrators see one.
type FAQ struct {
	ID parley.FAQID `json:"id"`
	FAQInput
	Published int   `json:"published" doc:"the version in force, 0 = none"`
	Changed   bool  `json:"changed" doc:"the draft is not what is published"`
	Uses      int64 `json:"uses"`
}

// FAQs returns all FAQs, by category. Errors: parley.ErrForbidden.
func (k *Knowledge) FAQs(ctx context.Context, me parley.Actor) ([]FAQ, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	all, err := k.Store.View().FAQs(ctx)
	list := make([]FAQ, len(all))
	for i, f := range all {
		list[i] = shownFAQ(f)
	}
	return list, err
}

// FAQ returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (k *Knowledge) FAQ(ctx context.Context, me parley.Actor, id parley.FAQID) (FAQ, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return FAQ{}, err
	}
	f, err := k.Store.View().FAQ(ctx, id)
	return shownFAQ(f), err
}

func shownFAQ(f parley.FAQ) FAQ {
	return FAQ{
		ID: f.ID, FAQInput: FAQInput{Category: f.Category, Active: f.Active, Texts: some(f.Draft), Rev: f.Rev},
		Published: f.Published, Changed: !slices.Equal(f.Draft, f.Texts), Uses: f.Uses,
	}
}

// some makes an empty list of none.
func some[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// CreateFAQ adds a FAQ with its first draft.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (k *Knowledge) CreateFAQ(ctx context.Context, me parley.Actor, in FAQInput) (parley.FAQID, error) {
	id := parley.FAQID(k.id("faq"))
	return id, k.administer(ctx, me, "create_faq", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		if in.Rev != 0 {
			return ledger.Change{}, parley.ErrConflict
		}
		return in.save(ctx, v, parley.FAQ{ID: id})
	})
}

// SaveFAQ replaces a FAQ's draft. What is published stays.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (k *Knowledge) SaveFAQ(ctx context.Context, me parley.Actor, id parley.FAQID, in FAQInput) error {
	return k.administer(ctx, me, "save_faq", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		old, err := v.FAQ(ctx, id)
		if err != nil {
			return ledger.Change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return ledger.Change{}, err
		}
		return in.save(ctx, v, old)
	})
}

func (in FAQInput) save(ctx context.Context, v ledger.View, old parley.FAQ) (ledger.Change, error) {
	var f parley.Faults
	now := old
	now.Category, now.Active, now.Draft, now.Rev = in.Category, in.Active, nil, old.Rev+1
	if len(in.Texts) == 0 {
		f.Add("texts", "required")
	}
	had := map[string]bool{}
	for i, t := range in.Texts {
		t.Question, t.Rich, t.Plain = identity.Text(t.Question), identity.Text(t.Rich), identity.Text(t.Plain)
		f.Text(parley.Index("texts", i, "question"), t.Question, 1, questionMax)
		f.Text(parley.Index("texts", i, "rich"), t.Rich, 1, answerMax)
		f.Text(parley.Index("texts", i, "plain"), t.Plain, 0, answerMax)
		parley.OneOf(&f, parley.Index("texts", i, "language"), t.Language, languages...)
		if had[t.Language] {
			f.Add(parley.Index("texts", i, "language"), "taken")
		}
		had[t.Language] = true
		for _, sum := range rich.Images(t.Rich) {
			if _, err := v.FAQImage(ctx, sum); absent(err) {
				f.Add(parley.Index("texts", i, "rich"), "unknown")
			} else if err != nil {
				return ledger.Change{}, err
			}
		}
		now.Draft = append(now.Draft, t)
	}
	if in.Category == "" {
		f.Add("category_id", "required")
	} else if _, err := v.FAQCategory(ctx, in.Category); absent(err) {
		f.Add("category_id", "unknown")
	} else if err != nil {
		return ledger.Change{}, err
	}
	c := ledger.Change{Subject: string(now.ID), After: shownFAQ(now), Rows: func(r *store.Rows) { r.SaveFAQ(now) }}
	if old.Rev > 0 {
		c.Before = shownFAQ(old)
	}
	return c, f.Err()
}

// PublishFAQ puts a FAQ's draft in force, as a version of its own. A draft that
// is in force changes nothing.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict.
func (k *Knowledge) PublishFAQ(ctx context.Context, me parley.Actor, id parley.FAQID, rev int64) error {
	return k.administer(ctx, me, "publish_faq", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		f, err := v.FAQ(ctx, id)
		if err != nil {
			return ledger.Change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), f.Rev, rev); err != nil {
			return ledger.Change{}, err
		}
		before := shownFAQ(f)
		versions, err := v.FAQVersions(ctx, id)
		if err != nil {
			return ledger.Change{}, err
		}
		next := 1
		if len(versions) > 0 {
			next = versions[0].Version + 1
		}
		f.Texts, f.Published, f.Rev = f.Draft, next, f.Rev+1
		version := parley.FAQVersion{FAQ: id, Version: next, Texts: f.Draft, By: me.Agent, At: v.Now}
		return ledger.Change{Subject: string(id), Before: before, After: shownFAQ(f), Rows: func(r *store.Rows) {
			r.SaveFAQ(f)
			r.AddFAQVersion(version)
		}}, nil
	})
}

// WithdrawFAQ takes a FAQ out of force; its draft and its versions stay.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (k *Knowledge) WithdrawFAQ(ctx context.Context, me parley.Actor, id parley.FAQID) error {
	return k.administer(ctx, me, "withdraw_faq", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		f, err := v.FAQ(ctx, id)
		before := shownFAQ(f)
		f.Texts, f.Published, f.Rev = nil, 0, f.Rev+1
		return ledger.Change{Subject: string(id), Before: before, After: shownFAQ(f), Rows: func(r *store.Rows) { r.SaveFAQ(f) }}, err
	})
}

// Version is a FAQ as it was published once, as people see it.
type Version struct {
	Version int              `json:"version"`
	Texts   []parley.FAQText `json:"texts"`
	By      string           `json:"by" doc:"the name of who published it, empty: the system"`
	At      int64            `json:"at"`
}

// Versions returns what was published of a FAQ, the newest first.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (k *Knowledge) Versions(ctx context.Context, me parley.Actor, id parley.FAQID) ([]Version, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	v := k.Store.View()
	if _, err := v.FAQ(ctx, id); err != nil {
		return nil, err
	}
	rows, err := v.FAQVersions(ctx, id)
	if err != nil {
		return nil, err
	}
	agents, err := v.Agents(ctx)
	names := map[parley.AgentID]string{}
	for _, a := range agents {
		names[a.ID] = a.DisplayName
	}
	list := make([]Version, len(rows))
	for i, f := range rows {
		list[i] = Version{Version: f.Version, Texts: some(f.Texts), By: names[f.By], At: parley.Millis(f.At)}
	}
	return list, err
}

// RemoveFAQ removes a FAQ with its versions.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (k *Knowledge) RemoveFAQ(ctx context.Context, me parley.Actor, id parley.FAQID) error {
	return k.administer(ctx, me, "remove_faq", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		old, err := v.FAQ(ctx, id)
		return ledger.Change{Subject: string(id), Before: shownFAQ(old), Rows: func(r *store.Rows) { r.RemoveFAQ(id) }}, err
	})
}

// UseFAQ counts an insertion.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: FAQ-06.
func (k *Knowledge) UseFAQ(ctx context.Context, me parley.Actor, id parley.FAQID) error {
	if err := may(me, parley.MayServe); err != nil {
		return err
	}
	return k.Ledger.Do(ctx, ledger.Command{
		Name:  "use_faq",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			_, err := v.FAQ(ctx, id)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.UseFAQ(id) }}, err
		},
	})
}
