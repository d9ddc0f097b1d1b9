package office

import (
	"cmp"
	"context"
	"slices"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// world is the configuration that routing is told of, as it will be after a
// change. A change reads it, alters it, and routes says what routing has to
// hear: so no change can forget whom it touches.
type world struct {
	agents []parley.Agent
	skills map[parley.AgentID]store.SkillLevels
	groups map[parley.GroupID]parley.Group
	queues []parley.Queue
	lists  []parley.DispositionList
	values settings.Values
	now    time.Time // set for Health only
}

// load reads the world.
func load(ctx context.Context, v store.View) (*world, error) {
	w := &world{groups: map[parley.GroupID]parley.Group{}}
	groups, err := v.Groups(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		w.groups[g.ID] = g
	}
	if w.agents, err = v.Agents(ctx); err != nil {
		return nil, err
	}
	if w.skills, err = v.AgentSkills(ctx); err != nil {
		return nil, err
	}
	if w.queues, err = v.Queues(ctx); err != nil {
		return nil, err
	}
	if w.lists, err = v.DispositionLists(ctx); err != nil {
		return nil, err
	}
	rows, err := v.Settings(ctx)
	w.values = settings.New(rows)
	return w, err
}

// at is where the settings of an agent are asked for.
func (w *world) at(a parley.Agent) settings.At {
	return settings.At{Agent: a.ID, Group: a.Group, Preset: w.groups[a.Group].Preset}
}

// hardMax is the most any agent may hold.
//
// Source: cap.hard_max, CFG-01.
func (w *world) hardMax() int { return w.values.Int("cap.hard_max", settings.At{}) }

// routes says what routing has to be told: whatever differs from what it knows.
//
// Source: CFG-02.
func (w *world) routes(v ledger.View) []routing.Command {
	var list []routing.Command
	if s := w.settings(); s != v.Router.Settings() {
		list = append(list, routing.SaveSettings{Settings: s})
	}
	for _, a := range w.agents {
		now := w.agent(a)
		had, known := v.Router.Agent(a.ID)
		if !known || told(had.AgentConfig) != told(now) {
			list = append(list, routing.SaveAgent{Agent: now})
		}
	}
	for _, q := range w.queues {
		now := w.queue(q)
		had, known := v.Router.Queue(q.ID)
		if !known || told(had.QueueConfig) != told(now) {
			list = append(list, routing.SaveQueue{Queue: now})
		}
	}
	return list
}

// agent is what routing knows of an agent, every setting resolved.
func (w *world) agent(a parley.Agent) routing.AgentConfig {
	at := w.at(a)
	return routing.AgentConfig{
		ID:         a.ID,
		CreatedAt:  a.CreatedAt,
		Enabled:    a.Enabled,
		Capacity:   min(a.Capacity, w.hardMax()),
		MayReject:  w.values.Bool("agents.may_reject", at),
		OnReject:   parley.Presence(w.values.Text("presence.on_reject", at)),
		OnTimeout:  parley.Presence(w.values.Text("presence.on_timeout", at)),
		AutoReturn: w.values.Seconds("presence.auto_return_s", at),
		CodeRequired: slices.ContainsFunc(w.lists, func(l parley.DispositionList) bool {
			return mustAnswer(l) && slices.Contains(l.Groups, a.Group)
		}),
		Skills: w.skills[a.ID],
	}
}

// queue is what routing knows of a queue.
func (w *world) queue(q parley.Queue) routing.QueueConfig {
	var required []routing.Requirement
	for skill, level := range q.Required {
		required = append(required, routing.Requirement{Skill: skill, Level: level})
	}
	slices.SortFunc(required, func(a, b routing.Requirement) int { return cmp.Compare(a.Skill, b.Skill) })
	return routing.QueueConfig{
		ID: q.ID, Enabled: q.Enabled, Priority: q.Priority, Policy: q.Policy,
		AcceptInterval: q.AcceptInterval, WrapUp: q.WrapUp, MaxWait: q.MaxWait, MaxSize: q.MaxSize,
		OnMaxWait: q.OnMaxWait, OnFull: q.OnFull, NoAgents: q.NoAgents, OnClose: q.OnClose, Overflow: q.Overflow,
		Required: required,
		CodeRequired: slices.ContainsFunc(w.lists, func(l parley.DispositionList) bool {
			return mustAnswer(l) && slices.Contains(l.Queues, q.ID)
		}),
	}
}

// mustAnswer reports whether a list is required and has a code to choose.
//
// Source: WRP-07.
func mustAnswer(l parley.DispositionList) bool {
	return l.Required && slices.ContainsFunc(l.Dispositions, func(d parley.Disposition) bool { return d.Active })
}

// settings are the center's as routing knows them.
func (w *world) settings() routing.Settings {
	v, here := w.values, settings.At{}
	return routing.Settings{
		LoginStatus:       parley.Presence(v.Text("presence.login_status", here)),
		AfterWrapUp:       parley.Presence(v.Text("presence.after_wrapup", here)),
		AfterStopNew:      parley.Presence(v.Text("presence.after_stop_new", here)),
		BusyMenuDeferred:  v.Text("presence.busy_menu", here) == "deferred",
		MaxParallel:       v.Int("offer.max_parallel_per_agent", here),
		WrapUpCounts:      v.Bool("cap.wrapup_counts", here),
		AgentGrace:        v.Seconds("resume.agent_grace_s", here),
		OfferGrace:        v.Seconds("resume.offer_grace_s", here),
		RequeueBoost:      v.Int("resume.requeue_boost", here),
		TransferToAgent:   v.Bool("transfer.to_agent", here),
		TransferUnstaffed: v.Text("transfer.to_unstaffed", here),
		TransferBoost:     v.Int("transfer.boost", here),
		ExcludeRejecter:   v.Text("offer.exclude_rejecter", here) == "until_others_tried",
		IdleResetOnStatus: slices.Contains(v.List("idle.reset_on", here), "status_change"),
	}
}

// put replaces the item with an id, or adds it.
func put[T any, ID comparable](list []T, item T, id func(T) ID) []T {
	if i := slices.IndexFunc(list, func(t T) bool { return id(t) == id(item) }); i >= 0 {
		list[i] = item
		return list
	}
	return append(list, item)
}

func agentID(a parley.Agent) parley.AgentID         { return a.ID }
func queueID(q parley.Queue) parley.QueueID         { return q.ID }
func listID(l parley.DispositionList) parley.ListID { return l.ID }
func knows[T any, ID comparable](list []T, id ID, of func(T) ID) bool {
	return slices.ContainsFunc(list, func(t T) bool { return of(t) == id })
}

// defaultGroup is the group of whom nobody gave one, so that agents can be made
// first. Source: SEC-03.
func (w *world) defaultGroup() parley.GroupID {
	for id, g := range w.groups {
		if g.Default {
			return id
		}
	}
	return ""
}
