package parley

import "time"

// FAQCategory groups FAQs.
type FAQCategory struct {
	ID     string // fqc_
	Name   string
	NameFR string
	Order  int
	Rev    int64
}

// FAQ is a question and the answer an agent can insert and a customer can read,
// in one or more languages. What is edited is a draft; agents and customers see
// what was published last.
//
// Source: FAQ-01.
type FAQ struct {
	ID        FAQID
	Category  string
	Active    bool
	Draft     []FAQText
	Texts     []FAQText // as published, none = never
	Published int       // the version in force, 0 = none
	Uses      int64     // insertions (FAQ-06)
	Rev       int64
}

// FAQText is a FAQ in one language.
//
// Source: FAQ-01, FAQ-04.
type FAQText struct {
	Language string `json:"language" enum:"en,fr-CA"`
	Question string `json:"question"`
	Rich     string `json:"rich" doc:"the answer in a small part of Markdown: bold, italics, lists, links, images"`
	Plain    string `json:"plain" required:"false" doc:"the answer as plain text; empty: made from the rich one"`
}

// FAQVersion is a FAQ as it was published once.
type FAQVersion struct {
	FAQ     FAQID
	Version int
	Texts   []FAQText
	By      AgentID // "" = the system
	At      time.Time
}

// FAQImage is a picture in an answer. It is named by its content, and anybody may
// see it: it is on a public page.
type FAQImage struct {
	Sum    string // SHA-256 in hex
	Type   string
	Size   int64
	Width  int
	Height int
	By     AgentID
	At     time.Time
}

// Canned is a canned reply: words one says often. One that sets codes or adds a
// note too is a macro.
type Canned struct {
	ID           string // can_
	Owner        string // an agent's id: their own; a group's: of its members; "" = everybody's
	Name         string
	Shortcut     string // what is typed behind the slash: thanks
	Text         Text
	Dispositions []DispositionID // set when it is used
	Note         string          // added when it is used
	Uses         int64
	Rev          int64
}

// SupportPage is the center's public page: which ways to get help it shows.
//
// Source: SUP-01, SUP-03.
type SupportPage struct {
	Enabled    bool         `json:"enabled"`
	FAQs       bool         `json:"faqs"`
	Chat       bool         `json:"chat"`
	Email      bool         `json:"email"`
	Sharing    bool         `json:"sharing"`
	EntryPoint EntryPointID `json:"entry_point_id" doc:"where its chats and messages go; of the kind support_center"`
	SharingURL string       `json:"sharing_url" doc:"where a session of desktop sharing is begun; https"`
	Title      Text         `json:"title"`
	Intro      Text         `json:"intro"`
	Accent     string       `json:"accent" doc:"#rrggbb"`
	Rev        int64        `json:"rev" required:"false"`
}
