package salesforce

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/internal/crm"
)

// Search asks every table at once; the answer is in the order of to.Objects, and
// of one table what changed last first. It asks the tables themselves (SOQL), not
// the search index (SOSL): that one learns of a new contact minutes later, and
// cuts numbers into words at whatever stands between their digits.
//
// Errors: *crm.Error.
// Source: DYN-02, DYN-09.
func (s *Salesforce) Search(ctx context.Context, to crm.Connection, q crm.Query) ([]crm.Record, error) {
	return crm.SearchAll(s.Spec(), to, func(object string) ([]crm.Record, error) {
		t, known := tables[object]
		where := t.where(to, object, q)
		if !known || where == "" {
			return nil, nil
		}
		return s.list(ctx, to, object, q, where)
	})
}

// quote makes a text of SOQL.
//
// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
func quote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`).Replace(s) + "'"
}

// where asks for records that may fit q; "" = none of this table can.
func (t table) where(to crm.Connection, object string, q crm.Query) string {
	var any []string
	switch {
	case q.Phone != "":
		for _, name := range t.phones {
			any = append(any, name+" LIKE "+quote("%"+strings.Join(crm.Last(q.Phone), "%")+"%"))
		}
	case q.Email != "":
		for _, name := range t.emails {
			any = append(any, name+" = "+quote(q.Email))
		}
	case q.Social.Handle != "" && object == "contact":
		if name := social(to, q.Social.Channel); name != "" {
			bare := strings.TrimPrefix(q.Social.Handle, "@")
			any = append(any, name+" = "+quote(bare), name+" = "+quote("@"+bare))
		}
	}
	if len(any) == 0 {
		return ""
	}
	where := "(" + strings.Join(any, " OR ") + ")"
	if t.active != "" {
		where = t.active + " AND " + where
	}
	return where
}

func (t table) fields() []string {
	out := []string{"Id", "Name"}
	if t.company != "" {
		out = append(out, t.company)
	}
	return slices.Concat(out, t.details, t.phones, t.emails)
}

// query runs SOQL and returns its rows.
func (s *Salesforce) query(ctx context.Context, to crm.Connection, soql string) ([]map[string]any, error) {
	var page struct {
		Records []map[string]any `json:"records"`
	}
	err := s.call(ctx, to, request{method: http.MethodGet, path: "query", query: url.Values{"q": {soql}}}, &page)
	if err == nil && page.Records == nil {
		err = crm.Unreadable()
	}
	return page.Records, err
}

// list reads what a condition finds in a table and drops what only looked like it.
func (s *Salesforce) list(ctx context.Context, to crm.Connection, object string, q crm.Query, where string) ([]crm.Record, error) {
	t := tables[object]
	rows, err := s.query(ctx, to, fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY LastModifiedDate DESC LIMIT %d", strings.Join(t.fields(), ","), t.name, where, crm.SearchMax))
	if err != nil {
		return nil, err
	}
	var out []crm.Record
	for _, row := range rows {
		r := t.record(object, row)
		if !recordID.MatchString(r.ID) {
			return nil, crm.Unreadable()
		}
		if q.Phone == "" || slices.ContainsFunc(r.Phones, func(typed string) bool { return crm.Is(q.Phone, typed, country(to)) }) {
			out = append(out, r)
		}
	}
	return out, nil
}

// record reads a row.
func (t table) record(object string, row map[string]any) crm.Record {
	r := crm.Record{Ref: crm.Ref{Object: object, ID: text(row, "Id")}, Name: text(row, "Name"), Emails: texts(row, t.emails), Phones: texts(row, t.phones)}
	if t.company != "" {
		r.Company = text(row, t.company)
	}
	r.Detail = strings.Join(texts(row, t.details), ", ")
	return r
}

// text reads a field, also one of another record: Account.Name.
func text(row map[string]any, name string) string {
	if of, inner, found := strings.Cut(name, "."); found {
		related, _ := row[of].(map[string]any)
		return text(related, inner)
	}
	s, _ := row[name].(string)
	return s
}

func texts(row map[string]any, names []string) []string {
	out := []string{}
	for _, name := range names {
		if s := text(row, name); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// User asks for those who work there: a customer who signs in to a community is a
// user, too, of another type.
//
// Errors: *crm.Error.
// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm
func (s *Salesforce) User(ctx context.Context, to crm.Connection, email string) (string, error) {
	rows, err := s.query(ctx, to, "SELECT Id FROM User WHERE IsActive = true AND UserType = 'Standard' AND Email = "+quote(email)+" LIMIT 2")
	if err != nil || len(rows) != 1 {
		return "", err
	}
	id := text(rows[0], "Id")
	if !recordID.MatchString(id) {
		return "", crm.Unreadable()
	}
	return id, nil
}

// Check asks who we are there, and whether each table may be read and a task filed
// under an id of ours.
//
// Errors: *crm.Error.
func (s *Salesforce) Check(ctx context.Context, to crm.Connection) (crm.Health, error) {
	var here struct {
		Identity string `json:"identity"` // https://login.salesforce.com/id/<organization>/<user>
	}
	if err := s.call(ctx, to, request{method: http.MethodGet}, &here); err != nil {
		return crm.Health{}, err
	}
	id := here.Identity[strings.LastIndex(here.Identity, "/")+1:]
	if !recordID.MatchString(id) {
		return crm.Health{}, crm.Unreadable()
	}
	organization, err := s.query(ctx, to, "SELECT Name FROM Organization LIMIT 1")
	if err != nil {
		return crm.Health{}, err
	}
	user, err := s.query(ctx, to, "SELECT Name FROM User WHERE Id = "+quote(id)+" LIMIT 1")
	if err != nil {
		return crm.Health{}, err
	}
	for _, soql := range s.readable(to) {
		if _, err := s.query(ctx, to, soql); err != nil {
			return crm.Health{}, err
		}
	}
	h := crm.Health{Detail: "API " + cmp.Or(to.Settings["api_version"], apiVersion)}
	if len(organization) > 0 && len(user) > 0 {
		h.Account, h.User = text(organization[0], "Name"), text(user[0], "Name")
	}
	return h, nil
}

// readable are the questions a search and a log will ask, for one row each: a
// field or a right that is missing shows now.
func (s *Salesforce) readable(to crm.Connection) []string {
	one := func(fields []string, of string) string {
		return "SELECT " + strings.Join(fields, ",") + " FROM " + of + " LIMIT " + strconv.Itoa(1)
	}
	out := []string{one([]string{"Id", external(to)}, "Task"), one([]string{"Id", "Title"}, "ContentVersion")}
	objects := to.Objects
	if len(objects) == 0 {
		objects = s.Spec().Objects
	}
	for _, object := range objects {
		t, known := tables[object]
		if !known {
			continue
		}
		fields := t.fields()
		if object == "contact" {
			for line := range strings.Lines(to.Settings["social_columns"]) {
				if _, name, _ := strings.Cut(line, "="); fieldName.MatchString(strings.TrimSpace(name)) {
					fields = append(fields, strings.TrimSpace(name))
				}
			}
		}
		out = append(out, one(fields, t.name))
	}
	return out
}
