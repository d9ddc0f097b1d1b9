package tables

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/routing"
	"parley/internal/sheet"
	"parley/internal/store"
)

// The bounds of an import.
//
// Unit: rows; of one step; at the same time, so that the writer commits many
// together.
const (
	importMost  = 10_000
	importPiece = 500
	importWide  = 64
)

// ImportOptions say how a file is read.
type ImportOptions struct {
	Columns []string // what each column is: a column that every center has, "fields." and the name of one of the center's own, "" = left out; none = by the head
	DryRun  bool     // says what would be wrong, and changes nothing
	Update  bool     // a row of somebody who is there changes them; without it, it is refused
	From    int      // rows had: where the last step ended
}

// Imported is what one step of an import did.
type Imported struct {
	Rows      int            `json:"rows" doc:"of the whole file"`
	Next      int            `json:"next" doc:"from where to go on, 0 = all is done"`
	Added     int            `json:"added" doc:"in this step; of a dry run: that would be"`
	Had       int            `json:"had" doc:"rows of this step that were added by an earlier try with the same file"`
	Same      int            `json:"same" doc:"rows of this step that say of a customer what is said already: nothing to change"`
	Updated   int            `json:"updated" doc:"customers that this step changed; of a dry run: that would be"`
	Changes   []ImportChange `json:"changes" doc:"of a dry run: what would change, at most 200 in a step"`
	Was       []ImportWas    `json:"was" doc:"what the customers that were changed said before: what an undo takes"`
	Wrong     []ImportFault  `json:"wrong"`
	Head      []string       `json:"head"`
	Columns   []string       `json:"columns" doc:"how the columns are read"`
	Encoding  string         `json:"encoding"`
	Separator string         `json:"separator"`
	Sample    [][]string     `json:"sample" doc:"the first rows"`
}

// ImportFault is what is wrong with a row: on which line of the file, in which
// column, and why.
type ImportFault struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Code   string `json:"code"`
	Value  string `json:"value"`
}

// Import adds a step's rows of a file of customers, each in a commit with the
// note that it is done: the same file, given again, adds nobody twice, and one that
// was broken off goes on. If it is to update, rows of people who are there change
// them.
//
// Errors: parley.ErrForbidden, an Invalid one if the file is no table, is too long
// or its columns are unknown.
func (t *Tables) Import(ctx context.Context, me parley.Actor, file []byte, o ImportOptions) (Imported, error) {
	if err := t.records.Allowed(ctx, me, records.ToCreate); err != nil {
		return Imported{}, err
	}
	if o.Update {
		if err := t.records.Allowed(ctx, me, records.ToEdit); err != nil {
			return Imported{}, err
		}
	}
	table, err := readTable(file)
	if err != nil {
		return Imported{}, err
	}
	known, err := t.columns(ctx)
	if err != nil {
		return Imported{}, err
	}
	from := min(max(o.From, 0), len(table.Rows))
	to := min(from+importPiece, len(table.Rows))
	if len(o.Columns) == 0 {
		o.Columns = known.guess(table.Head)
		if o.DryRun && strings.Join(o.Columns, "") == "" { // nothing to try: whoever asks says what they are
			from, to = len(table.Rows), len(table.Rows)
		}
	}
	columns, err := known.pick(o.Columns, table.Head)
	if err != nil && from < to {
		return Imported{}, err
	}
	out := Imported{
		Rows: len(table.Rows), Changes: []ImportChange{}, Was: []ImportWas{}, Wrong: []ImportFault{}, Head: table.Head, Columns: o.Columns, Encoding: table.Encoding, Separator: table.Separator,
		Sample: [][]string{},
	}
	for _, row := range table.Rows[:min(len(table.Rows), 5)] {
		out.Sample = append(out.Sample, row.Cells)
	}
	if to < len(table.Rows) {
		out.Next = to
	}
	sum := sha256.Sum256(append([]byte(strings.Join(o.Columns, ",")+"\n"), file...))
	step := &importing{Tables: t, me: me, dryRun: o.DryRun, update: o.Update, file: hex.EncodeToString(sum[:]), columns: columns, own: known.own, out: &out}
	return out, step.run(ctx, table.Rows[from:to], table.Rows[:from])
}

