package search

import (
	"slices"
	"strings"
)

// Record is what a customer is found by.
type Record struct {
	ID      string
	Name    string // the whole name
	Account string
	Emails  []string
	Phones  []string // digits
	More    []string // handles on networks, custom fields ...
}

// Body returns a record as the trigram engines index it: words, each with a
// blank before and after, so that "the word begins so" is a part of the text
// too. A compound name is there in parts and in one: Jean-Pierre is found as
// "jean pierre" and as "jeanpierre".
func (r Record) Body() string {
	words := r.words()
	for _, e := range r.Emails {
		words = append(words, strings.TrimSpace(Fold(e)))
	}
	words = append(words, r.Phones...)
	words = append(words, accountWords(r.Account)...)
	for _, m := range r.More {
		words = append(words, Words(m)...)
	}
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ") + " "
}

// words are those of the name.
func (r Record) words() []string {
	words := Words(r.Name)
	for part := range strings.FieldsSeq(Fold(r.Name)) {
		if joined := strings.Join(Words(part), ""); !slices.Contains(words, joined) && joined != "" {
			words = append(words, joined)
		}
	}
	return words
}

// accountWords are an account number as it is kept, and without its separators.
func accountWords(account string) []string {
	folded := strings.ReplaceAll(strings.TrimSpace(Fold(account)), " ", "")
	joined := strings.Join(Words(account), "")
	switch {
	case folded == "":
		return nil
	case joined == folded || joined == "":
		return []string{folded}
	}
	return []string{folded, joined}
}

// Vocabulary returns the words of a body in which a typing error is forgiven.
func Vocabulary(body string) []string {
	var out []string
	for _, w := range Words(body) {
		if Forgivable(w) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
