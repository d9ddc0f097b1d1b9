package salesforce

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
)

// rig opens an organization with the demo's people, and returns who asks it SOQL.
func rig(t *testing.T) (*simtest.Rig, http.Header, func(soql string) (int, string)) {
	t.Helper()
	r := simtest.New(t, Provider, map[string]string{"client_id": "3MVG9", "client_secret": "s3cret", "people": "demo"})
	_, answer := r.Call("POST", tokenPath, http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, []byte("grant_type=client_credentials&client_id=3MVG9&client_secret=s3cret"))
	token, _ := answer["access_token"].(string)
	header := http.Header{"Authorization": {"Bearer " + token}}
	return r, header, func(soql string) (int, string) {
		status, body, _ := r.Raw("GET", services+"v66.0/query?q="+url.QueryEscape(soql), header, nil)
		return status, string(body)
	}
}

// TestSOQL: what a query finds among the demo's people.
func TestSOQL(t *testing.T) {
	_, _, ask := rig(t)
	for _, test := range []struct{ where, want string }{
		{"LastName = 'SINGH'", "Noah Singh"}, {`LastName = 'O\'Brien'`, "Sean O'Brien"}, {"LastName LIKE 'S_ngh'", "Noah Singh"}, {`LastName LIKE 'S\_ngh'`, ""}, {"LastName = 'S_ngh'", ""},
		{"MobilePhone LIKE '%5550101%'", ""}, {"MobilePhone LIKE '%4%5%5%5%0%1%0%1%'", "Marie Tremblay"}, {"Phone = null AND FirstName = 'Marie'", "Marie Tremblay"}, {"Phone != null AND NOT FirstName = 'Marie'", "Noah Singh"},
		{"FirstName = 'Noah' OR FirstName = 'Sean' AND LastName = 'x'", "Noah Singh"}, {"(FirstName = 'Noah' OR FirstName = 'Sean') AND LastName = 'x'", ""},
		{"Title LIKE 'own%'", "Marie Tremblay-Roy"}, {"Title LIKE '%'", "Marie Tremblay-Roy"},
	} {
		status, body := ask("SELECT Name, Account.Name FROM Contact WHERE " + test.where + " ORDER BY Name ASC LIMIT 5")
		names := strings.Count(body, `"Name":"`) - strings.Count(body, `"Account":{`)
		if status != 200 || test.want == "" && names != 0 || test.want != "" && (names != 1 || !strings.Contains(body, `"Name":"`+test.want+`"`)) {
			t.Errorf("%s: %d %s, want %q", test.where, status, body, test.want)
		}
	}
	if _, body := ask("SELECT Name FROM Contact ORDER BY Name DESC LIMIT 1"); !strings.Contains(body, "Sean O'Brien") || !strings.Contains(body, `"totalSize":1`) {
		t.Error(body)
	}
	for soql, code := range map[string]string{
		"": "MALFORMED_QUERY", "SELECT": "MALFORMED_QUERY", "SELECT Id": "MALFORMED_QUERY", "SELECT Id FROM": "INVALID_TYPE", "SELECT Id FROM Nothing": "INVALID_TYPE", "SELECT Nothing FROM Contact": "INVALID_FIELD",
		"SELECT Id FROM Contact WHERE": "INVALID_FIELD", "SELECT Id FROM Contact WHERE LastName = 'O'Brien'": "MALFORMED_QUERY", "SELECT Id FROM Contact WHERE (LastName = 'x'": "MALFORMED_QUERY",
		"SELECT Id FROM Contact WHERE LastName = 5": "INVALID_FIELD", "SELECT Id FROM Contact WHERE LastName IS 'x'": "MALFORMED_QUERY", "SELECT Id FROM Contact LIMIT x": "MALFORMED_QUERY", "SELECT Id FROM Contact ORDER Name": "MALFORMED_QUERY",
		"SELECT Id FROM Contact ORDER BY Nothing": "INVALID_FIELD", "SELECT Id FROM Contact; DELETE": "MALFORMED_QUERY", "SELECT Id FROM Lead WHERE IsConverted = x": "MALFORMED_QUERY",
	} {
		if status, body := ask(soql); status != 400 || !strings.Contains(body, `"errorCode":"`+code+`"`) {
			t.Errorf("%q: %d %s, want %s", soql, status, body, code)
		}
	}
}

// TestIDs: an id has 18 characters, also in a simulator whose ids count from the
// time it began.
func TestIDs(t *testing.T) {
	s := simulator.New(simulator.Options{Providers: []simulator.Provider{Provider}, Now: func() time.Time { return simtest.Morning }, Begin: simtest.Morning.UnixMilli()})
	if _, err := s.Open(simulator.Account{ID: "acc", Network: "salesforce", Settings: map[string]string{"client_id": "c", "client_secret": "s", "people": "demo"}}); err != nil {
		t.Fatal(err)
	}
	book, err := s.Keeper("acc")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range book.Records() {
		if len(r.ID) != 18 || seen[r.ID] {
			t.Errorf("%q is no id of its own", r.ID)
		}
		seen[r.ID] = true
	}
}

