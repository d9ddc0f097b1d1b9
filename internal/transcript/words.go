package transcript

import "parley"

// words are those of one language.
type words struct {
	title, caseNumber, number, origin, customer, channel, queue, agent string
	initiated, accepted, ended, codes, hash, note, page, unknown       string
	elsewhere                                                          string

	content
	channels map[parley.Channel]string
	system   map[string]string // by code; {name} is the agent
}

func wordsOf(language string) words {
	if french(language) {
		return frenchWords
	}
	return englishWords
}

var englishWords = words{
	content: englishContent,
	title:   "Transcript", caseNumber: "Case", number: "Interaction", origin: "Transferred from", customer: "Customer",
	channel: "Channel", queue: "Queue", agent: "Agent", initiated: "Initiated", accepted: "Accepted", ended: "Ended",
	codes: "Codes", hash: "SHA-256", elsewhere: "Bot or another app", note: "%s (internal note)", page: "Page %d of {nb}",
	unknown: "Characters without a picture in this font are shown as a square; the transcript on the screen has them all.",
	channels: map[parley.Channel]string{
		parley.WebChat: "Web chat", parley.SupportCenter: "Support Center", parley.SMS: "SMS", parley.Facebook: "Facebook Messenger",
		parley.Instagram: "Instagram", parley.X: "X", parley.WhatsApp: "WhatsApp", parley.Telegram: "Telegram", parley.Open: "API",
	},
	system: map[string]string{
		"agent_joined": "{name} joined", "agent_left": "{name} left", "customer_left": "The customer left",
		"customer_ended": "The customer ended the chat", "conversation_ended": "The conversation has ended",
		"transferred": "Transferred", "agent_lost": "The agent lost the connection", "agent_away": "The agent is reconnecting",
		"closed_by_supervisor": "Closed by a supervisor", "ended_inactive": "Ended: nobody had written for a while",
		"window_nears": "The network lets us answer only a little longer", "ended_window": "Ended: the network no longer lets us answer",
		"sender_blocked": "The sender was blocked", "returned": "The customer wrote again",
		"opted_out": "The customer asked not to be written to any more", "opted_in": "The customer may be written to again",
		"number_changed": "The customer has a new number", "other": "Something changed",
		"help_answered": "Asked for help by keyword; answered automatically",
		"help_given":    "Asked for help by keyword; the provider answered automatically",
	},
}

var frenchWords = words{
	content: frenchContent,
	title:   "Transcription", caseNumber: "Dossier", number: "Interaction", origin: "Transf\u00e9r\u00e9e de", customer: "Client",
	channel: "Canal", queue: "File", agent: "Agent", initiated: "D\u00e9but", accepted: "Acceptation", ended: "Fin",
	codes: "Codes", hash: "SHA-256", elsewhere: "Robot ou autre application", note: "%s (note interne)", page: "Page %d de {nb}",
	unknown: "Les caract\u00e8res absents de cette police sont remplac\u00e9s par un carr\u00e9; la transcription \u00e0 l\u2019\u00e9cran les montre tous.",
	channels: map[parley.Channel]string{
		parley.WebChat: "Clavardage", parley.SupportCenter: "Centre d\u2019assistance", parley.SMS: "Texto", parley.Facebook: "Facebook Messenger",
		parley.Instagram: "Instagram", parley.X: "X", parley.WhatsApp: "WhatsApp", parley.Telegram: "Telegram", parley.Open: "API",
	},
	system: map[string]string{
		"agent_joined": "{name} a rejoint la conversation", "agent_left": "{name} a quitt\u00e9 la conversation",
		"customer_left": "Le client est parti", "customer_ended": "Le client a mis fin au clavardage",
		"conversation_ended": "La conversation est termin\u00e9e", "transferred": "Transf\u00e9r\u00e9e",
		"agent_lost": "L\u2019agent a perdu la connexion", "agent_away": "L\u2019agent se reconnecte",
		"closed_by_supervisor": "Ferm\u00e9e par un superviseur", "ended_inactive": "Termin\u00e9e\u00a0: personne n\u2019\u00e9crivait plus",
		"window_nears":   "Le r\u00e9seau ne permet plus de r\u00e9pondre que peu de temps",
		"ended_window":   "Termin\u00e9e\u00a0: le r\u00e9seau ne permet plus de r\u00e9pondre",
		"sender_blocked": "L\u2019exp\u00e9diteur a \u00e9t\u00e9 bloqu\u00e9", "returned": "Le client a \u00e9crit de nouveau",
		"opted_out": "Le client ne veut plus recevoir de messages", "opted_in": "On peut de nouveau \u00e9crire au client",
		"number_changed": "Le client a un nouveau num\u00e9ro", "other": "Quelque chose a chang\u00e9",
		"help_answered": "Aide demand\u00e9e par mot-cl\u00e9; r\u00e9ponse envoy\u00e9e automatiquement",
		"help_given":    "Aide demand\u00e9e par mot-cl\u00e9; le fournisseur a r\u00e9pondu automatiquement",
	},
}

// frenchZones are Canada's time zones as French writes them; others stay as they
// are known everywhere.
var frenchZones = map[string]string{
	"NST": "HNT", "NDT": "HAT", "AST": "HNA", "ADT": "HAA", "EST": "HNE", "EDT": "HAE",
	"CST": "HNC", "CDT": "HAC", "MST": "HNR", "MDT": "HAR", "PST": "HNP", "PDT": "HAP",
}
