package courier

import (
	"parley"
	"parley/internal/channel"
	"parley/internal/identity"
	"parley/internal/store"
)

// CountryOf returns what texts may do where a number is of. Networks that are not
// paid by segments are the same everywhere, and so are all while no country is
// listed.
//
// Source: SMS-01.
func (b *Book) CountryOf(spec channel.Spec, number parley.Address) store.Country {
	free := store.Country{Receive: true, Send: true}
	if !spec.Segments {
		return free
	}
	code := identity.Country(string(number))
	if listed, ok := b.Countries[code]; ok {
		return listed
	}
	free.Country = code
	if len(b.Countries) > 0 {
		free.Receive, free.Send = false, false
	}
	return free
}

// spend counts what a part cost that the network took.
func (e *errand) spend(r *store.Rows, part int) {
	if !e.spec.Segments {
		return
	}
	segments, _, _ := parley.SMSSegments(e.pieces[part].Text)
	r.AddSpend(e.m.ID, e.ID, e.book.CountryOf(e.spec, e.talk.Address), segments)
}
