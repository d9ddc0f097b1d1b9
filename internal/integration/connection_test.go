package integration_test

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/crm"
	"parley/internal/integration"
	"parley/internal/store"
)

// DYN-09: a connection is set up by its CRM's own form, refused with every fault
// at once, and never shows a secret.
func TestConnect(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		kinds, err := x.Kinds(t.Context(), ada)
		if err != nil || len(kinds) != 1 || kinds[0].Name != "Tin" || len(kinds[0].Fields) != 4 || kinds[0].Fields[3].Default != "en" {
			t.Errorf("DYN-09: the kinds are %+v, %v", kinds, err)
		}
		var refused *parley.Error
		_, err = x.Connect(ctx, ada, integration.CRMInput{Kind: "tin", Settings: map[string]string{"url": "ftp://x"}, Objects: []string{"lead", "contact", "contact"}})
		if !errors.As(err, &refused) || len(refused.Fields) != 5 {
			t.Errorf("DYN-09: the faults are %+v", err)
		}
		in := tinned()
		in.Settings["uri"], in.Secrets["key"] = "https://tin.example", "no key"
		if _, err = x.Connect(ctx, ada, in); !errors.As(err, &refused) || len(refused.Fields) != 2 || refused.Fields[0].Code != "wrong_form" || refused.Fields[1].Field != "settings.uri" {
			t.Errorf("DYN-09: a key that is none, and a setting that there is not: %+v", err)
		}
		in = tinned()
		in.Secrets = map[string]string{"key": "a key"}
		if id, err := x.Connect(ctx, ada, in); err != nil || x.Remove(ctx, ada, id) != nil {
			t.Errorf("DYN-09: a key does as well as the secret it stands for: %v", err)
		}
		if _, err := x.Connect(ctx, ada, integration.CRMInput{Kind: "none"}); !errors.As(err, &refused) || refused.Fields[0].Field != "kind" {
			t.Errorf("DYN-09: an unknown kind: %v", err)
		}
		for _, me := range []parley.Actor{amy, {}} {
			_, list := x.All(ctx, me)
			_, check := x.Check(ctx, me, x.crm)
			_, kinds := x.Kinds(t.Context(), me)
			for _, err := range []error{list, check, kinds, x.Pause(ctx, me, x.crm), x.Remove(ctx, me, x.crm)} {
				if !errors.Is(err, parley.ErrForbidden) {
					t.Errorf("SEC-01: %s may do what administrators do: %v", me.Agent, err)
				}
			}
		}
		v, err := x.Find(ctx, ada, x.crm)
		if err != nil || len(v.HasSecrets) != 1 || len(v.Secrets) != 0 {
			t.Errorf("A-118: it shows %+v, %v", v, err)
		}
		in = v.CRMInput
		in.Name, in.Objects = "Renamed", []string{"account", "contact"}
		x.must(x.Save(ctx, ada, x.crm, in)) // without its secret, which stays
		if err := x.Save(ctx, ada, x.crm, in); !errors.Is(err, parley.ErrConflict) {
			t.Errorf("DYN-09: somebody else saved meanwhile: %v", err)
		}
		if c, err := x.Check(ctx, ada, x.crm); err != nil || !c.OK || c.Account != "Tin & Sons" || len(c.Steps) != 5 {
			t.Errorf("DYN-09: the check says %+v, %v", c, err)
		}
	})
}

// DYN-09: a setting a connection was saved without is shown as it holds, not as
// the form of a new one begins.
func TestShownAsItHolds(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		c, err := x.Store.View().Connection(t.Context(), x.crm)
		x.must(err)
		delete(c.Settings, "language")
		x.do(func(r *store.Rows) { r.SaveConnection(c) })
		if v, err := x.Find(t.Context(), ada, x.crm); err != nil || v.Settings["language"] != "en" || v.Settings["url"] != c.Settings["url"] {
			t.Errorf("DYN-09: it shows %+v, %v", v.Settings, err)
		}
	})
}

// no file of the database holds a CRM's secret.
func TestSecretIsSealed(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		if strings.HasPrefix(x.dsn, "postgres") {
			t.Skip("its files are the server's")
		}
		for _, file := range []string{x.dsn, x.dsn + "-wal"} {
			b, err := os.ReadFile(file)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			if bytes.Contains(b, []byte("open sesame")) {
				t.Errorf("A-118: %s holds the secret", file)
			}
		}
	})
}

// DYN-09: the check says which step fails, in the CRM's words.
func TestCheck(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Auth, Detail: "AADSTS7000215"} })
		c, err := x.Check(t.Context(), ada, x.crm)
		x.must(err)
		if c.OK || c.Steps[1].Name != "access" || c.Steps[1].OK || c.Steps[1].Detail != "AADSTS7000215" {
			t.Errorf("DYN-09: the check says %+v", c)
		}
	})
}

// DYN-08: a connection says what its CRM last said of this set-up; another set-up
// has said nothing yet.
func TestHeard(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		says := func(when, want string) {
			t.Helper()
			if v, err := x.Find(ctx, ada, x.crm); err != nil || v.Heard != want {
				t.Errorf("DYN-08: %s it says %q, %v", when, v.Heard, err)
			}
		}
		check := func() { _, err := x.Check(ctx, ada, x.crm); x.must(err) }
		says("before anything", "")
		check()
		says("when it answers", "ok")
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Transient, Detail: "502"} })
		check()
		says("when it is down", "transient")
		v, err := x.Find(ctx, ada, x.crm)
		x.must(err)
		x.must(x.Save(ctx, ada, x.crm, v.CRMInput))
		says("set up anew", "")
	})
}

// DYN-09: a secret given instead of another takes its place, and a fifth CRM is
// refused by name.
func TestInstead(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		for _, given := range []struct{ name, value, before string }{{"key", "a key", "token"}, {"token", "another", "key"}} {
			v, err := x.Find(ctx, ada, x.crm)
			x.must(err)
			if !slices.Equal(v.HasSecrets, []string{given.before}) {
				t.Fatalf("DYN-09: it has %v", v.HasSecrets)
			}
			v.Secrets = map[string]string{given.name: given.value}
			x.must(x.Save(ctx, ada, x.crm, v.CRMInput))
			if v, err = x.Find(ctx, ada, x.crm); err != nil || !slices.Equal(v.HasSecrets, []string{given.name}) {
				t.Errorf("DYN-09: with a %s it has %v, %v", given.name, v.HasSecrets, err)
			}
		}
		v, err := x.Find(ctx, ada, x.crm)
		x.must(err)
		v.Secrets = map[string]string{"token": "open"}
		for err == nil {
			_, err = x.Connect(ctx, ada, v.CRMInput)
		}
		var refused *parley.Error
		if !errors.As(err, &refused) || refused.Fields[0] != (parley.FieldError{Field: "kind", Code: "too_many"}) {
			t.Errorf("DYN-09: one too many: %v", err)
		}
	})
}
