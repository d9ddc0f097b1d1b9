package salesforce

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"parley/internal/simulator"
)

// row is one record: its fields, without those that are null.
type row struct {
	of      *object
	id      string
	version int64
	values  map[string]any
}

// id makes an id of 18 characters, the last three of which say which of the others
// are capitals.
//
// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
func (n *network) id(o *object) string {
	serial := strings.Repeat("0", 10) + strconv.FormatInt(n.line.Serial(), 36)
	short := o.prefix + "g5" + serial[len(serial)-10:]
	const check = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
	out := short
	for i := 0; i < len(short); i += 5 {
		bits := 0
		for j, c := range short[i : i+5] {
			if c >= 'A' && c <= 'Z' {
				bits |= 1 << j
			}
		}
		out += check[bits : bits+1]
	}
	return out
}

// add takes a row in. The caller holds the mutex.
func (n *network) add(o *object, id string, values map[string]any) *row {
	r := &row{of: o, id: id, values: values}
	r.values["Id"] = id
	r.values["CreatedDate"] = n.now()
	if o.name == "Lead" && r.values["IsConverted"] == nil {
		r.values["IsConverted"] = false
	}
	if o.name == "Task" && r.values["OwnerId"] == nil {
		r.values["OwnerId"] = user
	}
	n.rows[id] = r
	n.order = append(n.order, id)
	n.changed(r)
	for len(n.order) > rowsMax {
		delete(n.rows, n.order[0])
		n.order = n.order[1:]
	}
	return r
}

func (n *network) now() string { return n.line.Now().Format("2006-01-02T15:04:05.000+0000") }

// changed notes that a row is another now. The caller holds the mutex.
func (n *network) changed(r *row) {
	r.version = n.line.Serial()
	r.values["LastModifiedDate"], r.values["SystemModstamp"] = n.now(), n.now()
	text := func(name string) string {
		s, _ := r.values[name].(string)
		return s
	}
	switch r.of.name {
	case "Contact", "Lead":
		r.values["Name"] = strings.TrimSpace(text("FirstName") + " " + text("LastName"))
	case "Task":
		r.values["IsClosed"] = text("Status") == "Completed"
	}
}

// newest lists an object's rows, what changed last first; nil means of all. The
// caller holds the mutex.
func (n *network) newest(of *object) []*row {
	var out []*row
	for _, id := range n.order {
		if r := n.rows[id]; of == nil || r.of == of {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *row) int { return int(b.version - a.version) })
	return out
}

// find returns a row by its id, of 15 or 18 characters. The caller holds the mutex.
func (n *network) find(o *object, id string) *row {
	if r := n.rows[id]; r != nil && (o == nil || r.of == o) {
		return r
	}
	if len(id) == 15 {
		for key, r := range n.rows {
			if key[:15] == id && (o == nil || r.of == o) {
				return r
			}
		}
	}
	return nil
}

// show is a row as an answer has it. The caller holds the mutex.
func (n *network) show(r *row, root string, fields []string) map[string]any {
	out := map[string]any{"attributes": map[string]string{"type": r.of.name, "url": root + "/sobjects/" + r.of.name + "/" + r.id}}
	for _, name := range fields {
		if name != "Account.Name" {
			out[name] = r.values[name]
			continue
		}
		out["Account"] = nil
		if id, ok := r.values["AccountId"].(string); ok && n.rows[id] != nil {
			out["Account"] = map[string]any{"Name": n.rows[id].values["Name"]}
		}
	}
	return out
}

// get is one record by its id.
func (n *network) get(w http.ResponseWriter, r *http.Request, o *object, id string) {
	fields := []string{}
	for name := range strings.SplitSeq(r.URL.Query().Get("fields"), ",") {
		if known, _, ok := o.field(name); ok {
			fields = append(fields, known)
		} else if name != "" {
			problem{http.StatusBadRequest, "INVALID_FIELD", "No such column '" + name + "' on entity '" + o.name + "'."}.answer(w)
			return
		}
	}
	if len(fields) == 0 {
		for name := range o.fields {
			fields = append(fields, name)
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	found := n.find(o, id)
	if found == nil {
		nowhere.answer(w)
		return
	}
	simulator.WriteJSON(w, http.StatusOK, n.show(found, strings.SplitAfter(r.URL.Path, "/sobjects")[0], fields))
}

// drop forgets a record, and with a document all its versions. The caller holds the mutex.
func (n *network) drop(id string) {
	n.order = slices.DeleteFunc(n.order, func(other string) bool {
		gone := other == id || n.rows[other].values["ContentDocumentId"] == id
		if gone {
			delete(n.rows, other)
		}
		return gone
	})
}

// content is what a file's version holds.
func content(r *row) string {
	raw, _ := base64.StdEncoding.DecodeString(fmt.Sprint(r.values["VersionData"]))
	return string(raw)
}
