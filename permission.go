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

// Has reports whether the actor has a permission, by role or by key.
func (a Actor) Has(p Permission) bool {
	if a.Key != "" {
		return slices.Contains(a.Scopes, p)
	}
	return slices.Contains(a.Role.Permissions(), p)
}
