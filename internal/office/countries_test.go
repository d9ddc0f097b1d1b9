package office

import (
	"context"
	"testing"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

func TestCountries(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		if err := p.SaveCountries(ctx, p.ada, Countries{Countries: []Country{{"us", true, true, 7500}, {"CA", true, false, 0}}}); err != nil {
			t.Fatal(err)
		}
		now := get(p.Countries(ctx, p.ada))(t)
		list := now.Countries
		if len(list) != 2 || list[0] != (Country{"CA", true, false, 0}) || list[1] != (Country{"US", true, true, 7500}) {
			t.Errorf("SMS-01: %+v", list)
		}
		faulty(t, "SMS-01: countries that are none", p.SaveCountries(ctx, p.ada, Countries{
			Countries: []Country{{"US", true, true, -1}, {"US", true, true, 0}, {"XX", true, true, 0}}, Rev: now.Rev,
		}),
			parley.FieldError{Field: "countries[0].price_micros", Code: "out_of_range"},
			parley.FieldError{Field: "countries[1].country", Code: "repeated"},
			parley.FieldError{Field: "countries[2].country", Code: "unknown"})
		refused(t, "SEC-01", p.SaveCountries(ctx, parley.Actor{Agent: "agt_1", Role: parley.RoleAgent}, Countries{}), parley.ErrForbidden)
		refused(t, "SMS-01: two administrators at once", p.SaveCountries(ctx, p.ada, Countries{}), parley.ErrConflict)
		if now.Currency != "USD" {
			t.Errorf("SMS-01: prices are in %q", now.Currency)
		}
		if err := p.SaveCountries(ctx, p.ada, Countries{Rev: now.Rev}); err != nil {
			t.Fatal(err)
		}
		if empty := get(p.Countries(ctx, p.ada))(t); empty.Rev != 0 || len(empty.Countries) != 0 {
			t.Errorf("SMS-01: none is listed any more: %+v", empty)
		}
	})
}

func TestSpending(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		us := store.Country{Country: "US", Price: 7500}
		add := func(m parley.MessageID, c store.Country, segments int) {
			t.Helper()
			err := p.ledger.Do(ctx, ledger.Command{Name: "spend", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
				return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.AddSpend(m, "ent_1", c, segments) }}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		add("msg_1", us, 1)
		add("msg_1", us, 2) // its second part
		add("msg_2", us, 1)
		add("msg_3", store.Country{Country: "CA", Price: 1_000_000}, 1)
		p.clock.pass(30*24*time.Hour - 5*time.Hour) // April 1 at 04:00 UTC: midnight in Toronto
		add("msg_4", us, 1)
		want := []Spend{{"2026-03", "CA", 1, 1, 1_000_000}, {"2026-03", "US", 2, 4, 30_000}, {"2026-04", "US", 1, 1, 7500}}
		got := get(p.Spending(ctx, p.ada, 0))(t)
		if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
			t.Errorf("SMS-01: by month of the center's time and country: %+v", got)
		}
		table := string(get(p.SpendingCSV(ctx, p.ada, 2026))(t))
		if table != "month,country,messages,segments,cost\n2026-03,CA,1,1,1.000000\n2026-03,US,2,4,0.030000\n2026-04,US,1,1,0.007500\n" {
			t.Errorf("SMS-01: as CSV: %s", table)
		}
		if got := get(p.Spending(ctx, p.ada, 2025))(t); len(got) != 0 {
			t.Errorf("another year: %+v", got)
		}
	})
}
