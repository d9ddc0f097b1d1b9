// Package conformance plays a channel its recordings: what a network sends us,
// what we send it, and what either means. Only tests enter it.
//
// A recording is one text file. Its first lines say what it shows and which page
// of the network's documentation the fields came from; sections follow:
//
//	-- request --          what the network posts: method, address, headers, a blank line, the body as it is
//	-- entrypoint.json --  the entry point, where testdata/entrypoint.json does not fit
//	-- send.json --        or fetch, mark, profile, check, resolve, templates, register: what we ask of the channel
//	-- call --             a call we must make then: method, path, the headers that matter, a blank line, the body
//	-- answer --           what the network answers: status, headers, a blank line, the body; or "hangup"
//	-- want.json --        what it means
//
// A header line {{sign}} is filled in by the channel's own test signer; the value
// * of a header means that it must be there. -update writes want.json anew.
package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// section is one named part of a recording.
type section struct{ name, data string }

// recording is one file.
type recording struct {
	path     string
	comment  string
	sections []section
}

// read returns the recordings of the package under test; there must be some.
func read(t *testing.T) []recording {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("a channel without recordings fails (%v)", err)
	}
	all := make([]recording, 0, len(paths))
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, parse(path, string(raw)))
	}
	return all
}

// parse cuts a file at its markers. Each section's last newline belongs to the
// marker after it, not to the section.
func parse(path, text string) recording {
	rec := recording{path: path}
	var data strings.Builder
	name := ""
	flush := func() {
		if name == "" {
			rec.comment = data.String()
		} else {
			rec.sections = append(rec.sections, section{name, strings.TrimSuffix(data.String(), "\n")})
		}
		data.Reset()
	}
	for line := range strings.Lines(text) {
		if mark, ok := marker(line); ok {
			flush()
			name = mark
			continue
		}
		data.WriteString(line)
	}
	flush()
	return rec
}

func marker(line string) (string, bool) {
	line = strings.TrimRight(line, "\n")
	if len(line) < 7 || !strings.HasPrefix(line, "-- ") || !strings.HasSuffix(line, " --") {
		return "", false
	}
	return strings.TrimSpace(line[3 : len(line)-3]), true
}

// get returns the section of that name.
func (r recording) get(name string) (string, bool) {
	for _, s := range r.sections {
		if s.name == name {
			return s.data, true
		}
	}
	return "", false
}

// all returns every section of that name, in order.
func (r recording) all(name string) []string {
	var out []string
	for _, s := range r.sections {
		if s.name == name {
			out = append(out, s.data)
		}
	}
	return out
}

// save writes the recording with want as its last section.
func (r recording) save(want string) error {
	var out strings.Builder
	out.WriteString(r.comment)
	for _, s := range r.sections {
		if s.name != "want.json" {
			out.WriteString("-- " + s.name + " --\n" + s.data + "\n")
		}
	}
	out.WriteString("-- want.json --\n" + want + "\n")
	return os.WriteFile(r.path, []byte(out.String()), 0o644)
}
