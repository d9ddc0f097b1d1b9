package meta

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/netguard"
)

// The Graph API's address and newest version we were written for.
//
// Source: networks.md 2; the version is a setting.
const (
	BaseURL    = "https://graph.facebook.com"
	APIVersion = "v25.0"
)

// MediaHosts are the hosts Meta serves customers' files from.
var MediaHosts = []string{"lookaside.fbsbx.com", ".fbcdn.net", ".fbsbx.com", ".cdninstagram.com", ".whatsapp.net"}

// Graph calls the Graph API for one entry point.
type Graph struct {
	client *http.Client
	base   string // with the version
	token  string
	secret string
	app    string
}

// New returns the Graph API as the entry point's settings say.
func New(client *http.Client, in parley.EntryPoint) Graph {
	base, version := in.Setting("base_url"), in.Setting("api_version")
	if base == "" {
		base = BaseURL
	}
	if version == "" {
		version = APIVersion
	}
	return Graph{
		client: client, base: strings.TrimRight(base, "/") + "/" + version,
		token: in.Setting("access_token"), secret: in.Setting("app_secret"), app: in.Setting("app_id"),
	}
}

// Error is a refusal of the Graph API, before a channel's table says what it means.
//
// Source: https://developers.facebook.com/docs/graph-api/guides/error-handling
type Error struct {
	Status  int // of HTTP; not reliable
	Code    int
	Subcode int
	Message string
	Details string // error_data.details
	answer  channel.Answer
}

// Error returns the numbers and Meta's words.
func (e *Error) Error() string { return e.Detail() }

// Detail is what an administrator is shown: numbers and Meta's own words.
func (e *Error) Detail() string {
	number := fmt.Sprint(e.Code)
	if e.Subcode != 0 {
		number += "/" + fmt.Sprint(e.Subcode)
	}
	words := e.Message
	if e.Details != "" {
		words = e.Details
	}
	return strings.TrimSpace(number + " " + channel.Words(words))
}

// Verdict turns the refusal into a SendError of that class.
func (e *Error) Verdict(code channel.Code) *channel.SendError {
	out := &channel.SendError{Code: code, Detail: e.Detail()}
	if code == channel.Throttled || code == channel.Transient {
		out.After = netguard.RetryAfter(e.answer.Header)
	}
	return out
}

// Get asks for path and reads the answer into out.
//
// Errors: *Error, *channel.SendError.
func (g Graph) Get(ctx context.Context, path string, query url.Values, out any) error {
	if query == nil {
		query = url.Values{}
	}
	return g.call(ctx, call{method: http.MethodGet, path: path, query: query}, out)
}

// Post sends body as JSON to path and reads the answer into out.
//
// Errors: *Error, *channel.SendError.
func (g Graph) Post(ctx context.Context, path string, body, out any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode a call: %w", err)
	}
	return g.call(ctx, call{method: http.MethodPost, path: path, query: url.Values{}, kind: "application/json", body: raw}, out)
}

// Upload sends a form with a file to path and reads the answer into out.
//
// Errors: *Error, *channel.SendError.
func (g Graph) Upload(ctx context.Context, path string, form channel.Form, out any) error {
	body, kind, err := form.Encode()
	if err != nil {
		return err
	}
	return g.call(ctx, call{method: http.MethodPost, path: path, query: url.Values{}, kind: kind, body: body}, out)
}

type call struct {
	method, path, kind string
	query              url.Values
	body               []byte
}

func (g Graph) call(ctx context.Context, c call, out any) error {
	if g.secret != "" && g.token != "" {
		c.query.Set("appsecret_proof", Proof(g.secret, g.token))
	}
	address := g.base + "/" + strings.TrimLeft(c.path, "/")
	if len(c.query) > 0 {
		address += "?" + c.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, c.method, address, bytes.NewReader(c.body))
	if err != nil {
		return &channel.SendError{Code: channel.Config, Detail: "wrong_field base_url"}
	}
	req.Header.Set("Authorization", "Bearer "+g.token)
	if c.kind != "" {
		req.Header.Set("Content-Type", c.kind)
	}
	answer, err := channel.Call(g.client, req)
	if err != nil {
		return err
	}
	return decode(answer, out)
}

// decode reads an answer; a refusal may come with any status, even 200.
func decode(answer channel.Answer, out any) error {
	var body struct {
		Error *struct {
			Code    *int   `json:"code"`
			Subcode int    `json:"error_subcode"`
			Message string `json:"message"`
			Data    struct {
				Details string `json:"details"`
			} `json:"error_data"`
		} `json:"error"`
	}
	err := json.Unmarshal(answer.Body, &body)
	if err == nil && body.Error != nil && body.Error.Code != nil {
		e := body.Error
		return &Error{Status: answer.Status, Code: *e.Code, Subcode: e.Subcode, Message: e.Message, Details: e.Data.Details, answer: answer}
	}
	if answer.Status >= 300 || (err == nil && body.Error != nil) {
		return answer.Failed()
	}
	if err == nil {
		err = json.Unmarshal(answer.Body, out)
	}
	if err != nil {
		return &channel.SendError{Code: channel.UnknownOutcome, Detail: "unreadable_answer"}
	}
	return nil
}

