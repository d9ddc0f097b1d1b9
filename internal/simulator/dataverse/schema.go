package dataverse

import "strings"

// kind is what a column holds.
type kind int

const (
	text kind = iota
	number
	boolean
	moment
	id     // a GUID: the key, or a lookup
	binary // base64
)

type column struct {
	kind kind
	max  int  // of text, in UTF-16 units; of binary, in bytes
	ours bool // made by the platform: what is sent is ignored
}

// lookup is a way from one table to another: the name it is bound by, and the
// column that shows where it leads.
type lookup struct{ column, to string }

// entity is a table. Names, lengths and states are those of the real one, of the
// columns that are here.
//
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/about
type entity struct {
	name    string // contact
	set     string // contacts
	key     string
	label   string // column of the name
	columns map[string]column
	lookups map[string]lookup
	reasons map[int]int // statecode: the statuscode it gets by itself
	parties string      // property of the activity's parties, "" = none
}

// fileMax is an organization's limit on files, at first.
//
// Unit: bytes.
const fileMax = 5 << 20

func columns(key string, own map[string]column, texts string) map[string]column {
	out := map[string]column{
		key: {kind: id}, "statecode": {kind: number}, "statuscode": {kind: number},
		"createdon": {kind: moment, ours: true}, "modifiedon": {kind: moment, ours: true}, "versionnumber": {kind: number, ours: true},
	}
	lengths := map[string]int{"emailaddress1": 100, "emailaddress2": 100, "emailaddress3": 100, "description": 2_000, "name": 160, "subject": 200, "address1_city": 80, "jobtitle": 100, "companyname": 100}
	for _, name := range strings.Fields(texts) {
		most := lengths[name]
		if most == 0 {
			most = 50
		}
		out[name] = column{kind: text, max: most}
	}
	for name, c := range own {
		out[name] = c
	}
	return out
}

const reach = "telephone1 telephone2 telephone3 fax emailaddress1 emailaddress2 emailaddress3 address1_city description "

// entities is the organization's schema. The columns that begin with new_ are ones
// an organization adds: handles, and a number without its separators.
func entities() map[string]*entity {
	own := map[string]column{"fullname": {kind: text, max: 160, ours: true}, "new_twitter": {kind: text, max: 100}, "new_facebookid": {kind: text, max: 100}, "new_phonedigits": {kind: text, max: 50}}
	active := map[int]int{0: 1, 1: 2}
	all := []*entity{
		{name: "contact", set: "contacts", key: "contactid", label: "fullname", reasons: active,
			columns: columns("contactid", withColumns(own, "_parentcustomerid_value"), reach+"firstname lastname jobtitle mobilephone"),
			lookups: map[string]lookup{"parentcustomerid_account": {"_parentcustomerid_value", "accounts"}, "parentcustomerid_contact": {"_parentcustomerid_value", "contacts"}}},
		{name: "account", set: "accounts", key: "accountid", label: "name", reasons: active, columns: columns("accountid", nil, reach+"name")},
		{name: "lead", set: "leads", key: "leadid", label: "fullname", reasons: map[int]int{0: 1, 1: 3, 2: 4},
			columns: columns("leadid", own, reach+"firstname lastname jobtitle companyname mobilephone")},
		{name: "phonecall", set: "phonecalls", key: "activityid", label: "subject", reasons: map[int]int{0: 1, 1: 2, 2: 3}, parties: "phonecall_activity_parties",
			columns: columns("activityid", withColumns(map[string]column{
				"phonenumber": {kind: text, max: 200}, "directioncode": {kind: boolean}, "actualdurationminutes": {kind: number},
				"actualstart": {kind: moment}, "actualend": {kind: moment}, "scheduledstart": {kind: moment}, "scheduledend": {kind: moment},
			}, "_regardingobjectid_value", "_ownerid_value"), "subject description"),
			lookups: map[string]lookup{
				"ownerid":                             {"_ownerid_value", "systemusers"},
				"regardingobjectid_contact_phonecall": {"_regardingobjectid_value", "contacts"}, "regardingobjectid_account_phonecall": {"_regardingobjectid_value", "accounts"},
				"regardingobjectid_lead_phonecall": {"_regardingobjectid_value", "leads"},
			}},
		{name: "task", set: "tasks", key: "activityid", label: "subject", reasons: map[int]int{0: 2, 1: 5, 2: 6}, parties: "task_activity_parties",
			columns: columns("activityid", withColumns(map[string]column{
				"actualdurationminutes": {kind: number}, "actualstart": {kind: moment}, "actualend": {kind: moment}, "scheduledstart": {kind: moment}, "scheduledend": {kind: moment},
			}, "_regardingobjectid_value", "_ownerid_value"), "subject description"),
			lookups: map[string]lookup{
				"ownerid":                        {"_ownerid_value", "systemusers"},
				"regardingobjectid_contact_task": {"_regardingobjectid_value", "contacts"}, "regardingobjectid_account_task": {"_regardingobjectid_value", "accounts"},
				"regardingobjectid_lead_task": {"_regardingobjectid_value", "leads"},
			}},
		{name: "annotation", set: "annotations", key: "annotationid", label: "subject",
			columns: columns("annotationid", withColumns(map[string]column{
				"subject": {kind: text, max: 500}, "notetext": {kind: text, max: 100_000}, "isdocument": {kind: boolean}, "filename": {kind: text, max: 255},
				"mimetype": {kind: text, max: 256}, "documentbody": {kind: binary, max: fileMax}, "filesize": {kind: number, ours: true},
			}, "_objectid_value"), ""),
			lookups: map[string]lookup{"objectid_phonecall": {"_objectid_value", "phonecalls"}, "objectid_task": {"_objectid_value", "tasks"}, "objectid_contact": {"_objectid_value", "contacts"}, "objectid_account": {"_objectid_value", "accounts"}}},
		{name: "systemuser", set: "systemusers", key: "systemuserid", label: "fullname", columns: columns("systemuserid", map[string]column{
			"fullname": {kind: text, max: 200}, "internalemailaddress": {kind: text, max: 100}, "isdisabled": {kind: boolean}, "applicationid": {kind: id},
		}, "")},
		{name: "organization", set: "organizations", key: "organizationid", label: "name", columns: columns("organizationid", nil, "name")},
	}
	out := map[string]*entity{}
	for _, e := range all {
		out[e.set] = e
	}
	return out
}

// withColumns adds lookup columns to what a table has of its own.
func withColumns(own map[string]column, lookups ...string) map[string]column {
	out := map[string]column{}
	for name, c := range own {
		out[name] = c
	}
	for _, name := range lookups {
		out[name] = column{kind: id, ours: true}
	}
	return out
}
