package center

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
)

// Gauges are figures that move all the time and are kept nowhere.
//
// Source: MON-02, MON-03.
type Gauges struct {
	Queues  []QueueGauge `json:"queues"`
	MyPlace int          `json:"my_place"` // in the line for an offer, 0 = in none
	MyToday MyToday      `json:"my_today"`
}

// QueueGauge is how a queue stands now, and what came of it today.
type QueueGauge struct {
	ID             parley.QueueID `json:"id"`
	Name           string         `json:"name"`
	Waiting        int            `json:"waiting"`
	LongestAt      int64          `json:"longest_at"` // when the oldest came in, 0 = nobody waits
	Offered        int            `json:"offered"`
	Active         int            `json:"active"`
	Parked         int            `json:"parked"`
	Wrapping       int            `json:"wrapping"`
	MembersOn      int            `json:"members_on"`
	Available      int            `json:"available"`
	Busy           int            `json:"busy"`
	OnBreak        int            `json:"on_break"`
	EnteredToday   int            `json:"entered_today"`
	AcceptedToday  int            `json:"accepted_today"`
	AbandonedToday int            `json:"abandoned_today"`
	SLAPct         int            `json:"sla_pct"` // -1: nothing to measure yet
	SLATargetPct   int            `json:"sla_target_pct"`
	SLAS           int64          `json:"sla_s"`
}

// MyToday is what the reader has done today.
type MyToday struct {
	Handled int `json:"handled"`
}

// gaugesEvery is how old figures may be.
//
// Source: contract of the live news: at most once a second.
const gaugesEvery = time.Second

// board keeps counters as the log goes on, so that nothing is counted when it is
// asked for; and the last figures, for all who ask within a second.
type board struct {
	mu    sync.Mutex // owns the rest
	zone  *time.Location
	day   time.Time // when today began
	now   map[parley.InteractionID]stage
	live  map[parley.QueueID]*phases
	today map[parley.QueueID]*day
	done  map[parley.AgentID]int

	asking sync.Mutex // one asks the router, the others wait for the answer
	at     time.Time
	floor  floor
}

// stage is where an interaction stands, for the counters.
type stage struct {
	queue   parley.QueueID
	phase   parley.InteractionState
	entered time.Time
}

// phases counts interactions that are with an agent.
type phases struct{ offered, active, parked, wrapping int }

// day counts what became of a queue's interactions since midnight.
type day struct{ entered, accepted, inTime, abandoned, short int }

// load reads today's figures and where every interaction stands.
func (d *board) load(ctx context.Context, s *store.Store, now time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.zone = time.UTC
	v := s.View()
	if c, err := v.Center(ctx); err == nil {
		if zone, err := time.LoadLocation(c.Zone); err == nil {
			d.zone = zone
		}
	}
	d.begin(now)
	d.now, d.live = map[parley.InteractionID]stage{}, map[parley.QueueID]*phases{}
	stages, err := v.Stages(ctx)
	if err != nil {
		return err
	}
	for _, x := range stages {
		d.put(x.ID, stage{x.Queue, x.State, x.Entry})
	}
	days, err := v.Today(ctx, d.day)
	if err != nil {
		return err
	}
	for _, x := range days {
		d.today[x.Queue] = &day{entered: x.Entered, accepted: x.Accepted, inTime: x.InTime, abandoned: x.Abandoned, short: x.Short}
	}
	d.done, err = v.HandledSince(ctx, d.day)
	return err
}

// begin starts a day's counters.
func (d *board) begin(now time.Time) {
	local := now.In(d.zone)
	d.day = time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, d.zone)
	d.today, d.done = map[parley.QueueID]*day{}, map[parley.AgentID]int{}
}

// put moves an interaction to a stage; the zero stage takes it out.
func (d *board) put(id parley.InteractionID, to stage) {
	if from, ok := d.now[id]; ok {
		d.count(from, -1)
	}
	delete(d.now, id)
	if to.queue != "" && to.phase != "" {
		d.now[id] = to
		d.count(to, 1)
	}
}

