// Package salesforce speaks Salesforce's REST API: contacts, accounts and leads,
// conversations as tasks, long transcripts as files.
//
// Read salesforce.go (what there is), call.go (who we are, one call and its
// errors), search.go, record.go, log.go.
//
// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/intro-rest.html
package salesforce

import (
	"cmp"
	"net/http"
	"regexp"
	"strings"

	"parley/internal/crm"
)

// Salesforce is every organization's; it holds nothing but their tokens.
type Salesforce struct {
	client *http.Client
	tokens crm.Tokens
}

// New returns Salesforce as client reaches it.
func New(client *http.Client) *Salesforce { return &Salesforce{client: client} }

const (
	apiVersion = "66.0"
	externalID = "Parley_Id__c"
	field      = `[A-Za-z][A-Za-z0-9_]{0,79}`
)

// Spec says what Salesforce can do.
func (*Salesforce) Spec() crm.Spec {
	return crm.Spec{
		Kind: "salesforce", Name: "Salesforce",
		Docs: "https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm",
		Fields: []crm.Field{
			{Name: "url", Required: true, Pattern: crm.Address, Example: "https://contoso.my.salesforce.com"},
			{Name: "client_id", Required: true},
			{Name: "client_secret", Required: true, Secret: true},
			{Name: "country", Required: true, Default: "CA", Pattern: `^[A-Z]{2}$`, Fits: crm.IsCountry},
			{Name: "external_id", Required: true, Default: externalID, Pattern: `^` + field + `$`},
			{Name: "social_columns", Lines: true, Max: 2_000, Example: "x = Twitter__c", Pattern: `^(?:\s*(?:[a-z0-9_]+\s*=\s*` + field + `)?\s*(?:\n|$))*$`, Fits: crm.Columns},
			{Name: "api_version", Default: apiVersion, Pattern: `^[0-9]{2}\.0$`},
		},
		Objects: []string{"contact", "account", "lead"},
		Logs:    "task",
		NoteMax: descriptionMax,
		Frame:   "opencti",
	}
}

// table is one kind of record that can be searched.
type table struct {
	name    string // Contact
	company string // field of the company, "" = none
	details []string
	phones  []string
	emails  []string
	active  string // condition of those that still count
}

// tables are those people are found in.
//
// Source: DYN-09; https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm
var tables = map[string]table{
	"contact": {name: "Contact", company: "Account.Name", details: []string{"Title", "MailingCity"}, phones: []string{"MobilePhone", "Phone", "HomePhone", "OtherPhone", "Fax"}, emails: []string{"Email"}},
	"account": {name: "Account", details: []string{"BillingCity"}, phones: []string{"Phone", "Fax"}},
	"lead":    {name: "Lead", company: "Company", details: []string{"Title", "City"}, phones: []string{"MobilePhone", "Phone", "Fax"}, emails: []string{"Email"}, active: "IsConverted = false"},
}

var (
	fieldName = regexp.MustCompile(`^` + field + `$`)
	recordID  = regexp.MustCompile(`^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$`)
)

func base(to crm.Connection) string { return strings.TrimRight(to.Settings["url"], "/") }

func country(to crm.Connection) string { return cmp.Or(to.Settings["country"], "CA") }

// social returns the contact's field that holds handles of a channel, "" if the
// organization named none.
func social(to crm.Connection, channel string) string {
	if name := crm.Column(to.Settings["social_columns"], channel); fieldName.MatchString(name) {
		return name
	}
	return ""
}
