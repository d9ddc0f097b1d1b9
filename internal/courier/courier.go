// Package courier carries messages to networks: part by part, as fast as each
// network takes them, never a part again that may have arrived. It keeps what
// becomes of them, the networks' connections alive, and tells administrators of
// trouble. It decides nothing about who talks with whom.
//
// Begin with deliver.go; verdict.go is what follows from a network's answer,
// statuses.go what it says later, runner.go what runs beside.
package courier

import (
	"context"
	"log/slog"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/seal"
	"parley/internal/settings"
	"parley/internal/store"
)

// Rooms are what a Courier stands on.
type Rooms struct {
	Ledger   *ledger.Ledger
	Store    *store.Store
	Clock    parley.Clock
	Log      *slog.Logger
	Channels map[string]channel.Channel // by provider; nil: none
	Seal     *seal.Seal                 // opens the secrets of entry points

	// Book returns the configuration with all in it that was answered so far.
	Book func(ctx context.Context) (*Book, error)
	// File opens a file that goes to a network; nil: none goes.
	File func(ctx context.Context, a parley.Attachment) (*parley.OutFile, error)
	// Keep takes in what a network's connection brought; raw is what it said.
	Keep func(ctx context.Context, id parley.EntryPointID, r channel.Received, raw []byte) error
}

// Book is the part of the configuration that sending goes by. Nobody changes it.
type Book struct {
	Entrances map[parley.EntryPointID]parley.EntryPoint
	Countries map[string]store.Country // that texts go to and come from; none = all
	Values    settings.Values
}

// Courier carries one center's messages.
type Courier struct {
	ledger   *ledger.Ledger
	store    *store.Store
	clock    parley.Clock
	log      *slog.Logger
	channels map[string]channel.Channel
	seal     *seal.Seal
	public   string // where networks reach us, "" = nobody said
	book     func(ctx context.Context) (*Book, error)
	file     func(ctx context.Context, a parley.Attachment) (*parley.OutFile, error)
	keep     func(ctx context.Context, id parley.EntryPointID, r channel.Received, raw []byte) error
	heavy    chan struct{} // filesAtOnce: files on their way to networks
	traffic  traffic       // how fast what goes out may go
	pulse    pulse         // what went out, not yet counted
	runners  runners       // the networks' connections
	marks    marks         // what customers are told of our reading and typing
}

// New opens the room: from now on it carries what is listed for networks.
func New(r Rooms) *Courier {
	c := &Courier{
		ledger: r.Ledger, store: r.Store, clock: r.Clock, log: r.Log, channels: r.Channels, seal: r.Seal,
		book: r.Book, file: r.File, keep: r.Keep, heavy: make(chan struct{}, filesAtOnce),
	}
	c.traffic.init(r.Clock)
	c.pulse.init()
	c.runners.init()
	c.marks.init()
	r.Ledger.HandleMany(DeliverKind, deliverAtOnce, c.deliver)
	r.Ledger.Handle(ResolveKind, c.resolve)
	r.Ledger.Handle(reactKind, c.react)
	return c
}

// detailMax bounds a network's words that are kept.
//
// Unit: code points.
const detailMax = 200

// detail is a network's own words in one line.
func detail(text string) string {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == 0:
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD"))))
	if runes := []rune(text); len(runes) > detailMax {
		return string(runes[:detailMax])
	}
	return text
}
