package center

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// Missed is a contact nobody served.
type Missed struct {
	ID           string                `json:"id"`
	Kind         string                `json:"kind"`
	Conversation parley.ConversationID `json:"conversation_id"`
	Interaction  parley.InteractionID  `json:"interaction_id"`
	EntryPoint   Named                 `json:"entry_point"`
	Queue        Named                 `json:"queue"`
	Name         string                `json:"name"`
	Email        string                `json:"email"`
	Text         string                `json:"text"`
	State        string                `json:"state"`
	Owner        *Who                  `json:"owner"`
	CreatedAt    int64                 `json:"created_at"`
	ConsentAt    int64                 `json:"consent_at" doc:"when they agreed to the entry point's text of consent with what they left, 0 = none was asked for"`
	Consent      string                `json:"consent" doc:"version of its words"`
	Rev          int64                 `json:"rev"`
	MailSet      bool                  `json:"mail_set"`          // false: a reply waits until there is a mail server
	Replies      []Reply               `json:"replies,omitempty"` // of one that is opened
}

// Reply is a mail to somebody who was missed.
type Reply struct {
	ID    string `json:"id"`
	Agent *Who   `json:"agent"`
	Text  string `json:"text"`
	State string `json:"state"` // queued, sent, failed
	At    int64  `json:"at"`
}

func (b *book) missed(m parley.Missed) Missed {
	return Missed{
		ID: m.ID, Kind: m.Kind, Conversation: m.Conversation, Interaction: m.Interaction,
		EntryPoint: Named{ID: string(m.EntryPoint), Name: b.entrance[m.EntryPoint].Name},
		Queue:      Named{ID: string(m.Queue), Name: b.names[string(m.Queue)].Name},
		Name:       m.Name, Email: m.Email, Text: m.Text, State: m.State, Owner: b.who(m.Owner),
		CreatedAt: parley.Millis(m.CreatedAt), Rev: m.Rev, ConsentAt: parley.Millis(m.Consent.At), Consent: m.Consent.Version,
		MailSet: b.values.Text("mail.host", settings.At{}) != "" && b.values.Text("mail.from", settings.At{}) != "",
	}
}

// MissedList is a stretch of the missed contacts and where the next begins, ""
// if it was the last.
type MissedList struct {
	Items []Missed `json:"items"`
	Next  string   `json:"next"`
}

// MissedRange is which missed contacts are asked for; empty fields do not matter.
type MissedRange struct {
	State, Kind string
	After       string
	Limit       int
}

// MissedContacts lists contacts nobody served, the newest first.
//
// Errors: parley.ErrForbidden, ErrBadRequest for an unreadable cursor.
func (c *Center) MissedContacts(ctx context.Context, me parley.Actor, r MissedRange) (MissedList, error) {
	out := MissedList{Items: []Missed{}}
	if err := may(me, parley.MayRecords, nil); err != nil {
		return out, err
	}
	b, err := c.config(ctx)
	if err != nil {
		return out, err
	}
	page := store.MissedPage{State: r.State, Kind: r.Kind, Limit: bounded(r.Limit)}
	if r.After != "" {
		var at missedPlace
		raw, err := base64.RawURLEncoding.DecodeString(r.After)
		if err != nil || json.Unmarshal(raw, &at) != nil {
			return out, parley.ErrBadRequest
		}
		page.Before, page.BeforeID = time.UnixMilli(at.At), at.ID
	}
	rows, err := c.store.View().MissedPage(ctx, page)
	for _, m := range rows {
		out.Items = append(out.Items, b.missed(m))
	}
	if len(rows) == page.Limit {
		last := rows[len(rows)-1]
		raw, _ := json.Marshal(missedPlace{parley.Millis(last.CreatedAt), last.ID}) // plain data always can
		out.Next = base64.RawURLEncoding.EncodeToString(raw)
	}
	return out, err
}

type missedPlace struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

