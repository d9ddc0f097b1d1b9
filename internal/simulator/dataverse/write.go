package dataverse

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"parley/internal/simulator"
)

// payload is what the platform answers to a body it cannot take.
func payload(e *entity, why string) *problem {
	return &problem{http.StatusBadRequest, "0x80048d19", "Error identified in Payload provided by the user for Entity :'" + e.set + "', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ----> InnerException : " + why}
}

// body reads a record; if it cannot, it has answered.
func body(w http.ResponseWriter, r *http.Request, e *entity) (map[string]any, bool) {
	var out map[string]any
	if err := json.NewDecoder(r.Body).Decode(&out); err != nil || out == nil {
		payload(e, "Microsoft.OData.ODataException: An error has occurred while reading the request body.").answer(w)
		return nil, false
	}
	return out, true
}

// post makes a record; its key may be the caller's own.
func (n *network) post(w http.ResponseWriter, r *http.Request, e *entity) {
	in, ok := body(w, r, e)
	if !ok {
		return
	}
	given, _ := in[e.key].(string)
	key, own := guidOf(given)
	if given != "" && !own {
		payload(e, "Cannot convert the literal '"+given+"' to the expected type 'Edm.Guid'.").answer(w)
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if !own {
		key = n.id()
	}
	if n.rows[key] != nil {
		exists.answer(w)
		return
	}
	n.create(w, r, e, key, in)
}

var exists = problem{http.StatusPreconditionFailed, "0x80040237", "A record with matching key values already exists."}

// create takes a record in and answers. The caller holds the mutex.
func (n *network) create(w http.ResponseWriter, r *http.Request, e *entity, key string, in map[string]any) {
	made := &row{e: e, values: map[string]any{}}
	bad := n.change(made, in)
	if bad == nil && strings.EqualFold(r.Header.Get("MSCRM.SuppressDuplicateDetection"), "false") {
		bad = n.duplicate(made)
	}
	if bad != nil {
		bad.answer(w)
		return
	}
	kept := n.add(e.set, key, made.values)
	kept.parties = made.parties
	n.wrote(w, r, kept, http.StatusCreated)
}

// wrote answers a write: the record if the caller prefers that, else where it is.
func (n *network) wrote(w http.ResponseWriter, r *http.Request, kept *row, status int) {
	w.Header().Set("OData-Version", "4.0")
	w.Header().Set("OData-EntityId", n.line.URL(api+"v9.2/"+kept.e.set+"("+kept.id+")"))
	if !strings.Contains(strings.Join(r.Header.Values("Prefer"), ","), "return=representation") {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	shown, err := selected(kept.e, r.URL.Query().Get("$select"))
	if err != nil {
		syntax(err).answer(w)
		return
	}
	simulator.WriteJSON(w, status, n.show(kept, shown, annotations(r)))
}

// patch updates a record, or makes it under that key, as If-Match and
// If-None-Match allow.
//
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/perform-conditional-operations-using-web-api
func (n *network) patch(w http.ResponseWriter, r *http.Request, e *entity, key string) {
	in, ok := body(w, r, e)
	if !ok {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	have := n.rows[key]
	if have != nil && have.e != e {
		have = nil
	}
	match := r.Header.Get("If-Match")
	switch {
	case have != nil && r.Header.Get("If-None-Match") == "*":
		exists.answer(w)
	case have == nil && match != "":
		missing(e, key).answer(w)
	case have != nil && match != "" && match != "*" && match != have.etag():
		problem{http.StatusPreconditionFailed, "0x80060882", "The version of the existing record doesn't match the RowVersion property provided."}.answer(w)
	case have == nil:
		if bad := n.denied("create", e); bad != nil {
			bad.answer(w)
			return
		}
		delete(in, e.key)
		n.create(w, r, e, key, in)
	default:
		next := &row{e: e, id: key, values: maps.Clone(have.values), parties: have.parties}
		if bad := n.change(next, in); bad != nil {
			bad.answer(w)
			return
		}
		have.values, have.parties = next.values, next.parties
		n.changed(have)
		n.wrote(w, r, have, http.StatusOK)
	}
}

func (n *network) remove(w http.ResponseWriter, e *entity, key string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if have := n.rows[key]; have == nil || have.e != e {
		missing(e, key).answer(w)
		return
	}
	n.drop(key)
	w.WriteHeader(http.StatusNoContent)
}

// drop forgets a record. The caller holds the mutex.
func (n *network) drop(key string) {
	delete(n.rows, key)
	for i, other := range n.order {
		if other == key {
			n.order = append(n.order[:i:i], n.order[i+1:]...)
			return
		}
	}
}

// change lays what was sent over a row. The caller holds the mutex.
func (n *network) change(r *row, in map[string]any) *problem {
	closed := r.e.parties != "" && r.values["statecode"] != nil && r.values["statecode"] != 0.0
	_, state := in["statecode"]
	for name, value := range in {
		if closed && name != "statecode" && name != "statuscode" {
			return &problem{http.StatusBadRequest, "0x80040203", "A closed activity is read-only: open it first."}
		}
		if bad := n.set(r, name, value); bad != nil {
			return bad
		}
	}
	if _, reason := in["statuscode"]; state && !reason {
		code, _ := r.values["statecode"].(float64)
		r.values["statuscode"] = float64(r.e.reasons[int(code)])
	}
	return nil
}

// set is one property of a body.
func (n *network) set(r *row, name string, value any) *problem {
	if nav, bound := strings.CutSuffix(name, "@odata.bind"); bound {
		to, known := r.e.lookups[nav]
		if !known {
			return payload(r.e, "Microsoft.OData.ODataException: An undeclared property '"+nav+"' which only has property annotations in the payload but no property value was found in the payload.")
		}
		key, bad := n.bound(r.e, to.to, value)
		if bad == nil && nav == "ownerid" {
			bad = n.assigned(r, key)
		}
		if bad != nil {
			return bad
		}
		r.values[to.column] = key
		return nil
	}
	if r.e.parties != "" && name == r.e.parties {
		return n.setParties(r, value)
	}
	if strings.HasPrefix(name, "@odata.") {
		return nil
	}
	c, known := r.e.columns[name]
	if !known {
		return payload(r.e, "Microsoft.OData.ODataException: The property '"+name+"' does not exist on type 'Microsoft.Dynamics.CRM."+r.e.name+"'.")
	}
	if c.ours {
		return nil
	}
	if value == nil {
		delete(r.values, name)
		return nil
	}
	fits, why := n.fits(r.e, name, c, value)
	if why != nil {
		return why
	}
	r.values[name] = fits
	if c.kind == binary {
		r.values["filesize"] = float64(base64.StdEncoding.DecodedLen(len(fits.(string))))
	}
	return nil
}

// assigned says whether a record may become somebody's. The caller holds the mutex.
//
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
func (n *network) assigned(r *row, to string) *problem {
	if n.rows[to].values["isdisabled"] == true {
		return &problem{http.StatusBadRequest, "0x80040225", "The specified user(Id = " + to + ") is disabled. Consider enabling this user."}
	}
	if r.values["_ownerid_value"] == to {
		return nil
	}
	return n.denied("assign", r.e)
}

// bound finds what "/contacts(guid)" names. The caller holds the mutex.
func (n *network) bound(e *entity, set string, value any) (string, *problem) {
	s, _ := value.(string)
	inside, found := strings.CutPrefix(strings.TrimPrefix(s, "/"), set+"(")
	key, ok := guidOf(strings.TrimSuffix(inside, ")"))
	if !found || !ok {
		return "", payload(e, "Microsoft.OData.ODataException: '"+s+"' is no address of "+set+".")
	}
	if to := n.rows[key]; to == nil || to.e.set != set {
		return "", missing(n.entities[set], key)
	}
	return key, nil
}

// setParties replaces who took part.
func (n *network) setParties(r *row, value any) *problem {
	list, ok := value.([]any)
	if !ok {
		return payload(r.e, "Microsoft.OData.ODataException: A collection was expected for '"+r.e.parties+"'.")
	}
	r.parties = nil
	for _, one := range list {
		in, _ := one.(map[string]any)
		party := map[string]any{"participationtypemask": in["participationtypemask"]}
		for name, to := range in {
			who, bound := strings.CutSuffix(strings.TrimPrefix(name, "partyid_"), "@odata.bind")
			if !bound {
				continue
			}
			set := who + "s"
			if n.entities[set] == nil {
				return payload(r.e, "Microsoft.OData.ODataException: An undeclared property '"+name+"'.")
			}
			key, bad := n.bound(r.e, set, to)
			if bad != nil {
				return bad
			}
			party["party"] = key
		}
		r.parties = append(r.parties, party)
	}
	return nil
}

// fits checks a value against its column.
func (n *network) fits(e *entity, name string, c column, value any) (any, *problem) {
	wrong := payload(e, fmt.Sprintf("Microsoft.OData.ODataException: Cannot convert a value to target type of the property '%s'.", name))
	s, isText := value.(string)
	switch c.kind {
	case number:
		if _, ok := value.(float64); !ok {
			return nil, wrong
		}
	case boolean:
		if _, ok := value.(bool); !ok {
			return nil, wrong
		}
	case moment:
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			return nil, wrong
		}
	case id:
		key, ok := guidOf(s)
		if !ok {
			return nil, wrong
		}
		return key, nil
	case text:
		if !isText {
			return nil, wrong
		}
		if len(utf16.Encode([]rune(s))) > c.max {
			return nil, &problem{http.StatusBadRequest, "0x80044331", fmt.Sprintf("A validation error occurred. The length of the '%s' attribute of the '%s' entity exceeded the maximum allowed length of '%d'.", name, e.name, c.max)}
		}
	case binary:
		raw, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			return nil, wrong
		}
		most := c.max
		if own, err := strconv.Atoi(n.line.Setting("file_max")); err == nil {
			most = own
		}
		if len(raw) > most {
			return nil, &problem{http.StatusBadRequest, "0x80044a02", "Attachment file size is too big."}
		}
	}
	return value, nil
}

// duplicate is the rule organizations have at first: nobody has another's e-mail
// address, nor the same name and mobile number. The caller holds the mutex.
func (n *network) duplicate(made *row) *problem {
	if n.line.Setting("duplicates") == "allow" || made.e.columns["emailaddress1"].max == 0 {
		return nil
	}
	folded := func(r *row, name string) string {
		s, _ := r.values[name].(string)
		return fold(s)
	}
	for _, other := range n.newest(made.e) {
		email, phone := folded(made, "emailaddress1"), folded(made, "mobilephone")
		if other.values["statecode"] != 0.0 {
			continue
		}
		if email != "" && email == folded(other, "emailaddress1") ||
			phone != "" && phone == folded(other, "mobilephone") && folded(made, "lastname") == folded(other, "lastname") && folded(made, "firstname") == folded(other, "firstname") {
			return &problem{http.StatusPreconditionFailed, "0x80040333", "A record was not created or updated because a duplicate of the current record already exists."}
		}
	}
	return nil
}
