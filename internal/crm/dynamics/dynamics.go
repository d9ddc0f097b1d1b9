// Package dynamics speaks Microsoft Dataverse's Web API: Dynamics 365 Sales,
// Customer Service, and whatever else keeps contacts there.
//
// Read dynamics.go (what there is), token.go (who we are), call.go (one call and
// its errors), search.go, record.go, log.go.
//
// Source: networks.md 9; https://learn.microsoft.com/power-apps/developer/data-platform/webapi/overview
package dynamics

import (
	"cmp"
	"net/http"
	"regexp"
	"strings"

	"parley/internal/crm"
)

// Where tokens come from, and the API's version we were written for.
const (
	Authority = "https://login.microsoftonline.com"
	version   = "/api/data/v9.2/"
)

// Dynamics is Dataverse for every organisation; it holds nothing but their tokens.
type Dynamics struct {
	client *http.Client
	tokens crm.Tokens
}

// New returns Dynamics as client reaches it.
func New(client *http.Client) *Dynamics {
	return &Dynamics{client: client}
}

const (
	guid   = `[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`
	column = `[a-z][a-z0-9_]{0,99}`
)

// Spec says what Dataverse can do.
func (*Dynamics) Spec() crm.Spec {
	return crm.Spec{
		Kind: "dynamics", Name: "Microsoft Dynamics 365",
		Docs: "https://learn.microsoft.com/power-apps/developer/data-platform/use-single-tenant-server-server-authentication",
		Fields: []crm.Field{
			{Name: "url", Required: true, Pattern: crm.Address, Example: "https://contoso.crm3.dynamics.com"},
			{Name: "tenant_id", Required: true, Pattern: `^[0-9A-Za-z.-]+$`, Example: "contoso.onmicrosoft.com"},
			{Name: "client_id", Required: true, Pattern: `^` + guid + `$`, Example: "00000000-0000-0000-0000-000000000000"},
			{Name: "client_secret", Secret: true, Instead: "certificate"},
			{Name: "certificate", Secret: true, Lines: true, Max: 16_384, Example: "-----BEGIN PRIVATE KEY-----", Fits: isPair},
			{Name: "country", Required: true, Default: "CA", Pattern: `^[A-Z]{2}$`, Fits: crm.IsCountry},
			{Name: "app", Pattern: `^[0-9A-Za-z_-]*$`},
			{Name: "phone_column", Example: "new_phonedigits", Pattern: `^(?:` + column + `)?$`},
			{Name: "social_columns", Lines: true, Max: 2_000, Example: "x = new_twitter", Pattern: `^(?:\s*(?:[a-z0-9_]+\s*=\s*` + column + `)?\s*(?:\n|$))*$`, Fits: crm.Columns},
			{Name: "activity", Required: true, Default: "phonecall", Options: []string{"phonecall", "task"}},
			{Name: "authority", Default: Authority, Pattern: crm.Address},
		},
		Objects: []string{"contact", "account", "lead"},
		Logs:    "phonecall",
		NoteMax: noteMax,
		Frame:   "cif",
	}
}

// table is one kind of record that can be searched.
type table struct {
	set     string   // in addresses
	key     string   // column of the id
	name    string   // column of the name
	company string   // column of the company, "" = none
	details []string // what else tells two apart, the best first
	phones  []string
	emails  []string
}

// tables are those people are found in.
//
// Source: DYN-09; https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/contact
var tables = map[string]table{
	"contact": {
		set: "contacts", key: "contactid", name: "fullname", company: "_parentcustomerid_value", details: []string{"jobtitle", "address1_city"},
		phones: []string{"mobilephone", "telephone1", "telephone2", "telephone3", "fax"}, emails: []string{"emailaddress1", "emailaddress2", "emailaddress3"},
	},
	"account": {
		set: "accounts", key: "accountid", name: "name", details: []string{"address1_city"},
		phones: []string{"telephone1", "telephone2", "telephone3", "fax"}, emails: []string{"emailaddress1", "emailaddress2", "emailaddress3"},
	},
	"lead": {
		set: "leads", key: "leadid", name: "fullname", company: "companyname", details: []string{"jobtitle", "address1_city"},
		phones: []string{"mobilephone", "telephone1", "telephone2", "telephone3", "fax"}, emails: []string{"emailaddress1", "emailaddress2", "emailaddress3"},
	},
}

var (
	columnName = regexp.MustCompile(`^` + column + `$`)
	guidOnly   = regexp.MustCompile(`^` + guid + `$`)
)

func base(to crm.Connection) string { return strings.TrimRight(to.Settings["url"], "/") }

func country(to crm.Connection) string { return cmp.Or(to.Settings["country"], "CA") }

// social returns the contact's column that holds handles of a channel, "" if the
// organisation named none.
func social(to crm.Connection, channel string) string {
	if name := crm.Column(to.Settings["social_columns"], channel); columnName.MatchString(name) {
		return name
	}
	return ""
}
