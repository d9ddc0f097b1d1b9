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
	l, err := logOf(ctx, v, handled{e.Interaction, e.Agent, f}, s)
	if err != nil {
		return err
	}
	l.save(r, e.Agent, s)
	return nil
}

// handled is an interaction that an agent served.
type handled struct {
	id    parley.InteractionID
	agent parley.AgentID
	store.Facts
}

// logCase is the case that logs an interaction, and the one it was about.
type logCase struct {
	parley.Case
	about   about
	created bool // false: it was there before
	files   bool // it is filed under a case now
}

// logOf returns the case that logs an interaction: the one it has, linked to
// the customer known by now, or a new one. If the customer gave the number of a
// case of theirs, it is filed under that. What came by a social network is closed
// work, whatever is set for others. Its subject is what the customer asked first.
//
// Source: CRM-06, CRM-13.
func logOf(ctx context.Context, v store.View, i handled, s settings.Values) (l logCase, err error) {
	if l.created = i.Case == ""; !l.created {
		if l.Case, err = v.CaseLog(ctx, i.id); err != nil {
			return l, err
		}
	} else {
		l.Case = parley.Case{
			Interaction: i.id,
			Status:      parley.CaseStatus(s.Text("autolog.case_status", settings.At{EntryPoint: i.EntryPoint})),
			Channel:     i.Channel,
		}
		if l.Subject, err = i.subject(ctx, v); err != nil {
			return l, err
		}
		if i.Channel.Social() {
			l.Status = parley.CaseClosed
		}
	}
	l.Queue, l.Agent = i.Queue, i.agent
	if l.Customer == "" {
		l.Customer = i.Customer
	}
	if l.Customer == "" && i.Match.Count == 1 {
		l.Customer = i.Match.Customers[0]
	}
	if i.Match.Case == "" || l.Follows != "" {
		return l, nil
	}
	named, err := v.Case(ctx, i.Match.Case)
	if err == nil && named.ID != l.ID && named.Customer != "" && named.Customer == l.Customer {
		l.Follows, l.about, l.files = named.ID, about{named}, true
	}
	return l, unlessAbsent(err)
}

// subject is what the log is about, as the customer put it: the question of the
// form, else what they wrote first.
func (i handled) subject(ctx context.Context, v store.View) (string, error) {
	asked, err := i.Visitor.Question, error(nil)
	if asked == "" {
		asked, err = v.Opening(ctx, i.id)
	}
	return title(asked, subjectMax), err
}

// isNew is the data of the log row of something that was not there before.
var isNew = []byte(`{"new":true}`)

// save lists a log and its log row.
func (l logCase) save(r *store.Rows, by parley.AgentID, s settings.Values) {
	c := l.Case
	c.UpdatedAt, c.Rev = r.Now(), c.Rev+1
	if l.created {
		c.ID, c.CreatedAt = parley.CaseID(newID(r.Now())), r.Now()
		if c.Status == parley.CaseClosed {
			c.ClosedAt = r.Now()
		}
		c.Visibility, c.Severity, c.Priority = parley.VisibleToEveryone, parley.SeverityNormal, parley.UrgencyNormal
		r.AddCase(c)
	} else {
		r.SaveCase(c)
	}
	if l.files {
		r.SaveCaseWork(c)
		l.about.contacted(r, c, by, s)
	}
	e := parley.Entry{Kind: parley.KindRecordChanged, Interaction: c.Interaction, Subject: string(c.ID), Agent: by}
	if l.created {
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
			now := settings.New(values)
			l, err := logOf(ctx, v.View, handled{id, i.Agent, f}, now)
			if err != nil {
				return ledger.Plan{}, err
			}
			created = l.created
			return rows(func(r *store.Rows) { l.save(r, me.Agent, now) }), nil
		},
	})
	if err != nil {
		return Logged{}, err
	}
	c, err := r.store.View().CaseLog(ctx, id)
	return Logged{Case: c.ID, Number: c.Number, Created: created}, err
}
