// Package messenger simulates the Messenger platform and its phones: a Facebook
// page's messages, or an Instagram account's, which share it.
//
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform
package messenger

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/internal/simulator"
)

// Provider opens pages. Settings: page_id, access_token, app_secret; verify_token
// and app_id may follow.
var Provider = simulator.Provider{Name: "messenger", Needs: []string{"page_id", "access_token", "app_secret"}, Open: open, Kinds: kinds}

// Instagram opens Instagram accounts: the same, and instagram_id. page_id is the
// page the account is linked to.
var Instagram = simulator.Provider{Name: "instagram", Needs: []string{"instagram_id", "page_id", "access_token", "app_secret"}, Open: open, Kinds: kinds}

// kinds are what its phones can do; Say says how.
var kinds = []string{
	"text", "quick_reply", "button", "image", "video", "audio", "document", "sticker", "location", "fallback", "unsupported", "story_reply",
	"story_mention", "postback", "reaction", "edit", "revoke", "referral", "optin", "read", "delivered", "echo", "pass", "take", "block", "unblock",
	"policy", "fail", "verify", "raw",
}

// Limits of the network.
// Source: networks.md 3 and 10.
const (
	textMax      = 2000 // characters on Messenger
	bytesMax     = 1000 // bytes on Instagram
	metadataMax  = 1000
	fileBytesMax = 25 << 20
	window       = 24 * time.Hour
	adWindow     = 7 * 24 * time.Hour
	humanWindow  = 7 * 24 * time.Hour
	unsubscribed = time.Hour // of failing webhooks, then Meta calls no more
)

// network is one page or Instagram account.
type network struct {
	line *simulator.Line

	mu         sync.Mutex // all below
	people     map[string]*person
	subscribed []string // fields the app is told of; nil: none
}

// person is who writes to the page.
type person struct {
	psid    string
	name    string
	adUntil time.Time
	other   bool // another app has the thread: we are told in standby
	blocked bool // they blocked the page
	fails   []simulator.GraphError
	edits   map[string]int // how often they changed each message
}

func open(l *simulator.Line) (simulator.Network, error) {
	return &network{line: l, people: map[string]*person{}, subscribed: fields}, nil
}

// Reset forgets everybody; the app is subscribed as at first.
func (n *network) Reset() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.people, n.subscribed = map[string]*person{}, fields
}

// fields are what an app subscribes to.
var fields = []string{"messages", "messaging_postbacks", "message_deliveries", "message_reads", "message_reactions", "message_edits", "message_echoes", "messaging_referrals", "messaging_handovers", "standby"}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// page is whom people write to: the page, or the Instagram account.
func (n *network) page() string    { return or(n.line.Setting("instagram_id"), n.line.Setting("page_id")) }
func (n *network) instagram() bool { return n.line.Setting("instagram_id") != "" }

// meet returns the person with that page-scoped id.
func (n *network) meet(psid, name string) *person {
	n.mu.Lock()
	defer n.mu.Unlock()
	p := n.people[psid]
	if p == nil {
		if len(n.people) >= simulator.ThreadsMax {
			clear(n.people)
		}
		p = &person{psid: psid, name: "Ada King", edits: map[string]int{}}
		n.people[psid] = p
	}
	p.name = or(name, p.name)
	return p
}

// change changes a person under the network's mutex.
func (n *network) change(p *person, do func(*person)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	do(p)
}

// mid makes a message's id.
func (n *network) mid() string {
	id := base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s:%018d", n.page(), n.line.Serial()))
	if n.instagram() {
		return "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE" + id
	}
	return "m_" + id
}

// Sends reports whether a call sends a message; sender actions are none.
func (n *network) Sends(r *http.Request, body []byte) bool {
	path := simulator.GraphPath(r)
	var m struct {
		Action string `json:"sender_action"`
	}
	acts := json.Unmarshal(body, &m) == nil && m.Action != "" // a form with a file does not
	return r.Method == http.MethodPost && len(path) == 2 && path[1] == "messages" && !acts
}

// Fault answers a send in bad weather.
func (n *network) Fault(w http.ResponseWriter, f simulator.Fault) {
	if f == simulator.FaultInside {
		f = simulator.FaultServer // the Send API has no 200 with an error: it says 500 and a code
	}
	n.line.GraphFault(w, f, simulator.GraphError{Status: 400, Code: 613, Message: "(#613) Calls to this api have exceeded the rate limit."})
}

