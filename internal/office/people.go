package office

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"parley"
	"parley/internal/auth/password"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// Skilled is a skill at a level.
type Skilled struct {
	Skill parley.SkillID `json:"skill_id"`
	Level int            `json:"level"`
}

// Belongs is an agent's membership in a queue.
type Belongs struct {
	Queue    parley.QueueID `json:"queue_id"`
	Level    int            `json:"level"`
	Assigned bool           `json:"assigned"`
	Enabled  bool           `json:"enabled"`
}

// AgentInput is what an administrator fills in.
type AgentInput struct {
	Login       string         `json:"login"`
	DisplayName string         `json:"display_name"`
	Email       string         `json:"email" required:"false"`
	Role        parley.Role    `json:"role" enum:"agent,supervisor,admin"`
	Group       parley.GroupID `json:"group_id"` // "" = the default group
	Enabled     bool           `json:"enabled"`
	Capacity    int            `json:"capacity" required:"false"`   // 0 = the default
	Language    string         `json:"language" required:"false"`   // en (default) or fr-CA
	MayReject   *bool          `json:"may_reject" required:"false"` // null = as the group or the center says
	Skills      []Skilled      `json:"skills" required:"false"`
	Memberships []Belongs      `json:"memberships" required:"false"` // one that is not named is unassigned
	Rev         int64          `json:"rev" required:"false"`         // the one that was edited; 0 for a new agent
}

// Agent is an agent as administrators see one.
type Agent struct {
	ID parley.AgentID `json:"id"`
	AgentInput
	CreatedAt int64 `json:"created_at"`
}

const mayReject = "agents.may_reject"

// The bounds of names.
//
// Unit: code points.
const (
	loginMax = 64
	nameMax  = 80
)

// languages are those of the product.
var languages = []string{"en", "fr-CA"}

// Agents returns all agents, by name.
func (o *Office) Agents(ctx context.Context, me parley.Actor) ([]Agent, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	v := o.store.View()
	w, err := load(ctx, v)
	if err != nil {
		return nil, err
	}
	members, err := v.Memberships(ctx)
	if err != nil {
		return nil, err
	}
	of := map[parley.AgentID][]parley.Membership{}
	for _, m := range members {
		of[m.Agent] = append(of[m.Agent], m)
	}
	rejecting, err := rejecters(ctx, v)
	list := make([]Agent, len(w.agents))
	for i, a := range w.agents {
		list[i] = shown(a, w.skills[a.ID], of[a.ID], rejecting[a.ID])
	}
	return list, err
}

// Agent returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (o *Office) Agent(ctx context.Context, me parley.Actor, id parley.AgentID) (Agent, error) {
	list, err := o.Agents(ctx, me)
	if err != nil {
		return Agent{}, err
	}
	i := slices.IndexFunc(list, func(a Agent) bool { return a.ID == id })
	if i < 0 {
		return Agent{}, parley.ErrNotFound
	}
	return list[i], nil
}

func shown(a parley.Agent, skills store.SkillLevels, members []parley.Membership, rejects *bool) Agent {
	in := AgentInput{
		Login: a.Login, DisplayName: a.DisplayName, Email: a.Email, Role: a.Role, Group: a.Group, Enabled: a.Enabled,
		Capacity: a.Capacity, Language: a.Language, MayReject: rejects, Skills: skilled(skills),
		Memberships: []Belongs{}, Rev: a.Rev,
	}
	for _, m := range members {
		in.Memberships = append(in.Memberships, Belongs{m.Queue, m.Level, m.Assigned, m.Enabled})
	}
	return Agent{ID: a.ID, AgentInput: in, CreatedAt: parley.Millis(a.CreatedAt)}
}

// skilled lists skills, by id.
func skilled(levels store.SkillLevels) []Skilled {
	list := []Skilled{}
	for skill, level := range levels {
		list = append(list, Skilled{skill, level})
	}
	slices.SortFunc(list, func(a, b Skilled) int { return strings.Compare(string(a.Skill), string(b.Skill)) })
	return list
}

// rejecters returns the agents whose right to reject is set for themselves.
func rejecters(ctx context.Context, v store.View) (map[parley.AgentID]*bool, error) {
	rows, err := v.Settings(ctx)
	of := map[parley.AgentID]*bool{}
	for _, s := range rows {
		if s.Key == mayReject && s.Scope == parley.ScopeAgent {
			granted := s.Value == "true"
			of[parley.AgentID(s.ScopeID)] = &granted
		}
	}
	return of, err
}

