package salesforce

import (
	"cmp"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"parley/internal/crm"
	"parley/internal/crm/conformance"
	"parley/internal/simulator"
	"parley/internal/simulator/salesforce"
	"parley/internal/simulator/simtest"
)

// TestConformance holds Salesforce to what every CRM is held to.
func TestConformance(t *testing.T) { held().Hold(t) }

func held() conformance.Held {
	return conformance.Held{
		CRM: New(conformance.Client()), Provider: salesforce.Provider,
		Settings: map[string]string{"client_id": "3MVG9", "client_secret": "s3cret"},
		To: func(a simulator.Account) crm.Connection {
			return crm.Connection{
				Settings: map[string]string{"url": a.BaseURL, "client_id": "3MVG9", "country": "CA", "external_id": "Parley_Id__c", "social_columns": "messenger = Facebook__c\nx=Twitter__c"},
				Secrets:  map[string]string{"client_secret": "s3cret"},
			}
		},
		Columns: columnsOf, Channel: "x", Text: textOf, Deny: [2]string{"deny", "read contact"},
		Users: conformance.Users{Object: "user", Owner: "OwnerId", Gone: map[string]string{"IsActive": "false"}, Columns: func(email string) map[string]string {
			return map[string]string{"Name": email, "Email": email, "UserType": "Standard", "IsActive": "true"}
		}},
		Wrong: []conformance.Wrong{
			{Name: "the secret", Break: func(to *crm.Connection) { to.Secrets["client_secret"] = "another" }, Want: crm.Auth},
			{Name: "the app", Break: func(to *crm.Connection) { to.Settings["client_id"] = "nobody" }, Want: crm.Auth},
			{Name: "the organization", Break: func(to *crm.Connection) { to.Settings["url"] += "/elsewhere" }, Want: crm.Config},
		},
	}
}

func columnsOf(object string, p conformance.Person) map[string]string {
	out := map[string]string{}
	set := func(name, value string) {
		if value != "" {
			out[name] = value
		}
	}
	set("Phone", p.Phone)
	if object == "account" {
		set("Name", cmp.Or(p.Company, p.First+" "+p.Last))
		return out
	}
	set("FirstName", p.First)
	set("LastName", p.Last)
	set("Email", p.Email)
	if object == "lead" {
		set("Company", cmp.Or(p.Company, "Nobody's"))
		return out
	}
	set("Twitter__c", p.Handle)
	return out
}

// textOf is all that can be read of a task.
func textOf(records []simulator.Record, log string) string {
	var out []string
	for _, r := range records {
		switch {
		case r.ID == log:
			out = append(out, r.Name, r.Fields["Description"])
		case r.Object == "contentversion" && r.Regarding == log:
			file, _ := base64.StdEncoding.DecodeString(r.Fields["VersionData"])
			out = append(out, string(file))
		}
	}
	return strings.Join(out, "\n")
}

// TestClasses: every code of the platform is of the class it is said to be.
func TestClasses(t *testing.T) {
	want := map[crm.Code][]string{
		crm.Throttled: {"REQUEST_LIMIT_EXCEEDED"}, crm.Transient: {"SERVER_UNAVAILABLE", "UNABLE_TO_LOCK_ROW", "QUERY_TIMEOUT"}, crm.Auth: {"INVALID_SESSION_ID"},
		crm.Forbidden: {"INSUFFICIENT_ACCESS_OR_READONLY", "INVALID_TYPE"}, crm.NotFound: {"ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY"}, crm.Duplicate: {"DUPLICATES_DETECTED"},
		crm.TooLong: {"STRING_TOO_LONG"}, crm.Config: {"INVALID_FIELD", "NOT_FOUND"}, crm.BadRequest: {"MALFORMED_QUERY"}, "": {"SOMETHING_NEW", ""},
	}
	for code, names := range want {
		for _, n := range names {
			if class(n) != code {
				t.Errorf("%s is %q, want %q", n, class(n), code)
			}
		}
	}
}

// TestWhere DYN-09: what the tables are asked.
func TestWhere(t *testing.T) {
	to := crm.Connection{Settings: map[string]string{"social_columns": "x=Twitter__c\nmessenger=Id FROM User"}}
	for _, test := range []struct {
		object string
		q      crm.Query
		want   string
	}{
		{"account", crm.Query{Phone: "+15145550101"}, "(Phone LIKE '%4%5%5%5%0%1%0%1%' OR Fax LIKE '%4%5%5%5%0%1%0%1%')"},
		{"account", crm.Query{Email: "marie@example.com"}, ""},
		{"lead", crm.Query{Email: `o'brien\@example.com`}, `IsConverted = false AND (Email = 'o\'brien\\@example.com')`},
		{"contact", crm.Query{Social: crm.Social{Channel: "x", Handle: "@ada"}}, "(Twitter__c = 'ada' OR Twitter__c = '@ada')"},
		{"contact", crm.Query{Social: crm.Social{Channel: "messenger", Handle: "ada"}}, ""},
		{"lead", crm.Query{Social: crm.Social{Channel: "x", Handle: "@ada"}}, ""},
	} {
		if got := tables[test.object].where(to, test.object, test.q); got != test.want {
			t.Errorf("%s\nwant\n%s", got, test.want)
		}
	}
}

// TestURL DYN-03: the address of a record and of a filled form, letter by letter.
func TestURL(t *testing.T) {
	to := crm.Connection{Settings: map[string]string{"url": "https://contoso.my.salesforce.com/"}}
	s := New(nil)
	if got, want := s.URL(to, crm.Ref{Object: "lead", ID: "00Qg50000000001AAA"}, crm.Prefill{}), "https://contoso.my.salesforce.com/lightning/r/Lead/00Qg50000000001AAA/view"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := s.URL(to, crm.Ref{}, crm.Prefill{FirstName: "Marie", LastName: "O'Brien, Roy"}), "https://contoso.my.salesforce.com/lightning/o/Contact/new?defaultFieldValues=FirstName%3DMarie%2CLastName%3DO%2527Brien%252C%2520Roy"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// TestNoField DYN-06: a field that nobody made there is said before the first
// conversation ends.
func TestNoField(t *testing.T) {
	h := held()
	r := simtest.New(t, h.Provider, h.Settings)
	to := h.To(r.Account)
	to.ID, to.Now = "crm_1", r.Now
	for name, value := range map[string]string{"external_id": "Other__c", "social_columns": "x=Nothing__c"} {
		broken := h.To(r.Account)
		broken.ID, broken.Now, broken.Settings[name] = "crm_1", r.Now, value
		_, err := h.CRM.Check(t.Context(), broken)
		if e := (*crm.Error)(nil); !errors.As(err, &e) || e.Code != crm.Config {
			t.Errorf("%s: %v", name, err)
		}
	}
	to.Settings["external_id"] = "Other__c"
	_, err := h.CRM.Log(t.Context(), to, crm.Log{ID: "0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", Subject: "x"})
	if e := (*crm.Error)(nil); !errors.As(err, &e) || e.Code != crm.Config {
		t.Errorf("a log: %v", err)
	}
}
