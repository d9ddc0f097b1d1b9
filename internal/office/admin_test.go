package office

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/settings"
	"parley/internal/store"
)

func at(q parley.QueueID, level int) Belongs { return Belongs{q, level, true, true} }

func TestPeople(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		french := get(p.CreateSkill(ctx, p.ada, SkillInput{Name: "French"}))(t)
		support := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true}))(t)
		yes := true
		amy := p.hire("Amy", func(in *AgentInput) {
			in.MayReject, in.Skills, in.Memberships = &yes, []Skilled{{french, 80}}, []Belongs{at(support, 50)}
		})
		a := get(p.Agent(ctx, p.ada, amy))(t)
		if a.Login != "amy" || a.Capacity != parley.DefaultCapacity || a.Language != "en" || !*a.MayReject {
			t.Errorf("CAP-01: what was left out has its default: %+v", a)
		}
		if c := p.config(amy); !c.MayReject || c.Skills[french] != 80 || c.Capacity != 6 {
			t.Errorf("CFG-02: routing hears of it in the same commit: %+v", c.AgentConfig)
		}
		if got := get(p.store.View().MembershipsOf(ctx, amy))(t); len(got) != 1 || got[0].Level != 50 {
			t.Errorf("QUE-01: memberships: %v", got)
		}

		stale := a.AgentInput
		a.Memberships, a.MayReject, a.Capacity = nil, nil, 2
		if err := p.SaveAgent(ctx, p.ada, amy, a.AgentInput); err != nil {
			t.Fatal(err)
		}
		refused(t, "two administrators at once", p.SaveAgent(ctx, p.ada, amy, stale), parley.ErrConflict)
		if c := p.config(amy); c.MayReject || c.Capacity != 2 {
			t.Errorf("SEC-04: rejecting is off until granted: %+v", c.AgentConfig)
		}
		if got := get(p.store.View().MembershipsOf(ctx, amy))(t); got[0].Assigned {
			t.Errorf("QUE-01: a membership that is left out is unassigned: %v", got)
		}
		refused(t, "one administrator stays", p.RemoveAgent(ctx, p.ada, p.ada.Agent), parley.ErrLastAdmin)
		if err := p.RemoveAgent(ctx, p.ada, amy); err != nil || p.config(amy).Enabled {
			t.Errorf("P24: removing disables: %v", err)
		}
		refused(t, "A-018: nobody", p.SaveAgent(ctx, p.ada, "agt_x", a.AgentInput), parley.ErrNotFound)

		in := AgentInput{Login: "carol", DisplayName: "Carol", Role: parley.RoleAgent, Group: p.group, Enabled: true}
		carol := get(p.CreateAgent(ctx, p.ada, in, secret))(t)
		if in := get(p.SignIn(ctx, SignIn{Login: "carol", Password: secret}))(t); in.Agent != carol {
			t.Errorf("SEC-01: a new agent can sign in at once: %+v", in)
		}
	})
}

// TestWhoServesWhere saves a form of a queue that was open while somebody was
// given that queue in their own form: nobody is left out of what they have just
// been given.
func TestWhoServesWhere(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		support := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true}))(t)
		open := get(p.Queue(ctx, p.ada, support))(t)
		amy := p.hire("Amy", func(in *AgentInput) { in.Memberships = []Belongs{at(support, 50)} })
		open.WaitText = "One moment"
		refused(t, "UX-43: somebody was added meanwhile", p.SaveQueue(ctx, p.ada, support, open.QueueInput), parley.ErrConflict)
		now := get(p.Queue(ctx, p.ada, support))(t)
		if now.Rev <= open.Rev || len(now.Members) != 1 || now.Members[0].Agent != amy {
			t.Errorf("QUE-01: the queue as it is now: %+v", now)
		}
		now.WaitText = "One moment"
		if err := p.SaveQueue(ctx, p.ada, support, now.QueueInput); err != nil {
			t.Fatal(err)
		}
		if got := get(p.store.View().MembershipsOf(ctx, amy))(t); len(got) != 1 || !got[0].Assigned {
			t.Errorf("QUE-01: whom amy serves: %v", got)
		}
		theirs := get(p.Agent(ctx, p.ada, amy))(t)
		now = get(p.Queue(ctx, p.ada, support))(t)
		now.Members = nil
		if err := p.SaveQueue(ctx, p.ada, support, now.QueueInput); err != nil {
			t.Fatal(err)
		}
		refused(t, "UX-43: what amy serves was changed meanwhile", p.SaveAgent(ctx, p.ada, amy, theirs.AgentInput), parley.ErrConflict)
	})
}