func readTable(file []byte) (sheet.Table, error) {
	t, err := sheet.Read(file)
	var wrong *sheet.Error
	switch {
	case errors.As(err, &wrong):
		return t, parley.ErrInvalid(parley.FieldError{Field: "file", Code: "not_a_table"}).With(map[string]any{"line": wrong.Line})
	case err != nil:
		return t, err
	case len(t.Rows) == 0:
		return t, parley.ErrInvalid(parley.FieldError{Field: "file", Code: "empty"})
	case len(t.Rows) > importMost:
		return t, parley.ErrInvalid(parley.FieldError{Field: "file", Code: "too_many"}).With(map[string]any{"limit": importMost})
	}
	return t, nil
}

// importing is one step.
type importing struct {
	*Tables
	me      parley.Actor
	dryRun  bool
	update  bool
	file    string   // its hash, with how it is read
	columns []column // of the file; the zero one is left out
	own     map[string]parley.CustomField
	mu      sync.Mutex
	out     *Imported // mu owns it
}

func (s *importing) run(ctx context.Context, rows, before []sheet.Row) error {
	if len(rows) == 0 {
		return nil
	}
	if s.dryRun {
		return s.dry(ctx, rows, before)
	}
	// Rows are added beside each other: which of two that share an e-mail is left out is said here, as the dry run said it.
	above := s.above(before)
	had, err := s.store.View().Imported(ctx, s.file, rows[0].Line, rows[len(rows)-1].Line)
	if err != nil {
		return err
	}
	g, together := errgroup.WithContext(ctx)
	g.SetLimit(importWide)
	for _, row := range rows {
		_, before := had[row.Line]
		repeated := above.add(s.input(row))
		g.Go(func() error {
			switch {
			case !s.update && before:
				return s.count(&s.out.Had)
			case repeated != "":
				return s.told(row, parley.ErrInvalid(parley.FieldError{Field: repeated, Code: "repeated"}))
			}
			return s.add(together, row, before)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	slices.SortStableFunc(s.out.Wrong, func(a, b ImportFault) int { return a.Line - b.Line })
	if s.out.Next > 0 {
		return nil
	}
	return s.audited(ctx)
}

// count counts a row.
func (s *importing) count(n *int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	*n++
	return nil
}

// add makes a customer of a row, unless it says what is said already, or is to
// change who is there. One of nobody that was added before is not added again.
func (s *importing) add(ctx context.Context, row sheet.Row, before bool) error {
	if done, err := s.there(ctx, row); err != nil || done {
		return err
	}
	if before {
		return s.count(&s.out.Had)
	}
	_, err := s.records.CreateCustomerWith(ctx, s.me, s.input(row), "", func(r *store.Rows, id parley.CustomerID) { r.AddImported(s.file, row.Line, id) })
	return s.told(row, err)
}

// there does what is to be done with a row of a customer who is there, and reports
// whether that was all.
func (s *importing) there(ctx context.Context, row sheet.Row) (bool, error) {
	if s.update {
		return s.change(ctx, row)
	}
	return s.same(ctx, row)
}

// same reports whether a row says, in every column that is read, what its customer
// says already, and counts it.
func (s *importing) same(ctx context.Context, row sheet.Row) (bool, error) {
	id, err := s.whose(ctx, row)
	if err != nil || id == "" {
		return false, err
	}
	c, err := s.records.Customer(ctx, s.me, id)
	if err != nil {
		return false, err
	}
	for i, column := range s.columns {
		cell := ""
		if i < len(row.Cells) {
			cell = row.Cells[i]
		}
		if column.name != "" && column.name != idColumn && strings.TrimSpace(column.of(c)) != cell {
			return false, nil
		}
	}
	return true, s.count(&s.out.Same)
}

// whose returns the customer a row names, "" if there is none: by the account
// number; without one by the id, without one by the first e-mail.
func (s *importing) whose(ctx context.Context, row sheet.Row) (id parley.CustomerID, err error) {
	v, in := s.store.View(), s.input(row)
	s.each(row, func(_ int, c column, cell string) {
		if c.name == idColumn {
			id = parley.CustomerID(cell)
		}
	})
	switch {
	case in.AccountNumber != "":
		id, err = v.CustomerWithAccount(ctx, in.AccountNumber)
	case id != "":
		var c parley.Customer
		c, err = v.Customer(ctx, id)
		id = c.ID
	case len(in.Emails) > 0:
		id, err = v.CustomerWithEmail(ctx, identity.Email(in.Emails[0]))
	}
	if errors.Is(err, parley.ErrNotFound) {
		return "", nil
	}
	return id, err
}

// audited notes in the audit log that a file came to its end.
func (s *importing) audited(ctx context.Context) error {
	return s.ledger.Do(ctx, ledger.Command{Name: "import_customers", Touch: []string{store.AuditTouch}, Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
		last, err := v.AuditLast(ctx)
		return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
			records.Audit(r, last, s.me, "customers_imported", parley.CustomerID("file_"+s.file[:12]))
		}}, err
	}})
}

