package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"parley"
)

const conversationColumns = `
		SELECT id, entry_point_id, channel, customer_id, last_seq, delivered_seq, read_seq,
			name, email, phone, account_number, case_number, question, language, zone_offset,
			ip, user_agent, page, client_id, created_at, address, window_until, handle, variables
		FROM conversations`

// Conversation returns one. Errors: parley.ErrNotFound.
func (v View) Conversation(ctx context.Context, id parley.ConversationID) (parley.Conversation, error) {
	return one(ctx, v, scanConversation, conversationColumns+`
		WHERE id = $1`, string(id))
}

// ConversationBegun returns the conversation a widget began with its client id.
// Errors: parley.ErrNotFound.
func (v View) ConversationBegun(ctx context.Context, e parley.EntryPointID, client string) (parley.Conversation, error) {
	return one(ctx, v, scanConversation, conversationColumns+`
		WHERE client_id = $1
			AND entry_point_id = $2`, client, string(e))
}

func scanConversation(rows *sql.Rows) (parley.Conversation, error) {
	var c parley.Conversation
	var created, window int64
	var variables string
	w := &c.Visitor
	err := rows.Scan(&c.ID, &c.EntryPoint, &c.Channel, &c.Customer, &c.LastSeq, &c.DeliveredSeq, &c.ReadSeq,
		&w.Name, &w.Email, &w.Phone, &w.AccountNumber, &w.CaseNumber, &w.Question, &w.Language, &w.ZoneOffset,
		&w.IP, &w.UserAgent, &w.Page, &c.ClientID, &created, &c.Address, &window, &w.Handle, &variables)
	if err != nil {
		return c, err
	}
	c.CreatedAt, c.WindowUntil = parley.FromMillis(created), parley.FromMillis(window)
	w.Variables, err = readVariables(variables)
	return c, err
}

// Visit finds a token by its hash. Errors: parley.ErrNotFound.
func (v View) Visit(ctx context.Context, tokenHash string) (Visit, error) {
	return one(ctx, v, func(rows *sql.Rows) (Visit, error) {
		var w Visit
		var until int64
		err := rows.Scan(&w.Conversation, &until)
		w.Until = parley.FromMillis(until)
		return w, err
	}, `
		SELECT id, token_until
		FROM conversations
		WHERE token_hash = $1`, tokenHash)
}

// VisitUntil returns until when a conversation's token opens it.
// Errors: parley.ErrNotFound.
func (v View) VisitUntil(ctx context.Context, id parley.ConversationID) (time.Time, error) {
	until, err := one(ctx, v, scalar[int64], `
		SELECT token_until
		FROM conversations
		WHERE id = $1`, string(id))
	return parley.FromMillis(until), err
}

