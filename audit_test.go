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
	regexp.MustCompile(`\.change\(ctx, me, "([a-z_]+)"`),
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
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, how := range audited {
				for _, m := range how.FindAllSubmatch(text, -1) {
					done[string(m[1])] = file
				}
			}
		}
	}
	if len(done) < 40 {
		t.Fatalf("only %d words of the audit log are found", len(done))
	}
	for _, language := range []string{"en", "fr-CA"} {
		text, err := os.ReadFile("web/app/src/i18n/" + language + "/admin.json")
		if err != nil {
			t.Fatal(err)
		}
		var words struct {
			Did map[string]string `json:"did"`
		}
		if err := json.Unmarshal(text, &words); err != nil {
			t.Fatal(err)
		}
		for word, file := range done {
			if words.Did[word] == "" {
				t.Errorf("%s writes %q into the audit log; admin.json in %s has no words for it", file, word, language)
			}
		}
	}
}
