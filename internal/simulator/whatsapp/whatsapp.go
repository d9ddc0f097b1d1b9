// Package whatsapp simulates WhatsApp's Cloud API and the phones on it.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp
package whatsapp

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
	"sync"
	"time"

	"parley/internal/simulator"
)

// Provider opens WhatsApp accounts. Settings: phone_number_id, access_token,
// app_secret; business_account_id, verify_token, app_id, phone_number (our own) and throughput
// (messages a second, 80 as at Meta) may follow.
var Provider = simulator.Provider{Name: "whatsapp", Needs: []string{"phone_number_id", "access_token", "app_secret"}, Open: open, Kinds: kinds}

// kinds are what its phones can do; Say says how.
var kinds = []string{
	"text", "image", "video", "audio", "voice", "document", "sticker", "location", "contacts", "button", "list_reply", "flow", "template_button",
	"reaction", "edit", "revoke", "read", "delivered", "played", "referral", "group", "order", "system_number", "system_user_id", "system_identity", "marketing_stop", "marketing_resume", "unsupported",
	"unknown", "echo", "chat_open", "chat_closed", "fail", "verify", "message_template_status_update", "phone_number_quality_update", "account_update",
	"raw",
}

// Limits of the network.
// Source: networks.md 2 and 10.
const (
	textMax       = 4096
	captionMax    = 1024
	window        = 24 * time.Hour
	adWindow      = 72 * time.Hour
	pairEvery     = 6 * time.Second
	pairBurst     = 45
	mediaURLLives = 5 * time.Minute
)

// network is one business number.
type network struct {
	line *simulator.Line

	mu         sync.Mutex // all below
	people     map[string]*person
	subscribed bool
	second     int64 // the second that sent counts
	sent       int
}

// person is a customer's phone.
type person struct {
	who       string // the thread: wa_id, or the user id of somebody who hides their number
	waID      string // empty: hidden
	userID    string // business-scoped: CA.1349...
	name      string
	username  string
	adUntil   time.Time // a click on an advertisement holds the window open
	open      bool      // the chat is open: messages are read without having been delivered
	fails     []failure // what becomes of the next messages
	allowance float64   // messages of the pair limit that are left
	counted   time.Time
}

// failure is an error a test ordered.
type failure struct {
	code int
	now  bool // in the answer; else in a status
}

func open(l *simulator.Line) (simulator.Network, error) {
	return &network{line: l, people: map[string]*person{}, subscribed: true}, nil
}

// Reset forgets everybody; the number is set up and subscribed as at first.
func (n *network) Reset() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.people, n.subscribed, n.second, n.sent = map[string]*person{}, true, 0, 0
}

