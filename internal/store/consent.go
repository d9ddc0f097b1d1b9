package store

import (
	"context"
	"database/sql"

	"parley"
)

// SaveConsent lists that a visitor agreed to a text before an interaction, the
// first of its journey.
func (r *Rows) SaveConsent(i parley.InteractionID, c parley.ConversationID, given parley.Consent) {
	r.saveConsentText(given)
	r.Exec(`
		INSERT INTO consents (interaction_id, conversation_id, version, at)
		VALUES ($1, $2, $3, $4)`, string(i), string(c), given.Version, ms(given.At))
}

// saveConsentText keeps the words that somebody agreed to, once.
func (r *Rows) saveConsentText(given parley.Consent) {
	r.Exec(`
		INSERT INTO consent_texts (version, text)
		VALUES ($1, $2)
		ON CONFLICT (version) DO NOTHING`, given.Version, given.Text)
}

const consentColumns = `
		SELECT n.version, t.text, n.at
		FROM consents n
		JOIN consent_texts t ON t.version = n.version
		WHERE n.conversation_id = $1`

func scanConsent(rows *sql.Rows) (parley.Consent, error) {
	var given parley.Consent
	var at int64
	err := rows.Scan(&given.Version, &given.Text, &at)
	given.At = parley.FromMillis(at)
	return given, err
}

// Consents returns what was agreed to in a conversation, the first first.
func (v View) Consents(ctx context.Context, c parley.ConversationID) ([]parley.Consent, error) {
	return list(ctx, v, scanConsent, consentColumns+`
		ORDER BY n.at, n.interaction_id`, string(c))
}

// ConsentText returns the words of a version.
// Errors: parley.ErrNotFound.
func (v View) ConsentText(ctx context.Context, version string) (string, error) {
	given, err := one(ctx, v, scanConsent, `
		SELECT version, text, 0
		FROM consent_texts
		WHERE version = $1`, version)
	return given.Text, err
}

// LastConsent returns what was agreed to last in a conversation.
// Errors: parley.ErrNotFound.
func (v View) LastConsent(ctx context.Context, c parley.ConversationID) (parley.Consent, error) {
	return one(ctx, v, scanConsent, consentColumns+`
		ORDER BY n.at DESC, n.interaction_id DESC
		LIMIT 1`, string(c))
}
