package dynamics

import (
	"encoding/base64"
	"maps"
	"strings"
	"testing"

	"parley/internal/crm"
	"parley/internal/crm/conformance"
	"parley/internal/simulator"
	"parley/internal/simulator/dataverse"
)

const (
	tenant = "contoso.onmicrosoft.com"
	client = "11112222-3333-4444-5555-666677778888"
)

// TestConformance holds Dynamics to what every CRM is held to.
func TestConformance(t *testing.T) { held().Hold(t) }

// TestConformanceOfTasks DYN-06: the same where an organization wants tasks.
func TestConformanceOfTasks(t *testing.T) {
	h := held()
	phone := h.To
	h.Logs, h.To = "task", func(a simulator.Account) crm.Connection {
		to := phone(a)
		to.Settings["activity"] = "task"
		return to
	}
	h.Hold(t)
}

// TestKindStays DYN-05: an activity that is there stays what it is, whatever new
// ones become.
func TestKindStays(t *testing.T) {
	to := crm.Connection{Settings: map[string]string{"activity": "task"}}
	if got := kindOf(to, crm.Ref{Object: "phonecall", ID: "x"}).object; got != "phonecall" {
		t.Errorf("a phone call became a %s", got)
	}
	if got := kindOf(to, crm.Ref{}).object; got != "task" {
		t.Errorf("a new one is a %s", got)
	}
	if got := kindOf(crm.Connection{Settings: map[string]string{"activity": "letter"}}, crm.Ref{}).object; got != "phonecall" {
		t.Errorf("what there is not is a %s", got)
	}
}

