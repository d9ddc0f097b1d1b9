package center

import (
	"context"

	"parley"
	"parley/internal/ledger"
	"parley/internal/script"
	"parley/internal/store"
)

// agreedAgain is agreed for who comes back: what they agreed to before holds for
// as long as the words are the same.
func agreedAgain(ctx context.Context, v ledger.View, t parley.Conversation, s parley.Script, version string) (*parley.Consent, error) {
	given, err := script.Agreed(s, t.Visitor.Language, version)
	if given != nil {
		given.At = v.Now
	}
	if err == nil || version != "" {
		return given, err
	}
	before, absent := v.LastConsent(ctx, t.ID)
	if absent != nil {
		if failed := unlessAbsent(absent); failed != nil {
			err = failed
		}
		return nil, err
	}
	if given, err = script.Agreed(s, t.Visitor.Language, before.Version); given != nil {
		given.At = before.At
	}
	return given, err
}

// consents lists that the interaction began with a consent, if one was asked for.
func consents(r *store.Rows, i parley.InteractionID, c parley.ConversationID, given *parley.Consent) {
	if given != nil {
		r.SaveConsent(i, c, *given)
	}
}
