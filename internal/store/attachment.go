package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// Uploads says how much was uploaded.
type Uploads struct {
	Loose     int   // of somebody, not yet sent
	Recent    int   // of somebody, since a time
	AllLoose  int   // of everybody, not yet sent
	LooseSize int64 // of everybody, not yet sent
}

// Uploads counts what somebody uploaded, and what waits to be sent at all.
//
// Source: A-076.
func (v View) Uploads(ctx context.Context, uploader string, since time.Time) (Uploads, error) {
	return one(ctx, v, scanUploads, `
		SELECT
			(SELECT COUNT(*) FROM attachments WHERE message_id = '' AND uploader = $1 AND uploader <> ''),
			(SELECT COUNT(*) FROM attachments WHERE uploader = $1 AND uploader <> '' AND created_at > $2),
			(SELECT COUNT(*) FROM attachments WHERE message_id = ''),
			(SELECT COALESCE(SUM(size), 0) FROM attachments WHERE message_id = '')`, uploader, ms(since))
}

func scanUploads(rows *sql.Rows) (u Uploads, err error) {
	err = rows.Scan(&u.Loose, &u.Recent, &u.AllLoose, &u.LooseSize)
	return u, err
}

// LooseFiles returns files that were uploaded before a time and never sent, the
// oldest first.
func (v View) LooseFiles(ctx context.Context, before time.Time, limit int) ([]File, error) {
	return list(ctx, v, scanFile, fileColumns+`
		WHERE message_id = ''
			AND created_at < $1
		ORDER BY created_at, id
		LIMIT $2`, ms(before), limit)
}

// ReadyFiles returns files that are here, behind an id, in the order of their ids.
func (v View) ReadyFiles(ctx context.Context, after parley.AttachmentID, limit int) ([]File, error) {
	return list(ctx, v, scanFile, fileColumns+`
		WHERE id > $1
			AND state = 'ready'
		ORDER BY id
		LIMIT $2`, string(after), limit)
}

// InUse returns which of some files, named by their SHA-256, some row still
// speaks of: as the file, as its small picture, or as a picture in an answer.
func (v View) InUse(ctx context.Context, sums []string) (map[string]bool, error) {
	out := map[string]bool{}
	for part := range pieces(sums) {
		for _, at := range [][2]string{{"attachments", "sha256"}, {"attachments", "thumb"}, {"faq_images", "sha256"}} {
			table, column := at[0], at[1]
			some, err := list(ctx, v, scalar[string], `
		SELECT DISTINCT `+column+`
		FROM `+table+`
		WHERE `+column+` IN (`+numbered(1, len(part))+`)
			AND `+column+` <> ''`, anys(part)...)
			if err != nil {
				return nil, err
			}
			for _, sum := range some {
				out[sum] = true
			}
		}
	}
	return out, nil
}

// DropFile forgets a file that was never sent.
func (r *Rows) DropFile(id parley.AttachmentID) {
	r.Exec(`
		DELETE FROM attachments
		WHERE id = $1 AND message_id = ''`, string(id))
}
