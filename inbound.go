package parley

import "time"

// Inbound is one thing a customer did on a network, in our words.
//
// Source: networks.md 2 to 8.
type Inbound struct {
	Kind       InboundKind
	ExternalID string // the network's id; unique for ever per entry point (E23)
	From       Keys   // who it is, the best key first
	Name       string // as the network shows them, "" if it does not say
	Handle     string // their name on the network, without @
	Text       string
	Content    *Content
	Target     string     // the external id an edit, a revoke, a reaction is about, or a reply answers
	Emoji      string     // of a reaction, "" = taken back
	SentAt     time.Time  // the network's time, zero if it does not say
	Echo       bool       // we, or somebody in the network's own app, wrote it: never a customer
	AppID      string     // of an echo: who sent it
	Ref        string     // of an echo: what we gave the network to tell our own by: our message's id
	Part       int        // of Ref: which part of that message
	Window     Window     // how it opens the window to answer
	OptOut     *bool      // STOP: true, START: false (SMS-09)
	Help       Help       // HELP, by keyword (SMS-09)
	Language   string     // as the network says, "" if it does not
	Customer   CustomerID // API-03: the caller knows who it is
	Email      string     // as they say of themselves
	Phone      string     // likewise: not the address they write from
}

// Help says that a message asks by keyword who writes here; "" if it does not.
//
// Source: SMS-09.
type Help string

// Who answers it. Each is the line that tells whoever serves them, too.
const (
	HelpAsked Help = "help_answered" // the center
	HelpGiven Help = "help_given"    // nobody any more: the network has
)

// InboundKind is what a customer did.
type InboundKind string

// The kinds.
const (
	InboundMessage  InboundKind = "message"
	InboundEdit     InboundKind = "edit"
	InboundRevoke   InboundKind = "revoke"
	InboundReaction InboundKind = "reaction"
	InboundTyping   InboundKind = "typing"
	InboundAction   InboundKind = "action"   // opens the window and says nothing: opt-in, referral
	InboundIdentity InboundKind = "identity" // From[0] is new, From[1] was theirs before
	InboundBot      InboundKind = "bot"      // a program said it to them, before anybody serves (API-01)
)

// Window is what an inbound does to the time in which we may answer.
//
// Unit: from receipt.
// Source: WAP-05, SOC-07, networks.md 2, 3.
type Window string

// The windows. WindowNone leaves it as it was.
const (
	WindowNone  Window = ""
	WindowOpens Window = "opens" // for the Spec's Window
	WindowAd    Window = "ad"    // for the Spec's AdWindow
)

// KeyKind is the sort of an address.
//
// Source: networks.md 11.
type KeyKind string

// The kinds of addresses.
const (
	KeyPhone     KeyKind = "phone" // E.164 with +
	KeyWhatsApp  KeyKind = "whatsapp_user"
	KeyFacebook  KeyKind = "facebook"  // PSID, per page
	KeyInstagram KeyKind = "instagram" // IGSID, per account
	KeyX         KeyKind = "x"         // numeric user id
	KeyTelegram  KeyKind = "telegram"  // numeric chat id
	KeyOpen      KeyKind = "open"      // what the caller of the channel API says
)

// Key is one address of a customer.
type Key struct {
	Kind  KeyKind `json:"kind"`
	Value Address `json:"value"`
}

// Keys are the addresses of one person, the one to route by first.
type Keys []Key

// Of returns the address of a kind, "" if there is none.
func (k Keys) Of(kind KeyKind) Address {
	for _, key := range k {
		if key.Kind == kind {
			return key.Value
		}
	}
	return ""
}

// Content is what a message carries besides its text.
//
// Source: networks.md 2, 3, 4; CNV-07, SMS-05.
type Content struct {
	Kind      ContentKind   `json:"kind"`
	Files     []Attachment  `json:"files,omitempty"`
	Location  *Location     `json:"location,omitempty"`
	Contacts  []ContactCard `json:"contacts,omitempty"`
	Choice    *Choice       `json:"choice,omitempty"`   // the button or list row the customer chose
	Options   []Choice      `json:"options,omitempty"`  // what we let them choose from
	Fields    []Pair        `json:"fields,omitempty"`   // of a form, an order, a referral
	ReplyTo   MessageID     `json:"reply_to,omitempty"` // what it answers, if we know it
	Forwarded bool          `json:"forwarded,omitempty"`
	Often     bool          `json:"forwarded_often,omitempty"` // forwarded many times, as the network counts: a sign of rumours and spam
	Template  *Template     `json:"template,omitempty"`
	Blocks    []RichBlock   `json:"blocks,omitempty"`     // the text with its marks, where it has any (FAQ-04)
	Note      string        `json:"note,omitempty"`       // a code: attachment_not_supported, group, encrypted, unsupported, edited_after_end ...
	Edited    string        `json:"edited,omitempty"`     // the text as the customer changed it; Message.Text stays as it came
	EditedAt  int64         `json:"edited_at,omitempty"`  // Unix milliseconds
	RevokedAt int64         `json:"revoked_at,omitempty"` // the customer took it back; the text is kept for who may see it
	Reactions []Reaction    `json:"reactions,omitempty"`
	SentAt    int64         `json:"sent_at,omitempty"` // the network's time, where it came late
}

