package office

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"sync"
	"time"

	"parley"
	"parley/internal/auth"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// sessions are the sessions in use, in memory: who they are, and whom to tell
// when one ends.
type sessions struct {
	mu     sync.Mutex // guards the rest
	byHash map[string]*live
	byID   map[string]*live
	ending map[string]string // why a command under way ends a session, by id
	moves  int               // ends and changes so far: what was read before one is stale
	ends   []func(Ended)
}

// live is a session in use.
type live struct {
	store.Session
	actor parley.Actor
	saved time.Time // when the disk last heard that it is used
}

// seenEvery is how often the disk hears that a session is used.
const seenEvery = 10 * time.Minute

// sweepEvery is how often sessions nobody uses are looked for.
const sweepEvery = time.Minute

func (s *sessions) init() {
	s.byHash, s.byID, s.ending = map[string]*live{}, map[string]*live{}, map[string]string{}
}

// Ended is a session that ended, or whose rights changed (auth.Rescoped).
type Ended struct {
	Session string // or the id of an API key
	Why     string
	By      string // the name of somebody else who did it, "" if nobody did
}

// OnEnd calls f when a session ends: whoever holds a connection of it closes it.
// Call it before the doors open; f must be quick.
//
// Source: A-044, PRE-16.
func (o *Office) OnEnd(f func(Ended)) {
	o.sessions.mu.Lock()
	defer o.sessions.mu.Unlock()
	o.sessions.ends = append(o.sessions.ends, f)
}

// stay is ctx for what sessions must hear of once it is saved: whoever asked may
// hang up while it is, and it happens all the same.
//
// Source: A-044.
func stay(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// intend notes why a command is about to end a session: its news may be here
// before its answer. done takes the note away.
func (s *sessions) intend(id, why string) (done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ending[id] = why
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.ending, id)
	}
}

// end forgets a session and tells.
func (s *sessions) end(e Ended) {
	s.mu.Lock()
	s.moves++
	if intended := s.ending[e.Session]; intended != "" {
		e.Why = intended
	}
	l, ok := s.byID[e.Session]
	if ok {
		delete(s.byID, e.Session)
		delete(s.byHash, l.TokenHash)
	}
	s.mu.Unlock()
	if ok { // else told before, or never in use here
		s.tell(e)
	}
}

// tell tells whoever holds connections.
func (s *sessions) tell(e Ended) {
	s.mu.Lock()
	ends := slices.Clone(s.ends)
	s.mu.Unlock()
	for _, tell := range ends {
		tell(e)
	}
}

// of returns the ids of an agent's sessions in use.
func (s *sessions) of(agent parley.AgentID) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for id, l := range s.byID {
		if l.Agent == agent {
			ids = append(ids, id)
		}
	}
	return ids
}

// put takes a session into use, unless something ended since it was read.
func (s *sessions) put(l *live, moves int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.moves == moves {
		s.byHash[l.TokenHash], s.byID[l.ID] = l, l
	}
}

func (s *sessions) version() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.moves
}

// use notes that a session is used and returns who it is.
func (s *sessions) use(hash string, now time.Time) (l live, save, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	had, ok := s.byHash[hash]
	if !ok {
		return live{}, false, false
	}
	if !over(had.Session, now) {
		had.SeenAt = now
		if save = now.Sub(had.saved) >= seenEvery; save {
			had.saved = now
		}
	}
	return *had, save, true
}

// over reports whether a session's time has passed.
//
// Source: A-083.
func over(s store.Session, now time.Time) bool {
	return now.Sub(s.SeenAt) > auth.SessionIdle || now.After(s.ExpiresAt)
}

// Seen notes that a session is used without a request: it holds a connection.
func (o *Office) Seen(session string) {
	o.sessions.mu.Lock()
	defer o.sessions.mu.Unlock()
	if l, ok := o.sessions.byID[session]; ok {
		l.SeenAt = o.clock.Now()
	}
}

