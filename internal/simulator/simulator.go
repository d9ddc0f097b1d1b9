// Package simulator stands in for the networks: each provider's own HTTP API,
// the phones of its customers, and weather. The product cannot tell: only its
// base URL and credentials differ. It imports nothing of ours, so that it shares
// no mistake with a channel; it is written from the providers' documentation.
//
// Read simulator.go (what there is), line.go (what a network is handed), hook.go
// (webhooks), jobs.go (time), phone.go, weather.go, log.go; then api.go and
// control.go (the doors). One folder per network; simulator/all lists them.
package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds: a simulator left alone never grows beyond them.
const (
	AccountsMax          = 200
	ThreadsMax           = 10_000
	MessagesPerThreadMax = 1_000
	ControlBytesMax      = 3 << 20  // a control request or a webhook
	SayBytesMax          = 48 << 20 // what a phone says: a file larger than a center takes, in Base64
	CallBytesMax         = 32 << 20 // a provider call; the largest upload a network takes
	requestsMax          = 5_000
	jobsMax              = 200_000
)

// What the control API answers to a mistake.
var (
	ErrNoAccount = errors.New("no such account")
	ErrNoNetwork = errors.New("no such network")
	ErrFull      = errors.New("the simulator is full")
	// ErrElsewhere keeps the simulator from being sent against others.
	ErrElsewhere = errors.New("this simulator does not post there")
	// ErrCannot is answered when a phone of this network cannot do that.
	ErrCannot = errors.New("a phone of this network cannot do that")
)

// Network is one provider, as one account sees it.
type Network interface {
	// ServeHTTP is the provider's API: paths as the real one has them, below the
	// account's base URL.
	http.Handler
	// Say is what a customer's phone does: write, send a picture, react, read. It
	// posts the real, signed webhook and returns the provider's id of what was
	// said, empty where there is none. Errors: ErrCannot, ErrRefused.
	Say(ctx context.Context, in In) (id string, err error)
	// Sends reports whether a call sends a message to a phone: these are the calls
	// which weather touches.
	Sends(r *http.Request, body []byte) bool
	// Fault answers a call as the provider does when the weather is bad.
	Fault(w http.ResponseWriter, f Fault)
}

// Provider makes the networks of one kind. A Network that has something to end
// (a listener) is an io.Closer as well; one that remembers what phones did has
// Reset.
type Provider struct {
	Name  string   // twilio, vonage, eightbyeight, smpp, whatsapp, messenger, x, telegram, dataverse
	Needs []string // settings without which an account cannot be opened
	Kinds []string // what its phones can do: In.Kind; a CRM has no phones
	Open  func(*Line) (Network, error)
}

// Account is what the product's entry point was given: credentials, our address,
// webhook URL, secrets. The simulator is told the same.
type Account struct {
	ID       string            `json:"id"`
	Network  string            `json:"network"`
	Settings map[string]string `json:"settings"`
	Webhook  string            `json:"webhook"`
	BaseURL  string            `json:"base_url"` // where the product finds the provider's API
}

// Options says how a simulator runs.
type Options struct {
	Providers []Provider
	Client    *http.Client     // reaches the product's webhooks, also on loopback
	Origins   []string         // where webhooks may go, "https://parley.example"; none: anywhere, for tests
	Now       func() time.Time // the clock; Advance adds to it
	Seed      uint64           // the same seed throws the same dice
	URL       string           // where Handler is reached, "http://127.0.0.1:8080"; empty: learned from the first request
	Begin     int64            // ids count from here: one that starts again must give none out twice, for products know them for ever
	Hurry     int              // webhooks are retried so many times sooner than the provider would; 0 means 60
}

// Simulator holds networks, accounts, phones, weather and the log of requests.
type Simulator struct {
	opts   Options
	jobs   *jobs
	phones *phones
	log    *requestLog
	serial atomic.Int64
	shift  atomic.Int64 // what Advance added. Unit: nanoseconds

	mu        sync.Mutex // lines, order, url, scenarios
	lines     map[string]*Line
	order     []string
	url       string
	scenarios []*scenario
}

