package store

import (
	"context"
	"database/sql"
	"strconv"

	"parley"
)

const caseFields = `k.id, k.number, k.customer_id, k.interaction_id, k.status, k.draft, k.subject, k.notes, k.channel,
			k.queue_id, k.agent_id, k.created_at, k.updated_at, k.rev, k.visibility, k.group_id, k.severity, k.priority,
			k.description, k.assignee_id, k.follows_id, k.closed_at`

const caseColumns = `
		SELECT ` + caseFields + `
		FROM cases k`

// Case returns one. Errors: parley.ErrNotFound.
func (v View) Case(ctx context.Context, id parley.CaseID) (parley.Case, error) {
	return one(ctx, v, scanCase, caseColumns+`
		WHERE k.id = $1`, id)
}

// CaseNumbered returns the case with a number. Errors: parley.ErrNotFound.
func (v View) CaseNumbered(ctx context.Context, number int64) (parley.Case, error) {
	return one(ctx, v, scanCase, caseColumns+`
		WHERE k.number = $1`, number)
}

// CaseLog returns the case that is the log of an interaction, whole. Errors: parley.ErrNotFound.
func (v View) CaseLog(ctx context.Context, i parley.InteractionID) (parley.Case, error) {
	return one(ctx, v, scanCase, caseColumns+`
		WHERE k.interaction_id = $1 AND k.interaction_id <> ''`, i)
}

// caseScan reads a case; with more columns behind it, if there are.
func caseScan(rows *sql.Rows, more ...any) (parley.Case, error) {
	var c parley.Case
	var created, updated, closed int64
	err := rows.Scan(append([]any{
		&c.ID, &c.Number, &c.Customer, &c.Interaction, &c.Status, &c.Draft, &c.Subject, &c.Notes, &c.Channel,
		&c.Queue, &c.Agent, &created, &updated, &c.Rev, &c.Visibility, &c.Group, &c.Severity, &c.Priority,
		&c.Description, &c.Assignee, &c.Follows, &closed,
	}, more...)...)
	c.CreatedAt, c.UpdatedAt, c.ClosedAt = parley.FromMillis(created), parley.FromMillis(updated), parley.FromMillis(closed)
	return c, err
}

func scanCase(rows *sql.Rows) (parley.Case, error) { return caseScan(rows) }

// CaseRange is a stretch of the list of cases, the newest first. Zero fields
// do not narrow it.
type CaseRange struct {
	Status      parley.CaseStatus
	DraftsOf    parley.AgentID
	Drafts      bool
	Unlinked    bool
	Customer    parley.CustomerID
	Assignee    parley.AgentID
	Channel     parley.Channel
	Reader      *Reader // nil = somebody who sees all
	From, To    string  // of the customer's folded name; "" = any
	Before      int64   // number
	AfterName   string  // with From: the place in the order by name
	AfterID     parley.CustomerID
	AfterNumber int64
	Limit       int
}

// Reader is who reads a list of cases that not everybody may see.
type Reader struct {
	Agent parley.AgentID
	Group parley.GroupID
}

// sees is the condition that a case is one the reader sees, whose agent and group are
// the arguments n and n+1.
//
// Source: CRM-03, as parley.Case.SeenBy has it.
func (r Reader) sees(k string, n int) string {
	agent, group := "$"+strconv.Itoa(n), "$"+strconv.Itoa(n+1)
	return "(" + k + ".visibility = 'everyone' OR " + agent + " <> '' AND " + agent + " IN (" + k + ".agent_id, " + k + ".assignee_id)" +
		" OR " + k + ".visibility = 'group' AND " + k + ".group_id <> '' AND " + k + ".group_id = " + group + ")"
}

// CaseRow is a case and its customer's folded name, "" while unlinked.
type CaseRow struct {
	parley.Case
	Folded string
}

// ByName reports whether the stretch is ordered by the customer's name. Drafts
// are few: theirs is by number, whoever they are of.
func (r CaseRange) ByName() bool { return r.From != "" && !r.Drafts }

