package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"parley"
	"parley/internal/records"
)

// customerOperations are what is done to customers besides writing them down.
// Who may do which is a setting (customers.*), asked in records.
func (s *Server) customerOperations() {
	a := s.api
	get(a, "/api/fields", "list-record-fields", parley.MayRecords, listRecordFields)
	get(a, "/api/consents/{version}", "get-consent", parley.MayRecords, getConsent)
	get(a, "/api/customers/rights", "list-customer-rights", parley.MayRecords, listCustomerRights)
	get(a, "/api/customers/deleted", "list-deleted-customers", parley.MayRecords, listDeletedCustomers)
	post(a, "/api/customers/edits", "edit-customers", parley.MayRecords, editCustomers)
	post(a, "/api/customers/edits/undo", "undo-customer-edits", parley.MayRecords, undoCustomerEdits)
	get(a, "/api/customers/{id}/history", "list-customer-history", parley.MayRecords, listCustomerHistory)
	add(a, "/api/customers/{id}/keys", "add-customer-key", parley.MayRecords, addCustomerKey)
	del(a, "/api/customers/{id}/keys", "remove-customer-key", parley.MayRecords, removeCustomerKey)
	get(a, "/api/customers/{id}/duplicates", "list-customer-duplicates", parley.MayRecords, listDuplicates)
	get(a, "/api/customers/{id}/comparison", "compare-customers", parley.MayRecords, compareCustomers)
	get(a, "/api/customers/{id}/merges", "list-customer-merges", parley.MayRecords, listMerges)
	add(a, "/api/customers/{id}/merges", "merge-customers", parley.MayRecords, mergeCustomers)
	del(a, "/api/customers/{id}/merges/{merge}", "undo-merge", parley.MayRecords, undoMerge)
	del(a, "/api/customers/{id}", "delete-customer", parley.MayRecords, deleteCustomer)
	get(a, "/api/customers/{id}/export", "export-customer", parley.MayRecords, exportCustomer)
	post(a, "/api/customers/{id}/restoration", "restore-customer", parley.MayRecords, restoreCustomer)
	post(a, "/api/customers/{id}/erasure", "erase-customer", parley.MayRecords, eraseCustomer)
}

type recordFieldsInput struct {
	Me     Me
	Object parley.FieldObject `query:"object" enum:"customer,case"`
}

func listRecordFields(ctx context.Context, in *recordFieldsInput) (*out[list[records.RecordField]], error) {
	return listed(in.Me.at.Records.Fields(ctx, in.Me.Actor, in.Object))
}

type consentInput struct {
	Me      Me
	Version string `path:"version" maxLength:"64" doc:"of the words, as kept with an interaction or a message"`
}

func getConsent(ctx context.Context, in *consentInput) (*out[records.ConsentWords], error) {
	return reply(in.Me.at.Records.Consent(ctx, in.Me.Actor, in.Version))
}

func listCustomerRights(ctx context.Context, in *wholeListInput) (*out[list[records.Right]], error) {
	return listed(in.Me.at.Records.RightsOf(ctx, in.Me.Actor))
}

type deletedCustomersInput struct {
	Me Me
	Stretch
}

func listDeletedCustomers(ctx context.Context, in *deletedCustomersInput) (*out[records.Page[records.Gone]], error) {
	return reply(in.Me.at.Records.DeletedCustomers(ctx, in.Me.Actor, in.After, in.Limit))
}

func listCustomerHistory(ctx context.Context, in *ofCustomerInput) (*out[records.Page[records.Changed]], error) {
	return reply(in.Me.at.Records.CustomerHistory(ctx, in.Me.Actor, in.ID, in.After, in.Limit))
}

type customerEditInput struct {
	Me   Me
	Body records.CustomerEdit
}

func editCustomers(ctx context.Context, in *customerEditInput) (*out[records.Edits], error) {
	return reply(in.Me.at.Records.EditCustomers(ctx, in.Me.Actor, in.Body))
}

type editsUndoInput struct {
	Me   Me
	Body records.EditsUndo
}

func undoCustomerEdits(ctx context.Context, in *editsUndoInput) (*out[records.Edits], error) {
	return reply(in.Me.at.Records.UndoCustomers(ctx, in.Me.Actor, in.Body))
}

