package records

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"parley"
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

// SeedDemo gives the demo center its customers and cases, in the name of its
// administrator. Who is there already is left as they are.
func (r *Records) SeedDemo(ctx context.Context) error {
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
	for _, in := range d.Customers {
		if _, err := r.store.View().CustomerWithAccount(ctx, in.AccountNumber); !absent(err) {
			if err != nil {
				return err
			}
			continue // there since an earlier start, with their cases
		}
		id, err := r.CreateCustomer(ctx, me, in, "")
		if err != nil {
			return fmt.Errorf("add a customer of the demo: %w", err)
		}
		for _, c := range d.Cases {
			if c.Account != in.AccountNumber {
				continue
			}
			c.Customer = id
			if _, err := r.CreateCase(ctx, me, c.CaseInput); err != nil {
				return fmt.Errorf("add a case of the demo: %w", err)
			}
		}
	}
	return nil
}
