package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/mail"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// mailKind is the kind of the outbox rows that become letters. Their data
// names the reply to a missed contact: {"reply":"mrp_.."}.
const mailKind = "mail"

// mailPause is how long a letter waits while there is no server to send it
// through. Saving the settings of mail ends the wait.
const mailPause = 15 * time.Minute

// letter is what the data of an outbox row says.
type letter struct {
	Reply string `json:"reply"`
}

// deliver sends the letter of an outbox row.
func (o *Office) deliver(ctx context.Context, row store.Outbox) error {
	var l letter
	if err := json.Unmarshal([]byte(row.Data), &l); err != nil {
		return fmt.Errorf("a letter nobody can read: %w", errors.Join(ledger.ErrGiveUp, err))
	}
	v := o.store.View()
	reply, err := v.MissedReply(ctx, l.Reply)
	if err != nil {
		return err
	}
	message, err := o.compose(ctx, v, reply)
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
	err = o.send(ctx, server, message)
	switch {
	case err == nil:
		return o.sent(ctx, reply, "sent")
	case errors.Is(err, mail.ErrNotSet):
		return &ledger.Retry{After: mailPause, Err: mail.ErrNotSet}
	case errors.Is(err, mail.ErrRefused):
		return errors.Join(ledger.ErrGiveUp, o.sent(ctx, reply, "failed"), mail.ErrRefused)
	}
	return errors.New("the mail server did not take the letter") // its words may hold addresses
}

// sent keeps what became of a reply.
func (o *Office) sent(ctx context.Context, reply store.MissedReply, state string) error {
	return o.ledger.Do(ctx, ledger.Command{
		Name:  "letter_" + state,
		Touch: []string{reply.ID},
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.SaveMissedReplyState(reply.ID, state)
				r.Entry(parley.Entry{Kind: parley.KindMissedChanged, Subject: reply.Missed})
			}}, nil
		},
	})
}

// compose writes the letter. Its subject is ours: nothing a stranger typed
// stands in it.
func (o *Office) compose(ctx context.Context, v store.View, reply store.MissedReply) (mail.Message, error) {
	missed, err := v.Missed(ctx, reply.Missed)
	if err != nil {
		return mail.Message{}, err
	}
	center, err := v.Center(ctx)
	if err != nil {
		return mail.Message{}, err
	}
	return mail.Message{To: missed.Email, Subject: center.Name, Text: reply.Text, ID: reply.ID}, nil
}
