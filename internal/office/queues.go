package office

import (
	"context"
	"slices"
	"time"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// Member is a queue's member.
type Member struct {
	Agent    parley.AgentID `json:"agent_id"`
	Level    int            `json:"level"`
	Assigned bool           `json:"assigned"`
	Enabled  bool           `json:"enabled"`
}

// QueueInput is what an administrator fills in. What is left out has the
// product's default.
//
// Source: QUE-05.
type QueueInput struct {
	Name           string             `json:"name"`
	Description    string             `json:"description" required:"false"`
	Enabled        bool               `json:"enabled"`
	Priority       int                `json:"priority" required:"false"`
	Language       string             `json:"language" required:"false"`
	Policy         parley.Policy      `json:"policy" required:"false"`
	AcceptInterval int                `json:"accept_interval_s" required:"false"`
	WrapUp         int                `json:"wrapup_s"` // 0 = no wrap-up
	MaxWait        int                `json:"max_wait_s" required:"false"`
	MaxSize        int                `json:"max_size" required:"false"`
	OnMaxWait      parley.QueueAction `json:"on_max_wait" required:"false"`
	OnFull         parley.QueueAction `json:"on_full" required:"false"`
	NoAgents       parley.QueueAction `json:"no_agents" required:"false"`
	OnClose        parley.QueueAction `json:"on_close" required:"false"`
	Overflow       parley.QueueID     `json:"overflow" required:"false"`
	SLAPercent     int                `json:"sla_percent" required:"false"`
	SLATime        int                `json:"sla_s" required:"false"`
	ReplyTarget    int                `json:"reply_target_s" required:"false"`
	WaitText       string             `json:"wait_text" required:"false"`
	WaitTextFR     string             `json:"wait_text_fr" required:"false"`
	Required       []Skilled          `json:"required" required:"false"`
	Members        []Member           `json:"members" required:"false"` // one that is not named is unassigned
	Rev            int64              `json:"rev" required:"false"`     // the one that was edited; 0 for a new queue
}

// Queue is a queue as administrators see one.
type Queue struct {
	ID parley.QueueID `json:"id"`
	QueueInput
}

// The bounds of a queue's texts and times.
//
// Unit: code points; seconds.
const (
	queueNameMax   = 60
	descriptionMax = 500
	waitTextMax    = 500
	dayS           = 86_400
)

func shownQueue(q parley.Queue, members []parley.Membership) Queue {
	in := QueueInput{
		Name: q.Name, Description: q.Description, Enabled: q.Enabled, Priority: q.Priority, Language: q.Language,
		Policy: q.Policy, AcceptInterval: seconds(q.AcceptInterval), WrapUp: seconds(q.WrapUp), MaxWait: seconds(q.MaxWait),
		MaxSize: q.MaxSize, OnMaxWait: q.OnMaxWait, OnFull: q.OnFull, NoAgents: q.NoAgents, OnClose: q.OnClose,
		Overflow: q.Overflow, SLAPercent: q.SLAPercent, SLATime: seconds(q.SLATime), ReplyTarget: seconds(q.ReplyTarget),
		WaitText: q.WaitText, WaitTextFR: q.WaitTextFR, Required: skilled(q.Required), Members: []Member{}, Rev: q.Rev,
	}
	for _, m := range members {
		in.Members = append(in.Members, Member{m.Agent, m.Level, m.Assigned, m.Enabled})
	}
	return Queue{ID: q.ID, QueueInput: in}
}

func seconds(d time.Duration) int { return int(d / time.Second) }

// Queues returns all queues, by name.
func (o *Office) Queues(ctx context.Context, me parley.Actor) ([]Queue, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	v := o.store.View()
	queues, err := v.Queues(ctx)
	if err != nil {
		return nil, err
	}
	members, err := v.Memberships(ctx)
	of := map[parley.QueueID][]parley.Membership{}
	for _, m := range members {
		of[m.Queue] = append(of[m.Queue], m)
	}
	list := make([]Queue, len(queues))
	for i, q := range queues {
		list[i] = shownQueue(q, of[q.ID])
	}
	return list, err
}

// Queue returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (o *Office) Queue(ctx context.Context, me parley.Actor, id parley.QueueID) (Queue, error) {
	list, err := o.Queues(ctx, me)
	if err != nil {
		return Queue{}, err
	}
	i := slices.IndexFunc(list, func(q Queue) bool { return q.ID == id })
	if i < 0 {
		return Queue{}, parley.ErrNotFound
	}
	return list[i], nil
}

