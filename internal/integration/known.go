package integration

import (
	"context"
	"errors"
	"slices"
	"strings"

	"parley"
	"parley/internal/crm"
	"parley/internal/ledger"
	"parley/internal/settings"
	"parley/internal/store"
)

// CRMKnown is what one outside CRM knows of who writes, as their agent sees it.
type CRMKnown struct {
	Connection string       `json:"connection_id"`
	Name       string       `json:"name" doc:"of the connection"`
	Kind       string       `json:"kind"`
	CRM        string       `json:"crm" doc:"the CRM as people know it"`
	State      string       `json:"state" enum:"searching,found,unavailable"`
	Records    []CRMMatched `json:"records" doc:"those that fit, the best first"`
	Regarding  store.CRMRef `json:"regarding" doc:"the record the log is filed under; empty: none"`
	Chosen     bool         `json:"chosen" doc:"an agent chose it; else it is the first"`
	New        string       `json:"new_url" doc:"the CRM's form for a new contact, filled with what is known; empty: it has none"`
	Prefill    CRMNewRecord `json:"prefill" doc:"what is known of somebody new"`
	Pop        string       `json:"pop_url" doc:"what opens when the interaction is accepted: the one record, the first of several where the agent has that switched on, the form for a new contact; empty: nothing"`
	Log        *CRMLog      `json:"log" doc:"null before the interaction has ended"`
	Rev        int64        `json:"rev"`
}

// CRMMatched is a record with its page.
type CRMMatched struct {
	store.CRMRecord
	URL string `json:"url"`
}

// CRMLog is how a log stands.
type CRMLog struct {
	State     string       `json:"state" enum:"pending,posted,failed"`
	Regarding store.CRMRef `json:"regarding" doc:"the record it was filed under"`
	URL       string       `json:"url" doc:"where it went; empty: nowhere yet"`
	Owner     string       `json:"owner" enum:",agent,integration" doc:"whose it is there: the agent's own, as the user with their e-mail address, or the one's we act as; empty: not there yet"`
	Error     string       `json:"error" doc:"code of the last refusal"`
	Detail    string       `json:"detail" doc:"the CRM's own words"`
	Attempt   int          `json:"attempt" doc:"tries so far"`
	TriedAt   int64        `json:"tried_at"`
	PostedAt  int64        `json:"posted_at"`
	ref       store.CRMRef // the activity
}

// Knows returns what every outside CRM knows of who writes in an interaction.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: DYN-02 to DYN-06.
func (i *Integration) Knows(ctx context.Context, me parley.Actor, id parley.InteractionID) ([]CRMKnown, error) {
	v := i.Store.View()
	if err := sees(ctx, v, me, id); err != nil {
		return nil, err
	}
	briefs, err := v.CRMBriefs(ctx, id)
	if err != nil || len(briefs) == 0 {
		return []CRMKnown{}, err
	}
	p, err := whoOf(ctx, v, id)
	if err != nil {
		return nil, err
	}
	mine, err := i.mine(ctx, v, me)
	if err != nil {
		return nil, err
	}
	pops, err := popsAt(ctx, v, me, id)
	if err != nil {
		return nil, err
	}
	out := []CRMKnown{}
	for _, b := range briefs {
		k, err := i.knows(ctx, v, id, b)
		if err != nil {
			return nil, err
		}
		i.pages(ctx, v, &k, p)
		if pops {
			k.Pop = pop(k, mine.AutoMultiMatchPop)
		}
		out = append(out, k)
	}
	return out, nil
}