// New returns a simulator without accounts.
func New(opts Options) *Simulator {
	if opts.Hurry <= 0 {
		opts.Hurry = 60
	}
	s := &Simulator{opts: opts, url: strings.TrimSuffix(opts.URL, "/"), lines: map[string]*Line{}}
	s.jobs = newJobs(s.Now)
	s.serial.Store(opts.Begin)
	s.phones = newPhones()
	s.log = &requestLog{}
	return s
}

// Now is the simulator's time: its clock and what it was advanced by.
func (s *Simulator) Now() time.Time {
	return s.opts.Now().Add(time.Duration(s.shift.Load())).UTC()
}

// Advance moves the simulator's time forward: what became due runs soon (Run) or
// with the next Flush.
func (s *Simulator) Advance(d time.Duration) {
	s.shift.Add(int64(max(d, 0)))
	s.jobs.wakeAll()
}

// Run does what is due, until ctx ends: statuses, retries, delayed webhooks.
func (s *Simulator) Run(ctx context.Context) { s.jobs.run(ctx) }

// Flush does everything that is due now and returns when it is done. A test calls
// it instead of Run.
func (s *Simulator) Flush(ctx context.Context) { s.jobs.flush(ctx) }

// Open adds an account and returns it with its id and base URL.
//
// Errors: ErrNoNetwork, ErrFull, a sentence about a missing setting.
func (s *Simulator) Open(a Account) (Account, error) {
	i := slices.IndexFunc(s.opts.Providers, func(p Provider) bool { return p.Name == a.Network })
	if i < 0 {
		return Account{}, fmt.Errorf("%w: %q", ErrNoNetwork, a.Network)
	}
	provider := s.opts.Providers[i]
	for _, key := range provider.Needs {
		if a.Settings[key] == "" {
			return Account{}, fmt.Errorf("an account of %s needs the setting %q", a.Network, key)
		}
	}
	if a.ID == "" {
		a.ID = fmt.Sprintf("%s-%d", a.Network, s.serial.Add(1)-s.opts.Begin)
	}
	if strings.ContainsAny(a.ID, "/?#% ") {
		return Account{}, fmt.Errorf("an account's id goes into an address: %q cannot", a.ID)
	}
	l := newLine(s, a)
	network, err := provider.Open(l)
	if err != nil {
		return Account{}, fmt.Errorf("open %s: %w", a.ID, err)
	}
	l.network = network
	return l.Account(), s.enter(l)
}

// enter takes l in; one of the same id is closed and replaced.
func (s *Simulator) enter(l *Line) error {
	s.mu.Lock()
	old := s.lines[l.account.ID]
	full := old == nil && len(s.lines) >= AccountsMax
	if !full {
		s.lines[l.account.ID] = l
		if old == nil {
			s.order = append(s.order, l.account.ID)
		}
	}
	s.mu.Unlock()
	if full {
		closeNetwork(l)
		return ErrFull
	}
	if old != nil {
		closeNetwork(old)
	}
	s.phones.moved(l.account.ID)
	return nil
}

// Tell changes settings of an account, and where its webhooks go, as its owner
// does on the network's own pages: what the network remembers stays.
//
// Errors: ErrNoAccount.
func (s *Simulator) Tell(a Account) error {
	l := s.Line(a.ID)
	if l == nil {
		return ErrNoAccount
	}
	for key, value := range a.Settings {
		l.Tell(key, value)
	}
	l.SetWebhook(a.Webhook)
	return nil
}

// Can reports whether phones of a network can do something: In.Kind.
func (s *Simulator) Can(network, kind string) bool {
	return slices.ContainsFunc(s.opts.Providers, func(p Provider) bool { return p.Name == network && slices.Contains(p.Kinds, kind) })
}

// Shut removes an account; its threads stay to be looked at.
func (s *Simulator) Shut(id string) error {
	s.mu.Lock()
	l := s.lines[id]
	delete(s.lines, id)
	s.order = slices.DeleteFunc(s.order, func(o string) bool { return o == id })
	s.mu.Unlock()
	if l == nil {
		return ErrNoAccount
	}
	closeNetwork(l)
	s.phones.moved(id)
	return nil
}

