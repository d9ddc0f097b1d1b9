package dynamics

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"parley/internal/crm"
)

// Create makes a contact under an id of ours, so that one whose answer was lost
// can be asked for instead of being made twice.
//
// Errors: *crm.Error; Duplicate if the organisation's rules found one.
// Source: DYN-03; https://learn.microsoft.com/power-apps/developer/data-platform/webapi/create-entity-web-api
func (d *Dynamics) Create(ctx context.Context, to crm.Connection, p crm.Prefill) (crm.Record, error) {
	t, id := tables["contact"], uuid.NewString()
	body := map[string]any{t.key: id}
	for name, value := range prefill(to, p) {
		body[name] = value
	}
	var row map[string]any
	err := d.call(ctx, to, request{
		method: http.MethodPost, path: t.set, query: query("$select", strings.Join(t.columns(), ",")), body: body,
		header: map[string]string{"MSCRM.SuppressDuplicateDetection": "false", "Prefer": "return=representation"},
	}, &row)
	if e := (*crm.Error)(nil); errors.As(err, &e) && e.Code == crm.Transient {
		there := d.call(ctx, to, request{method: http.MethodGet, path: t.set + "(" + id + ")", query: query("$select", strings.Join(t.columns(), ","))}, &row)
		if there == nil {
			err = nil
		}
	}
	if err != nil {
		return crm.Record{}, err
	}
	made := t.record("contact", row)
	if made.ID != id {
		return crm.Record{}, crm.Unreadable()
	}
	return made, nil
}

// prefill is what we know of somebody, in a contact's columns.
func prefill(to crm.Connection, p crm.Prefill) map[string]string {
	out := map[string]string{}
	set := func(name, value string) {
		if name != "" && value != "" {
			out[name] = value
		}
	}
	set("firstname", p.FirstName)
	set("lastname", p.LastName)
	set("emailaddress1", p.Email)
	set("mobilephone", p.Phone)
	set(social(to, p.Social.Channel), p.Social.Handle)
	if p.Phone != "" {
		if name := to.Settings["phone_column"]; columnName.MatchString(name) {
			set(name, strings.TrimPrefix(p.Phone, "+"))
		}
	}
	return out
}

// URL is a page of the model-driven app.
//
// Source: https://learn.microsoft.com/power-apps/developer/model-driven-apps/open-forms-views-dialogs-reports-url
func (d *Dynamics) URL(to crm.Connection, r crm.Ref, p crm.Prefill) string {
	var options []string
	switch app := to.Settings["app"]; {
	case guidOnly.MatchString(app):
		options = append(options, "appid", app)
	case app != "":
		options = append(options, "appname", app)
	}
	options = append(options, "pagetype", "entityrecord")
	if r.ID != "" {
		return base(to) + "/main.aspx?" + query(append(options, "etn", r.Object, "id", r.ID)...)
	}
	options = append(options, "etn", "contact")
	if known := extra(prefill(to, p)); known != "" {
		options = append(options, "extraqs", known)
	}
	return base(to) + "/main.aspx?" + query(options...)
}

// extra writes the fields a new form is filled with.
//
// Source: https://learn.microsoft.com/power-apps/developer/model-driven-apps/set-field-values-using-parameters-passed-form
func extra(fields map[string]string) string {
	values := url.Values{}
	for name, value := range fields {
		values.Set(name, value)
	}
	return strings.ReplaceAll(values.Encode(), "+", "%20")
}
