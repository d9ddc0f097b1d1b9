package records

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"parley"
	"parley/internal/ledger"
	"parley/internal/search"
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
	Columns []string // what each column is: a field of ImportFields, "fields." and the name of one of the center's own, "" = left out; none = by the head
	DryRun  bool     // says what would be wrong, and changes nothing
	From    int      // rows had: where the last step ended
}

// ImportFields are what a column can be.
var ImportFields = []string{"account_number", "first_name", "last_name", "email", "phone", "language", "notes"}

// Imported is what one step of an import did.
type Imported struct {
	Rows      int           `json:"rows" doc:"of the whole file"`
	Next      int           `json:"next" doc:"from where to go on, 0 = all is done"`
	Added     int           `json:"added" doc:"in this step; of a dry run: that would be"`
	Had       int           `json:"had" doc:"rows of this step that were added by an earlier try with the same file"`
	Wrong     []ImportFault `json:"wrong"`
	Head      []string      `json:"head"`
	Columns   []string      `json:"columns" doc:"how the columns are read"`
	Encoding  string        `json:"encoding"`
	Separator string        `json:"separator"`
	Sample    [][]string    `json:"sample" doc:"the first rows"`
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
// was broken off goes on.
//
// Errors: parley.ErrForbidden, an Invalid one if the file is no table, is too long
// or its columns are unknown.
func (r *Records) Import(ctx context.Context, me parley.Actor, file []byte, o ImportOptions) (Imported, error) {
	if err := r.allowed(ctx, me, ToCreate); err != nil {
		return Imported{}, err
	}
	t, err := readTable(file)
	if err != nil {
		return Imported{}, err
	}
	own, err := r.ownColumns(ctx)
	if err != nil {
		return Imported{}, err
	}
	from := min(max(o.From, 0), len(t.Rows))
	to := min(from+importPiece, len(t.Rows))
	if len(o.Columns) == 0 {
		o.Columns = guess(t.Head, own)
		if o.DryRun && strings.Join(o.Columns, "") == "" { // nothing to try: whoever asks says what they are
			from, to = len(t.Rows), len(t.Rows)
		}
	}
	if err := readable(o.Columns, t.Head, own); err != nil && from < to {
		return Imported{}, err
	}
	out := Imported{
		Rows: len(t.Rows), Wrong: []ImportFault{}, Head: t.Head, Columns: o.Columns, Encoding: t.Encoding, Separator: t.Separator, Sample: [][]string{},
	}
	for _, row := range t.Rows[:min(len(t.Rows), 5)] {
		out.Sample = append(out.Sample, row.Cells)
	}
	if to < len(t.Rows) {
		out.Next = to
	}
	sum := sha256.Sum256(append([]byte(strings.Join(o.Columns, ",")+"\n"), file...))
	step := &importing{Records: r, me: me, o: o, file: hex.EncodeToString(sum[:]), own: own, out: &out}
	return out, step.run(ctx, t.Rows[from:to], t.Rows[:from])
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

// heads are how people name the columns.
var heads = map[string]string{
	"account number": "account_number", "account": "account_number", "customer number": "account_number", "numero de compte": "account_number", "compte": "account_number",
	"first name": "first_name", "given name": "first_name", "prenom": "first_name",
	"last name": "last_name", "surname": "last_name", "family name": "last_name", "nom": "last_name", "nom de famille": "last_name",
	"email": "email", "e mail": "email", "emails": "email", "courriel": "email", "email address": "email", "adresse courriel": "email",
	"phone": "phone", "phones": "phone", "telephone": "phone", "mobile": "phone", "cell": "phone", "cellulaire": "phone", "phone number": "phone",
	"language": "language", "langue": "language", "notes": "notes", "note": "notes", "remarques": "notes",
}

// ownColumns returns the center's own fields that are asked for, by the name of
// their column.
//
// Source: CRM-05.
func (r *Records) ownColumns(ctx context.Context) (map[string]parley.CustomField, error) {
	known, err := r.store.View().Fields(ctx, parley.OfCustomer)
	own := map[string]parley.CustomField{}
	for _, f := range known {
		if f.Active {
			own["fields."+f.Name] = f
		}
	}
	return own, err
}

// guess says what columns are by their heads: the product's words, then what the
// center calls its own fields.
func guess(head []string, own map[string]parley.CustomField) []string {
	out := make([]string, len(head))
	for i, h := range head {
		h = plain(h)
		out[i] = heads[h]
		for _, column := range slices.Sorted(maps.Keys(own)) { // sorted: two fields may have one label
			f := own[column]
			if out[i] == "" && h != "" && slices.Contains([]string{plain(f.Name), plain(f.Label), plain(f.LabelFR)}, h) {
				out[i] = column
			}
		}
	}
	return out
}

// plain is a head as it is compared.
func plain(s string) string { return strings.Join(search.Words(s), " ") }

func readable(columns, head []string, own map[string]parley.CustomField) error {
	for i, c := range columns {
		if c != "" && !slices.Contains(ImportFields, c) && own[c].ID == "" || i >= len(head) {
			return parley.ErrInvalid(parley.FieldError{Field: parley.Index("columns", i, ""), Code: "unknown"})
		}
	}
	if strings.Join(columns, "") == "" {
		return parley.ErrInvalid(parley.FieldError{Field: "columns", Code: "required"})
	}
	return nil
}

// importing is one step.
type importing struct {
	*Records
	me   parley.Actor
	o    ImportOptions
	file string // its hash, with how it is read
	own  map[string]parley.CustomField
	mu   sync.Mutex
	out  *Imported // mu owns it
}

func (s *importing) run(ctx context.Context, rows, before []sheet.Row) error {
	if len(rows) == 0 {
		return nil
	}
	had, err := s.store.View().Imported(ctx, s.file, rows[0].Line, rows[len(rows)-1].Line)
	if err != nil {
		return err
	}
	if s.o.DryRun {
		return s.dry(ctx, rows, before)
	}
	g, together := errgroup.WithContext(ctx)
	g.SetLimit(importWide)
	for _, row := range rows {
		if _, ok := had[row.Line]; ok {
			s.out.Had++
			continue
		}
		g.Go(func() error {
			_, err := s.createCustomer(together, s.me, s.input(row), "", func(r *store.Rows, id parley.CustomerID) { r.AddImported(s.file, row.Line, id) })
			return s.told(row, err)
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

// audited notes in the audit log that a file came to its end.
func (s *importing) audited(ctx context.Context) error {
	return s.ledger.Do(ctx, ledger.Command{Name: "import_customers", Touch: []string{store.AuditTouch}, Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
		last, err := v.AuditLast(ctx)
		return rows(func(r *store.Rows) {
			audit(r, last, s.me, "customers_imported", parley.CustomerID("file_"+s.file[:12]))
		}), err
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
	name, _, _ = strings.Cut(name, ".")
	out := ImportFault{Line: row.Line, Column: f.Field, Code: f.Code}
	for i, column := range s.o.Columns {
		if i < len(row.Cells) && (column == name || column+"s" == name || f.Field == "fields."+string(s.own[column].ID)) {
			out.Column, out.Value = s.out.Head[i], title(row.Cells[i], 80)
			break
		}
	}
	s.out.Wrong = append(s.out.Wrong, out)
}

// input is a row as somebody would have typed it in.
func (s *importing) input(row sheet.Row) CustomerInput {
	in := CustomerInput{Fields: map[string]string{}}
	one := map[string]*string{
		"account_number": &in.AccountNumber, "first_name": &in.FirstName, "last_name": &in.LastName, "language": &in.Language, "notes": &in.Notes,
	}
	for i, column := range s.o.Columns {
		if i >= len(row.Cells) || row.Cells[i] == "" {
			continue
		}
		switch cell := row.Cells[i]; {
		case column == "email":
			in.Emails = append(in.Emails, several(cell)...)
		case column == "phone":
			in.Phones = append(in.Phones, several(cell)...)
		case one[column] != nil:
			*one[column] = cell
		case column != "":
			in.Fields[string(s.own[column].ID)] = cell
		}
	}
	return in
}

// several are the addresses of one cell.
func several(cell string) (out []string) {
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == ',' || r == '|' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// dry checks rows as adding them would: each for itself, against what is there, and
// against the rows of the file above it.
func (s *importing) dry(ctx context.Context, rows, before []sheet.Row) error {
	above := map[string]bool{}
	keys := func(c parley.Customer) []string {
		list := slices.Clone(c.Emails)
		if c.AccountNumber != "" {
			list = append(list, "#"+c.AccountNumber)
		}
		return list
	}
	for _, row := range before {
		c, _, _ := s.input(row).check("")
		for _, k := range keys(c) {
			above[k] = true
		}
	}
	for _, row := range rows {
		c, _, f, err := s.checked(ctx, s.input(row), nil)
		if err == nil && len(f) == 0 {
			err = taken(ctx, s.store.View(), c, &f)
		}
		if err != nil {
			return err
		}
		for _, k := range keys(c) {
			if above[k] && len(f) == 0 {
				f.Add(map[bool]string{true: "account_number", false: "emails"}[strings.HasPrefix(k, "#")], "repeated")
			}
			above[k] = true
		}
		if err := s.told(row, f.Err()); err != nil {
			return err
		}
	}
	return nil
}