// CreateQueue adds a queue.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateQueue(ctx context.Context, me parley.Actor, in QueueInput) (parley.QueueID, error) {
	id := parley.QueueID(o.id("que"))
	return id, o.change(ctx, me, "create_queue", func(ctx context.Context, v ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		return in.save(ctx, v, parley.Queue{ID: id, Requeue: "original_time"})
	})
}

// SaveQueue replaces a queue. Disabling it applies its on_close (E12).
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one naming
// every field at fault.
func (o *Office) SaveQueue(ctx context.Context, me parley.Actor, id parley.QueueID, in QueueInput) error {
	return o.change(ctx, me, "save_queue", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.Queue(ctx, id)
		if err != nil {
			return change{}, err
		}
		if _, there := v.Router.Queue(id); !there {
			return change{}, parley.ErrNotFound // removed
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return in.save(ctx, v, old)
	})
}

// RemoveQueue removes a queue that nothing waits in or refers to.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrQueueNotEmpty (E12), ErrInUse.
func (o *Office) RemoveQueue(ctx context.Context, me parley.Actor, id parley.QueueID) error {
	return o.change(ctx, me, "remove_queue", func(ctx context.Context, v ledger.View) (change, error) {
		q, err := v.Queue(ctx, id)
		if err != nil {
			return change{}, err
		}
		if _, there := v.Router.Queue(id); !there {
			return change{}, parley.ErrNotFound
		}
		uses, err := queueUses(ctx, v.View, id)
		if err != nil {
			return change{}, err
		}
		if err := inUse(uses); err != nil {
			return change{}, err
		}
		return change{
			subject: string(id), before: shownQueue(q, nil),
			routes: []routing.Command{routing.RemoveQueue{Queue: id}},
			rows:   func(r *store.Rows) { r.RemoveQueue(id) },
		}, nil
	})
}

// queueUses counts the entry points that lead to a queue and the queues that
// overflow into it.
func queueUses(ctx context.Context, v store.View, id parley.QueueID) (int, error) {
	points, err := v.EntryPoints(ctx)
	if err != nil {
		return 0, err
	}
	queues, err := v.Queues(ctx)
	n := 0
	for _, e := range points {
		if e.Queue == id {
			n++
		}
	}
	for _, q := range queues {
		if q.Overflow == id && q.ID != id {
			n++
		}
	}
	return n, err
}

// save is the change that makes old what was filled in.
func (in QueueInput) save(ctx context.Context, v ledger.View, old parley.Queue) (change, error) {
	w, err := load(ctx, v.View)
	if err != nil {
		return change{}, err
	}
	had, err := v.MembershipsIn(ctx, old.ID)
	if err != nil {
		return change{}, err
	}
	c := change{subject: string(old.ID)}
	if old.Rev > 0 {
		c.before = shownQueue(old, had)
	}
	q, f, err := in.check(ctx, v.View, w, old)
	if err != nil {
		return change{}, err
	}
	if err := f.Err(); err != nil {
		return change{}, err
	}
	w.queues = put(w.queues, q, queueID)
	c.routes = w.routes(v)
	if changed := in.memberships(q.ID, had); len(changed) > 0 {
		c.routes = append(c.routes, routing.SaveMemberships{Memberships: changed})
	}
	c.after = shownQueue(q, in.all(q.ID))
	c.rows = func(r *store.Rows) { r.SaveQueue(q) }
	return c, nil
}

func (in QueueInput) all(id parley.QueueID) []parley.Membership {
	list := make([]parley.Membership, len(in.Members))
	for i, m := range in.Members {
		list[i] = parley.Membership{Agent: m.Agent, Queue: id, Level: m.Level, Assigned: m.Assigned, Enabled: m.Enabled}
	}
	return list
}

// memberships are those that differ from the ones there are. One that was left
// out is no longer assigned.
func (in QueueInput) memberships(id parley.QueueID, had []parley.Membership) []parley.Membership {
	want := in.all(id)
	for _, m := range had {
		if m.Assigned && !slices.ContainsFunc(want, func(n parley.Membership) bool { return n.Agent == m.Agent }) {
			m.Assigned = false
			want = append(want, m)
		}
	}
	return slices.DeleteFunc(want, func(m parley.Membership) bool { return slices.Contains(had, m) })
}

