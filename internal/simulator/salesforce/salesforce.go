// Package salesforce simulates an organization of Salesforce: its token endpoint,
// and the part of its REST API that a contact center needs, with its error codes.
//
// Read schema.go (its objects), soql.go (queries), rows.go (what it holds),
// write.go, page.go (what people see there), people.go (who is in it).
//
// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/intro-rest.html
package salesforce

import (
	"context"
	"crypto/hmac"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/internal/simulator"
)

// Provider opens organizations. Settings: client_id, client_secret; people (demo:
// the demo's customers are in it); deny (what the integration user may not: "read
// contact, create task"); requests (calls in a day, 100000); duplicates (allow:
// there is no rule); external_id (the field tasks are known by, Parley_Id__c).
var Provider = simulator.Provider{Name: "salesforce", Needs: []string{"client_id", "client_secret"}, Open: open}

// Limits and ids of the organization.
const (
	requestsMax  = 100_000
	rowsMax      = 20_000
	tokensMax    = 1_000
	tokenLives   = 2 * time.Hour
	organization = "00Dg50000000001EAA"
	user         = "005g50000000002AAB"
	services     = "/services/data/"
	tokenPath    = "/services/oauth2/token"
)

type token struct {
	until time.Time
	fresh bool // made while the older ones counted as expired
}

type network struct {
	line    *simulator.Line
	objects map[string]*object // by lower-case name; never changed

	mu     sync.Mutex // all below
	rows   map[string]*row
	order  []string
	tokens map[string]token
	day    time.Time
	calls  int
}

func open(l *simulator.Line) (simulator.Network, error) {
	n := &network{line: l, tokens: map[string]token{}}
	n.objects = objects(or(l.Setting("external_id"), "Parley_Id__c"))
	n.Reset()
	return n, nil
}

// Reset puts the organization back to how it was; tokens stay.
func (n *network) Reset() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.rows, n.order, n.calls = map[string]*row{}, nil, 0
	n.add(n.objects["organization"], organization, map[string]any{"Name": or(n.line.Setting("organization"), "Demo Shop")})
	n.add(n.objects["user"], user, map[string]any{"Name": "Parley Integration", "UserType": "Standard", "IsActive": true})
	if n.line.Setting("people") == "demo" {
		n.settle()
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// Say is no business of a CRM.
func (*network) Say(context.Context, simulator.In) (string, error) {
	return "", simulator.ErrCannot
}

// Sends: the weather touches every call of the API.
func (*network) Sends(r *http.Request, _ []byte) bool {
	return strings.HasPrefix(r.URL.Path, services)
}

// Fault answers as the platform does when it is not well.
func (n *network) Fault(w http.ResponseWriter, f simulator.Fault) {
	switch f {
	case simulator.FaultThrottled:
		limit.answer(w)
	case simulator.FaultInside:
		problem{http.StatusInternalServerError, "UNKNOWN_EXCEPTION", "An unexpected error occurred."}.answer(w)
	default:
		problem{http.StatusServiceUnavailable, "SERVER_UNAVAILABLE", "The server is temporarily unavailable."}.answer(w)
	}
}

// problem is one reason why not; the platform answers with a list of them.
type problem struct {
	status        int
	code, message string
}

func (p problem) answer(w http.ResponseWriter) {
	simulator.WriteJSON(w, p.status, []map[string]any{{"errorCode": p.code, "message": p.message}})
}

var (
	limit   = problem{http.StatusForbidden, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."}
	nowhere = problem{http.StatusNotFound, "NOT_FOUND", "The requested resource does not exist"}
)

// ServeHTTP is the organization's own domain.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rest, isAPI := strings.CutPrefix(r.URL.Path, services)
	switch {
	case r.URL.Path == tokenPath:
		n.token(w, r)
	case strings.HasPrefix(r.URL.Path, "/lightning/"):
		http.Redirect(w, r, n.pages()+"?path="+strings.ReplaceAll(r.URL.EscapedPath(), "&", "%26")+"&"+r.URL.RawQuery, http.StatusFound)
	case isAPI && n.allowed(w, r):
		version, path, _ := strings.Cut(rest, "/")
		n.serve(w, r, "/services/data/"+version, path)
	case !isAPI:
		nowhere.answer(w)
	}
}

// serve answers a call of the REST API.
func (n *network) serve(w http.ResponseWriter, r *http.Request, root, path string) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case path == "":
		simulator.WriteJSON(w, http.StatusOK, map[string]string{
			"identity": "https://login.salesforce.com/id/" + organization + "/" + user, "query": root + "/query", "sobjects": root + "/sobjects", "search": root + "/search",
		})
	case parts[0] == "query" && r.Method == http.MethodGet:
		n.query(w, r, root)
	case parts[0] == "sobjects" && len(parts) >= 2:
		o := n.objects[strings.ToLower(parts[1])]
		if o == nil {
			nowhere.answer(w)
			return
		}
		n.record(w, r, o, parts[2:])
	default:
		nowhere.answer(w)
	}
}

