package office

import (
	"context"

	"parley"
	"parley/internal/auth"
	"parley/internal/auth/password"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// SetupInput begins a center: its name and its first administrator.
type SetupInput struct {
	Token       string `json:"token"`
	Center      string `json:"center"`
	Zone        string `json:"zone"` // IANA
	Login       string `json:"login"`
	DisplayName string `json:"display_name"`
	Password    string `json:"password"`
	Language    string `json:"language,omitempty" enum:"en,fr-CA"`
}

// defaultGroup is the name of the group everybody can be in, in the language the
// center begins in; it can be given another.
//
// Source: SEC-03.
func defaultGroup(language string) string {
	if language == "fr-CA" {
		return "Sans groupe"
	}
	return "ungroup"
}

// NeedsSetup reports whether the center has yet to begin.
func (o *Office) NeedsSetup(ctx context.Context) (bool, error) {
	_, err := o.store.View().Center(ctx)
	if absent(err) {
		return true, nil
	}
	return false, err
}

// SetupToken makes the token of the one-time set-up link; an earlier one is
// useless from now on.
//
// Errors: parley.ErrSetupDone.
func (o *Office) SetupToken(ctx context.Context) (string, error) {
	token, hash := auth.NewToken("setup")
	return token, o.ledger.Do(ctx, ledger.Command{
		Name:  "setup_token",
		Touch: []string{store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			if err := unbegun(ctx, v.View); err != nil {
				return ledger.Plan{}, err
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.AddSetupToken(hash, v.Now) }}, nil
		},
	})
}

// unbegun refuses once there is a center.
//
// Errors: parley.ErrSetupDone.
func unbegun(ctx context.Context, v store.View) error {
	_, err := v.Center(ctx)
	if absent(err) {
		return nil
	}
	if err == nil {
		err = parley.ErrSetupDone
	}
	return err
}

// Setup begins the center with its first administrator. Of two at the same
// time exactly one wins.
//
// Errors: parley.ErrSetupDone, ErrForbidden for a wrong token, an Invalid one
// naming every field at fault.
// Source: A-093.
func (o *Office) Setup(ctx context.Context, in SetupInput) error {
	if err := unbegun(ctx, o.store.View()); err != nil {
		return err
	}
	token := auth.Hash(in.Token)
	if err := fresh(ctx, o.store.View(), token); err != nil {
		return err
	}
	var f parley.Faults
	if problem := password.Check(in.Password); problem != "" {
		f.Add("password", problem)
		return o.begin(ctx, in, beginning{token: token, faults: f})
	}
	hash, err := o.hasher.Hash(ctx, in.Password)
	if err != nil {
		return err
	}
	return o.begin(ctx, in, beginning{token: token, hash: hash})
}

// fresh refuses a token that is not ours or was used.
//
// Errors: parley.ErrForbidden.
func fresh(ctx context.Context, v store.View, hash string) error {
	_, used, err := v.SetupToken(ctx, hash)
	if absent(err) || err == nil && !used.IsZero() {
		return parley.ErrForbidden
	}
	return err
}

// beginning is what a center begins with beside what was filled in.
type beginning struct {
	token  string // hash of the set-up token, "" for the demo
	hash   string // of the administrator's password
	demo   bool
	faults parley.Faults // of the password
}

// begin is the first change of every center.
func (o *Office) begin(ctx context.Context, in SetupInput, b beginning) error {
	group := parley.Group{ID: parley.GroupID(o.id("grp")), Name: defaultGroup(in.Language), Preset: parley.PresetWorkspace, Default: true, Rev: 1}
	admin := parley.Agent{ID: parley.AgentID(o.id("agt"))}
	center := store.Center{ID: o.id("ctr"), Name: identity.Text(in.Center), Zone: in.Zone, Demo: b.demo}
	return o.do(ctx, parley.Actor{}, "setup", func(ctx context.Context, v ledger.View) (change, error) {
		if err := unbegun(ctx, v.View); err != nil {
			return change{}, err
		}
		if b.token != "" {
			if err := fresh(ctx, v.View, b.token); err != nil {
				return change{}, err
			}
		}
		w := &world{groups: map[parley.GroupID]parley.Group{group.ID: group}, values: settings.New(nil)}
		center.CreatedAt, admin.CreatedAt = v.Now, v.Now
		person, _, f, err := AgentInput{
			Login: in.Login, DisplayName: in.DisplayName, Role: parley.RoleAdmin, Group: group.ID, Enabled: true, Language: in.Language,
		}.check(ctx, v.View, w, admin)
		if err != nil {
			return change{}, err
		}
		f = append(f, b.faults...)
		f.Name("center", center.Name, 1, nameMax)
		if !knownZone(center.Zone) {
			f.Add("zone", "unknown")
		}
		if err := f.Err(); err != nil {
			return change{}, err
		}
		w.agents = []parley.Agent{person}
		return change{
			subject: center.ID, after: center, routes: w.routes(v),
			rows: func(r *store.Rows) {
				r.SaveCenter(center)
				r.SaveGroup(group)
				r.SaveAgent(person)
				r.SavePassword(person.ID, b.hash, b.demo)
				r.UseSetupToken(b.token, v.Now)
			},
		}, nil
	})
}