func TestGroupOfNobody(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		id := get(p.CreateAgent(ctx, p.ada, AgentInput{Login: "dan", DisplayName: "Dan", Role: parley.RoleAgent, Enabled: true}, secret))(t)
		group := get(p.Agent(ctx, p.ada, id))(t).Group
		for _, g := range get(p.Groups(ctx, p.ada))(t) {
			if g.Default != (g.ID == group) {
				t.Errorf("SEC-03: who has no group is in %q; %q is the default: %t", group, g.ID, g.Default)
			}
		}
	})
}

func TestAllFaultsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		p.hire("amy")
		before := get(p.store.View().AuditLast(ctx))(t)
		_, err := p.CreateAgent(ctx, p.ada, AgentInput{
			Login: "AMY", Role: "root", Group: "grp_x", Capacity: 7, Language: "tlh", Email: "amy",
			Skills: []Skilled{{"skl_x", 55}}, Memberships: []Belongs{at("que_x", 110)},
		}, "short")
		faulty(t, "A-018, A-096: every fault at once", err,
			parley.FieldError{Field: "display_name", Code: "required"},
			parley.FieldError{Field: "email", Code: "not_an_email"},
			parley.FieldError{Field: "role", Code: "unknown"},
			parley.FieldError{Field: "language", Code: "unknown"},
			parley.FieldError{Field: "capacity", Code: "out_of_range"},
			parley.FieldError{Field: "group_id", Code: "unknown"},
			parley.FieldError{Field: "login", Code: "taken"},
			parley.FieldError{Field: "skills[0].level", Code: "out_of_range"},
			parley.FieldError{Field: "skills[0].skill_id", Code: "unknown"},
			parley.FieldError{Field: "memberships[0].level", Code: "out_of_range"},
			parley.FieldError{Field: "memberships[0].queue_id", Code: "unknown"},
			parley.FieldError{Field: "password", Code: "too_short"},
		)
		if after := get(p.store.View().AuditLast(ctx))(t); after != before {
			t.Error("A-018: a refusal writes nothing")
		}
	})
}

func TestSettingsReachRouting(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy, bob := t.Context(), p.hire("amy"), p.hire("bob")
		console := get(p.CreateGroup(ctx, p.ada, GroupInput{Name: "Console", Preset: parley.PresetConsole}))(t)
		b := get(p.Agent(ctx, p.ada, bob))(t)
		b.Group = console
		if err := p.SaveAgent(ctx, p.ada, bob, b.AgentInput); err != nil {
			t.Fatal(err)
		}
		err := p.SaveSettings(ctx, p.ada, []Value{
			{Scope: parley.ScopeTenant, Key: "presence.on_reject", Value: "work_offline"},
			{Scope: parley.ScopeGroup, ScopeID: string(console), Key: "presence.on_reject", Value: "on_break"},
			{Scope: parley.ScopeGroup, ScopeID: string(console), Key: "agents.may_reject", Value: true},
			{Scope: parley.ScopeTenant, Key: "resume.agent_grace_s", Value: 60},
			{Scope: parley.ScopeTenant, Key: "cap.hard_max", Value: 3},
			{Scope: parley.ScopeTenant, Key: "presence.after_wrapup", Value: "on_break"},
		})
		if err != nil {
			t.Fatal(err)
		}
		if a := p.config(amy); a.OnReject != parley.WorkOffline || a.MayReject || a.Capacity != 3 {
			t.Errorf("CFG-01, CFG-02: the tenant's values reach amy: %+v", a.AgentConfig)
		}
		if b := p.config(bob); b.OnReject != parley.OnBreak || !b.MayReject || b.Capacity != 3 {
			t.Errorf("CFG-01: the group's come first, the ceiling wins: %+v", b.AgentConfig)
		}
		var center routing.Settings
		_ = p.ledger.Ask(ctx, func(s *routing.State) { center = s.Settings() })
		if center.AgentGrace != time.Minute || center.AfterWrapUp != parley.OnBreak {
			t.Errorf("CFG-02: the center's: %+v", center)
		}
		unset := []Value{{Scope: parley.ScopeTenant, Key: "cap.hard_max", Value: nil}}
		if err := p.SaveSettings(ctx, p.ada, unset); err != nil || p.config(amy).Capacity != 6 {
			t.Errorf("CAP-01: without the ceiling the agent's own value counts again: %v", err)
		}
	})
}

