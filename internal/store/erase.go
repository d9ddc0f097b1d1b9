package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"parley"
)

// Erasure is a customer whose words are taken out of everything that is kept.
//
// Source: A-118.
type Erasure struct {
	ID       string // era_
	Customer parley.CustomerID
	By       string // an agent or API key, "" = the time was over
	At       time.Time
	DoneAt   time.Time // zero = under way
	Receipt  string    // JSON
}

// AddErasure lists that an erasure begins.
func (r *Rows) AddErasure(e Erasure) {
	r.Exec(`
		INSERT INTO erasures (id, customer_id, by_id, at, done_at, receipt)
		VALUES ($1, $2, $3, $4, 0, $5)`, e.ID, string(e.Customer), e.By, ms(r.now), e.Receipt)
}

// FinishErasure lists that nothing is left to erase.
func (r *Rows) FinishErasure(id, receipt string) {
	r.Exec(`
		UPDATE erasures
		SET done_at = $2, receipt = $3
		WHERE id = $1`, id, ms(r.now), receipt)
}

const erasureColumns = `
		SELECT id, customer_id, by_id, at, done_at, receipt
		FROM erasures`

func scanErasure(rows *sql.Rows) (e Erasure, err error) {
	var at, done int64
	err = rows.Scan(&e.ID, &e.Customer, &e.By, &at, &done, &e.Receipt)
	e.At, e.DoneAt = parley.FromMillis(at), parley.FromMillis(done)
	return e, err
}

// ErasureOf returns the erasure of a customer. Errors: parley.ErrNotFound.
func (v View) ErasureOf(ctx context.Context, id parley.CustomerID) (Erasure, error) {
	return one(ctx, v, scanErasure, erasureColumns+`
		WHERE customer_id = $1
		ORDER BY at DESC`, string(id))
}

// ErasuresOpen returns those that are under way.
func (v View) ErasuresOpen(ctx context.Context) ([]Erasure, error) {
	return list(ctx, v, scanErasure, erasureColumns+`
		WHERE done_at = 0
		ORDER BY at`)
}

// ConversationsOf returns the ids of all conversations of a customer.
func (v View) ConversationsOf(ctx context.Context, id parley.CustomerID) ([]parley.ConversationID, error) {
	return list(ctx, v, scalar[parley.ConversationID], `
		SELECT id
		FROM conversations
		WHERE customer_id = $1
		ORDER BY id`, string(id))
}

// talks, chats, files and written choose the rows of a customer in other tables:
// conversations, interactions, cases, letters.
const (
	talks = `(SELECT id FROM conversations WHERE customer_id = $1)`
	chats = `(SELECT i.id FROM interactions i JOIN conversations c ON c.id = i.conversation_id WHERE c.customer_id = $1)`
	files = `(SELECT id FROM cases WHERE customer_id = $1)`

	written = `customer_id = $1 OR case_id IN ` + files + ` OR interaction_id IN ` + chats
)

