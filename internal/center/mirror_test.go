package center

import (
	"cmp"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
)

// mirror is what somebody's browser remembers: a snapshot and all events since.
type mirror struct {
	x    *town
	me   parley.Actor
	n    int64
	mine Snapshot
	fits VisitorSnapshot
}

func (x *town) mirror(me parley.Actor) *mirror {
	x.t.Helper()
	m := &mirror{x: x, me: me}
	m.fetch()
	return m
}

func (m *mirror) fetch() {
	m.x.t.Helper()
	var err error
	if m.me.Visitor != "" {
		m.fits, err = m.x.VisitorSnapshot(m.x.t.Context(), m.me)
		m.n = m.fits.N
	} else {
		m.mine, err = m.x.Snapshot(m.x.t.Context(), m.me)
		m.n = m.mine.N
	}
	m.x.must(err)
}

// follow takes what came since, as the hub sends it: only what concerns its
// owner.
func (m *mirror) follow() {
	m.x.t.Helper()
	var es []parley.Entry
	for _, e := range m.x.news(m.n) {
		m.n = e.N
		if m.x.addressed(e, m.me) {
			es = append(es, e)
		}
	}
	if m.me.Visitor != "" {
		events, err := m.x.VisitorEvents(m.x.t.Context(), m.me, es)
		m.x.must(err)
		for _, e := range events {
			m.visitorTake(e)
		}
		return
	}
	events, err := m.x.Events(m.x.t.Context(), m.me, es)
	if errors.Is(err, ErrStale) {
		m.fetch()
		return
	}
	m.x.must(err)
	for _, e := range events {
		m.take(e)
	}
}

// addressed reports whether the hub would send a row to somebody.
func (x *town) addressed(e parley.Entry, me parley.Actor) bool {
	a := x.Recipients(e)
	switch {
	case me.Visitor != "":
		return slices.Contains(a.Visitors, me.Visitor)
	case a.Everyone, a.Supervisors && me.Has(parley.MaySupervise), slices.Contains(a.Agents, me.Agent) && me.Agent != "":
		return true
	}
	return slices.Contains(a.Watchers, watchKey(me))
}

func (m *mirror) visitorTake(e VisitorEvent) {
	if e.Conversation != nil {
		m.fits.Conversation = *e.Conversation
	}
	if e.Message != nil {
		m.fits.Messages = append(m.fits.Messages, *e.Message)
	}
}

func (m *mirror) take(e Event) {
	s := &m.mine
	if i := e.Interaction; i != nil {
		at := slices.IndexFunc(s.Interactions, func(o Interaction) bool { return o.ID == i.ID })
		if at < 0 {
			s.Interactions = append(s.Interactions, *i)
		} else {
			s.Interactions[at] = *i
		}
	}
	s.Interactions = slices.DeleteFunc(s.Interactions, func(o Interaction) bool { return o.ID == e.Gone })
	if a := e.Agent; a != nil {
		at := slices.IndexFunc(s.Agents, func(o Agent) bool { return o.ID == a.ID })
		if at < 0 {
			s.Agents = append(s.Agents, *a)
		} else {
			s.Agents[at] = *a
		}
	}
	if g := e.Message; g != nil {
		had := s.Messages[g.Conversation]
		had = append(slices.DeleteFunc(slices.Clone(had), func(o Message) bool { return o.ID == g.ID }), *g)
		slices.SortFunc(had, func(x, y Message) int { return int(x.Seq - y.Seq) })
		s.Messages[g.Conversation] = had
	}
	if g := e.Note; g != nil {
		had := s.Notes[g.Interaction]
		if !slices.ContainsFunc(had, func(o Note) bool { return o.ID == g.ID }) {
			s.Notes[g.Interaction] = append(had, *g)
		}
	}
}

// open takes in an interaction that its owner looks at from now on.
func (m *mirror) open(p Page) {
	m.follow()
	m.take(Event{Interaction: &p.Interaction})
	for _, g := range p.Messages {
		m.take(Event{Message: &g})
	}
	for _, g := range p.Notes {
		m.take(Event{Note: &g})
	}
}

