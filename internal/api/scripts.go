package api

import (
	"context"

	"parley"
	"parley/internal/office"
)

// scriptOperations are the drawing, publishing and trying of scripts.
func (s *Server) scriptOperations() {
	a, admin := s.api, parley.MayAdminister
	keep(s, noun[parley.ScriptID, office.ScriptInput, office.Script]{
		path: "scripts", one: "script", id: func(v office.Script) parley.ScriptID { return v.ID },
		list: (*office.Office).Scripts, create: (*office.Office).CreateScript,
		save: (*office.Office).SaveScript, remove: (*office.Office).RemoveScript,
	})
	put(a, "/api/admin/scripts/{id}/publication", "publish-script", admin, publishScript)
	get(a, "/api/admin/scripts/{id}/versions", "list-script-versions", admin, listScriptVersions)
	put(a, "/api/admin/scripts/{id}/entry-points", "run-script", admin, runScript)
	post(a, "/api/admin/scripts/{id}/preview", "preview-script", admin, previewScript)
}

func publishScript(ctx context.Context, in *savedThingInput[parley.ScriptID, office.Publishing]) (*struct{}, error) {
	return done(in.Me.at.Office.PublishScript(ctx, in.Me.Actor, in.ID, in.Body))
}

func listScriptVersions(ctx context.Context, in *thingInput[parley.ScriptID]) (*out[list[office.ScriptVersion]], error) {
	return listed(in.Me.at.Office.ScriptVersions(ctx, in.Me.Actor, in.ID))
}

type runScriptInput struct {
	Me   Me
	ID   parley.ScriptID `path:"id" maxLength:"64"`
	Body struct {
		EntryPoints []parley.EntryPointID `json:"entry_points" maxItems:"500"`
	}
}

func runScript(ctx context.Context, in *runScriptInput) (*struct{}, error) {
	return done(in.Me.at.Office.RunScript(ctx, in.Me.Actor, in.ID, in.Body.EntryPoints))
}

func previewScript(ctx context.Context, in *savedThingInput[parley.ScriptID, office.PreviewInput]) (*out[office.Preview], error) {
	return reply(in.Me.at.Office.PreviewScript(ctx, in.Me.Actor, in.ID, in.Body))
}
