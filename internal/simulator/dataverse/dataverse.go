// Package dataverse simulates an organization of Dynamics 365: Microsoft's token
// endpoint, and the part of Dataverse's Web API that a contact center needs, with
// its error codes.
//
// Read schema.go (its tables), filter.go ($filter), read.go, write.go, token.go
// (who may call), page.go (what people see there), people.go (who is in it).
//
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/overview
package dataverse

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/internal/simulator"
)

// Provider opens organizations. Settings: tenant_id, client_id; client_secret or
// certificate (the app's, in PEM); people (demo: the demo's customers are in it);
// deny (what the app's user may not: "create contact, read lead"); user (none: the
// app has no user here); requests (how many it takes in five minutes, 6000);
// file_max (bytes); duplicates (allow: there is no rule).
var Provider = simulator.Provider{Name: "dataverse", Needs: []string{"tenant_id", "client_id"}, Open: open}

// Limits of the platform for one user.
//
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
const (
	requestsMax = 6_000
	window      = 5 * time.Minute
	rowsMax     = 20_000 // of the simulator: the oldest activities go first
)

// The organization itself, and the user the app acts as.
const (
	organization = "9f1e0d2c-0000-4000-8000-000000000001"
	appUser      = "9f1e0d2c-0000-4000-8000-000000000002"
)

// row is one record: its columns, without those that are null.
type row struct {
	e       *entity
	id      string
	version int64
	values  map[string]any
	parties []map[string]any
}

type network struct {
	line     *simulator.Line
	entities map[string]*entity // by set; never changed

	mu     sync.Mutex // all below
	rows   map[string]*row
	order  []string // ids, the oldest first
	tokens map[string]token
	proofs map[string]time.Time // certificates' proofs that were used
	begin  time.Time            // of the window
	calls  int
	until  time.Time // of a penalty
}

func open(l *simulator.Line) (simulator.Network, error) {
	n := &network{line: l, entities: entities(), tokens: map[string]token{}, proofs: map[string]time.Time{}}
	n.Reset()
	return n, nil
}

// Reset puts the organization back to how it was; tokens stay.
func (n *network) Reset() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.rows, n.order, n.calls, n.until = map[string]*row{}, nil, 0, time.Time{}
	n.add("organizations", organization, map[string]any{"name": or(n.line.Setting("organization"), "Demo Shop")})
	n.add("systemusers", appUser, map[string]any{"fullname": "# Parley", "isdisabled": false, "applicationid": appUser})
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

// Sends: the weather touches every call of the API; the pages and the token
// endpoint are elsewhere.
func (*network) Sends(r *http.Request, _ []byte) bool { return strings.HasPrefix(r.URL.Path, api) }