// near reports whether a browser keeps the words of a row.
func (m *mirror) near(i Interaction) bool {
	offered := i.Offer != nil && i.Offer.Agent == m.me.Agent
	held := i.Agent != nil && i.Agent.ID == m.me.Agent && (i.State == parley.Active || i.State == parley.WrapUp || i.Unviewed)
	return m.me.Agent != "" && (offered || held) || m.x.watches.has(m.me, i.ID)
}

// plain is a snapshot with what its order and its moment do not matter to.
func (m *mirror) plain(s Snapshot) Snapshot {
	s.N, s.Now = 0, 0
	s.Interactions, s.Agents = slices.Clone(s.Interactions), slices.Clone(s.Agents)
	slices.SortFunc(s.Interactions, func(x, y Interaction) int { return int(x.Number - y.Number) })
	slices.SortFunc(s.Agents, func(x, y Agent) int { return slices.Compare([]byte(x.ID), []byte(y.ID)) })
	messages, notes := map[parley.ConversationID][]Message{}, map[parley.InteractionID][]Note{}
	for k, i := range s.Interactions {
		s.Interactions[k].Draft = "" // what somebody types is theirs; no log row tells of it
		if m.near(i) {
			var had []Message
			for _, g := range s.Messages[i.Conversation] {
				if i.State.Open() || g.Seq <= i.LastSeq { // of one that ended, what was said until then
					had = append(had, g)
				}
			}
			if len(had) > len(messages[i.Conversation]) {
				messages[i.Conversation] = had[max(0, len(had)-visibleMax):]
			}
			if had := s.Notes[i.ID]; len(had) > 0 {
				notes[i.ID] = slices.SortedFunc(slices.Values(had), func(x, y Note) int {
					return cmp.Or(cmp.Compare(x.At, y.At), cmp.Compare(x.ID, y.ID))
				})
			}
		}
	}
	s.Messages, s.Notes = messages, notes
	return s
}

// check compares what a browser remembers with what it would be told now.
//
// Source: R-52, INV-21.
func (m *mirror) check(after string) {
	m.x.t.Helper()
	m.follow()
	now := &mirror{x: m.x, me: m.me}
	now.fetch()
	if m.me.Visitor != "" {
		m.fits.N, m.fits.Now, now.fits.N, now.fits.Now = 0, 0, 0, 0
		if !reflect.DeepEqual(m.fits, now.fits) {
			m.x.t.Fatalf("after %s the visitor's window drifted:\n has %+v\n not %+v", after, m.fits, now.fits)
		}
		return
	}
	have, want := m.plain(m.mine), m.plain(now.mine)
	if !reflect.DeepEqual(have, want) {
		m.x.t.Fatalf("after %s the mirror of %s drifted:\n%s", after, m.me.Session, difference(have, want))
	}
}

func difference(have, want Snapshot) string {
	out := ""
	h, w := reflect.ValueOf(have), reflect.ValueOf(want)
	for i := range h.NumField() {
		if !reflect.DeepEqual(h.Field(i).Interface(), w.Field(i).Interface()) {
			out += h.Type().Field(i).Name + "\n" + unlike(show(h.Field(i)), show(w.Field(i)))
		}
	}
	return out
}

// unlike returns the lines that one of two texts has alone.
func unlike(have, want string) string {
	h, w := strings.Split(have, "\n"), strings.Split(want, "\n")
	out := ""
	for _, line := range h {
		if !slices.Contains(w, line) {
			out += "  has " + line + "\n"
		}
	}
	for _, line := range w {
		if !slices.Contains(h, line) {
			out += "  not " + line + "\n"
		}
	}
	return out
}

