package dataverse

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parley/internal/simulator"
)

// settle puts the demo's customers into the organization, their numbers typed as
// people type them. The caller holds the mutex.
func (n *network) settle() {
	shop := n.add("accounts", n.id(), map[string]any{"name": "Boulangerie du Parc", "telephone1": "514-555-0190", "address1_city": "Montr\u00e9al"})
	people := []map[string]any{
		{"firstname": "Marie", "lastname": "Tremblay-Roy", "telephone1": "514.555.0101 ext. 2", "jobtitle": "Owner", "_parentcustomerid_value": shop.id},
		{"firstname": "Noah", "lastname": "Singh", "telephone1": "+1 416 555 0102", "emailaddress1": "noah.singh@example.com", "address1_city": "Toronto", "new_phonedigits": "14165550102"},
		{"firstname": "Jos\u00e9", "lastname": "\u00c1lvarez", "emailaddress1": "jose@example.com", "new_facebookid": "6328923457821345"},
		{"firstname": "Ada", "lastname": "King", "emailaddress1": "ada@example.com", "new_twitter": "@ada773184"},
		{"firstname": "Sean", "lastname": "O'Brien", "mobilephone": "1-438-555-0107", "emailaddress1": "sean.o'brien@example.com"},
		{"firstname": "Marie", "lastname": "Tremblay", "mobilephone": "(514) 555-0101", "emailaddress1": "marie.tremblay@example.com", "address1_city": "Montr\u00e9al", "new_phonedigits": "15145550101"},
		{"firstname": "Old", "lastname": "Record", "mobilephone": "514-555-0101", "statecode": 1.0, "statuscode": 2.0},
	}
	for _, p := range people {
		n.add("contacts", n.id(), p)
	}
	n.add("systemusers", n.id(), map[string]any{"fullname": "Amy Chen", "internalemailaddress": "amy@example.com", "isdisabled": false})
	n.add("leads", n.id(), map[string]any{"firstname": "Mei", "lastname": "Lin", "companyname": "Lin Imports", "mobilephone": "438 555-0110", "emailaddress1": "mei@example.com"})
}

// Records lists what people see: everything but the organization and its users.
func (n *network) Records() []simulator.Record {
	n.mu.Lock()
	defer n.mu.Unlock()
	out := []simulator.Record{}
	for _, r := range n.newest(nil) {
		if r.e.set == "organizations" || r.e.set == "systemusers" {
			continue
		}
		record := simulator.Record{Object: r.e.name, ID: r.id, Name: r.name(), Fields: map[string]string{}, Closed: r.values["statecode"] != 0.0}
		record.Page = n.pages() + "?pagetype=entityrecord&etn=" + r.e.name + "&id=" + r.id
		for name, value := range r.values {
			record.Fields[name] = written(value)
		}
		for _, p := range r.parties {
			if side := map[any]string{1.0: "from", 2.0: "to"}[p["participationtypemask"]]; side != "" {
				record.Fields[side], _ = p["party"].(string)
			}
		}
		for _, column := range []string{"_regardingobjectid_value", "_objectid_value"} {
			if to, ok := r.values[column].(string); ok {
				record.Regarding = to
			}
		}
		out = append(out, record)
	}
	return out
}

func (r *row) name() string {
	s, _ := r.values[r.e.label].(string)
	return s
}

// written is a column's value as text.
func written(value any) string {
	if f, ok := value.(float64); ok {
		return fmt.Sprintf("%.0f", f)
	}
	return fmt.Sprint(value)
}

// Keep is somebody typing a record in.
func (n *network) Keep(object string, fields map[string]string) (string, error) {
	e := n.named(object)
	if e == nil {
		return "", simulator.ErrCannot
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	made := &row{e: e, values: map[string]any{}}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		value, err := typed(e.columns[name].kind, fields[name])
		if err != nil {
			return "", fmt.Errorf("%w: %s", simulator.ErrCannot, name)
		}
		if bad := n.set(made, name, value); bad != nil {
			return "", fmt.Errorf("%w: %s", simulator.ErrCannot, bad.message)
		}
	}
	if _, person := e.columns["isdisabled"]; person && made.values["isdisabled"] == nil {
		made.values["isdisabled"] = false
	}
	return n.add(e.set, n.id(), made.values).id, nil
}

// typed is what somebody typed, as its column holds it.
func typed(k kind, s string) (any, error) {
	switch k {
	case number:
		return strconv.ParseFloat(s, 64)
	case boolean:
		return strconv.ParseBool(s)
	}
	return s, nil
}

// Forget is somebody deleting one.
func (n *network) Forget(object, id string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	have := n.rows[strings.ToLower(id)]
	if have == nil || have.e.name != object {
		return simulator.ErrCannot
	}
	n.drop(have.id)
	return nil
}

func (n *network) named(object string) *entity {
	for _, e := range n.entities {
		if e.name == object && e.set != "organizations" {
			return e
		}
	}
	return nil
}
