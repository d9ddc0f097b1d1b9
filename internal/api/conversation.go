package api

import (
	"context"
	"math"

	"parley"
	"parley/internal/center"
	"parley/internal/records"
)

// conversationOperations are what an agent does with what was offered.
func (s *Server) conversationOperations() {
	a, serve := s.api, parley.MayServe
	put(a, "/api/interactions/{id}/offers/{attempt}/acceptance", "accept-offer", serve, acceptOffer)
	put(a, "/api/interactions/{id}/offers/{attempt}/rejection", "reject-offer", serve, rejectOffer)
	get(a, "/api/interactions/{id}", "get-interaction", "", getInteraction)
	get(a, "/api/conversations/{id}/messages", "list-messages", "", listMessages)
	get(a, "/api/conversations/{id}/interactions", "list-conversation-interactions", "", listEarlier)
	post(a, "/api/interactions/{id}/messages", "send-message", serve, sendMessage)
	put(a, "/api/messages/{id}/retry", "retry-message", serve, retryMessage)
	put(a, "/api/messages/{id}/reaction", "react", serve, react)
	del(a, "/api/messages/{id}/reaction", "unreact", serve, unreact)
	post(a, "/api/messages/{id}/check", "check-message", serve, checkMessage)
	get(a, "/api/interactions/{id}/templates", "list-templates", serve, listTemplates)
	post(a, "/api/interactions/{id}/typing", "type", serve, typeSomething)
	put(a, "/api/interactions/{id}/view", "view-interaction", serve, viewInteraction)
	del(a, "/api/interactions/{id}/row", "dismiss-row", serve, dismissRow)
	put(a, "/api/interactions/{id}/draft", "save-draft", serve, saveDraft)
	put(a, "/api/interactions/{id}/end", "end-interaction", serve, endInteraction)
	put(a, "/api/interactions/{id}/dispositions", "choose-dispositions", serve, chooseDispositions)
	add(a, "/api/interactions/{id}/notes", "add-note", serve, addNote)
	put(a, "/api/interactions/{id}/wrap-up", "finish-wrap-up", serve, finishWrapUp)
	post(a, "/api/interactions/{id}/wrap-up/extension", "extend-wrap-up", serve, extendWrapUp)
	add(a, "/api/interactions/{id}/transfers", "transfer", serve, transfer)
	get(a, "/api/transfer-targets", "list-transfer-targets", serve, listTargets)
	put(a, "/api/interactions/{id}/customer", "link-customer", parley.MayRecords, linkCustomer)
	put(a, "/api/interactions/{id}/case", "save-to-crm", parley.MayRecords, saveToCRM)
}

type OfferInput struct {
	Me      Me
	ID      parley.InteractionID `path:"id" maxLength:"64"`
	Attempt int                  `path:"attempt" minimum:"1" maximum:"1000000"`
}

func (in OfferInput) offer() parley.OfferID {
	return parley.OfferID{Interaction: in.ID, Attempt: in.Attempt}
}

func acceptOffer(ctx context.Context, in *OfferInput) (*struct{}, error) {
	return done(in.Me.at.Center.AcceptOffer(ctx, in.Me.Actor, in.offer()))
}

type rejectInput struct {
	OfferInput
	Body *struct {
		Code parley.StatusCodeID `json:"code,omitempty" maxLength:"64"`
	}
}

func rejectOffer(ctx context.Context, in *rejectInput) (*struct{}, error) {
	var code parley.StatusCodeID
	if in.Body != nil {
		code = in.Body.Code
	}
	return done(in.Me.at.Center.RejectOffer(ctx, in.Me.Actor, in.offer(), code))
}

type InteractionInput struct {
	Me Me
	ID parley.InteractionID `path:"id" maxLength:"64"`
}

func getInteraction(ctx context.Context, in *InteractionInput) (*out[center.Page], error) {
	return reply(in.Me.at.Center.Interaction(ctx, in.Me.Actor, in.ID))
}

type messagesInput struct {
	Me     Me
	ID     parley.ConversationID `path:"id" maxLength:"64"`
	Before int64                 `query:"before" minimum:"1" doc:"the first number had; newer ones are left out"`
	Limit  int                   `query:"limit" minimum:"1" maximum:"100"`
}

func listMessages(ctx context.Context, in *messagesInput) (*out[list[center.Message]], error) {
	items, err := in.Me.at.Center.Messages(ctx, in.Me.Actor, in.ID, before(in.Before), in.Limit)
	return reply(list[center.Message]{Items: some(items), Next: earlier(items, func(m center.Message) int64 { return m.Seq })}, err)
}

// before makes "no number" mean the end.
func before(seq int64) int64 {
	if seq == 0 {
		return math.MaxInt64
	}
	return seq
}