// ServeHTTP is the Graph API as far as it concerns one page.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := simulator.GraphPath(r)
	if len(path) == 3 && path[0] == "cdn" {
		n.download(w, r, path[1])
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
	mine := path[0] == n.page() || path[0] == n.line.Setting("page_id") || path[0] == "me"
	switch key := r.Method + " " + second; {
	case path[0] == "debug_token":
		n.line.DebugToken(w, r, "pages_messaging", "pages_manage_metadata")
	case mine && key == "POST messages":
		n.messages(w, r)
	case mine && key == "POST message_attachments":
		n.upload(w, r)
	case mine && second == "subscribed_apps":
		n.apps(w, r)
	case mine && (key == "POST take_thread_control" || key == "POST pass_thread_control" || key == "POST release_thread_control"):
		n.control(w, r, second)
	case mine && key == "GET ":
		simulator.WriteJSON(w, http.StatusOK, map[string]string{"id": path[0], "name": "Parley", "username": "parley"})
	case len(path) == 1 && r.Method == http.MethodGet:
		n.profile(w, r, path[0])
	default:
		n.line.GraphUnknown(w, r, path[0])
	}
}

// apps tells, sets or ends the page's subscription.
// Source: https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps/
func (n *network) apps(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query().Get("subscribed_fields")
	var body struct {
		Fields string `json:"subscribed_fields"`
	}
	if json.NewDecoder(r.Body).Decode(&body) == nil {
		asked = or(asked, body.Fields)
	}
	n.mu.Lock()
	switch r.Method {
	case http.MethodPost:
		n.subscribed = fields
		if asked != "" {
			n.subscribed = strings.Split(asked, ",")
		}
	case http.MethodDelete:
		n.subscribed = nil
	}
	subscribed := n.subscribed
	n.mu.Unlock()
	var app map[string]any
	if subscribed != nil {
		app = map[string]any{"id": n.line.AppID(), "name": "Parley", "link": "https://www.facebook.com/games/?app_id=" + n.line.AppID(), "subscribed_fields": subscribed}
	}
	simulator.GraphApps(w, r, app)
}

// profile is GET /{psid}.
// Source: .../messenger-platform/identity/user-profile
func (n *network) profile(w http.ResponseWriter, r *http.Request, psid string) {
	n.mu.Lock()
	p := n.people[psid]
	name := ""
	if p != nil {
		name = p.name
	}
	n.mu.Unlock()
	if p == nil {
		simulator.GraphError{Status: 400, Code: 100, Subcode: 2018001, Message: "(#100) No matching user found"}.Answer(n.line, w)
		return
	}
	given, family, _ := strings.Cut(name, " ")
	all := map[string]string{"id": psid, "name": name, "first_name": given, "last_name": family, "username": strings.ToLower(strings.ReplaceAll(name, " ", "_")),
		"profile_pic": n.line.URL("/cdn/" + psid + "/picture.png")}
	out := map[string]string{"id": psid}
	for _, field := range strings.Split(or(r.URL.Query().Get("fields"), "first_name,last_name,profile_pic"), ",") {
		if value, ok := all[field]; ok {
			out[field] = value
		}
	}
	simulator.WriteJSON(w, http.StatusOK, out)
}

// download serves a file at the address that a message named. It needs no token;
// whoever knows the address may have it, until it expires.
func (n *network) download(w http.ResponseWriter, r *http.Request, id string) {
	file, ok := n.line.File(id)
	if !ok {
		n.mu.Lock()
		_, ok = n.people[id]
		ok = ok || id == "story"
		n.mu.Unlock()
		file = simulator.In{Kind: "image"}.Sent(id)
	}
	until, err := strconv.ParseInt(or(r.URL.Query().Get("oe"), "0"), 16, 64)
	expired := until > 0 && n.line.Now().After(time.Unix(until, 0))
	if !ok || err != nil || expired || n.line.Weather().MediaExpired {
		http.Error(w, "URL signature expired", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", file.MIME)
	_, _ = w.Write(file.Data) // a client that has gone needs no answer
}