// byChannel reports whether the indexes of channels are meant: drafts, one
// customer's, one assignee's and those of a name are few without.
func (r CaseRange) byChannel() bool {
	return r.Channel != "" && !r.Drafts && r.Customer == "" && r.Assignee == "" && r.From == ""
}

// CaseRange returns the cases of a stretch: by number, the newest first, or by
// the customer's name.
func (v View) CaseRange(ctx context.Context, r CaseRange) ([]CaseRow, error) {
	where, args := r.where()
	tables, folded, order := "cases k", "''", "k.number DESC"
	switch {
	case r.byChannel():
		order = "(k.number + 0) DESC"
	case r.ByName():
		tables, folded = "customers c JOIN cases k ON k.customer_id = c.id", "c.folded"
		order = "c.folded, c.id, k.number"
	case r.From != "": // CROSS: SQLite then begins with the drafts
		tables, folded = "cases k CROSS JOIN customers c", "c.folded"
		where += "\n\t\t\tAND c.id = k.customer_id"
	}
	return list(ctx, v, scanCaseRow, `
		SELECT `+caseFields+`, `+folded+`
		FROM `+tables+`
		`+where+`
		ORDER BY `+order+atMost(r.Limit), args...)
}

func (r CaseRange) where() (string, []any) {
	where, args := "WHERE TRUE", []any{}
	add := func(condition string, values ...any) {
		args = append(args, values...)
		where += "\n\t\t\tAND " + condition
	}
	next := func(n int) string { return "$" + strconv.Itoa(len(args)+n) }
	switch { // in words: the indexes of each status are partial; drafts are few, and one customer's cases
	case r.Status != "" && (r.Drafts || r.Customer != "" || r.Unlinked && r.Channel != ""):
		add("k.status || '' = "+next(1), r.Status)
	case r.Status == parley.CaseOpen:
		add("k.status = 'open'")
	case r.Status == parley.CaseClosed:
		add("k.status = 'closed'")
	}
	if r.Drafts || r.DraftsOf != "" {
		add("k.draft")
	}
	if r.DraftsOf != "" {
		add("k.agent_id = "+next(1), r.DraftsOf)
	}
	if r.Unlinked {
		add("k.customer_id = ''")
	}
	if r.Customer != "" {
		add("k.customer_id = "+next(1), r.Customer)
	}
	if r.Assignee != "" {
		add("k.assignee_id = "+next(1)+" AND k.assignee_id <> ''", r.Assignee)
	}
	switch {
	case r.byChannel():
		add("k.channel = "+next(1), r.Channel)
	case r.Channel != "" && r.ByName(): // PostgreSQL, which sees through it, begins with a channel that has few
		add("CAST(k.channel AS TEXT) = "+next(1), r.Channel)
	case r.Channel != "":
		add("k.channel || '' = "+next(1), r.Channel)
	}
	if r.Reader != nil {
		add(r.Reader.sees("k", len(args)+1), r.Reader.Agent, r.Reader.Group)
	}
	switch {
	case r.From != "" && r.Drafts: // begun with the drafts, not with the name
		add("c.folded || '' >= "+next(1)+" AND c.folded || '' < "+next(2), r.From, r.To)
	case r.From != "":
		add("c.folded >= "+next(1)+" AND c.folded < "+next(2), r.From, r.To)
	}
	if r.AfterID != "" {
		add("(c.folded, c.id, k.number) > ("+next(1)+", "+next(2)+", "+next(3)+")", r.AfterName, r.AfterID, r.AfterNumber)
	}
	switch {
	case r.Before > 0 && r.byChannel():
		add("(k.number + 0) < "+next(1), r.Before)
	case r.Before > 0:
		add("k.number < "+next(1), r.Before)
	}
	return where, args
}

func scanCaseRow(rows *sql.Rows) (row CaseRow, err error) {
	row.Case, err = caseScan(rows, &row.Folded)
	return row, err
}

