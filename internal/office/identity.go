package office

import (
	"context"

	"parley"
	"parley/internal/auth/oidc"
	"parley/internal/ledger"
	"parley/internal/store"
)

// linkIdentity keeps whose an identity is, and who says so.
func (o *Office) linkIdentity(ctx context.Context, who oidc.Identity, agent parley.AgentID) error {
	me := parley.Actor{Agent: agent}
	return o.do(ctx, me, "link_identity", func(_ context.Context, v ledger.View) (change, error) {
		return change{
			subject: string(agent), after: map[string]string{"issuer": who.Issuer, "name": who.Name},
			rows: func(r *store.Rows) {
				r.AddIdentity(store.Identity{Issuer: who.Issuer, Subject: who.Subject, Agent: agent, Name: who.Name, At: v.Now})
			},
		}, nil
	})
}
