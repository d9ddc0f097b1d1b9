package parley

// Actor is who is asking. It is an argument of every use case, in plain sight.
type Actor struct {
	Agent   AgentID // "" for a visitor or an API key
	Group   GroupID
	Role    Role
	Preset  Preset         // the surface in use (CFG-05)
	Surface Surface        // where the session was begun
	Session string         // id of the session, "" for a key
	Key     string         // id of the API key, "" for a person
	Scopes  []Permission   // of the key; a person's come from the role
	Visitor ConversationID // the visitor's own conversation, "" for everybody else
	IP      string
	Request string // id of the request, for the audit log
}

// By is who did something, as what is kept of it says: an agent, or an API key,
// which has a name of its own; "" for a visitor and for the system.
func (a Actor) By() string {
	if a.Key != "" {
		return a.Key
	}
	return string(a.Agent)
}

// Surface is where somebody works with Parley. A session of one surface is worth
// nothing at another.
//
// Source: A-110.
type Surface string

// The surfaces.
const (
	SurfaceApp   Surface = ""
	SurfacePanel Surface = "panel" // framed by a CRM: serving and records, nothing else
)
