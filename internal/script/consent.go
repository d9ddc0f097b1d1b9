package script

import (
	"slices"

	"parley"
)

// Terms is what a visitor must agree to before a chat, or before they leave a
// message.
type Terms struct {
	Version string `json:"version" doc:"to be sent back by who agrees"`
	Text    string `json:"text"`
}

// TermsOf returns what an entry point asks visitors to agree to, nil if nothing.
func TermsOf(s parley.Script, language string) *Terms {
	text := s.Consent.In(language)
	if text == "" {
		return nil
	}
	return &Terms{parley.ConsentVersion(text), text}
}

// Asked returns the fields of an entry point's form, never nil. What must be agreed
// to is asked last.
func Asked(s parley.Script, language string) []parley.Field {
	out := slices.Concat([]parley.Field{}, s.Form)
	if TermsOf(s, language) != nil {
		out = append(out, parley.Field{Name: FieldConsent, Required: true})
	}
	return out
}

// Agreed returns what a visitor agreed to by the version they send: the words of
// today, in either language. nil: there is nothing to agree to.
//
// Errors: parley.ErrConsentRequired with the words.
func Agreed(s parley.Script, language, version string) (*parley.Consent, error) {
	ask := TermsOf(s, Language(s, language))
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
