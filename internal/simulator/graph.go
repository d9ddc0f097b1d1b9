package simulator

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"
)

// What WhatsApp and Messenger share: Meta's Graph API, its errors and how it
// signs webhooks.

// GraphRetries is Meta's way of trying again: at once, then less and less often,
// for seven days.
// Source: networks.md 1.
var GraphRetries = []time.Duration{
	time.Second, 10 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour,
	4 * time.Hour, 12 * time.Hour, 24 * time.Hour, 24 * time.Hour, 48 * time.Hour, 48 * time.Hour,
}

// GraphError is an error as the Graph API tells it.
type GraphError struct {
	Status  int
	Code    int
	Subcode int
	Type    string // OAuthException if empty
	Message string
	Details string // error_data.details, WhatsApp only
}

// Answer writes the error.
func (e GraphError) Answer(l *Line, w http.ResponseWriter) {
	body := map[string]any{"message": e.Message, "type": first(e.Type, "OAuthException"), "code": e.Code, "fbtrace_id": fmt.Sprintf("Az%013d", l.Serial())}
	if e.Subcode != 0 {
		body["error_subcode"] = e.Subcode
	}
	if e.Details != "" {
		body["error_data"] = map[string]string{"messaging_product": "whatsapp", "details": e.Details}
	}
	if e.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `OAuth "Facebook Platform" "invalid_token" "`+e.Message+`"`)
	}
	WriteJSON(w, e.Status, map[string]any{"error": body})
}

var versioned = regexp.MustCompile(`^/v\d{1,2}\.\d(/|$)`)

// GraphPath splits a call's path after its version. A call without one is taken
// as the app's default version, as Meta does.
func GraphPath(r *http.Request) []string {
	path := r.URL.Path
	if v := versioned.FindString(path); v != "" {
		path = "/" + strings.TrimPrefix(path, v)
	}
	return strings.Split(strings.Trim(path, "/"), "/")
}

// GraphAllowed checks the token of a call, in its header or its query, and the
// proof beside it; if it is wrong, the call has been answered. The app's own token
// (its id, |, its secret) does not expire.
func (l *Line) GraphAllowed(w http.ResponseWriter, r *http.Request) bool {
	given, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	query := r.URL.Query()
	if !bearer {
		given = query.Get("access_token")
	}
	account := equal(given, l.Setting("access_token"))
	app := equal(given, l.AppID()+"|"+l.Setting("app_secret"))
	proof := query.Get("appsecret_proof")
	bad := GraphError{Status: 401, Code: 190, Message: "Invalid OAuth access token - Cannot parse access token"}
	switch {
	case given == "":
		bad = GraphError{Status: 401, Code: 104, Message: "An access token is required to request this resource."}
	case account && l.Weather().TokenExpired:
		bad = GraphError{Status: 401, Code: 190, Subcode: 463, Message: "Error validating access token: Session has expired."}
	case proof != "" && !equal(proof, hexMAC(l.Setting("app_secret"), []byte(given))):
		bad = GraphError{Status: 400, Code: 100, Type: "GraphMethodException", Message: "Invalid appsecret_proof provided in the API argument"}
	case account || app:
		return true
	}
	bad.Answer(l, w)
	return false
}

func equal(a, b string) bool { return b != "" && hmac.Equal([]byte(a), []byte(b)) }