// erasers say what becomes of the rows of a customer in every table that knows
// words of theirs, but for messages, which go in pieces. A table that is missing
// here is in unerased, with the reason; TestEveryTableIsErasedOrSaysWhy tells.
//
// Source: A-118.
var erasers = []struct{ table, query string }{
	{"record_changes", `
		DELETE FROM record_changes
		WHERE record_id = $1 OR record_id IN ` + files},
	{"field_values", `
		DELETE FROM field_values
		WHERE record_id = $1 OR record_id IN ` + files},
	{"merges", `
		UPDATE merges
		SET kept = '', moved = '{}'
		WHERE survivor_id = $1 OR gone_id = $1`},
	{"verified_emails", `
		DELETE FROM verified_emails
		WHERE customer_id = $1`},
	{"customer_emails", `
		DELETE FROM customer_emails
		WHERE customer_id = $1`},
	{"customer_phones", `
		DELETE FROM customer_phones
		WHERE customer_id = $1`},
	{"customer_keys", `
		DELETE FROM customer_keys
		WHERE customer_id = $1`},
	{"case_texts", `
		DELETE FROM case_texts
		WHERE n IN (SELECT number FROM cases WHERE customer_id = $1)`},
	{"cases", `
		UPDATE cases
		SET subject = '', notes = '', description = '', rev = rev + 1
		WHERE customer_id = $1`},
	{"case_followups", `
		UPDATE case_followups
		SET text = ''
		WHERE case_id IN ` + files},
	{"tasks", `
		UPDATE tasks
		SET subject = '', notes = ''
		WHERE customer_id = $1 OR case_id IN ` + files},
	{"letters", `
		UPDATE letters
		SET email = '', subject = '', text = '', state = CASE state WHEN 'queued' THEN 'failed' ELSE state END
		WHERE ` + written},
	{"notes", `
		UPDATE notes
		SET text = ''
		WHERE interaction_id IN ` + chats},
	{"drafts", `
		DELETE FROM drafts
		WHERE interaction_id IN ` + chats},
	{"crm_matches", `
		UPDATE crm_matches
		SET records = '[]', chosen_object = '', chosen_id = ''
		WHERE interaction_id IN ` + chats},
	{"crm_logs", `
		UPDATE crm_logs
		SET detail = '', regarding_object = '', regarding_id = '',
			error = CASE state WHEN 'posted' THEN error ELSE 'erased' END,
			state = CASE state WHEN 'posted' THEN state ELSE 'failed' END
		WHERE interaction_id IN ` + chats},
	{"script_runs", `
		DELETE FROM script_runs
		WHERE journey_id IN (SELECT i.journey_id FROM interactions i JOIN conversations c ON c.id = i.conversation_id WHERE c.customer_id = $1)`},
	{"missed_replies", `
		UPDATE missed_replies
		SET text = ''
		WHERE missed_id IN (SELECT id FROM missed WHERE conversation_id IN ` + talks + `)`},
	{"missed", `
		UPDATE missed
		SET name = '', email = '', text = ''
		WHERE conversation_id IN ` + talks},
	{"external_ids", `
		DELETE FROM external_ids
		WHERE message_id IN (SELECT id FROM messages WHERE conversation_id IN ` + talks + `)`},
	{"webhook_events", `
		UPDATE webhook_events
		SET data = '', error = '', state = CASE state WHEN 'waiting' THEN 'dropped' ELSE state END
		WHERE conversation_id IN ` + talks},
	{"outbox", `
		DELETE FROM outbox
		WHERE subject_id IN ` + talks + ` OR subject_id IN ` + chats + `
			OR subject_id IN (SELECT id FROM messages WHERE conversation_id IN ` + talks + `)
			OR subject_id IN (SELECT id FROM letters WHERE ` + written + `)
			OR subject_id IN (SELECT id FROM missed WHERE conversation_id IN ` + talks + `)
			OR subject_id IN (SELECT id FROM missed_replies WHERE missed_id IN (SELECT id FROM missed WHERE conversation_id IN ` + talks + `))`},
	{"blocks", `
		UPDATE blocks
		SET reason = ''
		WHERE conversation_id IN ` + talks},
	{"attachments", `
		DELETE FROM attachments
		WHERE conversation_id IN ` + talks},
	{"conversation_keys", `
		DELETE FROM conversation_keys
		WHERE conversation_id IN ` + talks},
	{"spoken_texts", `
		DELETE FROM spoken_texts
		WHERE interaction_id IN ` + chats},
	{"conversations", `
		UPDATE conversations
		SET token_hash = id, token_until = 0, name = '', email = '', phone = '', account_number = '', case_number = '',
			question = '', zone_offset = 0, ip = '', user_agent = '', page = '', address = '', handle = '', window_until = 0,
			variables = ''
		WHERE customer_id = $1`},
}

