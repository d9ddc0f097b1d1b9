package office

import (
	"context"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// Pops says when the record of a customer opens by itself; nil: as it was.
//
// Source: POP-01.
type Pops struct {
	OnOffer  *bool `json:"on_offer,omitempty" required:"false"`
	OnAccept *bool `json:"on_accept,omitempty" required:"false"`
	OnEnd    *bool `json:"on_end,omitempty" required:"false"`
}

// SavePops keeps when records open for the actor. What they leave as it was is the
// center's to decide, now and later.
//
// Errors: parley.ErrForbidden without agents.may_change_screenpop.
// Source: POP-07.
func (o *Office) SavePops(ctx context.Context, me parley.Actor, in Pops) error {
	if me.Agent == "" {
		return parley.ErrForbidden
	}
	return o.do(ctx, me, "save_pops", func(ctx context.Context, v ledger.View) (change, error) {
		self, err := v.Agent(ctx, me.Agent)
		if err != nil {
			return change{}, err
		}
		granted, err := mayEdit(ctx, v.View, self, "agents.may_change_screenpop")
		if err != nil {
			return change{}, err
		}
		if !granted {
			return change{}, parley.ErrForbidden
		}
		return change{subject: string(me.Agent), after: in, rows: func(r *store.Rows) {
			for key, on := range map[string]*bool{"pop.on_offer": in.OnOffer, "pop.on_accept": in.OnAccept, "pop.on_end": in.OnEnd} {
				if on == nil {
					continue
				}
				r.SaveSetting(parley.Setting{Scope: parley.ScopeAgent, ScopeID: string(me.Agent), Key: key, Value: encoded(*on)})
			}
		}}, nil
	}, string(me.Agent))
}
