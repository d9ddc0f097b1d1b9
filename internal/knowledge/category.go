package knowledge

import (
	"context"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// CategoryInput is what an administrator fills in.
//
// Source: FAQ-01.
type CategoryInput struct {
	Name   string `json:"name"`
	NameFR string `json:"name_fr" required:"false"`
	Order  int    `json:"order" required:"false"`
	Rev    int64  `json:"rev" required:"false"`
}

// Category is a category as people see it.
type Category struct {
	ID string `json:"id"`
	CategoryInput
}

// Categories returns all categories, in their order.
//
// Errors: parley.ErrForbidden.
func (k *Knowledge) Categories(ctx context.Context, me parley.Actor) ([]Category, error) {
	if may(me, parley.MayServe) != nil && may(me, parley.MayAdminister) != nil {
		return nil, parley.ErrForbidden
	}
	all, err := k.Store.View().FAQCategories(ctx)
	list := make([]Category, len(all))
	for i, c := range all {
		list[i] = shownCategory(c)
	}
	return list, err
}

// Category returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (k *Knowledge) Category(ctx context.Context, me parley.Actor, id string) (Category, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return Category{}, err
	}
	c, err := k.Store.View().FAQCategory(ctx, id)
	return shownCategory(c), err
}

func shownCategory(c parley.FAQCategory) Category {
	return Category{ID: c.ID, CategoryInput: CategoryInput{Name: c.Name, NameFR: c.NameFR, Order: c.Order, Rev: c.Rev}}
}

// CreateCategory adds a category.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (k *Knowledge) CreateCategory(ctx context.Context, me parley.Actor, in CategoryInput) (string, error) {
	id := k.id("fqc")
	return id, k.administer(ctx, me, "create_faq_category", func(context.Context, ledger.View) (ledger.Change, error) {
		if in.Rev != 0 {
			return ledger.Change{}, parley.ErrConflict
		}
		return in.save(parley.FAQCategory{ID: id})
	})
}

// SaveCategory replaces a category.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (k *Knowledge) SaveCategory(ctx context.Context, me parley.Actor, id string, in CategoryInput) error {
	return k.administer(ctx, me, "save_faq_category", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		old, err := v.FAQCategory(ctx, id)
		if err != nil {
			return ledger.Change{}, err
		}
		if err := ledger.Current(ctx, v, id, old.Rev, in.Rev); err != nil {
			return ledger.Change{}, err
		}
		return in.save(old)
	})
}

func (in CategoryInput) save(old parley.FAQCategory) (ledger.Change, error) {
	var f parley.Faults
	now := parley.FAQCategory{
		ID: old.ID, Name: identity.Text(in.Name), NameFR: identity.Text(in.NameFR), Order: in.Order, Rev: old.Rev + 1,
	}
	f.Name("name", now.Name, 1, nameMax)
	f.Name("name_fr", now.NameFR, 0, nameMax)
	f.Between("order", int64(now.Order), 0, orderMax)
	c := ledger.Change{Subject: now.ID, After: shownCategory(now), Rows: func(r *store.Rows) { r.SaveFAQCategory(now) }}
	if old.Rev > 0 {
		c.Before = shownCategory(old)
	}
	return c, f.Err()
}

// RemoveCategory removes a category without FAQs.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrInUse.
func (k *Knowledge) RemoveCategory(ctx context.Context, me parley.Actor, id string) error {
	return k.administer(ctx, me, "remove_faq_category", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		old, err := v.FAQCategory(ctx, id)
		if err != nil {
			return ledger.Change{}, err
		}
		faqs, err := v.FAQs(ctx)
		if err != nil {
			return ledger.Change{}, err
		}
		uses := 0
		for _, f := range faqs {
			if f.Category == id {
				uses++
			}
		}
		if uses > 0 {
			return ledger.Change{}, parley.ErrInUse.With(map[string]any{"count": uses})
		}
		return ledger.Change{Subject: id, Before: shownCategory(old), Rows: func(r *store.Rows) { r.RemoveFAQCategory(id) }}, nil
	})
}
