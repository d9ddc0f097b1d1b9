package api

import (
	"context"

	"parley"
	"parley/internal/center"
)

// parkOperations lay a conversation aside and keep a sender away.
func (s *Server) parkOperations() {
	a := s.api
	put(a, "/api/interactions/{id}/park", "park-interaction", parley.MayServe, parkInteraction)
	put(a, "/api/interactions/{id}/unpark", "unpark-interaction", parley.MayServe, unparkInteraction)
	add(a, "/api/interactions/{id}/block", "block-sender", parley.MayServe, blockSender)
	get(a, "/api/blocks", "list-blocks", parley.MaySupervise, listBlocks)
	del(a, "/api/blocks/{id}", "unblock-sender", parley.MayServe, unblockSender)
}

type parkInput struct {
	InteractionInput
	Body struct {
		Until int64 `json:"until" minimum:"0" doc:"when it comes back by itself; 0 = with the customer's next message"`
	}
}

func parkInteraction(ctx context.Context, in *parkInput) (*struct{}, error) {
	return done(in.Me.at.Center.Park(ctx, in.Me.Actor, in.ID, parley.FromMillis(in.Body.Until)))
}

func unparkInteraction(ctx context.Context, in *InteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.Unpark(ctx, in.Me.Actor, in.ID))
}

type blockInput struct {
	InteractionInput
	Body struct {
		Reason string `json:"reason,omitempty"`
		Until  int64  `json:"until,omitempty" minimum:"0" maximum:"253402300799999" doc:"0 = for ever"`
		Spam   bool   `json:"spam,omitempty"`
	}
}

func blockSender(ctx context.Context, in *blockInput) (*out[created[string]], error) {
	return made(in.Me.at.Center.Block(ctx, in.Me.Actor, in.ID, center.Ban{
		Reason: in.Body.Reason, Until: parley.FromMillis(in.Body.Until), Spam: in.Body.Spam,
	}))
}

type blocksInput struct {
	Me Me
	Stretch
	Standing bool           `query:"standing" doc:"only those that keep somebody away now"`
	Channel  parley.Channel `query:"channel" enum:"sms,facebook,instagram,x,whatsapp,telegram,open"`
}

// blocksPage is how many blocks an answer holds if nobody says.
const blocksPage = 50

func listBlocks(ctx context.Context, in *blocksInput) (*out[list[center.Blocked]], error) {
	limit := in.Limit
	if limit == 0 {
		limit = blocksPage
	}
	at, id, err := parsePlace(in.After)
	if err != nil {
		return nil, problem(err)
	}
	items, err := in.Me.at.Center.Blocks(ctx, in.Me.Actor, center.BlockRange{
		Standing: in.Standing, Channel: in.Channel, Before: at, BeforeID: id, Limit: limit,
	})
	page := list[center.Blocked]{Items: some(items)}
	if n := len(items); n == limit {
		page.Next = place(items[n-1].CreatedAt, items[n-1].ID)
	}
	return reply(page, err)
}

type blockIDInput struct {
	Me Me
	ID string `path:"id" maxLength:"64"`
}

func unblockSender(ctx context.Context, in *blockIDInput) (*struct{}, error) {
	return done(in.Me.at.Center.Unblock(ctx, in.Me.Actor, in.ID))
}
