package center

import (
	"context"
	"encoding/json"
	"fmt"

	"parley"
	"parley/internal/replay"
	"parley/internal/routing"
)

// Why is an offer's receipt with names: who it went to and who was kept out.
type Why struct {
	routing.Why
	Offer string                    `json:"offer"`
	Names map[parley.AgentID]string `json:"names"`
	Path  *ScriptPath               `json:"path" doc:"the way through the script before the queue, null where no script led it"`
}

// WhyOffered tells why an offer went to its agent, by asking the router of that
// moment: its log is told again, from where it was last kept up to there.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: RTE-10.
func (c *Center) WhyOffered(ctx context.Context, me parley.Actor, offer parley.OfferID) (Why, error) {
	if err := may(me, parley.MaySupervise, nil); err != nil {
		return Why{}, err
	}
	made, at, err := c.offerMade(ctx, offer)
	if err != nil {
		return Why{}, err
	}
	state, err := replay.Before(ctx, c.store.View(), at)
	if err != nil {
		return Why{}, err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return Why{}, err
	}
	out := Why{Why: state.Why(made), Offer: offer.String(), Names: map[parley.AgentID]string{}}
	name := func(id parley.AgentID) { out.Names[id] = b.names[string(id)].Name }
	name(made.Agent)
	if next := made.Receipt.Next; next != nil {
		name(next.Agent)
	}
	for _, k := range out.Agents {
		name(k.Agent)
	}
	out.Path, err = b.scriptPath(ctx, c.store.View(), offer.Interaction)
	return out, err
}

// offerMade finds the log row that made an offer.
func (c *Center) offerMade(ctx context.Context, offer parley.OfferID) (routing.OfferMade, int64, error) {
	var made routing.OfferMade
	es, err := c.store.View().OfferEntries(ctx, offer.Interaction)
	if err != nil {
		return made, 0, err
	}
	for _, e := range es {
		if err := json.Unmarshal(e.Data, &made); err != nil {
			return made, 0, fmt.Errorf("log row %d: %w", e.N, err)
		}
		if made.Offer == offer {
			return made, e.N, nil
		}
	}
	return made, 0, parley.ErrNotFound
}
