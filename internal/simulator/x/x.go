// Package x simulates X's API as far as direct messages need it, and the phones
// of those who write them.
//
// Source: https://docs.x.com/x-api/direct-messages/manage/introduction and
// https://docs.x.com/x-api/activity/event-payloads
package x

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/internal/simulator"
)

// Provider opens accounts of an app. Settings: user_id, consumer_secret; for OAuth
// 1.0a consumer_key, access_token, access_token_secret; for OAuth 2.0 client_id,
// client_secret, oauth2_token, refresh_token; bearer_token (the app's own);
// envelope (xaa, the default, or aaa), sends_per_window and reads_per_window (15
// as at X), strict_urls=true (webhooks only https, without a port).
var Provider = simulator.Provider{Name: "x", Needs: []string{"user_id", "consumer_secret"}, Open: open, Kinds: kinds}

// kinds are what its phones can do; Say says how.
var kinds = []string{
	"text", "image", "video", "quick_reply", "button", "typing", "read", "encrypted", "echo", "revoke_access", "block", "unblock", "fail", "verify",
	"raw",
}

// Limits of the network.
// Source: networks.md 4.
const (
	textMax       = 10_000
	perWindow     = 15
	perDay        = 1_440
	limitWindow   = 15 * time.Minute
	mediaLives    = 24 * time.Hour
	eventsLive    = 30 * 24 * time.Hour
	eventsMax     = 2_000
	accessLives   = 2 * time.Hour
	snowflakeBase = 2_080_763_914_820_900_000 // ids of July 2026: beyond 2^53
)

// network is one user of X who has given an app access.
type network struct {
	line *simulator.Line

	mu      sync.Mutex // all below
	people  map[string]*person
	tokens  map[string]token // OAuth 2.0 access tokens
	refresh string
	windows map[string]*allowance
	hooks   []*webhook
	listed  bool // hooks has the account's own, if there was one
	aaa     bool // the user's events are subscribed to, by Account Activity
	xaa     []subscription
	dms     []dm
	posted  []post
	uploads map[string]*upload
}

// person is somebody who writes to us.
type person struct {
	id, name, username string
	refuses            bool // takes no messages from us
	fails              []problem
}

// dm is an event of a conversation, as GET /2/dm_events tells it.
type dm struct {
	id, sender, recipient, text, media string
	at                                 time.Time
}

func open(l *simulator.Line) (simulator.Network, error) {
	n := &network{line: l, people: map[string]*person{}, tokens: map[string]token{}, windows: map[string]*allowance{}, uploads: map[string]*upload{}}
	if t := l.Setting("oauth2_token"); t != "" {
		n.tokens[t] = token{until: l.Now().Add(accessLives)}
	}
	n.refresh = l.Setting("refresh_token")
	l.Every(time.Hour, n.challengeAll)
	return n, nil
}

// Reset forgets everybody, what was said and what was used up. Webhooks,
// subscriptions and tokens are set-up: they stay.
func (n *network) Reset() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.people, n.windows, n.uploads = map[string]*person{}, map[string]*allowance{}, map[string]*upload{}
	n.dms, n.posted = nil, nil
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (n *network) me() string { return n.line.Setting("user_id") }

// id makes a snowflake.
func (n *network) id() string { return strconv.FormatInt(snowflakeBase+n.line.Serial(), 10) }

func (n *network) meet(id, name, username string) *person {
	n.mu.Lock()
	defer n.mu.Unlock()
	p := n.people[id]
	if p == nil {
		if len(n.people) >= simulator.ThreadsMax {
			clear(n.people)
		}
		p = &person{id: id, name: "Ada King", username: "ada" + id[max(0, len(id)-6):]}
		n.people[id] = p
	}
	p.name, p.username = or(name, p.name), or(username, p.username)
	return p
}

// conversation is the id two people share: the smaller user id first.
func conversation(a, b string) string {
	if len(a) > len(b) || len(a) == len(b) && a > b {
		a, b = b, a
	}
	return a + "-" + b
}

// problem is an error as X's version 2 tells it.
// Source: https://docs.x.com/x-api/fundamentals/response-codes-and-errors
type problem struct {
	status int
	title  string
	detail string
	kind   string // after https://api.twitter.com/2/problems/; empty: about:blank
	code   int    // of version 1.1, in errors[]
}

func (p problem) answer(w http.ResponseWriter) {
	body := map[string]any{"title": p.title, "detail": p.detail, "status": p.status, "type": "about:blank"}
	if p.kind != "" {
		body["type"] = "https://api.twitter.com/2/problems/" + p.kind
	}
	if p.code != 0 {
		body["errors"] = []any{map[string]any{"code": p.code, "message": p.detail}}
	} else if p.status == http.StatusBadRequest {
		body["errors"] = []any{map[string]any{"message": p.detail, "parameters": map[string]any{}}}
	}
	simulator.WriteJSON(w, p.status, body)
}

