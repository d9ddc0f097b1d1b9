package office

import (
	"encoding/json"
	"os"
	"testing"

	"parley"
)

// TestEverySubjectHasATitle holds that whatever people have a word for when it
// is gone is called by its name while it is there.
func TestEverySubjectHasATitle(t *testing.T) {
	text, err := os.ReadFile("../../web/app/src/i18n/en/admin.json")
	if err != nil {
		t.Fatal(err)
	}
	var words struct {
		Audit struct {
			Of map[string]string `json:"of"`
		} `json:"audit"`
	}
	if err := json.Unmarshal(text, &words); err != nil {
		t.Fatal(err)
	}
	for _, single := range []string{"settings", "support_page", "sms_countries", "faq_image", "file", "customers", "cases", "interactions"} {
		delete(words.Audit.Of, single)
	}
	for prefix := range words.Audit.Of {
		if titles[prefix] == nil {
			t.Errorf("CFG-04: nobody finds what %s_ is called", prefix)
		}
	}
	for prefix := range titles {
		if words.Audit.Of[prefix] == "" {
			t.Errorf("CFG-04: no word for a %s_ that is gone", prefix)
		}
	}
}

func TestAuditNames(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		code := get(p.CreateStatusCode(ctx, p.ada, StatusCodeInput{
			Applies: "on_break", Name: "Lunch", NameFR: "D\u00eener", Short: "LN", Active: true,
		}))(t)
		skill := get(p.CreateSkill(ctx, p.ada, SkillInput{Name: "French"}))(t)
		if err := p.SaveSkill(ctx, p.ada, skill, SkillInput{Name: "Canadian French", Rev: 1}); err != nil {
			t.Fatal(err)
		}
		key := get(p.CreateAPIKey(ctx, p.ada, "till", []parley.Permission{parley.MayRecords}))(t)
		named := func(why, subject string, want title) {
			t.Helper()
			for _, row := range get(p.Audit(ctx, p.ada, "", 0))(t).Items {
				if row.Subject == subject && (title{row.Called, row.French} != want) {
					t.Errorf("CFG-04: %s: %s of %s is called %q, %q", why, row.Action, subject, row.Called, row.French)
				}
			}
		}
		named("in both languages", string(code), title{"Lunch", "D\u00eener"})
		named("by what it is called now", string(skill), title{en: "Canadian French"})
		named("a key", key.ID, title{en: "till"})
		if err := p.RemoveStatusCode(ctx, p.ada, code); err != nil {
			t.Fatal(err)
		}
		if err := p.RemoveSkill(ctx, p.ada, skill); err != nil {
			t.Fatal(err)
		}
		named("a thing that is gone", string(code), title{"Lunch", "D\u00eener"})
		named("by what it was called last", string(skill), title{en: "Canadian French"})
		center := get(p.store.View().Center(ctx))(t)
		named("the center", center.ID, title{en: "Acme"})
	})
}

func TestTitled(t *testing.T) {
	for told, want := range map[string]title{
		`{"display_name":"Amy","login":"amy"}`:                                  {en: "Amy"},
		`{"name":"tier","label":"Tier","label_fr":"Palier"}`:                    {"Tier", "Palier"},
		`{"name":"Billing","name_fr":"Facturation"}`:                            {"Billing", "Facturation"},
		`{"texts":[{"language":"fr-CA","question":"Quand?"}]}`:                  {"Quand?", "Quand?"},
		`{"texts":[{"language":"en","question":"When?"},{"language":"fr-CA"}]}`: {en: "When?"},
		`{"logs":3}`: {}, `[{"key":"autolog.on"}]`: {}, ``: {},
	} {
		if got := titled(told); got != want {
			t.Errorf("CFG-04: %s is called %+v, want %+v", told, got, want)
		}
	}
}
