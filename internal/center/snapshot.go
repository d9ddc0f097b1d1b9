package center

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"parley"
	"parley/internal/settings"
	"parley/internal/store"
)

// liveMax bounds what a supervisor gets at once: the oldest come first, and
// every one comes with its next event.
//
// Unit: interactions.
const liveMax = 2000

// Snapshot returns all that somebody may see at one log row, read from one view
// that does not move.
//
// Errors: parley.ErrForbidden.
// Source: RES-04, R-52.
func (c *Center) Snapshot(ctx context.Context, me parley.Actor) (Snapshot, error) {
	out := Snapshot{
		Now: parley.Millis(c.clock.Now()), Agents: []Agent{}, Interactions: []Interaction{},
		Messages: map[parley.ConversationID][]Message{}, Notes: map[parley.InteractionID][]Note{},
	}
	if me.Visitor != "" || !me.Has(parley.MayServe) && !me.Has(parley.MaySupervise) {
		return out, parley.ErrForbidden
	}
	err := c.moment(ctx, func(m *memory, head int64) error {
		out.N = head
		s, err := c.scene(ctx, me, m)
		if err != nil {
			return err
		}
		if out.Me, err = s.self(ctx); err != nil {
			return fmt.Errorf("oneself: %w", err)
		}
		if out.Agents, err = s.agents(ctx); err != nil {
			return fmt.Errorf("agents: %w", err)
		}
		return s.all(ctx, &out)
	})
	return out, err
}

// agents returns oneself first, and for a supervisor everybody.
func (s scene) agents(ctx context.Context) ([]Agent, error) {
	out := []Agent{}
	if s.me.Agent != "" {
		p, err := s.memory.person(ctx, s.me.Agent)
		if err != nil {
			return nil, err
		}
		out = append(out, *s.presence(p))
	}
	if !s.me.Has(parley.MaySupervise) {
		return out, nil
	}
	people, err := s.memory.view().People(ctx)
	for _, p := range people {
		if p.ID != s.me.Agent {
			out = append(out, *s.presence(&p))
		}
	}
	return out, err
}

// all fills in the interactions in the reader's list, and what was said in those
// that are near to them.
func (s scene) all(ctx context.Context, out *Snapshot) error {
	var rows []store.Interaction
	var err error
	if s.me.Agent != "" {
		if rows, err = s.memory.view().Held(ctx, s.me.Agent); err != nil {
			return err
		}
	}
	if s.me.Has(parley.MaySupervise) {
		live, err := s.memory.view().Live(ctx, liveMax)
		if err != nil {
			return err
		}
		rows = append(rows, live...)
	}
	seen := map[parley.InteractionID]bool{}
	for _, row := range rows {
		if seen[row.ID] {
			continue
		}
		seen[row.ID] = true
		if err := s.one(ctx, row, out); err != nil {
			return fmt.Errorf("interaction %s: %w", row.ID, err)
		}
	}
	return nil
}

func (s scene) one(ctx context.Context, row store.Interaction, out *Snapshot) error {
	w, err := recall(s.memory, s.memory.works, row.ID, func() (*work, error) { return fillWork(ctx, s.memory.view(), row) })
	if err != nil {
		return err
	}
	v, err := s.present(ctx, w)
	if err != nil {
		return err
	}
	out.Interactions = append(out.Interactions, *v)
	if !s.near(&w.Interaction) {
		return nil
	}
	said, err := s.heard(ctx, w)
	if err != nil {
		return err
	}
	if had := out.Messages[w.Conversation]; len(had) == 0 || len(said) > 0 && said[len(said)-1].Seq > had[len(had)-1].Seq {
		out.Messages[w.Conversation] = s.messages(said)
	}
	notes, err := s.memory.view().Notes(ctx, w.ID)
	if err != nil {
		return err
	}
	out.Notes[w.ID] = s.notes(notes)
	return nil
}

