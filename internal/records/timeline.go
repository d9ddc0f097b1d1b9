package records

import (
	"context"

	"parley"
	"parley/internal/settings"
	"parley/internal/store"
)

// Timeline is a stretch of all that happened with a customer, the newest first,
// whatever the channel.
type Timeline struct {
	Items      []Happening      `json:"items"`
	Next       string           `json:"next"`
	Channel    parley.Channel   `json:"channel" doc:"the one that is shown; empty = all"`
	Channels   []parley.Channel `json:"channels" doc:"those the customer wrote on, the last one first"`
	PerChannel bool             `json:"per_channel" doc:"the center shows one channel at a time"`
}

// Happening is one thing of a timeline: the one of the four that is not null.
type Happening struct {
	ID          string         `json:"id"`
	At          int64          `json:"at" doc:"it began; of a follow-up: what it is about; of a task: done, else due"`
	Channel     parley.Channel `json:"channel" doc:"empty = none"`
	Interaction *Talked        `json:"interaction"`
	Case        *Case          `json:"case"`
	FollowUp    *FollowUp      `json:"follow_up"`
	About       *Numbered      `json:"about"` // of a follow-up: its case
	Task        *Task          `json:"task"`
}

// TimelineQuery narrows a timeline; zero fields do not.
type TimelineQuery struct {
	Channel parley.Channel
	Prefer  parley.Channel // to show where the center shows one channel at a time and none is asked for
	After   string
	Limit   int
}

// timelinePlace is where a timeline goes on.
type timelinePlace struct {
	At int64  `json:"t"`
	ID string `json:"i"`
}

// Timeline returns a page of what happened with a customer: interactions, cases,
// follow-ups, tasks. Of cases and tasks it has those that somebody may see. With
// crm.timeline_per_channel it has one channel, the preferred or the customer's last
// one unless another is asked for; what has no channel is there with each.
//
// Errors: parley.ErrForbidden, ErrBadRequest for a wrong place.
// Source: CRM-14; issue 4, section 1.
func (r *Records) Timeline(ctx context.Context, me parley.Actor, id parley.CustomerID, q TimelineQuery) (Timeline, error) {
	t := Timeline{Items: []Happening{}, Channel: q.Channel}
	if err := may(me, parley.MayRecords); err != nil {
		return t, err
	}
	stretch := store.TimelineRange{Customer: id, Limit: bounded(q.Limit) + 1, Reader: readerOf(me)}
	if q.After != "" {
		var from timelinePlace
		if err := at(q.After, &from); err != nil {
			return t, err
		}
		stretch.Before, stretch.BeforeID = parley.FromMillis(from.At), from.ID
	}
	err := r.store.Snapshot(ctx, func(v store.View, _ int64) (err error) {
		values, err := v.Settings(ctx)
		if err != nil {
			return err
		}
		t.PerChannel = settings.New(values).Bool("crm.timeline_per_channel", settings.At{})
		if t.Channels, err = v.ChannelsOf(ctx, id); err != nil {
			return err
		}
		if t.PerChannel && t.Channel == "" {
			t.Channel = q.Prefer
			if t.Channel == "" && len(t.Channels) > 0 {
				t.Channel = t.Channels[0]
			}
		}
		stretch.Channel = t.Channel
		found, err := v.Timeline(ctx, stretch)
		if err != nil {
			return err
		}
		if limit := stretch.Limit - 1; len(found) > limit {
			found = found[:limit]
			t.Next = cursor(timelinePlace{parley.Millis(found[limit-1].At), found[limit-1].ID})
		}
		t.Items, err = r.happened(ctx, v, me, found)
		return err
	})
	return t, err
}

// readerOf returns as whom somebody reads cases, nil if they see all.
func readerOf(me parley.Actor) *store.Reader {
	if me.Has(parley.MaySupervise) {
		return nil
	}
	return &store.Reader{Agent: me.Agent, Group: me.Group}
}

// happened fills in what the things of a timeline are.
func (r *Records) happened(ctx context.Context, v store.View, me parley.Actor, found []store.Happening) ([]Happening, error) {
	ids := map[string][]string{}
	for _, h := range found {
		ids[h.Kind] = append(ids[h.Kind], h.ID)
	}
	byID := map[string]Happening{}
	if err := talkedIn(ctx, v, me, ids[store.HappenedTalk], byID); err != nil {
		return nil, err
	}
	for _, add := range []func(context.Context, store.View, map[string][]string, map[string]Happening) error{r.casesIn, r.followUpsIn, r.tasksIn} {
		if err := add(ctx, v, ids, byID); err != nil {
			return nil, err
		}
	}
	out := make([]Happening, len(found))
	for i, h := range found {
		out[i] = byID[h.ID]
		out[i].ID, out[i].At, out[i].Channel = h.ID, parley.Millis(h.At), h.Channel
	}
	return out, nil
}

func talkedIn(ctx context.Context, v store.View, me parley.Actor, ids []string, out map[string]Happening) error {
	rows, err := v.TalkedOf(ctx, as[parley.InteractionID](ids)...)
	if err == nil {
		err = hideLogs(ctx, v, me, rows)
	}
	for _, row := range rows {
		out[string(row.ID)] = Happening{Interaction: talked(row)}
	}
	return err
}

func (r *Records) casesIn(ctx context.Context, v store.View, ids map[string][]string, out map[string]Happening) error {
	rows, err := v.Cases(ctx, as[parley.CaseID](ids[store.HappenedCase])...)
	if err != nil {
		return err
	}
	shown, err := cases(ctx, v, rows...)
	for _, c := range shown {
		out[string(c.ID)] = Happening{Case: &c}
	}
	return err
}

func (r *Records) followUpsIn(ctx context.Context, v store.View, ids map[string][]string, out map[string]Happening) error {
	rows, err := v.FollowUpsOf(ctx, ids[store.HappenedFollowUp]...)
	if err != nil {
		return err
	}
	letters, names := map[string]*Letter{}, map[string]string{}
	for _, f := range rows {
		if err := nameIn(ctx, v, names, "follows", string(f.Case)); err != nil {
			return err
		}
		if f.Letter == "" {
			continue
		}
		l, err := v.Letter(ctx, f.Letter)
		if err != nil && !absent(err) {
			return err
		}
		if err == nil {
			letters[l.ID] = &Letter{Email: l.Email, State: l.State}
		}
	}
	shown, err := followUps(ctx, v, letters, rows...)
	for i, f := range shown {
		about := rows[i].Case
		out[f.ID] = Happening{FollowUp: &f, About: numbered(about, names[string(about)])}
	}
	return err
}

func (r *Records) tasksIn(ctx context.Context, v store.View, ids map[string][]string, out map[string]Happening) error {
	rows, err := v.TasksOf(ctx, ids[store.HappenedTask]...)
	if err != nil {
		return err
	}
	shown, err := r.tasks(ctx, v, rows...)
	for _, t := range shown {
		out[t.ID] = Happening{Task: &t}
	}
	return err
}

func as[T ~string](ids []string) []T {
	out := make([]T, len(ids))
	for i, id := range ids {
		out[i] = T(id)
	}
	return out
}
