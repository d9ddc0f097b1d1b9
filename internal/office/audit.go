package office

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"parley"
	"parley/internal/store"
)

// Audited is one row of the audit log as people see it.
type Audited struct {
	ID      int64  `json:"id"`
	At      int64  `json:"at"`
	Actor   string `json:"actor"`      // id of an agent or API key, "" = the system
	Name    string `json:"actor_name"` // of the agent or the key; "" for the system
	IP      string `json:"ip"`
	Request string `json:"request_id"`
	Action  string `json:"action"`
	Subject string `json:"subject"`
	Called  string `json:"subject_name"`    // of what is gone the last one; "" if it has none
	French  string `json:"subject_name_fr"` // "" = the same
	Before  any    `json:"before"`          // null if it was new
	After   any    `json:"after"`           // null if it is gone
	Hash    string `json:"hash"`
}

// AuditPage is a stretch of the audit log, the newest first.
type AuditPage struct {
	Items []Audited `json:"items"`
	Next  string    `json:"next"`
}

// auditMax is how much of the audit log one request gets.
//
// Unit: rows.
const auditMax = 100

// Audit returns who changed what. There is no way to change it.
//
// Errors: parley.ErrForbidden, ErrBadRequest for a wrong place.
// Source: CFG-04, A-117.
func (o *Office) Audit(ctx context.Context, me parley.Actor, after string, limit int) (AuditPage, error) {
	page := AuditPage{Items: []Audited{}}
	if err := may(me, parley.MayAudit); err != nil {
		return page, err
	}
	var before int64
	if after != "" {
		n, err := strconv.ParseInt(after, 10, 64)
		if err != nil || n < 1 {
			return page, parley.ErrBadRequest
		}
		before = n
	}
	if limit <= 0 || limit > auditMax {
		limit = auditMax
	}
	v := o.store.View()
	rows, err := v.AuditPage(ctx, before, limit+1)
	if err != nil {
		return page, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = strconv.FormatInt(rows[limit-1].ID, 10)
	}
	names, err := actorNames(ctx, v)
	titled := map[string]title{} // one thing is often changed several times in a row
	for _, a := range rows {
		called, known := titled[a.Subject]
		if !known {
			found, unnamed := subjectTitle(ctx, v, a.Subject)
			called, titled[a.Subject], err = found, found, errors.Join(err, unnamed)
		}
		page.Items = append(page.Items, Audited{
			ID: a.ID, At: parley.Millis(a.At), Actor: a.Actor, Name: names[a.Actor], IP: a.IP, Request: a.Request,
			Action: a.Action, Subject: a.Subject, Called: called.en, French: called.fr,
			Before: plain(json.RawMessage(a.Before)), After: plain(json.RawMessage(a.After)), Hash: a.Hash,
		})
	}
	return page, err
}

// actorNames returns what everybody who may have changed something is called,
// by id: the agents, and the API keys, which stay when they are revoked.
func actorNames(ctx context.Context, v store.View) (map[string]string, error) {
	agents, err := v.Agents(ctx)
	keys, keysErr := v.APIKeys(ctx)
	names := make(map[string]string, len(agents)+len(keys))
	for _, a := range agents {
		names[string(a.ID)] = a.DisplayName
	}
	for _, k := range keys {
		names[k.ID] = k.Name
	}
	return names, errors.Join(err, keysErr)
}
