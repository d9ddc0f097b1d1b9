package store

import (
	"regexp"
	"sync"
)

// Which tables a text changes, and every word in it: a table's name is one.
var (
	changesTable = regexp.MustCompile(`\b(?:INTO|UPDATE|DELETE FROM)\s+([a-z_]+)`)
	wordOf       = regexp.MustCompile(`[a-z_]+`)
)

// wordBook keeps what was found in a text: the texts are few.
type wordBook struct {
	find func(query string) []string
	of   sync.Map // text to its words
}

var (
	tablesChanged = wordBook{find: func(query string) (tables []string) {
		for _, m := range changesTable.FindAllStringSubmatch(query, -1) {
			tables = append(tables, m[1])
		}
		return tables
	}}
	wordsRead = wordBook{find: func(query string) []string { return wordOf.FindAllString(query, -1) }}
)

func (b *wordBook) get(query string) []string {
	if words, ok := b.of.Load(query); ok {
		return words.([]string)
	}
	words := b.find(query)
	b.of.Store(query, words)
	return words
}

// changes notes which tables a listed statement changes.
func (r *Rows) changes(query string) {
	for _, table := range tablesChanged.get(query) {
		r.note(table)
	}
}

func (r *Rows) note(table string) {
	if r.tables == nil {
		r.tables = map[string]struct{}{}
	}
	r.tables[table] = struct{}{}
}

// waits reports whether a question concerns a table of which something is listed
// and not yet written. Messages raise the numbers of their conversation and of
// their interaction.
func (r *Rows) waits(query string) bool {
	if (r.settled || r.merge.any()) && concernsMerged(query) {
		return true
	}
	for _, word := range wordsRead.get(query) {
		if _, ok := r.tables[word]; ok {
			return true
		}
		switch word {
		case "messages", "conversations", "interactions":
			if len(r.messages) > 0 {
				return true
			}
		case "entries":
			if len(r.entries) > 0 {
				return true
			}
		}
	}
	return false
}
