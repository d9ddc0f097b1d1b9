package center

import (
	"context"
	"fmt"

	"parley"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/settings"
	"parley/internal/store"
)

// The lines the system writes into a conversation. They are codes; every
// language has its own words for them.
const (
	lineJoined      = "agent_joined"
	lineLeft        = "customer_left"
	lineEnded       = "conversation_ended"
	lineTransferred = "transferred"
	lineAgentLost   = "agent_lost"
	lineClosed      = "closed_by_supervisor"
	lineOptedOut    = "opted_out"
	lineOptedIn     = "opted_in"

	lineNumberChanged = "number_changed"
)

// happens adds what follows from routing's events, whoever caused them: a
// person, or the passing of time. It is in the same commit, so neither can be
// without the other.
func (c *Center) happens(ctx context.Context, v ledger.View, es []routing.Event, r *store.Rows) error {
	for _, e := range es {
		if err := c.follows(ctx, v, e, r); err != nil {
			return fmt.Errorf("what follows from %s: %w", e.Kind(), err)
		}
	}
	return nil
}

func (c *Center) follows(ctx context.Context, v ledger.View, e routing.Event, r *store.Rows) error {
	switch e := e.(type) {
	case routing.OfferMade:
		return c.recognize(ctx, v, e.Offer.Interaction, r)
	case routing.Accepted:
		return c.joined(ctx, v, e, r)
	case routing.Queued:
		if e.Why == lineAgentLost {
			return c.told(ctx, v, r, systemLine{e.Interaction, e.Agent, lineAgentLost})
		}
	case routing.AnswerDue:
		r.Outbox(store.Outbox{Kind: SilentKind, Subject: string(e.Interaction), Data: "{}"})
	case routing.WaitMessageDue:
		return c.due(ctx, v, e, r)
	case routing.InactivityWarned:
		return c.warns(ctx, v, e.Interaction, r)
	case routing.WindowWarned:
		return c.line(ctx, v, r, systemLine{e.Interaction, "", lineWindowNears})
	case routing.ConversationEnded:
		tell := c.told
		if e.Why == whyBlocked {
			tell = c.line
		}
		if err := tell(ctx, v, r, systemLine{e.Interaction, e.Agent, endLine(e)}); err != nil {
			return err
		}
		return c.windowCloses(ctx, v, e.Interaction, r)
	case routing.InteractionClosed:
		return c.closes(ctx, v, e, r)
	}
	return nil
}

// systemLine is a line about an agent, or about nobody.
type systemLine struct {
	interaction parley.InteractionID
	agent       parley.AgentID
	text        string
}

// line adds a system line to an interaction's conversation.
func (c *Center) line(ctx context.Context, v ledger.View, r *store.Rows, l systemLine) error {
	f, err := v.Facts(ctx, l.interaction)
	if err != nil {
		return err
	}
	c.marks(r, spot{"", f.Conversation, l.interaction, v.Now}, l.agent, l.text)
	return nil
}

// endLine says in one code how a conversation ended.
func endLine(e routing.ConversationEnded) string {
	switch {
	case e.By == parley.EndedByCustomer:
		return lineLeft
	case e.Why == lineTransferred:
		return lineTransferred
	case e.Why == lineAgentLost:
		return lineAgentLost
	case e.Why == whyInactive:
		return lineInactive
	case e.Why == whyWindow:
		return lineWindowClosed
	case e.By == parley.EndedBySystem:
		return lineClosed
	}
	return lineEnded
}

// recognize finds which customers fit the visitor, whenever an interaction is
// offered; a conversation that is linked needs no guess.
//
// Source: POP-04, OFR-02.
func (c *Center) recognize(ctx context.Context, v ledger.View, id parley.InteractionID, r *store.Rows) error {
	f, err := v.Facts(ctx, id)
	if err != nil {
		return err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return err
	}
	m := store.Match{Customers: []parley.CustomerID{}}
	if f.Customer != "" {
		m.Count, m.Customers = 1, []parley.CustomerID{f.Customer}
	} else if m, err = records.Match(ctx, v.View, f.Visitor, b.mapped()); err != nil {
		return err
	}
	if m.Count != f.Match.Count || m.Rule != f.Match.Rule || m.Count > 0 {
		r.SaveMatch(id, m)
	}
	return nil
}

// joined tells the customer who serves them, unless they know, and links the one customer who
// fits: the record that pops is then the record of the log. Where the entry
// point makes new customers by itself, somebody unknown becomes one.
//
// Source: OFR-12, I10, CRM-10, POP-03.
func (c *Center) joined(ctx context.Context, v ledger.View, e routing.Accepted, r *store.Rows) error {
	b, err := c.memory.book(ctx)
	if err != nil {
		return err
	}
	if err := c.adopt(ctx, v, b, e.Interaction, r); err != nil {
		return err
	}
	if e.Again {
		if last, err := lastWith(ctx, v, e.Interaction); err != nil || last == e.Agent {
			return err
		}
	}
	return c.told(ctx, v, r, systemLine{e.Interaction, e.Agent, lineJoined})
}

