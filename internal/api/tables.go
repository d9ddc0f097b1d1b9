package api

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parley"
	"parley/internal/records"
	"parley/internal/tables"
)

// importBytesMax is the largest file of customers.
//
// Unit: bytes.
const importBytesMax = 8 << 20

// importPath takes a larger body than other doors.
const importPath = "/api/customers/import"

// tableOperations are records as spreadsheets have them.
func (s *Server) tableOperations() {
	a := s.api
	get(a, "/api/customers/export", "export-customers", parley.MayRecords, exportCustomers)
	get(a, "/api/cases/export", "export-cases", parley.MayRecords, exportCases)
	get(a, "/api/interactions/export", "export-interactions", "", exportInteractions)
	get(a, "/api/lists", "list-saved-lists", parley.MayRecords, listSavedLists)
	add(a, "/api/lists", "add-saved-list", parley.MayRecords, addSavedList)
	put(a, "/api/lists/{id}", "save-saved-list", parley.MayRecords, saveSavedList)
	del(a, "/api/lists/{id}", "drop-saved-list", parley.MayRecords, dropSavedList)
	get(a, "/api/columns", "get-chosen-columns", parley.MayRecords, getChosenColumns)
	put(a, "/api/columns/{list}", "choose-columns", parley.MayRecords, chooseColumns)
	op := operation(http.MethodPost, importPath, "import-customers", parley.MayRecords)
	op.MaxBodyBytes = importBytesMax
	register(a, op, importCustomers)
	op = operation(http.MethodPost, importPath+"/undo", "undo-import", parley.MayRecords)
	op.MaxBodyBytes = importBytesMax
	register(a, op, undoImport)
}

// exported is a table that is written while it is read.
type exported struct {
	ContentType string `header:"Content-Type"`
	Name        string `header:"Content-Disposition"`
	Body        func(huma.Context)
}

// exportWithin is how long one page of a table may take to go out.
const exportWithin = 30 * time.Second

// export answers with a table. What goes wrong before its first byte is an answer
// like others; afterwards the connection breaks, so that nobody takes a part for
// the whole.
func export(name string, write func(w io.Writer, flushed func() error) error) (*exported, error) {
	return &exported{"text/csv; charset=utf-8", `attachment; filename="` + name + `.csv"`, func(c huma.Context) {
		r, w := humago.Unwrap(c)
		control := http.NewResponseController(w)
		body := &begun{Writer: c.BodyWriter()}
		held := bufio.NewWriter(body)
		flushed := func() error {
			_ = control.SetWriteDeadline(time.Now().Add(exportWithin)) //nolint:forbidigo // the connection's clock is the machine's
			return errors.Join(held.Flush(), control.Flush())
		}
		switch err := write(held, flushed); {
		case err != nil && body.is:
			panic(http.ErrAbortHandler)
		case err != nil:
			w.Header().Del("Content-Disposition")
			requestOf(r.Context()).at.refuse(w, r, err)
		}
	}}, nil
}

// begun knows whether anything was written.
type begun struct {
	io.Writer
	is bool
}

// Write writes on.
func (b *begun) Write(p []byte) (int, error) {
	b.is = true
	return b.Writer.Write(p)
}

type exportedCustomersInput struct {
	Me   Me
	Text string `query:"q" maxLength:"200"`
	Sort string `query:"sort" enum:"name,created"`
	Open bool   `query:"open" doc:"who has an open case"`
}

func exportCustomers(ctx context.Context, in *exportedCustomersInput) (*exported, error) {
	q := records.CustomerQuery{Text: in.Text, Sort: in.Sort, Open: in.Open}
	if err := in.Me.at.Tables.MayExport(ctx, in.Me.Actor); err != nil {
		return nil, problem(err)
	}
	return export("customers", func(w io.Writer, flushed func() error) error {
		return in.Me.at.Tables.ExportCustomers(ctx, in.Me.Actor, q, w, flushed)
	})
}

type exportedCasesInput struct {
	Me       Me
	Text     string            `query:"q" maxLength:"200"`
	Status   parley.CaseStatus `query:"status" enum:"open,closed"`
	Draft    string            `query:"draft" enum:"mine,all"`
	Unlinked bool              `query:"unlinked"`
	Customer parley.CustomerID `query:"customer" maxLength:"64"`
	Mine     bool              `query:"mine" doc:"whose assignee is who asks"`
	Channel  parley.Channel    `query:"channel" maxLength:"32"`
}

func exportCases(ctx context.Context, in *exportedCasesInput) (*exported, error) {
	q := records.CaseQuery{Text: in.Text, Status: in.Status, Draft: in.Draft, Unlinked: in.Unlinked, Customer: in.Customer, Mine: in.Mine, Channel: in.Channel}
	if err := in.Me.at.Tables.MayExport(ctx, in.Me.Actor); err != nil {
		return nil, problem(err)
	}
	return export("cases", func(w io.Writer, flushed func() error) error {
		return in.Me.at.Tables.ExportCases(ctx, in.Me.Actor, q, w, flushed)
	})
}

