package salesforce

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"parley/internal/simulator"
)

// settle puts the demo's customers into the organization, their numbers typed as
// people type them. The caller holds the mutex.
func (n *network) settle() {
	shop := n.add(n.objects["account"], n.id(n.objects["account"]), map[string]any{"Name": "Boulangerie du Parc", "Phone": "514-555-0190", "BillingCity": "Montr\u00e9al"})
	for _, p := range []map[string]any{
		{"FirstName": "Marie", "LastName": "Tremblay-Roy", "Phone": "514.555.0101 ext. 2", "Title": "Owner", "AccountId": shop.id},
		{"FirstName": "Noah", "LastName": "Singh", "Phone": "+1 416 555 0102", "Email": "noah.singh@example.com", "MailingCity": "Toronto"},
		{"FirstName": "Sean", "LastName": "O'Brien", "MobilePhone": "1-438-555-0107", "Email": "sean.o'brien@example.com"},
		{"FirstName": "Marie", "LastName": "Tremblay", "MobilePhone": "(514) 555-0101", "Email": "marie.tremblay@example.com", "MailingCity": "Montr\u00e9al"},
	} {
		n.add(n.objects["contact"], n.id(n.objects["contact"]), p)
	}
	n.add(n.objects["user"], n.id(n.objects["user"]), map[string]any{"Name": "Amy Chen", "Email": "amy@example.com", "UserType": "Standard", "IsActive": true})
	n.add(n.objects["lead"], n.id(n.objects["lead"]), map[string]any{"FirstName": "Mei", "LastName": "Lin", "Company": "Lin Imports", "MobilePhone": "438 555-0110", "Email": "mei@example.com"})
}

// hidden are objects people do not look through.
var hidden = []string{"Organization", "User", "ContentDocument"}

// Records lists what people see.
func (n *network) Records() []simulator.Record {
	n.mu.Lock()
	defer n.mu.Unlock()
	out := []simulator.Record{}
	for _, r := range n.newest(nil) {
		if slices.Contains(hidden, r.of.name) || r.values["IsLatest"] == false {
			continue
		}
		name, _ := r.values[r.of.label].(string)
		record := simulator.Record{
			Object: strings.ToLower(r.of.name), ID: r.id, Name: name, Fields: map[string]string{}, Closed: r.values["IsClosed"] == true,
			Page: n.pages() + "?path=/lightning/r/" + r.of.name + "/" + r.id + "/view",
		}
		for name, value := range r.values {
			record.Fields[name] = written(value)
		}
		for _, name := range []string{"WhatId", "WhoId", "FirstPublishLocationId"} {
			if to, ok := r.values[name].(string); ok {
				record.Regarding = to
			}
		}
		out = append(out, record)
	}
	return out
}

// written is a field's value as text.
func written(value any) string {
	if f, ok := value.(float64); ok {
		return fmt.Sprintf("%.0f", f)
	}
	return fmt.Sprint(value)
}

// Keep is somebody typing a record in; no duplicate rule stops people.
func (n *network) Keep(object string, fields map[string]string) (string, error) {
	o := n.objects[strings.ToLower(object)]
	if o == nil || o.name != "User" && slices.Contains(hidden, o.name) {
		return "", simulator.ErrCannot
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	made := &row{of: o, values: map[string]any{}}
	in := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		in[name] = fields[name]
		if o.fields[name].kind == "boolean" {
			in[name] = fields[name] == "true"
		}
	}
	bad := n.change(made, in)
	if bad == nil {
		bad = n.complete(made)
	}
	if bad != nil {
		return "", fmt.Errorf("%w: %s", simulator.ErrCannot, bad.message)
	}
	return n.keep(made).id, nil
}

// Forget is somebody deleting one.
func (n *network) Forget(object, id string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	have := n.find(n.objects[strings.ToLower(object)], id)
	if have == nil || slices.Contains(hidden, have.of.name) {
		return simulator.ErrCannot
	}
	n.drop(have.id)
	return nil
}
