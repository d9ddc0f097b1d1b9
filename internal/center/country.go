package center

import "parley"

// abroad keeps what came from a country from which nothing is received: for
// administrators, not for a queue.
//
// Source: SMS-01.
func (in *intake) abroad(m parley.Inbound) bool {
	from := in.book.sends().CountryOf(in.spec, m.From[0].Value)
	if from.Receive {
		return false
	}
	in.strange("country_not_allowed "+from.Country, m)
	return true
}