type newKeyInput struct {
	Me   Me
	ID   parley.CustomerID `path:"id" maxLength:"64"`
	Body records.KeyInput
}

func addCustomerKey(ctx context.Context, in *newKeyInput) (*struct{}, error) {
	return done(in.Me.at.Records.AddKey(ctx, in.Me.Actor, in.ID, in.Body))
}

type keyInput struct {
	Me    Me
	ID    parley.CustomerID `path:"id" maxLength:"64"`
	Kind  parley.KeyKind    `query:"kind" required:"true" maxLength:"40"`
	Value parley.Address    `query:"value" required:"true" maxLength:"300"`
	At    parley.Address    `query:"at" maxLength:"300" doc:"our address where it counts only there"`
}

func removeCustomerKey(ctx context.Context, in *keyInput) (*struct{}, error) {
	return done(in.Me.at.Records.RemoveKey(ctx, in.Me.Actor, in.ID, parley.Key{Kind: in.Kind, Value: in.Value}, in.At))
}

func listDuplicates(ctx context.Context, in *customerInput) (*out[list[records.Duplicate]], error) {
	return listed(in.Me.at.Records.Duplicates(ctx, in.Me.Actor, in.ID))
}

type comparisonInput struct {
	Me   Me
	ID   parley.CustomerID `path:"id" maxLength:"64"`
	With parley.CustomerID `query:"with" maxLength:"64" doc:"the other one"`
}

func compareCustomers(ctx context.Context, in *comparisonInput) (*out[records.Comparison], error) {
	return reply(in.Me.at.Records.Compare(ctx, in.Me.Actor, in.ID, in.With))
}

func listMerges(ctx context.Context, in *customerInput) (*out[list[records.Merged]], error) {
	return listed(in.Me.at.Records.Merges(ctx, in.Me.Actor, in.ID))
}

type mergeInput struct {
	Me   Me
	ID   parley.CustomerID `path:"id" maxLength:"64" doc:"the survivor"`
	Body records.MergeInput
}

func mergeCustomers(ctx context.Context, in *mergeInput) (*out[created[string]], error) {
	return made(in.Me.at.Records.Merge(ctx, in.Me.Actor, in.ID, in.Body))
}

type undoMergeInput struct {
	Me    Me
	ID    parley.CustomerID `path:"id" maxLength:"64" doc:"the survivor"`
	Merge string            `path:"merge" maxLength:"64"`
}

func undoMerge(ctx context.Context, in *undoMergeInput) (*struct{}, error) {
	return done(in.Me.at.Records.UndoMerge(ctx, in.Me.Actor, in.ID, in.Merge))
}

type deleteCustomerInput struct {
	Me  Me
	ID  parley.CustomerID `path:"id" maxLength:"64"`
	Rev int64             `query:"rev" minimum:"0" doc:"as it was shown; 0 = whatever it is"`
}

func deleteCustomer(ctx context.Context, in *deleteCustomerInput) (*struct{}, error) {
	return done(in.Me.at.Records.DeleteCustomer(ctx, in.Me.Actor, in.ID, in.Rev))
}

func restoreCustomer(ctx context.Context, in *customerInput) (*struct{}, error) {
	return done(in.Me.at.Records.RestoreCustomer(ctx, in.Me.Actor, in.ID))
}

func eraseCustomer(ctx context.Context, in *customerInput) (*out[records.Receipt], error) {
	return reply(in.Me.at.Records.EraseCustomer(ctx, in.Me.Actor, in.ID))
}

// exportCustomer sends all that is held about a customer.
func exportCustomer(ctx context.Context, in *customerInput) (*huma.StreamResponse, error) {
	write, err := in.Me.at.Records.Export(ctx, in.Me.Actor, in.ID)
	if err != nil {
		return nil, problem(err)
	}
	return &huma.StreamResponse{Body: func(to huma.Context) {
		to.SetHeader("Content-Type", "application/zip")
		to.SetHeader("Content-Disposition", `attachment; filename="customer.zip"`)
		to.SetHeader("Cache-Control", "no-store")
		_ = write(to.Context(), to.BodyWriter()) // a ZIP without its end opens nowhere: the reader knows
	}}, nil
}
