package center

import (
	"context"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"parley"
	"parley/internal/channel"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// intake reads one request of a network while it is planned: what it finds out,
// and the rows that follow. It changes nothing.
type intake struct {
	c *Center
	arrivals
	v        ledger.View
	seen     map[string]store.External // by id; what this request adds too
	talks    []*dialog
	routes   []routing.Command
	rows     []func(*store.Rows)
	after    []func(*store.Rows) // what follows the message that is being read
	received int                 // messages of customers
	odd      string              // what could not be read
	cards    []string            // numbers that the request must not be kept with
}

// dialog is a conversation that a request speaks of.
type dialog struct {
	parley.Conversation
	keys   parley.Keys // that lead here, as far as this request asked
	fresh  bool        // it begins with this request
	within parley.InteractionID
	placed bool  // within is known
	woken  bool  // routing was told that they wrote
	moved  bool  // its script went on in this request
	chose  *bool // to hear from us no more, in this request
	said   map[parley.MessageID]*parley.Message
}

// list adds rows to what follows.
func (in *intake) list(rows func(*store.Rows)) { in.rows = append(in.rows, rows) }

// read goes through all that a request says.
func (in *intake) read(ctx context.Context, got channel.Received) error {
	if err := in.recall(ctx, got.Messages); err != nil {
		return err
	}
	statuses := got.Statuses
	for _, m := range got.Messages {
		if m.Echo {
			own, err := in.echo(ctx, m)
			if err != nil {
				return err
			}
			statuses = append(statuses, own...)
			continue
		}
		if err := in.message(ctx, m); err != nil {
			return err
		}
	}
	if len(statuses) > 0 {
		rows, err := in.c.courier.Statuses(ctx, in.v, in.EntryPoint, statuses)
		if err != nil {
			return err
		}
		if rows != nil {
			in.list(rows)
		}
	}
	return in.news(ctx, got.News)
}

// recall looks up which of a request's ids are known.
func (in *intake) recall(ctx context.Context, messages []parley.Inbound) error {
	var ids []string
	for _, m := range messages {
		for _, id := range []string{m.ExternalID, m.Target} {
			if id != "" {
				ids = append(ids, id)
			}
		}
	}
	in.seen = make(map[string]store.External, len(ids))
	known, err := in.v.Externals(ctx, in.ID, ids)
	for _, x := range known {
		in.seen[x.Direction+x.ID] = x
	}
	return err
}

// known reports whether an id came in or went out before.
func (in *intake) known(id string) bool {
	_, came := in.seen[store.In+id]
	_, went := in.seen[store.Out+id]
	return id != "" && (came || went)
}

// remember keeps a network's id for ever.
func (in *intake) remember(id, direction string, message parley.MessageID) {
	if id == "" || in.known(id) {
		return
	}
	x := store.External{ID: id, EntryPoint: in.ID, Direction: direction, Message: message}
	if direction == store.Out {
		x.State = string(parley.DeliverySent)
	}
	in.seen[direction+id] = x
	in.list(func(r *store.Rows) { r.AddExternal(x) })
}

// message takes in one thing a customer did. What came before adds nothing.
func (in *intake) message(ctx context.Context, m parley.Inbound) error {
	if in.known(m.ExternalID) {
		return nil
	}
	if len(m.From) == 0 {
		in.strange("no_sender", m)
		return nil
	}
	blocked, err := in.v.Blocking(ctx, in.ID, m.From, in.v.Now)
	if err != nil {
		return err
	}
	if blocked != "" {
		in.remember(m.ExternalID, store.In, "")
		in.list(func(r *store.Rows) { r.BlockDropped(blocked, 1) })
		return nil
	}
	switch m.Kind {
	case parley.InboundEdit, parley.InboundRevoke, parley.InboundReaction:
		return in.change(ctx, m)
	case parley.InboundIdentity:
		return in.moves(ctx, m)
	case parley.InboundMessage:
		if in.abroad(m) {
			return nil
		}
	case parley.InboundBot:
		return in.bot(ctx, m)
	case parley.InboundAction:
		t, err := in.dialog(ctx, m)
		if err != nil {
			return err
		}
		if in.running(t); t.within != "" && m.Content != nil && m.Content.Note == parley.NoteIdentityChanged {
			in.said(t, m, parley.FromCustomer)
		}
		in.remember(m.ExternalID, store.In, "")
		in.window(t, m)
		return nil
	}
	t, err := in.dialog(ctx, m)
	if err != nil {
		return err
	}
	in.received++
	in.window(t, m)
	in.called(t, m)
	if m.OptOut != nil {
		if done, err := in.choice(ctx, t, m); done || err != nil {
			return err
		}
	}
	if m.Help != "" && in.helps(t, m) {
		return nil
	}
	if err := in.place(ctx, t, m); err != nil {
		return err
	}
	in.said(t, m, parley.FromCustomer)
	in.rows, in.after = append(in.rows, in.after...), nil
	return nil
}

// strange keeps something for administrators to look at: it came in the request,
// which is kept.
func (in *intake) strange(why string, m parley.Inbound) {
	if in.odd == "" {
		in.odd = why
	}
	in.remember(m.ExternalID, store.In, "")
}

// tidy makes what a network says fit to be kept: text in NFC, one line of name,
// phones in E.164 with those that are none left out.
//
// Source: CNV-03, SMS-04, SMS-08.
func (at arrivals) tidy(m parley.Inbound) parley.Inbound {
	m.Text = whole(m.Text)
	m.Name, m.Handle = cut(flat(m.Name), NameMax), cut(flat(m.Handle), NameMax)
	m.Language = cut(flat(m.Language), NumberMax)
	country := at.book.values.Text("phone.default_country", settings.At{})
	keys := m.From[:0:0]
	for _, k := range m.From {
		if k.Kind == parley.KeyPhone {
			phone, ok := identity.Phone(string(k.Value), country)
			if !ok {
				continue
			}
			k.Value = parley.Address(phone)
		}
		if k.Value != "" {
			keys = append(keys, k)
		}
	}
	m.From = keys
	return m
}

// whole returns what of a network's text can be kept: valid, without NUL, in NFC.
func whole(text string) string {
	return norm.NFC.String(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\uFFFD"))
}

// flat returns a text on one line.
func flat(text string) string {
	return parley.OneLine(whole(text))
}

// farOff is how far a network's time is from ours before people are shown it.
const farOff = time.Minute

// sentAt returns the network's time of a message that came late, 0 for one that
// did not, or whose network has a clock that is ahead of ours.
//
// Source: R-40.
func (in *intake) sentAt(m parley.Inbound) int64 {
	if m.SentAt.IsZero() || in.v.Now.Sub(m.SentAt) < farOff {
		return 0
	}
	return parley.Millis(m.SentAt)
}
