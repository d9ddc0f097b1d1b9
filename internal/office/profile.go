package office

import (
	"context"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// ProfileInput is what agents may change of themselves: nothing else of an
// agent can be reached this way.
type ProfileInput struct {
	DisplayName string `json:"display_name,omitempty"` // "" = as it is
	Language    string `json:"language,omitempty" enum:"en,fr-CA"`
	// Signature stands below what they write on networks where that is on; "" =
	// none, null = as it is.
	Signature *string `json:"signature,omitempty" maxLength:"2000"`
}

// SaveProfile changes the actor's own name, language and signature.
//
// Errors: parley.ErrForbidden without agents.may_edit_profile, an Invalid one
// naming every field at fault.
// Source: SEC-05, SCR-02.
func (o *Office) SaveProfile(ctx context.Context, me parley.Actor, in ProfileInput) error {
	if me.Agent == "" {
		return parley.ErrForbidden
	}
	return o.do(ctx, me, "save_profile", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.Agent(ctx, me.Agent)
		if err != nil {
			return change{}, err
		}
		granted, err := mayEdit(ctx, v.View, old, "agents.may_edit_profile")
		if err != nil {
			return change{}, err
		}
		if !granted {
			return change{}, parley.ErrForbidden
		}
		var f parley.Faults
		a := old
		a.DisplayName = or(identity.Text(in.DisplayName), old.DisplayName)
		a.Language = or(in.Language, old.Language)
		if in.Signature != nil {
			a.Signature = identity.Text(strings.ReplaceAll(*in.Signature, "\r\n", "\n"))
		}
		f.Name("display_name", a.DisplayName, 1, nameMax)
		f.Text("signature", a.Signature, 0, parley.SignatureMax)
		parley.OneOf(&f, "language", a.Language, languages...)
		if err := f.Err(); err != nil {
			return change{}, err
		}
		if a == old {
			return change{quiet: true}, nil
		}
		a.Rev++
		return change{
			subject: string(a.ID),
			before:  ProfileInput{old.DisplayName, old.Language, &old.Signature},
			after:   ProfileInput{a.DisplayName, a.Language, &a.Signature},
			rows:    func(r *store.Rows) { r.SaveAgent(a) },
		}, nil
	})
}
