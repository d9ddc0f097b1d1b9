package integration

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"parley"
	"parley/internal/crm"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/settings"
	"parley/internal/store"
)

// How who writes is looked up.
//
// Source: DYN-02, DYN-08.
const (
	lookupKind    = "crm_lookup"
	lookupsAtOnce = 16
	lookupWithin  = 3 * time.Second
	cachedFor     = 5 * time.Minute
	cachedMost    = 10_000
)

// asked is the data of an outbox row: which lookup, or the log of which interaction.
type asked struct {
	Interaction parley.InteractionID `json:"interaction"`
	Connection  string               `json:"connection"`
}

func (a asked) data() string {
	b, _ := json.Marshal(a) // plain data always can
	return string(b)
}

// asks lists that who is offered is to be looked up, in the commit of the offer.
// What was found once is not looked up again. At the first offer nobody but a
// supervisor can have looked: so nothing is read then, which would write all that
// the batch has listed.
//
// Source: DYN-02, C9.
func (i *Integration) asks(ctx context.Context, v ledger.View, o parley.OfferID, r *store.Rows) error {
	all, err := i.connections(ctx, v.View)
	if err != nil {
		return err
	}
	id := o.Interaction
	for _, c := range all {
		if o.Attempt == 1 {
			r.BeginCRMMatch(id, c.ID)
			looksUp(r, id, c.ID)
			continue
		}
		m, err := v.CRMMatch(ctx, id, c.ID)
		switch {
		case errors.Is(err, parley.ErrNotFound):
			m = store.CRMMatch{Interaction: id, Connection: c.ID}
		case err != nil:
			return err
		case m.State != store.CRMUnavailable:
			continue
		}
		begins(r, m)
	}
	return nil
}

// begins lists that a lookup is under way.
func begins(r *store.Rows, m store.CRMMatch) {
	m.State, m.Rev = store.CRMSearching, m.Rev+1
	r.SaveCRMMatch(m)
	looksUp(r, m.Interaction, m.Connection)
}

func looksUp(r *store.Rows, id parley.InteractionID, connection string) {
	r.Outbox(store.Outbox{Kind: lookupKind, Data: asked{id, connection}.data()})
}

// lookup makes one lookup and keeps what came of it.
func (i *Integration) lookup(ctx context.Context, o store.Outbox) error {
	var a asked
	if err := json.Unmarshal([]byte(o.Data), &a); err != nil {
		return fmt.Errorf("a lookup: %w", errors.Join(err, ledger.ErrGiveUp))
	}
	v := i.Store.View()
	c, err := v.Connection(ctx, a.Connection)
	if err != nil {
		return err
	}
	records, missing, err := i.search(ctx, v, a)
	if err != nil {
		return err
	}
	if err := i.found(ctx, o, a, records, missing); err != nil {
		return err
	}
	if missing != nil && missing.Code == crm.Auth {
		if err := i.pauses(ctx, a.Connection, c.Rev); err != nil {
			i.Log.Error("a CRM is not paused", "connection", a.Connection, "error", err)
		}
	}
	return ledger.ErrSettled
}

// found keeps what came of a lookup; whom an agent chose meanwhile stays.
func (i *Integration) found(ctx context.Context, o store.Outbox, a asked, records []store.CRMRecord, missing *crm.Error) error {
	return i.do(ctx, "crm_found", []string{string(a.Interaction)}, func(ctx context.Context, v ledger.View) (func(*store.Rows), error) {
		m, err := v.CRMMatch(ctx, a.Interaction, a.Connection)
		if err != nil {
			return nil, err
		}
		m.State, m.Records, m.Rev = store.CRMFound, records, m.Rev+1
		if missing != nil {
			m.State = store.CRMUnavailable
		}
		return func(r *store.Rows) {
			r.SaveCRMMatch(m)
			r.OutboxDone(o)
		}, nil
	})
}

