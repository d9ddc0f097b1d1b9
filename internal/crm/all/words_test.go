package all

import (
	"encoding/json"
	"os"
	"testing"

	"parley/internal/crm"
)

// TestWords: every field, choice and kind of record of a CRM is called something
// on the pages, in both languages, and so is every refusal of our own.
// docs/add-a-crm.md asks for it.
func TestWords(t *testing.T) {
	for _, language := range []string{"en", "fr-CA"} {
		catalog := map[string]any{}
		for _, part := range []string{"crm", "crms"} {
			raw, err := os.ReadFile("../../../web/app/src/i18n/" + language + "/" + part + ".json")
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(raw, &catalog); err != nil {
				t.Fatal(err)
			}
		}
		said := func(area, name string) {
			words, _ := catalog[area].(map[string]any)
			if word, _ := words[name].(string); word == "" {
				t.Errorf("%s: no %s.%s", language, area, name)
			}
		}
		for _, word := range []string{
			crm.NoHost, crm.NobodyThere, crm.NotTrusted, crm.BlockedAddress, crm.NoAnswer, crm.NotTheCRM,
			crm.Paused, crm.Resting, crm.Sealed, crm.BadCertificate, crm.NotOurs, "sign_in",
		} {
			said("detail", word)
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
