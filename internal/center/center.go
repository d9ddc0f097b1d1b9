// Package center holds what people do with conversations: a visitor begins one
// and writes, an agent accepts, answers, ends and wraps up, a supervisor looks
// on. It decides nothing about routing and begins no transaction: each use case
// asks may, hands the ledger one command and returns.
//
// Begin with center.go and offer.go; happens.go is what follows from events
// whoever caused them, news.go what each person is told of them.
package center

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/courier"
	"parley/internal/files"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/repeat"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/store"
)

// Rooms are what a Center stands on.
type Rooms struct {
	Ledger  *ledger.Ledger
	Store   *store.Store
	Records *records.Records
	Clock   parley.Clock
	Log     *slog.Logger

	Channels map[string]channel.Channel // by provider; nil: none
	Seal     *seal.Seal                 // opens the secrets of entry points

	// File opens a file that goes to a network; nil: one of Files.
	File func(ctx context.Context, a parley.Attachment) (*parley.OutFile, error)

	Files      *files.Cabinet // what people send each other; nil: no file is taken
	FileOrigin string         // where browsers get files: https://host
}

// Center is the conversations of one contact center.
type Center struct {
	ledger  *ledger.Ledger
	store   *store.Store
	records *records.Records
	clock   parley.Clock
	log     *slog.Logger
	memory  memory        // what views are made of, kept as the log goes on
	lately  *repeat.Known // which client ids came
	board   board         // figures of queues
	watches watches       // who looks on
	places  places        // where visitors stand in the line
	typists typists       // whom the doors told us to tell of typing

	// left is what visitors leave who skip the line, until the row is made in the
	// same commit. The ledger's goroutine owns it.
	left map[parley.InteractionID]Left
	// mails are whom a script writes to about who skips the line, likewise.
	mails map[parley.InteractionID]string

	follower follower // how far memory is

	channels   map[string]channel.Channel
	seal       *seal.Seal
	handshakes knocks // answered
	strangers  knocks // without a signature, noted

	cabinet    *files.Cabinet
	fileOrigin string
	shelf      sync.RWMutex // held to read while a file and its row are kept, to write while files are dropped

	uploading, copying files.Turnstile // files that come in; transcripts that visitors take along

	courier   *courier.Courier // what goes to networks
	approvals approvals        // templates that networks told of
}

// typists are called when somebody types; the doors sign up at the start.
type typists struct {
	mu   sync.RWMutex
	tell []func(Typing)
}

// New opens the center's conversations: from now on it follows the log. It
// reads today's figures from the store.
func New(ctx context.Context, r Rooms) (*Center, error) {
	c := &Center{ledger: r.Ledger, store: r.Store, records: r.Records, clock: r.Clock, log: r.Log, left: map[parley.InteractionID]Left{}, mails: map[parley.InteractionID]string{}}
	c.memory.init(r.Store)
	c.lately = repeat.New()
	c.watches.init()
	c.follower.init(r.Ledger.Head())
	c.places.init()
	c.channels, c.seal = r.Channels, r.Seal
	c.handshakes.init(time.Minute/handshakesPerMinute, handshakesPerMinute)
	c.strangers.init(time.Minute, 1)
	c.cabinet, c.fileOrigin = r.Files, r.FileOrigin
	c.uploading.Each, c.uploading.Most = uploadsEach, uploadsAll
	c.copying.Each, c.copying.Most = copiesEach, copiesAll
	c.courier = c.hire(r)
	r.Ledger.Handle(profileKind, c.profile)
	r.Ledger.Handle(FetchKind, c.fetch)
	r.Ledger.Handle(SilentKind, c.silent)
	r.Ledger.OnEvents(c.happens)
	r.Ledger.Subscribe(c.follow)
	if err := c.board.load(ctx, r.Store, r.Clock.Now()); err != nil {
		return nil, err
	}
	return c, nil
}

// handshakesPerMinute is how many handshakes an entry point answers.
//
// Source: A-055.
const handshakesPerMinute = 10

// follow takes what was committed into memory, before anybody is told.
func (c *Center) follow(batch []parley.Entry) {
	for _, e := range batch {
		c.memory.take(e)
		c.board.take(e, c)
		if e.Kind == parley.KindConfigChanged {
			c.courier.Wake()
		}
		if e.Kind == "interaction_closed" {
			c.watches.forget(e.Interaction)
			c.places.forget(e.Interaction)
		}
	}
	if len(batch) > 0 {
		c.follower.reach(batch[len(batch)-1].N)
	}
}

// slaOf is how soon a queue's customers should be answered.
func (c *Center) slaOf(q parley.QueueID) time.Duration {
	b, err := c.memory.book(context.Background())
	if err != nil {
		return 0
	}
	return b.queues[q].SLATime
}

// stageOf is where an interaction came from, for the board.
func (c *Center) stageOf(id parley.InteractionID) stage {
	w, err := c.memory.work(context.Background(), id)
	if err != nil {
		return stage{}
	}
	return stage{queue: w.Queue, entered: w.EntryAt}
}

// do hands in a command that only routing has a say in.
func (c *Center) do(ctx context.Context, name string, touch []string, cmd routing.Command) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name:  name,
		Touch: touch,
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Route: cmd}, nil
		},
	})
}
