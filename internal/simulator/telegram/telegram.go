// Package telegram simulates Telegram's Bot API and the phones that write to a bot.
//
// Source: https://core.telegram.org/bots/api
package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/internal/simulator"
)

// Provider opens bots. Settings: bot_token; secret_token, username and
// throughput (messages a second, 30 as at Telegram) may follow.
var Provider = simulator.Provider{Name: "telegram", Needs: []string{"bot_token"}, Open: open, Kinds: kinds}

// kinds are what its phones can do; Say says how.
var kinds = []string{
	"text", "start", "image", "video", "audio", "voice", "document", "sticker", "location", "contacts", "button", "reaction", "edit", "group", "poll",
	"unsupported", "block", "unblock", "fail", "raw",
}

// Limits of the network.
// Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
const (
	textMax     = 4096
	captionMax  = 1024
	chatBurst   = 20 // messages to one chat, then one a second
	fileLives   = time.Hour
	downloadMax = 20 << 20
)

// network is one bot.
type network struct {
	line *simulator.Line

	mu        sync.Mutex // all below
	people    map[string]*person
	secret    string
	allowed   []string // kinds of updates; empty: the default ones
	lastError string
	erredAt   time.Time
	second    int64
	sent      int
	paths     map[string]filePath
}

// person is a private chat.
type person struct {
	id             int64
	name, username string
	language       string // the app's, of which updates tell
	blocked        bool
	fails          []refusal
	allowance      float64
	counted        time.Time
}

// filePath is what getFile told, for an hour.
type filePath struct {
	id    string
	until time.Time
}

// refusal is an error of the Bot API.
type refusal struct {
	code  int
	words string
	after int // Unit: seconds, with 429
}

func (r refusal) answer(w http.ResponseWriter) {
	body := map[string]any{"ok": false, "error_code": r.code, "description": r.words}
	if r.after > 0 {
		body["parameters"] = map[string]int{"retry_after": r.after}
		w.Header().Set("Retry-After", strconv.Itoa(r.after))
	}
	simulator.WriteJSON(w, r.code, body)
}

func bad(words string) *refusal { return &refusal{code: 400, words: "Bad Request: " + words} }

func tooMany(after int) *refusal {
	return &refusal{code: 429, words: fmt.Sprintf("Too Many Requests: retry after %d", after), after: after}
}

func open(l *simulator.Line) (simulator.Network, error) {
	if !strings.Contains(l.Setting("bot_token"), ":") {
		return nil, errors.New("a bot_token is the bot's id, a colon and a secret")
	}
	return &network{line: l, people: map[string]*person{}, secret: l.Setting("secret_token"), paths: map[string]filePath{}}, nil
}

// Reset forgets everybody; the webhook stays.
func (n *network) Reset() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.people, n.paths = map[string]*person{}, map[string]filePath{}
	n.second, n.sent, n.lastError = 0, 0, ""
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// me is the bot as a user.
func (n *network) me() map[string]any {
	id, _, _ := strings.Cut(n.line.Setting("bot_token"), ":")
	return map[string]any{"id": json.Number(id), "is_bot": true, "first_name": "Parley", "username": or(n.line.Setting("username"), "parley_bot")}
}

func (n *network) meet(id int64, in simulator.In) *person {
	n.mu.Lock()
	defer n.mu.Unlock()
	who := strconv.FormatInt(id, 10)
	p := n.people[who]
	if p == nil {
		if len(n.people) >= simulator.ThreadsMax {
			clear(n.people)
		}
		p = &person{id: id, name: "Ada King", language: "en", allowance: chatBurst, counted: n.line.Now()}
		n.people[who] = p
	}
	p.name, p.username, p.language = or(in.Name, p.name), or(in.Username, p.username), or(in.Options["language"], p.language)
	return p
}

// user is a person as updates carry them; chat is the private chat with them.
func (n *network) user(p *person) (user, chat map[string]any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	given, family, _ := strings.Cut(p.name, " ")
	user = map[string]any{"id": p.id, "is_bot": false, "first_name": given, "language_code": p.language}
	chat = map[string]any{"id": p.id, "type": "private", "first_name": given}
	for key, value := range map[string]string{"last_name": family, "username": p.username} {
		if value != "" {
			user[key], chat[key] = value, value
		}
	}
	return user, chat
}

// method is the Bot API's method a path names, if its token is the bot's.
func (n *network) method(r *http.Request) (name string, ok bool) {
	path := strings.TrimPrefix(r.URL.Path, "/bot")
	token, name, _ := strings.Cut(path, "/")
	return name, strings.HasPrefix(r.URL.Path, "/bot") && token == n.line.Setting("bot_token") && !n.line.Weather().TokenExpired
}