func (s scene) messages(said []parley.Message) []Message {
	out := make([]Message, 0, len(said))
	for _, m := range said {
		out = append(out, *s.message(m))
	}
	return out
}

func (s scene) notes(notes []parley.Note) []Note {
	out := make([]Note, 0, len(notes))
	for _, n := range notes {
		out = append(out, *s.note(n))
	}
	return out
}

// self returns who is asking and what they may do.
func (s scene) self(ctx context.Context) (Me, error) {
	b := s.book
	m := Me{
		Queues: []MyQueue{}, StatusCodes: []StatusCode{}, Permissions: s.me.Permissions(),
		Demo: b.center.Demo, Center: b.center.Name, Zone: b.center.Zone, Role: s.me.Role,
	}
	if s.me.Key != "" {
		m.Permissions = s.me.Scopes
	}
	m.Permissions = some(m.Permissions)
	for _, code := range b.codes {
		if code.Active {
			m.StatusCodes = append(m.StatusCodes, StatusCode{ID: code.ID, Applies: code.Applies, Name: code.Name, NameFR: code.NameFR})
		}
	}
	b.resolve(&m, settings.At{Agent: s.me.Agent, Group: s.me.Group, Preset: s.me.Preset})
	m.Limits = Limits{WebChat: b.agentLimit(s.me, parley.WebChat), SupportCenter: b.agentLimit(s.me, parley.SupportCenter)}
	if s.me.Agent == "" {
		return m, nil
	}
	p, err := s.memory.person(ctx, s.me.Agent)
	if err != nil {
		return m, err
	}
	m.ID, m.Login, m.DisplayName, m.Email, m.Role = p.ID, p.Login, p.DisplayName, p.Email, p.Role
	m.Language, m.Capacity, m.Signature = p.Language, p.Capacity, p.Signature
	g := b.groups[p.Group]
	m.Group = MyGroup{ID: g.ID, Name: g.Name, Preset: g.Preset}
	b.myQueues(&m)
	return m, nil
}

// resolve fills in the settings that count for somebody.
func (b *book) resolve(m *Me, at settings.At) {
	m.May = MyRights{
		Reject:          b.values.Bool("agents.may_reject", at),
		Block:           b.values.Bool("agents.may_block", at),
		ToggleQueues:    b.values.Bool("agents.may_toggle_queues", at),
		EditProfile:     b.values.Bool("agents.may_edit_profile", at),
		ChangePops:      b.values.Bool("agents.may_change_screenpop", at),
		TransferToAgent: b.values.Bool("transfer.to_agent", at),
	}
	m.LabelsPreset = parley.PresetWorkspace
	if b.values.Text("ui.labels.end", at) == "end_chat" {
		m.LabelsPreset = parley.PresetConsole
	}
	m.BusyMenu = b.values.Text("presence.busy_menu", at)
	m.WrapUpExtend = int64(b.values.Seconds("wrapup.extend", at).Seconds())
	m.WrapUpContinue = b.values.Bool("wrapup.continue_step", at)
	m.ConfirmEnd = b.values.Bool("wrapup.confirm_end", at)
	m.Pop = Pop{b.values.Bool("pop.on_offer", at), b.values.Bool("pop.on_accept", at), b.values.Bool("pop.on_end", at)}
	m.AutoLog = AutoLog{Enabled: b.values.Bool("autolog.enabled", at), Pop: b.values.Text("autolog.pop", at)}
}

// myQueues fills in somebody's memberships, by the queue's name.
func (b *book) myQueues(m *Me) {
	for _, member := range b.members {
		q, ok := b.queues[member.Queue]
		if !ok || member.Agent != m.ID || !member.Assigned {
			continue
		}
		m.Queues = append(m.Queues, MyQueue{
			ID: q.ID, Name: q.Name, Level: member.Level, Assigned: member.Assigned, Enabled: member.Enabled, QueueEnabled: q.Enabled,
		})
	}
	slices.SortFunc(m.Queues, func(x, y MyQueue) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
}
