package dynamics

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"parley/internal/crm"
)

// Lengths of columns.
//
// Unit: UTF-16 units, as the platform counts.
// Source: networks.md 9; https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/phonecall
const (
	noteMax        = 100_000
	subjectMax     = 200
	phoneMax       = 200
	descriptionMax = 2_000
)

// kind is a table of activities a log can be filed in.
type kind struct {
	object, set    string
	opened, closed map[string]any // its states, each with the reason that goes with it
	call           bool           // it has a number and a direction
}

// kinds are those an organization can choose.
//
// Source: networks.md 9; https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/phonecall
// and https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/task
var kinds = map[string]kind{
	"phonecall": {
		object: "phonecall", set: "phonecalls", call: true,
		opened: map[string]any{"statecode": 0, "statuscode": 1}, closed: map[string]any{"statecode": 1, "statuscode": 4}, // received
	},
	"task": {
		object: "task", set: "tasks",
		opened: map[string]any{"statecode": 0, "statuscode": 2}, closed: map[string]any{"statecode": 1, "statuscode": 5},
	},
}

// kindOf is where a log is filed: where it is, or else where the organization
// wants new ones.
func kindOf(to crm.Connection, was crm.Ref) kind {
	for _, object := range []string{was.Object, to.Settings["activity"]} {
		if k, known := kinds[object]; known {
			return k
		}
	}
	return kinds["phonecall"]
}

// Log writes an activity: made under l.ID, or brought up to date if it is there,
// its transcript as a note, and closed. Every step may be repeated.
//
// Errors: *crm.Error.
// Source: DYN-05, DYN-06, CRM-08.
func (d *Dynamics) Log(ctx context.Context, to crm.Connection, l crm.Log) (crm.Ref, error) {
	k := kindOf(to, l.Was)
	ref := crm.Ref{Object: k.object, ID: strings.ToLower(l.ID)}
	if !guidOnly.MatchString(l.ID) {
		return crm.Ref{}, &crm.Error{Code: crm.BadRequest, Detail: crm.NotOurs}
	}
	fields, err := k.activity(l)
	if err != nil {
		return crm.Ref{}, err
	}
	path := k.set + "(" + ref.ID + ")"
	err = d.call(ctx, to, request{method: http.MethodPatch, path: path, header: map[string]string{"If-None-Match": "*"}, body: fields}, nil)
	if e := (*crm.Error)(nil); errors.As(err, &e) && e.Code == crm.Duplicate {
		err = d.again(ctx, to, k, path, fields)
	}
	if err != nil {
		return crm.Ref{}, err
	}
	if err := d.note(ctx, to, ref, l); err != nil {
		return crm.Ref{}, err
	}
	if err := d.change(ctx, to, path, k.closed); err != nil {
		return crm.Ref{}, err
	}
	return ref, nil
}

// again brings an activity that is there up to date; a closed one is opened first.
func (d *Dynamics) again(ctx context.Context, to crm.Connection, k kind, path string, fields map[string]any) error {
	var was struct {
		State int `json:"statecode"`
	}
	if err := d.call(ctx, to, request{method: http.MethodGet, path: path, query: query("$select", "statecode")}, &was); err != nil {
		return err
	}
	if was.State != 0 {
		if err := d.change(ctx, to, path, k.opened); err != nil {
			return err
		}
	}
	return d.change(ctx, to, path, fields)
}

// change updates what is there, and makes nothing.
func (d *Dynamics) change(ctx context.Context, to crm.Connection, path string, fields map[string]any) error {
	return d.call(ctx, to, request{method: http.MethodPatch, path: path, header: map[string]string{"If-Match": "*"}, body: fields}, nil)
}

// activity is the phone call's own columns. Who was called with is a party; what
// it is about is bound by the table's own name.
func (k kind) activity(l crm.Log) (map[string]any, error) {
	fields := map[string]any{"subject": crm.Cut(l.Subject, subjectMax), "description": crm.Cut(l.Summary(), descriptionMax)}
	if k.call {
		fields["directioncode"], fields["phonenumber"] = false, crm.Cut(l.Phone, phoneMax)
	}
	for name, t := range map[string]time.Time{"actualstart": l.Began(), "actualend": l.Ended, "scheduledend": l.Ended} {
		if !t.IsZero() {
			fields[name] = at(t)
		}
	}
	if lasted := l.Lasted(); lasted > 0 {
		fields["actualdurationminutes"] = int((lasted + time.Minute - 1) / time.Minute)
	}
	var parties []any
	if l.Regarding.ID != "" {
		t, known := tables[l.Regarding.Object]
		if !known || !guidOnly.MatchString(l.Regarding.ID) {
			return nil, &crm.Error{Code: crm.BadRequest, Detail: crm.NotOurs}
		}
		who := "/" + t.set + "(" + strings.ToLower(l.Regarding.ID) + ")"
		fields["regardingobjectid_"+l.Regarding.Object+"_"+k.object+"@odata.bind"] = who
		parties = append(parties, map[string]any{"participationtypemask": from, "partyid_" + l.Regarding.Object + "@odata.bind": who})
	}
	if guidOnly.MatchString(l.Owner) {
		who := "/systemusers(" + strings.ToLower(l.Owner) + ")"
		fields["ownerid@odata.bind"] = who
		parties = append(parties, map[string]any{"participationtypemask": called, "partyid_systemuser@odata.bind": who})
	}
	if parties != nil && k.call {
		fields["phonecall_activity_parties"] = parties
	}
	return fields, nil
}

// Who took part in a call.
//
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/activityparty-entity
const (
	from   = 1
	called = 2
)

// note files the transcript under an id that follows from the log's: as text, or
// as a file where it is longer than a note may be.
func (d *Dynamics) note(ctx context.Context, to crm.Connection, of crm.Ref, l crm.Log) error {
	text := strings.TrimSpace(l.Transcript)
	if crm.Cut(l.Summary(), descriptionMax) != l.Summary() {
		text = l.Summary() + "\n\n" + text
	}
	if text == "" {
		return nil
	}
	id := uuid.NewSHA1(uuid.MustParse(of.ID), []byte("transcript"))
	fields := map[string]any{
		"subject": crm.Cut(cmp.Or(l.Subject, "Transcript"), subjectMax), "objectid_" + of.Object + "@odata.bind": "/" + kinds[of.Object].set + "(" + of.ID + ")",
	}
	if crm.Cut(text, noteMax) == text {
		maps.Copy(fields, map[string]any{"notetext": text, "isdocument": false, "filename": nil, "mimetype": nil, "documentbody": nil})
	} else {
		maps.Copy(fields, map[string]any{
			"isdocument": true, "filename": "transcript.txt", "mimetype": "text/plain", "documentbody": base64.StdEncoding.EncodeToString([]byte(text)),
			"notetext": "",
		})
	}
	return d.call(ctx, to, request{method: http.MethodPatch, path: "annotations(" + id.String() + ")", body: fields}, nil)
}
