package courier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/store"
)

// DeliverKind is the outbox kind of a message on its way to a network; its data
// names the message.
const DeliverKind = "deliver"

type deliverRow struct {
	Message parley.MessageID `json:"message"`
	Help    bool             `json:"help,omitempty"` // they asked for it themselves
}

// How messages are delivered.
//
// Source: networks.md 12.
const (
	deliverAtOnce  = 1024             // messages on their way at the same time
	deliverFor     = 15 * time.Minute // a message is tried again
	deliverLeast   = 100 * time.Millisecond
	deliverFirst   = time.Second      // the longest first pause, besides
	deliverMost    = time.Minute      // the longest pause
	sendWithin     = 15 * time.Second // one call
	sendFileWithin = 45 * time.Second // one call with a file
	filesAtOnce    = 8                // files on their way at the same time
	pausedFor      = time.Hour        // when a paused entry point is looked at again, if nobody resumed it
)

// errand is a message on its way to a network.
type errand struct {
	*Courier
	parley.EntryPoint
	network channel.Channel // nil: the web
	spec    channel.Spec
	book    *Book
	o       store.Outbox
	m       parley.Message
	talk    parley.Conversation
	to      parley.Keys
	reply   string // the external id of what it answers
	help    bool   // it answers HELP
	pieces  []parley.Outbound
}

// Delivers is what lists a message for its way to a network.
func Delivers(id parley.MessageID, c parley.ConversationID) store.Outbox {
	return deliverRow{Message: id}.outbox(c)
}

// Helps is Delivers for an answer to HELP, which also goes to who wants to hear no more.
//
// Source: SMS-09.
func Helps(id parley.MessageID, c parley.ConversationID) store.Outbox {
	return deliverRow{Message: id, Help: true}.outbox(c)
}

func (d deliverRow) outbox(c parley.ConversationID) store.Outbox {
	data, _ := json.Marshal(d) // plain data always can
	return store.Outbox{Kind: DeliverKind, Subject: string(c), Data: string(data)}
}

// deliver takes a message to its network, part by part, and saves what became of
// it. It never sends a part again that may have arrived.
//
// Source: P4, R-46, CNV-02, CNV-05.
func (c *Courier) deliver(ctx context.Context, o store.Outbox) error {
	e, err := c.errand(ctx, o)
	if err != nil {
		return err
	}
	if e.m.Delivery == nil || e.m.Delivery.State != parley.DeliveryPending && e.m.Delivery.State != parley.DeliverySent {
		return nil // it failed meanwhile, or a person took care of it
	}
	parts, err := e.store.View().ExternalsOf(ctx, e.m.ID)
	if err != nil {
		return err
	}
	next, left := nextPart(parts)
	switch {
	case left: // a process died between the call and its record
		return e.conclude(ctx, verdict{part: -1, err: &channel.SendError{Code: channel.UnknownOutcome, Detail: "interrupted"}})
	case e.network == nil:
		return e.conclude(ctx, verdict{part: next, err: &channel.SendError{Code: channel.Config, Detail: "no such provider"}})
	case e.Paused != "":
		return &ledger.Wait{After: pausedFor}
	}
	if refusal := e.refusal(ctx); refusal != nil {
		return e.conclude(ctx, verdict{part: next, err: refusal})
	}
	for ; next < len(e.pieces); next++ {
		if err := e.part(ctx, next); err != nil {
			return err
		}
	}
	return ledger.ErrSettled
}

// errand reads all that a delivery needs.
func (c *Courier) errand(ctx context.Context, o store.Outbox) (*errand, error) {
	var row deliverRow
	if err := json.Unmarshal([]byte(o.Data), &row); err != nil {
		return nil, fmt.Errorf("data of %s: %w: %w", o.ID, err, ledger.ErrGiveUp)
	}
	v := c.store.View()
	m, err := v.Message(ctx, row.Message)
	if err != nil {
		return nil, err
	}
	e, err := c.errandOf(ctx, o, m)
	if err == nil {
		e.help = row.Help
	}
	return e, err
}

func (c *Courier) errandOf(ctx context.Context, o store.Outbox, m parley.Message) (*errand, error) {
	e := &errand{Courier: c, o: o, m: m}
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	v := c.store.View()
	if e.talk, err = v.Conversation(ctx, m.Conversation); err != nil {
		return nil, err
	}
	open, err := c.Unsealed(b.Entrances[e.talk.EntryPoint])
	if err != nil {
		return nil, err
	}
	e.EntryPoint, e.network, e.book = open, c.channels[open.Provider], b
	if e.network != nil {
		e.spec = e.network.Spec()
		e.EntryPoint = c.reachable(open, e.spec)
	}
	if e.to, err = addresses(ctx, v, e.talk); err != nil {
		return nil, err
	}
	if e.reply, err = e.answers(ctx, v); err != nil {
		return nil, err
	}
	e.pieces = pieces(m, e.spec)
	return e, nil
}