// Sends reports whether a call sends a message.
func (n *network) Sends(r *http.Request, _ []byte) bool {
	name, _ := n.method(r)
	return strings.HasPrefix(name, "send") && name != "sendChatAction"
}

// Fault answers a send in bad weather.
func (n *network) Fault(w http.ResponseWriter, f simulator.Fault) {
	switch f {
	case simulator.FaultThrottled:
		tooMany(5).answer(w)
	case simulator.FaultInside:
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"ok": false, "error_code": 500, "description": "Internal Server Error"})
	default:
		refusal{code: 500, words: "Internal Server Error"}.answer(w)
	}
}

// ServeHTTP is the Bot API.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if rest, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		n.download(w, rest)
		return
	}
	name, ok := n.method(r)
	if !ok {
		refusal{code: 401, words: "Unauthorized"}.answer(w)
		return
	}
	in, err := params(r)
	if err != nil {
		bad("can't parse the parameters").answer(w)
		return
	}
	var result any
	var refused *refusal
	switch name {
	case "getMe":
		result = n.me()
	case "setWebhook", "deleteWebhook":
		result, refused = n.setWebhook(name, in)
	case "getWebhookInfo":
		result = n.webhookInfo()
	case "getUpdates":
		refused = n.getUpdates()
	case "getFile":
		result, refused = n.getFile(in.text("file_id"))
	case "getChat":
		result, refused = n.getChat(in)
	case "answerCallbackQuery":
		result = true
	default:
		result, refused = n.toChat(r.Context(), name, in)
	}
	if refused != nil {
		refused.answer(w)
		return
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"ok": true, "result": result})
}

// setWebhook sets or takes away the address updates are posted to.
func (n *network) setWebhook(name string, in values) (any, *refusal) {
	address, secret := in.text("url"), in.text("secret_token")
	if name == "deleteWebhook" {
		address, secret = "", ""
	}
	outside := func(r rune) bool {
		return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", r)
	}
	if len(secret) > 256 || strings.ContainsFunc(secret, outside) {
		return nil, bad("secret token contains unallowed characters")
	}
	n.line.Hide(secret)
	n.line.SetWebhook(address)
	n.mu.Lock()
	n.secret, n.allowed, n.lastError = secret, in.list("allowed_updates"), ""
	n.mu.Unlock()
	return true, nil
}

func (n *network) webhookInfo() any {
	n.mu.Lock()
	defer n.mu.Unlock()
	info := map[string]any{"url": n.line.Account().Webhook, "has_custom_certificate": false, "pending_update_count": 0, "max_connections": 40}
	if len(n.allowed) > 0 {
		info["allowed_updates"] = n.allowed
	}
	if n.lastError != "" {
		info["last_error_date"], info["last_error_message"] = n.erredAt.Unix(), n.lastError
	}
	return info
}

func (n *network) getUpdates() *refusal {
	if n.line.Account().Webhook != "" {
		return &refusal{code: 409, words: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
	}
	return &refusal{code: 501, words: "Not Implemented: this simulator posts updates to a webhook"}
}

func (n *network) getChat(in values) (any, *refusal) {
	n.mu.Lock()
	p := n.people[in.text("chat_id")]
	n.mu.Unlock()
	if p == nil {
		return nil, bad("chat not found")
	}
	_, chat := n.user(p)
	return chat, nil
}

// notByDefault are the updates a bot gets only if it asks for them.
// Source: https://core.telegram.org/bots/api#setwebhook, allowed_updates
var notByDefault = []string{"chat_member", "message_reaction", "message_reaction_count"}

// retries is how Telegram tries an update again.
var retries = []time.Duration{time.Second, 2 * time.Second, 5 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 12 * time.Hour}

// update posts one update, if the bot wants its kind.
func (n *network) update(ctx context.Context, who, kind string, what any) error {
	n.mu.Lock()
	wanted := slices.Contains(n.allowed, kind) || len(n.allowed) == 0 && !slices.Contains(notByDefault, kind)
	n.mu.Unlock()
	if !wanted || n.line.Account().Webhook == "" {
		return nil
	}
	body, err := json.Marshal(map[string]any{"update_id": 870_000_000 + n.line.Serial(), kind: what})
	if err != nil {
		return err
	}
	return n.post(ctx, who, body)
}

func (n *network) post(ctx context.Context, who string, body []byte) error {
	n.mu.Lock()
	header := http.Header{"Content-Type": {"application/json"}}
	if n.secret != "" {
		header["X-Telegram-Bot-Api-Secret-Token"] = []string{n.secret}
	}
	n.mu.Unlock()
	err := n.line.Webhook(ctx, simulator.Hook{Who: who, Header: header, Body: body, Retries: retries})
	if err != nil {
		n.mu.Lock()
		n.lastError, n.erredAt = "Wrong response from the webhook: "+err.Error(), n.line.Now()
		n.mu.Unlock()
	}
	return err
}
