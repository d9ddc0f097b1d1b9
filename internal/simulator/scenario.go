package simulator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"
)

// ErrNoScenario is answered to an unknown name.
var ErrNoScenario = errors.New("no such scenario")

// Bounds of a scenario.
const (
	phonesMax   = 500
	scenarioMax = 10 * time.Minute
)

// scenario is a plan that is being carried out; it ends by itself.
type scenario struct{ stopped atomic.Bool }

// Plan says how a scenario is played.
type Plan struct {
	Accounts []string `json:"accounts"` // whose phones; in turn. Empty: all accounts
	Count    int      `json:"count"`    // phones; 0: the scenario's own number, at most 500
	OverMS   int64    `json:"over_ms"`  // in which time they begin; 0: the scenario's own, at most ten minutes
}

// play is how a scenario goes for one phone: what it says, and when after it began.
type play struct {
	count int
	over  time.Duration
	lines []line
}

type line struct {
	after time.Duration
	text  string
}

// plays are the scenarios of the simulator's page.
var plays = map[string]play{
	"one_question":     {1, 0, []line{{0, "Hello, I have a question about my last invoice."}}},
	"five_at_once":     {5, 0, []line{{0, "Hello, is anybody there?"}, {20 * time.Second, "My order has not arrived."}}},
	"rush_hour":        {200, 5 * time.Minute, []line{{0, "Hello, I need help."}, {15 * time.Second, "It is rather urgent."}}},
	"customer_leaves":  {1, 0, []line{{0, "Hello, can you help me?"}, {20 * time.Second, "Never mind, I have found it myself. Goodbye."}}},
	"hundred_in_queue": {100, 10 * time.Second, []line{{0, "Hello, how long do I have to wait?"}}},
}

// customers are who the phones belong to.
var customers = []string{"Marie Tremblay", "Jos\u00e9 \u00c1lvarez", "Ada King", "Sam Okafor", "Mei Lin", "Bob Young", "Zo\u00eb de Vries", "Amy Wong"}

// Play begins a scenario and returns how many phones take part.
//
// Errors: ErrNoScenario, ErrNoAccount.
func (s *Simulator) Play(name string, plan Plan) (int, error) {
	p, ok := plays[name]
	if !ok {
		return 0, fmt.Errorf("%w: %q", ErrNoScenario, name)
	}
	lines, err := s.cast(plan.Accounts)
	if err != nil {
		return 0, err
	}
	count, over := p.count, p.over
	if plan.Count > 0 {
		count = min(plan.Count, phonesMax)
	}
	if plan.OverMS > 0 {
		over = min(time.Duration(plan.OverMS)*time.Millisecond, scenarioMax)
	}
	run := &scenario{}
	s.mu.Lock()
	s.scenarios = append(s.scenarios[max(0, len(s.scenarios)-99):], run)
	s.mu.Unlock()
	first := int(s.serial.Load()) // the next customer comes by the next network
	for i := range count {
		l := lines[(first+i)%len(lines)]
		in := In{Account: l.account.ID, From: s.number(l), Name: customers[i%len(customers)], Kind: "text"}
		begin := over * time.Duration(i) / time.Duration(count)
		for _, each := range p.lines {
			in.Text = each.text
			l.After(in.From, begin+each.after, s.scene(run, in))
		}
	}
	return count, nil
}

// scene is one line of one phone, unless the scenario was stopped.
func (s *Simulator) scene(run *scenario, in In) func(context.Context) {
	return func(ctx context.Context) {
		if !run.stopped.Load() {
			_, _ = s.Say(ctx, in) // what came of it is in the log of requests
		}
	}
}

// number makes the address of a new phone on l's network.
func (s *Simulator) number(l *Line) string {
	n := s.serial.Add(1)
	switch l.account.Network {
	case "messenger", "instagram", "x", "telegram":
		return fmt.Sprintf("5%015d", n)
	case "whatsapp":
		return fmt.Sprintf("1514%07d", 5_550_000+n%4_000_000)
	}
	return fmt.Sprintf("+1514%07d", 5_550_000+n%4_000_000)
}

// cast returns the lines of the named accounts, or all.
func (s *Simulator) cast(accounts []string) ([]*Line, error) {
	if len(accounts) == 0 {
		all := slices.DeleteFunc(s.all(), func(l *Line) bool { _, crm := l.network.(Keeper); return crm })
		if len(all) > 0 {
			return all, nil
		}
		return nil, ErrNoAccount
	}
	var out []*Line
	for _, id := range accounts {
		l := s.Line(id)
		if l == nil {
			return nil, fmt.Errorf("%w: %q", ErrNoAccount, id)
		}
		out = append(out, l)
	}
	return out, nil
}

// StopScenarios ends every scenario: nobody says anything more.
func (s *Simulator) StopScenarios() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, run := range s.scenarios {
		run.stopped.Store(true)
	}
	s.scenarios = nil
}