func (n *network) phoneID() string { return n.line.Setting("phone_number_id") }
func (n *network) waba() string    { return or(n.line.Setting("business_account_id"), "102290129340398") }
func (n *network) display() string {
	return or(digits(n.line.Setting("phone_number")), "15550783881")
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// digits drops all that is no digit.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// canonical makes the ways of writing one number equal: Brazil's ninth digit,
// Mexico's 1 and Argentina's 9 come and go.
// Source: networks.md 2, phone quirks.
func canonical(number string) string {
	d := digits(number)
	switch {
	case strings.HasPrefix(d, "55") && len(d) == 13 && d[4] == '9':
		return d[:4] + d[5:]
	case strings.HasPrefix(d, "521") && len(d) == 13:
		return "52" + d[3:]
	case strings.HasPrefix(d, "549") && len(d) == 13:
		return "54" + d[3:]
	}
	return d
}

// meet returns who says or gets something, and remembers what is new of them.
func (n *network) meet(in simulator.In) *person {
	n.mu.Lock()
	defer n.mu.Unlock()
	number := digits(in.From)
	p := n.find(number, in.UserID)
	if p == nil {
		p = &person{who: or(number, in.UserID), waID: number, userID: in.UserID, allowance: pairBurst, counted: n.line.Now()}
		if p.userID == "" {
			p.userID = userIDOf(number)
		}
		if len(n.people) >= simulator.ThreadsMax {
			clear(n.people) // as everybody's phones, only sooner
		}
		n.people[p.who] = p
	}
	p.name = or(in.Name, p.name)
	p.username = or(in.Username, p.username)
	return p
}

// userIDOf is a number's business-scoped user id: the same whenever it is met.
func userIDOf(number string) string {
	h := fnv.New64a()
	h.Write([]byte(number))
	return fmt.Sprintf("CA.1349%016d", h.Sum64()%1e16)
}

// find looks somebody up by number or user id. The caller holds the mutex.
func (n *network) find(number, userID string) *person {
	if p := n.people[number]; p != nil && number != "" {
		return p
	}
	for _, p := range n.people {
		if userID != "" && p.userID == userID || number != "" && p.waID != "" && canonical(p.waID) == canonical(number) {
			return p
		}
	}
	return nil
}

// wamid makes a message's id.
func (n *network) wamid(who string) string {
	return "wamid." + base64.StdEncoding.EncodeToString(fmt.Appendf([]byte{0x1c, 0x18, byte(len(who))}, "%s\x15\x02\x00\x12\x18\x14%014X", who, n.line.Serial()))
}

// Sends reports whether a call sends a message; marking as read is none.
func (n *network) Sends(r *http.Request, body []byte) bool {
	path := simulator.GraphPath(r)
	var m struct{ Status string }
	marks := json.Unmarshal(body, &m) == nil && m.Status != ""
	return r.Method == http.MethodPost && len(path) == 2 && path[1] == "messages" && !marks
}

// Fault answers a send in bad weather.
func (n *network) Fault(w http.ResponseWriter, f simulator.Fault) {
	n.line.GraphFault(w, f, graphError(130429))
}

// ServeHTTP is the Graph API as far as it concerns one business number.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := simulator.GraphPath(r)
	if len(path) == 3 && path[0] == "lookaside" {
		n.download(w, r)
		return
	}
	if len(path) == 2 && path[1] == "subscriptions" && r.Method == http.MethodPost {
		n.line.Subscribe(w, r)
		return
	}
	if !n.line.GraphAllowed(w, r) {
		return
	}
	second := ""
	if len(path) > 1 {
		second = path[1]
	}
	switch key := r.Method + " " + second; {
	case path[0] == "debug_token":
		n.line.DebugToken(w, r, "whatsapp_business_management", "whatsapp_business_messaging")
	case path[0] == n.phoneID() && key == "POST messages":
		n.messages(w, r)
	case path[0] == n.phoneID() && key == "POST media":
		n.upload(w, r)
	case path[0] == n.phoneID() && key == "GET ":
		simulator.WriteJSON(w, http.StatusOK, n.number())
	case path[0] == n.waba() && key == "GET message_templates":
		n.listTemplates(w, r)
	case path[0] == n.waba() && key == "GET phone_numbers":
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": []any{n.number()}})
	case path[0] == n.waba() && second == "subscribed_apps":
		n.apps(w, r)
	case len(path) == 1 && (r.Method == http.MethodGet || r.Method == http.MethodDelete):
		n.media(w, r, path[0])
	default:
		n.line.GraphUnknown(w, r, path[0])
	}
}

// number describes the business number.
// Source: .../whatsapp/business-phone-numbers/phone-numbers
func (n *network) number() map[string]any {
	return map[string]any{
		"id": n.phoneID(), "verified_name": "Parley", "display_phone_number": "+" + n.display(), "quality_rating": "GREEN",
		"platform_type": "CLOUD_API", "throughput": map[string]string{"level": "STANDARD"}, "code_verification_status": "VERIFIED",
	}
}

// apps tells, sets or ends which app is sent the account's webhooks.
// Source: .../whatsapp/webhooks/override
func (n *network) apps(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	switch r.Method {
	case http.MethodPost:
		n.subscribed = true
	case http.MethodDelete:
		n.subscribed = false
	}
	subscribed := n.subscribed
	n.mu.Unlock()
	var app map[string]any
	if subscribed {
		app = map[string]any{"whatsapp_business_api_data": map[string]string{"id": n.line.AppID(), "name": "Parley", "link": "https://www.facebook.com/games/?app_id=" + n.line.AppID()}}
	}
	simulator.GraphApps(w, r, app)
}
