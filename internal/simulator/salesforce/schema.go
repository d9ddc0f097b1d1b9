package salesforce

import "strings"

// field is one of an object's.
type field struct {
	kind string // text number boolean date datetime id base64
	max  int    // of text
	ours bool   // made by the platform: writing it is refused
	to   string // of an id: the objects it may lead to
}

// object is a kind of record. Names and lengths are the real ones, of the fields
// that are here; those that end in __c are ones an organization adds.
//
// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_list.htm
type object struct {
	name     string // Contact
	prefix   string // of its ids
	label    string // the field that names a record
	required string
	external string // the field upserts know records by
	fields   map[string]field
}

func objects(external string) map[string]*object {
	who, what := field{kind: "id", to: "003 00Q"}, field{kind: "id", to: "001"}
	list := []*object{
		{name: "Organization", prefix: "00D", label: "Name", fields: fields("Name:80")},
		{name: "User", prefix: "005", label: "Name", fields: with(fields("Name:121 Email:128 UserType:40"), "IsActive", field{kind: "boolean"})},
		{name: "Account", prefix: "001", label: "Name", required: "Name", fields: fields("Name:255 Phone:40 Fax:40 BillingCity:40 Description:32000")},
		{name: "Contact", prefix: "003", label: "Name", required: "LastName", fields: with(
			fields("Name=121 FirstName:40 LastName:80 Title:128 Email:80 Phone:40 MobilePhone:40 HomePhone:40 OtherPhone:40 Fax:40 MailingCity:40 Twitter__c:100 Facebook__c:100"), "AccountId", field{kind: "id", to: "001"})},
		{name: "Lead", prefix: "00Q", label: "Name", required: "LastName Company", fields: with(
			fields("Name=121 FirstName:40 LastName:80 Title:128 Company:255 Email:80 Phone:40 MobilePhone:40 Fax:40 City:40"), "IsConverted", field{kind: "boolean", ours: true})},
		{name: "Task", prefix: "00T", label: "Subject", external: external, fields: with(with(with(with(with(with(
			fields("Subject:255 Description:32000 Status:40 Priority:40 CallType:40 CallDisposition:255 "+external+":100"), "WhoId", who), "WhatId", what),
			"ActivityDate", field{kind: "date"}), "CallDurationInSeconds", field{kind: "number"}), "IsClosed", field{kind: "boolean", ours: true}), "OwnerId", field{kind: "id", to: "005"})},
		{name: "ContentVersion", prefix: "068", label: "Title", required: "PathOnClient VersionData", fields: with(with(with(with(with(with(
			fields("Title:255 PathOnClient:500 Checksum=50"), "VersionData", field{kind: "base64"}), "FirstPublishLocationId", field{kind: "id", to: "001 003 00Q 00T"}),
			"ContentDocumentId", field{kind: "id", to: "069"}), "IsLatest", field{kind: "boolean", ours: true}), "ContentSize", field{kind: "number", ours: true}), "VersionNumber", field{kind: "number", ours: true})},
		{name: "ContentDocument", prefix: "069", label: "Title", fields: fields("Title:255")},
	}
	out := map[string]*object{}
	for _, o := range list {
		out[strings.ToLower(o.name)] = o
	}
	return out
}

// fields reads "Name:80 Other=40": a text of that length, = one of the platform's own.
func fields(list string) map[string]field {
	out := map[string]field{
		"Id": {kind: "id", ours: true}, "CreatedDate": {kind: "datetime", ours: true}, "LastModifiedDate": {kind: "datetime", ours: true}, "SystemModstamp": {kind: "datetime", ours: true},
	}
	for one := range strings.FieldsSeq(list) {
		name, most, plain := strings.Cut(one, ":")
		if !plain {
			name, most, _ = strings.Cut(one, "=")
		}
		n := 0
		for _, digit := range most {
			n = 10*n + int(digit-'0')
		}
		out[name] = field{kind: "text", max: n, ours: !plain}
	}
	return out
}

func with(all map[string]field, name string, f field) map[string]field {
	all[name] = f
	return all
}

// field finds one by its name, in whatever case.
func (o *object) field(name string) (string, field, bool) {
	if f, ok := o.fields[name]; ok {
		return name, f, true
	}
	for known, f := range o.fields {
		if strings.EqualFold(known, name) {
			return known, f, true
		}
	}
	return "", field{}, false
}
