package api

import (
	"context"

	"parley"
	"parley/internal/center"
)

// missedOperations are the contacts nobody served.
func (s *Server) missedOperations() {
	a := s.api
	get(a, "/api/missed", "list-missed", parley.MayRecords, listMissed)
	get(a, "/api/missed/{id}", "get-missed", parley.MayRecords, getMissed)
	put(a, "/api/missed/{id}", "save-missed", parley.MayRecords, saveMissed)
	add(a, "/api/missed/{id}/replies", "reply-to-missed", parley.MayRecords, replyToMissed)
}

type missedListInput struct {
	Me Me
	Stretch
	State string `query:"state" enum:"new,taken,replied,done"`
	Kind  string `query:"kind" enum:"offline_form,skipped,abandoned,queue_timeout"`
}

func listMissed(ctx context.Context, in *missedListInput) (*out[center.MissedList], error) {
	return reply(in.Me.at.Center.MissedContacts(ctx, in.Me.Actor, center.MissedRange{
		State: in.State, Kind: in.Kind, After: in.After, Limit: in.Limit,
	}))
}

type MissedInput struct {
	Me Me
	ID string `path:"id" maxLength:"64"`
}

func getMissed(ctx context.Context, in *MissedInput) (*out[center.Missed], error) {
	return reply(in.Me.at.Center.MissedContact(ctx, in.Me.Actor, in.ID))
}

type savedMissedInput struct {
	MissedInput
	Body struct {
		State string         `json:"state" enum:"new,taken,replied,done"`
		Owner parley.AgentID `json:"owner,omitempty" maxLength:"64"`
		Rev   int64          `json:"rev"`
	}
}

func saveMissed(ctx context.Context, in *savedMissedInput) (*struct{}, error) {
	return done(in.Me.at.Center.ChangeMissed(ctx, in.Me.Actor, in.ID, center.MissedChange{
		State: in.Body.State, Owner: in.Body.Owner, Rev: in.Body.Rev,
	}))
}

type replyInput struct {
	MissedInput
	Body struct {
		ClientID string `json:"client_id,omitempty" format:"uuid" maxLength:"36" doc:"a UUID; a repeat writes no second e-mail"`
		Text     string `json:"text"`
	}
}

func replyToMissed(ctx context.Context, in *replyInput) (*struct{}, error) {
	return done(in.Me.at.Center.ReplyMissed(ctx, in.Me.Actor, in.ID, center.Words{ClientID: in.Body.ClientID, Text: in.Body.Text}))
}