// The problems a client meets.
var (
	unauthorized = problem{status: 401, title: "Unauthorized", detail: "Unauthorized"}
	expired      = problem{status: 401, title: "Unauthorized", detail: "Invalid or expired token.", code: 89}
	noPermission = problem{status: 403, title: "Forbidden", detail: "You do not have permission to DM one or more participants."}
	tooMany      = problem{status: 429, title: "Too Many Requests", detail: "Too Many Requests"}
	notFound     = problem{status: 404, title: "Not Found Error", detail: "Could not find the requested resource.", kind: "resource-not-found"}
)

func invalid(detail string) problem {
	return problem{status: 400, title: "Invalid Request", detail: detail, kind: "invalid-request"}
}

// unsupported is what a call with the wrong kind of token is answered.
func unsupported(allowed string) problem {
	return problem{status: 403, title: "Unsupported Authentication", kind: "unsupported-authentication",
		detail: "Authenticating with this type of token is forbidden for this endpoint. Supported authentication types are [" + allowed + "]."}
}

// allowance counts the calls of one kind.
type allowance struct {
	since, day  time.Time
	used, today int
}

// spend counts a call of the kind and writes the rate-limit headers; false if
// there are none left.
func (n *network) spend(w http.ResponseWriter, kind string, daily int) bool {
	most := perWindow
	if set, err := strconv.Atoi(n.line.Setting(kind + "_per_window")); err == nil && set > 0 {
		most, daily = set, max(daily, set*perDay)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.line.Now()
	a := n.windows[kind]
	if a == nil {
		a = &allowance{since: now, day: now}
		n.windows[kind] = a
	}
	if now.Sub(a.since) >= limitWindow {
		a.since, a.used = now, 0
	}
	if now.Sub(a.day) >= 24*time.Hour {
		a.day, a.today = now, 0
	}
	left, reset := most-a.used, a.since.Add(limitWindow)
	if kind == "sends" && a.today >= daily {
		left, reset = 0, a.day.Add(24*time.Hour)
	}
	ok := left > 0
	if ok {
		a.used++
		a.today++
		left--
	}
	limited(w, most, left, reset)
	return ok
}

func limited(w http.ResponseWriter, most, left int, reset time.Time) {
	w.Header().Set("x-rate-limit-limit", strconv.Itoa(most))
	w.Header().Set("x-rate-limit-remaining", strconv.Itoa(left))
	w.Header().Set("x-rate-limit-reset", strconv.FormatInt(reset.Unix(), 10))
}

// Sends reports whether a call sends a message.
func (n *network) Sends(r *http.Request, _ []byte) bool {
	return r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/2/dm_conversations") && strings.HasSuffix(r.URL.Path, "/messages")
}

// Fault answers a send in bad weather.
func (n *network) Fault(w http.ResponseWriter, f simulator.Fault) {
	switch f {
	case simulator.FaultThrottled:
		limited(w, perWindow, 0, n.line.Now().Add(limitWindow))
		tooMany.answer(w)
	case simulator.FaultInside:
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"errors": []any{map[string]any{"title": "Forbidden", "detail": noPermission.detail, "type": "about:blank"}}})
	default:
		problem{status: 503, title: "Service Unavailable", detail: "Service Unavailable"}.answer(w)
	}
}

// ServeHTTP is X's API as far as it concerns one user's messages.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(path) < 2 {
		notFound.answer(w)
		return
	}
	switch second := path[1]; {
	case path[0] == "1.1" && second == "ton":
		n.ton(w, r, path)
	case path[0] == "oauth2" && second == "token":
		n.appToken(w, r)
	case path[0] != "2":
		notFound.answer(w)
	case second == "oauth2":
		n.userToken(w, r)
	case second == "webhooks":
		n.webhooks(w, r, path[2:])
	case second == "account_activity":
		n.accountActivity(w, r, path[2:])
	case second == "activity" && len(path) > 2 && path[2] == "subscriptions":
		n.activity(w, r, path[3:])
	case second == "dm_conversations" && len(path) == 6 && path[2] == "media":
		n.media(w, r, path[3:])
	case second == "dm_conversations" || second == "dm_events":
		n.conversations(w, r, path[1:])
	case second == "media":
		n.upload(w, r, path[2:])
	case second == "users" && len(path) == 3:
		n.user(w, r, path[2])
	default:
		notFound.answer(w)
	}
}

// user is GET /2/users/me and /2/users/:id.
func (n *network) user(w http.ResponseWriter, r *http.Request, id string) {
	if !n.allowed(w, r, asUser|asApp) {
		return
	}
	if id == "me" || id == n.me() {
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]string{"id": n.me(), "name": "Parley", "username": "parley"}})
		return
	}
	n.mu.Lock()
	p := n.people[id]
	var data map[string]string
	if p != nil {
		data = map[string]string{"id": p.id, "name": p.name, "username": p.username, "profile_image_url": "https://pbs.twimg.com/profile_images/1/a_normal.jpg"}
	}
	n.mu.Unlock()
	if p == nil {
		notFound.answer(w)
		return
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": data})
}

// decode reads a JSON body; if it cannot, it has answered.
func decode(w http.ResponseWriter, r *http.Request, into any) bool {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		invalid("Requests with bodies must have content-type of application/json.").answer(w)
		return false
	}
	return true
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func millis(t time.Time) string { return fmt.Sprint(t.UnixMilli()) }
