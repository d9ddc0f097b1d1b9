package api

import (
	"context"

	"parley"
	"parley/internal/center"
	"parley/internal/records"
)

// recordOperations are customers, their cases and what was said to them.
func (s *Server) recordOperations() {
	a := s.api
	get(a, "/api/search", "search-records", parley.MayRecords, searchRecords)
	get(a, "/api/customers", "list-customers", parley.MayRecords, listCustomers)
	add(a, "/api/customers", "create-customer", parley.MayRecords, createCustomer)
	get(a, "/api/customers/{id}", "get-customer", parley.MayRecords, getCustomer)
	put(a, "/api/customers/{id}", "save-customer", parley.MayRecords, saveCustomer)
	s.customerOperations() // customers.go: history, duplicates, merging, erasing
	get(a, "/api/customers/{id}/cases", "list-customer-cases", parley.MayRecords, listCustomerCases)
	get(a, "/api/customers/{id}/interactions", "list-customer-interactions", parley.MayRecords, listCustomerInteractions)
	get(a, "/api/customers/{id}/timeline", "get-customer-timeline", parley.MayRecords, getCustomerTimeline)
	get(a, "/api/interactions", "list-interactions", "", listInteractions)
	get(a, "/api/cases", "list-cases", parley.MayRecords, listCases)
	add(a, "/api/cases", "create-case", parley.MayRecords, createCase)
	post(a, "/api/cases/edits", "edit-cases", parley.MayRecords, editCases)
	post(a, "/api/cases/edits/undo", "undo-case-edits", parley.MayRecords, undoCaseEdits)
	get(a, "/api/cases/{id}", "get-case", parley.MayRecords, getCase)
	put(a, "/api/cases/{id}", "save-case", parley.MayRecords, saveCase)
	get(a, "/api/cases/{id}/transcript", "get-case-transcript", parley.MayRecords, getCaseTranscript)
}

type customersInput struct {
	Me Me
	Stretch
	Text string `query:"q" maxLength:"200" doc:"beginning of a name, account number, e-mail or phone"`
	Sort string `query:"sort" enum:"name,created"`
	Open bool   `query:"open" doc:"who has an open case; without q by the newest of them"`
}

func listCustomers(ctx context.Context, in *customersInput) (*out[records.Page[records.Customer]], error) {
	return reply(in.Me.at.Records.Customers(ctx, in.Me.Actor, records.CustomerQuery{
		Text: in.Text, Sort: in.Sort, Open: in.Open, After: in.After, Limit: in.Limit,
	}))
}

type searchInput struct {
	Me    Me
	Text  string `query:"q" maxLength:"200" doc:"any part of a name, e-mail, phone or account number, a case's number, or words that were said"`
	Limit int    `query:"limit" minimum:"1" maximum:"20" doc:"records of each kind"`
}

func searchRecords(ctx context.Context, in *searchInput) (*out[records.Found], error) {
	return reply(in.Me.at.Records.Search(ctx, in.Me.Actor, in.Text, in.Limit))
}

type newCustomerInput struct {
	Me          Me
	Interaction parley.InteractionID `query:"interaction" maxLength:"64" doc:"is linked to the new customer in the same step"`
	Body        records.CustomerInput
}

func createCustomer(ctx context.Context, in *newCustomerInput) (*out[created[parley.CustomerID]], error) {
	return made(in.Me.at.Records.CreateCustomer(ctx, in.Me.Actor, in.Body, in.Interaction))
}

type customerInput struct {
	Me Me
	ID parley.CustomerID `path:"id" maxLength:"64"`
}

func getCustomer(ctx context.Context, in *customerInput) (*out[records.Customer], error) {
	return reply(in.Me.at.Records.Customer(ctx, in.Me.Actor, in.ID))
}

type editedCustomerInput struct {
	Me   Me
	ID   parley.CustomerID `path:"id" maxLength:"64"`
	Body records.CustomerInput
}

func saveCustomer(ctx context.Context, in *editedCustomerInput) (*struct{}, error) {
	return done(in.Me.at.Records.SaveCustomer(ctx, in.Me.Actor, in.ID, in.Body))
}

type ofCustomerInput struct {
	Me Me
	ID parley.CustomerID `path:"id" maxLength:"64"`
	Stretch
}

func listCustomerCases(ctx context.Context, in *ofCustomerInput) (*out[records.Page[records.Case]], error) {
	return reply(in.Me.at.Records.Cases(ctx, in.Me.Actor, records.CaseQuery{Customer: in.ID, After: in.After, Limit: in.Limit}))
}

