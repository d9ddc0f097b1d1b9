package x

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"parley"
	"parley/internal/channel"
)

// ton is where files of direct messages stand; the API gives the same ones.
var ton = regexp.MustCompile(`/(?:1\.1/ton/data|ton/data)/dm/([0-9]+)/([0-9]+)/([A-Za-z0-9_.:-]+)$`)

// Fetch gets a file, as the user.
//
// Errors: *channel.SendError.
// Source: A-057; https://docs.x.com/x-api/direct-messages/media/introduction
func (x *X) Fetch(ctx context.Context, in parley.EntryPoint, a parley.Attachment) (channel.File, error) {
	refused := &channel.SendError{Code: channel.MediaFault, Detail: "not_allowed"}
	if !channel.FromNetwork(x.Spec(), in, a.Ref) {
		return channel.File{}, refused
	}
	address := a.Ref
	u, err := url.Parse(a.Ref)
	if err != nil {
		return channel.File{}, refused
	}
	// The newer address refuses OAuth 1.0a, which the older one was made for.
	if part := ton.FindStringSubmatch(u.Path); part != nil && in.Setting("auth") == "oauth2" {
		address = base(in) + "/2/dm_conversations/media/" + part[1] + "/" + part[2] + "/" + part[3]
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return channel.File{}, refused
	}
	if u.Host != "pbs.twimg.com" { // public pictures need no leave
		x.authorize(in, req, false)
	}
	f, err := channel.Download(x.client, req)
	f.Name = a.Name
	return f, err
}

// Profile asks who somebody is.
//
// Errors: *channel.SendError.
// Source: https://docs.x.com/x-api/users/get-user-by-id
func (x *X) Profile(ctx context.Context, in parley.EntryPoint, who parley.Keys) (channel.Profile, error) {
	u, err := x.user(ctx, in, string(who.Of(parley.KeyX)))
	return channel.Profile{Name: u.Name, Handle: u.Username, Picture: u.Picture}, err
}

type user struct {
	ID       id     `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
	Picture  string `json:"profile_image_url"`
}

func (x *X) user(ctx context.Context, in parley.EntryPoint, who string) (user, error) {
	var answer struct {
		Data user `json:"data"`
	}
	err := x.call(ctx, in, request{method: "GET", path: "/2/users/" + url.PathEscape(who), query: url.Values{"user.fields": {"name,username,profile_image_url"}}}, &answer)
	return answer.Data, err
}

// webhook is one as X lists it.
type webhook struct {
	ID    id     `json:"id"`
	URL   string `json:"url"`
	Valid bool   `json:"valid"`
}

func (x *X) webhooks(ctx context.Context, in parley.EntryPoint) ([]webhook, error) {
	var answer struct {
		Data []webhook `json:"data"`
	}
	err := x.call(ctx, in, request{method: "GET", path: "/2/webhooks", app: true}, &answer)
	return answer.Data, err
}

// Check asks whose token it is and whether our webhook passes X's challenge.
//
// Errors: *channel.SendError; Config where the token is another account's.
func (x *X) Check(ctx context.Context, in parley.EntryPoint) (channel.Health, error) {
	me, err := x.user(ctx, in, "me")
	if err != nil {
		return channel.Health{}, err
	}
	health := channel.Health{Account: strings.TrimSpace(me.Name + " @" + me.Username)}
	if string(me.ID) != string(in.Address) {
		return health, &channel.SendError{Code: channel.Config, Detail: "other_token " + string(me.ID)}
	}
	if in.Setting("auth") == "oauth2" && in.Setting("refresh_token") == "" {
		health.TokenExpires = expiry(in)
	}
	if in.Setting("bearer_token") == "" {
		health.Detail = "missing_field bearer_token"
		return health, nil
	}
	hooks, err := x.webhooks(ctx, in)
	for _, h := range hooks {
		if strings.Contains(h.URL, string(in.ID)) {
			health.Subscribed = h.Valid
			if !h.Valid {
				health.Detail = "webhook_invalid " + string(h.ID)
			}
		}
	}
	return health, err
}

// events are what we subscribe to in the X Activity API.
var events = []string{"dm.received", "dm.sent", "dm.read", "dm.indicate_typing", "chat.received", "oauth.revoke"}

// Register makes our address a webhook of the app, or has X challenge it anew, and
// subscribes the account.
//
// Errors: *channel.SendError.
// Source: https://docs.x.com/x-api/webhooks/introduction, https://docs.x.com/x-api/activity/quickstart
func (x *X) Register(ctx context.Context, in parley.EntryPoint, address string) error {
	if in.Setting("bearer_token") == "" {
		return &channel.SendError{Code: channel.Config, Detail: "missing_field bearer_token"}
	}
	hooks, err := x.webhooks(ctx, in)
	if err != nil {
		return err
	}
	var hook webhook
	for _, h := range hooks {
		if h.URL == address {
			hook = h
		}
	}
	if hook.ID == "" {
		var answer struct {
			webhook
			Data webhook `json:"data"`
		}
		create := post("/2/webhooks", map[string]string{"url": address})
		create.app = true
		if err := x.call(ctx, in, create, &answer); err != nil {
			return err
		}
		if hook = answer.Data; hook.ID == "" {
			hook = answer.webhook
		}
	} else if err := x.call(ctx, in, request{method: "PUT", path: "/2/webhooks/" + string(hook.ID), app: true}, nil); err != nil {
		return err
	}
	return x.subscribe(ctx, in, string(hook.ID))
}

// subscribe has the account's events sent to the webhook. What is subscribed
// already stays so.
func (x *X) subscribe(ctx context.Context, in parley.EntryPoint, hook string) error {
	if in.Setting("envelope") == "aaa" {
		return known(x.call(ctx, in, post("/2/account_activity/webhooks/"+hook+"/subscriptions/all", map[string]string{}), nil))
	}
	for _, event := range events {
		body := map[string]any{"event_type": event, "filter": map[string]string{"user_id": string(in.Address)}, "tag": string(in.ID), "webhook_id": hook}
		if err := known(x.call(ctx, in, post("/2/activity/subscriptions", body), nil)); err != nil {
			return err
		}
	}
	return nil
}

// known lets a subscription pass that is there already.
func known(err error) error {
	var e *channel.SendError
	ok := errors.As(err, &e)
	if ok && (strings.Contains(e.Detail, "uplicate") || strings.HasPrefix(e.Detail, "409") || strings.Contains(e.Detail, "already")) {
		return nil
	}
	return err
}