type conversationInput struct {
	Me Me
	ID parley.ConversationID `path:"id" maxLength:"64"`
}

func listEarlier(ctx context.Context, in *conversationInput) (*out[list[center.Interaction]], error) {
	return listed(in.Me.at.Center.Earlier(ctx, in.Me.Actor, in.ID))
}

// words is something somebody says: their own id of it makes a repeat safe.
type words struct {
	ClientID string `json:"client_id" format:"uuid" maxLength:"36" doc:"a UUID; a repeat gets the first answer"`
	Text     string `json:"text"`
}

func (w words) say() center.Words { return center.Words{ClientID: w.ClientID, Text: w.Text} }

type wordsInput struct {
	InteractionInput
	Body words
}

// sent is the answer to a message: 201, or 200 for a repeat.
type sent struct {
	Status int
	Body   center.Sent
}

func sentReply(s center.Sent, err error) (*sent, error) {
	if err != nil {
		return nil, problem(err)
	}
	status := 201
	if s.Repeated {
		status = 200
	}
	return &sent{Status: status, Body: s}, nil
}

type keystroke struct {
	Typing bool `json:"typing"`
}

type typingInput struct {
	InteractionInput
	Body keystroke
}

func typeSomething(ctx context.Context, in *typingInput) (*struct{}, error) {
	return done(in.Me.at.Center.Type(ctx, in.Me.Actor, in.ID, in.Body.Typing))
}

func viewInteraction(ctx context.Context, in *InteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.View(ctx, in.Me.Actor, in.ID))
}

func dismissRow(ctx context.Context, in *InteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.Dismiss(ctx, in.Me.Actor, in.ID))
}

type draftInput struct {
	InteractionInput
	Body struct {
		Text string `json:"text"`
	}
}

func saveDraft(ctx context.Context, in *draftInput) (*struct{}, error) {
	return done(in.Me.at.Center.Draft(ctx, in.Me.Actor, in.ID, in.Body.Text))
}

func endInteraction(ctx context.Context, in *InteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.End(ctx, in.Me.Actor, in.ID))
}

type dispositionsInput struct {
	InteractionInput
	Body struct {
		IDs []parley.DispositionID `json:"ids" maxItems:"100"`
	}
}

func chooseDispositions(ctx context.Context, in *dispositionsInput) (*struct{}, error) {
	return done(in.Me.at.Center.Choose(ctx, in.Me.Actor, in.ID, in.Body.IDs))
}

func addNote(ctx context.Context, in *wordsInput) (*out[center.Note], error) {
	return reply(in.Me.at.Center.Note(ctx, in.Me.Actor, in.ID, in.Body.say()))
}

func finishWrapUp(ctx context.Context, in *InteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.Finish(ctx, in.Me.Actor, in.ID))
}

func extendWrapUp(ctx context.Context, in *InteractionInput) (*struct{}, error) {
	return done(in.Me.at.Center.Extend(ctx, in.Me.Actor, in.ID))
}

type transferInput struct {
	InteractionInput
	Body struct {
		ClientID string         `json:"client_id" format:"uuid" maxLength:"36"`
		Queue    parley.QueueID `json:"queue,omitempty" maxLength:"64"`
		Agent    parley.AgentID `json:"agent,omitempty" maxLength:"64"`
		Anyway   bool           `json:"anyway,omitempty" doc:"the agent has seen that nobody works there"`
		Note     string         `json:"note,omitempty"`
	}
}

func transfer(ctx context.Context, in *transferInput) (*struct{}, error) {
	b := in.Body
	return done(in.Me.at.Center.Transfer(ctx, in.Me.Actor, in.ID, center.Handover{
		Queue: b.Queue, To: b.Agent, Anyway: b.Anyway, Note: b.Note, ClientID: b.ClientID,
	}))
}

type targetsInput struct {
	Me          Me
	Interaction parley.InteractionID `query:"interaction" maxLength:"64" doc:"empty: who is there, whatever is handed on"`
}

func listTargets(ctx context.Context, in *targetsInput) (*out[center.Targets], error) {
	return reply(in.Me.at.Center.TransferTargets(ctx, in.Me.Actor, in.Interaction))
}

type linkInput struct {
	InteractionInput
	Body struct {
		Customer parley.CustomerID `json:"customer_id" maxLength:"64"`
	}
}

func linkCustomer(ctx context.Context, in *linkInput) (*struct{}, error) {
	return done(in.Me.at.Records.LinkCustomer(ctx, in.Me.Actor, in.ID, in.Body.Customer))
}

func saveToCRM(ctx context.Context, in *InteractionInput) (*out[records.Logged], error) {
	return reply(in.Me.at.Records.SaveToCRM(ctx, in.Me.Actor, in.ID))
}
