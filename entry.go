package parley

import "time"

// Entry is one line of the center's log. It carries ids, kinds, numbers and
// times; never text, names or addresses.
type Entry struct {
	N            int64 // 1, 2, 3 ... in the center, without gap
	At           time.Time
	Kind         string // offer_made: the Kind of a routing event, or one below
	Conversation ConversationID
	Interaction  InteractionID
	Message      MessageID
	Agent        AgentID
	Subject      string // a customer, case, note, queue ...
	Data         []byte // JSON
}

// The kinds of entries that are not routing's.
const (
	KindMessageAdded       = "message_added"       // data: {"seq":12,"from":"customer"}
	KindMessageChanged     = "message_changed"     // an edit, a revoke, a reaction, a file that came
	KindDeliveryChanged    = "delivery_changed"    // data: {"delivered":12,"read":10}
	KindNoteAdded          = "note_added"          // subject: the note
	KindRecordChanged      = "record_changed"      // subject: a customer or case; interaction if it is its log or link
	KindDispositionsChosen = "dispositions_chosen" // the codes of an interaction changed
	KindConfigChanged      = "config_changed"      // subject: what an administrator saved: queue, group, list, faq, setting ...
	KindMissedChanged      = "missed_changed"      // subject: a missed contact
)
