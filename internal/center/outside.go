package center

import (
	"context"
	"strings"

	"parley"
	"parley/internal/store"
)

// outside returns what CRMs outside know of who writes in an interaction, none
// where no CRM is connected.
//
// Source: DYN-02.
func (s scene) outside(ctx context.Context, id parley.InteractionID) ([]store.CRMBrief, error) {
	if !s.book.connected {
		return nil, nil
	}
	briefs, err := recall(s.memory, s.memory.briefs, id, func() (*[]store.CRMBrief, error) {
		all, err := s.memory.view().CRMBriefs(ctx, id)
		return &all, err
	})
	if err != nil {
		return nil, err
	}
	return *briefs, nil
}

// outsideChanged reports whether a row tells that what a CRM outside knows, or
// has, of an interaction changed.
func outsideChanged(e parley.Entry) bool {
	return e.Kind == parley.KindRecordChanged && strings.HasPrefix(e.Subject, "crm_")
}
