package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"parley"
)

// Block keeps a sender away from every entry point of a channel.
type Block struct {
	ID           string
	Channel      parley.Channel // "" = of every one
	Keys         parley.Keys    // the sender's addresses; the first is shown
	Name         string         // the sender's, of their record or as they gave it; "" = not known
	Reason       string
	Spam         bool
	Conversation parley.ConversationID // where it began
	By           parley.AgentID
	CreatedAt    time.Time
	Until        time.Time // zero = for ever
	EndedAt      time.Time // taken back; zero = not
	Dropped      int64     // messages it kept away
}

const blockColumns = `
		SELECT id, channel, kind, value, reason, spam, conversation_id, by_id, created_at, until, ended_at, dropped,
			COALESCE((SELECT COALESCE(NULLIF(TRIM(u.first_name || ' ' || u.last_name), ''), c.name)
				FROM conversations c LEFT JOIN customers u ON u.id = c.customer_id WHERE c.id = conversation_id), '')
		FROM blocks`

func scanBlock(rows *sql.Rows) (b Block, err error) {
	var k parley.Key
	var created, until, ended int64
	err = rows.Scan(&b.ID, &b.Channel, &k.Kind, &k.Value, &b.Reason, &b.Spam, &b.Conversation, &b.By, &created, &until,
		&ended, &b.Dropped, &b.Name)
	b.Keys = parley.Keys{k}
	b.CreatedAt, b.Until, b.EndedAt = parley.FromMillis(created), parley.FromMillis(until), parley.FromMillis(ended)
	return b, err
}

// Block returns one, with the address that is shown. Errors: parley.ErrNotFound.
func (v View) Block(ctx context.Context, id string) (Block, error) {
	return one(ctx, v, scanBlock, blockColumns+`
		WHERE id = $1`, id)
}

// BlockPage is a stretch of the blocks, the newest first; zero fields do not
// narrow it.
type BlockPage struct {
	Standing bool      // only those that keep somebody away now
	Now      time.Time // of Standing
	Channel  parley.Channel
	Before   time.Time // with BeforeID: the last row had
	BeforeID string
	Limit    int
}

// Blocks lists blocks.
func (v View) Blocks(ctx context.Context, p BlockPage) ([]Block, error) {
	var terms []string
	var args []any
	arg := func(value any) string {
		args = append(args, value)
		return "$" + strconv.Itoa(len(args))
	}
	created := "created_at + 0" // the words of its index; the others' have no sum
	if p.Standing || p.Channel != "" {
		created = "created_at"
	}
	if p.Standing {
		at := arg(ms(p.Now))
		terms = append(terms, `ended_at = 0`, `(until = 0 OR until > `+at+`)`)
	}
	if p.Channel != "" {
		terms = append(terms, `channel = `+arg(string(p.Channel)))
	}
	if !p.Before.IsZero() {
		at, id := arg(ms(p.Before)), arg(p.BeforeID)
		terms = append(terms, `(`+created+`, id) < (`+at+`, `+id+`)`)
	}
	where := ""
	if len(terms) > 0 {
		where = `
		WHERE ` + strings.Join(terms, `
			AND `)
	}
	return list(ctx, v, scanBlock, blockColumns+where+`
		ORDER BY `+created+` DESC, id DESC`+atMost(p.Limit), args...)
}

// AddBlock adds one; it has at least one key.
func (r *Rows) AddBlock(b Block) {
	k := b.Keys[0]
	r.Exec(`
		INSERT INTO blocks (id, entry_point_id, channel, kind, value, reason, spam, conversation_id, by_id, created_at, until,
			ended_at, dropped, rev)
		VALUES ($1, '', $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, 1)`,
		b.ID, string(b.Channel), string(k.Kind), string(k.Value), b.Reason, b.Spam, string(b.Conversation), string(b.By),
		ms(b.CreatedAt), ms(b.Until))
	for _, k := range b.Keys {
		r.Exec(`
		INSERT INTO block_keys (block_id, kind, value)
		VALUES ($1, $2, $3)
		ON CONFLICT (block_id, kind, value) DO NOTHING`, b.ID, string(k.Kind), string(k.Value))
	}
}

// EndBlock takes one back.
func (r *Rows) EndBlock(id string) {
	r.Exec(`
		UPDATE blocks
		SET ended_at = $2, rev = rev + 1
		WHERE id = $1 AND ended_at = 0`, id, ms(r.now))
}

// BlocksOver counts the blocks whose time is over and that do not say so yet.
func (v View) BlocksOver(ctx context.Context, now time.Time) (int, error) {
	return one(ctx, v, scalar[int], `
		SELECT COUNT(*)
		FROM blocks
		WHERE ended_at = 0
			AND until > 0
			AND until <= $1`, ms(now))
}

// EndBlocksOver lets them say so: the list of those that stand stays short.
func (r *Rows) EndBlocksOver() {
	r.Exec(`
		UPDATE blocks
		SET ended_at = until, rev = rev + 1
		WHERE ended_at = 0 AND until > 0 AND until <= $1`, ms(r.now))
}