// Proof shows that who holds the token also holds the app's secret.
//
// Source: https://developers.facebook.com/docs/graph-api/guides/secure-requests
func Proof(secret, token string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(token))
	return hex.EncodeToString(mac.Sum(nil))
}

// pagesMax bounds how far a list is followed.
const pagesMax = 20

// All reads a list page by page, at most 20 of them, and hands each item to take.
//
// Errors: *Error, *channel.SendError; whatever take returns.
func (g Graph) All(ctx context.Context, path string, query url.Values, take func(json.RawMessage) error) error {
	for range pagesMax {
		var page struct {
			Data   []json.RawMessage `json:"data"`
			Paging struct {
				Cursors struct {
					After string `json:"after"`
				} `json:"cursors"`
				Next string `json:"next"`
			} `json:"paging"`
		}
		if err := g.Get(ctx, path, query, &page); err != nil {
			return err
		}
		for _, item := range page.Data {
			if err := take(item); err != nil {
				return err
			}
		}
		if page.Paging.Next == "" || page.Paging.Cursors.After == "" {
			return nil
		}
		query.Set("after", page.Paging.Cursors.After)
	}
	return nil
}

// Expires asks until when the token is good; zero is for ever. Without the app's
// id and secret Meta does not say.
//
// Errors: *Error, *channel.SendError; Auth when the token is no good any more.
// Source: https://developers.facebook.com/docs/graph-api/reference/debug_token
func (g Graph) Expires(ctx context.Context) (time.Time, error) {
	if g.app == "" || g.secret == "" {
		return time.Time{}, nil
	}
	app := g
	app.token = g.app + "|" + g.secret
	var answer struct {
		Data struct {
			Valid   bool `json:"is_valid"`
			Expires Time `json:"expires_at"`
			Data    Time `json:"data_access_expires_at"`
			Error   struct {
				Code    int    `json:"code"`
				Subcode int    `json:"subcode"`
				Message string `json:"message"`
			} `json:"error"`
		} `json:"data"`
	}
	if err := app.Get(ctx, "debug_token", url.Values{"input_token": {g.token}}, &answer); err != nil {
		return time.Time{}, err
	}
	if !answer.Data.Valid {
		e := answer.Data.Error
		return time.Time{}, (&Error{Code: e.Code, Subcode: e.Subcode, Message: e.Message}).Verdict(channel.Auth)
	}
	until := answer.Data.Expires.Time
	if data := answer.Data.Data.Time; !data.IsZero() && (until.IsZero() || data.Before(until)) {
		until = data
	}
	return until, nil
}

// Subscribed asks whether our app is told of the object's events.
//
// Errors: *Error, *channel.SendError.
func (g Graph) Subscribed(ctx context.Context, object string) (bool, error) {
	found := false
	err := g.All(ctx, object+"/subscribed_apps", url.Values{}, func(raw json.RawMessage) error {
		var app struct {
			ID       ID `json:"id"`
			WhatsApp struct {
				ID ID `json:"id"`
			} `json:"whatsapp_business_api_data"`
		}
		if json.Unmarshal(raw, &app) == nil {
			found = found || g.app == "" || string(app.ID) == g.app || string(app.WhatsApp.ID) == g.app
		}
		return nil
	})
	return found, err
}

// Hook is what Meta is told of a webhook.
type Hook struct {
	Object  string
	Address string
	Token   string
	Fields  string // separated by commas
}

// Hook tells Meta the address of the app's webhook; Meta asks it for a handshake
// before it answers.
//
// Errors: *Error, *channel.SendError; Config without the app's id.
// Source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
func (g Graph) Hook(ctx context.Context, h Hook) error {
	if g.app == "" || g.secret == "" {
		return &channel.SendError{Code: channel.Config, Detail: "missing_field app_id"}
	}
	app := g
	app.token = g.app + "|" + g.secret
	form := url.Values{"object": {h.Object}, "callback_url": {h.Address}, "verify_token": {h.Token}, "fields": {h.Fields}, "include_values": {"true"}}
	return app.call(ctx, call{method: http.MethodPost, path: g.app + "/subscriptions", query: url.Values{}, kind: "application/x-www-form-urlencoded", body: []byte(form.Encode())}, &struct{}{})
}
