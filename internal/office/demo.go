package office

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"parley"
)

// The demo center: its people, queues and texts.
//
//go:embed demo.json
var demoFile []byte

// demoPassword is everybody's in the demo center. It works on this machine only.
const demoPassword = "demo"

// demo is what demo.json holds. Things are named by name.
type demo struct {
	Setup  SetupInput
	Groups []GroupInput
	Skills []SkillInput
	People []struct {
		AgentInput
		Group  string
		Skills map[string]int
	}
	Queues []struct {
		QueueInput
		Members map[string]int // sign-in name: level
	}
	Lists []struct {
		DispositionListInput
		Queue string
	}
	EntryPoints []struct {
		EntryPointInput
		ID    parley.EntryPointID
		Queue string
	}
}

// SeedDemo begins the demo center, unless there is one. What is there already
// is left as it is, so that a start that was interrupted goes on. Another
// center is refused: nothing of a demo gets into it.
func (o *Office) SeedDemo(ctx context.Context) error {
	var d demo
	if err := json.Unmarshal(demoFile, &d); err != nil {
		return fmt.Errorf("read demo.json: %w", err)
	}
	secret := sync.OnceValues(func() (secretOf, error) { // made to take its time: only if somebody is new
		hash, err := o.hasher.Hash(ctx, demoPassword)
		return secretOf{hash: hash, demo: true}, err
	})
	needed, err := o.NeedsSetup(ctx)
	if err != nil {
		return err
	}
	if needed {
		first, err := secret()
		if err != nil {
			return err
		}
		if err := o.begin(ctx, d.Setup, beginning{hash: first.hash, demo: true}); err != nil {
			return fmt.Errorf("begin the demo center: %w", err)
		}
	}
	center, err := o.store.View().Center(ctx)
	if err != nil {
		return err
	}
	if !center.Demo {
		return errors.New("this database holds a center that is no demo: start without --demo, or with another --data")
	}
	ada, err := o.store.View().CredentialNamed(ctx, d.Setup.Login)
	if err != nil {
		return fmt.Errorf("the administrator of the demo: %w", err)
	}
	s := seed{o: o, me: parley.Actor{Agent: ada.ID, Group: ada.Group, Role: ada.Role}, secret: secret}
	return s.all(ctx, d)
}

// seed adds what a center lacks, by the ordinary use cases.
type seed struct {
	o      *Office
	me     parley.Actor
	secret func() (secretOf, error) // everybody's
}

func (s seed) all(ctx context.Context, d demo) error {
	for _, part := range []func(context.Context, demo) error{s.groups, s.skills, s.people, s.queues, s.lists, s.entryPoints} {
		if err := part(ctx, d); err != nil {
			return fmt.Errorf("seed the demo center: %w", err)
		}
	}
	return nil
}

func (s seed) groups(ctx context.Context, d demo) error {
	have, err := s.named(ctx)
	for _, in := range d.Groups {
		if err == nil && have.group[in.Name] == "" {
			_, err = s.o.CreateGroup(ctx, s.me, in)
		}
	}
	return err
}

func (s seed) skills(ctx context.Context, d demo) error {
	have, err := s.named(ctx)
	for _, in := range d.Skills {
		if err == nil && have.skill[in.Name] == "" {
			_, err = s.o.CreateSkill(ctx, s.me, in)
		}
	}
	return err
}

func (s seed) people(ctx context.Context, d demo) error {
	have, err := s.named(ctx)
	for _, p := range d.People {
		in := p.AgentInput
		in.Group = have.group[p.Group]
		for name, level := range p.Skills {
			in.Skills = append(in.Skills, Skilled{have.skill[name], level})
		}
		if err != nil || have.agent[in.Login] != "" {
			continue
		}
		var secret secretOf
		if secret, err = s.secret(); err == nil {
			_, err = s.o.addAgent(ctx, s.me, in, secret)
		}
	}
	return err
}

func (s seed) queues(ctx context.Context, d demo) error {
	have, err := s.named(ctx)
	for _, q := range d.Queues {
		in := q.QueueInput
		for login, level := range q.Members {
			in.Members = append(in.Members, Member{have.agent[login], level, true, true})
		}
		if err == nil && have.queue[in.Name] == "" {
			_, err = s.o.CreateQueue(ctx, s.me, in)
		}
	}
	return err
}

func (s seed) lists(ctx context.Context, d demo) error {
	have, err := s.named(ctx)
	for _, l := range d.Lists {
		in := l.DispositionListInput
		in.Queues = []parley.QueueID{have.queue[l.Queue]}
		if err == nil && have.list[in.Name] == "" {
			_, err = s.o.CreateDispositionList(ctx, s.me, in)
		}
	}
	return err
}

func (s seed) entryPoints(ctx context.Context, d demo) error {
	have, err := s.named(ctx)
	for _, e := range d.EntryPoints {
		in := e.EntryPointInput
		in.Queue = have.queue[e.Queue]
		if err == nil && !have.point[e.ID] {
			_, err = s.o.addEntryPoint(ctx, s.me, in, e.ID)
		}
	}
	return err
}

// names are the ids of what a center has, by name.
type names struct {
	group map[string]parley.GroupID
	skill map[string]parley.SkillID
	agent map[string]parley.AgentID
	queue map[string]parley.QueueID
	list  map[string]parley.ListID
	point map[parley.EntryPointID]bool
}

func (s seed) named(ctx context.Context) (names, error) {
	v := s.o.store.View()
	n := names{
		map[string]parley.GroupID{}, map[string]parley.SkillID{}, map[string]parley.AgentID{}, map[string]parley.QueueID{},
		map[string]parley.ListID{}, map[parley.EntryPointID]bool{},
	}
	w, err := load(ctx, v)
	if err != nil {
		return n, err
	}
	for id, g := range w.groups {
		n.group[g.Name] = id
	}
	for _, a := range w.agents {
		n.agent[a.Login] = a.ID
	}
	for _, q := range w.queues {
		n.queue[q.Name] = q.ID
	}
	for _, l := range w.lists {
		n.list[l.Name] = l.ID
	}
	skills, err := v.Skills(ctx)
	for _, k := range skills {
		n.skill[k.Name] = k.ID
	}
	if err != nil {
		return n, err
	}
	points, err := v.EntryPoints(ctx)
	for _, e := range points {
		n.point[e.ID] = true
	}
	return n, err
}
