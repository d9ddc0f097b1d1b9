// Package twilio is a simulated Twilio Programmable Messaging: messages out by
// its REST API, messages and statuses in by signed webhooks, and the phones.
//
// Source: www.twilio.com/docs: Messages resource, webhook security, connection
// overrides, Advanced Opt-Out, test credentials; errors by their numbers at
// www.twilio.com/docs/api/errors.
package twilio

import (
	"crypto/subtle"
	"net/http"
	"strings"

	"parley/internal/simulator"
)

// Provider opens Twilio accounts. Settings: account_sid, auth_token, address (our
// number, E.164); messaging_service_sid, with service_defers=on (each number's own
// address counts) or service_numbers=none (ours is not in it); fallback (a second
// webhook), application (an SmsApplicationSid of the number), and
// advanced_opt_out=off for an account without OptOutType.
var Provider = simulator.Provider{Name: "twilio", Needs: []string{"account_sid", "auth_token", "address"}, Kinds: kinds, Open: open}

// kinds is what its phones can do.
var kinds = []string{"text", "image", "video", "audio", "document", "sticker", "fail", "refuse", "accept", "raw"}

// network is one account.
type network struct {
	line     *simulator.Line
	handsets simulator.Handsets
	mux      *http.ServeMux
	numbers  numbers
}

func open(l *simulator.Line) (simulator.Network, error) {
	n := &network{line: l, mux: http.NewServeMux()}
	n.numbers.open(l)
	const account = "/2010-04-01/Accounts/{account}"
	n.mux.HandleFunc("POST "+account+"/Messages.json", n.send)
	n.mux.HandleFunc("GET "+account+"/Messages.json", n.list)
	n.mux.HandleFunc("GET "+account+"/Messages/{file}", n.show)
	n.mux.HandleFunc("GET "+account+"/Messages/{message}/Media/{media}", n.media)
	n.mux.HandleFunc("GET "+account+"/IncomingPhoneNumbers.json", n.listNumbers)
	n.mux.HandleFunc(account+"/IncomingPhoneNumbers/{file}", n.number)
	n.mux.HandleFunc(servicePath+"{service}", n.service)
	n.mux.HandleFunc("GET "+servicePath+"{service}/PhoneNumbers/{number}", n.member)
	n.mux.HandleFunc("GET /2010-04-01/Accounts/{file}", n.account)
	n.mux.HandleFunc("/", missing)
	return n, nil
}

// ServeHTTP is api.twilio.com, and messaging.twilio.com, whose paths are others.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	sid, token, _ := r.BasicAuth()
	right := subtle.ConstantTimeCompare([]byte(sid+":"+token), []byte(n.line.Setting("account_sid")+":"+n.line.Setting("auth_token"))) == 1
	if !right || n.line.Weather().TokenExpired {
		w.Header().Set("WWW-Authenticate", `Basic realm="Twilio API"`)
		fail(w, http.StatusUnauthorized, 20003, "Authenticate")
		return
	}
	mine := "/2010-04-01/Accounts/" + sid
	rest, ok := strings.CutPrefix(r.URL.Path, mine)
	if ok = ok && (rest == ".json" || strings.HasPrefix(rest, "/")); !ok && !strings.HasPrefix(r.URL.Path, servicePath) {
		missing(w, r)
		return
	}
	n.mux.ServeHTTP(w, r)
}

// missing answers what is not there.
func missing(w http.ResponseWriter, r *http.Request) {
	fail(w, http.StatusNotFound, 20404, "The requested resource "+strings.TrimSuffix(r.URL.Path, ".json")+" was not found")
}

// Reset forgets what phones refuse.
func (n *network) Reset() { n.handsets.Clear() }

// Sends reports whether the call sends a message.
func (n *network) Sends(r *http.Request, _ []byte) bool {
	return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Messages.json")
}

// Fault answers a call in bad weather. Twilio has no 200 with an error inside;
// what comes nearest is a message that is created failed.
func (n *network) Fault(w http.ResponseWriter, f simulator.Fault) {
	switch f {
	case simulator.FaultThrottled:
		w.Header().Set("Retry-After", "1")
		fail(w, http.StatusTooManyRequests, 20429, "Too Many Requests")
	case simulator.FaultInside:
		m := simulator.Message{ID: "SM" + n.line.Hex(), State: "failed", Error: "30001", At: n.line.Now().UnixMilli()}
		simulator.WriteJSON(w, http.StatusCreated, n.resource("", m))
	default:
		fail(w, http.StatusInternalServerError, 20500, "An internal server error has occurred")
	}
}

// account answers whether the credentials are good.
func (n *network) account(w http.ResponseWriter, _ *http.Request) {
	sid := n.line.Setting("account_sid")
	uri := "/2010-04-01/Accounts/" + sid
	simulator.WriteJSON(w, http.StatusOK, map[string]any{
		"sid": sid, "friendly_name": "Simulated account", "status": "active", "type": "Full", "owner_account_sid": sid,
		"date_created": "Mon, 02 Mar 2026 08:00:00 +0000", "date_updated": "Mon, 02 Mar 2026 08:00:00 +0000",
		"uri": uri + ".json", "subresource_uris": map[string]string{"messages": uri + "/Messages.json"},
	})
}

// fail answers with Twilio's error document.
func fail(w http.ResponseWriter, status, code int, message string) {
	simulator.WriteJSON(w, status, map[string]any{
		"code": code, "message": message, "more_info": "https://www.twilio.com/docs/errors/" + itoa(code), "status": status,
	})
}
