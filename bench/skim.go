package main

import (
	"bytes"
	"slices"
	"strconv"

	"parley/internal/drill/people"
)

// skim reads of a frame its bounds and the texts that were sent, as decoding each
// would take a third of the load's time. A frame with an offer is decoded.
func skim(text []byte) (people.Frame, bool) {
	var f people.Frame
	rest, ok := bytes.CutPrefix(text, []byte(`{"frame":{"from":`))
	if !ok || bytes.Contains(rest, []byte(`"offer_made"`)) {
		return f, false
	}
	from, rest, _ := bytes.Cut(rest, []byte(`,"to":`))
	to, rest, ok := bytes.Cut(rest, []byte(`,"events":`))
	if !ok {
		return f, false
	}
	var err [2]error
	f.From, err[0] = strconv.ParseInt(string(from), 10, 64)
	f.To, err[1] = strconv.ParseInt(string(to), 10, 64)
	for {
		_, after, found := bytes.Cut(rest, []byte(`"text":"`+sentAs))
		if !found {
			return f, err == [2]error{}
		}
		due, after, _ := bytes.Cut(after, []byte(" "))
		rest = after
		text := sentAs + string(due) + " "
		again := func(e people.Event) bool { return e.Message.Text == text }
		if !slices.ContainsFunc(f.Events, again) { // an interaction repeats its last line
			f.Events = append(f.Events, people.Event{Message: &people.Message{Text: text}})
		}
	}
}
