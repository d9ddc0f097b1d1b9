package records

import (
	"context"
	"slices"

	"parley/internal/identity"
	"parley/internal/settings"
	"parley/internal/store"
)

// mask takes the numbers of payment cards out of what people type into records,
// unless the center wants them (privacy.mask_cards). It is asked before the
// commit, so that no digit reaches the disk.
//
// Source: issue 4, section 1: masking of card numbers at entry.
func mask(ctx context.Context, v store.View, texts ...*string) error {
	if !slices.ContainsFunc(texts, func(t *string) bool { return len(identity.Cards(*t)) > 0 }) {
		return nil
	}
	values, err := v.Settings(ctx)
	if err != nil || !settings.New(values).Bool("privacy.mask_cards", settings.At{}) {
		return err
	}
	for _, t := range texts {
		*t = identity.MaskCards(*t)
	}
	return nil
}
