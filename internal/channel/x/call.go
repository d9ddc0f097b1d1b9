package x

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

// request is one call of X's API.
type request struct {
	method string
	path   string
	query  url.Values
	kind   string // of body
	body   []byte
	app    bool // as the app, not as the user
}

// post is a call with a JSON body.
func post(path string, body any) request {
	raw, err := json.Marshal(body)
	if err != nil {
		raw = []byte("{}") // our bodies are maps of texts
	}
	return request{method: http.MethodPost, path: path, kind: "application/json", body: raw}
}

// call makes a call as the user, or as the app, and reads the answer's body into out.
//
// Errors: *channel.SendError.
func (x *X) call(ctx context.Context, in parley.EntryPoint, c request, out any) error {
	req, err := http.NewRequestWithContext(ctx, c.method, base(in)+c.path, bytes.NewReader(c.body))
	if err != nil {
		return &channel.SendError{Code: channel.Config, Detail: "wrong_field base_url"}
	}
	req.URL.RawQuery = c.query.Encode()
	if c.kind != "" {
		req.Header.Set("Content-Type", c.kind)
	}
	x.authorize(in, req, c.app)
	answer, err := channel.Call(x.client, req)
	if err != nil {
		return err
	}
	if e := refusal(answer); e != nil {
		used := strings.TrimPrefix(req.Header.Get("Authorization"), "Bearer ")
		if e.Code == channel.Auth && !c.app && x.expired(in, used) {
			e.Code = channel.Transient
		}
		return e
	}
	if out == nil || len(answer.Body) == 0 {
		return nil
	}
	if err := json.Unmarshal(answer.Body, out); err != nil {
		return &channel.SendError{Code: channel.UnknownOutcome, Detail: "unreadable_answer"}
	}
	return nil
}

// authorize says who calls.
func (x *X) authorize(in parley.EntryPoint, req *http.Request, app bool) {
	switch {
	case app:
		req.Header.Set("Authorization", "Bearer "+in.Setting("bearer_token"))
	case in.Setting("auth") == "oauth2":
		req.Header.Set("Authorization", "Bearer "+x.token(in))
	default:
		req.Header.Set("Authorization", oauth1(in, req, nil, x.clock.Now()))
	}
}

// problem is a refusal, as version 2 and as the older API write it.
//
// Source: https://docs.x.com/x-api/fundamentals/response-codes-and-errors
type problem struct {
	Title  string `json:"title"`
	Type   string `json:"type"`
	Detail string `json:"detail"`
	Reason string `json:"reason"`
	Fault  string `json:"error"` // of a token
	Errors []struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Title   string `json:"title"`
		Detail  string `json:"detail"`
		Type    string `json:"type"`
	} `json:"errors"`
	Data json.RawMessage `json:"data"`
}

// refusal reads an answer that says no, with whatever status; nil if it says yes.
func refusal(a channel.Answer) *channel.SendError {
	var p problem
	readable := json.Unmarshal(a.Body, &p) == nil
	if a.Status < 300 && (!readable || len(p.Errors) == 0 || len(p.Data) > 0) {
		return nil
	}
	code, words := 0, p.Detail
	if len(p.Errors) > 0 {
		e := p.Errors[0]
		code = e.Code
		p.Type += " " + e.Type
		if words == "" || words == "One or more parameters to your request was invalid." {
			words = strings.TrimSpace(e.Message + " " + e.Detail)
		}
	}
	if words == "" {
		words = p.Title + p.Fault
	}
	e := a.Failed()
	e.Code = class(a.Status, code, p.Type+" "+p.Title+" "+p.Reason+" "+words, e.Code)
	e.Detail = strings.TrimSpace(strconv.Itoa(a.Status) + " " + channel.Words(words))
	if code != 0 {
		e.Detail = strings.TrimSpace(strconv.Itoa(a.Status) + "/" + strconv.Itoa(code) + " " + channel.Words(words))
	}
	if e.Code == channel.Throttled {
		e.After = max(e.After, until(a.Header))
	}
	return e
}

// class is what an error of X means. fallback is what its status alone says.
//
// Source: networks.md 4, the table of errors.
func class(status, code int, what string, fallback channel.Code) channel.Code {
	switch code {
	case 88, 420, 185:
		return channel.Throttled
	case 349, 150, 151, 179, 50, 108, 34:
		return channel.RecipientUnavailable
	case 354:
		return channel.TooLong
	case 187, 226:
		return channel.Refused
	case 32, 89, 135, 215:
		return channel.Auth
	case 64, 326, 63:
		return channel.Blocked
	case 93, 220, 261, 453:
		return channel.Config
	case 324, 325:
		return channel.MediaFault
	case 130, 131:
		return channel.Transient
	}
	what = strings.ToLower(what)
	has := func(list ...string) bool {
		for _, s := range list {
			if strings.Contains(what, s) {
				return true
			}
		}
		return false
	}
	switch {
	case has("client-forbidden", "client-not-enrolled", "usage-capped", "usagecapexceeded", "oauth1-permissions", "unsupported-authentication", "unsupported authentication"):
		return channel.Config
	case status == http.StatusBadRequest && has("media id"):
		return channel.MediaFault
	case status == http.StatusForbidden, status == http.StatusNotFound && has("resource-not-found", "not found"):
		return channel.RecipientUnavailable
	case status < 300:
		return channel.BadRequest
	}
	return fallback
}

// leastPause is how long we wait where X does not say until when.
//
// Source: networks.md 4: at reset, else 60 s or more.
const leastPause = time.Minute

// until is how long the limits last that are used up, by X's own clock.
//
// Source: https://docs.x.com/x-api/fundamentals/rate-limits
func until(h http.Header) time.Duration {
	now, err := http.ParseTime(h.Get("Date"))
	longest := time.Duration(0)
	for _, limit := range []string{"X-Rate-Limit", "X-User-Limit-24hour", "X-App-Limit-24hour"} {
		reset, parsed := strconv.ParseInt(h.Get(limit+"-Reset"), 10, 64)
		if err != nil || parsed != nil || h.Get(limit+"-Remaining") != "0" {
			continue
		}
		longest = max(longest, time.Unix(reset, 0).Sub(now))
	}
	if longest <= 0 || longest > 25*time.Hour {
		return leastPause
	}
	return longest
}

// basic is the app's own name and word, for its token calls.
func basic(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))
}
