package dynamics

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/crm"
)

// Search asks every table at once; the answer is in the order of to.Objects, and
// of one table what changed last first.
//
// Errors: *crm.Error.
// Source: DYN-02, DYN-09.
func (d *Dynamics) Search(ctx context.Context, to crm.Connection, q crm.Query) ([]crm.Record, error) {
	return crm.SearchAll(d.Spec(), to, func(object string) ([]crm.Record, error) {
		t, known := tables[object]
		filter := t.filter(to, object, q)
		if !known || filter == "" {
			return nil, nil
		}
		return d.list(ctx, to, object, q, filter)
	})
}

// quote makes a text of OData.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// filter asks for active records that may fit q; "" = none of this table can.
//
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
func (t table) filter(to crm.Connection, object string, q crm.Query) string {
	var any []string
	switch {
	case q.Phone != "" && to.Settings["phone_column"] != "" && columnName.MatchString(to.Settings["phone_column"]):
		for _, form := range []string{q.Phone, strings.TrimPrefix(q.Phone, "+")} {
			any = append(any, to.Settings["phone_column"]+" eq "+quote(form))
		}
	case q.Phone != "":
		// Nothing is normalized there, and contains is a LIKE: a wildcard between the
		// digits finds them whatever was typed between.
		for _, name := range t.phones {
			any = append(any, "contains("+name+","+quote(strings.Join(crm.Last(q.Phone), "%"))+")")
		}
	case q.Email != "":
		for _, name := range t.emails {
			any = append(any, name+" eq "+quote(q.Email))
		}
	case q.Social.Handle != "" && object == "contact":
		if name := social(to, q.Social.Channel); name != "" {
			bare := strings.TrimPrefix(q.Social.Handle, "@")
			any = append(any, name+" eq "+quote(bare), name+" eq "+quote("@"+bare))
		}
	}
	if len(any) == 0 {
		return ""
	}
	return "statecode eq 0 and (" + strings.Join(any, " or ") + ")"
}

// formatted is where Dataverse tells the name of what a lookup leads to.
const formatted = "@OData.Community.Display.V1.FormattedValue"

// list reads what a filter finds in a table and drops what only looked like it.
func (d *Dynamics) list(ctx context.Context, to crm.Connection, object string, q crm.Query, filter string) ([]crm.Record, error) {
	t := tables[object]
	var page struct {
		Value []map[string]any `json:"value"`
	}
	err := d.call(ctx, to, request{
		method: http.MethodGet, path: t.set,
		query:  query("$select", strings.Join(t.columns(), ","), "$filter", filter, "$orderby", "modifiedon desc", "$top", strconv.Itoa(crm.SearchMax)),
		header: map[string]string{"Prefer": `odata.include-annotations="OData.Community.Display.V1.FormattedValue"`},
	}, &page)
	if err != nil {
		return nil, err
	}
	if page.Value == nil {
		return nil, crm.Unreadable()
	}
	var out []crm.Record
	for _, row := range page.Value {
		r := t.record(object, row)
		if r.ID == "" {
			return nil, crm.Unreadable()
		}
		if q.Phone == "" || to.Settings["phone_column"] != "" || slices.ContainsFunc(r.Phones, func(typed string) bool { return crm.Is(q.Phone, typed, country(to)) }) {
			out = append(out, r)
		}
	}
	return out, nil
}

func (t table) columns() []string {
	out := []string{t.key, t.name, "modifiedon"}
	if t.company != "" {
		out = append(out, t.company)
	}
	return slices.Concat(out, t.details, t.phones, t.emails)
}