// CreateAgent adds an agent, who can sign in with the password at once.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateAgent(ctx context.Context, me parley.Actor, in AgentInput, secret string) (parley.AgentID, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return "", err
	}
	problem := password.Check(secret)
	var hash string
	if problem == "" {
		var err error
		if hash, err = o.hasher.Hash(ctx, secret); err != nil {
			return "", err
		}
	}
	return o.addAgent(ctx, me, in, secretOf{hash: hash, problem: problem})
}

// secretOf is a new agent's password: its hash, or what is wrong with it.
type secretOf struct {
	hash    string
	problem string
	demo    bool
}

func (o *Office) addAgent(ctx context.Context, me parley.Actor, in AgentInput, s secretOf) (parley.AgentID, error) {
	id := parley.AgentID(o.id("agt"))
	return id, o.change(ctx, me, "create_agent", func(ctx context.Context, v ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		c, err := in.save(ctx, v, parley.Agent{ID: id, CreatedAt: v.Now}, s.problem)
		if err != nil {
			return change{}, err
		}
		save := c.rows
		c.rows = func(r *store.Rows) {
			save(r)
			r.SavePassword(id, s.hash, s.demo)
		}
		return c, nil
	})
}

// SaveAgent replaces an agent. Who is disabled is logged out (P24); a new role
// or group counts at once.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, ErrLastAdmin, an
// Invalid one naming every field at fault.
func (o *Office) SaveAgent(ctx context.Context, me parley.Actor, id parley.AgentID, in AgentInput) error {
	ctx = stay(ctx)
	err := o.change(ctx, me, "save_agent", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.Agent(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return in.save(ctx, v, old, "")
	})
	if err != nil {
		return err
	}
	return o.rescope(ctx)
}

// RemoveAgent disables an agent: what they did keeps their name.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrLastAdmin.
func (o *Office) RemoveAgent(ctx context.Context, me parley.Actor, id parley.AgentID) error {
	a, err := o.Agent(ctx, me, id)
	if err != nil {
		return err
	}
	a.Enabled = false
	return o.SaveAgent(ctx, me, id, a.AgentInput)
}

// SetPassword gives an agent a new password; their session ends.
//
// Errors: parley.ErrForbidden, ErrNotFound, an Invalid one.
func (o *Office) SetPassword(ctx context.Context, me parley.Actor, id parley.AgentID, now string) error {
	if err := may(me, parley.MayAdminister); err != nil {
		return err
	}
	if problem := password.Check(now); problem != "" {
		return parley.ErrInvalid(parley.FieldError{Field: "password", Code: problem})
	}
	return o.savePassword(ctx, me, id, now)
}

// save is the change that makes old what was filled in.
func (in AgentInput) save(ctx context.Context, v ledger.View, old parley.Agent, secret string) (change, error) {
	w, err := load(ctx, v.View)
	if err != nil {
		return change{}, err
	}
	members, err := v.MembershipsOf(ctx, old.ID)
	if err != nil {
		return change{}, err
	}
	rejecting, err := rejecters(ctx, v.View)
	if err != nil {
		return change{}, err
	}
	c := change{subject: string(old.ID)}
	if old.Rev > 0 {
		c.before = shown(old, w.skills[old.ID], members, rejecting[old.ID])
	}
	a, skills, faults, err := in.check(ctx, v.View, w, old)
	if err != nil {
		return change{}, err
	}
	if secret != "" {
		faults.Add("password", secret)
	}
	if err := faults.Err(); err != nil {
		return change{}, err
	}
	w.agents = put(w.agents, a, agentID)
	w.skills[a.ID] = skills
	if !w.administered() {
		return change{}, parley.ErrLastAdmin
	}
	reject := parley.Setting{Scope: parley.ScopeAgent, ScopeID: string(a.ID), Key: mayReject, Value: told(in.MayReject)}
	if in.MayReject == nil {
		reject.Value = ""
	}
	w.values = w.values.With(reject)
	changed := in.memberships(a.ID, members)
	c.routes = w.routes(v)
	if len(changed) > 0 {
		c.routes = append(c.routes, routing.SaveMemberships{Memberships: changed})
	}
	c.rows = func(r *store.Rows) {
		r.SaveAgent(a)
		r.SaveAgentSkills(a.ID, skills)
		r.SaveSetting(reject)
	}
	c.after = shown(a, skills, in.all(a.ID), in.MayReject)
	return c, nil
}