// told keeps what came of a row. An error that is not the row's is returned.
func (s *importing) told(row sheet.Row, err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var refused *parley.Error
	switch {
	case err == nil:
		s.out.Added++
	case errors.As(err, &refused) && refused.Kind == parley.Invalid && len(refused.Fields) > 0:
		for _, f := range refused.Fields {
			s.fault(row, f)
		}
	default:
		return err
	}
	return nil
}

// fault says in the file's own words what is wrong with a row.
func (s *importing) fault(row sheet.Row, f parley.FieldError) {
	name, _, _ := strings.Cut(f.Field, "[")
	name = strings.ReplaceAll(name, ".", "_") // home.city is the column home_city
	out := ImportFault{Line: row.Line, Column: f.Field, Code: f.Code}
	for i, c := range s.columns {
		if i < len(row.Cells) && c.name != "" && (c.name == name || c.name+"s" == name || f.Field == "fields."+string(s.own[c.name].ID)) {
			out.Column, out.Value = s.out.Head[i], short(row.Cells[i])
			break
		}
	}
	s.out.Wrong = append(s.out.Wrong, out)
}

// valueMax is how much of a cell a fault tells.
//
// Unit: code points.
const valueMax = 80

// short is the beginning of a cell.
func short(cell string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(cell), "\n")
	if letters := []rune(line); len(letters) > valueMax {
		return strings.TrimSpace(string(letters[:valueMax]))
	}
	return line
}

// input is a row as somebody would have typed it in.
func (s *importing) input(row sheet.Row) records.CustomerInput {
	in := records.CustomerInput{Fields: map[string]string{}}
	s.each(row, func(_ int, c column, cell string) { c.into(&in, cell) })
	return in
}

// each goes through the cells of a row that say something and are read.
func (s *importing) each(row sheet.Row, f func(i int, c column, cell string)) {
	for i, c := range s.columns {
		if i < len(row.Cells) && row.Cells[i] != "" && c.name != "" {
			f(i, c, s.meant(row.Cells[i]))
		}
	}
}

// cleared is what a cell says to take away what is there: an empty one leaves it.
const cleared = "-"

// meant is what a cell says: of an update, one that clears says nothing.
func (s *importing) meant(cell string) string {
	if s.update && cell == cleared {
		return ""
	}
	return cell
}

// above are what the rows of a file above one say that no two customers share.
type above map[string]bool

func (s *importing) above(rows []sheet.Row) above {
	a := above{}
	for _, row := range rows {
		a.add(s.input(row))
	}
	return a
}

// add notes a row, and returns the field it shares with one above, "" if none.
func (a above) add(in records.CustomerInput) (repeated string) {
	for _, k := range in.Own() {
		if a[k] && repeated == "" {
			repeated = map[bool]string{true: "account_number", false: "emails"}[k == in.AccountNumber]
		}
		a[k] = true
	}
	return repeated
}

// dry checks rows as adding them would: each for itself, against what is there, and
// against the rows of the file above it.
func (s *importing) dry(ctx context.Context, rows, before []sheet.Row) error {
	above := s.above(before)
	for _, row := range rows {
		in := s.input(row)
		repeated := above.add(in)
		var f parley.Faults
		if repeated == "" {
			if done, err := s.there(ctx, row); err != nil {
				return err
			} else if done {
				continue
			}
		}
		if repeated == "" || !s.update {
			var err error
			if _, f, err = s.records.CheckCustomer(ctx, "", in); err != nil {
				return err
			}
		}
		if repeated != "" && len(f) == 0 {
			f.Add(repeated, "repeated")
		}
		if err := s.told(row, f.Err()); err != nil {
			return err
		}
	}
	return nil
}