func held() conformance.Held {
	return conformance.Held{
		CRM: New(conformance.Client()), Provider: dataverse.Provider,
		Settings: map[string]string{"tenant_id": tenant, "client_id": client, "client_secret": "s3cret"},
		To: func(a simulator.Account) crm.Connection {
			return crm.Connection{
				Settings: map[string]string{
					"url": a.BaseURL, "authority": a.BaseURL, "tenant_id": tenant, "client_id": client, "country": "CA",
					"social_columns": "messenger = new_facebookid\nx=new_twitter\n",
				},
				Secrets: map[string]string{"client_secret": "s3cret"},
			}
		},
		Columns: columnsOf, Channel: "x", Gone: map[string]string{"statecode": "1", "statuscode": "2"},
		Users: conformance.Users{Object: "systemuser", Owner: "_ownerid_value", Gone: map[string]string{"isdisabled": "true"}, Columns: func(email string) map[string]string {
			return map[string]string{"fullname": email, "internalemailaddress": email}
		}},
		Text: textOf, Deny: [2]string{"deny", "read contact"},
		Wrong: []conformance.Wrong{
			{Name: "the secret", Break: func(to *crm.Connection) { to.Secrets["client_secret"] = "another" }, Want: crm.Auth},
			{Name: "the tenant", Break: func(to *crm.Connection) { to.Settings["tenant_id"] = "nobody.example" }, Want: crm.Config},
			{Name: "the app", Break: func(to *crm.Connection) { to.Settings["client_id"] = "99999999-3333-4444-5555-666677778888" }, Want: crm.Auth},
			{Name: "the organization", Break: func(to *crm.Connection) { to.Settings["url"] += "/elsewhere" }, Want: crm.Config},
			{Name: "the number's column", Break: func(to *crm.Connection) { to.Settings["phone_column"] = "new_nothing" }, Want: crm.Config},
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
	set("telephone2", p.Phone)
	set("emailaddress2", p.Email)
	if object == "account" {
		set("name", p.Company)
		return out
	}
	set("firstname", p.First)
	set("lastname", p.Last)
	set("new_twitter", p.Handle)
	if object == "lead" {
		set("companyname", p.Company)
	}
	return out
}

// textOf is all that can be read of a phone call.
func textOf(records []simulator.Record, log string) string {
	var out []string
	for _, r := range records {
		switch {
		case r.ID == log:
			out = append(out, r.Name, r.Fields["description"], r.Fields["phonenumber"])
		case r.Object == "annotation" && r.Regarding == log:
			file, _ := base64.StdEncoding.DecodeString(r.Fields["documentbody"])
			out = append(out, r.Fields["notetext"], string(file))
		}
	}
	return strings.Join(out, "\n")
}

// TestClasses: every number of the platform is of the class it is said to be.
func TestClasses(t *testing.T) {
	want := map[crm.Code][]string{
		crm.Throttled: {"0x80072322", "0x80072321", "0x80072326"}, crm.Forbidden: {"0x80040220", "0x80072560"}, crm.NotFound: {"0x80040217"},
		crm.Duplicate: {"0x80040333", "0x80060892", "0x80040237"}, crm.TooLong: {"0x80044331"}, crm.BadRequest: {"0x80048d19", "0x80048D19"}, crm.Config: {"0x80060888"}, "": {"0x12345678", ""},
	}
	for code, numbers := range want {
		for _, n := range numbers {
			if class(n) != code {
				t.Errorf("%s is %q, want %q", n, class(n), code)
			}
		}
	}
}

// TestURL DYN-03: the address of a record and of a filled form, letter by letter.
func TestURL(t *testing.T) {
	to := crm.Connection{Settings: map[string]string{"url": "https://contoso.crm3.dynamics.com/", "app": "d1e2f3a4-0000-4000-8000-000000000009"}}
	ref := crm.Ref{Object: "lead", ID: "5a3c1e00-0000-4000-8000-000000000001"}
	d := New(nil)
	if got, want := d.URL(to, ref, crm.Prefill{}), "https://contoso.crm3.dynamics.com/main.aspx?appid=d1e2f3a4-0000-4000-8000-000000000009&pagetype=entityrecord&etn=lead&id=5a3c1e00-0000-4000-8000-000000000001"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	to.Settings["app"] = "msdynce_saleshub"
	if got, want := d.URL(to, crm.Ref{}, crm.Prefill{FirstName: "Marie", LastName: "O'Brien & co", Phone: "+15145550101"}), "https://contoso.crm3.dynamics.com/main.aspx?appname=msdynce_saleshub&pagetype=entityrecord&etn=contact&extraqs=firstname%3DMarie%26lastname%3DO%2527Brien%2520%2526%2520co%26mobilephone%3D%252B15145550101"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := d.URL(crm.Connection{Settings: map[string]string{"url": "https://contoso.crm.dynamics.com"}}, crm.Ref{}, crm.Prefill{}); got != "https://contoso.crm.dynamics.com/main.aspx?pagetype=entityrecord&etn=contact" {
		t.Error(got)
	}
}

// TestFilter DYN-09: what the platform is asked.
func TestFilter(t *testing.T) {
	to := crm.Connection{Settings: map[string]string{}}
	if got, want := tables["account"].filter(to, "account", crm.Query{Phone: "+15145550101"}), "statecode eq 0 and (contains(telephone1,'4%5%5%5%0%1%0%1') or contains(telephone2,'4%5%5%5%0%1%0%1') or contains(telephone3,'4%5%5%5%0%1%0%1') or contains(fax,'4%5%5%5%0%1%0%1'))"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	to.Settings["phone_column"] = "new_phonedigits"
	if got, want := tables["contact"].filter(to, "contact", crm.Query{Phone: "+15145550101"}), "statecode eq 0 and (new_phonedigits eq '+15145550101' or new_phonedigits eq '15145550101')"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got, want := query("$filter", "emailaddress1 eq 'o''brien+a@example.com' & more"), "$filter=emailaddress1%20eq%20%27o%27%27brien%2Ba%40example.com%27%20%26%20more"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if to.Settings = maps.Clone(map[string]string{"social_columns": "x = new_twitter) or (1 eq 1"}); social(to, "x") != "" {
		t.Error("a column that is none was taken")
	}
}
