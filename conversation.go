package parley

import (
	"cmp"
	"log/slog"
	"strings"
	"time"
)

// Channel is a network a conversation goes over.
type Channel string

// The channels.
const (
	WebChat       Channel = "webchat"
	SupportCenter Channel = "support_center"
	SMS           Channel = "sms"
	Facebook      Channel = "facebook"
	Instagram     Channel = "instagram"
	X             Channel = "x"
	WhatsApp      Channel = "whatsapp"
	Telegram      Channel = "telegram"
	Open          Channel = "open" // by the channel API (API-01)
)

// HasForm reports whether visitors come to the channel through a window of ours,
// which has forms before and after the conversation.
func (c Channel) HasForm() bool { return c == WebChat || c == SupportCenter }

// Address is the customer's end of a conversation. It never appears in a log.
type Address string

// LogValue hides the address.
func (Address) LogValue() slog.Value { return slog.StringValue("***") }

// Conversation is all messages between one customer address and one entry
// point, for ever; it carries the message sequence.
type Conversation struct {
	ID           ConversationID
	EntryPoint   EntryPointID
	Channel      Channel
	Customer     CustomerID // "" until linked
	LastSeq      int64
	DeliveredSeq int64 // the customer's client has up to here
	ReadSeq      int64 // the customer has seen up to here
	Visitor      Visitor
	ClientID     string // made by the widget; a repeat begins no second conversation
	CreatedAt    time.Time
	Address      Address   // the customer's end on a network, "" on the web
	WindowUntil  time.Time // until when the network lets us answer freely, zero = always (WAP-05, SOC-07)
}

// Visitor is what a web customer told us and what their browser did. All of it
// is claimed, none verified.
type Visitor struct {
	Name          string
	Handle        string // on a network, without @
	Email         string
	Phone         string
	AccountNumber string
	CaseNumber    string
	Question      string
	Language      string
	ZoneOffset    int // minutes east of UTC
	IP            string
	UserAgent     string
	Page          string
	Variables     Variables
}

// Called is by what people know a visitor: their name, else what their network says.
func (v Visitor) Called() string { return cmp.Or(v.Name, v.Handle, v.Phone) }

// Wanted is what a visitor wanted: their question, else the first they said.
func (v Visitor) Wanted(said []Message) string {
	for _, m := range said {
		if v.Question == "" && m.Sender == FromCustomer {
			return m.Text
		}
	}
	return v.Question
}

// Variables are what a site says of whom it shows the widget to, by name: plan,
// shop_id. They are claimed, like all that comes from a browser.
//
// Source: WEB-04, SCR-02.
type Variables map[string]string

// The bounds of variables.
//
// Unit: variables; code points.
const (
	VariablesMax    = 20
	VariableNameMax = 40
	VariableMax     = 255
)

// VariableNamed reports whether a variable can have a name: letters, digits and _
// of ASCII, a digit not first.
func VariableNamed(name string) bool {
	for k, r := range name {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (k == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != "" && len(name) <= VariableNameMax
}

// Sender is who wrote a message.
type Sender string

// The senders.
const (
	FromCustomer Sender = "customer"
	FromAgent    Sender = "agent"
	FromSystem   Sender = "system" // text is a code: agent_joined, customer_left, transferred ...
)

// Message is one line of a conversation.
type Message struct {
	ID           MessageID
	Conversation ConversationID
	Seq          int64 // 1, 2, 3 ... in the conversation, without gap
	Interaction  InteractionID
	Sender       Sender
	Agent        AgentID // "" unless Sender is FromAgent
	ClientID     string  // a UUID made by the sender; unique in the conversation
	Text         string
	At           time.Time
	Content      *Content  // what it carries besides its text, nil = nothing
	Delivery     *Delivery // of what went to a network, nil = nothing to deliver
}

// Note is an agent's remark on an interaction; the customer never sees it (XFR-08).
type Note struct {
	ID          string // nte_
	Interaction InteractionID
	Agent       AgentID
	ClientID    string
	Text        string
	At          time.Time
}

// Missed is a contact nobody served: an offline form, a skipped queue, an
// abandoned chat, a queue's time out.
type Missed struct {
	ID           string // mis_
	Kind         string // offline_form, skipped, abandoned, queue_timeout
	Conversation ConversationID
	Interaction  InteractionID
	EntryPoint   EntryPointID
	Queue        QueueID
	ClientID     string
	Name         string
	Email        string
	Text         string
	State        string // new, taken, replied, done
	Owner        AgentID
	CreatedAt    time.Time
	Consent      Consent // to which a message was left, without its words; the zero value = none was asked for
	Rev          int64
}

// Words is all that somebody who was missed wrote, of what was said meanwhile: what
// they left says it, else what they said from their first words on.
func (m Missed) Words(said []Message) string {
	words := m.Text
	for _, s := range said {
		if m.ClientID == "" && s.Sender == FromCustomer && s.Text != "" && s.Text != m.Text {
			words += "\n" + s.Text
		}
	}
	return strings.TrimSpace(words)
}

// WebPage returns the address of the page a visitor is on, "" for one that is
// not of the web: an agent can follow it, so nothing else may stand there. A page
// with an odd address is no reason to turn its visitor away.
//
// Source: A-012, CNV-09.
func WebPage(page string) string {
	scheme, _, ok := strings.Cut(strings.TrimSpace(page), "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return ""
	}
	return strings.TrimSpace(page)
}