// addresses are the customer's, the one to answer to first.
func addresses(ctx context.Context, v store.View, t parley.Conversation) (parley.Keys, error) {
	kept, err := v.KeysOf(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	var to parley.Keys
	for _, k := range kept {
		switch {
		case k.Former:
		case k.Value == t.Address:
			to = slices.Insert(to, 0, k.Key)
		default:
			to = append(to, k.Key)
		}
	}
	return to, nil
}

// answers returns the external id of the message that this one answers, "" if it
// answers none or the network never had it.
func (e *errand) answers(ctx context.Context, v store.View) (string, error) {
	if e.m.Content == nil || e.m.Content.ReplyTo == "" {
		return "", nil
	}
	parts, err := v.ExternalsOf(ctx, e.m.Content.ReplyTo)
	if err != nil || len(parts) == 0 || parts[0].ID == tryID(e.m.Content.ReplyTo, parts[0].Part) {
		return "", err
	}
	return parts[0].ID, nil
}

// refusal says why a message may not go now, nil if it may: what was true when it
// was written may have changed.
//
// Source: WAP-05, SOC-07, SMS-01, SMS-09.
func (e *errand) refusal(ctx context.Context) *channel.SendError {
	if WindowAt(e.talk, e.clock.Now(), e.spec, e.m) == WindowShut {
		return &channel.SendError{Code: channel.WindowClosed}
	}
	if !e.book.CountryOf(e.spec, e.talk.Address).Send {
		return &channel.SendError{Code: channel.Restricted, Detail: parley.ErrCountryOff.Code}
	}
	if out, err := e.store.View().OptedOut(ctx, e.ID, e.talk.Address); err == nil && out && !e.help {
		return &channel.SendError{Code: channel.OptedOut}
	}
	return nil
}

// part sends one part, if it is its turn. Before the call it is kept that the
// part is on its way.
func (e *errand) part(ctx context.Context, n int) error {
	if e.pieces[n].File != nil { // it is held in memory while it goes
		e.heavy <- struct{}{}
		defer func() { <-e.heavy }()
	}
	turn, wait := e.traffic.take(e.ID, e.spec, e.talk.Address, tryID(e.m.ID, n))
	if wait > 0 {
		return &ledger.Wait{After: wait}
	}
	file, err := e.load(ctx, n)
	if err != nil {
		turn.over(false)
		return e.conclude(ctx, verdict{part: n, err: &channel.SendError{Code: channel.MediaFault, Detail: err.Error()}})
	}
	if err := e.trying(ctx, n); err != nil {
		turn.over(false)
		return err
	}
	// Who asks us to stop does not interrupt a call: its answer would be lost.
	within := sendWithin
	if file != nil {
		within = sendFileWithin
	}
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer cancel()
	p := e.pieces[n]
	p.To, p.File = e.to, file
	p.InWindow = WindowAt(e.talk, e.clock.Now(), e.spec, e.m) == WindowOpen
	if n == 0 {
		p.ReplyTo = e.reply
	}
	id, err := e.network.Send(call, e.EntryPoint, p)
	ledger.Hit("mid_send")
	said := sendError(err)
	turn.over(said != nil && (said.Code == channel.Transient || said.Code == channel.UnknownOutcome))
	if said != nil && said.Code == channel.Throttled {
		e.traffic.hold(e.ID, e.spec, e.talk.Address, said)
	}
	return e.conclude(ctx, verdict{part: n, id: id, err: said})
}

// load opens the file of a part, nil if it has none.
func (e *errand) load(ctx context.Context, n int) (*parley.OutFile, error) {
	file := e.pieces[n].File
	if file == nil {
		return nil, nil
	}
	if e.file == nil {
		return nil, errors.New("no_files")
	}
	files := e.m.Content.Files
	return e.file(ctx, files[len(files)-(len(e.pieces)-n)])
}

// sendError returns a channel's verdict. Whatever is not one, nobody can say what
// it means: the message may have arrived.
func sendError(err error) *channel.SendError {
	var said *channel.SendError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &said):
		return said
	}
	return &channel.SendError{Code: channel.UnknownOutcome, Detail: channel.Words(err.Error())}
}
