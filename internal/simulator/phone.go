package simulator

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// Message is one bubble on a phone.
type Message struct {
	ID        string            `json:"id"`
	From      string            `json:"from"` // customer, center
	Kind      string            `json:"kind"`
	Text      string            `json:"text"`
	Media     *Media            `json:"media,omitempty"`
	Location  *Location         `json:"location,omitempty"`
	Contacts  []Contact         `json:"contacts,omitempty"`
	Buttons   []Button          `json:"buttons,omitempty"` // what the customer can press
	ReplyTo   string            `json:"reply_to,omitempty"`
	At        int64             `json:"at"`    // Unit: Unix milliseconds, the simulator's time
	State     string            `json:"state"` // accepted, sent, delivered, read, played, failed
	Error     string            `json:"error,omitempty"`
	Edited    bool              `json:"edited,omitempty"`
	Deleted   bool              `json:"deleted,omitempty"`
	Reactions map[string]string `json:"reactions,omitempty"` // customer, center: emoji
}

// Button is something a phone offers to press: say it back as button or list_reply.
type Button struct {
	Title   string `json:"title"`
	Payload string `json:"payload"`
}

// Who says what is on a phone.
const (
	FromCustomer = "customer"
	FromCenter   = "center"
)

// Thread is one phone's conversation with one account.
type Thread struct {
	ID       string    `json:"id"` // account/who
	Account  string    `json:"account"`
	Network  string    `json:"network"`
	Who      string    `json:"who"`
	Name     string    `json:"name"`
	Typing   bool      `json:"typing"`  // the center types
	SaidAt   int64     `json:"said_at"` // when the customer last said something; 0: never
	Messages []Message `json:"messages"`
}

// Change is one thing that changed on a phone, or that an account came or went.
type Change struct {
	N       int64   `json:"n"`
	Thread  string  `json:"thread"`
	Message Message `json:"message"`
	Account string  `json:"account,omitempty"`
}

const changesMax = 1_000

// phones holds what every phone shows. Its mutex guards all.
type phones struct {
	mu      sync.Mutex
	threads map[string]*Thread
	order   []string          // the one longest unused first
	where   map[string]string // account/message id: thread id
	n       int64
	changes []Change
	news    chan struct{} // closed at the next change
}

func newPhones() *phones {
	p := &phones{news: make(chan struct{})}
	p.threads, p.where = map[string]*Thread{}, map[string]string{}
	return p
}

func (p *phones) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.threads, p.where, p.order, p.changes = map[string]*Thread{}, map[string]string{}, nil, nil
}

// thread returns the phone's thread and makes it if need be; the oldest goes
// when there are too many. The caller holds the mutex.
func (p *phones) thread(l *Line, who string) *Thread {
	id := l.account.ID + "/" + who
	if t := p.threads[id]; t != nil {
		return t
	}
	if len(p.order) >= ThreadsMax {
		old := p.threads[p.order[0]]
		for _, m := range old.Messages {
			delete(p.where, old.Account+"/"+m.ID)
		}
		delete(p.threads, old.ID)
		p.order = p.order[1:]
	}
	t := &Thread{ID: id, Account: l.account.ID, Network: l.account.Network, Who: who, Name: who, Messages: []Message{}}
	p.threads[id] = t
	p.order = append(p.order, id)
	return t
}

// tell publishes a change. The caller holds the mutex.
func (p *phones) tell(t *Thread, m Message) { p.publish(Change{Thread: t.ID, Message: m.clone()}) }

func (p *phones) publish(c Change) {
	p.n++
	c.N = p.n
	p.changes = append(p.changes, c)
	if len(p.changes) > changesMax {
		p.changes = p.changes[len(p.changes)-changesMax:]
	}
	close(p.news)
	p.news = make(chan struct{})
}

// moved publishes that an account came or went.
func (p *phones) moved(account string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.publish(Change{Account: account})
}

// clone shares nothing that changes later.
func (m Message) clone() Message {
	m.Reactions = maps.Clone(m.Reactions)
	return m
}

