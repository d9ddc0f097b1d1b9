package script

import "parley"

// StillThere is what a silent customer is asked where nobody chose other words.
//
// Source: I22.
var StillThere = parley.Text{
	EN: "Are you still there? If you need nothing more, we will end this conversation soon.",
	FR: "\u00cates-vous toujours l\u00e0? Si vous n\u2019avez plus besoin de rien, nous mettrons bient\u00f4t fin \u00e0 cette conversation.",
}

// Unserved is what a customer is told whose queue ended the wait, by why it did.
//
// Source: QUE-08, QUE-09, E12.
func Unserved(why string) parley.Text {
	switch why {
	case "no_agents":
		return parley.Text{
			EN: "Nobody is here to answer you right now. Please write to us again later.",
			FR: "Personne n\u2019est l\u00e0 pour vous r\u00e9pondre en ce moment. \u00c9crivez-nous de nouveau plus tard.",
		}
	case "queue_full":
		return parley.Text{
			EN: "Too many people are waiting right now. Please write to us again later.",
			FR: "Trop de personnes attendent en ce moment. \u00c9crivez-nous de nouveau plus tard.",
		}
	case "closed":
		return parley.Text{
			EN: "This service has just closed. Please write to us again later.",
			FR: "Ce service vient de fermer. \u00c9crivez-nous de nouveau plus tard.",
		}
	}
	return parley.Text{
		EN: "Nobody could answer you in time, and we are sorry. Please write to us again later.",
		FR: "Personne n\u2019a pu vous r\u00e9pondre \u00e0 temps; nous en sommes d\u00e9sol\u00e9s. \u00c9crivez-nous de nouveau plus tard.",
	}
}