// lastWith is whom the customer knows to be with them: whoever joined last, if
// nothing was said since of their being gone.
func lastWith(ctx context.Context, v ledger.View, id parley.InteractionID) (last parley.AgentID, err error) {
	f, err := v.Facts(ctx, id)
	if err != nil {
		return "", err
	}
	said, err := v.Transcript(ctx, f.Conversation, id)
	for _, m := range said {
		if m.Sender == parley.FromSystem && m.Text == lineJoined {
			last = m.Agent
		} else if m.Sender == parley.FromSystem && m.Text == lineAgentLost {
			last = ""
		}
	}
	return last, err
}

// adopt links a conversation that is nobody's yet.
func (c *Center) adopt(ctx context.Context, v ledger.View, b *book, id parley.InteractionID, r *store.Rows) error {
	f, err := v.Facts(ctx, id)
	if err != nil || f.Customer != "" {
		return err
	}
	var customer parley.CustomerID
	switch {
	case f.Match.Count == 1:
		customer = f.Match.Customers[0]
	case f.Match.Count == 0 && b.creates && b.createsAt(f.EntryPoint):
		if customer, err = records.AddNewcomer(ctx, v.View, r, f.Visitor); err != nil {
			return err
		}
	}
	if customer == "" {
		return nil
	}
	r.LinkCustomer(f.Conversation, customer)
	if !f.Channel.HasForm() {
		keys, err := records.KeysTo(ctx, v.View, f.Conversation, customer)
		if err != nil {
			return err
		}
		for _, k := range keys {
			r.SaveCustomerKey(k)
		}
	}
	r.Entry(parley.Entry{
		Kind: parley.KindRecordChanged, Interaction: id, Conversation: f.Conversation, Subject: string(customer),
	})
	return nil
}

// createsAt reports whether an entry point makes new customers by itself.
func (b *book) createsAt(e parley.EntryPointID) bool {
	return b.values.Text("crm.new_customer_mode", settings.At{EntryPoint: e}) == "auto_create"
}

// windowCloses lets the visitor's token live on for a while, unless the
// conversation goes on with somebody else.
//
// Source: A-042.
func (c *Center) windowCloses(ctx context.Context, v ledger.View, id parley.InteractionID, r *store.Rows) error {
	f, err := v.Facts(ctx, id)
	if err != nil {
		return err
	}
	if _, open := v.Router.OpenOf(f.Conversation); !open {
		r.SaveVisitUntil(f.Conversation, v.Now.Add(tokenAfterEnd))
	}
	return nil
}

// closes files what is over: its log if an agent served it (also one that was
// parked when a supervisor closed it), a missed contact if
// nobody did. The messages stay in any case (CRM-07).
func (c *Center) closes(ctx context.Context, v ledger.View, e routing.InteractionClosed, r *store.Rows) error {
	if e.Agent != "" {
		b, err := c.memory.book(ctx)
		if err != nil {
			return err
		}
		if err := records.AddLog(ctx, v.View, r, e, b.values); err != nil || e.State == parley.Logged {
			return err
		}
	}
	i, err := v.Interaction(ctx, e.Interaction)
	if err != nil || i.To != "" && i.AcceptedAt.IsZero() {
		return err // one that was only offered to a colleague is nobody's loss
	}
	if e.State == parley.QueueTimeout || e.State == parley.Skipped {
		unserved := func(_ *book, at parley.EntryPoint) parley.Text {
			return script.Unserved(e.Why, e.Form && at.Script.OfflineForm && at.Channel.HasForm())
		}
		if err := c.speaks(ctx, v, r, e.Interaction, unserved); err != nil {
			return err
		}
	}
	if text := lossLine(e); text != "" {
		if err := c.line(ctx, v, r, systemLine{e.Interaction, "", text}); err != nil {
			return err
		}
	}
	if err := c.windowCloses(ctx, v, e.Interaction, r); err != nil {
		return err
	}
	return c.missed(ctx, v, e, r)
}

// whyScript is why an interaction closed that its script ended.
const whyScript = "script"

// lossLine says why a conversation ended that nobody served, "" if nothing is
// to be said.
func lossLine(e routing.InteractionClosed) string {
	switch {
	case e.Why == whyScript && e.State == parley.Cancelled:
		return lineEnded
	case e.Why == whyLeft && e.State == parley.Cancelled: // while it was parked
		return lineLeft
	}
	switch e.State {
	case parley.Abandoned, parley.ShortAbandoned:
		return lineLeft
	case parley.Cancelled:
		return lineClosed
	case parley.QueueTimeout:
		return lineEnded
	}
	return ""
}