// search asks a CRM who writes, by each of their identities, until one has hits.
// missing says why there is no answer; err is of our own database.
//
// Source: DYN-02, DYN-08, POP-04, C15.
func (i *Integration) search(ctx context.Context, v store.View, a asked) (records []store.CRMRecord, missing *crm.Error, err error) {
	c, err := v.Connection(ctx, a.Connection)
	if err != nil {
		return nil, nil, err
	}
	queries, err := queriesOf(ctx, v, a.Interaction)
	if err != nil {
		return nil, nil, err
	}
	began := i.Clock.Now()
	records, missing = i.ask(ctx, c, queries)
	i.figures.searched(c.Kind, len(records), missing, i.Clock.Now().Sub(began))
	return records, missing, nil
}

func (i *Integration) ask(ctx context.Context, c store.Connection, queries []question) ([]store.CRMRecord, *crm.Error) {
	switch {
	case c.Paused != "" || !c.RemovedAt.IsZero():
		return nil, &crm.Error{Code: crm.Transient, Detail: crm.Paused}
	case len(queries) == 0:
		return nil, nil
	}
	kind, to, err := i.opened(c)
	if err != nil {
		return nil, verdict(err)
	}
	ctx, cancel := context.WithTimeout(ctx, lookupWithin)
	defer cancel()
	for _, q := range queries {
		if had := i.cache.get(c, q.Query, i.Clock.Now()); had != nil {
			return q.mark(had), nil
		}
		if i.fuses.open(c.ID, i.Clock.Now()) {
			return nil, &crm.Error{Code: crm.Transient, Detail: crm.Resting}
		}
		hits, err := kind.Search(ctx, to, q.Query)
		e := verdict(err)
		if i.hearing.hear(c, e); e != nil {
			if passing(e) {
				i.fuses.failed(c.ID, i.Clock.Now(), e.After)
			}
			return nil, e
		}
		i.answers(c.ID)
		if len(hits) > 0 {
			kept := keep(hits)
			i.cache.put(c, q.Query, kept, i.Clock.Now())
			return q.mark(kept), nil
		}
	}
	return nil, nil
}

// answers takes in that a CRM answers: if it did not before, what waits for it
// waits no longer.
func (i *Integration) answers(id string) {
	if i.fuses.mended(id) {
		i.wakes(id)
	}
}

// wakes lists that what waits for a CRM is tried now.
func (i *Integration) wakes(id string) {
	err := i.do(context.Background(), "crm_answers", []string{id}, func(context.Context, ledger.View) (func(*store.Rows), error) {
		return func(r *store.Rows) { r.OutboxNow(pushKind, id) }, nil
	})
	if err != nil {
		i.Log.Error("what waits for a CRM is not woken", "connection", id, "error", err)
	}
}

// keep is what we keep of records.
func keep(hits []crm.Record) []store.CRMRecord {
	out := make([]store.CRMRecord, 0, len(hits))
	for _, h := range hits[:min(len(hits), crm.SearchMax)] {
		out = append(out, store.CRMRecord{
			CRMRef: store.CRMRef(h.Ref), Name: h.Name, Company: h.Company, Emails: some(h.Emails), Phones: some(h.Phones), Detail: h.Detail,
		})
	}
	return out
}

func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// question is one identity of who writes.
type question struct {
	crm.Query
	claimed bool // they say so: the channel does not prove it
}

// mark says of records whether they were found by a claim. What the cache holds
// stays as it is: the same identity may be proven elsewhere.
func (q question) mark(found []store.CRMRecord) []store.CRMRecord {
	out := slices.Clone(found)
	for n := range out {
		out[n].Claimed = q.claimed
	}
	return out
}

// queriesOf are the identities of who writes, in the order in which the channel
// asks for them: a phone first where people write from phones, an e-mail on the
// web, a handle on a social network. Proven are the number somebody writes from,
// and the id a network knows them by; what they typed is not, nor is a handle,
// which changes hands, nor what came by the open channel, whoever says so.
//
// Source: POP-04, A-107, networks.md 11.
func queriesOf(ctx context.Context, v store.View, id parley.InteractionID) ([]question, error) {
	c, p, err := talkOf(ctx, v, id)
	if err != nil {
		return nil, err
	}
	return questions(c, p), nil
}