// popsAt reports whether records pop for an agent by now: from the beginning of a
// conversation, where a tab outside opens with the accept click, whichever of the
// two it is; or when it has ended.
//
// Source: POP-01, C9.
func popsAt(ctx context.Context, v store.View, me parley.Actor, id parley.InteractionID) (bool, error) {
	rows, err := v.Settings(ctx)
	if err != nil {
		return false, err
	}
	values, at := settings.New(rows), settings.At{Agent: me.Agent, Group: me.Group, Preset: me.Preset}
	switch {
	case !values.Bool(keyPop, at):
		return false, nil
	case values.Bool("pop.on_offer", at), values.Bool("pop.on_accept", at):
		return true, nil
	case !values.Bool("pop.on_end", at):
		return false, nil
	}
	i, err := v.Interaction(ctx, id)
	return !i.EndedAt.IsZero(), err
}

// pop is what opens when an interaction is accepted.
//
// Source: DYN-03, DYN-04, C23.
func pop(k CRMKnown, several bool) string {
	switch {
	case k.State != store.CRMFound:
		return ""
	case len(k.Records) == 0:
		return k.New
	case len(k.Records) > 1 && !several:
		return ""
	}
	n := slices.IndexFunc(k.Records, func(r CRMMatched) bool { return r.CRMRef == k.Regarding })
	return k.Records[max(0, n)].URL // who was chosen meanwhile
}

func (i *Integration) knows(ctx context.Context, v store.View, id parley.InteractionID, b store.CRMBrief) (CRMKnown, error) {
	c, err := v.Connection(ctx, b.Connection)
	if err != nil {
		return CRMKnown{}, err
	}
	m, err := v.CRMMatch(ctx, id, c.ID)
	if err != nil && !errors.Is(err, parley.ErrNotFound) {
		return CRMKnown{}, err
	}
	k := CRMKnown{
		Connection: c.ID, Name: c.Name, Kind: c.Kind, CRM: c.Name, State: b.State, Records: []CRMMatched{}, Regarding: m.Regarding(),
		Chosen: m.Chosen.ID != "", Rev: b.Rev,
	}
	for _, r := range m.Records {
		k.Records = append(k.Records, CRMMatched{CRMRecord: r})
	}
	l, err := v.CRMLogOf(ctx, id, c.ID)
	if errors.Is(err, parley.ErrNotFound) {
		return k, nil
	}
	log := stands(l)
	k.Log = &log
	return k, err
}

// stands is how a log stands.
func stands(l store.CRMLog) CRMLog {
	out := CRMLog{
		State: l.State, Regarding: l.Regarding, Error: l.Error, Detail: l.Detail, Attempt: l.Attempt,
		TriedAt: parley.Millis(l.TriedAt), PostedAt: parley.Millis(l.PostedAt), ref: l.Ref,
	}
	switch {
	case l.Ref.ID == "":
	case l.Owner == "":
		out.Owner = "integration"
	default:
		out.Owner = "agent"
	}
	return out
}

// pages fills in addresses. A connection that cannot be opened any more has none.
func (i *Integration) pages(ctx context.Context, v store.View, k *CRMKnown, p crm.Prefill) {
	c, err := v.Connection(ctx, k.Connection)
	if err != nil || !c.RemovedAt.IsZero() {
		return
	}
	kind := i.CRMs[c.Kind]
	if kind == nil {
		return
	}
	to, spec := i.asSet(c), kind.Spec()
	k.CRM, k.New = spec.Name, web(kind.URL(to, crm.Ref{}, p))
	k.Prefill = CRMNewRecord{p.FirstName, p.LastName, p.Email, p.Phone}
	for n := range k.Records {
		k.Records[n].URL = web(kind.URL(to, crm.Ref(k.Records[n].CRMRef), crm.Prefill{}))
	}
	if k.Log != nil && k.Log.ref.ID != "" {
		k.Log.URL = web(kind.URL(to, crm.Ref(k.Log.ref), crm.Prefill{}))
	}
}

// asSet is a connection without its secrets: what addresses are made of.
func (i *Integration) asSet(c store.Connection) crm.Connection {
	return crm.Connection{ID: c.ID, Settings: c.Settings, Objects: c.Objects, Now: i.Clock.Now}
}

// web is an address a browser may open, "" for any other.
func web(url string) string {
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return url
	}
	return ""
}

