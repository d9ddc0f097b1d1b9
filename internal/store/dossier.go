package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"parley"
)

// heldTables are what an export of a customer has as it is kept, beside their
// record, cases and conversations, which the export writes out itself.
//
// Source: A-118.
var heldTables = []struct{ name, query string }{
	{"verified_emails", `
		SELECT email, agent_id, at
		FROM verified_emails
		WHERE customer_id = $1
		ORDER BY email`},
	{"interactions", `
		SELECT id, number, conversation_id, channel, queue_id, agent_id, state, created_at, accepted_at, ended_at, end_why, case_id
		FROM interactions
		WHERE id IN ` + chats + `
		ORDER BY number`},
	{"interaction_dispositions", `
		SELECT d.interaction_id, d.disposition_id, n.name
		FROM interaction_dispositions d
		JOIN dispositions n ON n.id = d.disposition_id
		WHERE d.interaction_id IN ` + chats + `
		ORDER BY d.interaction_id, n.sort_order, n.id`},
	{"notes", `
		SELECT id, interaction_id, agent_id, text, at
		FROM notes
		WHERE interaction_id IN ` + chats + `
		ORDER BY at, id`},
	{"drafts", `
		SELECT interaction_id, agent_id, text, at
		FROM drafts
		WHERE interaction_id IN ` + chats + `
		ORDER BY at, interaction_id`},
	{"case_followups", `
		SELECT id, case_id, kind, text, agent_id, at, created_at
		FROM case_followups
		WHERE case_id IN ` + files + `
		ORDER BY created_at, id`},
	{"tasks", `
		SELECT id, kind, subject, notes, case_id, owner_id, due_at, done_at, created_at, removed_at
		FROM tasks
		WHERE customer_id = $1 OR case_id IN ` + files + `
		ORDER BY created_at, id`},
	{"letters", `
		SELECT id, kind, case_id, interaction_id, email, subject, text, state, agent_id, created_at, settled_at
		FROM letters
		WHERE ` + written + `
		ORDER BY created_at, id`},
	{"missed", `
		SELECT m.id, m.kind, m.conversation_id, m.interaction_id, m.name, m.email, m.text, m.state, m.created_at, m.consent_at,
			COALESCE(t.text, '') AS consent
		FROM missed m
		LEFT JOIN consent_texts t ON t.version = m.consent
		WHERE m.id IN ` + leftBy + `
		ORDER BY m.created_at, m.id`},
	{"missed_replies", `
		SELECT id, missed_id, agent_id, text, state, at
		FROM missed_replies
		WHERE missed_id IN ` + leftBy + `
		ORDER BY at, id`},
	{"crm_matches", `
		SELECT interaction_id, connection_id, state, records, chosen_object, chosen_id
		FROM crm_matches
		WHERE interaction_id IN ` + chats + `
		ORDER BY interaction_id, connection_id`},
	{"crm_logs", `
		SELECT id, interaction_id, connection_id, state, regarding_object, regarding_id, detail, created_at
		FROM crm_logs
		WHERE interaction_id IN ` + chats + `
		ORDER BY created_at, id`},
	{"blocks", `
		SELECT *
		FROM blocks
		WHERE conversation_id IN ` + talks + `
		ORDER BY id`},
}

// leftBy chooses the missed contacts of a customer: those of their conversations,
// and the messages left with an e-mail address of theirs.
const leftBy = `(
			SELECT id FROM missed
			WHERE conversation_id IN ` + talks + `
				OR LOWER(email) IN (SELECT LOWER(email) FROM customer_emails WHERE customer_id = $1))`

// DossierPart is a part of what is kept about a customer: rows as columns and values,
// with times as RFC 3339, nil for none.
type DossierPart struct {
	Name string
	Rows []map[string]any
}

// Dossier returns what is kept about a customer beside their record, cases and
// conversations; a part for each table, also where it has no row.
//
// Source: A-118.
func (v View) Dossier(ctx context.Context, id parley.CustomerID) ([]DossierPart, error) {
	out := make([]DossierPart, 0, len(heldTables))
	for _, h := range heldTables {
		found, err := list(ctx, v, scanHeld, h.query, string(id))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", h.name, err)
		}
		out = append(out, DossierPart{h.name, found})
	}
	return out, nil
}

func scanHeld(rows *sql.Rows) (map[string]any, error) {
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, to := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		to[i] = &values[i]
	}
	if err := rows.Scan(to...); err != nil {
		return nil, err
	}
	out := map[string]any{}
	for i, name := range names {
		out[name] = values[i]
		at, whole := values[i].(int64)
		switch {
		case whole && (name == "at" || strings.HasSuffix(name, "_at")):
			out[name] = nil
			if at != 0 {
				out[name] = parley.FromMillis(at).Format(time.RFC3339Nano)
			}
		default:
			if raw, ok := values[i].([]byte); ok {
				out[name] = string(raw)
			}
		}
	}
	return out, nil
}
