package records

import (
	"context"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// subjectMax bounds a case's subject, notesMax its notes.
//
// Unit: code points.
const (
	subjectMax = 200
	notesMax   = 10_000
)

// Logged is the case that an interaction became.
type Logged struct {
	Case    parley.CaseID `json:"case_id"`
	Number  int64         `json:"number"`
	Created bool          `json:"created"` // false: it was there, and is up to date again
}

// AddLog makes a closed interaction's chat log, in the commit that closes it:
// if autolog.enabled of the settings s says so, or brings up to date what Save to
// CRM made. One that no agent served has no log.
//
// Source: CRM-08, CRM-09, CRM-12, CRM-13.
func AddLog(ctx context.Context, v store.View, r *store.Rows, e routing.InteractionClosed, s settings.Values) error {
	if e.Agent == "" {
		return nil
	}
	f, err := v.Facts(ctx, e.Interaction)
	if err != nil {
		return err
	}
	if f.Case == "" && !s.Bool("autolog.enabled", settings.At{Queue: f.Queue}) {
		return nil
	}
	c, created, err := logOf(ctx, v, handled{e.Interaction, e.Agent, f}, s)
	if err != nil {
		return err
	}
	saveLog(r, c, created, e.Agent)
	return nil
}

// handled is an interaction that an agent served.
type handled struct {
	id    parley.InteractionID
	agent parley.AgentID
	store.Facts
}

// logOf returns the case that logs an interaction: the one it has, linked to
// the customer known by now, or a new one.
func logOf(ctx context.Context, v store.View, i handled, s settings.Values) (c parley.Case, created bool, err error) {
	if created = i.Case == ""; !created {
		if c, err = v.CaseLog(ctx, i.id); err != nil {
			return c, false, err
		}
	} else {
		c = parley.Case{
			Interaction: i.id,
			Status:      parley.CaseStatus(s.Text("autolog.case_status", settings.At{EntryPoint: i.EntryPoint})),
			Subject:     title(i.Visitor.Question, subjectMax),
			Channel:     i.Channel,
		}
	}
	c.Queue, c.Agent = i.Queue, i.agent
	if c.Customer == "" {
		c.Customer = i.Customer
	}
	if c.Customer == "" && i.Match.Count == 1 {
		c.Customer = i.Match.Customers[0]
	}
	return c, created, nil
}

// isNew is the data of the log row of something that was not there before.
var isNew = []byte(`{"new":true}`)

// saveLog lists a log and its log row.
func saveLog(r *store.Rows, c parley.Case, created bool, by parley.AgentID) {
	c.UpdatedAt, c.Rev = r.Now(), c.Rev+1
	if created {
		c.ID, c.CreatedAt = parley.CaseID(newID(r.Now())), r.Now()
		r.AddCase(c)
	} else {
		r.SaveCase(c)
	}
	e := parley.Entry{Kind: parley.KindRecordChanged, Interaction: c.Interaction, Subject: string(c.ID), Agent: by}
	if created {
		e.Data = isNew
	}
	r.Entry(e)
}

func newID(now time.Time) string { return parley.NewID("cas", now) }

// SaveToCRM makes an interaction's case right away, linked to the matched
// customer; again, it brings the same case up to date.
//
// Errors: parley.ErrForbidden, ErrNotFound if the interaction is not theirs or
// nobody has accepted it.
// Source: CRM-12.
func (r *Records) SaveToCRM(ctx context.Context, me parley.Actor, id parley.InteractionID) (Logged, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Logged{}, err
	}
	var created bool
	err := r.ledger.Do(ctx, ledger.Command{
		Name:  "save_to_crm",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			i, err := v.Interaction(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if i.Agent == "" || !served(me, i) {
				return ledger.Plan{}, parley.ErrNotFound
			}
			values, err := v.Settings(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			f, err := v.Facts(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			var c parley.Case
			if c, created, err = logOf(ctx, v.View, handled{id, i.Agent, f}, settings.New(values)); err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) { saveLog(r, c, created, me.Agent) }), nil
		},
	})
	if err != nil {
		return Logged{}, err
	}
	c, err := r.store.View().CaseLog(ctx, id)
	return Logged{Case: c.ID, Number: c.Number, Created: created}, err
}
