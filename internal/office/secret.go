package office

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"

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

// Sealed is one place of the database where secrets are kept.
type Sealed struct {
	Name  string // what people call it
	Plain bool   // of a time before there was a seal

	owner   string                    // its id, "" of a setting
	current func(key *seal.Seal) bool // the key that seals now sealed it
	renew   func(key *seal.Seal) (rows func(*store.Rows), err error)
}

// Opens tells why a key does not open what is there, nil if it does.
func (s Sealed) Opens(key *seal.Seal) error {
	_, err := s.renew(key)
	return err
}

// AllSealed returns every place where secrets are kept: of settings, entry points,
// connections to CRMs, and webhooks.
//
// Source: A-095.
func AllSealed(ctx context.Context, v store.View) ([]Sealed, error) {
	rows, err := v.Settings(ctx)
	if err != nil {
		return nil, err
	}
	points, err := v.EntryPoints(ctx)
	if err != nil {
		return nil, err
	}
	connections, err := v.Connections(ctx)
	if err != nil {
		return nil, err
	}
	hooks, err := v.Webhooks(ctx)
	var all []Sealed
	for _, s := range rows {
		if text, secret := secretText(s); secret {
			all = append(all, sealedSetting(s, text))
		}
	}
	for _, e := range points {
		all = append(all, sealedOf(string(e.ID), e.Name, e.Sealed, func(r *store.Rows, fresh []byte) { r.SaveSealed(e.ID, fresh) }))
	}
	for _, c := range connections {
		all = append(all, sealedOf(c.ID, c.Name, c.Sealed, func(r *store.Rows, fresh []byte) {
			c.Sealed = fresh
			r.SaveConnection(c)
		}))
	}
	for _, h := range hooks {
		all = append(all, sealedOf(h.ID, h.Name, h.Sealed, func(r *store.Rows, fresh []byte) {
			h.Sealed = fresh
			r.SaveWebhook(h)
		}))
	}
	return slices.DeleteFunc(all, func(s Sealed) bool { return s.renew == nil }), err
}

// sealedSetting is a secret setting.
func sealedSetting(s parley.Setting, text string) Sealed {
	return Sealed{
		Name: s.Key, Plain: !seal.Sealed(text),
		current: func(key *seal.Seal) bool { return key.Current(text) },
		renew: func(key *seal.Seal) (func(*store.Rows), error) {
			plain, err := text, error(nil)
			if seal.Sealed(text) {
				plain, err = key.Open(secretPlace(s), text)
			}
			fresh := s
			fresh.Value = encoded(key.Text(secretPlace(s), plain))
			return func(r *store.Rows) { r.SaveSetting(fresh) }, err
		},
	}
}

// sealedOf are the secrets of an owner, the zero Sealed if it has none.
func sealedOf(id, name string, sealed []byte, save func(r *store.Rows, fresh []byte)) Sealed {
	if len(sealed) == 0 {
		return Sealed{}
	}
	return Sealed{
		Name: name, owner: id,
		current: func(key *seal.Seal) bool { return key.AllCurrent(sealed) },
		renew: func(key *seal.Seal) (func(*store.Rows), error) {
			plain, err := key.OpenSecrets(id, sealed)
			return func(r *store.Rows) { save(r, key.Secrets(id, plain)) }, err
		},
	}
}

// reseal seals what is plain, and what an older key sealed, with the key that
// seals now; then the older one may go. What does not open stays as it is:
// parley doctor tells.
//
// Source: A-095.
func (o *Office) reseal(ctx context.Context) error {
	before, err := AllSealed(ctx, o.store.View())
	if err != nil {
		return err
	}
	touch := []string{store.AuditTouch}
	for _, s := range before {
		touch = append(touch, s.owner) // of one that comes meanwhile there is nothing to seal
	}
	return o.ledger.Do(ctx, ledger.Command{
		Name:  "reseal",
		Touch: touch,
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			all, err := AllSealed(ctx, v.View)
			if err != nil {
				return ledger.Plan{}, err
			}
			var again []func(*store.Rows)
			for _, s := range all {
				if s.current(o.seal) {
					continue
				}
				rows, err := s.renew(o.seal)
				if err != nil {
					slog.Error("secrets do not open", slog.String("of", s.Name), slog.Any("error", err))
					continue
				}
				again = append(again, rows)
			}
			if len(again) == 0 {
				return ledger.Plan{}, nil
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				for _, rows := range again {
					rows(r)
				}
			}}, nil
		},
	})
}
