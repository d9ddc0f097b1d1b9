package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"parley"
)

// Audit is one row of the audit log: who changed what, from what to what. Each
// row's hash covers the row before it, so that a changed or missing one shows.
//
// Source: CFG-04, A-117.
type Audit struct {
	ID      int64 // 1, 2, 3 ... without gap
	At      time.Time
	Actor   string // id of an agent or API key, "" = the system
	IP      string
	Request string
	Action  string
	Subject string
	Before  string // JSON, "" = none
	After   string
	Hash    string
}

const auditColumns = `
		SELECT id, at, actor, ip, request_id, action, subject, before, after, hash
		FROM audit`

// AuditLast returns the last row, the zero row if there is none.
func (v View) AuditLast(ctx context.Context) (Audit, error) {
	a, err := one(ctx, v, scanAudit, auditColumns+`
		ORDER BY id DESC
		LIMIT 1`)
	if errors.Is(err, parley.ErrNotFound) {
		return Audit{}, nil
	}
	return a, err
}

// AuditPage returns at most limit rows with an id below before, the newest
// first. before 0 = from the last on.
func (v View) AuditPage(ctx context.Context, before int64, limit int) ([]Audit, error) {
	if before <= 0 {
		before = 1<<63 - 1
	}
	return list(ctx, v, scanAudit, auditColumns+`
		WHERE id < $1
		ORDER BY id DESC`+atMost(limit), before)
}

// AuditTold returns the last row about a subject that tells what it was like,
// the zero row if none does.
func (v View) AuditTold(ctx context.Context, subject string) (Audit, error) {
	a, err := one(ctx, v, scanAudit, auditColumns+`
		WHERE subject = $1 AND before || after <> ''
		ORDER BY id DESC
		LIMIT 1`, subject)
	if errors.Is(err, parley.ErrNotFound) {
		return Audit{}, nil
	}
	return a, err
}

// AuditBroken returns the id of the first row that is not what was written, 0
// if the chain holds.
func (v View) AuditBroken(ctx context.Context) (int64, error) {
	var last Audit
	for {
		rows, err := list(ctx, v, scanAudit, auditColumns+`
			WHERE id > $1
			ORDER BY id
			LIMIT 1000`, last.ID)
		if err != nil || len(rows) == 0 {
			return 0, err
		}
		for _, a := range rows {
			if a.ID != last.ID+1 || a.Hash != a.sum(last.Hash) {
				return last.ID + 1, nil
			}
			last = a
		}
	}
}

func scanAudit(rows *sql.Rows) (Audit, error) {
	var a Audit
	var at int64
	err := rows.Scan(&a.ID, &at, &a.Actor, &a.IP, &a.Request, &a.Action, &a.Subject, &a.Before, &a.After, &a.Hash)
	a.At = parley.FromMillis(at)
	return a, err
}

// sum returns the hash of a row that follows one with the hash before. Every
// part is preceded by its length, so that no two rows read alike.
func (a Audit) sum(before string) string {
	h := sha256.New()
	for _, part := range []string{
		before, strconv.FormatInt(a.ID, 10), strconv.FormatInt(ms(a.At), 10), a.Actor, a.IP, a.Request,
		a.Action, a.Subject, a.Before, a.After,
	} {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// AuditTouch is the id a command names in Touch before it adds to the audit
// log, so that it sees the row of an earlier one.
const AuditTouch = "audit"

// AddAudit adds a row after last.
func (r *Rows) AddAudit(last Audit, a Audit) {
	a.ID = last.ID + 1
	a.Hash = a.sum(last.Hash)
	r.touch(AuditTouch)
	r.Exec(`
		INSERT INTO audit (id, at, actor, ip, request_id, action, subject, before, after, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		a.ID, ms(a.At), a.Actor, a.IP, a.Request, a.Action, a.Subject, a.Before, a.After, a.Hash)
}
