package center

import (
	"context"
	"encoding/json"
	"fmt"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// profileKind is the outbox kind of a customer whose network did not say their
// name; its data names the conversation.
const profileKind = "profile"

type profileRow struct {
	Conversation parley.ConversationID `json:"conversation"`
}

// profile asks a network who somebody is, and keeps it. Whoever cannot be looked
// up stays without a name: that is no reason to ask for ever.
//
// Source: SOC-04, SOC-05.
func (c *Center) profile(ctx context.Context, o store.Outbox) error {
	var row profileRow
	if err := json.Unmarshal([]byte(o.Data), &row); err != nil {
		return fmt.Errorf("%w: %w", ledger.ErrGiveUp, err)
	}
	talk, err := c.store.View().Conversation(ctx, row.Conversation)
	if err != nil {
		return err
	}
	at, err := c.arrivals(ctx, talk.EntryPoint)
	if err != nil {
		return err
	}
	asks, ok := at.network.(channel.Profiler)
	if !ok || talk.Visitor.Name != "" {
		return nil
	}
	kept, err := c.store.View().KeysOf(ctx, talk.ID)
	if err != nil {
		return err
	}
	open, err := c.courier.Unsealed(at.EntryPoint)
	if err != nil {
		return err
	}
	who, err := asks.Profile(ctx, open, keysOf(kept))
	if err != nil {
		if o.Attempt+1 >= profileTries {
			return fmt.Errorf("%w: %w", ledger.ErrGiveUp, err)
		}
		return err
	}
	return c.introduced(ctx, at, talk.ID, who)
}

// profileTries is how often a network is asked who somebody is.
const profileTries = 5

// introduced keeps what a network says of somebody; who is nobody's yet may now
// become a customer.
func (c *Center) introduced(ctx context.Context, at arrivals, id parley.ConversationID, who channel.Profile) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "introduce",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			in := &intake{c: c, arrivals: at, v: v}
			t, err := in.open(ctx, id, parley.Key{})
			if err != nil {
				return ledger.Plan{}, err
			}
			m := at.tidy(parley.Inbound{Name: who.Name, Handle: who.Handle})
			in.called(t, m)
			if t.Customer == "" && len(in.rows) > 0 {
				if err := in.belongs(ctx, t, m); err != nil {
					return ledger.Plan{}, err
				}
			}
			if len(in.rows) == 0 {
				return ledger.Plan{}, nil
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				for _, list := range in.rows {
					list(r)
				}
			}}, nil
		},
	})
}

// keysOf returns the addresses to reach somebody at, those of today.
func keysOf(kept []store.Keyed) parley.Keys {
	var out parley.Keys
	for _, k := range kept {
		if !k.Former {
			out = append(out, k.Key)
		}
	}
	return out
}