func TestSettingsRefused(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		err := p.SaveSettings(t.Context(), p.ada, []Value{
			{Scope: parley.ScopeTenant, Key: "pop.on_end", Value: true},
			{Scope: parley.ScopeTenant, Key: "agents.may_fly", Value: true},
			{Scope: parley.ScopeAgent, ScopeID: "agt_x", Key: "agents.may_reject", Value: true},
			{Scope: parley.ScopeTenant, Key: "cap.hard_max", Value: map[string]any{"$gt": 1}},
			{Scope: parley.ScopeQueue, ScopeID: "que_x", Key: "pop.on_end", Value: true},
		})
		faulty(t, "CFG-01, A-018: every value at fault", err,
			parley.FieldError{Field: "values[1].key", Code: "unknown"},
			parley.FieldError{Field: "values[2].scope_id", Code: "unknown"},
			parley.FieldError{Field: "values[3].value", Code: "type"},
			parley.FieldError{Field: "values[4].scope", Code: "unknown"},
			parley.FieldError{Field: "values[4].scope_id", Code: "unknown"},
		)
		if s := get(p.Settings(t.Context(), p.ada))(t); len(s.Values) != 0 || len(s.Defs) < 30 {
			t.Errorf("all of them or none: %v", s.Values)
		}
	})
}

func TestSilenceAsksBeforeItEnds(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		q := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true}))(t)
		silent := get(p.CreateEntryPoint(ctx, p.ada, EntryPointInput{Name: "Shop", Enabled: true, Queue: q}))(t)
		set := func(scope parley.Scope, id, key string, seconds any) Value {
			return Value{Scope: scope, ScopeID: id, Key: "inactivity." + key, Value: seconds}
		}
		center := func(key string, seconds any) Value { return set(parley.ScopeTenant, "", key, seconds) }
		there := func(key string, seconds any) Value { return set(parley.ScopeEntryPoint, string(silent), key, seconds) }
		early := func(n int) parley.FieldError {
			return parley.FieldError{Field: parley.Index("values", n, "value"), Code: "ends_before_asked"}
		}
		save := func(values ...Value) error { return p.SaveSettings(ctx, p.ada, values) }
		faulty(t, "I22: both at once", save(center("warn_s", 300), center("close_s", 120)), early(0), early(1))
		if err := save(center("warn_s", 300), center("close_s", 600)); err != nil {
			t.Fatal("I22: one after the other:", err)
		}
		faulty(t, "I22: an end at the same moment", save(center("close_s", 300)), early(0))
		faulty(t, "I22: an entry point inherits when it is asked", save(there("close_s", 200)), early(0))
		if err := save(center("close_s", 0), there("warn_s", 100), there("close_s", 200)); err != nil {
			t.Fatal("I22: 0 is never, and an entry point has its own:", err)
		}
		if err := save(center("warn_s", nil), there("warn_s", nil)); err != nil {
			t.Fatal("I22: nobody is asked:", err)
		}
		faulty(t, "I22: the entry point would end first", save(center("warn_s", 300)), early(0))
	})
}

func TestSecretsStayHidden(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		if err := p.SaveSettings(ctx, p.ada, []Value{{Scope: parley.ScopeTenant, Key: "mail.password", Value: "hunter2 & co"}}); err != nil {
			t.Fatal(err)
		}
		s := get(p.Settings(ctx, p.ada))(t)
		if len(s.Values) != 1 || s.Values[0].Value != nil {
			t.Errorf("A-095: a secret is never shown: %v", s.Values)
		}
		if row := get(p.store.View().AuditLast(ctx))(t); strings.Contains(row.Before+row.After, "hunter2") {
			t.Errorf("A-095: nor in the audit log: %s", row.After)
		}
		w := get(load(ctx, p.store.View()))(t)
		if kept := w.values.Text("mail.password", settings.At{}); !seal.Sealed(kept) || strings.Contains(kept, "hunter2") {
			t.Errorf("A-095: in the database it is %q", kept)
		}
		if got := get(p.mailSettings(w.values))(t).Password; got != "hunter2 & co" {
			t.Errorf("it is kept as it was: %q", got)
		}
	})
}