// administered reports whether somebody is left who can change things.
func (w *world) administered() bool {
	return slices.ContainsFunc(w.agents, func(a parley.Agent) bool { return a.Enabled && a.Role == parley.RoleAdmin })
}

// all are the memberships that were filled in.
func (in AgentInput) all(id parley.AgentID) []parley.Membership {
	list := make([]parley.Membership, len(in.Memberships))
	for i, m := range in.Memberships {
		list[i] = parley.Membership{Agent: id, Queue: m.Queue, Level: m.Level, Assigned: m.Assigned, Enabled: m.Enabled}
	}
	return list
}

// memberships are those that differ from the ones there are. One that was left
// out is no longer assigned.
func (in AgentInput) memberships(id parley.AgentID, had []parley.Membership) []parley.Membership {
	want := in.all(id)
	for _, m := range had {
		if m.Assigned && !slices.ContainsFunc(want, func(n parley.Membership) bool { return n.Queue == m.Queue }) {
			m.Assigned = false
			want = append(want, m)
		}
	}
	return slices.DeleteFunc(want, func(m parley.Membership) bool { return slices.Contains(had, m) })
}

// check returns the agent as kept, or all that is wrong.
func (in AgentInput) check(ctx context.Context, v store.View, w *world, a parley.Agent) (parley.Agent, store.SkillLevels, parley.Faults, error) {
	var f parley.Faults
	a.Login, a.DisplayName, a.Email = loginName(in.Login), identity.Text(in.DisplayName), identity.Email(in.Email)
	a.Role, a.Group, a.Enabled, a.Capacity, a.Language = in.Role, in.Group, in.Enabled, in.Capacity, in.Language
	if a.Capacity == 0 {
		a.Capacity = min(parley.DefaultCapacity, w.hardMax())
	}
	if a.Language == "" {
		a.Language = languages[0]
	}
	if a.Group == "" {
		a.Group = w.defaultGroup()
	}
	a.Rev++
	f.Name("login", a.Login, 1, loginMax)
	if strings.ContainsFunc(a.Login, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		f.Add("login", "invalid_text")
	}
	f.Name("display_name", a.DisplayName, 1, nameMax)
	if a.Email != "" && !identity.IsEmail(a.Email) {
		f.Add("email", "not_an_email")
	}
	parley.OneOf(&f, "role", a.Role, parley.RoleAgent, parley.RoleSupervisor, parley.RoleAdmin)
	parley.OneOf(&f, "language", a.Language, languages...)
	f.Between("capacity", int64(a.Capacity), 1, int64(w.hardMax()))
	if _, known := w.groups[a.Group]; !known {
		f.Add("group_id", "unknown")
	}
	if slices.ContainsFunc(w.agents, func(b parley.Agent) bool { return b.Login == a.Login && b.ID != a.ID }) {
		f.Add("login", "taken")
	}
	skills, err := levelsOf(ctx, v, &f, "skills", in.Skills)
	seen := map[parley.QueueID]bool{}
	for i, m := range in.Memberships {
		f.Level(parley.Index("memberships", i, "level"), m.Level)
		if !knows(w.queues, m.Queue, queueID) {
			f.Add(parley.Index("memberships", i, "queue_id"), "unknown")
		}
		if seen[m.Queue] {
			f.Add(parley.Index("memberships", i, "queue_id"), "repeated")
		}
		seen[m.Queue] = true
	}
	return a, skills, f, err
}

// levelsOf checks a list of skills with levels.
func levelsOf(ctx context.Context, v store.View, f *parley.Faults, field string, in []Skilled) (store.SkillLevels, error) {
	skills, err := v.Skills(ctx)
	levels := store.SkillLevels{}
	for i, s := range in {
		f.Level(parley.Index(field, i, "level"), s.Level)
		if !knows(skills, s.Skill, func(s parley.Skill) parley.SkillID { return s.ID }) {
			f.Add(parley.Index(field, i, "skill_id"), "unknown")
		}
		if _, again := levels[s.Skill]; again {
			f.Add(parley.Index(field, i, "skill_id"), "repeated")
		}
		levels[s.Skill] = s.Level
	}
	return levels, err
}
