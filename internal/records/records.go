// Package records holds customers, cases and chat logs: the local CRM.
//
// Begin with customer.go and case.go; log.go is how a conversation becomes a
// case, match.go how a visitor is recognized.
package records

import (
	"encoding/base64"
	"encoding/json"
	"errors"

	"parley"
	"parley/internal/files"
	"parley/internal/ledger"
	"parley/internal/store"
)

// Records are the customers and cases of one contact center.
type Records struct {
	ledger *ledger.Ledger
	store  *store.Store
	clock  parley.Clock
	files  files.Files // nil: the center keeps none
}

// New returns the records kept in s.
func New(l *ledger.Ledger, s *store.Store, clock parley.Clock) *Records {
	return &Records{ledger: l, store: s, clock: clock}
}

// Keep says where files are, so that those of an erased customer go too.
func (r *Records) Keep(f files.Files) { r.files = f }

// may reports whether somebody has a right.
//
// Errors: parley.ErrForbidden.
func may(me parley.Actor, p parley.Permission) error {
	if me.Visitor != "" || !me.Has(p) {
		return parley.ErrForbidden
	}
	return nil
}

// pageMax is how much of a list one request gets.
//
// Unit: rows.
const pageMax = 100

// pageSize is what a request without a limit gets.
const pageSize = 50

// Page is a stretch of a list, and where the next one begins; "" if it was the
// last.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
}

func bounded(limit int) int {
	if limit <= 0 {
		return pageSize
	}
	return min(limit, pageMax)
}

// cursor writes a place in a list so that it can be sent back to us.
func cursor(place any) string {
	b, _ := json.Marshal(place) // plain strings and numbers always can
	return base64.RawURLEncoding.EncodeToString(b)
}

// at reads a place. Errors: parley.ErrBadRequest.
func at(cursor string, place any) error {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || json.Unmarshal(b, place) != nil {
		return parley.ErrBadRequest
	}
	return nil
}

// absent reports whether err says that there is no such thing.
func absent(err error) bool { return errors.Is(err, parley.ErrNotFound) }
