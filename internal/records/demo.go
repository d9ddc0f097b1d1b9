package records

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"parley"
	"parley/internal/store"
)

// The demo center's customers and cases.
//
//go:embed demo.json
var demoFile []byte

// demo is what demo.json holds. A case names its customer by account number.
type demo struct {
	Customers []CustomerInput
	Cases     []struct {
		CaseInput
		Account string `json:"account"`
	}
}

// SeedDemo gives the demo center its customers and then their cases, in the name
// of its administrator. A center that has a case has had them all: whoever was
// deleted, merged or erased since does not come back at the next start.
func (r *Records) SeedDemo(ctx context.Context) error {
	if had, err := r.store.View().CaseRange(ctx, store.CaseRange{Limit: 1}); err != nil || len(had) > 0 {
		return err
	}
	var d demo
	if err := json.Unmarshal(demoFile, &d); err != nil {
		return fmt.Errorf("read demo.json: %w", err)
	}
	agents, err := r.store.View().Agents(ctx)
	if err != nil {
		return err
	}
	var me parley.Actor
	for _, a := range agents {
		if a.Role == parley.RoleAdmin {
			me = parley.Actor{Agent: a.ID, Group: a.Group, Role: a.Role}
		}
	}
	ids := map[string]parley.CustomerID{}
	for _, in := range d.Customers {
		id, err := r.store.View().CustomerWithAccount(ctx, in.AccountNumber)
		if absent(err) { // not there since a start that was cut short
			id, err = r.CreateCustomer(ctx, me, in, "")
		}
		if err != nil {
			return fmt.Errorf("add a customer of the demo: %w", err)
		}
		ids[in.AccountNumber] = id
	}
	for _, c := range d.Cases {
		c.Customer = ids[c.Account]
		if _, err := r.CreateCase(ctx, me, c.CaseInput); err != nil {
			return fmt.Errorf("add a case of the demo: %w", err)
		}
	}
	return nil
}
