package api

import (
	"context"

	"parley"
	"parley/internal/center"
	"parley/internal/records"
)

// caseOperations are what is done about cases: their history, follow-ups, tasks,
// and letters to customers.
func (s *Server) caseOperations() {
	a := s.api
	get(a, "/api/cases/{id}/changes", "list-case-changes", parley.MayRecords, listCaseChanges)
	get(a, "/api/cases/{id}/follow-ups", "list-follow-ups", parley.MayRecords, listFollowUps)
	add(a, "/api/cases/{id}/follow-ups", "add-follow-up", parley.MayRecords, addFollowUp)
	add(a, "/api/cases/{id}/notifications", "notify-customer", parley.MayRecords, notifyCustomer)
	get(a, "/api/cases/{id}/paper", "get-case-paper", parley.MayRecords, getCasePaper)
	get(a, "/api/interactions/{id}/paper", "get-interaction-paper", "", getInteractionPaper)
	post(a, "/api/interactions/{id}/transcript-mail", "mail-transcript", parley.MayServe, mailTranscript)
	post(a, "/api/public/conversation/transcript-mail", "mail-own-transcript", "", mailOwnTranscript)
	get(a, "/api/tasks", "list-tasks", parley.MayRecords, listTasks)
	add(a, "/api/tasks", "create-task", parley.MayRecords, createTask)
	post(a, "/api/tasks/edits", "edit-tasks", parley.MayRecords, editTasks)
	post(a, "/api/tasks/edits/undo", "undo-task-edits", parley.MayRecords, undoTaskEdits)
	get(a, "/api/tasks/{id}", "get-task", parley.MayRecords, getTask)
	put(a, "/api/tasks/{id}", "save-task", parley.MayRecords, saveTask)
	del(a, "/api/tasks/{id}", "remove-task", parley.MayRecords, removeTask)
	post(a, "/api/tasks/{id}/restoration", "restore-task", parley.MayRecords, restoreTask)
	get(a, "/api/customers/{id}/verified-emails", "list-verified-emails", parley.MayRecords, listVerified)
	put(a, "/api/customers/{id}/verified-emails/{email}", "verify-email", parley.MayRecords, verifyEmail)
	del(a, "/api/customers/{id}/verified-emails/{email}", "unverify-email", parley.MayRecords, unverifyEmail)
}

type ofCaseInput struct {
	Me Me
	ID parley.CaseID `path:"id" maxLength:"64"`
	Stretch
}

func listCaseChanges(ctx context.Context, in *ofCaseInput) (*out[records.Page[records.Changed]], error) {
	return reply(in.Me.at.Records.CaseHistory(ctx, in.Me.Actor, in.ID, in.After, in.Limit))
}

func listFollowUps(ctx context.Context, in *caseInput) (*out[list[records.FollowUp]], error) {
	return listed(in.Me.at.Records.FollowUps(ctx, in.Me.Actor, in.ID))
}

type newFollowUpInput struct {
	Me   Me
	ID   parley.CaseID `path:"id" maxLength:"64"`
	Body records.FollowUpInput
}

func addFollowUp(ctx context.Context, in *newFollowUpInput) (*out[created[string]], error) {
	return made(in.Me.at.Records.AddFollowUp(ctx, in.Me.Actor, in.ID, in.Body))
}

type notifyInput struct {
	Me   Me
	ID   parley.CaseID `path:"id" maxLength:"64"`
	Body records.NotifyInput
}

func notifyCustomer(ctx context.Context, in *notifyInput) (*struct{}, error) {
	return done(in.Me.at.Records.Notify(ctx, in.Me.Actor, in.ID, in.Body))
}

type tasksInput struct {
	Me Me
	Stretch
	Mine     bool              `query:"mine"`
	Done     bool              `query:"done"`
	Case     parley.CaseID     `query:"case" maxLength:"64"`
	Customer parley.CustomerID `query:"customer" maxLength:"64"`
}

func listTasks(ctx context.Context, in *tasksInput) (*out[records.Page[records.Task]], error) {
	return reply(in.Me.at.Records.Tasks(ctx, in.Me.Actor, records.TaskQuery{
		Mine: in.Mine, Done: in.Done, Case: in.Case, Customer: in.Customer, After: in.After, Limit: in.Limit,
	}))
}

type newTaskInput struct {
	Me   Me
	Body records.TaskInput
}