// CRMProfile is how outside CRMs behave for an agent.
//
// Source: DYN-07.
type CRMProfile struct {
	Connected         bool `json:"connected" doc:"there is a CRM; without one there is nothing to set"`
	AutoMultiMatchPop bool `json:"auto_multi_match_pop" doc:"of several matches the first pops"`
	Locked            bool `json:"locked" doc:"an administrator decides"`
}

// The keys of an agent's integration settings, and whether they may change them.
const (
	keyMulti  = "dyn.auto_multi_match_pop"
	keyPop    = "dyn.pop"
	keyChange = "dyn.may_change"
)

// Mine returns an agent's integration settings. Errors: parley.ErrForbidden.
func (i *Integration) Mine(ctx context.Context, me parley.Actor) (CRMProfile, error) {
	if me.Agent == "" {
		return CRMProfile{}, parley.ErrForbidden
	}
	return i.mine(ctx, i.Store.View(), me)
}

// mine reads them. Where an administrator decides, what the agent chose before
// does not count.
func (i *Integration) mine(ctx context.Context, v store.View, me parley.Actor) (CRMProfile, error) {
	rows, err := v.Settings(ctx)
	values, at := settings.New(rows), settings.At{Agent: me.Agent, Group: me.Group, Preset: me.Preset}
	out := CRMProfile{Connected: len(*i.known.Load()) > 0, Locked: !values.Bool(keyChange, at)}
	if out.Locked {
		at.Agent = ""
	}
	out.AutoMultiMatchPop = values.Bool(keyMulti, at)
	return out, err
}

// SaveMine keeps an agent's choice. Errors: parley.ErrForbidden, also if an
// administrator decides.
//
// Source: DYN-07, F095.
func (i *Integration) SaveMine(ctx context.Context, me parley.Actor, several bool) error {
	if me.Agent == "" {
		return parley.ErrForbidden
	}
	return i.do(ctx, "save_crm_profile", []string{string(me.Agent)}, func(ctx context.Context, v ledger.View) (func(*store.Rows), error) {
		mine, err := i.mine(ctx, v.View, me)
		if err == nil && mine.Locked {
			err = parley.ErrForbidden
		}
		if err != nil {
			return nil, err
		}
		value := "false"
		if several {
			value = "true"
		}
		return func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeAgent, ScopeID: string(me.Agent), Key: keyMulti, Value: value})
		}, nil
	})
}

// CRMLogged is a log as administrators see it.
type CRMLogged struct {
	ID          string               `json:"id"`
	Interaction parley.InteractionID `json:"interaction_id"`
	CRMLog
	CreatedAt int64 `json:"created_at"`
}

// Logs returns the logs of a connection in a state after one of them, the oldest
// first; "" begins with the first.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (i *Integration) Logs(ctx context.Context, me parley.Actor, id string, q LogsQuery) ([]CRMLogged, error) {
	if !me.Has(parley.MayAdminister) {
		return nil, parley.ErrForbidden
	}
	v := i.Store.View()
	after := store.CRMLog{}
	if q.After != "" {
		var err error
		if after, err = v.CRMLog(ctx, q.After); err != nil {
			return nil, err
		}
	}
	c, err := v.Connection(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := v.CRMLogs(ctx, id, q.State, after, q.Limit)
	out := make([]CRMLogged, 0, len(all))
	for l := range slices.Values(all) {
		one := CRMLogged{ID: l.ID, Interaction: l.Interaction, CreatedAt: parley.Millis(l.CreatedAt), CRMLog: stands(l)}
		if kind := i.CRMs[c.Kind]; kind != nil && c.RemovedAt.IsZero() && l.Ref.ID != "" {
			one.URL = web(kind.URL(i.asSet(c), crm.Ref(l.Ref), crm.Prefill{}))
		}
		out = append(out, one)
	}
	return out, err
}

// LogsQuery narrows a list of logs.
type LogsQuery struct {
	State string
	After string // a log's id
	Limit int
}