// Fault answers as the platform does when it is not well.
func (n *network) Fault(w http.ResponseWriter, f simulator.Fault) {
	switch f {
	case simulator.FaultThrottled:
		w.Header().Set("Retry-After", "30")
		throttled.answer(w)
	case simulator.FaultInside:
		problem{http.StatusInternalServerError, "0x80040216", "An unexpected error occurred."}.answer(w)
	default:
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

const api = "/api/data/"

// ServeHTTP is the organization's address and, beside it, Microsoft's sign-in.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rest, isAPI := strings.CutPrefix(r.URL.Path, api)
	switch {
	case strings.HasSuffix(r.URL.Path, "/oauth2/v2.0/token"):
		n.token(w, r)
	case r.URL.Path == "/main.aspx":
		http.Redirect(w, r, n.pages()+"?"+r.URL.RawQuery, http.StatusFound)
	case isAPI:
		_, path, _ := strings.Cut(rest, "/") // whichever version of 9
		if n.allowed(w, r) {
			n.serve(w, r, path)
		}
	default:
		http.NotFound(w, r)
	}
}

// serve answers a call of the Web API.
func (n *network) serve(w http.ResponseWriter, r *http.Request, path string) {
	if path == "WhoAmI" || path == "WhoAmI()" {
		simulator.WriteJSON(w, http.StatusOK, map[string]string{
			"@odata.context": n.line.URL(api + "v9.2/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse"),
			"BusinessUnitId": "9f1e0d2c-0000-4000-8000-000000000003", "UserId": appUser, "OrganizationId": organization,
		})
		return
	}
	set, rest, one := strings.Cut(path, "(")
	e := n.entities[set]
	if e == nil {
		problem{http.StatusNotFound, "0x80060888", "Resource not found for the segment '" + set + "'."}.answer(w)
		return
	}
	key, ok := guidOf(strings.TrimSuffix(rest, ")"))
	if one && !ok {
		problem{http.StatusBadRequest, "0x80060888", "Error in query syntax."}.answer(w)
		return
	}
	right := map[string]string{http.MethodGet: "read", http.MethodPost: "create", http.MethodPatch: "write", http.MethodDelete: "delete"}[r.Method]
	if bad := n.denied(right, e); bad != nil {
		bad.answer(w)
		return
	}
	switch {
	case r.Method == http.MethodGet && one:
		n.get(w, r, e, key)
	case r.Method == http.MethodGet:
		n.list(w, r, e)
	case r.Method == http.MethodPost && !one:
		n.post(w, r, e)
	case r.Method == http.MethodPatch && one:
		n.patch(w, r, e, key)
	case r.Method == http.MethodDelete && one:
		n.remove(w, e, key)
	default:
		problem{http.StatusMethodNotAllowed, "0x8006088a", "The requested resource does not support http method '" + r.Method + "'."}.answer(w)
	}
}

// problem is an error as the Web API tells it.
type problem struct {
	status  int
	code    string
	message string
}

var throttled = problem{http.StatusTooManyRequests, "0x80072322", "Number of requests exceeded the limit of 6000 over time window of 300 seconds."}

func (p problem) answer(w http.ResponseWriter) {
	simulator.WriteJSON(w, p.status, map[string]any{"error": map[string]string{"code": p.code, "message": p.message}})
}

func missing(e *entity, id string) *problem {
	return &problem{http.StatusNotFound, "0x80040217", e.name + " With Id = " + id + " Does Not Exist"}
}

// denied says whether the app's user lacks a privilege.
func (n *network) denied(right string, e *entity) *problem {
	for what := range strings.SplitSeq(n.line.Setting("deny"), ",") {
		if strings.TrimSpace(what) == right+" "+e.name {
			privilege := "prv" + strings.ToUpper(right[:1]) + right[1:] + strings.ToUpper(e.name[:1]) + e.name[1:]
			return &problem{http.StatusForbidden, "0x80040220", fmt.Sprintf("Principal user (Id=%s, type=8) is missing %s privilege on entity '%s'.", appUser, privilege, e.name)}
		}
	}
	return nil
}

// spend counts a call; who goes on calling waits longer.
func (n *network) spend() (wait time.Duration) {
	most, err := strconv.Atoi(n.line.Setting("requests"))
	if err != nil {
		most = requestsMax
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.line.Now()
	if now.Before(n.until) {
		n.until = n.until.Add(10 * time.Second)
		return n.until.Sub(now)
	}
	if now.Sub(n.begin) >= window {
		n.begin, n.calls = now, 0
	}
	if n.calls++; n.calls > most {
		n.until = n.begin.Add(window)
		return n.until.Sub(now)
	}
	return 0
}

// guidOf reads a key: a GUID in either case.
func guidOf(s string) (string, bool) {
	s = strings.ToLower(s)
	ok := len(s) == 36
	for i, r := range s {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		ok = ok && (dash == (r == '-')) && (dash || strings.ContainsRune("0123456789abcdef", r))
	}
	return s, ok
}

// id makes a GUID no other record has.
func (n *network) id() string { return fmt.Sprintf("5a3c1e00-0000-4000-8000-%012x", n.line.Serial()) }

// add takes a row in. The caller holds the mutex.
func (n *network) add(set, key string, values map[string]any) *row {
	r := &row{e: n.entities[set], id: key, values: values}
	r.values[r.e.key] = key
	if r.values["statecode"] == nil {
		r.values["statecode"], r.values["statuscode"] = 0.0, 1.0
	}
	if _, owned := r.e.lookups["ownerid"]; owned && r.values["_ownerid_value"] == nil {
		r.values["_ownerid_value"] = appUser
	}
	r.values["createdon"] = n.line.Now().Format(time.RFC3339)
	n.rows[key] = r
	n.order = append(n.order, key)
	n.changed(r)
	for len(n.order) > rowsMax {
		delete(n.rows, n.order[0])
		n.order = n.order[1:]
	}
	return r
}

// changed notes that a row is another now. The caller holds the mutex.
func (n *network) changed(r *row) {
	r.version = n.line.Serial()
	r.values["versionnumber"] = float64(r.version)
	r.values["modifiedon"] = n.line.Now().Format(time.RFC3339)
	if _, person := r.e.columns["lastname"]; person {
		first, _ := r.values["firstname"].(string)
		last, _ := r.values["lastname"].(string)
		r.values["fullname"] = strings.TrimSpace(first + " " + last)
	}
}

// newest lists the rows of a table, what changed last first. The caller holds the mutex.
func (n *network) newest(e *entity) []*row {
	var out []*row
	for _, key := range n.order {
		if r := n.rows[key]; e == nil || r.e == e {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *row) int { return int(b.version - a.version) })
	return out
}