// fill gives what was left out its default.
func (in QueueInput) fill(q parley.Queue) parley.Queue {
	q.Name, q.Description = identity.Text(in.Name), identity.Text(in.Description)
	q.Enabled, q.Language, q.MaxSize, q.Overflow = in.Enabled, in.Language, in.MaxSize, in.Overflow
	q.Priority = or(in.Priority, 5)
	q.Policy = or(in.Policy, parley.PolicyLoadThenIdle)
	q.AcceptInterval = time.Duration(or(in.AcceptInterval, 30)) * time.Second
	q.WrapUp, q.MaxWait = time.Duration(in.WrapUp)*time.Second, time.Duration(in.MaxWait)*time.Second
	q.OnMaxWait, q.OnFull = or(in.OnMaxWait, parley.QueueOfflineForm), or(in.OnFull, parley.QueueOfflineForm)
	q.NoAgents, q.OnClose = or(in.NoAgents, parley.QueueWait), or(in.OnClose, parley.QueueDrain)
	q.SLAPercent = or(in.SLAPercent, 80)
	q.SLATime = time.Duration(or(in.SLATime, 60)) * time.Second
	q.ReplyTarget = time.Duration(or(in.ReplyTarget, 60)) * time.Second
	q.WaitText, q.WaitTextFR = identity.Text(in.WaitText), identity.Text(in.WaitTextFR)
	q.Rev++
	return q
}

func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

// check returns the queue as kept, or all that is wrong.
func (in QueueInput) check(ctx context.Context, v store.View, w *world, old parley.Queue) (parley.Queue, parley.Faults, error) {
	var f parley.Faults
	q := in.fill(old)
	f.Name("name", q.Name, 1, queueNameMax)
	f.Text("description", q.Description, 0, descriptionMax)
	f.Text("wait_text", q.WaitText, 0, waitTextMax)
	f.Text("wait_text_fr", q.WaitTextFR, 0, waitTextMax)
	if slices.ContainsFunc(w.queues, func(other parley.Queue) bool { return other.Name == q.Name && other.ID != q.ID }) {
		f.Add("name", "taken")
	}
	f.Between("priority", int64(q.Priority), 1, 10)
	parley.OneOf(&f, "language", q.Language, append([]string{""}, languages...)...)
	parley.OneOf(&f, "policy", q.Policy, parley.PolicyLoadThenIdle, parley.PolicyIdle)
	f.Between("accept_interval_s", int64(seconds(q.AcceptInterval)), 5, 600)
	f.Between("wrapup_s", int64(in.WrapUp), 0, dayS)
	f.Between("max_wait_s", int64(in.MaxWait), 0, dayS)
	f.Between("max_size", int64(in.MaxSize), 0, 1_000_000)
	f.Between("sla_percent", int64(q.SLAPercent), 1, 100)
	f.Between("sla_s", int64(seconds(q.SLATime)), 1, dayS)
	f.Between("reply_target_s", int64(seconds(q.ReplyTarget)), 1, dayS)
	checkActions(&f, w, q)
	for i, m := range in.Members {
		f.Level(parley.Index("members", i, "level"), m.Level)
		if !knows(w.agents, m.Agent, agentID) {
			f.Add(parley.Index("members", i, "agent_id"), "unknown")
		}
		if slices.ContainsFunc(in.Members[:i], func(n Member) bool { return n.Agent == m.Agent }) {
			f.Add(parley.Index("members", i, "agent_id"), "repeated")
		}
	}
	required, err := levelsOf(ctx, v, &f, "required", in.Required)
	q.Required = required
	return q, f, err
}

// checkActions refuses actions a policy does not have, and an overflow that
// leads nowhere or in a circle.
//
// Source: QUE-08, QUE-09, E12.
func checkActions(f *parley.Faults, w *world, q parley.Queue) {
	full := []parley.QueueAction{parley.QueueOfflineForm, parley.QueueOverflow, parley.QueueMessageEnd}
	parley.OneOf(f, "on_max_wait", q.OnMaxWait, full...)
	parley.OneOf(f, "on_full", q.OnFull, full...)
	parley.OneOf(f, "no_agents", q.NoAgents, append(full, parley.QueueWait)...)
	parley.OneOf(f, "on_close", q.OnClose, append(full, parley.QueueDrain)...)
	flows := slices.Contains([]parley.QueueAction{q.OnMaxWait, q.OnFull, q.NoAgents, q.OnClose}, parley.QueueOverflow)
	switch {
	case q.Overflow == "" && flows:
		f.Add("overflow", "required")
	case q.Overflow == "":
	case !knows(w.queues, q.Overflow, queueID):
		f.Add("overflow", "unknown")
	case circle(w.queues, q):
		f.Add("overflow", "circle")
	}
}

// circle reports whether what overflows from q comes back to it.
func circle(queues []parley.Queue, q parley.Queue) bool {
	for at, steps := q.Overflow, 0; at != ""; steps++ {
		if at == q.ID || steps > len(queues) {
			return true
		}
		i := slices.IndexFunc(queues, func(other parley.Queue) bool { return other.ID == at })
		if i < 0 {
			return false
		}
		at = queues[i].Overflow
	}
	return false
}