// record reads a row.
func (t table) record(object string, row map[string]any) crm.Record {
	text := func(name string) string {
		s, _ := row[name].(string)
		return s
	}
	texts := func(names []string) []string {
		out := []string{}
		for _, name := range names {
			if s := text(name); s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
		return out
	}
	r := crm.Record{
		Ref: crm.Ref{Object: object, ID: strings.ToLower(text(t.key))}, Name: text(t.name),
		Company: cmp.Or(text(t.company+formatted), text(t.company)), Emails: texts(t.emails), Phones: texts(t.phones),
	}
	if t.company == "" || guidOnly.MatchString(r.Company) {
		r.Company = ""
	}
	r.Detail = strings.Join(texts(t.details), ", ")
	return r
}

// User asks for people only: an application's user has an application, and nobody
// looks for its activities under its name.
//
// Errors: *crm.Error.
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/systemuser
func (d *Dynamics) User(ctx context.Context, to crm.Connection, email string) (string, error) {
	var page struct {
		Value []struct {
			ID string `json:"systemuserid"`
		} `json:"value"`
	}
	err := d.call(ctx, to, request{method: http.MethodGet, path: "systemusers", query: query(
		"$select", "systemuserid", "$filter", "isdisabled eq false and applicationid eq null and internalemailaddress eq "+quote(email), "$top", "2")}, &page)
	switch {
	case err != nil:
		return "", err
	case page.Value == nil:
		return "", crm.Unreadable()
	case len(page.Value) != 1:
		return "", nil
	case !guidOnly.MatchString(page.Value[0].ID):
		return "", crm.Unreadable()
	}
	return strings.ToLower(page.Value[0].ID), nil
}

// Check asks who we are there, and whether each table may be read.
//
// Errors: *crm.Error.
func (d *Dynamics) Check(ctx context.Context, to crm.Connection) (crm.Health, error) {
	var me struct {
		User         string `json:"UserId"`
		Organization string `json:"OrganizationId"`
	}
	if err := d.call(ctx, to, request{method: http.MethodGet, path: "WhoAmI"}, &me); err != nil {
		return crm.Health{}, err
	}
	var user struct {
		Name string `json:"fullname"`
	}
	var organization struct {
		Name string `json:"name"`
	}
	if !guidOnly.MatchString(me.User) || !guidOnly.MatchString(me.Organization) {
		return crm.Health{}, crm.Unreadable()
	}
	if err := d.call(ctx, to, request{method: http.MethodGet, path: "systemusers(" + me.User + ")", query: query("$select", "fullname")}, &user); err != nil {
		return crm.Health{}, err
	}
	if err := d.call(ctx, to, request{method: http.MethodGet, path: "organizations(" + me.Organization + ")", query: query("$select", "name")}, &organization); err != nil {
		return crm.Health{}, err
	}
	for _, set := range d.readable(to) {
		var page json.RawMessage
		if err := d.call(ctx, to, request{method: http.MethodGet, path: set.path, query: set.query}, &page); err != nil {
			return crm.Health{}, err
		}
	}
	h := crm.Health{Account: organization.Name, User: user.Name}
	if file := to.Secrets["certificate"]; file != "" {
		h.Detail, h.Until = shown(file)
	}
	return h, nil
}

// readable are the questions a search and a log will ask, for one row each: a
// column or a right that is missing shows now.
func (d *Dynamics) readable(to crm.Connection) []request {
	out := []request{{path: kindOf(to, crm.Ref{}).set, query: query("$select", "activityid", "$top", "1")}}
	objects := to.Objects
	if len(objects) == 0 {
		objects = d.Spec().Objects
	}
	for _, object := range objects {
		t, known := tables[object]
		if !known {
			continue
		}
		columns := t.columns()
		if c := to.Settings["phone_column"]; c != "" {
			columns = append(columns, c)
		}
		if object == "contact" {
			for line := range strings.Lines(to.Settings["social_columns"]) {
				if _, name, _ := strings.Cut(line, "="); columnName.MatchString(strings.TrimSpace(name)) {
					columns = append(columns, strings.TrimSpace(name))
				}
			}
		}
		out = append(out, request{path: t.set, query: query("$select", strings.Join(columns, ","), "$top", "1")})
	}
	return out
}

// at is a time as OData writes it.
func at(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