// AddConversation adds a conversation without messages.
func (r *Rows) AddConversation(c parley.Conversation, tokenHash string, until time.Time) {
	w := c.Visitor
	r.known.origins[c.ID] = &Origin{EntryPoint: c.EntryPoint, Channel: c.Channel, Customer: c.Customer, Visitor: c.Visitor}
	r.Exec(`
		INSERT INTO conversations (id, entry_point_id, channel, customer_id, token_hash, token_until,
			last_seq, delivered_seq, read_seq, name, email, phone, account_number, case_number, question,
			language, zone_offset, ip, user_agent, page, client_id, created_at, address, window_until, handle, variables)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		string(c.ID), string(c.EntryPoint), string(c.Channel), string(c.Customer), tokenHash, ms(until),
		w.Name, w.Email, w.Phone, w.AccountNumber, w.CaseNumber, w.Question,
		w.Language, w.ZoneOffset, w.IP, w.UserAgent, w.Page, c.ClientID, ms(c.CreatedAt),
		string(c.Address), ms(c.WindowUntil), w.Handle, variablesText(w.Variables))
}

// variablesText is what a site told, as it is kept: "" for nothing.
func variablesText(all parley.Variables) string {
	if len(all) == 0 {
		return ""
	}
	return string(mustJSON(all))
}

func readVariables(text string) (all parley.Variables, err error) {
	if text == "" {
		return nil, nil
	}
	return all, json.Unmarshal([]byte(text), &all)
}

// SaveVisit replaces a conversation's token: the one before opens nothing.
func (r *Rows) SaveVisit(c parley.ConversationID, tokenHash string, until time.Time) {
	r.token(c, cell{"token_hash", tokenHash}, cell{"token_until", ms(until)})
}

// SaveVisitUntil moves the time a conversation's token opens it.
func (r *Rows) SaveVisitUntil(c parley.ConversationID, until time.Time) {
	r.token(c, cell{"token_until", ms(until)})
}

// token changes columns of a conversation that no other statement changes, so it
// may come later than they do.
func (r *Rows) token(c parley.ConversationID, cells ...cell) {
	r.row(rowKey{t: tokenRows, id: string(c)}).set(cells)
	r.moved.of = append(r.moved.of, c)
	r.note("conversations")
	r.touch(string(c))
}

// SaveReceipt raises what the customer's client has and what they have seen;
// neither goes back (INV-16).
func (r *Rows) SaveReceipt(c parley.ConversationID, delivered, read int64) {
	r.Exec(`
		UPDATE conversations
		SET delivered_seq = CASE WHEN delivered_seq < $2 THEN $2 ELSE delivered_seq END,
			read_seq = CASE WHEN read_seq < $3 THEN $3 ELSE read_seq END
		WHERE id = $1`, string(c), delivered, read)
}

// SaveQuestion keeps what a visitor who came again asks.
func (r *Rows) SaveQuestion(c parley.ConversationID, question string) {
	r.noteOrigin(c, func(o *Origin) { o.Visitor.Question = question })
	r.Exec(`UPDATE conversations SET question = $2 WHERE id = $1`, string(c), question)
}

// SaveLanguage says which language a conversation's customer is spoken to in.
//
// Source: LOC-02, SCR-02.
func (r *Rows) SaveLanguage(c parley.ConversationID, language string) {
	r.noteOrigin(c, func(o *Origin) { o.Visitor.Language = language })
	r.Exec(`UPDATE conversations SET language = $2 WHERE id = $1`, string(c), language)
}

// SaveWindow says until when a network lets us answer freely.
//
// Source: WAP-05, SOC-07.
func (r *Rows) SaveWindow(c parley.ConversationID, until time.Time) {
	r.Exec(`
		UPDATE conversations
		SET window_until = $2
		WHERE id = $1`, string(c), ms(until))
}

// SaveAddress says where a conversation's customer is answered.
func (r *Rows) SaveAddress(c parley.ConversationID, to parley.Address) {
	r.Exec(`UPDATE conversations SET address = $2 WHERE id = $1`, string(c), string(to))
}

// SaveProfile says what a network calls a conversation's customer.
//
// Source: SOC-04.
func (r *Rows) SaveProfile(c parley.ConversationID, name, handle string) {
	r.noteOrigin(c, func(o *Origin) { o.Visitor.Name, o.Visitor.Handle = name, handle })
	r.Exec(`
		UPDATE conversations
		SET name = $2, handle = $3
		WHERE id = $1`, string(c), name, handle)
}

// LinkCustomer says whose conversation it is.
func (r *Rows) LinkCustomer(c parley.ConversationID, customer parley.CustomerID) {
	r.noteOrigin(c, func(o *Origin) { o.Customer = customer })
	r.Exec(`
		UPDATE conversations
		SET customer_id = $2
		WHERE id = $1`, string(c), string(customer))
}

// Linked is the name of a conversation's customer, as lists and cards show it.
type Linked struct {
	ID            parley.CustomerID
	Name          string
	AccountNumber string
	Language      string
}

// Linked returns a customer's name and language. Errors: parley.ErrNotFound.
func (v View) Linked(ctx context.Context, id parley.CustomerID) (Linked, error) {
	return one(ctx, v, func(rows *sql.Rows) (Linked, error) {
		var c parley.Customer
		err := rows.Scan(&c.ID, &c.FirstName, &c.LastName, &c.AccountNumber, &c.Language)
		return Linked{ID: c.ID, Name: c.Name(), AccountNumber: c.AccountNumber, Language: c.Language}, err
	}, `
		SELECT id, first_name, last_name, account_number, language
		FROM customers
		WHERE id = $1
		UNION ALL
		SELECT id, first_name, last_name, '', ''
		FROM retired_customers
		WHERE id = $1`, string(id))
}
