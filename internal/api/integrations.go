package api

import (
	"context"

	"parley"
	"parley/internal/integration"
)

// integrationOperations are the CRMs outside.
func (s *Server) integrationOperations() {
	a, admin, serve := s.api, parley.MayAdminister, parley.MayServe
	const all, one = "/api/admin/crm-connections", "/api/admin/crm-connections/{id}"
	get(a, "/api/admin/crm-kinds", "list-crm-kinds", admin, listCRMKinds)
	get(a, all, "list-crm-connections", admin, listCRMs)
	add(a, all, "connect-crm", admin, connectCRM)
	get(a, one, "get-crm-connection", admin, getCRM)
	put(a, one, "save-crm-connection", admin, saveCRM)
	del(a, one, "remove-crm-connection", admin, removeCRM)
	post(a, one+"/check", "check-crm-connection", admin, checkCRM)
	put(a, one+"/pause", "pause-crm-connection", admin, pauseCRM)
	del(a, one+"/pause", "resume-crm-connection", admin, resumeCRM)
	get(a, one+"/logs", "list-crm-logs", admin, listCRMLogs)
	post(a, one+"/retries", "retry-crm-logs", admin, retryCRMLogs)

	const talk = "/api/interactions/{id}/crm"
	get(a, talk, "get-crm-matches", serve, getCRMMatches)
	put(a, talk+"/{connection}/choice", "choose-crm-record", serve, chooseCRMRecord)
	add(a, talk+"/{connection}/records", "create-crm-record", serve, createCRMRecord)
	post(a, talk+"/{connection}/lookup", "look-up-crm", serve, lookUpCRM)
	post(a, talk+"/{connection}/log-retry", "retry-crm-log", serve, retryCRMLog)
	get(a, "/api/agents/me/crm", "get-crm-profile", serve, getCRMProfile)
	put(a, "/api/agents/me/crm", "save-crm-profile", serve, saveCRMProfile)
}

type onlyMeInput struct{ Me Me }

func listCRMKinds(ctx context.Context, in *onlyMeInput) (*out[list[integration.CRMKind]], error) {
	return listed(in.Me.at.Integration.Kinds(ctx, in.Me.Actor))
}

func listCRMs(ctx context.Context, in *wholeListInput) (*out[list[integration.CRMConnection]], error) {
	return listed(in.Me.at.Integration.All(ctx, in.Me.Actor))
}

func connectCRM(ctx context.Context, in *newThingInput[integration.CRMInput]) (*out[created[string]], error) {
	return made(in.Me.at.Integration.Connect(ctx, in.Me.Actor, in.Body))
}

func getCRM(ctx context.Context, in *thingInput[string]) (*out[integration.CRMConnection], error) {
	return reply(in.Me.at.Integration.Find(ctx, in.Me.Actor, in.ID))
}

func saveCRM(ctx context.Context, in *savedThingInput[string, integration.CRMInput]) (*struct{}, error) {
	return done(in.Me.at.Integration.Save(ctx, in.Me.Actor, in.ID, in.Body))
}

func removeCRM(ctx context.Context, in *thingInput[string]) (*struct{}, error) {
	return done(in.Me.at.Integration.Remove(ctx, in.Me.Actor, in.ID))
}

func checkCRM(ctx context.Context, in *thingInput[string]) (*out[integration.CRMChecked], error) {
	return reply(in.Me.at.Integration.Check(ctx, in.Me.Actor, in.ID))
}

func pauseCRM(ctx context.Context, in *thingInput[string]) (*struct{}, error) {
	return done(in.Me.at.Integration.Pause(ctx, in.Me.Actor, in.ID))
}

func resumeCRM(ctx context.Context, in *thingInput[string]) (*struct{}, error) {
	return done(in.Me.at.Integration.Resume(ctx, in.Me.Actor, in.ID))
}

type crmLogsInput struct {
	Me    Me
	ID    string `path:"id" maxLength:"64"`
	State string `query:"state" enum:"pending,failed,posted" default:"failed"`
	Stretch
}

// crmLogsPage is how many logs come at once where nobody says.
const crmLogsPage = 50

func listCRMLogs(ctx context.Context, in *crmLogsInput) (*out[list[integration.CRMLogged]], error) {
	limit := in.Limit
	if limit == 0 {
		limit = crmLogsPage
	}
	q := integration.LogsQuery{State: in.State, After: in.After, Limit: limit + 1}
	items, err := in.Me.at.Integration.Logs(ctx, in.Me.Actor, in.ID, q)
	page := list[integration.CRMLogged]{Items: some(items)}
	if len(items) > limit {
		page.Items, page.Next = items[:limit], items[limit-1].ID
	}
	return reply(page, err)
}

// retried is how many logs are pushed again.
type retried struct {
	Logs int `json:"logs"`
}

func retryCRMLogs(ctx context.Context, in *thingInput[string]) (*out[retried], error) {
	n, err := in.Me.at.Integration.RetryAll(ctx, in.Me.Actor, in.ID)
	return reply(retried{n}, err)
}

type crmMatchesInput struct {
	Me Me
	ID parley.InteractionID `path:"id" maxLength:"64"`
}

func getCRMMatches(ctx context.Context, in *crmMatchesInput) (*out[list[integration.CRMKnown]], error) {
	return listed(in.Me.at.Integration.Knows(ctx, in.Me.Actor, in.ID))
}

// InCRM is an interaction in one outside CRM.
type InCRM struct {
	Me         Me
	ID         parley.InteractionID `path:"id" maxLength:"64"`
	Connection string               `path:"connection" maxLength:"64"`
}

func (in InCRM) asked() integration.Asked {
	return integration.Asked{Interaction: in.ID, Connection: in.Connection}
}

type crmChoiceInput struct {
	InCRM
	Body struct {
		Object string `json:"object" maxLength:"64" doc:"with the id, empty: the first again"`
		ID     string `json:"id" maxLength:"256"`
	}
}

func chooseCRMRecord(ctx context.Context, in *crmChoiceInput) (*struct{}, error) {
	return done(in.Me.at.Integration.Choose(ctx, in.Me.Actor, in.asked(), integration.Ref{Object: in.Body.Object, ID: in.Body.ID}))
}

type newCRMRecordInput struct {
	InCRM
	Body integration.CRMNewRecord
}

func createCRMRecord(ctx context.Context, in *newCRMRecordInput) (*out[integration.Found], error) {
	return reply(in.Me.at.Integration.Create(ctx, in.Me.Actor, in.asked(), in.Body))
}

func lookUpCRM(ctx context.Context, in *InCRM) (*struct{}, error) {
	return done(in.Me.at.Integration.LookUp(ctx, in.Me.Actor, in.asked()))
}

func retryCRMLog(ctx context.Context, in *InCRM) (*struct{}, error) {
	return done(in.Me.at.Integration.Retry(ctx, in.Me.Actor, in.ID, in.Connection))
}

func getCRMProfile(ctx context.Context, in *onlyMeInput) (*out[integration.CRMProfile], error) {
	return reply(in.Me.at.Integration.Mine(ctx, in.Me.Actor))
}

type crmProfileInput struct {
	Me   Me
	Body struct {
		AutoMultiMatchPop bool `json:"auto_multi_match_pop"`
	}
}

func saveCRMProfile(ctx context.Context, in *crmProfileInput) (*struct{}, error) {
	return done(in.Me.at.Integration.SaveMine(ctx, in.Me.Actor, in.Body.AutoMultiMatchPop))
}
