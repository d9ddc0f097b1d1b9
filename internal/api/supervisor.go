package api

import (
	"context"

	"parley"
	"parley/internal/center"
)

// supervisorOperations are looking on and stepping in.
func (s *Server) supervisorOperations() {
	a, supervise := s.api, parley.MaySupervise
	get(a, "/api/interactions/{id}/offers/{attempt}/why", "get-why", supervise, getWhy)
	get(a, "/api/offers", "list-offers", supervise, listOffers)
	put(a, "/api/interactions/{id}/watch", "watch", supervise, watch)
	del(a, "/api/interactions/{id}/watch", "unwatch", supervise, unwatch)
	put(a, "/api/interactions/{id}/close", "close-interaction", supervise, closeInteraction)
	put(a, "/api/agents/{id}/presence", "set-agent-presence", supervise, setAgentPresence)
	del(a, "/api/agents/{id}/session", "log-out-agent", supervise, logOutAgent)
}

func getWhy(ctx context.Context, in *OfferInput) (*out[center.Why], error) {
	return reply(in.Me.at.Center.WhyOffered(ctx, in.Me.Actor, in.offer()))
}

type offersInput struct {
	Me Me
	Stretch
	Agent       parley.AgentID       `query:"agent" maxLength:"64"`
	Queue       parley.QueueID       `query:"queue" maxLength:"64"`
	Interaction parley.InteractionID `query:"interaction" maxLength:"64"`
}

// offersPage is how many offers an answer holds if nobody says.
const offersPage = 50

func listOffers(ctx context.Context, in *offersInput) (*out[list[center.OfferEnded]], error) {
	limit := in.Limit
	if limit == 0 {
		limit = offersPage
	}
	at, id, err := parsePlace(in.After)
	if err != nil {
		return nil, problem(err)
	}
	items, err := in.Me.at.Center.Offers(ctx, in.Me.Actor, center.OfferRange{
		Agent: in.Agent, Queue: in.Queue, Interaction: in.Interaction,
		Before: at, BeforeID: parley.InteractionID(id), Limit: limit,
	})
	page := list[center.OfferEnded]{Items: some(items)}
	if n := len(items); n == limit {
		page.Next = place(items[n-1].MadeAt, string(items[n-1].Interaction))
	}
	return reply(page, err)
}

func watch(ctx context.Context, in *InteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.Watch(ctx, in.Me.Actor, in.ID))
}

func unwatch(ctx context.Context, in *InteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.Unwatch(ctx, in.Me.Actor, in.ID))
}

func closeInteraction(ctx context.Context, in *InteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.Close(ctx, in.Me.Actor, in.ID))
}

type agentPresenceInput struct {
	Me   Me
	ID   parley.AgentID `path:"id" maxLength:"64"`
	Body struct {
		Status parley.Presence `json:"status" enum:"available,on_break,work_offline"`
	}
}

func setAgentPresence(ctx context.Context, in *agentPresenceInput) (*struct{}, error) {
	return done(in.Me.at.Center.SetAgentStatus(ctx, in.Me.Actor, in.ID, in.Body.Status))
}

type logOutInput struct {
	Me   Me
	ID   parley.AgentID `path:"id" maxLength:"64"`
	Body *struct {
		Confirm bool `json:"confirm,omitempty" doc:"although they hold interactions"`
	}
}

func logOutAgent(ctx context.Context, in *logOutInput) (*struct{}, error) {
	return done(in.Me.at.Center.LogOut(ctx, in.Me.Actor, in.ID, in.Body != nil && in.Body.Confirm))
}
