package script

import "parley"

// StillThere is what a silent customer is asked where nobody chose other words.
//
// Source: I22.
var StillThere = parley.Text{
	EN: "Are you still there? If you need nothing more, we will end this conversation soon.",
	FR: "\u00cates-vous toujours l\u00e0? Si vous n\u2019avez plus besoin de rien, nous mettrons bient\u00f4t fin \u00e0 cette conversation.",
}

// unserved says why a queue ended the wait.
//
// Source: QUE-08, QUE-09, E12.
var unserved = map[string]parley.Text{
	"no_agents": {
		EN: "Nobody is here to answer you right now.",
		FR: "Personne n\u2019est l\u00e0 pour vous r\u00e9pondre en ce moment.",
	},
	"queue_full": {
		EN: "Too many people are waiting right now.",
		FR: "Trop de personnes attendent en ce moment.",
	},
	"closed": {
		EN: "This service has just closed.",
		FR: "Ce service vient de fermer.",
	},
	"max_wait": {
		EN: "Nobody could answer you in time, and we are sorry.",
		FR: "Personne n\u2019a pu vous r\u00e9pondre \u00e0 temps; nous en sommes d\u00e9sol\u00e9s.",
	},
}

// Unserved is what a customer is told whose queue ended the wait, by why it did,
// and what they can do: fill in a form that is before them, or write again. It
// is empty where no queue did.
//
// Source: QUE-08, QUE-09, E12.
func Unserved(why string, form bool) parley.Text {
	said, ok := unserved[why]
	switch {
	case !ok:
	case form:
		said.EN += " Leave us a message, and we will get back to you."
		said.FR += " Laissez-nous un message et nous vous r\u00e9pondrons."
	default:
		said.EN += " Please write to us again later."
		said.FR += " \u00c9crivez-nous de nouveau plus tard."
	}
	return said
}
