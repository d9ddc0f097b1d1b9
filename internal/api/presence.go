package api

import (
	"context"

	"parley"
)

// presenceOperations are an agent's own status and queues.
func (s *Server) presenceOperations() {
	a, serve := s.api, parley.MayServe
	put(a, "/api/agents/me/presence", "set-presence", serve, setPresence)
	put(a, "/api/agents/me/stop-new", "stop-new", serve, stopNew)
	del(a, "/api/agents/me/stop-new", "resume", serve, resume)
	put(a, "/api/agents/me/queues", "confirm-queues", serve, confirmQueues)
}

type presenceInput struct {
	Me   Me
	Body struct {
		Status parley.Presence     `json:"status" enum:"available,on_break,work_offline"`
		Code   parley.StatusCodeID `json:"code,omitempty" maxLength:"64"`
	}
}

func setPresence(ctx context.Context, in *presenceInput) (*struct{}, error) {
	return done(in.Me.at.Center.SetStatus(ctx, in.Me.Actor, in.Body.Status, in.Body.Code))
}

func stopNew(ctx context.Context, in *mine) (*struct{}, error) {
	return done(in.Me.at.Center.StopNew(ctx, in.Me.Actor))
}

func resume(ctx context.Context, in *mine) (*struct{}, error) {
	return done(in.Me.at.Center.Resume(ctx, in.Me.Actor))
}

type queuesInput struct {
	Me   Me
	Body struct {
		Enabled []parley.QueueID `json:"enabled" maxItems:"1000"`
	}
}

func confirmQueues(ctx context.Context, in *queuesInput) (*struct{}, error) {
	return done(in.Me.at.Center.ConfirmQueues(ctx, in.Me.Actor, in.Body.Enabled))
}
