package store

import "testing"

// TestDossierHasWhatIsErased A-118: what an erasure takes from a customer an export
// gives them before, or it says why not.
func TestDossierHasWhatIsErased(t *testing.T) {
	elsewhere := map[string]string{
		"record_changes":  "history.json",
		"field_values":    "customer.json, and of cases cases/*.json",
		"customer_emails": "customer.json", "customer_phones": "customer.json", "customer_keys": "customer.json",
		"cases":         "cases/*.json",
		"conversations": "conversations/*/conversation.json", "conversation_keys": "conversations/*/conversation.json",
		"spoken_texts":   "an index",
		"attachments":    "conversations/*/files",
		"merges":         "what one of two records said; history.json says what became of it",
		"case_texts":     "an index",
		"script_runs":    "answers to menus are messages too",
		"external_ids":   "names of messages, made by networks",
		"webhook_events": "copies of what the rest says, for some days",
		"outbox":         "copies of what the rest says, until they are sent",
	}
	held := map[string]bool{}
	for _, h := range heldTables {
		held[h.name] = true
	}
	for _, e := range erasers {
		if held[e.table] == (elsewhere[e.table] != "") {
			t.Errorf("%s: in an export by itself: %v, elsewhere: %q", e.table, held[e.table], elsewhere[e.table])
		}
	}
}
