package center

import (
	"context"
	"errors"
	"slices"
	"time"

	"parley"
	"parley/internal/settings"
	"parley/internal/store"
)

// work is an interaction and what its views add to it.
type work struct {
	store.Interaction
	chosen []parley.DispositionID
}

// talk is a conversation and where it stands.
type talk struct {
	parley.Conversation
	store.Talk
	linked   store.Linked // the zero value while nobody is linked
	optedOut bool         // they asked not to be written to
	stale    bool         // the last message has changed since
}

// book is the configuration that views name and resolve.
type book struct {
	center    store.Center
	names     map[string]store.Name // of queues, agents, groups and status codes
	queues    map[parley.QueueID]parley.Queue
	groups    map[parley.GroupID]parley.Group
	codes     []parley.StatusCode
	members   []parley.Membership
	crews     map[parley.GroupID][]parley.Agent
	lists     []parley.DispositionList
	values    settings.Values
	connected bool // to some CRM outside
	creates   bool // some entry point makes new customers by itself
	entrance  map[parley.EntryPointID]parley.EntryPoint
	countries map[string]store.Country               // that texts go to and come from; none = all
	flows     map[parley.ScriptID]parley.FlowVersion // the scripts in force
}

func readWork(ctx context.Context, v store.View, id parley.InteractionID) (*work, error) {
	row, err := v.Interaction(ctx, id)
	if err != nil {
		return nil, err
	}
	return fillWork(ctx, v, row)
}

func fillWork(ctx context.Context, v store.View, row store.Interaction) (*work, error) {
	w := &work{Interaction: row, chosen: []parley.DispositionID{}}
	var err error
	if row.Coded {
		w.chosen, err = v.Chosen(ctx, row.ID)
	}
	return w, err
}

// frontDepth is how far back a visitor's own interaction may lie: behind those
// that were addressed to agents who did not accept.
const frontDepth = 10

func readFront(ctx context.Context, v store.View, id parley.ConversationID) (*parley.InteractionID, error) {
	rows, err := v.InteractionsOf(ctx, id, frontDepth)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.To == "" || !row.AcceptedAt.IsZero() {
			return &row.ID, nil
		}
	}
	return nil, parley.ErrNotFound
}

func readTalk(ctx context.Context, v store.View, id parley.ConversationID) (*talk, error) {
	row, err := v.Conversation(ctx, id)
	if err != nil {
		return nil, err
	}
	t := &talk{Conversation: row}
	if t.Talk, err = v.Talk(ctx, id, row.LastSeq); err != nil {
		return nil, err
	}
	if row.Customer != "" {
		if t.linked, err = v.Linked(ctx, row.Customer); err != nil {
			return t, err
		}
	}
	t.optedOut, err = v.OptedOut(ctx, row.EntryPoint, row.Address)
	return t, err
}

// after returns the conversation with one more message.
func (t *talk) after(m parley.Message) talk {
	next := *t
	next.LastSeq = m.Seq
	switch m.Sender {
	case parley.FromAgent:
		next.Last, next.stale, next.Unanswered, next.Since = &m, false, 0, time.Time{}
	case parley.FromCustomer:
		next.Last, next.stale = &m, false
		if next.Unanswered++; next.Unanswered == 1 {
			next.Since = m.At
		}
	}
	return next
}

func readBook(ctx context.Context, v store.View) (*book, error) {
	b := &book{
		names:     map[string]store.Name{},
		queues:    map[parley.QueueID]parley.Queue{},
		groups:    map[parley.GroupID]parley.Group{},
		entrance:  map[parley.EntryPointID]parley.EntryPoint{},
		crews:     map[parley.GroupID][]parley.Agent{},
		flows:     map[parley.ScriptID]parley.FlowVersion{},
		countries: map[string]store.Country{},
	}
	var err error
	if b.center, err = v.Center(ctx); err != nil && !errors.Is(err, parley.ErrNotFound) {
		return nil, err
	}
	names, err1 := v.Names(ctx)
	queues, err2 := v.Queues(ctx)
	groups, err3 := v.Groups(ctx)
	entrances, err4 := v.EntryPoints(ctx)
	rows, err5 := v.Settings(ctx)
	flows, err10 := v.PublishedScripts(ctx)
	countries, err11 := v.Countries(ctx)
	crms, err12 := v.Connections(ctx)
	var err6, err7, err8, err9 error
	var agents []parley.Agent
	b.codes, err6 = v.StatusCodes(ctx)
	b.lists, err7 = v.DispositionLists(ctx)
	b.members, err8 = v.Memberships(ctx)
	agents, err9 = v.Agents(ctx)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7, err8, err9, err10, err11, err12); err != nil {
		return nil, err
	}
	b.values, b.connected = settings.New(rows), len(crms) > 0
	for _, n := range names {
		b.names[n.ID] = n
	}
	for _, a := range agents {
		b.crews[a.Group] = append(b.crews[a.Group], a)
	}
	for _, q := range queues {
		b.queues[q.ID] = q
	}
	for _, f := range flows {
		b.flows[f.Script] = f
	}
	for _, c := range countries {
		b.countries[c.Country] = c
	}
	for _, g := range groups {
		b.groups[g.ID] = g
	}
	for _, e := range entrances {
		b.entrance[e.ID] = e
		b.creates = b.creates || b.createsAt(e.ID)
	}
	return b, nil
}

// who names an agent; nil for nobody.
func (b *book) who(id parley.AgentID) *Who {
	if id == "" {
		return nil
	}
	return &Who{ID: id, DisplayName: b.names[string(id)].Name}
}

// applying returns the disposition lists of an interaction: those of its queue
// and those of its agent's group, each with its active codes.
//
// Source: WRP-06.
func (b *book) applying(q parley.QueueID, g parley.GroupID) []parley.DispositionList {
	var out []parley.DispositionList
	for _, l := range b.lists {
		if slices.Contains(l.Queues, q) || g != "" && slices.Contains(l.Groups, g) {
			out = append(out, l)
		}
	}
	return out
}
