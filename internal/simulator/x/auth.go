package x

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // OAuth 1.0a signs with it
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"parley/internal/simulator"
)

// Who a call may be made by.
const (
	asOAuth1 = 1 << iota // the user, by OAuth 1.0a
	asOAuth2             // the user, by OAuth 2.0
	asApp                // the app's bearer token
	asUser   = asOAuth1 | asOAuth2
)

// token is an OAuth 2.0 access token.
type token struct {
	until time.Time
	fresh bool // made while the older ones counted as expired
}

// allowed checks who calls; if they may not, the call has been answered.
func (n *network) allowed(w http.ResponseWriter, r *http.Request, who int) bool {
	kind, bad := n.caller(r)
	switch {
	case bad != nil:
		bad.answer(w)
	case kind&who == 0:
		unsupported("OAuth 1.0a User Context, OAuth 2.0 User Context").answer(w)
	default:
		return true
	}
	return false
}

// caller says how a call is signed, or what is wrong with it.
func (n *network) caller(r *http.Request) (kind int, bad *problem) {
	header := r.Header.Get("Authorization")
	if strings.HasPrefix(header, "OAuth ") {
		if n.line.Weather().TokenExpired {
			return 0, &expired
		}
		if err := n.signed(r, header); err != nil {
			return 0, &unauthorized
		}
		return asOAuth1, nil
	}
	given, ok := strings.CutPrefix(header, "Bearer ")
	if !ok {
		return 0, &unauthorized
	}
	if app := n.line.Setting("bearer_token"); app != "" && hmac.Equal([]byte(app), []byte(given)) {
		return asApp, nil
	}
	n.mu.Lock()
	t, known := n.tokens[given]
	n.mu.Unlock()
	if !known || n.line.Now().After(t.until) || n.line.Weather().TokenExpired && !t.fresh {
		return 0, &unauthorized
	}
	return asOAuth2, nil
}

// signed checks an OAuth 1.0a signature.
// Source: https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
func (n *network) signed(r *http.Request, header string) error {
	params := url.Values{}
	for pair := range strings.SplitSeq(strings.TrimPrefix(header, "OAuth "), ",") {
		key, quoted, _ := strings.Cut(strings.TrimSpace(pair), "=")
		value, err := url.PathUnescape(strings.Trim(quoted, `"`))
		if err != nil {
			return err
		}
		params.Add(key, value)
	}
	given := params.Get("oauth_signature")
	params.Del("oauth_signature")
	params.Del("realm")
	if params.Get("oauth_consumer_key") != n.line.Setting("consumer_key") || params.Get("oauth_token") != n.line.Setting("access_token") ||
		params.Get("oauth_signature_method") != "HMAC-SHA1" || params.Get("oauth_nonce") == "" {
		return errors.New("not our keys")
	}
	for key, values := range r.URL.Query() {
		params[key] = append(params[key], values...)
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return err
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		for key, values := range form {
			params[key] = append(params[key], values...)
		}
	}
	// A client that knows no other address than X's own signs that one.
	for _, address := range []string{n.line.Called(r), "https://api.x.com" + r.URL.EscapedPath()} {
		mac := hmac.New(sha1.New, []byte(percent(n.line.Setting("consumer_secret"))+"&"+percent(n.line.Setting("access_token_secret"))))
		mac.Write([]byte(r.Method + "&" + percent(address) + "&" + percent(normalized(params))))
		if want := base64.StdEncoding.EncodeToString(mac.Sum(nil)); hmac.Equal([]byte(want), []byte(given)) {
			return nil
		}
	}
	return errors.New("the signature differs")
}

// normalized joins parameters sorted by their encoded names and values.
func normalized(params url.Values) string {
	var pairs []string
	for key, values := range params {
		for _, value := range values {
			pairs = append(pairs, percent(key)+"="+percent(value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// percent encodes all but unreserved characters (RFC 3986).
func percent(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(url.QueryEscape(s), "+", "%20"), "%7E", "~")
}

// userToken is POST /2/oauth2/token: a refresh token is used once and replaced.
// Source: https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token
func (n *network) userToken(w http.ResponseWriter, r *http.Request) {
	asked, err := asked(r)
	if err != nil {
		tokenRefused(w, "invalid_request", "The body is neither a form nor JSON.")
		return
	}
	id, secret, basic := r.BasicAuth()
	confidential := n.line.Setting("client_secret") != ""
	switch {
	case confidential && (!basic || secret != n.line.Setting("client_secret")):
		simulator.WriteJSON(w, http.StatusUnauthorized, map[string]string{"error": "unauthorized_client", "error_description": "Missing valid authorization header"})
	case or(id, asked["client_id"]) != n.line.Setting("client_id"):
		tokenRefused(w, "invalid_request", "Value passed for the client id was invalid.")
	case asked["grant_type"] != "refresh_token":
		tokenRefused(w, "unsupported_grant_type", "This simulator refreshes tokens; it has no page to sign in.")
	default:
		n.rotate(w, asked["refresh_token"])
	}
}

// asked is a token request's parameters. The standard has a form; X takes JSON too.
func asked(r *http.Request) (map[string]string, error) {
	out := map[string]string{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return out, json.NewDecoder(r.Body).Decode(&out)
	}
	err := r.ParseForm()
	for key := range r.Form {
		out[key] = r.Form.Get(key)
	}
	return out, err
}

func (n *network) rotate(w http.ResponseWriter, given string) {
	n.mu.Lock()
	ok := n.refresh != "" && given == n.refresh
	access, next := fmt.Sprintf("access-%019d", n.line.Serial()), fmt.Sprintf("refresh-%019d", n.line.Serial())
	if ok {
		if len(n.tokens) > 100 {
			clear(n.tokens)
		}
		n.refresh = next
		n.tokens[access] = token{until: n.line.Now().Add(accessLives), fresh: n.line.Weather().TokenExpired}
	}
	n.mu.Unlock()
	if !ok {
		tokenRefused(w, "invalid_request", "Value passed for the token was invalid.")
		return
	}
	n.line.Hide(access)
	n.line.Hide(next)
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"token_type": "bearer", "expires_in": int(accessLives.Seconds()),
		"access_token": access, "refresh_token": next, "scope": "dm.write dm.read tweet.read users.read media.write offline.access"})
}

func tokenRefused(w http.ResponseWriter, code, why string) {
	simulator.WriteJSON(w, http.StatusBadRequest, map[string]string{"error": code, "error_description": why})
}

// appToken is POST /oauth2/token: the app's own bearer token.
func (n *network) appToken(w http.ResponseWriter, r *http.Request) {
	key, secret, ok := r.BasicAuth()
	if !ok || key != n.line.Setting("consumer_key") || secret != n.line.Setting("consumer_secret") || n.line.Setting("bearer_token") == "" {
		simulator.WriteJSON(w, http.StatusForbidden, map[string]any{"errors": []any{map[string]any{"code": 99, "label": "authenticity_token_error", "message": "Unable to verify your credentials"}}})
		return
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]string{"token_type": "bearer", "access_token": n.line.Setting("bearer_token")})
}
