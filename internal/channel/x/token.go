package x

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"parley"
	"parley/internal/channel"
)

// safekeeper keeps an entry point's token alive.
type safekeeper struct {
	old, now string        // the token, and what took its place
	wake     chan struct{} // 1: X does not take it any more
}

// token returns the user's token: the renewed one where the entry point was read
// before it was saved.
func (x *X) token(in parley.EntryPoint) string {
	given := in.Setting("oauth2_token")
	x.mu.Lock()
	defer x.mu.Unlock()
	if k := x.kept[in.ID]; k != nil && k.now != "" && k.old == given {
		return k.now
	}
	return given
}

// expired asks for a new token in place of the one that X refused, if somebody
// keeps it alive: what was refused may then be tried again. One that was replaced
// meanwhile needs nobody.
func (x *X) expired(in parley.EntryPoint, used string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	k := x.kept[in.ID]
	if k == nil || in.Setting("auth") != "oauth2" {
		return false
	}
	if used != cmp.Or(k.now, k.old) {
		return true
	}
	select {
	case k.wake <- struct{}{}:
	default: // it was asked already
	}
	return true
}

// How long before its end a token is renewed, and how long X is left alone when it
// refuses one that it has only just given: longer each time, for somebody waits.
const (
	before    = 10 * time.Minute
	pauseMin  = time.Second
	pauseMost = time.Minute
)

// Run keeps a user's OAuth 2.0 token alive: it lasts two hours, its refresh token
// is good once. With OAuth 1.0a there is nothing to do.
//
// Errors: *channel.SendError.
// Source: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
func (x *X) Run(ctx context.Context, in parley.EntryPoint, host channel.Host) error {
	if in.Setting("auth") != "oauth2" || in.Setting("refresh_token") == "" {
		x.keeps(in.ID, nil)
		<-ctx.Done()
		return ctx.Err()
	}
	return x.run(ctx, in, host, &safekeeper{old: in.Setting("oauth2_token"), wake: make(chan struct{}, 1)})
}

// run keeps the token of k alive. k stays known when it ends: what is on its way
// still has the token before.
func (x *X) run(ctx context.Context, in parley.EntryPoint, host channel.Host, k *safekeeper) error {
	x.keeps(in.ID, k)
	refresh, expires := in.Setting("refresh_token"), expiry(in)
	var renewed, again time.Time
	for {
		if err := k.wait(ctx, host, expires, again); err != nil {
			return err
		}
		t, err := x.renew(ctx, in, refresh)
		if err != nil {
			tell(ctx, host, err)
			return err
		}
		x.replaced(k, t.Access)
		pause := longer(again.Sub(renewed), host.Now().Sub(renewed))
		renewed = host.Now()
		again = renewed.Add(pause)
		refresh, expires = t.Refresh, renewed.Add(time.Duration(t.Lasts)*time.Second)
		if err := keep(ctx, host, t, expires); err != nil {
			return err
		}
		host.Trouble(ctx, nil)
	}
}

// longer is the next pause between two tokens: the shortest one where the last was
// good for a while.
func longer(pause, lasted time.Duration) time.Duration {
	if lasted > pauseMost {
		return pauseMin
	}
	return min(max(2*pause, pauseMin), pauseMost)
}

// wait returns when the token must be renewed: its end is near, or X refused it
// and it is not too soon to ask again.
func (k *safekeeper) wait(ctx context.Context, host channel.Host, expires, again time.Time) error {
	end := time.NewTimer(expires.Add(-before).Sub(host.Now())) // at once where it is past
	defer end.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-end.C:
		return nil
	case <-k.wake:
	}
	soon := time.NewTimer(again.Sub(host.Now()))
	defer soon.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-soon.C:
		return nil
	}
}

// keeps notes who keeps an entry point's token alive, nil for nobody.
func (x *X) keeps(id parley.EntryPointID, k *safekeeper) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if k == nil {
		delete(x.kept, id)
		return
	}
	x.kept[id] = k
}

// replaced notes the new token: sends that still know the one before use it.
func (x *X) replaced(k *safekeeper, token string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if k.now != "" {
		k.old = k.now
	}
	k.now = token
	select {
	case <-k.wake: // that was about the one before
	default:
	}
}

// expiry is until when the stored token lasts; nobody knows of a first one.
func expiry(in parley.EntryPoint) time.Time {
	ms, err := strconv.ParseInt(in.Setting("oauth2_until"), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return parley.FromMillis(ms)
}

// tell reports a refusal that only an administrator can end.
func tell(ctx context.Context, host channel.Host, err error) {
	var e *channel.SendError
	if errors.As(err, &e) && (e.Code == channel.Auth || e.Code == channel.Config) {
		host.Trouble(ctx, &channel.News{Code: e.Code, Detail: e.Detail})
	}
}

// keep saves the tokens. The old refresh token is used up: what could not be saved
// is tried again for as long as we run.
func keep(ctx context.Context, host channel.Host, t tokens, expires time.Time) error {
	saved := map[string]string{"oauth2_token": t.Access, "refresh_token": t.Refresh, "oauth2_until": strconv.FormatInt(parley.Millis(expires), 10)}
	for pause := time.Second; ; pause = min(2*pause, time.Minute) {
		err := host.Save(ctx, saved)
		if err == nil {
			return nil
		}
		wait := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			wait.Stop()
			return err
		case <-wait.C:
		}
	}
}

// tokens are what X gives for a refresh token.
type tokens struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Lasts   int64  `json:"expires_in"` // Unit: seconds
}

// renew changes a refresh token for a new pair.
//
// Errors: *channel.SendError; Auth where X does not take it.
func (x *X) renew(ctx context.Context, in parley.EntryPoint, refresh string) (tokens, error) {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}, "client_id": {in.Setting("client_id")}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base(in)+"/2/oauth2/token", bytes.NewReader([]byte(form.Encode())))
	if err != nil {
		return tokens{}, &channel.SendError{Code: channel.Config, Detail: "wrong_field base_url"}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if secret := in.Setting("client_secret"); secret != "" {
		req.Header.Set("Authorization", basic(in.Setting("client_id"), secret))
	}
	answer, err := channel.Call(x.client, req)
	if err != nil {
		return tokens{}, channel.Beforehand(err)
	}
	if e := refusal(answer); e != nil {
		if answer.Status == http.StatusBadRequest || answer.Status == http.StatusUnauthorized {
			e.Code = channel.Auth
		}
		return tokens{}, e
	}
	var t tokens
	if err := json.Unmarshal(answer.Body, &t); err != nil || t.Access == "" || t.Lasts <= 0 {
		return tokens{}, &channel.SendError{Code: channel.Auth, Detail: "no_token"}
	}
	if t.Refresh == "" {
		t.Refresh = refresh
	}
	return t, nil
}
