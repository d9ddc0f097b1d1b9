package office

import (
	"context"
	"strings"
	"testing"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/settings"
	"parley/internal/store"
)

// TestReseal is A-095: what was plain is sealed at the start, and what an older
// key sealed is sealed anew, so that the older key may go.
func TestReseal(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		older := testSeal
		queue := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true}))(t)
		put := func(value string) {
			err := p.ledger.Do(ctx, ledger.Command{Name: "test", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
				return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
					r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "mail.password", Value: value})
					r.SaveEntryPoint(parley.EntryPoint{
						ID: "ent_1", Channel: parley.SMS, Provider: "tin", Name: "Tin", Queue: queue, Sealed: older.Secrets("ent_1", map[string]string{"token": "t0ken"}),
					})
					r.SaveConnection(store.Connection{ID: "crm_1", Kind: "tin", Name: "Tin", Sealed: older.Secrets("crm_1", map[string]string{"token": "t0ken"})})
					r.SaveWebhook(store.Webhook{ID: "whk_1", Name: "Bot", Sealed: older.Secrets("whk_1", map[string]string{"current": "t0ken"})})
				}}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		kept := func() (string, parley.EntryPoint) {
			rows := get(p.store.View().Settings(ctx))(t)
			return settings.New(rows).Text("mail.password", settings.At{}), get(p.store.View().EntryPoint(ctx, "ent_1"))(t)
		}
		put(`"hunter2"`)
		if err := p.reseal(ctx); err != nil {
			t.Fatal(err)
		}
		first, _ := kept()
		if !seal.Sealed(first) || strings.Contains(first, "hunter2") {
			t.Errorf("A-095: what was plain is %q", first)
		}
		fresh := make([]byte, seal.KeyBytes)
		fresh[0] = 1
		p.seal = get(seal.New(fresh, make([]byte, seal.KeyBytes)))(t)
		if err := p.reseal(ctx); err != nil {
			t.Fatal(err)
		}
		p.seal = get(seal.New(fresh))(t) // the older key is gone
		second, e := kept()
		if plain, err := p.openSecret("mail.password", second); err != nil || plain != "hunter2" || first == second {
			t.Errorf("A-095: with the new key it is %q, %v", plain, err)
		}
		if secrets, err := p.seal.OpenSecrets("ent_1", e.Sealed); err != nil || secrets["token"] != "t0ken" {
			t.Errorf("A-095: with the new key the entry point's are %v, %v", secrets, err)
		}
		if secrets, err := p.seal.OpenSecrets("crm_1", get(p.store.View().Connection(ctx, "crm_1"))(t).Sealed); err != nil || secrets["token"] != "t0ken" {
			t.Errorf("A-095: with the new key the connection's are %v, %v", secrets, err)
		}
		if secrets, err := p.seal.OpenSecrets("whk_1", get(p.store.View().Webhook(ctx, "whk_1"))(t).Sealed); err != nil || secrets["current"] != "t0ken" {
			t.Errorf("A-095: with the new key the webhook's are %v, %v", secrets, err)
		}
		if err := p.reseal(ctx); err != nil {
			t.Fatal(err)
		}
		if third, _ := kept(); third != second {
			t.Error("A-095: what is sealed is sealed again at each start")
		}
	})
}
