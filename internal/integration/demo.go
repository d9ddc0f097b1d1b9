package integration

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// The demo's connection: a Dynamics that this server simulates.
//
// Source: A-132.
const (
	DemoID    = "crm_demo"
	demoKind  = "dynamics"
	demoCRM   = "dataverse" // the simulator's name of it
	demoPlace = "/sim/api/" + demoCRM + "/" + DemoID
)

// Account is what the simulator needs to know of the demo's connection.
type Account struct {
	ID       string
	Network  string
	Settings map[string]string // with its secrets
}

// SeedDemo connects the demo center to the simulated Dynamics at our public
// address, unless it was taken away. What is there stays as it is, but for that
// address: the demo may listen elsewhere this time. It returns the zero Account
// where there is none.
//
// Source.
func (i *Integration) SeedDemo(ctx context.Context, public string) (Account, error) {
	if i.CRMs[demoKind] == nil {
		return Account{}, nil
	}
	v := i.Store.View()
	c, err := v.Connection(ctx, DemoID)
	if err == nil && !c.RemovedAt.IsZero() {
		return Account{}, nil
	}
	if err != nil {
		c = store.Connection{
			ID: DemoID, Kind: demoKind, Name: "Dynamics 365 (demo)", CreatedAt: i.Clock.Now(), Objects: []string{"contact", "account", "lead"},
			Settings: map[string]string{"tenant_id": "demo", "client_id": "7d0c0000-0000-4000-8000-000000000007", "country": "CA"},
		}
	}
	secrets, err := i.Seal.OpenSecrets(DemoID, c.Sealed)
	if err != nil || secrets["client_secret"] == "" { // it is new, or was restored where its key is not
		secrets = map[string]string{"client_secret": rand.Text()}
		c.Sealed = i.Seal.Secrets(DemoID, secrets)
	}
	had := c.Settings["url"]
	c.Settings = maps.Clone(c.Settings)
	c.Settings["url"], c.Settings["authority"] = public+demoPlace, public+demoPlace
	if err != nil || had != c.Settings["url"] {
		if err := i.seed(ctx, c); err != nil {
			return Account{}, err
		}
	}
	account := Account{ID: DemoID, Network: demoCRM, Settings: maps.Clone(c.Settings)}
	maps.Copy(account.Settings, secrets)
	account.Settings["people"] = "demo"
	return account, nil
}

// seed saves the demo's connection, in the name of its administrator.
func (i *Integration) seed(ctx context.Context, c store.Connection) error {
	ada, err := i.Store.View().CredentialNamed(ctx, "ada")
	if err != nil {
		return fmt.Errorf("the administrator of the demo: %w", err)
	}
	me := parley.Actor{Agent: ada.ID, Group: ada.Group, Role: ada.Role}
	return i.change(ctx, me, "connect_crm", func(context.Context, ledger.View) (ledger.Change, error) {
		next := c
		next.Rev++
		return ledger.Change{Subject: c.ID, After: i.shown(next, nil), Rows: func(r *store.Rows) {
			r.SaveConnection(next)
			if next.Rev == 1 { // whoever chats with themselves: a page of another program would lie over each
				r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: keyPop, Value: "false"})
			}
		}}, nil
	})
}