func show(v reflect.Value) string {
	text, err := json.MarshalIndent(v.Interface(), "", " ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// TestMirrors walks through a day that has every kind of log row in it. After
// every step each person's browser, fed with events alone, equals a new
// snapshot. A kind that the day does not have fails.
func TestMirrors(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		var all []*mirror
		for _, me := range []parley.Actor{amy, bob, carol, sam, ada, key} {
			all = append(all, x.mirror(me))
		}
		d := &walk{town: x}
		for _, step := range d.steps() {
			step.do()
			for _, m := range all {
				if d.opened != nil && m.me.Session == d.watcher.Session {
					m.open(*d.opened)
					d.opened = nil
				}
			}
			for _, m := range all {
				m.check(step.name)
			}
			for _, v := range d.fresh {
				all = append(all, x.mirror(v))
			}
			d.fresh = nil
		}
		seen := map[string]bool{}
		for _, e := range x.news(0) {
			seen[e.Kind] = true
		}
		kinds := append(routing.Kinds(), parley.KindMessageAdded, parley.KindDeliveryChanged, parley.KindNoteAdded,
			parley.KindRecordChanged, parley.KindDispositionsChosen, parley.KindConfigChanged, parley.KindMissedChanged,
			parley.KindMessageChanged)
		for _, kind := range kinds {
			if !seen[kind] {
				t.Errorf("R-52: no step makes a row of kind %s", kind)
			}
		}
	})
}

// walk is the day.
type walk struct {
	*town
	fresh []parley.Actor // visitors who have just come

	watcher parley.Actor // has just opened a page
	opened  *Page
}

type step struct {
	name string
	do   func()
}

func (d *walk) watch(me parley.Actor, id parley.InteractionID) {
	d.must(d.Watch(d.t.Context(), me, id))
	page, err := d.Interaction(d.t.Context(), me, id)
	d.must(err)
	d.watcher, d.opened = me, &page
}

// comes begins a conversation whose visitor's window is followed too.
func (d *walk) comes(e parley.EntryPointID) parley.Actor {
	v := d.visits(e, bea)
	d.fresh = append(d.fresh, v)
	return v
}

// zoe writes to the page.
func (d *walk) zoe(id, text string) {
	m := of(says("", id, text), "zoe")
	m.Name = "Zoe"
	d.brings("ent_page", m)
}

// of makes a message somebody's on the page.
func of(m parley.Inbound, who string) parley.Inbound {
	m.From = psid(who)
	return m
}

