package center

import (
	"parley"
	"parley/internal/channel"
	"parley/internal/identity"
	"parley/internal/store"
)

// countryOf returns what texts may do where a number is of. Networks that are not
// paid by segments are the same everywhere, and so are all while no country is
// listed.
//
// Source: SMS-01.
func (b *book) countryOf(spec channel.Spec, number parley.Address) store.Country {
	free := store.Country{Receive: true, Send: true}
	if !spec.Segments {
		return free
	}
	code := identity.Country(string(number))
	if listed, ok := b.countries[code]; ok {
		return listed
	}
	free.Country = code
	if len(b.countries) > 0 {
		free.Receive, free.Send = false, false
	}
	return free
}

// abroad keeps what came from a country from which nothing is received: for
// administrators, not for a queue.
//
// Source: SMS-01.
func (in *intake) abroad(m parley.Inbound) bool {
	from := in.book.countryOf(in.spec, m.From[0].Value)
	if from.Receive {
		return false
	}
	in.strange("country_not_allowed "+from.Country, m)
	return true
}

// spend counts what a part cost that the network took.
func (e *errand) spend(r *store.Rows, part int) {
	if !e.spec.Segments {
		return
	}
	segments, _, _ := parley.SMSSegments(e.pieces[part].Text)
	r.AddSpend(e.m.ID, e.ID, e.book.countryOf(e.spec, e.talk.Address), segments)
}