func listCustomerInteractions(ctx context.Context, in *ofCustomerInput) (*out[records.Page[records.Talked]], error) {
	return reply(in.Me.at.Records.Interactions(ctx, in.Me.Actor, in.ID, in.After, in.Limit))
}

type timelineInput struct {
	Me Me
	ID parley.CustomerID `path:"id" maxLength:"64"`
	Stretch
	Channel parley.Channel `query:"channel" maxLength:"32"`
	Prefer  parley.Channel `query:"prefer" maxLength:"32" doc:"the channel to show where the center shows one at a time and none is asked for"`
}

func getCustomerTimeline(ctx context.Context, in *timelineInput) (*out[records.Timeline], error) {
	return reply(in.Me.at.Records.Timeline(ctx, in.Me.Actor, in.ID, records.TimelineQuery{Channel: in.Channel, Prefer: in.Prefer, After: in.After, Limit: in.Limit}))
}

type casesInput struct {
	Me Me
	Stretch
	Text     string            `query:"q" maxLength:"200" doc:"a case number, or the beginning of the customer's name"`
	Status   parley.CaseStatus `query:"status" enum:"open,closed"`
	Draft    string            `query:"draft" enum:"mine,all"`
	Unlinked bool              `query:"unlinked"`
	Customer parley.CustomerID `query:"customer" maxLength:"64"`
	Mine     bool              `query:"mine" doc:"whose assignee is who asks"`
	Channel  parley.Channel    `query:"channel" maxLength:"32"`
}

func listCases(ctx context.Context, in *casesInput) (*out[records.Page[records.Case]], error) {
	return reply(in.Me.at.Records.Cases(ctx, in.Me.Actor, records.CaseQuery{
		Text: in.Text, Status: in.Status, Draft: in.Draft, Unlinked: in.Unlinked, Customer: in.Customer, Mine: in.Mine, Channel: in.Channel,
		After: in.After, Limit: in.Limit,
	}))
}

type caseEditInput struct {
	Me   Me
	Body records.CaseEdit
}

func editCases(ctx context.Context, in *caseEditInput) (*out[records.CaseEdits], error) {
	return reply(in.Me.at.Records.EditCases(ctx, in.Me.Actor, in.Body))
}

type caseUndoInput struct {
	Me   Me
	Body records.CaseUndo
}

func undoCaseEdits(ctx context.Context, in *caseUndoInput) (*out[records.CaseEdits], error) {
	return reply(in.Me.at.Records.UndoCases(ctx, in.Me.Actor, in.Body))
}

type newCaseInput struct {
	Me   Me
	Body records.CaseInput
}

func createCase(ctx context.Context, in *newCaseInput) (*out[created[parley.CaseID]], error) {
	return made(in.Me.at.Records.CreateCase(ctx, in.Me.Actor, in.Body))
}

type caseInput struct {
	Me Me
	ID parley.CaseID `path:"id" maxLength:"64"`
}

func getCase(ctx context.Context, in *caseInput) (*out[records.Case], error) {
	return reply(in.Me.at.Records.Case(ctx, in.Me.Actor, in.ID))
}

type editedCaseInput struct {
	Me   Me
	ID   parley.CaseID `path:"id" maxLength:"64"`
	Body records.CaseInput
}

func saveCase(ctx context.Context, in *editedCaseInput) (*struct{}, error) {
	return done(in.Me.at.Records.SaveCase(ctx, in.Me.Actor, in.ID, in.Body))
}

func getCaseTranscript(ctx context.Context, in *caseInput) (*out[center.Transcript], error) {
	return reply(in.Me.at.Center.CaseTranscript(ctx, in.Me.Actor, in.ID))
}

type interactionsInput struct {
	Me Me
	Stretch
	State   parley.InteractionState `query:"state" enum:"created,queued,offered,active,parked,wrapup,logged,abandoned,short_abandoned,skipped,offline,queue_timeout,diverted,cancelled"`
	Queue   parley.QueueID          `query:"queue" maxLength:"64"`
	Agent   parley.AgentID          `query:"agent" maxLength:"64"`
	Channel parley.Channel          `query:"channel" maxLength:"32"`
	From    int64                   `query:"from" minimum:"0" doc:"created at or after, Unix milliseconds"`
	To      int64                   `query:"to" minimum:"0" doc:"created before"`
}

func listInteractions(ctx context.Context, in *interactionsInput) (*out[records.Page[records.Talked]], error) {
	return reply(in.Me.at.Records.AllInteractions(ctx, in.Me.Actor, records.TalkedQuery{
		State: in.State, Queue: in.Queue, Agent: in.Agent, Channel: in.Channel, From: in.From, To: in.To, After: in.After, Limit: in.Limit,
	}))
}