func (d *walk) steps() []step {
	ctx := d.t.Context()
	var v, w, u, z, who parley.Actor
	var i parley.InteractionID
	ok := func(err error) { d.t.Helper(); d.must(err) }
	return []step{
		{"sign-in", func() { d.works(amy, bob, sam) }},
		{"a visitor comes and amy is offered it", func() { v = d.comes("ent_support") }},
		{"a message while it rings", func() { _, err := d.VisitorSend(ctx, v, d.words("Hello?")); ok(err) }},
		{"amy rejects", func() { ok(d.RejectOffer(ctx, amy, d.ringing(v), "")) }},
		{"bob lets it lapse", func() { d.later(31e9) }},
		{"amy is back and is offered it", func() { ok(d.SetStatus(ctx, amy, parley.Available, "")) }},
		{"amy accepts", func() { i = d.ringing(v).Interaction; ok(d.AcceptOffer(ctx, amy, d.ringing(v))) }},
		{"amy answers", func() { _, err := d.Send(ctx, amy, i, d.words("Hello Bea")); ok(err) }},
		{"bea writes twice", func() {
			_, err := d.VisitorSend(ctx, v, d.words("It is late"))
			ok(err)
			_, err = d.VisitorSend(ctx, v, d.words("Very late"))
			ok(err)
		}},
		{"bea has read", func() { ok(d.VisitorReceipt(ctx, v, 4, 3)) }},
		{"amy drafts", func() { ok(d.Draft(ctx, amy, i, "I am look")) }},
		{"a note", func() { _, err := d.Note(ctx, amy, i, d.words("Angry")); ok(err) }},
		{"sam watches", func() { d.watch(sam, i) }},
		{"a message under watch", func() { _, err := d.Send(ctx, amy, i, d.words("Looking")); ok(err) }},
		{"a note under watch", func() { _, err := d.Note(ctx, amy, i, d.words("Still")); ok(err) }},
		{"bea's link goes", func() { ok(d.VisitorLost(ctx, v.Visitor)) }},
		{"bea is back", func() { ok(d.VisitorBack(ctx, v.Visitor)) }},
		{"amy's link goes", func() { ok(d.LinkLost(ctx, amy.Agent)) }},
		{"amy is back from it", func() { ok(d.LinkUp(ctx, amy.Agent)) }},
		{"amy stops new", func() { ok(d.StopNew(ctx, amy)) }},
		{"amy resumes", func() { ok(d.Resume(ctx, amy)) }},
		{"amy is available, bob too", func() { ok(d.SetStatus(ctx, bob, parley.Available, "")) }},
		{"transfer to bob", func() {
			ok(d.Transfer(ctx, amy, i, Handover{To: bob.Agent, Note: "Please", ClientID: d.client()}))
		}},
		{"bea writes while bob is asked", func() { _, err := d.VisitorSend(ctx, v, d.words("Are you there?")); ok(err) }},
		{"bob lets it lapse again", func() { d.later(31e9) }},
		{"bob is back", func() { ok(d.SetStatus(ctx, bob, parley.Available, "")) }},
		{"transfer to bob again", func() { ok(d.Transfer(ctx, amy, i, Handover{To: bob.Agent, ClientID: d.client()})) }},
		{"bob accepts", func() { ok(d.AcceptOffer(ctx, bob, d.ringing(v))) }},
		{"bob transfers to quick", func() {
			i = d.latest(v).ID
			ok(d.Transfer(ctx, bob, i, Handover{Queue: "que_quick", ClientID: d.client()}))
		}},
		{"codes", func() { ok(d.Choose(ctx, bob, i, []parley.DispositionID{"dsp_a", "dsp_b"})) }},
		{"bob wraps up", func() { ok(d.Finish(ctx, bob, i)) }},
		{"amy's part expires and somebody is offered it", func() { d.later(61e9) }},
		{"bob is back once more", func() { ok(d.SetStatus(ctx, bob, parley.Available, "")) }},
		{"it is answered and ended", func() {
			d.answer(v)
			ok(d.End(ctx, d.owner(v), d.latest(v).ID))
		}},
		{"billing warns of silence", func() { d.set("ent_billing", "inactivity.warn_s", "60") }},
		{"a second visitor", func() { w = d.comes("ent_billing") }},
		{"sam changes bob's status", func() { ok(d.SetAgentStatus(ctx, sam, bob.Agent, parley.WorkOffline)) }},
		{"bob comes back", func() { ok(d.SetStatus(ctx, bob, parley.Available, "")) }},
		{"whoever is asked for the second accepts", func() { d.answer(w) }},
		{"nobody says anything for long", func() { d.later(61e9) }},
		{"the second writes and goes", func() {
			_, err := d.VisitorSend(ctx, w, d.words("Bye"))
			ok(err)
			ok(d.VisitorEnd(ctx, w))
		}},
		{"the wrap-up waits for a code", func() { d.later(61e9) }},
		{"a code is chosen late", func() { ok(d.Choose(ctx, d.owner(w), d.latest(w).ID, []parley.DispositionID{"dsp_paid"})) }},
		{"the row is opened", func() { ok(d.View(ctx, d.owner(w), d.latest(w).ID)) }},
		{"it is wrapped up", func() { ok(d.Finish(ctx, d.owner(w), d.latest(w).ID)) }},
		{"a third visitor, served and gone", func() {
			u = d.comes("ent_support")
			d.answer(u)
			ok(d.VisitorEnd(ctx, u))
		}},
		{"nobody looks at it in time", func() { d.later(61e9) }},
		{"it is opened late", func() { ok(d.View(ctx, d.owner(u), d.latest(u).ID)) }},
		{"and coded", func() { ok(d.Choose(ctx, d.owner(u), d.latest(u).ID, []parley.DispositionID{"dsp_a"})) }},
		{"and dismissed", func() { ok(d.Dismiss(ctx, d.owner(u), d.latest(u).ID)) }},
		{"the third comes again", func() { ok(d.Again(ctx, u, d.words("One more thing"), "")) }},
		{"and leaves a message instead", func() {
			ok(d.Skip(ctx, u, Left{ClientID: d.client(), Name: "Bea", Email: "bea@example.com", Text: "Call me"}))
		}},
		{"networks are connected", func() { d.connect() }},
		{"the page ends what it cannot answer", func() {
			d.set("ent_page", "window.on_close", `"end_talk"`)
			d.set("ent_page", "window.warn_s", "43200")
		}},
		{"zoe writes to the page", func() { d.zoe("z1", "Hi"); z = d.talkOf("ent_page", psid("zoe")) }},
		{"somebody answers her", func() { ok(d.SetStatus(ctx, bob, parley.Available, "")); d.answer(z) }},
		{"she writes an hour later: the window moves", func() { d.clock.pass(time.Hour); d.zoe("z2", "Wrong") }},
		{"she puts it right", func() { d.brings("ent_page", of(about(parley.InboundEdit, "", "z3", "z2", "Right"), "zoe")) }},
		{"she likes it, and takes the first back", func() {
			d.brings("ent_page", of(about(parley.InboundReaction, "", "z4", "z2", "\u2764"), "zoe"))
			d.brings("ent_page", of(about(parley.InboundRevoke, "", "z5", "z1", ""), "zoe"))
		}},
		{"she has a new name and number", func() {
			d.brings("ent_page", parley.Inbound{Kind: parley.InboundIdentity, ExternalID: "z7", From: append(psid("zoe2"), psid("zoe")...)})
			m := of(says("", "z8", "New phone"), "zoe2")
			m.Name, m.Handle = "Zoe Leger", "zoe"
			d.brings("ent_page", m)
		}},
		{"it is ended", func() { i, who = d.latest(z).ID, d.owner(z); ok(d.End(ctx, who, i)) }},
		{"she writes while it is wrapped up", func() { d.zoe("z6", "One more") }},
		{"that is wrapped up", func() { ok(d.Finish(ctx, who, i)); ok(d.SetStatus(ctx, who, parley.Available, "")) }},
		{"she is served again", func() { d.answer(z); i, who = d.latest(z).ID, d.owner(z) }},
		{"the time to answer is nearly over", func() { d.later(12*time.Hour + time.Second) }},
		{"it is parked", func() { ok(d.Park(ctx, who, i, time.Time{})) }},
		{"it is taken back", func() { ok(d.Unpark(ctx, who, i)) }},
		{"and ended", func() {
			d.answer(z)
			ok(d.End(ctx, d.owner(z), d.latest(z).ID))
			ok(d.Finish(ctx, d.owner(z), d.latest(z).ID))
		}},
		{"queues are confirmed", func() { ok(d.ConfirmQueues(ctx, bob, []parley.QueueID{"que_quick"})) }},
		{"next status is set early", func() { d.deferred() }},
		{"a customer is renamed", func() { d.rename() }},
		{"the office changes things", func() { d.configure() }},
		{"a wrap-up is extended", func() { d.extend() }},
		{"one waits in vain", func() { d.comes("ent_support"); d.comes("ent_support"); d.comes("ent_quick") }},
		{"a script asks", func() { d.scripted() }},
		{"the server starts again", func() { d.reopen() }},
		{"and all links come back", func() {
			for _, a := range []parley.Actor{amy, bob, sam} {
				ok(d.LinkUp(ctx, a.Agent))
			}
		}},
	}
}
