package records

import (
	"context"

	"parley"
)

// ConsentWords is a text that visitors agreed to, as they read it.
type ConsentWords struct {
	Version string `json:"version"`
	Text    string `json:"text"`
}

// Consent returns the words of a version, also when the entry point says something
// else by now: they are the center's, and name nobody.
//
// Source: SCR-05. Errors: parley.ErrForbidden, parley.ErrNotFound.
func (r *Records) Consent(ctx context.Context, me parley.Actor, version string) (ConsentWords, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return ConsentWords{}, err
	}
	text, err := r.store.View().ConsentText(ctx, version)
	return ConsentWords{Version: version, Text: text}, err
}
