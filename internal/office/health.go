package office

import (
	"context"

	"parley"
	"parley/internal/settings"
	"parley/internal/store"
)

// Ailment is one thing an administrator should fix.
type Ailment struct {
	Code    string `json:"code"`
	Subject string `json:"subject"` // id, "" = the center
	Name    string `json:"name"`
}

// Health lists what to fix: queues without agents, skills that queues require
// and nobody has, entry points into disabled queues, one administrator only,
// mail that cannot go out.
//
// Errors: parley.ErrForbidden.
func (o *Office) Health(ctx context.Context, me parley.Actor) ([]Ailment, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	v := o.store.View()
	w, err := load(ctx, v)
	if err != nil {
		return nil, err
	}
	w.now = o.clock.Now()
	list := []Ailment{}
	for _, check := range []func(context.Context, store.View, *world) ([]Ailment, error){
		unstaffed, unskilled, leadNowhere, ill, untold, alone, mute,
	} {
		found, err := check(ctx, v, w)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// unstaffed finds queues from which nobody could be offered anything.
func unstaffed(ctx context.Context, v store.View, w *world) (list []Ailment, err error) {
	members, err := v.Memberships(ctx)
	staffed := map[parley.QueueID]bool{}
	for _, m := range members {
		staffed[m.Queue] = staffed[m.Queue] || m.Assigned
	}
	for _, q := range w.queues {
		if q.Enabled && !staffed[q.ID] {
			list = append(list, Ailment{"queue_without_agents", string(q.ID), q.Name})
		}
	}
	return list, err
}

// unskilled finds required skills nobody has at their level.
func unskilled(ctx context.Context, v store.View, w *world) (list []Ailment, err error) {
	best := map[parley.SkillID]int{}
	for _, a := range w.agents {
		for skill, level := range w.skills[a.ID] {
			if a.Enabled {
				best[skill] = max(best[skill], level)
			}
		}
	}
	needed := map[parley.SkillID]bool{}
	for _, q := range w.queues {
		for skill, level := range q.Required {
			needed[skill] = needed[skill] || q.Enabled && best[skill] < level
		}
	}
	skills, err := v.Skills(ctx)
	for _, s := range skills {
		if needed[s.ID] {
			list = append(list, Ailment{"skill_nobody_has", string(s.ID), s.Name})
		}
	}
	return list, err
}

// leadNowhere finds entry points that are open into a disabled queue.
func leadNowhere(ctx context.Context, v store.View, w *world) (list []Ailment, err error) {
	enabled := map[parley.QueueID]bool{}
	for _, q := range w.queues {
		enabled[q.ID] = q.Enabled
	}
	points, err := v.EntryPoints(ctx)
	for _, e := range points {
		if e.Enabled && !enabled[e.Queue] {
			list = append(list, Ailment{"entry_point_queue_disabled", string(e.ID), e.Name})
		}
	}
	return list, err
}

// untold finds webhooks that were given up, because nothing arrived.
func untold(ctx context.Context, v store.View, _ *world) (list []Ailment, err error) {
	hooks, err := v.Webhooks(ctx)
	for _, h := range hooks {
		if h.Why != "" {
			list = append(list, Ailment{"webhook_off", h.ID, h.Name})
		}
	}
	return list, err
}

// alone finds a center that one lost password would leave without anybody.
func alone(_ context.Context, _ store.View, w *world) (list []Ailment, err error) {
	var admins []parley.Agent
	for _, a := range w.agents {
		if a.Enabled && a.Role == parley.RoleAdmin {
			admins = append(admins, a)
		}
	}
	if len(admins) == 1 {
		list = append(list, Ailment{"one_admin", string(admins[0].ID), admins[0].DisplayName})
	}
	return list, nil
}

// mute finds mail that is not set up, and letters that were given up.
func mute(ctx context.Context, v store.View, w *world) (list []Ailment, err error) {
	if here := (settings.At{}); w.values.Text("mail.host", here) == "" || w.values.Text("mail.from", here) == "" {
		list = append(list, Ailment{Code: "mail_not_set"})
	}
	for _, kind := range []string{mailKind, alarmKind} {
		dead, err := v.OutboxDead(ctx, kind, 1)
		if err != nil {
			return nil, err
		}
		if len(dead) > 0 {
			return append(list, Ailment{Code: "letters_given_up", Subject: dead[0].Subject}), nil
		}
	}
	return list, nil
}

// mayEdit reports whether a setting of rights grants an agent something.
func mayEdit(ctx context.Context, v store.View, a parley.Agent, key string) (bool, error) {
	rows, err := v.Settings(ctx)
	return settings.New(rows).Bool(key, settings.At{Agent: a.ID, Group: a.Group}), err
}