// ResolveSession returns who a token is, at the surface it was given for.
//
// Errors: parley.ErrUnauthenticated; ErrSessionTakenOver if another sign-in
// ended it.
func (o *Office) ResolveSession(ctx context.Context, token string, at parley.Surface) (parley.Actor, error) {
	hash, now := auth.Hash(token), o.clock.Now()
	l, save, ok := o.sessions.use(hash, now)
	if !ok {
		found, err := o.find(ctx, hash)
		if err != nil {
			return parley.Actor{}, err
		}
		l = *found
	}
	if l.Surface != at {
		return parley.Actor{}, parley.ErrUnauthenticated
	}
	if over(l.Session, now) {
		o.later(ctx, "expire a session", o.expire(ctx, l.ID)) // over it is, whether or not that can be kept now
		return parley.Actor{}, parley.ErrUnauthenticated
	}
	if save {
		o.later(ctx, "keep that a session is used", o.see(ctx, map[string]time.Time{l.ID: now}))
	}
	return l.actor, nil
}

// later notes that something could not be kept now. It is tried again with the
// next use: reading goes on while nothing can be saved.
func (o *Office) later(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		slog.WarnContext(ctx, "the office waits to save", "what", what, "error", err)
	}
}

// see keeps when sessions were used.
func (o *Office) see(ctx context.Context, used map[string]time.Time) error {
	return o.ledger.Do(ctx, ledger.Command{
		Name: "see_sessions",
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				for id, at := range used {
					r.SeeSession(id, at)
				}
			}}, nil
		},
	})
}

// find reads a session from the disk and takes it into use.
func (o *Office) find(ctx context.Context, hash string) (*live, error) {
	moves, v := o.sessions.version(), o.store.View()
	s, err := v.SessionOf(ctx, hash)
	switch {
	case absent(err):
		return nil, parley.ErrUnauthenticated
	case err != nil:
		return nil, err
	case s.EndWhy == auth.TakenOver:
		return nil, parley.ErrSessionTakenOver
	case !s.EndedAt.IsZero():
		return nil, parley.ErrUnauthenticated
	}
	actor, enabled, err := actorOf(ctx, v, s.Agent)
	if err != nil {
		return nil, err
	}
	if !enabled {
		return nil, parley.ErrUnauthenticated
	}
	begunAt(&actor, s.Surface, s.ID)
	l := &live{Session: s, actor: actor, saved: s.SeenAt}
	o.sessions.put(l, moves)
	return l, nil
}

// actorOf returns an agent as somebody who asks.
func actorOf(ctx context.Context, v store.View, id parley.AgentID) (actor parley.Actor, enabled bool, err error) {
	a, err := v.Agent(ctx, id)
	if err != nil {
		return actor, false, err
	}
	g, err := v.Group(ctx, a.Group)
	return parley.Actor{Agent: a.ID, Group: a.Group, Role: a.Role, Preset: g.Preset}, a.Enabled, err
}

// begunAt says which session an actor has, and where it was begun: inside a CRM
// that surface's preset counts (CFG-05).
func begunAt(actor *parley.Actor, surface parley.Surface, session string) {
	actor.Session, actor.Surface = session, surface
	if surface == parley.SurfacePanel {
		actor.Preset = parley.PresetCRMPanel
	}
}

// rescope gives the sessions in use the rights their agents have now, and
// tells those whose rights changed.
//
// Source: A-044.
func (o *Office) rescope(ctx context.Context) error {
	o.sessions.mu.Lock()
	o.sessions.moves++
	held := map[string]parley.Actor{}
	for id, l := range o.sessions.byID {
		held[id] = l.actor
	}
	o.sessions.mu.Unlock()
	for id, had := range held {
		now, enabled, err := actorOf(ctx, o.store.View(), had.Agent)
		if err != nil {
			return err
		}
		begunAt(&now, had.Surface, id)
		switch {
		case !enabled:
			o.sessions.end(Ended{Session: id, Why: auth.Disabled})
		case now.Role != had.Role || now.Group != had.Group || now.Preset != had.Preset:
			o.sessions.swap(id, now)
		}
	}
	return nil
}

