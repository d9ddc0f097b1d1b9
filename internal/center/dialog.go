package center

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/identity"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// dialog finds the conversation of whoever sent m, and begins one if they never
// wrote. Every address of theirs leads to it from now on; one that leads
// somewhere else stays there.
//
// Source: networks.md 11: route by phone, never repoint.
func (in *intake) dialog(ctx context.Context, m parley.Inbound) (*dialog, error) {
	t, err := in.find(ctx, m.From)
	if err != nil {
		return nil, err
	}
	if t == nil {
		return in.begin(ctx, m)
	}
	in.leads(t, m.From)
	return t, nil
}

// find returns the conversation some addresses lead to: the phone's first, then
// in their order. nil if they lead nowhere.
func (in *intake) find(ctx context.Context, keys parley.Keys) (*dialog, error) {
	order := slices.Clone(keys)
	slices.SortStableFunc(order, func(a, b parley.Key) int {
		switch {
		case a.Kind == parley.KeyPhone && b.Kind != parley.KeyPhone:
			return -1
		case a.Kind != parley.KeyPhone && b.Kind == parley.KeyPhone:
			return 1
		}
		return 0
	})
	kept, err := in.v.KeyedBy(ctx, in.ID, order)
	if err != nil {
		return nil, err
	}
	for _, k := range order {
		for _, t := range in.talks {
			if slices.Contains(t.keys, k) {
				return t, nil
			}
		}
		for _, row := range kept {
			if row.Key == k {
				return in.open(ctx, row.Conversation, k)
			}
		}
	}
	return nil, nil
}

// open reads a conversation into the request.
func (in *intake) open(ctx context.Context, id parley.ConversationID, by parley.Key) (*dialog, error) {
	for _, t := range in.talks {
		if t.ID == id {
			t.keys = append(t.keys, by)
			return t, nil
		}
	}
	row, err := in.v.Conversation(ctx, id)
	if err != nil {
		return nil, err
	}
	kept, err := in.v.KeysOf(ctx, id)
	if err != nil {
		return nil, err
	}
	t := &dialog{Conversation: row, said: map[parley.MessageID]*parley.Message{}}
	for _, k := range kept {
		t.keys = append(t.keys, k.Key)
	}
	in.talks = append(in.talks, t)
	return t, nil
}

// leads lets addresses lead to a conversation.
func (in *intake) leads(t *dialog, keys parley.Keys) {
	for _, k := range keys {
		if slices.Contains(t.keys, k) {
			continue
		}
		t.keys = append(t.keys, k)
		row := store.Keyed{Key: k, Conversation: t.ID}
		in.list(func(r *store.Rows) { r.AddKey(in.ID, row) })
	}
}

// begin begins a conversation with somebody who never wrote here, and finds out
// whose it is.
//
// Source: SMS-02, SOC-02, SOC-05.
func (in *intake) begin(ctx context.Context, m parley.Inbound) (*dialog, error) {
	id := parley.ConversationID(parley.NewID("con", in.v.Now))
	t := &dialog{fresh: true, said: map[parley.MessageID]*parley.Message{}, Conversation: parley.Conversation{
		ID: id, EntryPoint: in.ID, Channel: in.Channel, Address: m.From[0].Value, ClientID: string(id), CreatedAt: in.v.Now,
		Visitor: parley.Visitor{
			Name: m.Name, Handle: m.Handle, Email: m.Email, Phone: cmp.Or(string(m.From.Of(parley.KeyPhone)), m.Phone), Language: m.Language,
		},
	}}
	in.talks = append(in.talks, t)
	in.c.memory.begins(id)
	in.list(func(r *store.Rows) {
		_, nobodys := newToken() // no token opens a conversation of a network
		r.AddConversation(t.Conversation, nobodys, in.v.Now)
	})
	in.leads(t, m.From)
	if _, ok := in.network.(channel.Profiler); ok && m.Name == "" {
		in.list(func(r *store.Rows) {
			data, _ := json.Marshal(profileRow{id}) // plain data always can
			r.Outbox(store.Outbox{Kind: profileKind, Subject: string(id), Data: string(data)})
		})
	}
	return t, in.belongs(ctx, t, m)
}

// called keeps what a network calls somebody now.
//
// Source: SOC-04.
func (in *intake) called(t *dialog, m parley.Inbound) {
	name, handle := m.Name, m.Handle
	if name == "" {
		name = t.Visitor.Name
	}
	if handle == "" {
		handle = t.Visitor.Handle
	}
	if name == t.Visitor.Name && handle == t.Visitor.Handle {
		return
	}
	t.Visitor.Name, t.Visitor.Handle = name, handle
	in.list(func(r *store.Rows) {
		r.SaveProfile(t.ID, name, handle)
		r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Conversation: t.ID, Subject: string(t.Customer)})
	})
}

// latest is how late a network still brings what somebody wrote. A time further
// back than that is a clock that is wrong.
//
// Source: networks.md 1.
const latest = 8 * 24 * time.Hour