// MissedContact returns one, with all they wrote and the mails sent to it, and
// with its interaction for who may open it.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (c *Center) MissedContact(ctx context.Context, me parley.Actor, id string) (Missed, error) {
	if err := may(me, parley.MayRecords, nil); err != nil {
		return Missed{}, err
	}
	b, err := c.config(ctx)
	if err != nil {
		return Missed{}, err
	}
	m, err := c.store.View().Missed(ctx, id)
	if err != nil {
		return Missed{}, err
	}
	said, err := c.store.View().Transcript(ctx, m.Conversation, m.Interaction)
	if err != nil {
		return Missed{}, err
	}
	out := b.missed(m)
	out.Text = m.Words(said)
	if _, err := c.readable(ctx, me, m.Interaction); err != nil {
		out.Interaction = ""
	}
	replies, err := c.store.View().MissedReplies(ctx, id)
	out.Replies = []Reply{}
	for _, r := range replies {
		out.Replies = append(out.Replies, Reply{ID: r.ID, Agent: b.who(r.Agent), Text: r.Text, State: r.State, At: parley.Millis(r.At)})
	}
	return out, err
}

// MissedChange is what people change on a missed contact.
type MissedChange struct {
	State string
	Owner parley.AgentID
	Rev   int64 // of what they had before them
}

// ChangeMissed takes a contact over, or marks it.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict if it changed meanwhile,
// ErrInvalid.
func (c *Center) ChangeMissed(ctx context.Context, me parley.Actor, id string, to MissedChange) error {
	if err := may(me, parley.MayRecords, nil); err != nil {
		return err
	}
	if !slices.Contains([]string{missedNew, missedTaken, missedReplied, missedDone}, to.State) {
		return parley.ErrInvalid(parley.FieldError{Field: "state", Code: "unknown"})
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "change_missed",
		Touch: []string{id},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			m, err := v.Missed(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if m.Rev != to.Rev {
				return ledger.Plan{}, parley.ErrConflict
			}
			if to.Owner != "" {
				if _, err := v.Person(ctx, to.Owner); err != nil {
					return ledger.Plan{}, parley.ErrInvalid(parley.FieldError{Field: "owner", Code: "unknown"})
				}
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				m.State, m.Owner, m.Rev = to.State, to.Owner, m.Rev+1
				r.SaveMissed(m)
				missedChanged(r, m)
			}}, nil
		},
	})
}

// MailKind is the outbox kind of a mail; its data names the reply.
const MailKind = "mail"

// ReplyMissed writes an e-mail to somebody who was missed. It is sent after the
// commit, and kept and tried again while no mail server is set. With a client id a
// repeat writes none.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict if they left no address,
// ErrTextTooLong, ErrInvalid.
// Source: I15.
func (c *Center) ReplyMissed(ctx context.Context, me parley.Actor, id string, say Words) error {
	if err := may(me, parley.MayRecords, nil); err != nil {
		return err
	}
	text, err := clean("text", say.Text, NoteMax)
	if err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "reply_missed",
		Touch: []string{say.ClientID, id},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			m, err := v.Missed(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			reply := store.MissedReply{ID: parley.NewID("mrp", v.Now), Missed: id, Agent: me.Agent, Text: c.masked(text), State: "queued", At: v.Now}
			if say.ClientID != "" {
				reply.ID = "mrp_" + say.ClientID // so that a repeat is found again
				if _, err := v.MissedReply(ctx, reply.ID); err == nil || unlessAbsent(err) != nil {
					return ledger.Plan{}, unlessAbsent(err)
				}
			}
			if m.Email == "" {
				return ledger.Plan{}, parley.ErrConflict
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.AddMissedReply(reply)
				data, _ := json.Marshal(map[string]string{"reply": reply.ID}) // plain data always can
				r.Outbox(store.Outbox{Kind: MailKind, Subject: id, Data: string(data)})
				m.State, m.Rev = missedReplied, m.Rev+1
				if m.Owner == "" {
					m.Owner = me.Agent
				}
				r.SaveMissed(m)
				missedChanged(r, m)
			}}, nil
		},
	})
}
