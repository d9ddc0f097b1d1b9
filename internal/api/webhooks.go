package api

import (
	"context"

	"parley"
	"parley/internal/webhook"
)

// webhookOperations are who outside is told what happens here.
func (s *Server) webhookOperations() {
	a, admin := s.api, parley.MayAdminister
	const all, one = "/api/admin/webhooks", "/api/admin/webhooks/{id}"
	get(a, all, "list-webhooks", admin, listWebhooks)
	add(a, all, "create-webhook", admin, createWebhook)
	get(a, one, "get-webhook", admin, getWebhook)
	put(a, one, "save-webhook", admin, saveWebhook)
	del(a, one, "remove-webhook", admin, removeWebhook)
	post(a, one+"/secret", "renew-webhook-secret", admin, renewSecret)
	del(a, one+"/old-secret", "drop-old-webhook-secret", admin, dropSecret)
	post(a, one+"/verification", "verify-webhook", admin, verifyWebhook)
	get(a, one+"/events", "list-webhook-events", admin, listWebhookEvents)
	post(a, one+"/replays", "replay-webhook-events", admin, replayEvents)
}

func listWebhooks(ctx context.Context, in *wholeListInput) (*out[list[webhook.View]], error) {
	return listed(in.Me.at.Webhooks.All(ctx, in.Me.Actor))
}

func createWebhook(ctx context.Context, in *newThingInput[webhook.Input]) (*out[webhook.Secret], error) {
	return reply(in.Me.at.Webhooks.Create(ctx, in.Me.Actor, in.Body))
}

func getWebhook(ctx context.Context, in *thingInput[string]) (*out[webhook.View], error) {
	return reply(in.Me.at.Webhooks.Find(ctx, in.Me.Actor, in.ID))
}

func saveWebhook(ctx context.Context, in *savedThingInput[string, webhook.Input]) (*struct{}, error) {
	return done(in.Me.at.Webhooks.Save(ctx, in.Me.Actor, in.ID, in.Body))
}

func removeWebhook(ctx context.Context, in *thingInput[string]) (*struct{}, error) {
	return done(in.Me.at.Webhooks.Remove(ctx, in.Me.Actor, in.ID))
}

func renewSecret(ctx context.Context, in *thingInput[string]) (*out[webhook.Secret], error) {
	return reply(in.Me.at.Webhooks.Renew(ctx, in.Me.Actor, in.ID))
}

func dropSecret(ctx context.Context, in *thingInput[string]) (*struct{}, error) {
	return done(in.Me.at.Webhooks.DropOld(ctx, in.Me.Actor, in.ID))
}

func verifyWebhook(ctx context.Context, in *thingInput[string]) (*out[webhook.Verdict], error) {
	return reply(in.Me.at.Webhooks.Verify(ctx, in.Me.Actor, in.ID))
}

type webhookEventsInput struct {
	Me Me
	ID string `path:"id" maxLength:"64"`
	Stretch
}

// eventsPage is how many events come at once where nobody says.
const eventsPage = 50

func listWebhookEvents(ctx context.Context, in *webhookEventsInput) (*out[list[webhook.Told]], error) {
	limit := in.Limit
	if limit == 0 {
		limit = eventsPage
	}
	items, err := in.Me.at.Webhooks.Events(ctx, in.Me.Actor, in.ID, in.After, limit+1)
	page := list[webhook.Told]{Items: some(items)}
	if len(items) > limit {
		page.Items, page.Next = items[:limit], items[limit-1].ID
	}
	return reply(page, err)
}

type replayInput struct {
	Me   Me
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Event string `json:"event_id,omitempty" maxLength:"64" doc:"this one"`
		Since int64  `json:"since,omitempty" minimum:"0" doc:"or all since then, 1,000 at once"`
	}
}

// replayed is how many events are told again.
type replayed struct {
	Events int `json:"events"`
}

func replayEvents(ctx context.Context, in *replayInput) (*out[replayed], error) {
	again := webhook.Again{Event: in.Body.Event, Since: parley.FromMillis(in.Body.Since)}
	if again.Event == "" && in.Body.Since == 0 {
		return nil, problem(parley.ErrInvalid(parley.FieldError{Field: "since", Code: "required"}))
	}
	n, err := in.Me.at.Webhooks.Replay(ctx, in.Me.Actor, in.ID, again)
	return reply(replayed{n}, err)
}
