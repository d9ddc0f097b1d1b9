package parley

// DeliveryState is how far a message to a customer has come.
//
// Source: CNV-02, INV-16.
type DeliveryState string

// The states, the ways from one to another in Next.
const (
	DeliveryPending     DeliveryState = "pending" // kept; it is tried, or tried again later
	DeliverySent        DeliveryState = "sent"    // the network has it
	DeliveryDelivered   DeliveryState = "delivered"
	DeliveryRead        DeliveryState = "read"
	DeliveryPlayed      DeliveryState = "played"
	DeliveryFailed      DeliveryState = "failed"      // the network or we said no; a person may try again
	DeliveryUnconfirmed DeliveryState = "unconfirmed" // it may have arrived: nobody but a person sends it again
)

var deliveryRank = map[DeliveryState]int{
	DeliveryPending: 0, DeliveryUnconfirmed: 1, DeliveryFailed: 2, DeliverySent: 2,
	DeliveryDelivered: 3, DeliveryRead: 4, DeliveryPlayed: 5,
}

// Next returns the state after a network reported to. It only moves forward; a
// failure counts only before the message arrived anywhere, and whatever arrived
// after a failure counts.
//
// Source: INV-16, A-062, R-40.
func (s DeliveryState) Next(to DeliveryState) DeliveryState {
	if to == DeliveryFailed && s != DeliverySent && deliveryRank[s] >= deliveryRank[to] {
		return s
	}
	if s == DeliveryFailed && to == DeliverySent {
		return s
	}
	if to == DeliveryFailed || deliveryRank[to] > deliveryRank[s] {
		return to
	}
	return s
}

// Delivery is how a message to a customer stands.
type Delivery struct {
	State  DeliveryState `json:"state"`
	Code   string        `json:"code,omitempty"`   // channel.Code: why it failed or is not confirmed
	Detail string        `json:"detail,omitempty"` // the network's own words
	Parts  int           `json:"parts"`            // how many messages of the network it became, 0 = not yet known
	At     int64         `json:"at"`               // Unix milliseconds
}

// Outbound is one message of a network on its way: a whole message, or one part
// of a longer one.
type Outbound struct {
	ID       MessageID
	Part     int // 0, 1, 2 ...
	Parts    int
	To       Keys
	Text     string
	File     *OutFile
	Template *Template
	Options  []Choice // quick replies, where the network has them
	ReplyTo  string   // external id
	Human    bool     // an agent wrote it, not the system (HUMAN_AGENT)
	InWindow bool     // the free window is open
	Not      []string // external ids of other messages: asked what became of this one, it is none of them
}

// OutFile is a file on its way to a network.
type OutFile struct {
	Kind ContentKind
	Name string
	Type string
	Data []byte
	URL  string // where the network may fetch it for a while, "" = nowhere
}

// Template is a message a network approved beforehand.
//
// Source: WAP-05.
type Template struct {
	Name     string   `json:"name"`
	Language string   `json:"language"`
	Body     string   `json:"body,omitempty"` // what is read, with {{1}} ... where the values go
	Values   []string `json:"values,omitempty"`
	// Slots are where the network wants each value; none: all in its body, by number.
	Slots []TemplateSlot `json:"slots,omitempty"`
}

// TemplateSlot is where one value of a template goes.
type TemplateSlot struct {
	Part   string `json:"part"`             // header, body or button
	Name   string `json:"name,omitempty"`   // as the network calls it, "" where it counts
	Button int    `json:"button,omitempty"` // which one, from 0
}
