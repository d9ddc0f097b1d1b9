package parley

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestFaults(t *testing.T) {
	var f Faults
	f.Text("name", "", 1, 5)
	f.Text("title", strings.Repeat("\u00e9", 6), 1, 5)
	f.Text("note", "a\x00b", 0, 5)
	f.Text("bell", "a\ab", 0, 5)
	f.Text("lines", "a\r\n\tb", 0, 5)
	f.Name("line", "a\nb", 1, 5)
	f.Name("turned", "a\u202eb", 1, 5)
	f.Name("isolated", "\u2066ab\u2069", 1, 5)
	f.Name("marked", "\u200f\u05d3\u05d5\u05d3", 1, 5)
	f.Name("nobody", "", 1, 5)
	f.Text("fine", "\u00e9\u00e9\u00e9\u00e9\u00e9", 1, 5)
	f.Between("priority", 11, 1, 10)
	f.Level(Index("members", 2, "level"), 55)
	OneOf(&f, "role", Role("root"), RoleAgent, RoleAdmin)
	want := []FieldError{
		{Field: "name", Code: "required"}, {Field: "title", Code: "too_long"}, {Field: "note", Code: "invalid_text"}, {Field: "bell", Code: "invalid_text"},
		{Field: "line", Code: "invalid_text"}, {Field: "turned", Code: "invalid_text"}, {Field: "isolated", Code: "invalid_text"}, {Field: "nobody", Code: "required"},
		{Field: "priority", Code: "out_of_range"}, {Field: "members[2].level", Code: "out_of_range"}, {Field: "role", Code: "unknown"},
	}
	if !slices.Equal(f, want) {
		t.Errorf("all faults at once: got %v", f)
	}
	var refused *Error
	if !errors.As(f.Err(), &refused) || refused.Kind != Invalid || len(refused.Fields) != len(want) {
		t.Errorf("one refusal names them all: got %v", f.Err())
	}
	if Faults(nil).Err() != nil {
		t.Error("no fault is no refusal")
	}
}

func TestOneLine(t *testing.T) {
	if got := OneLine(" Ada\x1b\u202e\nOkafor\u2069 "); got != "Ada  Okafor" {
		t.Errorf("A-104: what others call themselves stays on its line: got %q", got)
	}
}