// firstCase is the number of a center's first case.
const firstCase = "1001"

// AddCase adds a case; its number is the next one when it is written. If it
// names an interaction, that knows its case from now on.
func (r *Rows) AddCase(c parley.Case) {
	r.merge.cases = append(r.merge.cases, []any{
		0, string(c.ID), string(c.Customer), string(c.Interaction), string(c.Status), c.Draft, c.Subject,
		c.Notes, string(c.Channel), string(c.Queue), string(c.Agent), ms(c.CreatedAt), ms(c.UpdatedAt), c.Rev,
		ms(c.ClosedAt),
	})
	r.touch(string(c.ID), string(c.Customer), string(c.Interaction), string(c.Agent))
	r.indexCase(c.ID)
	if c.Interaction != "" {
		r.noteWork(c.Interaction, func(f *Facts) { f.Case = c.ID })
		r.row(rowKey{t: interactionRows, id: string(c.Interaction)}).set([]cell{{"case_id", string(c.ID)}})
	}
}

// addCases lists the new cases of a merge, numbered in the order of coming.
func (r *Rows) addCases(cases [][]any) {
	for part := range pieces(cases) {
		var args []any
		for i, row := range part {
			row[0] = i
			args = append(args, row...)
		}
		query := texts.get(textKey{shape{t: caseRows}, len(part)}, func() string {
			return `
		WITH new (place, id, customer_id, interaction_id, status, draft, subject, notes, channel, queue_id, agent_id,
			created_at, updated_at, rev, closed_at) AS (` + typedRows(cases[0], len(part)) + `)
		INSERT INTO cases (id, number, customer_id, interaction_id, status, draft, subject, notes, channel, queue_id,
			agent_id, created_at, updated_at, rev, closed_at)
		SELECT id, place + (SELECT COALESCE(MAX(number) + 1, ` + firstCase + `) FROM cases), customer_id, interaction_id,
			status, draft, subject, notes, channel, queue_id, agent_id, created_at, updated_at, rev, closed_at
		FROM new`
		})
		r.ops = append(r.ops, op{query: query, args: args})
	}
}

// SaveCase replaces what may change of a case.
func (r *Rows) SaveCase(c parley.Case) {
	r.Exec(`
		UPDATE cases
		SET customer_id = $2, status = $3, draft = $4, subject = $5, notes = $6, queue_id = $7, agent_id = $8,
			updated_at = $9, rev = $10
		WHERE id = $1`,
		c.ID, c.Customer, c.Status, c.Draft, c.Subject, c.Notes, c.Queue, c.Agent, ms(c.UpdatedAt), c.Rev)
	r.indexCase(c.ID)
}

// SaveCaseWork replaces what people say of a case besides what its log says: who
// may see it, how bad and urgent it is, whose it is, what it goes on with, and
// since when it is closed.
func (r *Rows) SaveCaseWork(c parley.Case) {
	r.Exec(`
		UPDATE cases
		SET visibility = $2, group_id = $3, severity = $4, priority = $5, description = $6, assignee_id = $7,
			follows_id = $8, closed_at = $9
		WHERE id = $1`,
		c.ID, string(c.Visibility), string(c.Group), string(c.Severity), string(c.Priority), c.Description,
		string(c.Assignee), string(c.Follows), ms(c.ClosedAt))
}

// Holds reports whether a case is in the stretch, whatever its place.
func (r CaseRange) Holds(c parley.Case) bool {
	return (r.Status == "" || c.Status == r.Status) &&
		(!r.Drafts || c.Draft) &&
		(r.DraftsOf == "" || c.Agent == r.DraftsOf) &&
		(!r.Unlinked || c.Customer == "") &&
		(r.Channel == "" || c.Channel == r.Channel) &&
		(r.Assignee == "" || c.Assignee == r.Assignee) &&
		(r.Customer == "" || c.Customer == r.Customer)
}
