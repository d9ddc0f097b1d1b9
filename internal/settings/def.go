package settings

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"parley"
)

// Type is what sort of value a key takes.
type Type string

// The types. A secret is a text that is never shown again.
const (
	Bool    Type = "bool"
	Int     Type = "int"
	Text    Type = "text"
	Secret  Type = "secret"
	Choice  Type = "choice"  // one of the options
	Choices Type = "choices" // any of the options
)

// Def is one key of the registry.
type Def struct {
	Key     string
	Type    Type
	Unit    string // seconds, code points ..., "" if none
	Default json.RawMessage
	Presets map[parley.Preset]json.RawMessage // where a preset differs
	Scopes  []parley.Scope
	Options []string
	Min     int64 // of an int; of a text, its least length
	Max     int64
	Origins bool                     // a text of safe web origins, parted by spaces
	Link    bool                     // a text that is an address people may follow: a page's, or mailto:
	Web     bool                     // a text that is a web address
	Form    func(text string) string // what is wrong with a text that is not empty, "" if nothing
	Ceiling int64                    // hard ceiling: wins over every scope; 0 = none
	Source  string                   // rule it comes from
}

// Find returns the definition of a key.
func Find(key string) (Def, bool) {
	i, ok := slices.BinarySearchFunc(sorted, key, func(d Def, key string) int {
		switch {
		case d.Key < key:
			return -1
		case d.Key > key:
			return 1
		}
		return 0
	})
	if !ok {
		return Def{}, false
	}
	return sorted[i], true
}

// All returns every definition, by key.
func All() []Def { return slices.Clone(sorted) }

// Check says what is wrong with a value somebody wants to set, "" if nothing:
// unknown (key), scope, type, option, out_of_range, too_long, not_an_origin,
// not_a_url, not_a_host or not_an_email.
func Check(s parley.Setting) string {
	def, ok := Find(s.Key)
	switch {
	case !ok:
		return "unknown"
	case !slices.Contains(def.Scopes, s.Scope):
		return "scope"
	case (s.ScopeID == "") != (s.Scope == parley.ScopeTenant):
		return "scope"
	case s.Value == "":
		return "" // unset
	}
	return def.check(json.RawMessage(s.Value))
}

func (d Def) check(value json.RawMessage) string {
	if string(value) == "null" {
		return "type"
	}
	switch d.Type {
	case Bool:
		return fits(value, func(bool) string { return "" })
	case Int:
		return fits(value, func(n int64) string { return d.inRange(n) })
	case Text, Secret:
		return fits(value, func(s string) string {
			if n := int64(utf8.RuneCountInString(s)); n > d.Max {
				return "too_long"
			}
			if d.Origins && !origins(s) {
				return "not_an_origin"
			}
			if s != "" && (d.Link && !parley.SafeLink(s) || d.Web && (!parley.SafeLink(s) || !strings.HasPrefix(strings.ToLower(s), "http"))) {
				return "not_a_url"
			}
			if s != "" && d.Form != nil {
				return d.Form(s)
			}
			return ""
		})
	case Choice:
		return fits(value, func(s string) string { return d.options(s) })
	case Choices:
		return fits(value, func(s []string) string { return d.options(s...) })
	}
	return "type"
}

// origins reports whether every word of a text is a web origin that nobody on the way can pose as.
func origins(text string) bool {
	return !slices.ContainsFunc(strings.Fields(text), func(s string) bool { _, ok := parley.SafeOrigin(s); return !ok })
}

func fits[T any](value json.RawMessage, check func(T) string) string {
	var t T
	if json.Unmarshal(value, &t) != nil {
		return "type"
	}
	return check(t)
}

func (d Def) inRange(n int64) string {
	if n < d.Min || n > d.Max {
		return "out_of_range"
	}
	return ""
}

func (d Def) options(chosen ...string) string {
	for _, s := range chosen {
		if !slices.Contains(d.Options, s) {
			return "option"
		}
	}
	return ""
}

// capped applies the hard ceiling.
//
// Source: CFG-01.
func (d Def) capped(value json.RawMessage) json.RawMessage {
	if d.Ceiling == 0 {
		return value
	}
	var n int64
	if json.Unmarshal(value, &n) == nil && n > d.Ceiling {
		return literal(d.Ceiling)
	}
	return value
}