func questions(c parley.Conversation, p crm.Prefill) []question {
	on := crmChannel(p.Social.Channel)
	phone := question{crm.Query{Phone: p.Phone}, on != onPhone}
	email := question{crm.Query{Email: p.Email}, true}
	social := question{crm.Query{Social: p.Social}, c.Channel == parley.Open || p.Social.Handle != string(c.Address)}
	order := []question{social, email, phone}
	switch on {
	case onPhone:
		order = []question{phone, email}
	case onWeb:
		order = []question{email, phone}
	}
	return slices.DeleteFunc(order, func(q question) bool { return q.Phone == "" && q.Email == "" && q.Social.Handle == "" })
}

// What sort of identity a channel knows people by.
const (
	onWeb = iota
	onPhone
	onNetwork
)

func crmChannel(c string) int {
	switch parley.Channel(c) {
	case parley.SMS, parley.WhatsApp:
		return onPhone
	case parley.WebChat, parley.SupportCenter:
		return onWeb
	}
	return onNetwork
}

// whoOf is what is known of who writes in an interaction.
func whoOf(ctx context.Context, v store.View, id parley.InteractionID) (crm.Prefill, error) {
	_, p, err := talkOf(ctx, v, id)
	return p, err
}

// talkOf is the conversation of an interaction, and what is known of who writes.
func talkOf(ctx context.Context, v store.View, id parley.InteractionID) (parley.Conversation, crm.Prefill, error) {
	i, err := v.Interaction(ctx, id)
	if err != nil {
		return parley.Conversation{}, crm.Prefill{}, err
	}
	c, err := v.Conversation(ctx, i.Conversation)
	if err != nil {
		return c, crm.Prefill{}, err
	}
	country, err := countryOf(ctx, v)
	return c, who(c, country), err
}

// countryOf is the country of numbers that name none.
func countryOf(ctx context.Context, v store.View) (string, error) {
	rows, err := v.Settings(ctx)
	return settings.New(rows).Text("phone.default_country", settings.At{}), err
}

func who(c parley.Conversation, country string) crm.Prefill {
	first, last := names(c.Visitor.Name)
	p := crm.Prefill{FirstName: first, LastName: last, Social: crm.Social{Channel: string(c.Channel)}}
	if email := identity.Email(c.Visitor.Email); identity.IsEmail(email) {
		p.Email = email
	}
	typed := c.Visitor.Phone
	switch crmChannel(string(c.Channel)) {
	case onPhone:
		typed = string(c.Address)
	case onNetwork:
		p.Social.Handle = c.Visitor.Handle
		if p.Social.Handle == "" {
			p.Social.Handle = string(c.Address)
		}
	}
	if phone, ok := identity.Phone(typed, country); ok {
		p.Phone = phone
	}
	return p
}

// names are a first and a last name as somebody typed both.
func names(name string) (first, last string) {
	words := strings.Fields(name)
	switch len(words) {
	case 0:
		return "", ""
	case 1:
		return "", words[0]
	}
	return strings.Join(words[:len(words)-1], " "), words[len(words)-1]
}

// cache keeps who was found of late: customers write again. That nobody was
// found is not kept, because that is when an agent adds them.
type cache struct {
	mu sync.Mutex // owns of
	of map[place]cached
}

type place struct {
	connection string
	rev        int64
	query      crm.Query
}

type cached struct {
	records []store.CRMRecord
	until   time.Time
}

func (c *cache) init() { c.of = map[place]cached{} }

func (c *cache) get(to store.Connection, q crm.Query, now time.Time) []store.CRMRecord {
	c.mu.Lock()
	defer c.mu.Unlock()
	had, ok := c.of[place{to.ID, to.Rev, q}]
	if !ok || !now.Before(had.until) {
		return nil
	}
	return had.records
}

func (c *cache) put(to store.Connection, q crm.Query, records []store.CRMRecord, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.of) >= cachedMost {
		clear(c.of)
	}
	c.of[place{to.ID, to.Rev, q}] = cached{records, now.Add(cachedFor)}
}

func (c *cache) drop(connection string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for p := range c.of {
		if p.connection == connection {
			delete(c.of, p)
		}
	}
}
