package office

import (
	"context"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/mail"
	"parley/internal/routing"
	"parley/internal/store"
)

// TestAlarm: SOC-01, R-48: whoever keeps the center running is mailed which entry
// point needs attention, and administrators see it at home.
func TestAlarm(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		do := func(rows func(r *store.Rows)) {
			err := p.ledger.Do(ctx, ledger.Command{Name: "rows", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
				return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		do(func(r *store.Rows) {
			r.SaveQueue(parley.Queue{
				ID: "que_sms", Name: "Texts", Enabled: true, Priority: 5, Policy: parley.PolicyIdle, AcceptInterval: 30e9, Rev: 1,
			})
			r.SaveEntryPoint(parley.EntryPoint{ID: "ent_sms", Channel: parley.SMS, Provider: "tin", Name: "Texts", Queue: "que_sms", Enabled: true, Rev: 1})
			r.SaveTrouble("ent_sms", "config", "no such number")
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "mail.maintenance", Value: `"ops@example.com ada@example.com"`})
		})
		var sent []mail.Message
		p.send = func(_ context.Context, _ mail.Settings, m mail.Message) error {
			sent = append(sent, m)
			return nil
		}
		for _, data := range []string{`{"entry_point":"ent_sms","why":"config","to":1}`, `{"entry_point":"ent_sms","why":"token","to":0}`} {
			if err := p.alarm(ctx, store.Outbox{ID: "out_1", Kind: alarmKind, Data: data}); err != nil {
				t.Fatal(err)
			}
		}
		if len(sent) != 2 || sent[0].To != "ada@example.com" || sent[1].To != "ops@example.com" {
			t.Fatalf("mailed: %+v", sent)
		}
		if !strings.Contains(sent[0].Text, "Texts (sms) needs attention: it is not set up right") || strings.Contains(sent[0].Text, "no such number") {
			t.Errorf("it says %q", sent[0].Text)
		}
		if !strings.Contains(sent[1].Text, "demande votre attention\u00a0: son acc\u00e8s expire") {
			t.Errorf("of an access that ends it says %q", sent[1].Text)
		}
		for _, data := range []string{`{"entry_point":"ent_sms","why":"config","to":2}`, `{"entry_point":"ent_gone","why":"config","to":0}`} {
			if err := p.alarm(ctx, store.Outbox{Kind: alarmKind, Data: data}); err != nil || len(sent) != 2 {
				t.Errorf("%s: %v, %d mails", data, err, len(sent))
			}
		}
		if err := p.alarm(ctx, store.Outbox{Kind: alarmKind, Data: "{"}); err == nil {
			t.Error("an alarm nobody can read")
		}
		found := func() string {
			for _, a := range get(p.Health(ctx, p.ada))(t) {
				if a.Subject == "ent_sms" && strings.HasPrefix(a.Code, "channel_") {
					return a.Code
				}
			}
			return ""
		}
		if got := found(); got != "channel_trouble" {
			t.Errorf("at home: %q", got)
		}
		do(func(r *store.Rows) { r.SavePaused("ent_sms", "auth") })
		if got := found(); got != "channel_paused" {
			t.Errorf("paused, at home: %q", got)
		}
		do(func(r *store.Rows) { r.SavePaused("ent_sms", "admin") })
		if got := found(); got != "channel_held" {
			t.Errorf("a pause nobody ends, at home: %q", got)
		}
		do(func(r *store.Rows) { r.SavePaused("ent_sms", ""); r.SaveTrouble("ent_sms", "", "") })
		if got := found(); got != "" {
			t.Errorf("well again, at home: %q", got)
		}
		// A check by hand finds that the access ends: home says so at once, as the list does.
		do(func(r *store.Rows) { r.SaveToken("ent_sms", p.clock.Now().Add(8*24*time.Hour)) })
		if got := found(); got != "" {
			t.Errorf("SOC-01: eight days before the access ends, at home: %q", got)
		}
		do(func(r *store.Rows) { r.SaveToken("ent_sms", p.clock.Now().Add(3*24*time.Hour)) })
		if got := found(); got != "channel_token" {
			t.Errorf("SOC-01: three days before the access ends, at home: %q", got)
		}
	})
}
