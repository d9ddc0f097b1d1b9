package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// OptedOut reports whether an address asked not to be written to.
//
// Source: SMS-09.
func (v View) OptedOut(ctx context.Context, e parley.EntryPointID, to parley.Address) (bool, error) {
	if to == "" {
		return false, nil
	}
	n, err := one(ctx, v, scalar[int], `
		SELECT COUNT(*)
		FROM opt_outs
		WHERE entry_point_id = $1
			AND value = $2`, string(e), string(to))
	return n > 0, err
}

// OptOut keeps that an address is not to be written to.
func (r *Rows) OptOut(e parley.EntryPointID, to parley.Address) {
	r.Exec(`
		INSERT INTO opt_outs (entry_point_id, value, at)
		VALUES ($1, $2, $3)
		ON CONFLICT (entry_point_id, value) DO NOTHING`, string(e), string(to), ms(r.now))
}

// OptIn forgets it.
func (r *Rows) OptIn(e parley.EntryPointID, to parley.Address) {
	r.Exec(`
		DELETE FROM opt_outs
		WHERE entry_point_id = $1 AND value = $2`, string(e), string(to))
}

// Blocking returns the block that keeps somebody away from an entry point now,
// "" if none does.
func (v View) Blocking(ctx context.Context, e parley.EntryPointID, keys parley.Keys, now time.Time) (string, error) {
	for _, k := range keys {
		found, err := list(ctx, v, scalar[string], `
		SELECT b.id
		FROM block_keys k
		JOIN blocks b ON b.id = k.block_id
		WHERE k.value = $1
			AND k.kind = $2
			AND b.ended_at = 0
			AND (b.entry_point_id = $3 OR b.entry_point_id = '')
			AND (b.channel = '' OR b.channel = (SELECT channel FROM entry_points WHERE id = $3))
			AND (b.until = 0 OR b.until > $4)
		ORDER BY b.created_at, b.id
		LIMIT 1`, string(k.Value), string(k.Kind), string(e), ms(now))
		if err != nil || len(found) > 0 {
			return first(found), err
		}
	}
	return "", nil
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// BlockDrops returns how many messages a block kept away. Errors:
// parley.ErrNotFound.
func (v View) BlockDrops(ctx context.Context, id string) (int64, error) {
	return one(ctx, v, scalar[int64], `
		SELECT dropped
		FROM blocks
		WHERE id = $1`, id)
}

// BlockDropped counts messages that a block kept away.
func (r *Rows) BlockDropped(id string, n int) {
	r.Exec(`
		UPDATE blocks
		SET dropped = dropped + $2
		WHERE id = $1`, id, n)
}

// File is the row of a file: what a message shows of it and where it comes from.
type File struct {
	parley.Attachment
	Message      parley.MessageID // "" = uploaded, not yet sent
	Conversation parley.ConversationID
	Uploader     string // an agent or conversation id, "" = a network's customer
	CreatedAt    time.Time
}

const fileColumns = `
		SELECT id, message_id, conversation_id, uploader, kind, name, type, size, width, height, state, why, ref, sha256,
			thumb, created_at
		FROM attachments`

// File returns one. Errors: parley.ErrNotFound.
func (v View) File(ctx context.Context, id parley.AttachmentID) (File, error) {
	return one(ctx, v, scanFile, fileColumns+`
		WHERE id = $1`, string(id))
}

// FilesOf returns the files of a message.
func (v View) FilesOf(ctx context.Context, id parley.MessageID) ([]File, error) {
	if id == "" {
		return nil, nil
	}
	return list(ctx, v, scanFile, fileColumns+`
		WHERE message_id = $1
			AND message_id <> ''
		ORDER BY id`, string(id))
}

func scanFile(rows *sql.Rows) (f File, err error) {
	var at int64
	err = rows.Scan(&f.ID, &f.Message, &f.Conversation, &f.Uploader, &f.Kind, &f.Name, &f.Type, &f.Size, &f.Width, &f.Height,
		&f.State, &f.Why, &f.Ref, &f.SHA256, &f.Thumb, &at)
	f.CreatedAt = parley.FromMillis(at)
	return f, err
}

// SaveFile adds a file's row or replaces it.
func (r *Rows) SaveFile(f File) {
	r.Exec(`
		INSERT INTO attachments (id, message_id, conversation_id, uploader, kind, name, type, size, width, height, state,
			why, ref, sha256, thumb, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE
		SET message_id = excluded.message_id, name = excluded.name, type = excluded.type, size = excluded.size,
			width = excluded.width, height = excluded.height, state = excluded.state, why = excluded.why,
			ref = excluded.ref, sha256 = excluded.sha256, thumb = excluded.thumb`,
		string(f.ID), string(f.Message), string(f.Conversation), f.Uploader, string(f.Kind), f.Name, f.Type, f.Size,
		f.Width, f.Height, string(f.State), f.Why, f.Ref, f.SHA256, f.Thumb, ms(f.CreatedAt))
}

// SaveContent replaces what a message carries besides its text, which never
// changes.
func (r *Rows) SaveContent(id parley.MessageID, c *parley.Content) {
	r.Exec(`
		UPDATE messages
		SET content = $2
		WHERE id = $1`, string(id), optional(c))
}
