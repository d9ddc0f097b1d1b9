package parley

// FAQCategory groups FAQs.
type FAQCategory struct {
	ID     string // fqc_
	Name   string
	NameFR string
	Order  int
	Rev    int64
}

// FAQ is a question and the answer an agent can insert.
//
// Source: FAQ-01.
type FAQ struct {
	ID       FAQID
	Category string
	Language string // en or fr-CA
	Question string
	Answer   string
	Active   bool
	Uses     int64 // insertions (FAQ-06)
	Rev      int64
}
