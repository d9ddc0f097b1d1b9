package parley

// RichBlock is a paragraph or a list of a text with marks. What such a text can
// hold is all there is in these types: no text of it ever becomes markup.
//
// Source: FAQ-04, A-008.
type RichBlock struct {
	Kind  string       `json:"kind" enum:"text,bullets,numbers"`
	Items [][]RichSpan `json:"items" doc:"one of a text; one per line of a list"`
}

// RichSpan is a stretch of one kind.
type RichSpan struct {
	Text   string `json:"text" doc:"of an image: what it shows"`
	Bold   bool   `json:"bold,omitempty"`
	Italic bool   `json:"italic,omitempty"`
	Link   string `json:"link,omitempty" doc:"https, http, mailto or tel"`
	Image  string `json:"image,omitempty" doc:"the SHA-256 of a picture of ours"`
}