// swap changes who a session is, and tells.
func (s *sessions) swap(id string, now parley.Actor) {
	s.mu.Lock()
	l, ok := s.byID[id]
	if ok {
		l.actor = now
	}
	s.mu.Unlock()
	if ok {
		s.tell(Ended{Session: id, Why: auth.Rescoped})
	}
}

// happens ends the sessions of whoever was logged out, in the same commit: by
// a supervisor, because the account was disabled, or because the link was lost
// for good.
//
// Source: P16, P19, P23, P24.
func (o *Office) happens(_ context.Context, _ ledger.View, es []routing.Event, r *store.Rows) error {
	for _, e := range es {
		if p, ok := e.(routing.PresenceChanged); ok && p.To == parley.LoggedOut {
			r.EndSessionsOf(p.Agent, whyEnded(p.Reason), p.At.At)
		}
	}
	return nil
}

func whyEnded(reason parley.StatusReason) string {
	if reason == parley.ReasonAgent {
		return auth.SignedOut
	}
	return auth.LoggedOut
}

// follow tells the connections of whoever was logged out.
func (o *Office) follow(batch []parley.Entry) {
	for _, e := range batch {
		if e.Kind != (routing.PresenceChanged{}).Kind() {
			continue
		}
		var p routing.PresenceChanged
		if json.Unmarshal(e.Data, &p) != nil || p.To != parley.LoggedOut {
			continue
		}
		held := o.sessions.of(e.Agent)
		if len(held) == 0 {
			continue
		}
		by := o.other(p.By, e.Agent)
		for _, id := range held {
			o.sessions.end(Ended{id, whyEnded(p.Reason), by})
		}
	}
}

// other is what people call somebody who did something to another.
func (o *Office) other(by, to parley.AgentID) string {
	if by == "" || by == to {
		return ""
	}
	ctx, v := context.Background(), o.store.View()
	a, err := v.Agent(ctx, by)
	name := a.DisplayName
	if absent(err) {
		var k store.APIKey
		k, err = v.APIKey(ctx, string(by))
		name = k.Name
	}
	if err != nil {
		slog.Warn("who ended a session cannot be read", "agent", by, "error", err)
	}
	return name
}

// Run ends sessions nobody uses, until ctx ends.
func (o *Office) Run(ctx context.Context) error {
	o.later(ctx, "seal what is plain", o.reseal(ctx))
	for {
		if err := o.wait(ctx, sweepEvery); err != nil {
			return nil //nolint:nilerr // ctx ended: so does this
		}
		o.later(ctx, "look for sessions nobody uses", o.sweep(ctx))
	}
}

// unsaved returns the sessions in use whose use the disk has not heard of for
// some time, and counts them as told.
func (s *sessions) unsaved() map[string]time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := map[string]time.Time{}
	for id, l := range s.byID {
		if l.SeenAt.Sub(l.saved) >= seenEvery {
			list[id], l.saved = l.SeenAt, l.SeenAt
		}
	}
	return list
}

// sweep tells the disk which sessions are used, and ends those whose time has
// passed.
func (o *Office) sweep(ctx context.Context) error {
	if used := o.sessions.unsaved(); len(used) > 0 {
		if err := o.see(ctx, used); err != nil {
			return err
		}
	}
	open, err := o.store.View().SessionsOpen(ctx)
	if err != nil {
		return err
	}
	now := o.clock.Now()
	for _, s := range open {
		if seen, ok := o.sessions.seen(s.ID); ok {
			s.SeenAt = seen // memory knows better
		}
		if !over(s, now) {
			continue
		}
		if err := o.expire(ctx, s.ID); err != nil {
			return err
		}
	}
	return nil
}

// seen returns when a session in use was used.
func (s *sessions) seen(id string) (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, ok := s.byID[id]
	if !ok {
		return time.Time{}, false
	}
	return l.SeenAt, true
}

// expire ends a session whose time has passed; its agent is logged out.
func (o *Office) expire(ctx context.Context, id string) error {
	return o.endSession(ctx, "expire_session", id, auth.Expired, parley.Actor{})
}
