// Package all lists the outside CRMs. Only main and tests import it: a CRM does
// not know its neighbors.
package all

import (
	"net/http"

	"parley/internal/crm"
	"parley/internal/crm/dynamics"
	"parley/internal/crm/salesforce"
)

// New returns every CRM by its kind. client is how they are reached.
func New(client *http.Client) map[string]crm.CRM {
	all := map[string]crm.CRM{}
	for _, c := range list(client) {
		all[c.Spec().Kind] = c
	}
	return all
}

// list has a line for each.
func list(client *http.Client) []crm.CRM {
	return []crm.CRM{
		dynamics.New(client),
		salesforce.New(client),
	}
}
