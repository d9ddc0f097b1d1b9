package routing

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write what happens into the stories")

// TestStories tells every testdata/*.story: its flush lines are what people do,
// its indented lines what follows. A file may hold several days, each under a
// line "== title". The rules a day names in its title or its heading are held by
// it.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.story")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, day := range days(string(text)) {
			name := strings.TrimSuffix(filepath.Base(file), ".story") + ": " + heading(day)
			t.Run(name, func(t *testing.T) {
				now := tell(t, day)
				told += now
				if now != day && !*update {
					t.Fatalf("%s is told differently now; -update writes this:\n%s", file, now)
				}
			})
		}
		if *update && told != string(text) {
			if err := os.WriteFile(file, []byte(told), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// days cuts a file into its days.
func days(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if len(all) == 0 || strings.HasPrefix(line, "== ") {
			all = append(all, "")
		}
		all[len(all)-1] += line
	}
	return all
}

var ruleWord = regexp.MustCompile(`\b([A-Z]{3}-\d+|[PIE]\d+[a-e]?)\b`)

// heading returns a day's title, or the rules it names.
func heading(day string) string {
	if title, ok := strings.CutPrefix(day, "== "); ok {
		title, _, _ = strings.Cut(title, "\n")
		return title
	}
	var rules []string
	for line := range strings.Lines(day) {
		if strings.HasPrefix(line, "#") {
			rules = append(rules, ruleWord.FindAllString(line, -1)...)
		}
	}
	return strings.Join(rules, " ")
}

// story is a day as it is told.
type story struct {
	t   *testing.T
	s   *State
	now time.Time
	out strings.Builder
}

// tell returns text with its indented lines as they come true.
func tell(t *testing.T, text string) string {
	st := &story{t: t, s: New(), now: eight}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "  ") {
			continue
		}
		fmt.Fprintln(&st.out, line)
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#" || words[0] == "==":
		case words[0] == "queue" || words[0] == "agent" || words[0] == "center":
			for _, cmd := range st.scene(words) {
				if _, err := st.s.Apply(st.now, cmd); err != nil {
					t.Fatalf("%s: %v", line, err)
				}
			}
		default:
			st.happen(words)
		}
	}
	return st.out.String()
}

// happen tells one flush line: a time, and what somebody does.
func (st *story) happen(words []string) {
	at, err := time.Parse("15:04:05.000", words[0])
	if err != nil {
		st.t.Fatalf("%v: %v", words, err)
	}
	st.now = time.Date(2026, 3, 2, at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), time.UTC)
	cmd := st.command(words[1:])
	switch cmd.(type) {
	case Restart, Tick:
	default:
		if next := st.s.Next(); !next.IsZero() && next.Before(st.now) {
			st.apply(Tick{})
		}
	}
	st.apply(cmd)
}

func (st *story) apply(cmd Command) {
	events, err := st.s.Apply(st.now, cmd)
	if err != nil {
		fmt.Fprintf(&st.out, "  refused: %s\n", err.Error()[strings.Index(err.Error(), ": ")+2:])
	}
	for _, e := range events {
		if said := say(e); said != "" {
			fmt.Fprintln(&st.out, "  "+said)
		}
	}
	if err := st.s.Check(); err != nil {
		st.t.Fatal(err)
	}
}