// Close ends what networks hold open.
func (s *Simulator) Close() error {
	for _, l := range s.all() {
		closeNetwork(l)
	}
	return nil
}

func closeNetwork(l *Line) {
	l.gone.Store(true)
	if c, ok := l.network.(io.Closer); ok {
		_ = c.Close() // a listener of ours: there is nobody to tell
	}
}

// Accounts lists the accounts in the order they were opened.
func (s *Simulator) Accounts() []Account {
	out := []Account{}
	for _, l := range s.all() {
		out = append(out, l.Account())
	}
	return out
}

func (s *Simulator) all() []*Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*Line, 0, len(s.order))
	for _, id := range s.order {
		out = append(out, s.lines[id])
	}
	return out
}

// Line returns an account's line, nil if there is no such account.
func (s *Simulator) Line(id string) *Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines[id]
}

// Say lets a phone do something.
//
// Errors: ErrNoAccount, ErrCannot, ErrRefused.
func (s *Simulator) Say(ctx context.Context, in In) (id string, err error) {
	l := s.Line(in.Account)
	if l == nil {
		return "", fmt.Errorf("%w: %q", ErrNoAccount, in.Account)
	}
	return l.network.Say(ctx, in)
}

// SetWeather changes an account's weather.
func (s *Simulator) SetWeather(account string, w Weather) error {
	l := s.Line(account)
	if l == nil {
		return ErrNoAccount
	}
	l.setWeather(w)
	return nil
}

// Reset forgets threads, requests, what was due, scenarios and weather. Accounts
// and the time stay.
func (s *Simulator) Reset() {
	s.StopScenarios()
	s.jobs.clear()
	s.phones.clear()
	s.log.clear()
	for _, l := range s.all() {
		l.reset()
		if n, ok := l.network.(interface{ Reset() }); ok {
			n.Reset()
		}
	}
}

// In is what a phone does. Which fields count depends on Kind; a network answers
// ErrCannot to a kind it does not have.
type In struct {
	Account  string `json:"account"`
	From     string `json:"from"`               // the customer's own address there
	Name     string `json:"name,omitempty"`     // what the customer calls themselves
	Username string `json:"username,omitempty"` // a handle, where the network has them
	UserID   string `json:"user_id,omitempty"`  // a second id beside or instead of From (WhatsApp BSUID)
	// Kind is text image video audio document sticker location contacts button
	// list_reply reaction edit revoke read delivered typing unsupported group
	// referral raw, and what a network adds.
	Kind      string            `json:"kind"`
	Text      string            `json:"text,omitempty"`
	MessageID string            `json:"message_id,omitempty"` // what is reacted to, edited, revoked, read
	ReplyTo   string            `json:"reply_to,omitempty"`
	Emoji     string            `json:"emoji,omitempty"` // empty takes a reaction back
	Title     string            `json:"title,omitempty"`
	Payload   string            `json:"payload,omitempty"`
	Media     *Media            `json:"media,omitempty"` // nil for a kind with media: a sample
	Location  *Location         `json:"location,omitempty"`
	Contacts  []Contact         `json:"contacts,omitempty"`
	Options   map[string]string `json:"options,omitempty"` // what only one network knows: voice, forwarded, encoding, concat, language; late_s: At
	Raw       json.RawMessage   `json:"raw,omitempty"`     // posted as it is, signed
}

// At is when the customer wrote: now, or so many seconds ago as the option late_s
// says. The phone was away from the network meanwhile.
func (in In) At(now time.Time) time.Time {
	late, err := strconv.ParseInt(in.Options["late_s"], 10, 32)
	if err != nil || late < 0 {
		return now
	}
	return now.Add(-time.Duration(late) * time.Second)
}

// Location is a place somebody shares.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name,omitempty"`
	Address   string  `json:"address,omitempty"`
}

// Contact is a card somebody shares.
type Contact struct {
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
}
