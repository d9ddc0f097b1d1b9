package api

import (
	"context"

	"parley"
	"parley/internal/office"
)

// adminOperations are the running of the place.
func (s *Server) adminOperations() {
	a, admin := s.api, parley.MayAdminister
	keep(s, noun[parley.GroupID, office.GroupInput, office.Group]{
		path: "groups", one: "group", id: func(v office.Group) parley.GroupID { return v.ID },
		list: (*office.Office).Groups, create: (*office.Office).CreateGroup,
		save: (*office.Office).SaveGroup, remove: (*office.Office).RemoveGroup,
	})
	keep(s, noun[parley.AgentID, office.AgentInput, office.Agent]{
		path: "agents", one: "agent", id: func(v office.Agent) parley.AgentID { return v.ID },
		list: (*office.Office).Agents,
		save: (*office.Office).SaveAgent, remove: (*office.Office).RemoveAgent,
	})
	add(a, "/api/admin/agents", "create-agent", admin, createAgent)
	put(a, "/api/admin/agents/{id}/password", "set-password", admin, setPassword)
	keep(s, noun[parley.SkillID, office.SkillInput, office.Skill]{
		path: "skills", one: "skill", id: func(v office.Skill) parley.SkillID { return v.ID },
		list: (*office.Office).Skills, create: (*office.Office).CreateSkill,
		save: (*office.Office).SaveSkill, remove: (*office.Office).RemoveSkill,
	})
	keep(s, noun[parley.FieldID, office.CustomFieldInput, office.CustomField]{
		path: "fields", one: "field", id: func(v office.CustomField) parley.FieldID { return v.ID },
		list: (*office.Office).Fields, create: (*office.Office).CreateField,
		save: (*office.Office).SaveField, remove: (*office.Office).RemoveField,
	})
	keep(s, noun[parley.StatusCodeID, office.StatusCodeInput, office.StatusCode]{
		path: "status-codes", one: "status-code", id: func(v office.StatusCode) parley.StatusCodeID { return v.ID },
		list: (*office.Office).StatusCodes, create: (*office.Office).CreateStatusCode,
		save: (*office.Office).SaveStatusCode, remove: (*office.Office).RemoveStatusCode,
	})
	keep(s, noun[parley.QueueID, office.QueueInput, office.Queue]{
		path: "queues", one: "queue", id: func(v office.Queue) parley.QueueID { return v.ID },
		list: (*office.Office).Queues, create: (*office.Office).CreateQueue,
		save: (*office.Office).SaveQueue, remove: (*office.Office).RemoveQueue,
	})
	keep(s, noun[parley.ListID, office.DispositionListInput, office.DispositionList]{
		path: "disposition-lists", one: "disposition-list", id: func(v office.DispositionList) parley.ListID { return v.ID },
		list: (*office.Office).DispositionLists, create: (*office.Office).CreateDispositionList,
		save: (*office.Office).SaveDispositionList, remove: (*office.Office).RemoveDispositionList,
	})
	keep(s, noun[parley.EntryPointID, office.EntryPointInput, office.EntryPoint]{
		path: "entry-points", one: "entry-point-settings", id: func(v office.EntryPoint) parley.EntryPointID { return v.ID },
		list: (*office.Office).EntryPoints, create: (*office.Office).CreateEntryPoint,
		save: (*office.Office).SaveEntryPoint, remove: (*office.Office).RemoveEntryPoint,
	})
	s.channelOperations() // channel.go: networks
	get(a, "/api/admin/api-keys", "list-api-keys", admin, listKeys)
	add(a, "/api/admin/api-keys", "create-api-key", admin, createKey)
	del(a, "/api/admin/api-keys/{id}", "revoke-api-key", admin, revokeKey)
	get(a, "/api/admin/audit", "list-audit", parley.MayAudit, listAudit)
	get(a, "/api/help", "get-help", parley.MayRecords, getHelp)
	get(a, "/api/admin/health", "get-health", admin, getHealth)
	get(a, "/api/admin/settings", "get-settings", admin, getSettings)
	put(a, "/api/admin/settings", "save-settings", admin, saveSettings)
}

// newAgent is an agent with the password they start with.
type newAgent struct {
	office.AgentInput
	Password string `json:"password" maxLength:"256"`
}

func createAgent(ctx context.Context, in *newThingInput[newAgent]) (*out[created[parley.AgentID]], error) {
	return made(in.Me.at.Office.CreateAgent(ctx, in.Me.Actor, in.Body.AgentInput, in.Body.Password))
}

type newPasswordInput struct {
	Me   Me
	ID   parley.AgentID `path:"id" maxLength:"64"`
	Body struct {
		Password string `json:"password" maxLength:"256"`
	}
}

func setPassword(ctx context.Context, in *newPasswordInput) (*struct{}, error) {
	return done(in.Me.at.Office.SetPassword(ctx, in.Me.Actor, in.ID, in.Body.Password))
}

func getSettings(ctx context.Context, in *mine) (*out[office.Settings], error) {
	return reply(in.Me.at.Office.Settings(ctx, in.Me.Actor))
}

type settingsInput struct {
	Me   Me
	Body struct {
		Values []office.Value `json:"values" maxItems:"500"`
	}
}

func saveSettings(ctx context.Context, in *settingsInput) (*struct{}, error) {
	return done(in.Me.at.Office.SaveSettings(ctx, in.Me.Actor, in.Body.Values))
}

func listKeys(ctx context.Context, in *wholeListInput) (*out[list[office.APIKey]], error) {
	return listed(in.Me.at.Office.APIKeys(ctx, in.Me.Actor))
}

type newKey struct {
	Name   string              `json:"name"`
	Scopes []parley.Permission `json:"scopes" maxItems:"20"`
}

func createKey(ctx context.Context, in *newThingInput[newKey]) (*out[office.NewAPIKey], error) {
	return reply(in.Me.at.Office.CreateAPIKey(ctx, in.Me.Actor, in.Body.Name, in.Body.Scopes))
}

func revokeKey(ctx context.Context, in *thingInput[string]) (*struct{}, error) {
	return done(in.Me.at.Office.RevokeAPIKey(ctx, in.Me.Actor, in.ID))
}

func listAudit(ctx context.Context, in *wholeListInput) (*out[office.AuditPage], error) {
	return reply(in.Me.at.Office.Audit(ctx, in.Me.Actor, in.After, in.Limit))
}

func getHelp(ctx context.Context, in *mine) (*out[office.Help], error) {
	return reply(in.Me.at.Office.Help(ctx, in.Me.Actor))
}

func getHealth(ctx context.Context, in *mine) (*out[list[office.Ailment]], error) {
	return listed(in.Me.at.Office.Health(ctx, in.Me.Actor))
}
