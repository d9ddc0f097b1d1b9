package parley_test

import (
	"encoding/json"
	"os"
	"path"
	"regexp"
	"testing"
)

// audited finds what an entry of the audit log says was done: the word that one
// of the rooms' change functions is called with, or the field itself.
var audited = []*regexp.Regexp{
	regexp.MustCompile(`(?:\.[cC]hange|\.[dD]o|\.Record|\.administer|\.record)\(ctx, me, "([a-z_]+)"`),
	regexp.MustCompile(`\baudit\(r, last, [a-z.]+, "([a-z_]+)"`),
	regexp.MustCompile(`\bblockChange\{"([a-z_]+)"`),
	regexp.MustCompile(`\b[aA]ction(?: :?=|:)\s+"([a-z_]+)"`),
}

// TestAuditSpeaks holds that people read what was done in their language, never
// the program's word for it (A-107, LOC-01).
func TestAuditSpeaks(t *testing.T) {
	done := map[string]string{}
	for dir, files := range goFiles(t) {
		if dir != "internal/"+path.Base(dir) { // networks and CRMs have actions of their own
			continue
		}
		for _, file := range files {
			for _, word := range finds(t, file, audited) {
				done[word] = file
			}
		}
	}
	if len(done) < 40 {
		t.Fatalf("only %d words of the audit log are found", len(done))
	}
	words(t, done, func(c adminWords) map[string]string { return c.Did })
}

// subjects finds what an entry of the audit log may be about: the prefix of an
// id, or the one word for what there is one of.
var subjects = []*regexp.Regexp{
	regexp.MustCompile(`\bid\("([a-z]+)"\)`),
	regexp.MustCompile(`\b[sS]ubject: +"([a-z_]+)"`),
	regexp.MustCompile(`parley\.CustomerID\("([a-z]+)_"`),
	regexp.MustCompile(`(?m)^\t[A-Z]\w+ID +string // ([a-z]+)_`),
}

// unaudited are ids nobody ever changes in a way that is audited.
var unaudited = []string{"msg", "att", "dsp", "fup"}

// TestAuditNames holds that people read what an entry is about, also when it is
// gone: there are words for every id and every single thing (CFG-04, LOC-01).
func TestAuditNames(t *testing.T) {
	about := map[string]string{}
	for dir, files := range goFiles(t) {
		if dir != "." && dir != "internal/"+path.Base(dir) {
			continue
		}
		for _, file := range files {
			for _, word := range finds(t, file, subjects) {
				about[word] = file
			}
		}
	}
	for _, id := range unaudited {
		delete(about, id)
	}
	if len(about) < 20 {
		t.Fatalf("only %d subjects of the audit log are found", len(about))
	}
	words(t, about, func(c adminWords) map[string]string { return c.Audit.Of })
}

// finds returns what the first group of every pattern finds in a file.
func finds(t *testing.T, file string, patterns []*regexp.Regexp) (found []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, how := range patterns {
		for _, m := range how.FindAllSubmatch(text, -1) {
			found = append(found, string(m[1]))
		}
	}
	return found
}

// adminWords is what the catalog of the administrator's pages says of the log.
type adminWords struct {
	Did   map[string]string `json:"did"`
	Audit struct {
		Of map[string]string `json:"of"`
	} `json:"audit"`
}

// words reports every one that a catalog has no words for.
func words(t *testing.T, all map[string]string, of func(adminWords) map[string]string) {
	t.Helper()
	for _, language := range []string{"en", "fr-CA"} {
		text, err := os.ReadFile("web/app/src/i18n/" + language + "/admin.json")
		if err != nil {
			t.Fatal(err)
		}
		var catalog adminWords
		if err := json.Unmarshal(text, &catalog); err != nil {
			t.Fatal(err)
		}
		for word, file := range all {
			if of(catalog)[word] == "" {
				t.Errorf("%s writes %q into the audit log; admin.json in %s has no words for it", file, word, language)
			}
		}
	}
}
