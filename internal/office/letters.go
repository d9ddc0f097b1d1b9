package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/mail"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// mailKind is the kind of the outbox rows that become letters. Their data
// names the reply to a missed contact: {"reply":"mrp_.."}, or the letter to a
// customer: {"letter":"let_.."}, or somebody colleagues are told of:
// {"missed":"mis_..","to":".."}.
const mailKind = store.MailKind

// mailPause is how long a letter waits while there is no server to send it
// through. Saving the settings of mail ends the wait.
const mailPause = 15 * time.Minute

// downPause is how long a letter waits while nothing can be saved.
const downPause = time.Minute

// mailGiveUp is for how long a letter is tried.
const mailGiveUp = 24 * time.Hour

// errLate says that a letter was tried long enough.
var errLate = errors.New("no mail server took the letter for a day")

// letter is what the data of an outbox row says.
type letter struct {
	Reply  string `json:"reply"`
	Letter string `json:"letter"`
	Missed string `json:"missed"` // somebody colleagues are told of
	To     string `json:"to"`     // with missed
}

// post is a letter as it is sent, and who keeps what became of it.
type post struct {
	mail.Message
	settle func(r *store.Rows, state string)
	reply  *store.MissedReply // it is, to somebody who was missed; may be nil
	gone   bool               // a mail server has it
}

// deliver sends the letter of an outbox row.
func (o *Office) deliver(ctx context.Context, row store.Outbox) error {
	var l letter
	if err := json.Unmarshal([]byte(row.Data), &l); err != nil {
		return fmt.Errorf("a letter nobody can read: %w", errors.Join(ledger.ErrGiveUp, err))
	}
	v := o.store.View()
	p, err := o.compose(ctx, v, l)
	if errors.Is(err, parley.ErrNotFound) || err == nil && p.gone {
		return nil // they were erased meanwhile, or have it
	}
	if err != nil {
		return err
	}
	rows, err := v.Settings(ctx)
	if err != nil {
		return err
	}
	server, err := o.mailSettings(settings.New(rows))
	if err != nil {
		return err
	}
	if o.ledger.Down() != nil { // that it was sent might not be kept: it would be sent again and again
		return &ledger.Wait{After: downPause}
	}
	err = o.send(ctx, server, p.Message)
	late := o.clock.Now().Sub(row.CreatedAt) >= mailGiveUp
	switch {
	case err == nil:
		return o.settle(ctx, row, p, nil)
	case late:
		return o.settle(ctx, row, p, errLate)
	case errors.Is(err, mail.ErrNotSet):
		return &ledger.Retry{After: mailPause, Err: mail.ErrNotSet}
	case errors.Is(err, mail.ErrRefused):
		return o.settle(ctx, row, p, mail.ErrRefused)
	}
	return errors.New("the mail server did not take the letter") // its words may hold addresses
}

// settle keeps what became of a letter, nil that it was sent, in one commit with its
// row, also on a full disk: what is not kept is sent again.
//
// Source: R-05.
func (o *Office) settle(ctx context.Context, row store.Outbox, p post, why error) error {
	state := "sent"
	if why != nil {
		state = "failed"
	}
	touch := []string{p.ID}
	if p.reply != nil {
		touch = append(touch, p.reply.Missed)
	}
	err := o.ledger.Insist(ctx, ledger.Command{
		Name:  "letter_" + state,
		Touch: touch,
		Spare: true,
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			missed, turned, err := turn(ctx, v, p.reply, state)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				p.settle(r, state)
				if turned {
					r.SaveMissed(missed)
				}
				if why == nil {
					r.OutboxDone(row)
				} else {
					r.OutboxDead(row, why.Error())
				}
			}}, err
		},
	})
	if err != nil {
		return err
	}
	return ledger.ErrSettled
}

// turn is the contact a reply went to, if what became of the reply changes how
// far they are: nobody has answered them with one that failed.
//
// Source: SCR-07.
func turn(ctx context.Context, v ledger.View, reply *store.MissedReply, state string) (m parley.Missed, turned bool, err error) {
	if reply == nil {
		return m, false, nil
	}
	m, err = v.Missed(ctx, reply.Missed)
	m.Rev++
	switch {
	case state == "failed" && m.State == "replied":
		m.State = "taken"
	case state == "sent" && reply.State == "failed" && m.State == "taken":
		m.State = "replied"
	default:
		return m, false, err
	}
	return m, true, err
}

// compose writes the letter. Errors: parley.ErrNotFound of who was erased meanwhile.
func (o *Office) compose(ctx context.Context, v store.View, l letter) (post, error) {
	switch {
	case l.Letter != "":
		return toCustomer(ctx, v, l.Letter)
	case l.Missed != "":
		return toColleagues(ctx, v, l)
	}
	return toMissed(ctx, v, l.Reply)
}

// toMissed is the reply to somebody who was missed. Its subject is ours: nothing
// a stranger typed stands in it.
func toMissed(ctx context.Context, v store.View, id string) (post, error) {
	reply, err := v.MissedReply(ctx, id)
	if err != nil {
		return post{}, err
	}
	missed, err := v.Missed(ctx, reply.Missed)
	if err != nil {
		return post{}, err
	}
	center, err := v.Center(ctx)
	if err != nil {
		return post{}, err
	}
	return post{mail.Message{To: missed.Email, Subject: center.Name, Text: reply.Text, ID: reply.ID}, func(r *store.Rows, state string) {
		r.SaveMissedReplyState(reply.ID, state)
		r.Entry(parley.Entry{Kind: parley.KindMissedChanged, Subject: reply.Missed})
	}, &reply, reply.State == "sent"}, nil
}

// toColleagues tells colleagues of somebody who left the line for a message. The
// subject is ours.
//
// Source: SCR-02.
func toColleagues(ctx context.Context, v store.View, l letter) (post, error) {
	m, err := v.Missed(ctx, l.Missed)
	if err != nil {
		return post{}, err
	}
	center, err := v.Center(ctx)
	if err != nil {
		return post{}, err
	}
	text := strings.TrimSpace(strings.Join([]string{m.Name, m.Email}, "\n")) + "\n\n" + m.Text + "\n"
	return post{mail.Message{To: l.To, Subject: center.Name, Text: text, ID: m.ID}, func(*store.Rows, string) {}, nil, false}, nil
}

// toCustomer is a letter about a case, or a transcript.
func toCustomer(ctx context.Context, v store.View, id string) (post, error) {
	l, err := v.Letter(ctx, id)
	if err != nil {
		return post{}, err
	}
	return post{mail.Message{To: l.Email, Subject: l.Subject, Text: l.Text, ID: l.ID}, func(r *store.Rows, state string) {
		r.SettleLetter(l.ID, state)
		r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Interaction: l.Interaction, Subject: or(string(l.Case), string(l.Customer))})
	}, nil, l.State == "sent"}, nil
}