func createTask(ctx context.Context, in *newTaskInput) (*out[created[string]], error) {
	return made(in.Me.at.Records.CreateTask(ctx, in.Me.Actor, in.Body))
}

type taskInput struct {
	Me Me
	ID string `path:"id" maxLength:"64"`
}

func getTask(ctx context.Context, in *taskInput) (*out[records.Task], error) {
	return reply(in.Me.at.Records.Task(ctx, in.Me.Actor, in.ID))
}

type editedTaskInput struct {
	Me   Me
	ID   string `path:"id" maxLength:"64"`
	Body records.TaskInput
}

func saveTask(ctx context.Context, in *editedTaskInput) (*struct{}, error) {
	return done(in.Me.at.Records.SaveTask(ctx, in.Me.Actor, in.ID, in.Body))
}

func removeTask(ctx context.Context, in *taskInput) (*struct{}, error) {
	return done(in.Me.at.Records.RemoveTask(ctx, in.Me.Actor, in.ID))
}

func restoreTask(ctx context.Context, in *taskInput) (*struct{}, error) {
	return done(in.Me.at.Records.RestoreTask(ctx, in.Me.Actor, in.ID))
}

func listVerified(ctx context.Context, in *customerInput) (*out[list[string]], error) {
	return listed(in.Me.at.Records.VerifiedEmails(ctx, in.Me.Actor, in.ID))
}

type verifiedInput struct {
	Me    Me
	ID    parley.CustomerID `path:"id" maxLength:"64"`
	Email string            `path:"email" maxLength:"254"`
}

func verifyEmail(ctx context.Context, in *verifiedInput) (*struct{}, error) {
	return done(in.Me.at.Records.VerifyEmail(ctx, in.Me.Actor, in.ID, in.Email, true))
}

func unverifyEmail(ctx context.Context, in *verifiedInput) (*struct{}, error) {
	return done(in.Me.at.Records.VerifyEmail(ctx, in.Me.Actor, in.ID, in.Email, false))
}

// ReaderInput is for whom a transcript is written.
type ReaderInput struct {
	Language string `query:"language" maxLength:"35" doc:"en or fr-CA"`
	Zone     string `query:"zone" maxLength:"64" doc:"of the time zone database"`
}

func (r ReaderInput) reader() center.Reader { return center.Reader{Language: r.Language, Zone: r.Zone} }

type casePaperInput struct {
	Me Me
	ID parley.CaseID `path:"id" maxLength:"64"`
	ReaderInput
}

func getCasePaper(ctx context.Context, in *casePaperInput) (*transcript, error) {
	paper, err := in.Me.at.Center.CasePaper(ctx, in.Me.Actor, in.ID, in.reader())
	if err != nil {
		return nil, problem(err)
	}
	return printed(paper), nil
}

func printed(paper []byte) *transcript {
	return &transcript{"application/pdf", `attachment; filename="transcript.pdf"`, paper}
}

type readInteractionInput struct {
	Me Me
	ID parley.InteractionID `path:"id" maxLength:"64"`
	ReaderInput
}

func getInteractionPaper(ctx context.Context, in *readInteractionInput) (*transcript, error) {
	paper, err := in.Me.at.Center.InteractionPaper(ctx, in.Me.Actor, in.ID, in.reader())
	if err != nil {
		return nil, problem(err)
	}
	return printed(paper), nil
}

func mailTranscript(ctx context.Context, in *readInteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.MailTranscript(ctx, in.Me.Actor, in.ID, in.reader()))
}

type ownMailInput struct {
	Guest Guest
	ReaderInput
}

func mailOwnTranscript(ctx context.Context, in *ownMailInput) (*struct{}, error) {
	return done(in.Guest.at.Center.MailOwnTranscript(ctx, in.Guest.Actor, in.reader()))
}

type taskEditInput struct {
	Me   Me
	Body records.TaskEdit
}

func editTasks(ctx context.Context, in *taskEditInput) (*out[records.Edits], error) {
	return reply(in.Me.at.Records.EditTasks(ctx, in.Me.Actor, in.Body))
}

func undoTaskEdits(ctx context.Context, in *editsUndoInput) (*out[records.Edits], error) {
	return reply(in.Me.at.Records.UndoTasks(ctx, in.Me.Actor, in.Body))
}
