package records

import (
	"context"
	"time"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// FollowUp is what was done about a case, for one who reads it.
type FollowUp struct {
	ID     string              `json:"id"`
	Kind   parley.FollowUpKind `json:"kind" enum:"note,email,contact"`
	At     int64               `json:"at"`
	Text   string              `json:"text"`
	Log    *Numbered           `json:"log"`    // of a contact
	Letter *Letter             `json:"letter"` // of an e-mail
	Agent  *Person             `json:"agent"`  // null = the system
}

// Letter is a mail to a customer, and what became of it.
type Letter struct {
	Email string `json:"email"`
	State string `json:"state" enum:"queued,sent,failed"`
}

// followUpsMax is how many follow-ups of a case are shown.
const followUpsMax = 500

// FollowUps returns what was done about a case, the oldest first.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: CRM-04.
func (r *Records) FollowUps(ctx context.Context, me parley.Actor, id parley.CaseID) ([]FollowUp, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return nil, err
	}
	v := r.store.View()
	if _, err := seen(ctx, v, me, id); err != nil {
		return nil, err
	}
	kept, err := v.FollowUps(ctx, id, followUpsMax)
	if err != nil {
		return nil, err
	}
	sent, err := v.LettersOfCase(ctx, id, followUpsMax)
	if err != nil {
		return nil, err
	}
	letters := map[string]*Letter{}
	for _, l := range sent {
		letters[l.ID] = &Letter{Email: l.Email, State: l.State}
	}
	return followUps(ctx, v, letters, kept...)
}

// followUps returns follow-ups as people see them, with the letters by id.
func followUps(ctx context.Context, v store.View, letters map[string]*Letter, kept ...parley.FollowUp) ([]FollowUp, error) {
	names := map[string]string{}
	out := make([]FollowUp, len(kept))
	for i, f := range kept {
		if err := agentName(ctx, v, names, string(f.Agent)); err != nil {
			return nil, err
		}
		if err := nameIn(ctx, v, names, "follows", string(f.Log)); err != nil {
			return nil, err
		}
		out[i] = FollowUp{
			ID: f.ID, Kind: f.Kind, At: parley.Millis(f.At), Text: f.Text, Letter: letters[f.Letter],
			Agent: person(f.Agent, names[string(f.Agent)]), Log: numbered(f.Log, names[string(f.Log)]),
		}
	}
	return out, nil
}

// FollowUpInput is what a person fills in.
type FollowUpInput struct {
	Kind  parley.FollowUpKind `json:"kind" enum:"note,email"`
	At    int64               `json:"at,omitempty" minimum:"0" maximum:"253402300799999" doc:"the day it is about, Unix milliseconds; 0 = now"`
	Text  string              `json:"text"`
	Email string              `json:"email,omitempty" maxLength:"254" doc:"of an e-mail: a verified address of the customer"`
}

// AddFollowUp adds a note, or mails the customer and keeps what was written.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrEmailNotVerified, an Invalid one
// naming every field at fault.
// Source: CRM-04.
func (r *Records) AddFollowUp(ctx context.Context, me parley.Actor, id parley.CaseID, in FollowUpInput) (string, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return "", err
	}
	f, err := in.check(id, me, r.clock.Now())
	if err == nil {
		err = mask(ctx, r.store.View(), &f.Text)
	}
	if err != nil {
		return "", err
	}
	return f.ID, r.ledger.Do(ctx, ledger.Command{
		Name:  "add_follow_up",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, err := seen(ctx, v.View, me, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			var letter store.Letter
			if f.Kind == parley.FollowUpEmail {
				letter, err = letterAbout(ctx, v, me, c, addressed{"follow_up", in.Email, f.Text})
				if err != nil {
					return ledger.Plan{}, err
				}
				f.Letter = letter.ID
			}
			return rows(func(r *store.Rows) {
				if f.Letter != "" {
					r.AddLetter(letter)
				}
				r.AddFollowUp(f)
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Interaction: c.Interaction, Subject: string(id), Agent: me.Agent})
			}), nil
		},
	})
}

func (in FollowUpInput) check(id parley.CaseID, me parley.Actor, now time.Time) (parley.FollowUp, error) {
	var faults parley.Faults
	f := parley.FollowUp{
		ID: parley.NewID("fup", now), Case: id, Kind: in.Kind, At: now, Text: identity.Text(in.Text), Agent: me.Agent, CreatedAt: now,
	}
	if in.At > 0 {
		f.At = parley.FromMillis(in.At)
	}
	parley.OneOf(&faults, "kind", f.Kind, parley.FollowUpNote, parley.FollowUpEmail)
	faults.Text("text", f.Text, 1, notesMax)
	return f, faults.Err()
}
