package salesforce

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parley/internal/crm"
)

// Create makes a contact; the organization's duplicate rules have their say. Of
// one whose answer was lost they find the duplicate when it is asked for again.
//
// Errors: *crm.Error; Duplicate if the rules found one.
// Source: DYN-03; https://developer.salesforce.com/docs/platform/api-rest/guide/dome-sobject-create.html
func (s *Salesforce) Create(ctx context.Context, to crm.Connection, p crm.Prefill) (crm.Record, error) {
	fields := prefill(to, p)
	if fields["LastName"] == "" { // the one a contact must have
		fields["LastName"] = cmp.Or(fields["FirstName"], p.Email, p.Phone, p.Social.Handle)
		delete(fields, "FirstName")
	}
	var made struct {
		ID string `json:"id"`
	}
	err := s.call(ctx, to, request{
		method: http.MethodPost, path: "sobjects/Contact", body: fields,
		header: map[string]string{"Sforce-Duplicate-Rule-Header": "allowSave=false"},
	}, &made)
	if err != nil {
		return crm.Record{}, err
	}
	if !recordID.MatchString(made.ID) {
		return crm.Record{}, crm.Unreadable()
	}
	row := map[string]any{"Id": made.ID, "Name": strings.TrimSpace(fields["FirstName"] + " " + fields["LastName"])}
	for name, value := range fields {
		row[name] = value
	}
	return tables["contact"].record("contact", row), nil
}

// prefill is what we know of somebody, in a contact's fields.
func prefill(to crm.Connection, p crm.Prefill) map[string]string {
	out := map[string]string{}
	for name, value := range map[string]string{
		"FirstName": p.FirstName, "LastName": p.LastName, "Email": p.Email, "MobilePhone": p.Phone, social(to, p.Social.Channel): p.Social.Handle,
	} {
		if name != "" && value != "" {
			out[name] = value
		}
	}
	return out
}

// URL is a page of Lightning.
//
// Source: https://developer.salesforce.com/docs/platform/lwc/guide/use-navigate-url-addressable.html and
// https://developer.salesforce.com/docs/platform/lightning-component-reference/guide/lightning-page-reference-utils.html
func (s *Salesforce) URL(to crm.Connection, r crm.Ref, p crm.Prefill) string {
	if r.ID != "" {
		name := "Task"
		if t, known := tables[r.Object]; known {
			name = t.name
		}
		return base(to) + "/lightning/r/" + name + "/" + url.PathEscape(r.ID) + "/view"
	}
	var known []string
	for name, value := range prefill(to, p) {
		known = append(known, name+"="+encode(value))
	}
	slices.Sort(known)
	page := base(to) + "/lightning/o/Contact/new"
	if len(known) > 0 {
		page += "?defaultFieldValues=" + encode(strings.Join(known, ","))
	}
	return page
}

// encode is encodeURIComponent of a browser, where a space is never a plus.
func encode(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
