package all

import (
	"encoding/json"
	"os"
	"testing"
)

// TestWords: every field, choice and kind of record of a CRM is called something
// on the pages, in both languages. docs/add-a-crm.md asks for it.
func TestWords(t *testing.T) {
	for _, language := range []string{"en", "fr-CA"} {
		raw, err := os.ReadFile("../../../web/app/src/i18n/" + language + "/crm.json")
		if err != nil {
			t.Fatal(err)
		}
		var catalog map[string]any
		if err := json.Unmarshal(raw, &catalog); err != nil {
			t.Fatal(err)
		}
		said := func(area, name string) {
			words, _ := catalog[area].(map[string]any)
			if word, _ := words[name].(string); word == "" {
				t.Errorf("%s/crm.json: no %s.%s", language, area, name)
			}
		}
		for kind, c := range New(nil) {
			spec := c.Spec()
			if len(spec.Fields) == 0 || len(spec.Objects) == 0 {
				t.Errorf("%s: a CRM without a form or without records", kind)
			}
			for _, f := range spec.Fields {
				said("field", f.Name)
				for _, o := range f.Options {
					said("option", o)
				}
			}
			for _, object := range spec.Objects {
				said("object", object)
			}
		}
	}
}
