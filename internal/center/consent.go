package center

import (
	"context"
	"slices"

	"parley"
	"parley/internal/ledger"
	"parley/internal/script"
	"parley/internal/store"
)

// Terms is what a visitor must agree to before a chat.
type Terms struct {
	Version string `json:"version" doc:"to be sent back by who agrees"`
	Text    string `json:"text"`
}

// termsOf returns what an entry point asks visitors to agree to, nil if nothing.
func termsOf(s parley.Script, language string) *Terms {
	text := s.Consent.In(language)
	if text == "" {
		return nil
	}
	return &Terms{parley.ConsentVersion(text), text}
}

// asked returns the fields of an entry point's form. What must be agreed to is
// asked last.
func asked(s parley.Script, language string) []parley.Field {
	if termsOf(s, language) == nil {
		return some(s.Form)
	}
	return append(slices.Clone(s.Form), parley.Field{Name: script.FieldConsent, Required: true})
}

// agreed returns what a visitor agreed to by the version they send: the words of
// today, in either language. nil: there is nothing to agree to.
//
// Errors: parley.ErrConsentRequired with the words.
func agreed(s parley.Script, language, version string) (*parley.Consent, error) {
	ask := termsOf(s, script.Language(s, language))
	if ask == nil {
		return nil, nil
	}
	for _, text := range []string{s.Consent.EN, s.Consent.FR} {
		if text != "" && parley.ConsentVersion(text) == version {
			return &parley.Consent{Version: version, Text: text}, nil
		}
	}
	return nil, parley.ErrConsentRequired.With(map[string]any{"version": ask.Version, "text": ask.Text})
}

// agreedAgain is agreed for who comes back: what they agreed to before holds for
// as long as the words are the same.
func agreedAgain(ctx context.Context, v ledger.View, t parley.Conversation, s parley.Script, version string) (*parley.Consent, error) {
	given, err := agreed(s, t.Visitor.Language, version)
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
	if given, err = agreed(s, t.Visitor.Language, before.Version); given != nil {
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