// FuzzSOQL: whatever is asked is answered.
func FuzzSOQL(f *testing.F) {
	n := &network{objects: objects("Parley_Id__c"), line: &simulator.Line{}}
	for _, soql := range []string{"SELECT Id FROM Contact WHERE Name LIKE '%a_\\'%' AND NOT (Phone = null) ORDER BY Name DESC LIMIT 5", "SELECT Id FROM Lead WHERE IsConverted = true", "SELECT Id FROM Lead WHERE Name = '", "'", "((("} {
		f.Add(soql)
	}
	f.Fuzz(func(t *testing.T, soql string) {
		if q, bad := n.read(soql); bad == nil {
			q.fits(map[string]any{"Name": "Marie", "IsConverted": false})
		}
	})
}

// TestPage DYN-03: a record, a filled form, what the form makes; none of it runs.
func TestPage(t *testing.T) {
	r, _, _ := rig(t)
	book, err := r.Keeper("acc")
	if err != nil {
		t.Fatal(err)
	}
	origin := strings.TrimSuffix(r.Account.BaseURL, "/sim/api/salesforce/acc")
	get := func(path string) (int, string) {
		status, body, header := r.Raw("GET", origin+path, nil, nil)
		if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("a page may run: %v", header)
		}
		return status, string(body)
	}
	all := book.Records()
	if status, body := get(all[0].Page); status != 200 || !strings.Contains(body, "<h1>"+all[0].Name+"</h1>") {
		t.Errorf("%d %s", status, body)
	}
	if status, body := get("/sim/control/pages/acc"); status != 200 || strings.Count(body, "<tr>") != len(all) || len(all) != 6 {
		t.Errorf("%d, %d records: %s", status, len(all), body)
	}
	if status, _ := get("/sim/control/pages/acc?path=/lightning/r/User/" + user + "/view"); status != 404 {
		t.Errorf("a user is shown: %d", status)
	}
	status, body, _ := r.Raw("GET", "/lightning/o/Contact/new?defaultFieldValues="+url.QueryEscape("LastName="+url.PathEscape(`"><script>, Roy`)+",Twitter__c=zoe,Nothing=1"), nil, nil)
	if s := string(body); status != 200 || strings.Contains(s, "<script") || !strings.Contains(s, "Roy") || !strings.Contains(s, `value="zoe"`) || strings.Contains(s, "Nothing") {
		t.Errorf("%d %s", status, s)
	}
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	if status, body, _ := r.Raw("POST", origin+"/sim/control/pages/acc", form, []byte("LastName=Gagnon&FirstName=Zo%C3%A9&Title=")); status != 200 || !strings.Contains(string(body), "<h1>Zo\u00e9 Gagnon</h1>") {
		t.Errorf("%d %s", status, body)
	}
	if status, _, _ := r.Raw("POST", origin+"/sim/control/pages/acc", form, []byte("FirstName=Zoe")); status != 422 {
		t.Errorf("a contact without a last name: %d", status)
	}
}

// TestRefusals: what the platform refuses, in its own words.
func TestRefusals(t *testing.T) {
	r, header, _ := rig(t)
	for _, test := range []struct {
		name, method, path string
		body               map[string]any
		status             int
		code               string
	}{
		{"no last name", "POST", "sobjects/Contact", map[string]any{"FirstName": "Zoe"}, 400, "REQUIRED_FIELD_MISSING"},
		{"a duplicate", "POST", "sobjects/Contact", map[string]any{"LastName": "X", "Email": "NOAH.SINGH@example.com"}, 400, "DUPLICATES_DETECTED"},
		{"an e-mail that is none", "POST", "sobjects/Contact", map[string]any{"LastName": "X", "Email": "noah"}, 400, "INVALID_EMAIL_ADDRESS"},
		{"too long", "POST", "sobjects/Contact", map[string]any{"LastName": strings.Repeat("x", 81)}, 400, "STRING_TOO_LONG"},
		{"the platform's own", "POST", "sobjects/Contact", map[string]any{"LastName": "X", "Name": "X"}, 400, "INVALID_FIELD_FOR_INSERT_UPDATE"},
		{"an unknown field", "POST", "sobjects/Contact", map[string]any{"LastName": "X", "Nothing": "X"}, 400, "INVALID_FIELD"},
		{"an unknown object", "POST", "sobjects/Nothing", map[string]any{}, 404, "NOT_FOUND"},
		{"about a user", "POST", "sobjects/Task", map[string]any{"Subject": "X", "WhoId": user}, 400, "MALFORMED_ID"},
		{"about nobody", "POST", "sobjects/Task", map[string]any{"Subject": "X", "WhoId": "003g50000000099AAA"}, 400, "ENTITY_IS_DELETED"},
		{"another's external id", "PATCH", "sobjects/Task/Other__c/1", map[string]any{"Subject": "X"}, 404, "NOT_FOUND"},
		{"the id twice", "PATCH", "sobjects/Task/Parley_Id__c/1", map[string]any{"Parley_Id__c": "1"}, 400, "INVALID_FIELD"},
		{"a record that is not there", "PATCH", "sobjects/Task/00Tg50000000001AAA", map[string]any{"Subject": "X"}, 404, "NOT_FOUND"},
	} {
		status, body, _ := r.Raw(test.method, services+"v66.0/"+test.path, header, test.body)
		if status != test.status || !strings.Contains(string(body), `"errorCode":"`+test.code+`"`) {
			t.Errorf("%s: %d %s, want %d %s", test.name, status, body, test.status, test.code)
		}
	}
	if status, _, _ := r.Raw("GET", services+"v66.0/", nil, nil); status != 401 {
		t.Errorf("without a token: %d", status)
	}
}
