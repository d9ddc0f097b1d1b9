package salesforce

import (
	"crypto/md5" //nolint:gosec // how the platform names a file's content
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/simulator"
)

// body reads a record; if it cannot, it has answered.
func body(w http.ResponseWriter, r *http.Request) (map[string]any, bool) {
	var in map[string]any
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in == nil {
		problem{http.StatusBadRequest, "JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no readable one."}.answer(w)
		return nil, false
	}
	return in, true
}

// create is POST /sobjects/Name.
func (n *network) create(w http.ResponseWriter, r *http.Request, o *object) {
	in, ok := body(w, r)
	if !ok {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	made := &row{of: o, values: map[string]any{}}
	bad := n.change(made, in)
	if bad == nil {
		bad = n.complete(made)
	}
	if bad == nil && r.Header.Get("Sforce-Duplicate-Rule-Header") != "allowSave=true" {
		bad = n.duplicate(made)
	}
	if bad != nil {
		bad.answer(w)
		return
	}
	kept := n.keep(made)
	simulator.WriteJSON(w, http.StatusCreated, map[string]any{"id": kept.id, "success": true, "errors": []any{}})
}

// keep takes a new row in; a file's version gets its document. The caller holds the mutex.
func (n *network) keep(made *row) *row {
	if made.of.name == "ContentVersion" {
		n.version(made)
	}
	return n.add(made.of, n.id(made.of), made.values)
}

// version makes a row the newest version of its document, or of a new one.
func (n *network) version(made *row) {
	number := 1.0
	if made.values["ContentDocumentId"] == nil {
		document := n.add(n.objects["contentdocument"], n.id(n.objects["contentdocument"]), map[string]any{"Title": made.values["Title"]})
		made.values["ContentDocumentId"] = document.id
	}
	for _, other := range n.newest(made.of) {
		if other.values["ContentDocumentId"] == made.values["ContentDocumentId"] {
			other.values["IsLatest"] = false
			number++
		}
	}
	text := content(made)
	sum := md5.Sum([]byte(text)) //nolint:gosec // see above
	maps.Copy(made.values, map[string]any{"IsLatest": true, "VersionNumber": number, "ContentSize": float64(len(text)), "Checksum": hex.EncodeToString(sum[:])})
}

// update is PATCH /sobjects/Name/id.
func (n *network) update(w http.ResponseWriter, r *http.Request, o *object, id string) {
	in, ok := body(w, r)
	if !ok {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	have := n.find(o, id)
	if have == nil {
		nowhere.answer(w)
		return
	}
	if bad := n.overwrite(have, in); bad != nil {
		bad.answer(w)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// overwrite changes a row, all of it or nothing. The caller holds the mutex.
func (n *network) overwrite(have *row, in map[string]any) *problem {
	next := &row{of: have.of, id: have.id, values: maps.Clone(have.values)}
	bad := n.change(next, in)
	if bad == nil {
		bad = n.complete(next)
	}
	if bad == nil {
		have.values = next.values
		n.changed(have)
	}
	return bad
}

// upsert is PATCH /sobjects/Name/Field/value.
//
// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/dome-upsert.html
func (n *network) upsert(w http.ResponseWriter, r *http.Request, o *object, by, value string) {
	in, ok := body(w, r)
	if !ok {
		return
	}
	if o.external == "" || !strings.EqualFold(by, o.external) {
		nowhere.answer(w)
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, twice := in[o.external]; twice {
		problem{http.StatusBadRequest, "INVALID_FIELD", "The external id field is already in the address."}.answer(w)
		return
	}
	for _, have := range n.newest(o) {
		if s, _ := have.values[o.external].(string); strings.EqualFold(s, value) {
			if bad := n.overwrite(have, in); bad != nil {
				bad.answer(w)
				return
			}
			simulator.WriteJSON(w, http.StatusOK, map[string]any{"id": have.id, "success": true, "errors": []any{}, "created": false})
			return
		}
	}
	made := &row{of: o, values: map[string]any{o.external: value}}
	bad := n.denied("create", o)
	if bad == nil {
		bad = n.change(made, in)
	}
	if bad == nil {
		bad = n.complete(made)
	}
	if bad != nil {
		bad.answer(w)
		return
	}
	kept := n.keep(made)
	simulator.WriteJSON(w, http.StatusCreated, map[string]any{"id": kept.id, "success": true, "errors": []any{}, "created": true})
}

func (n *network) remove(w http.ResponseWriter, o *object, id string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	have := n.find(o, id)
	if have == nil {
		nowhere.answer(w)
		return
	}
	n.drop(have.id)
	w.WriteHeader(http.StatusNoContent)
}

// change lays what was sent over a row. The caller holds the mutex.
func (n *network) change(r *row, in map[string]any) *problem {
	for name, value := range in {
		known, f, ok := r.of.field(name)
		switch {
		case !ok:
			return &problem{http.StatusBadRequest, "INVALID_FIELD", "No such column '" + name + "' on sobject of type " + r.of.name}
		case f.ours:
			return &problem{http.StatusBadRequest, "INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: " + known}
		case value == nil:
			delete(r.values, known)
			continue
		}
		if bad := n.fits(known, f, value); bad != nil {
			return bad
		}
		r.values[known] = value
	}
	return nil
}

// fits checks a value against its field.
func (n *network) fits(name string, f field, value any) *problem {
	wrong := &problem{http.StatusBadRequest, "JSON_PARSER_ERROR", "Cannot deserialize instance of " + f.kind + " from the value of " + name}
	s, isText := value.(string)
	switch f.kind {
	case "number":
		if _, ok := value.(float64); !ok {
			return wrong
		}
	case "boolean":
		if _, ok := value.(bool); !ok {
			return wrong
		}
	case "date":
		if _, err := time.Parse("2006-01-02", s); err != nil {
			return wrong
		}
	case "base64":
		if _, err := base64.StdEncoding.DecodeString(s); !isText || err != nil {
			return wrong
		}
	case "id":
		if len(s) != 15 && len(s) != 18 || !strings.Contains(f.to, s[:3]) {
			return &problem{http.StatusBadRequest, "MALFORMED_ID", name + ": id value of incorrect type: " + s}
		}
		to := n.find(nil, s)
		if to == nil {
			return &problem{http.StatusBadRequest, "ENTITY_IS_DELETED", "entity is deleted"}
		}
		if name == "OwnerId" && to.values["IsActive"] != true {
			return &problem{http.StatusBadRequest, "INACTIVE_OWNER_OR_USER", "operation performed with inactive user [" + s + "] as owner of task"}
		}
	default:
		if !isText {
			return wrong
		}
		if utf8.RuneCountInString(s) > f.max {
			return &problem{http.StatusBadRequest, "STRING_TOO_LONG", fmt.Sprintf("%s: data value too large (max length=%d)", name, f.max)}
		}
		if name == "Email" && !strings.Contains(s, "@") {
			return &problem{http.StatusBadRequest, "INVALID_EMAIL_ADDRESS", "Email: invalid email address: " + s}
		}
	}
	return nil
}

// complete asks whether what a record must have is there. The caller holds the mutex.
func (n *network) complete(r *row) *problem {
	for name := range strings.FieldsSeq(r.of.required) {
		if r.values[name] == nil {
			return &problem{http.StatusBadRequest, "REQUIRED_FIELD_MISSING", "Required fields are missing: [" + name + "]"}
		}
	}
	if who, _ := r.values["WhoId"].(string); strings.HasPrefix(who, "00Q") && r.values["WhatId"] != nil {
		return &problem{http.StatusBadRequest, "FIELD_INTEGRITY_EXCEPTION", "WhatId must be blank if WhoId is a lead"}
	}
	return nil
}

// duplicate is the standard rule: the same e-mail address, or the same name and
// mobile number. The caller holds the mutex.
func (n *network) duplicate(made *row) *problem {
	if n.line.Setting("duplicates") == "allow" || made.of.name != "Contact" && made.of.name != "Lead" {
		return nil
	}
	same := func(other *row, name string) bool {
		a, _ := made.values[name].(string)
		b, _ := other.values[name].(string)
		return a != "" && fold(a) == fold(b)
	}
	for _, other := range n.newest(made.of) {
		if same(other, "Email") || same(other, "MobilePhone") && same(other, "LastName") {
			return &problem{http.StatusBadRequest, "DUPLICATES_DETECTED", "Use one of these records?"}
		}
	}
	return nil
}
