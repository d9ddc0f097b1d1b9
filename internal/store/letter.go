package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// Letter is a mail to a customer. Its text is kept until the mail server has it.
type Letter struct {
	ID          string // let_
	Kind        string // transcript, case or follow_up
	Case        parley.CaseID
	Interaction parley.InteractionID
	Customer    parley.CustomerID
	Email       string
	Subject     string
	Text        string
	State       string         // queued, sent or failed
	Agent       parley.AgentID // "" = the customer asked
	CreatedAt   time.Time
	SettledAt   time.Time
}

const letterColumns = `
		SELECT id, kind, case_id, interaction_id, customer_id, email, subject, text, state, agent_id, created_at, settled_at
		FROM letters`

// Letter returns one. Errors: parley.ErrNotFound.
func (v View) Letter(ctx context.Context, id string) (Letter, error) {
	return one(ctx, v, scanLetter, letterColumns+`
		WHERE id = $1`, id)
}

// LettersOfCase returns the letters about a case, the oldest first.
func (v View) LettersOfCase(ctx context.Context, id parley.CaseID, limit int) ([]Letter, error) {
	return list(ctx, v, scanLetter, letterColumns+`
		WHERE case_id = $1 AND case_id <> ''
		ORDER BY created_at, id`+atMost(limit), string(id))
}

// LettersOf counts the letters about an interaction.
func (v View) LettersOf(ctx context.Context, i parley.InteractionID) (int, error) {
	return one(ctx, v, scalar[int], `
		SELECT COUNT(*)
		FROM letters
		WHERE interaction_id = $1 AND interaction_id <> ''`, string(i))
}

func scanLetter(rows *sql.Rows) (l Letter, err error) {
	var created, settled int64
	err = rows.Scan(&l.ID, &l.Kind, &l.Case, &l.Interaction, &l.Customer, &l.Email, &l.Subject, &l.Text, &l.State,
		&l.Agent, &created, &settled)
	l.CreatedAt, l.SettledAt = parley.FromMillis(created), parley.FromMillis(settled)
	return l, err
}

// MailKind is the kind of the outbox rows that become letters.
const MailKind = "mail"

// AddLetter adds a letter and has it sent.
func (r *Rows) AddLetter(l Letter) {
	r.Exec(`
		INSERT INTO letters (id, kind, case_id, interaction_id, customer_id, email, subject, text, state, agent_id,
			created_at, settled_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', $9, $10, 0)`,
		l.ID, l.Kind, string(l.Case), string(l.Interaction), string(l.Customer), l.Email, l.Subject, l.Text,
		string(l.Agent), ms(r.now))
	r.Outbox(Outbox{Kind: MailKind, Subject: l.ID, Data: string(mustJSON(map[string]string{"letter": l.ID}))})
}

// SettleLetter says what became of a letter. One that is sent keeps no text.
func (r *Rows) SettleLetter(id, state string) {
	r.Exec(`
		UPDATE letters
		SET state = $2, settled_at = $3, text = CASE WHEN $2 = 'sent' THEN '' ELSE text END
		WHERE id = $1`,
		id, state, ms(r.now))
}

// VerifiedEmails returns the addresses of a customer that somebody made sure of,
// in their order.
func (v View) VerifiedEmails(ctx context.Context, id parley.CustomerID) ([]string, error) {
	return list(ctx, v, scalar[string], `
		SELECT e.email
		FROM customer_emails e
		JOIN verified_emails x ON x.customer_id = e.customer_id AND x.email = e.email
		WHERE e.customer_id = $1
		ORDER BY e.sort_order`, id)
}

// SaveVerifiedEmail says that an address was checked.
func (r *Rows) SaveVerifiedEmail(id parley.CustomerID, email string, by parley.AgentID) {
	r.Exec(`
		INSERT INTO verified_emails (customer_id, email, agent_id, at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (customer_id, email) DO UPDATE
		SET agent_id = excluded.agent_id, at = excluded.at`,
		id, email, string(by), ms(r.now))
}

// RemoveVerifiedEmail takes it back.
func (r *Rows) RemoveVerifiedEmail(id parley.CustomerID, email string) {
	r.Exec(`
		DELETE FROM verified_emails
		WHERE customer_id = $1 AND email = $2`, id, email)
}
