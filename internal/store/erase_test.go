package store

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// ours are the tables that know nothing of customers: how the center is set up,
// and who works when.
var ours = []string{
	"agent_skills", "agent_slots", "agents", "api_keys", "assignments", "center", "channel_health", "crm_connections",
	"disposition_lists", "dispositions", "entry_points", "fields", "groups", "identities", "imports", "import_rows", "indexed",
	"interaction_dispositions", "lease", "memberships", "offers", "presence", "queue_skills", "queues", "routing_config",
	"routing_counters", "saved_lists", "chosen_columns", "script_versions", "scripts", "sessions", "settings", "setup_tokens", "shortcuts", "skills",
	"sms_countries", "sms_spend", "status_codes", "support_center", "webhooks",
}

// following are tables that others fill by themselves: an index follows its table.
var following = regexp.MustCompile(`^(customer_grams|case_grams|spoken_words)`)

// knowledge are the tables of answers that the center wrote itself.
var knowledge = regexp.MustCompile(`^(faq|canned|replies|reply_|macro|article|agent_identities|oidc_|identity_|sign_ins|panel_)`)

// TestEveryTableIsErasedOrSaysWhy A-118: a new table is either erased with its
// customer, or says why not.
func TestEveryTableIsErasedOrSaysWhy(t *testing.T) {
	schema, err := os.ReadFile("schema.sqlite.sql")
	if err != nil {
		t.Fatal(err)
	}
	erased := map[string]bool{}
	for _, e := range erasers {
		erased[e.table] = true
	}
	found := regexp.MustCompile(`(?m)^CREATE (?:VIRTUAL )?TABLE (\w+)`).FindAllSubmatch(schema, -1)
	if len(found) < 50 {
		t.Fatalf("only %d tables are found", len(found))
	}
	for _, m := range found {
		name := string(m[1])
		_, excused := unerased[name]
		if !erased[name] && !excused && !slices.Contains(ours, name) && !following.MatchString(name) && !knowledge.MatchString(name) {
			t.Errorf("A-118: %s is in none of the lists: erase it in store/erase.go, or say in erase_rest.go why not", name)
		}
	}
}