// Said returns what a message says, each thing by itself: its text, what the customer
// made of it later, the names of its files, the answers of a form, the products of an order.
//
// Source: networks.md 2, F011.
func (m Message) Said() []string {
	said := []string{m.Text}
	if m.Content == nil {
		return said
	}
	if m.Content.Edited != "" {
		said = append(said, m.Content.Edited)
	}
	for _, f := range m.Content.Files {
		if f.Name != "" {
			said = append(said, f.Name)
		}
	}
	for _, f := range m.Content.Fields {
		if m.Content.Kind == ContentOrder { // the product's id is the line's name
			said = append(said, f.Name)
		}
		said = append(said, f.Value)
	}
	return said
}

// ContentKind says how a message is shown.
type ContentKind string

// The kinds of content. Plain text has none.
const (
	ContentText        ContentKind = "text"
	ContentImage       ContentKind = "image"
	ContentVideo       ContentKind = "video"
	ContentAudio       ContentKind = "audio"
	ContentVoice       ContentKind = "voice"
	ContentDocument    ContentKind = "document"
	ContentSticker     ContentKind = "sticker"
	ContentLocation    ContentKind = "location"
	ContentContacts    ContentKind = "contacts"
	ContentChoice      ContentKind = "choice"
	ContentForm        ContentKind = "form"
	ContentOrder       ContentKind = "order"
	ContentReferral    ContentKind = "referral"
	ContentStory       ContentKind = "story"   // the customer answers one of ours
	ContentMention     ContentKind = "mention" // the customer names us in one of theirs
	ContentTemplate    ContentKind = "template"
	ContentPlaceholder ContentKind = "placeholder" // Note says what cannot be shown
)

// NoteIdentityChanged says that the customer's phone or app is another one now.
// What says so is shown where somebody is served, and begins nothing.
//
// Source: networks.md 2.
const NoteIdentityChanged = "identity_changed"

// Location is a place.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name,omitempty"`
	Address   string  `json:"address,omitempty"`
}

// ContactCard is somebody's address, passed on.
type ContactCard struct {
	Name   string   `json:"name"`
	Phones []string `json:"phones,omitempty"`
	Emails []string `json:"emails,omitempty"`
}

// Choice is a button or a row.
type Choice struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Pair is a named value.
type Pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Reaction is an emoji on a message.
type Reaction struct {
	Emoji  string `json:"emoji"`
	By     Sender `json:"by"`
	At     int64  `json:"at"`
	Failed string `json:"failed,omitempty"` // channel.Code: why the network does not show ours as it stands here, "" = it does or will
}

// AttachmentState is where a file stands.
type AttachmentState string

// The states of a file.
const (
	AttachmentFetching AttachmentState = "fetching" // it is still with the network
	AttachmentReady    AttachmentState = "ready"
	AttachmentFailed   AttachmentState = "failed"  // Why says so
	AttachmentRefused  AttachmentState = "refused" // too large, too many pixels, not allowed
)

// Attachment is a file of a message.
//
// Unit: bytes; pixels.
type Attachment struct {
	ID      AttachmentID    `json:"id"`
	Kind    ContentKind     `json:"kind"`
	Name    string          `json:"name,omitempty"`
	Type    string          `json:"type,omitempty"` // as sniffed, once it is ready
	Size    int64           `json:"size,omitempty"`
	Width   int             `json:"width,omitempty"`
	Height  int             `json:"height,omitempty"`
	State   AttachmentState `json:"state"`
	Why     string          `json:"why,omitempty"` // a code: expired, too_large, too_many_pixels, hash_mismatch, not_allowed
	Ref     string          `json:"-"`             // the network's id or URL
	SHA256  string          `json:"-"`             // as the network says, then as stored
	Thumb   string          `json:"-"`             // SHA-256 of the small picture, "" = none
	Caption string          `json:"caption,omitempty"`
}

// Status is what a network says of a message we gave it.
//
// Source: CNV-02, networks.md 2, 3, 5 to 8.
type Status struct {
	ExternalID string
	Ref        string // our message's id, if the network gives it back
	Part       int    // of Ref: which part of that message
	State      DeliveryState
	Code       string // an error class of channel.Code
	Detail     string // the network's own words or number
	At         time.Time
	Watermark  time.Time // not zero: everything to From up to then; ExternalID is ""
	From       Keys      // with Watermark: whose
}
