package parley

import "slices"

// Permission is one right. Permissions are data: roles have them, API keys list
// them.
type Permission string

// The permissions.
const (
	MayServe      Permission = "serve"      // take offers, write, wrap up one's own interactions
	MayRecords    Permission = "records"    // list, open, edit customers, cases, missed contacts
	MaySupervise  Permission = "supervise"  // see queues, agents and interactions; watch; set status; why
	MayAdminister Permission = "administer" // change the configuration
	MayAudit      Permission = "audit"      // read the audit log
	MayChannel    Permission = "channel"    // bring customers in by the channel API (API-01)
)

// Permissions returns the rights a role starts with.
func (r Role) Permissions() []Permission {
	switch r {
	case RoleAgent:
		return []Permission{MayServe, MayRecords}
	case RoleSupervisor:
		return []Permission{MayServe, MayRecords, MaySupervise}
	case RoleAdmin:
		return []Permission{MayServe, MayRecords, MaySupervise, MayAdminister, MayAudit, MayChannel}
	}
	return nil
}

// panelMay is all that can be done from inside a CRM: what frames us there is
// another's page.
//
// Source: A-110.
var panelMay = []Permission{MayServe, MayRecords}

// Permissions returns what the actor may do where they are: by their role or
// their key, and inside a CRM only what is needed there.
func (a Actor) Permissions() []Permission {
	switch {
	case a.Key != "":
		return a.Scopes
	case a.Surface == SurfacePanel:
		return slices.DeleteFunc(a.Role.Permissions(), func(p Permission) bool { return !slices.Contains(panelMay, p) })
	}
	return a.Role.Permissions()
}

// Has reports whether the actor has a permission.
func (a Actor) Has(p Permission) bool { return slices.Contains(a.Permissions(), p) }
