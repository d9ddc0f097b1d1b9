package parley

// Scope is where a setting can have a value; the first that has one counts.
//
// Source: CFG-01.
type Scope string

// The scopes, in the order they are asked.
const (
	ScopeAgent      Scope = "agent"
	ScopeGroup      Scope = "group"
	ScopeQueue      Scope = "queue"
	ScopeEntryPoint Scope = "entry_point"
	ScopeTenant     Scope = "tenant"
)

// Setting is a value somebody set.
type Setting struct {
	Scope   Scope
	ScopeID string // "" for the tenant
	Key     string // agents.may_reject
	Value   string // JSON
}