// Erase lists what becomes of a customer's rows once their messages are erased.
func (r *Rows) Erase(id parley.CustomerID) {
	r.moved.any = true // their tokens open nothing any more
	for _, e := range erasers {
		r.Exec(e.query, string(id))
	}
	r.UnindexCustomer(id)
	for c, o := range r.known.origins {
		if o.Customer == id {
			delete(r.known.origins, c) // what they claimed is not remembered either
		}
	}
}

// Said are the messages of a stretch of a conversation, to be erased.
type Said struct {
	Last int64 // number of the last, 0 = there is none
	rows []saidRow
}

type saidRow struct {
	id, text, delivery string
}

// code is what the text of a system message looks like: it holds no words.
var code = regexp.MustCompile(`^[a-z0-9_.]{1,64}$`)

// ToErase returns the messages of a conversation behind a number, at most limit.
func (v View) ToErase(ctx context.Context, c parley.ConversationID, after int64, limit int) (Said, error) {
	var out Said
	_, err := list(ctx, v, func(rows *sql.Rows) (struct{}, error) {
		var x saidRow
		var sender parley.Sender
		if err := rows.Scan(&x.id, &out.Last, &sender, &x.text, &x.delivery); err != nil {
			return struct{}{}, err
		}
		if sender != parley.FromSystem || !code.MatchString(x.text) {
			x.text = parley.Erased
		}
		var err error
		x.delivery, err = wordless(x.delivery)
		out.rows = append(out.rows, x)
		return struct{}{}, err
	}, `
		SELECT id, seq, sender, text, delivery
		FROM messages
		WHERE conversation_id = $1 AND seq > $2
		ORDER BY seq`+atMost(limit), string(c), after)
	return out, err
}

// wordless returns what became of a message without the network's words.
func wordless(delivery string) (string, error) {
	if delivery == "" {
		return "", nil
	}
	var d parley.Delivery
	if err := json.Unmarshal([]byte(delivery), &d); err != nil {
		return "", fmt.Errorf("read what became of a message: %w", err)
	}
	d.Detail = ""
	return string(mustJSON(d)), nil
}

// EraseSaid lists that messages lose their words. Their numbers and hashes stay:
// the log and the seals of transcripts hold.
func (r *Rows) EraseSaid(s Said) {
	for _, x := range s.rows {
		r.Exec(`
		UPDATE messages
		SET text = $2, content = '', delivery = $3
		WHERE id = $1`, x.id, x.text, x.delivery)
	}
}

// SumsOf returns the files of a customer's conversations by their SHA-256, the
// small pictures too.
func (v View) SumsOf(ctx context.Context, id parley.CustomerID) ([]string, error) {
	return list(ctx, v, scalar[string], `
		SELECT sha256
		FROM attachments
		WHERE sha256 <> '' AND conversation_id IN `+talks+`
		UNION
		SELECT thumb
		FROM attachments
		WHERE thumb <> '' AND conversation_id IN `+talks, string(id))
}

// Traces returns what the requests of networks name a customer by: addresses,
// handles, e-mails, and the networks' ids of their messages.
func (v View) Traces(ctx context.Context, id parley.CustomerID) ([]string, error) {
	return list(ctx, v, scalar[string], `
		SELECT value
		FROM conversation_keys
		WHERE conversation_id IN `+talks+`
		UNION
		SELECT value
		FROM customer_keys
		WHERE customer_id = $1
		UNION
		SELECT digits
		FROM customer_phones
		WHERE customer_id = $1
		UNION
		SELECT email
		FROM customer_emails
		WHERE customer_id = $1
		UNION
		SELECT address
		FROM conversations
		WHERE customer_id = $1 AND address <> ''
		UNION
		SELECT handle
		FROM conversations
		WHERE customer_id = $1 AND handle <> ''
		UNION
		SELECT external_id
		FROM external_ids
		WHERE message_id IN (SELECT id FROM messages WHERE conversation_id IN `+talks+`)`, string(id))
}