func hexMAC(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// AppID is the app's, or one for an account that names none.
func (l *Line) AppID() string { return first(l.Setting("app_id"), "670843887433847") }

// GraphUnknown answers a call of what is not there.
func (l *Line) GraphUnknown(w http.ResponseWriter, r *http.Request, id string) {
	GraphError{Status: 400, Code: 100, Subcode: 33, Type: "GraphMethodException", Message: "Unsupported " + strings.ToLower(r.Method) +
		" request. Object with ID '" + id + "' does not exist, cannot be loaded due to missing permissions, or does not support this operation."}.Answer(l, w)
}

// GraphApps answers a call of subscribed_apps: app is what is told of, nil for none.
// Source: https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps/
func GraphApps(w http.ResponseWriter, r *http.Request, app map[string]any) {
	data := []any{}
	if app != nil {
		data = append(data, app)
	}
	if r.Method == http.MethodGet {
		WriteJSON(w, http.StatusOK, map[string]any{"data": data})
	} else {
		WriteJSON(w, http.StatusOK, map[string]bool{"success": true})
	}
}

// GraphFault answers a send as Meta does in bad weather.
func (l *Line) GraphFault(w http.ResponseWriter, f Fault, throttled GraphError) {
	switch f {
	case FaultThrottled:
		throttled.Answer(l, w)
	case FaultInside:
		GraphError{Status: 200, Code: 131000, Message: "(#131000) Something went wrong", Details: "Message failed to send due to an unknown error."}.Answer(l, w)
	default:
		GraphError{Status: 500, Code: 2, Type: "OAuthException", Message: "An unexpected error has occurred. Please retry your request later."}.Answer(l, w)
	}
}

// DebugToken answers GET /debug_token as long as the token is the account's.
func (l *Line) DebugToken(w http.ResponseWriter, r *http.Request, scopes ...string) {
	data := map[string]any{
		"app_id": l.AppID(), "type": "SYSTEM_USER", "application": "Parley",
		"data_access_expires_at": 0, "expires_at": 0, "is_valid": true, "issued_at": l.Now().Add(-24 * time.Hour).Unix(), "scopes": scopes,
	}
	if at := l.Setting("token_expires_at"); at != "" {
		data["expires_at"] = json.Number(at)
	}
	if r.URL.Query().Get("input_token") != l.Setting("access_token") {
		data = map[string]any{"is_valid": false, "scopes": []string{}, "error": map[string]any{"code": 190, "message": "Invalid OAuth access token."}}
	} else if l.Weather().TokenExpired {
		data["is_valid"] = false
		data["expires_at"] = l.Now().Add(-time.Hour).Unix()
		data["error"] = map[string]any{"code": 190, "subcode": 463, "message": "Error validating access token: Session has expired."}
	}
	WriteJSON(w, http.StatusOK, map[string]any{"data": data})
}

// GraphHook is a webhook as Meta sends it: escaped JSON, signed over its bytes.
func (l *Line) GraphHook(who string, body any) (Hook, error) {
	raw, err := Escaped(body)
	if err != nil {
		return Hook{}, err
	}
	return Hook{Who: who, Body: raw, Retries: GraphRetries, Header: http.Header{
		"Content-Type":        {"application/json"},
		"User-Agent":          {"facebookexternalua"},
		"X-Hub-Signature-256": {"sha256=" + hexMAC(l.Setting("app_secret"), raw)},
	}}, nil
}

// GraphHandshake asks the webhook, as Meta does when its address is saved.
//
// Errors: ErrRefused if the challenge does not come back.
func (l *Line) GraphHandshake(ctx context.Context, address, token string) error {
	challenge := fmt.Sprint(1_158_201_444 + l.Serial())
	query := url.Values{"hub.mode": {"subscribe"}, "hub.challenge": {challenge}, "hub.verify_token": {token}}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	answer, err := l.Call(ctx, Hook{Method: http.MethodGet, URL: address + separator + query.Encode(), Header: http.Header{}})
	if err != nil {
		return err
	}
	if answer.Status != http.StatusOK || string(answer.Body) != challenge {
		return fmt.Errorf("%w: the challenge did not come back (%d)", ErrRefused, answer.Status)
	}
	return nil
}

// Subscribe answers POST /{app}/subscriptions: the address is asked, then kept.
func (l *Line) Subscribe(w http.ResponseWriter, r *http.Request) {
	if !l.GraphAllowed(w, r) {
		return
	}
	if err := r.ParseForm(); err != nil {
		GraphError{Status: 400, Code: 100, Message: "(#100) Invalid parameter"}.Answer(l, w)
		return
	}
	address := r.Form.Get("callback_url")
	if err := l.GraphHandshake(r.Context(), address, r.Form.Get("verify_token")); err != nil {
		GraphError{Status: 400, Code: 2200, Message: "(#2200) Callback verification failed with the following errors: " + err.Error()}.Answer(l, w)
		return
	}
	l.SetWebhook(address)
	WriteJSON(w, http.StatusOK, map[string]bool{"success": true})
}

// Escaped is JSON as Meta writes it: everything beyond ASCII as \uXXXX and each
// slash as \/. Whoever checks a signature over JSON written anew fails.
// Source: networks.md 0, row 6.
func Escaped(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(raw)+len(raw)/4)
	for _, r := range string(raw) {
		switch {
		case r == '/':
			out = append(out, '\\', '/')
		case r < 0x80:
			out = append(out, byte(r))
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out, nil
}