// Show puts a message on who's phone. What a customer said counts as their last word.
func (l *Line) Show(who string, m Message) {
	p := l.sim.phones
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.thread(l, who)
	if m.At == 0 {
		m.At = l.Now().UnixMilli()
	}
	if m.From == FromCustomer {
		t.SaidAt = m.At
	} else {
		t.Typing = false
	}
	if len(t.Messages) >= MessagesPerThreadMax {
		delete(p.where, t.Account+"/"+t.Messages[0].ID)
		t.Messages = slices.Clone(t.Messages[1:])
	}
	t.Messages = append(t.Messages, m)
	p.where[t.Account+"/"+m.ID] = t.ID
	p.tell(t, m)
}

// Change changes a message on who's phone; no such message changes nothing.
func (l *Line) Change(who, id string, change func(*Message)) {
	p := l.sim.phones
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.threads[l.account.ID+"/"+who]
	if t == nil {
		return
	}
	i := slices.IndexFunc(t.Messages, func(m Message) bool { return m.ID == id })
	if i < 0 {
		return
	}
	next := t.Messages[i].clone()
	change(&next)
	t.Messages[i] = next
	p.tell(t, next)
}

// React puts an emoji under a message, or (empty) takes it away.
func (l *Line) React(who, id, by, emoji string) {
	l.Change(who, id, func(m *Message) {
		if m.Reactions == nil {
			m.Reactions = map[string]string{}
		}
		if m.Reactions[by] = emoji; emoji == "" {
			delete(m.Reactions, by)
		}
	})
}

// Touch changes the thread itself: the name, whether the center types, the last word.
func (l *Line) Touch(who string, change func(*Thread)) {
	p := l.sim.phones
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.thread(l, who)
	change(t)
	p.tell(t, Message{})
}

// Types shows on who's phone that the center types, for a while or until it writes.
func (l *Line) Types(who string, d time.Duration) {
	l.Touch(who, func(t *Thread) { t.Typing = true })
	l.After(who, d, func(context.Context) { l.Touch(who, func(t *Thread) { t.Typing = false }) })
}

// Thread returns what who's phone shows of this account.
func (l *Line) Thread(who string) (Thread, bool) {
	return l.sim.Thread(l.account.ID + "/" + who)
}

// Find returns a message of this account and whose phone it is on.
func (l *Line) Find(id string) (who string, m Message, ok bool) {
	p := l.sim.phones
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.threads[p.where[l.account.ID+"/"+id]]
	if t == nil {
		return "", Message{}, false
	}
	for _, m := range t.Messages {
		if m.ID == id {
			return t.Who, m.clone(), true
		}
	}
	return "", Message{}, false
}

// Thread returns a copy of a phone's thread by its id, account/who.
func (s *Simulator) Thread(id string) (Thread, bool) {
	s.phones.mu.Lock()
	defer s.phones.mu.Unlock()
	t := s.phones.threads[id]
	if t == nil {
		return Thread{}, false
	}
	out := *t
	out.Messages = slices.Clone(t.Messages)
	return out, true
}

// Threads lists the phones, without their messages but the last, newest thread first.
func (s *Simulator) Threads() []Thread {
	s.phones.mu.Lock()
	defer s.phones.mu.Unlock()
	out := make([]Thread, 0, len(s.phones.order))
	for _, id := range slices.Backward(s.phones.order) {
		t := *s.phones.threads[id]
		t.Messages = slices.Clone(t.Messages[max(0, len(t.Messages)-1):])
		out = append(out, t)
	}
	return out
}

// Changes waits until something changed after number after and returns it, and
// the number to ask with next; empty when ctx ends first.
func (s *Simulator) Changes(ctx context.Context, after int64) ([]Change, int64) {
	p := s.phones
	for {
		p.mu.Lock()
		i, _ := slices.BinarySearchFunc(p.changes, after, func(c Change, n int64) int { return int(c.N - n - 1) })
		out, n, news := slices.Clone(p.changes[i:]), p.n, p.news
		p.mu.Unlock()
		if len(out) > 0 {
			return out, n
		}
		select {
		case <-ctx.Done():
			return nil, n
		case <-news:
		}
	}
}
