package x

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"parley"
	"parley/internal/channel"
)

// replacement is a token that took another's place.
type replacement struct{ old, now string }

// token returns the user's token: the renewed one where the entry point was read
// before it was saved.
func (x *X) token(in parley.EntryPoint) string {
	given := in.Setting("oauth2_token")
	x.mu.Lock()
	defer x.mu.Unlock()
	if r, ok := x.fresh[in.ID]; ok && r.old == given {
		return r.now
	}
	return given
}

// before is how long before its end a token is renewed.
const before = 10 * time.Minute

// Run keeps a user's OAuth 2.0 token alive: it lasts two hours, its refresh token
// is good once. With OAuth 1.0a there is nothing to do.
//
// Errors: *channel.SendError.
// Source: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
func (x *X) Run(ctx context.Context, in parley.EntryPoint, host channel.Host) error {
	if in.Setting("auth") != "oauth2" || in.Setting("refresh_token") == "" {
		<-ctx.Done()
		return ctx.Err()
	}
	refresh, last := in.Setting("refresh_token"), in.Setting("oauth2_token")
	expires := expiry(in)
	for {
		wait := time.NewTimer(expires.Add(-before).Sub(host.Now())) // at once where it is past
		select {
		case <-ctx.Done():
			wait.Stop()
			return ctx.Err()
		case <-wait.C:
		}
		t, err := x.renew(ctx, in, refresh)
		if err != nil {
			tell(ctx, host, err)
			return err
		}
		x.mu.Lock()
		x.fresh[in.ID] = replacement{last, t.Access}
		x.mu.Unlock()
		refresh, last, expires = t.Refresh, t.Access, host.Now().Add(time.Duration(t.Lasts)*time.Second)
		if err := keep(ctx, host, t, expires); err != nil {
			return err
		}
		host.Trouble(ctx, nil)
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
	if e, ok := err.(*channel.SendError); ok && (e.Code == channel.Auth || e.Code == channel.Config) {
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
		return tokens{}, &channel.SendError{Code: channel.Config, Detail: "base_url"}
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
		return tokens{}, &channel.SendError{Code: channel.Auth, Detail: "no token in the answer"}
	}
	if t.Refresh == "" {
		t.Refresh = refresh
	}
	return t, nil
}