func TestQueues(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy := t.Context(), p.hire("amy")
		support := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true, WrapUp: 60, Members: []Member{{amy, 80, true, true}}}))(t)
		q, known := p.queue(support)
		if !known || q.AcceptInterval != 30*time.Second || q.WrapUp != time.Minute || q.Priority != 5 || q.NoAgents != parley.QueueWait {
			t.Errorf("QUE-05: routing knows it with the defaults: %+v", q.QueueConfig)
		}
		overflow := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Overflow", Enabled: true, OnFull: parley.QueueOverflow, Overflow: support}))(t)
		in := get(p.Queue(ctx, p.ada, support))(t)
		in.OnMaxWait, in.Overflow = parley.QueueOverflow, overflow
		faulty(t, "QUE-09: no circle", p.SaveQueue(ctx, p.ada, support, in.QueueInput), parley.FieldError{Field: "overflow", Code: "circle"})
		in.Overflow = ""
		faulty(t, "QUE-09: overflow to where", p.SaveQueue(ctx, p.ada, support, in.QueueInput), parley.FieldError{Field: "overflow", Code: "required"})
		_, err := p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Priority: 11, AcceptInterval: 4, WrapUp: -1, NoAgents: parley.QueueDrain,
			Members: []Member{{"agt_x", 50, true, true}}, Required: []Skilled{{"skl_x", 50}}})
		faulty(t, "A-018, QUE-05: every fault at once", err,
			parley.FieldError{Field: "name", Code: "taken"},
			parley.FieldError{Field: "priority", Code: "out_of_range"},
			parley.FieldError{Field: "accept_interval_s", Code: "out_of_range"},
			parley.FieldError{Field: "wrapup_s", Code: "out_of_range"},
			parley.FieldError{Field: "no_agents", Code: "unknown"},
			parley.FieldError{Field: "members[0].agent_id", Code: "unknown"},
			parley.FieldError{Field: "required[0].skill_id", Code: "unknown"},
		)
		refused(t, "empty references are impossible", p.RemoveQueue(ctx, p.ada, support), parley.ErrInUse)
		if err := p.RemoveQueue(ctx, p.ada, overflow); err != nil {
			t.Fatal(err)
		}
		refused(t, "a removed queue is gone", p.RemoveQueue(ctx, p.ada, overflow), parley.ErrNotFound)
		refused(t, "a removed queue cannot be saved", p.SaveQueue(ctx, p.ada, overflow, QueueInput{Name: "Back", Rev: 1}), parley.ErrNotFound)
		waits(t, p, support)
		refused(t, "E12: somebody waits in it", p.RemoveQueue(ctx, p.ada, support), parley.ErrQueueNotEmpty)
		if q := get(p.Queue(ctx, p.ada, support))(t); len(q.Members) != 1 || !q.Enabled {
			t.Errorf("what was refused changed nothing: %+v", q)
		}
	})
}

// waits lets a customer arrive in a queue.
func waits(t *testing.T, p *place, q parley.QueueID) parley.InteractionID {
	t.Helper()
	ctx := t.Context()
	err := p.ledger.Do(ctx, ledger.Command{Name: "arrive", Plan: func(_ context.Context, v ledger.View) (ledger.Plan, error) {
		return ledger.Plan{
			Route: routing.Arrive{Interaction: "int_1", Conversation: "con_1", Queue: q},
			Rows: func(r *store.Rows, _ []routing.Event) {
				r.SaveQueue(parley.Queue{
					ID: "que_door", Name: "Door", Priority: 5, Policy: parley.PolicyIdle, AcceptInterval: time.Minute, Rev: 1,
				}) // the entry point's own, so that it does not keep q in use
				r.SaveEntryPoint(parley.EntryPoint{ID: "ent_1", Channel: parley.WebChat, Name: "Shop", Queue: "que_door", Rev: 1})
				r.AddConversation(parley.Conversation{ID: "con_1", EntryPoint: "ent_1", Channel: parley.WebChat, CreatedAt: v.Now}, "hash", v.Now)
			},
		}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return "int_1"
}

func TestLists(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy := t.Context(), p.hire("amy")
		support := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true}))(t)
		list := get(p.CreateDispositionList(ctx, p.ada, DispositionListInput{
			Name: "Outcome", NameFR: "R\u00e9sultat", Required: true, Queues: []parley.QueueID{support}, Groups: []parley.GroupID{p.group},
			Codes: []DispositionInput{{Name: "Solved", Active: true}, {Name: "Open", Active: true}},
		}))(t)
		if q, _ := p.queue(support); !q.CodeRequired || !p.config(amy).CodeRequired {
			t.Error("WRP-07: a required list reaches routing for its queues and groups")
		}
		l := get(p.DispositionLists(ctx, p.ada))(t)[0]
		gone := l.Codes[0].ID
		l.Codes = append(l.Codes[1:], DispositionInput{Name: "Passed on", NameFR: "Transmis", Active: true})
		if err := p.SaveDispositionList(ctx, p.ada, list, l.DispositionListInput); err != nil {
			t.Fatal(err)
		}
		l = get(p.DispositionLists(ctx, p.ada))(t)[0]
		i := slices.IndexFunc(l.Codes, func(d DispositionInput) bool { return d.ID == gone })
		if i < 0 || l.Codes[i].Active || l.Codes[0].Name != "Open" || l.Codes[1].NameFR != "Transmis" {
			t.Errorf("WRP-09: codes are edited; one that is left out keeps its name, inactive: %+v", l.Codes)
		}
		l.Codes = []DispositionInput{{ID: "dsp_x", Name: "Foreign", Active: true}}
		faulty(t, "A-018: a foreign code", p.SaveDispositionList(ctx, p.ada, list, l.DispositionListInput),
			parley.FieldError{Field: "codes[0].id", Code: "unknown"})
		refused(t, "a group with a list", p.RemoveGroup(ctx, p.ada, p.group), parley.ErrInUse)
		if err := p.RemoveDispositionList(ctx, p.ada, list); err != nil {
			t.Fatal(err)
		}
		if q, _ := p.queue(support); q.CodeRequired || p.config(amy).CodeRequired {
			t.Error("WRP-07: a removed list is required of nobody")
		}
	})
}

