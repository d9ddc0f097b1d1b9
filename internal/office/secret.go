package office

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"parley"
	"parley/internal/ledger"
	"parley/internal/mail"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/settings"
	"parley/internal/store"
)

// secretPlace is what a setting is sealed for.
func secretPlace(s parley.Setting) string {
	return "setting " + string(s.Scope) + " " + s.ScopeID + " " + s.Key
}

// sealed returns settings as they are kept: secrets cannot be read in the
// database.
//
// Source: A-095.
func (o *Office) sealed(changes []parley.Setting) []parley.Setting {
	out := make([]parley.Setting, len(changes))
	for i, s := range changes {
		if text, secret := secretText(s); secret {
			s.Value = encoded(o.seal.Text(secretPlace(s), text))
		}
		out[i] = s
	}
	return out
}

// secretText returns the text of a secret setting, false for every other.
func secretText(s parley.Setting) (string, bool) {
	def, _ := settings.Find(s.Key)
	var text string
	if def.Type != settings.Secret || json.Unmarshal([]byte(s.Value), &text) != nil {
		return "", false
	}
	return text, text != ""
}

// openSecret returns the text of a secret setting of the center. One of a time
// before there was a seal is as it was.
func (o *Office) openSecret(key, text string) (string, error) {
	if !seal.Sealed(text) {
		return text, nil
	}
	plain, err := o.seal.Open(secretPlace(parley.Setting{Scope: parley.ScopeTenant, Key: key}), text)
	if err != nil {
		return "", fmt.Errorf("%s: %w", key, err)
	}
	return plain, nil
}

// mailSettings is how letters are sent.
func (o *Office) mailSettings(v settings.Values) (mail.Settings, error) {
	here := settings.At{}
	password, err := o.openSecret("mail.password", v.Text("mail.password", here))
	return mail.Settings{
		Host: v.Text("mail.host", here), Port: v.Int("mail.port", here), TLS: v.Text("mail.tls", here),
		User: v.Text("mail.user", here), Password: password, From: v.Text("mail.from", here),
	}, err
}

// reseal seals what is plain, and what an older key sealed, with the key that
// seals now; then the older one may go. What does not open stays as it is:
// parley doctor tells.
//
// Source: A-095.
func (o *Office) reseal(ctx context.Context) error {
	return o.ledger.Do(ctx, ledger.Command{
		Name: "reseal",
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			rows, err := v.Settings(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			points, err := v.EntryPoints(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			fresh, again := o.settingsToSeal(rows), o.secretsToSeal(points)
			if len(fresh)+len(again) == 0 {
				return ledger.Plan{}, nil
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				for _, s := range fresh {
					r.SaveSetting(s)
				}
				for id, sealed := range again {
					r.SaveSealed(id, sealed)
				}
			}}, nil
		},
	})
}

// settingsToSeal returns the secret settings that the current key did not seal.
func (o *Office) settingsToSeal(rows []parley.Setting) []parley.Setting {
	var out []parley.Setting
	for _, s := range rows {
		text, secret := secretText(s)
		if !secret || o.seal.Current(text) {
			continue
		}
		if seal.Sealed(text) {
			plain, err := o.seal.Open(secretPlace(s), text)
			if err != nil {
				slog.Error("a setting does not open", slog.Any("error", err))
				continue
			}
			s.Value = encoded(plain)
		}
		out = append(out, s)
	}
	return o.sealed(out)
}

// secretsToSeal returns the secrets of entry points that the current key did not
// seal, sealed by it.
func (o *Office) secretsToSeal(points []parley.EntryPoint) map[parley.EntryPointID][]byte {
	out := map[parley.EntryPointID][]byte{}
	for _, e := range points {
		if len(e.Sealed) == 0 || o.seal.AllCurrent(e.Sealed) {
			continue
		}
		plain, err := o.seal.OpenSecrets(string(e.ID), e.Sealed)
		if err != nil {
			slog.Error("the secrets of an entry point do not open", slog.String("entry_point", string(e.ID)), slog.Any("error", err))
			continue
		}
		out[e.ID] = o.seal.Secrets(string(e.ID), plain)
	}
	return out
}