type exportedInteractionsInput struct {
	Me      Me
	State   parley.InteractionState `query:"state" maxLength:"32"`
	Queue   parley.QueueID          `query:"queue" maxLength:"64"`
	Agent   parley.AgentID          `query:"agent" maxLength:"64"`
	Channel parley.Channel          `query:"channel" maxLength:"32"`
	From    int64                   `query:"from" minimum:"0" doc:"created at or after, Unix milliseconds"`
	To      int64                   `query:"to" minimum:"0" doc:"created before"`
}

func exportInteractions(ctx context.Context, in *exportedInteractionsInput) (*exported, error) {
	q := records.TalkedQuery{State: in.State, Queue: in.Queue, Agent: in.Agent, Channel: in.Channel, From: in.From, To: in.To}
	if err := in.Me.at.Tables.MayExport(ctx, in.Me.Actor); err != nil {
		return nil, problem(err)
	}
	return export("interactions", func(w io.Writer, flushed func() error) error {
		return in.Me.at.Tables.ExportInteractions(ctx, in.Me.Actor, q, w, flushed)
	})
}

type importInput struct {
	Me      Me
	Columns string `query:"columns" maxLength:"5000" doc:"what each column is, by comma; empty = by the head. account_number, id, first_name, last_name, email, phone, language, zone, notes; home_ and other_ with lines, city, region, postal_code, country; fields. and the name of one of the center's own; nothing between two commas leaves a column out"`
	DryRun  bool   `query:"dry_run" doc:"says what would be wrong, and changes nothing"`
	Update  bool   `query:"update" doc:"a row of a customer who is there, by the account number, else the id, else the first e-mail, changes them: what a cell says replaces what is there, an empty cell leaves it, one of a lone - takes it away. Without it such a row is wrong"`
	From    int    `query:"from" minimum:"0" maximum:"10000" doc:"the next of the step before"`
	RawBody []byte `contentType:"text/csv"`
}

func importCustomers(ctx context.Context, in *importInput) (*out[tables.Imported], error) {
	o := tables.ImportOptions{DryRun: in.DryRun, Update: in.Update, From: in.From}
	if in.Columns != "" {
		o.Columns = strings.Split(in.Columns, ",")
	}
	return reply(in.Me.at.Tables.Import(ctx, in.Me.Actor, in.RawBody, o))
}

type undoneImportInput struct {
	Me   Me
	Body struct {
		Was []tables.ImportWas `json:"was" minItems:"1" maxItems:"500" doc:"as the import answered"`
	}
}

func undoImport(ctx context.Context, in *undoneImportInput) (*out[records.Edits], error) {
	return reply(in.Me.at.Tables.Undo(ctx, in.Me.Actor, in.Body.Was))
}

type savedListsInput struct {
	Me   Me
	List string `query:"list" required:"true" enum:"customers,cases,interactions"`
}

func listSavedLists(ctx context.Context, in *savedListsInput) (*out[list[tables.SavedList]], error) {
	return listed(in.Me.at.Tables.SavedLists(ctx, in.Me.Actor, in.List))
}

type newSavedListInput struct {
	Me   Me
	Body tables.SavedListInput
}

func addSavedList(ctx context.Context, in *newSavedListInput) (*out[created[string]], error) {
	return made(in.Me.at.Tables.SaveList(ctx, in.Me.Actor, "", in.Body))
}

type savedListInput struct {
	Me   Me
	ID   string `path:"id" maxLength:"64"`
	Body tables.SavedListInput
}

func saveSavedList(ctx context.Context, in *savedListInput) (*struct{}, error) {
	_, err := in.Me.at.Tables.SaveList(ctx, in.Me.Actor, in.ID, in.Body)
	return done(err)
}

type droppedListInput struct {
	Me Me
	ID string `path:"id" maxLength:"64"`
}

func dropSavedList(ctx context.Context, in *droppedListInput) (*struct{}, error) {
	return done(in.Me.at.Tables.DropList(ctx, in.Me.Actor, in.ID))
}

type columnsInput struct{ Me Me }

func getChosenColumns(ctx context.Context, in *columnsInput) (*out[tables.ChosenColumns], error) {
	return reply(in.Me.at.Tables.Columns(ctx, in.Me.Actor))
}

type chosenColumnsInput struct {
	Me   Me
	List string `path:"list" enum:"customers,cases,interactions"`
	Body tables.ColumnsInput
}

func chooseColumns(ctx context.Context, in *chosenColumnsInput) (*struct{}, error) {
	return done(in.Me.at.Tables.ChooseColumns(ctx, in.Me.Actor, in.List, in.Body))
}
