package store

import (
	"context"
	"database/sql"
	"strconv"

	"parley"
)

const caseColumns = `
		SELECT k.id, k.number, k.customer_id, k.interaction_id, k.status, k.draft, k.subject, k.notes, k.channel,
			k.queue_id, k.agent_id, k.created_at, k.updated_at, k.rev
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

func scanCase(rows *sql.Rows) (parley.Case, error) {
	var c parley.Case
	var created, updated int64
	err := rows.Scan(&c.ID, &c.Number, &c.Customer, &c.Interaction, &c.Status, &c.Draft, &c.Subject, &c.Notes,
		&c.Channel, &c.Queue, &c.Agent, &created, &updated, &c.Rev)
	c.CreatedAt, c.UpdatedAt = parley.FromMillis(created), parley.FromMillis(updated)
	return c, err
}

// CaseRange is a stretch of the list of cases, the newest first. Zero fields
// do not narrow it.
type CaseRange struct {
	Status      parley.CaseStatus
	DraftsOf    parley.AgentID
	Drafts      bool
	Unlinked    bool
	Customer    parley.CustomerID
	From, To    string // of the customer's folded name; "" = any
	Before      int64  // number
	AfterName   string // with From: the place in the order by name
	AfterID     parley.CustomerID
	AfterNumber int64
	Limit       int
}

// CaseRow is a case and its customer's folded name, "" while unlinked.
type CaseRow struct {
	parley.Case
	Folded string
}

// ByName reports whether the stretch is ordered by the customer's name. Drafts
// are few: theirs is by number, whoever they are of.
func (r CaseRange) ByName() bool { return r.From != "" && !r.Drafts }

// CaseRange returns the cases of a stretch: by number, the newest first, or by
// the customer's name.
func (v View) CaseRange(ctx context.Context, r CaseRange) ([]CaseRow, error) {
	where, args := r.where()
	tables, folded, order := "cases k", "''", "k.number DESC"
	switch {
	case r.ByName():
		tables, folded = "customers c JOIN cases k ON k.customer_id = c.id", "c.folded"
		order = "c.folded, c.id, k.number"
	case r.From != "": // CROSS: SQLite then begins with the drafts
		tables, folded = "cases k CROSS JOIN customers c", "c.folded"
		where += "\n\t\t\tAND c.id = k.customer_id"
	}
	return list(ctx, v, scanCaseRow, `
		SELECT k.id, k.number, k.customer_id, k.interaction_id, k.status, k.draft, k.subject, k.notes, k.channel,
			k.queue_id, k.agent_id, k.created_at, k.updated_at, k.rev, `+folded+`
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
	case r.Status != "" && (r.Drafts || r.Customer != ""):
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
	switch {
	case r.From != "" && r.Drafts: // begun with the drafts, not with the name
		add("c.folded || '' >= "+next(1)+" AND c.folded || '' < "+next(2), r.From, r.To)
	case r.From != "":
		add("c.folded >= "+next(1)+" AND c.folded < "+next(2), r.From, r.To)
	}
	if r.AfterID != "" {
		add("(c.folded, c.id, k.number) > ("+next(1)+", "+next(2)+", "+next(3)+")", r.AfterName, r.AfterID, r.AfterNumber)
	}
	if r.Before > 0 {
		add("k.number < "+next(1), r.Before)
	}
	return where, args
}

func scanCaseRow(rows *sql.Rows) (CaseRow, error) {
	var c CaseRow
	var created, updated int64
	err := rows.Scan(&c.ID, &c.Number, &c.Customer, &c.Interaction, &c.Status, &c.Draft, &c.Subject, &c.Notes,
		&c.Channel, &c.Queue, &c.Agent, &created, &updated, &c.Rev, &c.Folded)
	c.CreatedAt, c.UpdatedAt = parley.FromMillis(created), parley.FromMillis(updated)
	return c, err
}

// firstCase is the number of a center's first case.
const firstCase = "1001"

// AddCase adds a case; its number is the next one when it is written. If it
// names an interaction, that knows its case from now on.
func (r *Rows) AddCase(c parley.Case) {
	r.merge.cases = append(r.merge.cases, []any{
		0, string(c.ID), string(c.Customer), string(c.Interaction), string(c.Status), c.Draft, c.Subject,
		c.Notes, string(c.Channel), string(c.Queue), string(c.Agent), ms(c.CreatedAt), ms(c.UpdatedAt), c.Rev,
	})
	r.touch(string(c.ID), string(c.Customer), string(c.Interaction), string(c.Agent))
	if c.Interaction != "" {
		r.noteWork(c.Interaction, func(f *Facts) { f.Case = c.ID })
		r.row(rowKey{t: interactionRows, id: string(c.Interaction)}).set([]cell{{"case_id", string(c.ID)}})
	}
}

// addCases lists the new cases of a merge, numbered in the order of coming.
func (r *Rows) addCases(cases [][]any) {
	for len(cases) > 0 {
		size := chunk(len(cases))
		var args []any
		for i, row := range cases[:size] {
			row[0] = i
			args = append(args, row...)
		}
		query := texts.get(textKey{shape{t: caseRows}, size}, func() string {
			return `
		WITH new (place, id, customer_id, interaction_id, status, draft, subject, notes, channel, queue_id, agent_id,
			created_at, updated_at, rev) AS (` + typedRows(cases[0], size) + `)
		INSERT INTO cases (id, number, customer_id, interaction_id, status, draft, subject, notes, channel, queue_id,
			agent_id, created_at, updated_at, rev)
		SELECT id, place + (SELECT COALESCE(MAX(number) + 1, ` + firstCase + `) FROM cases), customer_id, interaction_id,
			status, draft, subject, notes, channel, queue_id, agent_id, created_at, updated_at, rev
		FROM new`
		})
		r.ops = append(r.ops, op{query: query, args: args})
		cases = cases[size:]
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
}

// Holds reports whether a case is in the stretch, whatever its place.
func (r CaseRange) Holds(c parley.Case) bool {
	return (r.Status == "" || c.Status == r.Status) &&
		(!r.Drafts || c.Draft) &&
		(r.DraftsOf == "" || c.Agent == r.DraftsOf) &&
		(!r.Unlinked || c.Customer == "") &&
		(r.Customer == "" || c.Customer == r.Customer)
}
