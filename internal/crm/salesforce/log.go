package salesforce

import (
	"cmp"
	"context"
	"crypto/md5" //nolint:gosec // how Salesforce names a file's content
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"parley/internal/crm"
)

// Lengths of fields.
//
// Unit: characters.
// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
const (
	subjectMax     = 255
	descriptionMax = 32_000
	codesMax       = 255
)

func external(to crm.Connection) string {
	if name := to.Settings["external_id"]; fieldName.MatchString(name) {
		return name
	}
	return externalID
}

// Log writes a task under our own id, which makes it or brings it up to date in
// one call; a transcript too long for it becomes a file. Every step may be repeated.
//
// Errors: *crm.Error.
// Source: DYN-05, DYN-06, CRM-08; https://developer.salesforce.com/docs/platform/api-rest/guide/dome-upsert.html
func (s *Salesforce) Log(ctx context.Context, to crm.Connection, l crm.Log) (crm.Ref, error) {
	if l.ID == "" {
		return crm.Ref{}, &crm.Error{Code: crm.BadRequest, Detail: crm.NotOurs}
	}
	whole := strings.TrimSpace(l.Summary() + "\n\n" + strings.TrimSpace(l.Transcript))
	fits := crm.Cut(whole, descriptionMax) == whole
	fields, err := activity(l)
	if err != nil {
		return crm.Ref{}, err
	}
	if fields["Description"] = whole; !fits {
		fields["Description"] = crm.Cut(l.Summary(), descriptionMax)
	}
	var made struct {
		ID string `json:"id"`
	}
	path := "sobjects/Task/" + external(to) + "/" + url.PathEscape(l.ID)
	if err := s.call(ctx, to, request{method: http.MethodPatch, path: path, body: fields}, &made); err != nil {
		return crm.Ref{}, err
	}
	if !recordID.MatchString(made.ID) {
		return crm.Ref{}, crm.Unreadable()
	}
	file := whole
	if fits {
		file = ""
	}
	return crm.Ref{Object: "task", ID: made.ID}, s.file(ctx, to, made.ID, l, file)
}

// activity is the task's own fields. Both ways to say what it is about are always
// written: a re-link from a person to a company leaves nothing of the old one.
func activity(l crm.Log) (map[string]any, error) {
	fields := map[string]any{
		"Subject": crm.Cut(cmp.Or(l.Subject, "Conversation"), subjectMax), "Status": "Completed", "CallType": "Inbound",
		"CallDurationInSeconds": int(l.Lasted().Seconds()), "CallDisposition": crm.Cut(strings.Join(l.Codes, ", "), codesMax), "WhoId": nil, "WhatId": nil,
	}
	if !l.Ended.IsZero() {
		maps.Copy(fields, map[string]any{"ActivityDate": l.Ended.UTC().Format("2006-01-02")})
	}
	if recordID.MatchString(l.Owner) {
		fields["OwnerId"] = l.Owner
	}
	switch l.Regarding.Object {
	case "contact", "lead":
		fields["WhoId"] = l.Regarding.ID
	case "account":
		fields["WhatId"] = l.Regarding.ID
	case "":
	default:
		return nil, &crm.Error{Code: crm.BadRequest, Detail: crm.NotOurs}
	}
	return fields, nil
}

// file makes a task's file hold text; "" takes it away. What is there is looked
// for first: a file has no id of ours.
//
// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contentversion.htm
func (s *Salesforce) file(ctx context.Context, to crm.Connection, task string, l crm.Log, text string) error {
	title := "Transcript " + l.ID
	have, err := s.query(ctx, to, "SELECT ContentDocumentId,Checksum FROM ContentVersion WHERE Title = "+quote(title)+" AND IsLatest = true LIMIT 1")
	if err != nil {
		return err
	}
	document := ""
	if len(have) > 0 {
		document, _ = have[0]["ContentDocumentId"].(string)
	}
	sum := md5.Sum([]byte(text)) //nolint:gosec // see above
	switch {
	case text == "" && document == "", len(have) > 0 && have[0]["Checksum"] == hex.EncodeToString(sum[:]):
		return nil
	case text == "":
		return s.call(ctx, to, request{method: http.MethodDelete, path: "sobjects/ContentDocument/" + url.PathEscape(document)}, nil)
	}
	fields := map[string]any{"Title": title, "PathOnClient": "transcript.txt", "VersionData": base64.StdEncoding.EncodeToString([]byte(text))}
	if document == "" {
		fields["FirstPublishLocationId"] = task
	} else {
		fields["ContentDocumentId"] = document
	}
	var made struct {
		ID string `json:"id"`
	}
	if err := s.call(ctx, to, request{method: http.MethodPost, path: "sobjects/ContentVersion", body: fields}, &made); err != nil {
		return err
	}
	if !recordID.MatchString(made.ID) {
		return crm.Unreadable()
	}
	return nil
}
