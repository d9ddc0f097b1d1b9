package simulator

import (
	"context"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Line is what a network is handed for one account: the account itself, time,
// dice, webhooks, phones and media.
type Line struct {
	sim     *Simulator
	network Network
	shelf   shelf
	gone    atomic.Bool // the account was shut: its jobs no longer run

	mu      sync.Mutex // all below
	account Account
	weather Weather
	drops   int
	throws  map[string]uint64
	held    map[string]Hook
	hidden  []string
}

func newLine(s *Simulator, a Account) *Line {
	a.Settings = maps.Clone(a.Settings)
	if a.Settings == nil {
		a.Settings = map[string]string{}
	}
	l := &Line{sim: s, account: a}
	for key, value := range a.Settings {
		if secretName(key) && value != "" {
			l.hidden = append(l.hidden, value)
		}
	}
	l.reset()
	return l
}

func (l *Line) reset() {
	l.shelf.clear()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.weather, l.drops = Fine(), 0
	l.throws, l.held = map[string]uint64{}, map[string]Hook{}
}

// Account returns the account as it is now, with its base URL.
func (l *Line) Account() Account {
	l.mu.Lock()
	a := l.account
	a.Settings = maps.Clone(a.Settings)
	l.mu.Unlock()
	a.BaseURL = l.URL("")
	return a
}

// Setting returns one of the account's settings, empty if it has none.
func (l *Line) Setting(key string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.account.Settings[key]
}

// Tell adds a setting the network made itself: a port, a refreshed token.
func (l *Line) Tell(key, value string) {
	if secretName(key) {
		l.Hide(value)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.account.Settings[key] = value
}

// SetWebhook is called by networks whose API lets the product say where webhooks go.
func (l *Line) SetWebhook(url string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.account.Webhook = url
}

// Hide keeps a secret that the network issued out of the log of requests.
func (l *Line) Hide(secret string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if secret != "" && len(l.hidden) < 1_000 {
		l.hidden = append(l.hidden, secret)
	}
}

// URL returns the absolute address of path below the account's base URL.
func (l *Line) URL(path string) string {
	l.sim.mu.Lock()
	host := l.sim.url
	l.sim.mu.Unlock()
	return host + "/sim/api/" + l.account.Network + "/" + l.account.ID + path
}

// Now is the simulator's time.
func (l *Line) Now() time.Time { return l.sim.Now() }

// Signs returns the time of a signature: it is not advanced, for who checks how
// old a signature is goes by a clock of their own.
func (l *Line) Signs() time.Time { return l.sim.opts.Now() }

// Serial returns a number no other call of this simulator got: for ids.
func (l *Line) Serial() int64 { return l.sim.serial.Add(1) }

// After runs job when d has passed. Jobs of one phone (who) run one after the
// other, in the order of their times.
func (l *Line) After(who string, d time.Duration, job func(context.Context)) {
	l.sim.jobs.add(l.account.ID+"/"+who, l.Now().Add(d), false, l.unlessGone(job))
}

// Every runs job each time d has passed, also after a Reset, until the account is shut.
func (l *Line) Every(d time.Duration, job func(context.Context)) {
	l.sim.jobs.add(l.account.ID, l.Now().Add(d), true, l.unlessGone(func(ctx context.Context) {
		job(ctx)
		l.Every(d, job)
	}))
}

func (l *Line) unlessGone(job func(context.Context)) func(context.Context) {
	return func(ctx context.Context) {
		if !l.gone.Load() {
			job(ctx)
		}
	}
}

// Step is one stage of a message on its way to a phone.
type Step struct {
	State string // sent, delivered, read, failed: what the phone shows
	Hook  *Hook  // the status webhook; nil if this network sends none
}

// late is how long statuses take in that weather.
const late = 10 * time.Minute

// Progress takes a message through its steps, in the order and at the time the
// weather says. A network calls it while it answers the call that sent it.
func (l *Line) Progress(ctx context.Context, who, message string, steps []Step) {
	w := l.Weather()
	order := make([]Step, 0, len(steps))
	for _, step := range steps {
		if w.Statuses == StatusesOutOfOrder {
			order = append([]Step{step}, order...)
		} else {
			order = append(order, step)
		}
	}
	wait := time.Duration(0)
	if w.Statuses == StatusesLate {
		wait = late
	}
	for _, step := range order {
		job := func(ctx context.Context) { l.take(ctx, who, message, step) }
		if w.Statuses == StatusesBeforeAnswer {
			job(ctx)
		} else {
			l.After(who, wait, job)
		}
	}
}

// take is one step. What the webhook's receiver answers is in the log.
func (l *Line) take(ctx context.Context, who, message string, step Step) {
	l.Change(who, message, func(m *Message) { m.State = further(m.State, step.State) })
	w := l.Weather()
	if step.Hook == nil || !w.Receipts {
		return
	}
	step.Hook.Who = who
	_ = l.Webhook(ctx, *step.Hook)
	if w.Statuses == StatusesTwice {
		_ = l.Webhook(ctx, *step.Hook)
	}
}

// further keeps a message's state from going back.
func further(have, next string) string {
	rank := map[string]int{"accepted": 1, "sent": 2, "delivered": 3, "read": 4, "played": 5, "failed": 6}
	if rank[next] < rank[have] {
		return have
	}
	return next
}

// learn remembers where the simulator was reached, if nobody told it.
func (s *Simulator) learn(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.url == "" && r.Host != "" {
		s.url = origin(r)
	}
}