func TestSmallThings(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		group := get(p.CreateGroup(ctx, p.ada, GroupInput{Name: "Support", Preset: parley.PresetConsole}))(t)
		_, err := p.CreateGroup(ctx, p.ada, GroupInput{Name: "Support", Preset: "crm_panel"})
		faulty(t, "SEC-03: a group", err, parley.FieldError{Field: "preset", Code: "unknown"}, parley.FieldError{Field: "name", Code: "taken"})
		amy := p.hire("amy", func(in *AgentInput) { in.Group = group })
		refused(t, "SEC-03: a group with people stays", p.RemoveGroup(ctx, p.ada, group), parley.ErrInUse)
		a := get(p.Agent(ctx, p.ada, amy))(t)
		a.Group = p.group
		if err := p.SaveAgent(ctx, p.ada, amy, a.AgentInput); err != nil {
			t.Fatal(err)
		}
		if err := p.RemoveGroup(ctx, p.ada, group); err != nil {
			t.Error(err)
		}
		refused(t, "SEC-03: the default group stays", p.RemoveGroup(ctx, p.ada, p.group), parley.ErrInUse)

		skill := get(p.CreateSkill(ctx, p.ada, SkillInput{Name: "French"}))(t)
		if err := p.SaveSkill(ctx, p.ada, skill, SkillInput{Name: "Fran\u00e7ais", Rev: 1}); err != nil {
			t.Error(err)
		}
		err = p.SaveSkill(ctx, p.ada, skill, SkillInput{Name: "x", Rev: 1})
		refused(t, "two at once", err, parley.ErrConflict)
		var clash *parley.Error
		if errors.As(err, &clash); clash.Data["by"] != "Ada" || clash.Data["at"] != parley.Millis(p.clock.Now()) {
			t.Errorf("UX-43: who saved meanwhile, and when: %v", clash.Data)
		}
		p.hire("bob", func(in *AgentInput) { in.Skills = []Skilled{{skill, 50}} })
		refused(t, "RTE-11: a skill somebody has stays", p.RemoveSkill(ctx, p.ada, skill), parley.ErrInUse)

		code := get(p.CreateStatusCode(ctx, p.ada, StatusCodeInput{Applies: "logged_out", Name: "End of shift", Active: true}))(t)
		_, me := p.enterAs("bob")
		refused(t, "PRE-13: a list applies", p.SignOut(ctx, me, ""), parley.ErrStatusCodeRequired)
		faulty(t, "A-018: a foreign code", p.SignOut(ctx, me, "stc_x"), parley.FieldError{Field: "code", Code: "unknown"})
		if err := p.SignOut(ctx, me, code); err != nil {
			t.Error(err)
		}
		_, err = p.CreateStatusCode(ctx, p.ada, StatusCodeInput{Applies: "lunch", Name: "Lunch"})
		faulty(t, "PRE-13: to what", err, parley.FieldError{Field: "applies", Code: "unknown"})
		if err := p.RemoveStatusCode(ctx, p.ada, code); err != nil {
			t.Error(err)
		}
	})
}