func (d *board) count(s stage, n int) {
	p := cmp.Or(d.live[s.queue], &phases{})
	d.live[s.queue] = p
	switch s.phase {
	case parley.Offering:
		p.offered += n
	case parley.Active:
		p.active += n
	case parley.Parked:
		p.parked += n
	case parley.WrapUp:
		p.wrapping += n
	}
}

func (d *board) of(q parley.QueueID) *day {
	d.today[q] = cmp.Or(d.today[q], &day{})
	return d.today[q]
}

// figures are the parts of routing's rows that the counters need.
type figures struct {
	Queue parley.QueueID          `json:"queue"`
	Why   json.RawMessage         `json:"why"`
	Entry time.Time               `json:"entry"`
	State parley.InteractionState `json:"state"`
	Again bool                    `json:"again"`
}

// lookup is what the board asks of an interaction it has not seen yet: one that
// waited when the server started.
type lookup interface {
	slaOf(q parley.QueueID) time.Duration
	stageOf(id parley.InteractionID) stage
}

// take follows the log.
func (d *board) take(e parley.Entry, ask lookup) {
	switch e.Kind {
	case "queued", "offer_made", "accepted", "parked", "conversation_ended", "wrapup_started", "interaction_closed":
	default:
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if next := d.day.AddDate(0, 0, 1); !e.At.Before(next) {
		d.begin(e.At)
	}
	was, seen := d.now[e.Interaction]
	if !seen && e.Kind != "queued" {
		was = ask.stageOf(e.Interaction)
	}
	var f figures
	_ = json.Unmarshal(e.Data, &f) // our own
	switch e.Kind {
	case "queued":
		if arrival[text(f.Why)] && text(f.Why) != lineAgentLost {
			d.of(f.Queue).entered++
		}
		d.put(e.Interaction, stage{f.Queue, parley.Queued, f.Entry})
	case "offer_made":
		entered := was.entered
		if entered.IsZero() {
			entered = e.At // addressed to one agent: it never waited
		}
		d.put(e.Interaction, stage{f.Queue, parley.Offering, entered})
	case "accepted":
		if f.Again {
			d.put(e.Interaction, stage{was.queue, parley.Active, was.entered})
			return
		}
		d.of(was.queue).accepted++
		if e.At.Sub(was.entered) <= ask.slaOf(was.queue) {
			d.of(was.queue).inTime++
		}
		d.put(e.Interaction, stage{was.queue, parley.Active, was.entered})
	case "parked":
		d.put(e.Interaction, stage{was.queue, parley.Parked, was.entered})
	case "conversation_ended", "wrapup_started":
		d.put(e.Interaction, stage{was.queue, parley.WrapUp, was.entered})
	case "interaction_closed":
		d.closed(e, was, f.State)
	}
}

func (d *board) closed(e parley.Entry, was stage, as parley.InteractionState) {
	switch as {
	case parley.Abandoned:
		d.of(was.queue).abandoned++
	case parley.ShortAbandoned:
		d.of(was.queue).short++
	case parley.Logged:
		if e.Agent != "" {
			d.done[e.Agent]++
		}
	}
	d.put(e.Interaction, stage{})
}

// text reads a JSON string, "" if it is something else.
func text(raw json.RawMessage) string {
	var s string
	if len(raw) > 0 && raw[0] == '"' { // of an offer it is a receipt
		_ = json.Unmarshal(raw, &s)
	}
	return s
}

// Gauges returns the figures somebody may see: their queues; a supervisor's are
// all of them. Colleagues are no figures of theirs: 500 people told of 500 each
// second is 25 MB. They are asked for where somebody is chosen (TransferTargets).
//
// Source: PRE-15, MON-02.
func (c *Center) Gauges(ctx context.Context, me parley.Actor) (Gauges, error) {
	out := Gauges{Queues: []QueueGauge{}}
	b, err := c.memory.book(ctx)
	if err != nil {
		return out, err
	}
	f, err := c.recentFloor(ctx, b)
	if err != nil {
		return out, err
	}
	mine := map[parley.QueueID]bool{}
	for _, m := range b.members {
		if m.Agent == me.Agent && m.Assigned {
			mine[m.Queue] = true
		}
	}
	c.board.mu.Lock()
	for id, q := range b.queues {
		if mine[id] || me.Has(parley.MaySupervise) {
			out.Queues = append(out.Queues, c.board.gauge(q, f.queues[id], f.crews[id]))
		}
	}
	out.MyToday.Handled = c.board.done[me.Agent]
	c.board.mu.Unlock()
	slices.SortFunc(out.Queues, func(x, y QueueGauge) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	out.MyPlace = f.place(b, me.Agent)
	return out, nil
}

// recentFloor asks the router at most once a second, whoever asks.
func (c *Center) recentFloor(ctx context.Context, b *book) (floor, error) {
	c.board.asking.Lock()
	defer c.board.asking.Unlock()
	now := c.clock.Now()
	if !c.board.at.IsZero() && now.Sub(c.board.at) < gaugesEvery {
		return c.board.floor, nil
	}
	f, err := c.floor(ctx, b)
	if err == nil {
		f.crews = f.members(b)
		c.board.soon(b, now, f.queues)
		c.board.floor, c.board.at = f, now
	}
	return f, err
}

// gauge returns a queue's figures. The caller holds mu.
func (d *board) gauge(q parley.Queue, l lineUp, m crew) QueueGauge {
	p, t := cmp.Or(d.live[q.ID], &phases{}), d.of(q.ID)
	return QueueGauge{
		ID: q.ID, Name: q.Name, Waiting: l.waiting, LongestAt: parley.Millis(l.oldest),
		Offered: p.offered, Active: p.active, Parked: p.parked, Wrapping: p.wrapping,
		MembersOn: m.on, Available: m.available, Busy: m.busy, OnBreak: m.resting,
		EnteredToday: t.entered, AcceptedToday: t.accepted, AbandonedToday: t.abandoned,
		SLAPct: t.sla(l.soon), SLATargetPct: q.SLAPercent, SLAS: int64(q.SLATime.Seconds()),
	}
}

// soon counts, per queue, those who wait and could still be accepted in time.
func (d *board) soon(b *book, now time.Time, queues map[parley.QueueID]lineUp) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.now {
		if l, q := queues[s.queue], b.queues[s.queue]; (s.phase == parley.Queued || s.phase == parley.Offering) && now.Sub(s.entered) <= q.SLATime {
			l.soon++
			queues[s.queue] = l
		}
	}
}

// sla is the share of those accepted in time, in percent, among those who came
// in; short abandons do not count, nor who waits and could still be in time.
// Somebody of yesterday may be accepted today. -1: nothing to measure yet.
//
// Source: MON-03.
func (t day) sla(soon int) int {
	of := max(t.entered-t.short-soon, t.accepted+t.abandoned)
	if of == 0 {
		return -1
	}
	return 100 * t.inTime / of
}

// place returns an agent's place among those of their queues who could be
// offered work now: those with less to do and idle for longer come first. It is
// a hint: levels and skills differ from queue to queue.
func (f floor) place(b *book, id parley.AgentID) int {
	me, ok := f.agents[id]
	if !ok || !f.mayTake(me) {
		return 0
	}
	mine := map[parley.QueueID]bool{}
	for _, m := range b.members {
		if m.Agent == id && m.Assigned && m.Enabled {
			mine[m.Queue] = true
		}
	}
	seen := map[parley.AgentID]bool{id: true}
	at := 1
	for _, m := range b.members {
		a, ok := f.agents[m.Agent]
		if !ok || seen[m.Agent] || !mine[m.Queue] || !m.Assigned || !m.Enabled || !f.mayTake(a) {
			continue
		}
		seen[m.Agent] = true
		if sooner(a, me) {
			at++
		}
	}
	return at
}

func sooner(a, b routing.AgentView) bool {
	return cmp.Or(cmp.Compare(a.Load, b.Load), a.IdleSince.Compare(b.IdleSince), cmp.Compare(a.ID, b.ID)) < 0
}