// window moves the time until which the network lets us answer freely. The network
// counts from when the customer wrote, not from when that reached us.
//
// Source: WAP-05, SOC-07, R-40.
func (in *intake) window(t *dialog, m parley.Inbound) {
	long, from := in.spec.Window, in.v.Now
	if late := in.v.Now.Sub(m.SentAt); late > 0 && late < latest {
		from = m.SentAt
	}
	switch m.Window {
	case parley.WindowNone:
		return
	case parley.WindowAd:
		long = max(in.spec.AdWindow, in.spec.Window)
	}
	until := from.Add(long)
	if long == 0 || !until.After(t.WindowUntil) {
		return
	}
	t.WindowUntil = until
	in.list(func(r *store.Rows) { r.SaveWindow(t.ID, until) })
	in.windowMoves(t)
}

// place finds the interaction a message belongs to: the open one, else a new one
// in the same conversation.
//
// Source: I27, RPL-01, R-45, E34.
func (in *intake) place(ctx context.Context, t *dialog, m parley.Inbound) error {
	if in.running(t); t.within != "" {
		in.wakes(t)
		return in.answers(ctx, t, m)
	}
	if channel.Waits(in.EntryPoint) {
		return nil
	}
	return in.arrive(ctx, t, m)
}

// running finds the open interaction of a conversation, if there is one.
func (in *intake) running(t *dialog) {
	if t.placed {
		return
	}
	t.placed = true
	if i, ok := in.v.Router.OpenOf(t.ID); ok {
		t.within = i.ID
	}
}

// said adds a message to its conversation. It keeps the number of its arrival,
// however late it comes.
//
// Source: CNV-12, R-40.
func (in *intake) said(t *dialog, m parley.Inbound, from parley.Sender) *parley.Message {
	id := parley.MessageID(parley.NewID("msg", in.v.Now))
	msg := &parley.Message{
		ID: id, Conversation: t.ID, Interaction: t.within, Sender: from, ClientID: string(id), Text: m.Text, At: in.v.Now,
		Content: in.content(m),
	}
	t.said[id] = msg
	if cards := identity.Cards(m.Text); len(cards) > 0 && in.c.masks() {
		in.cards = append(in.cards, cards...)
		msg.Text = identity.MaskCards(msg.Text)
	}
	files := in.files(msg)
	in.list(func(r *store.Rows) {
		in.c.say(r, msg)
		for _, f := range files {
			r.SaveFile(f)
			r.Outbox(fetches(f.ID))
		}
	})
	direction := store.In
	if from == parley.FromAgent {
		direction = store.Out
	}
	in.remember(m.ExternalID, direction, id)
	return msg
}

// content is what a message carries besides its text, nil if nothing. A network
// of plain text keeps no file, and says so.
//
// Source: SMS-05.
func (in *intake) content(m parley.Inbound) *parley.Content {
	var c parley.Content
	if m.Content != nil {
		c = *m.Content
		c.Files = slices.Clone(c.Files)
	}
	if in.spec.PlainText && len(c.Files) > 0 {
		c.Files, c.Kind, c.Note = nil, parley.ContentPlaceholder, "attachment_not_supported"
	}
	if x, ok := in.seen[store.In+m.Target]; ok && m.Kind == parley.InboundMessage {
		c.ReplyTo = x.Message
	}
	if x, ok := in.seen[store.Out+m.Target]; ok && m.Kind == parley.InboundMessage {
		c.ReplyTo = x.Message
	}
	if c.SentAt == 0 {
		c.SentAt = in.sentAt(m)
	}
	if m.Content == nil && c.ReplyTo == "" && c.SentAt == 0 {
		return nil
	}
	if c.Kind == "" {
		c.Kind = parley.ContentText
	}
	return &c
}

// FetchKind is the outbox kind of a file that is still with a network; its data
// names the file.
const FetchKind = "fetch"

type fetchRow struct {
	Attachment parley.AttachmentID `json:"attachment"`
}

// files gives a message's files their ids; they are fetched after the commit.
func (in *intake) files(m *parley.Message) []store.File {
	if m.Content == nil {
		return nil
	}
	var out []store.File
	for i := range m.Content.Files {
		f := &m.Content.Files[i]
		f.ID, f.State = parley.AttachmentID(parley.NewID("att", in.v.Now)), parley.AttachmentFetching
		f.Name, f.Caption = fileName(f.Name), whole(f.Caption)
		if f.Kind == "" {
			f.Kind = m.Content.Kind
		}
		out = append(out, store.File{Attachment: *f, Message: m.ID, Conversation: m.Conversation, CreatedAt: in.v.Now})
	}
	return out
}

// arrives asks routing to begin an interaction.
func (in *intake) arrives(t *dialog, a routing.Arrive) {
	t.within = parley.InteractionID(parley.NewID("int", in.v.Now))
	a.Interaction, a.Conversation, a.Silence = t.within, t.ID, in.book.silence(in.ID)
	a.Window = in.windowOf(t)
	in.routes = append(in.routes, a)
	in.list(func(*store.Rows) {}) // what routing says is saved, so this request counts
}

// at is where this entry point's settings are asked for.
func (in *intake) at() settings.At { return settings.At{EntryPoint: in.ID} }
