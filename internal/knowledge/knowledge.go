// Package knowledge holds what the center can say: FAQs in several languages,
// canned replies and macros, and the public page that shows some of it.
//
// Begin with faq.go; rich.go is what an answer may hold, find.go how one is
// found, reply.go what people say often, support.go the public page.
package knowledge

import (
	"context"
	"errors"
	"sync/atomic"

	"parley"
	"parley/internal/files"
	"parley/internal/ledger"
	"parley/internal/store"
)

// Rooms are what Knowledge stands on.
type Rooms struct {
	Ledger *ledger.Ledger
	Store  *store.Store
	Clock  parley.Clock
	Files  *files.Cabinet // pictures of answers; nil: none is taken
	Change ledger.Changer
}

// Knowledge is a center's.
type Knowledge struct {
	Rooms
	age   atomic.Int64          // how often what is published has changed
	shelf atomic.Pointer[shelf] // what is published, ready to be searched
}

// New opens it. It follows the ledger, so call it before Ledger.Run.
func New(r Rooms) *Knowledge {
	k := &Knowledge{Rooms: r}
	r.Ledger.Subscribe(k.follow)
	return k
}

// The bounds of texts.
//
// Unit: code points.
// Source: FAQ-03: an answer may be as long as the longest message.
const (
	nameMax     = 100
	questionMax = 300
	answerMax   = 5000
	shortcutMax = 32
	noteMax     = 2000
	introMax    = 1000
	addressMax  = 2000
	orderMax    = 10_000
)

var languages = []string{"en", "fr-CA"}

// may reports whether somebody has a right.
//
// Errors: parley.ErrForbidden.
func may(me parley.Actor, p parley.Permission) error {
	if me.Visitor != "" || !me.Has(p) {
		return parley.ErrForbidden
	}
	return nil
}

// administer hands in an administrator's command.
//
// Source: CFG-04.
func (k *Knowledge) administer(ctx context.Context, me parley.Actor, name string, plan func(context.Context, ledger.View) (ledger.Change, error)) error {
	if err := may(me, parley.MayAdminister); err != nil {
		return err
	}
	defer k.age.Add(1) // what one changed one finds changed
	return k.Change(ctx, me, name, plan)
}

func absent(err error) bool { return errors.Is(err, parley.ErrNotFound) }

// id returns a new id.
func (k *Knowledge) id(prefix string) string { return parley.NewID(prefix, k.Clock.Now()) }