// record is the calls below /sobjects/Name.
func (n *network) record(w http.ResponseWriter, r *http.Request, o *object, rest []string) {
	right := map[string]string{http.MethodGet: "read", http.MethodPost: "create", http.MethodPatch: "edit", http.MethodDelete: "delete"}[r.Method]
	if bad := n.denied(right, o); bad != nil {
		bad.answer(w)
		return
	}
	switch {
	case r.Method == http.MethodPost && len(rest) == 0:
		n.create(w, r, o)
	case r.Method == http.MethodGet && len(rest) == 1:
		n.get(w, r, o, rest[0])
	case r.Method == http.MethodPatch && len(rest) == 1:
		n.update(w, r, o, rest[0])
	case r.Method == http.MethodDelete && len(rest) == 1:
		n.remove(w, o, rest[0])
	case r.Method == http.MethodPatch && len(rest) == 2:
		n.upsert(w, r, o, rest[0], rest[1])
	default:
		problem{http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "HTTP Method '" + r.Method + "' not allowed."}.answer(w)
	}
}

// denied says whether the integration user lacks a right. An object one may not
// read does not exist for one.
func (n *network) denied(right string, o *object) *problem {
	for what := range strings.SplitSeq(n.line.Setting("deny"), ",") {
		if strings.TrimSpace(what) != right+" "+strings.ToLower(o.name) {
			continue
		}
		if right == "read" {
			return &problem{http.StatusBadRequest, "INVALID_TYPE", "sObject type '" + o.name + "' is not supported."}
		}
		return &problem{http.StatusForbidden, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id"}
	}
	return nil
}

// token is the token endpoint, for client credentials.
//
// Source: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
func (n *network) token(w http.ResponseWriter, r *http.Request) {
	refuse := func(code, words string) {
		simulator.WriteJSON(w, http.StatusBadRequest, map[string]string{"error": code, "error_description": words})
	}
	switch {
	case r.Method != http.MethodPost || r.ParseForm() != nil || r.PostForm.Get("grant_type") != "client_credentials":
		refuse("unsupported_grant_type", "grant type not supported")
	case r.PostForm.Get("client_id") != n.line.Setting("client_id"):
		refuse("invalid_client_id", "client identifier invalid")
	case !hmac.Equal([]byte(r.PostForm.Get("client_secret")), []byte(n.line.Setting("client_secret"))):
		refuse("invalid_client", "invalid client credentials")
	default:
		made := organization[:15] + "!" + strconv.FormatInt(n.line.Serial(), 36) + "." + strconv.FormatInt(n.line.Now().UnixNano(), 36)
		n.line.Hide(made)
		n.mu.Lock()
		if len(n.tokens) >= tokensMax {
			clear(n.tokens)
		}
		n.tokens[made] = token{until: n.line.Now().Add(tokenLives), fresh: n.line.Weather().TokenExpired}
		n.mu.Unlock()
		simulator.WriteJSON(w, http.StatusOK, map[string]string{
			"access_token": made, "instance_url": n.line.URL(""), "id": "https://login.salesforce.com/id/" + organization + "/" + user,
			"token_type": "Bearer", "scope": "api", "issued_at": strconv.FormatInt(n.line.Now().UnixMilli(), 10),
		})
	}
}

// allowed checks who calls, and how often; if they may not, it has answered.
func (n *network) allowed(w http.ResponseWriter, r *http.Request) bool {
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	n.mu.Lock()
	t, known := n.tokens[given]
	now := n.line.Now()
	if !now.Truncate(24 * time.Hour).Equal(n.day) {
		n.day, n.calls = now.Truncate(24*time.Hour), 0
	}
	n.calls++
	calls := n.calls
	n.mu.Unlock()
	if !ok || !known || !now.Before(t.until) || n.line.Weather().TokenExpired && !t.fresh {
		problem{http.StatusUnauthorized, "INVALID_SESSION_ID", "Session expired or invalid"}.answer(w)
		return false
	}
	most, err := strconv.Atoi(n.line.Setting("requests"))
	if err != nil {
		most = requestsMax
	}
	w.Header().Set("Sforce-Limit-Info", fmt.Sprintf("api-usage=%d/%d", calls, most))
	if calls > most {
		limit.answer(w)
		return false
	}
	return true
}
