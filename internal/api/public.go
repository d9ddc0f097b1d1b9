package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley"
	"parley/internal/center"
)

// publicOperations are a visitor's: before a conversation begins, and their own.
func (s *Server) publicOperations() {
	a := s.api
	const own = "/api/public/conversation"
	get(a, "/api/public/entry-points/{id}", "get-entry-point", "", getEntryPoint)
	add(a, "/api/public/entry-points/{id}/conversations", "begin-conversation", "", s.beginConversation)
	add(a, "/api/public/entry-points/{id}/offline", "leave-message", "", s.leaveMessage)
	post(a, "/api/public/live/ticket", "get-visitor-ticket", "", s.visitorTicket)
	get(a, own, "get-conversation", "", getConversation)
	get(a, own+"/messages", "list-own-messages", "", listOwnMessages)
	post(a, own+"/messages", "send-as-visitor", "", sendAsVisitor)
	post(a, own+"/typing", "type-as-visitor", "", typeAsVisitor)
	put(a, own+"/receipt", "save-receipt", "", saveReceipt)
	put(a, own+"/end", "end-as-visitor", "", endAsVisitor)
	post(a, own+"/skip", "skip-queue", "", skipQueue)
	post(a, own+"/again", "begin-again", "", beginAgain)
	get(a, own+"/transcript", "get-own-transcript", "", s.getOwnTranscript)
}

type entryPointInput struct {
	Anyone   Anyone
	ID       parley.EntryPointID `path:"id" maxLength:"64"`
	Language string              `query:"language" maxLength:"40"`
}

func getEntryPoint(ctx context.Context, in *entryPointInput) (*out[center.Door], error) {
	return reply(in.Anyone.at.Center.Door(ctx, in.ID, in.Language))
}

type beginInput struct {
	Anyone    Anyone
	ID        parley.EntryPointID `path:"id" maxLength:"64"`
	UserAgent string              `header:"User-Agent"`
	Body      struct {
		ClientID      string `json:"client_id" format:"uuid" maxLength:"36" doc:"a UUID; a repeat finds the same conversation"`
		Language      string `json:"language,omitempty" maxLength:"40"`
		Page          string `json:"page,omitempty" doc:"where the widget is, an http or https address; anything else is kept as none"`
		ZoneOffset    int    `json:"zone_offset,omitempty" minimum:"-840" maximum:"840" doc:"minutes east of UTC"`
		Name          string `json:"name,omitempty"`
		Email         string `json:"email,omitempty"`
		Phone         string `json:"phone,omitempty"`
		AccountNumber string `json:"account_number,omitempty"`
		CaseNumber    string `json:"case_number,omitempty"`
		Question      string `json:"question,omitempty"`
		Consent       string `json:"consent,omitempty" maxLength:"64" doc:"version of the words the visitor agreed to"`

		Variables map[string]any `json:"variables,omitempty" doc:"what the site says of its visitor: 20 at most, a name of letters, digits and _ each, a string of 255 characters; the rest is left out. customer_id selects whose record opens"`
	}
}

// beginConversation lets a new contact in. One address begins only so many, so
// that all others are still served.
func (s *Server) beginConversation(ctx context.Context, in *beginInput) (*out[center.Begun], error) {
	if err := s.guards.contacts.take(in.Anyone.IP); err != nil {
		return nil, problem(err)
	}
	b := in.Body
	return reply(in.Anyone.at.Center.Begin(ctx, center.Contact{EntryPoint: in.ID, ClientID: b.ClientID, Consent: b.Consent, Visitor: parley.Visitor{
		Name: b.Name, Email: b.Email, Phone: b.Phone, AccountNumber: b.AccountNumber, CaseNumber: b.CaseNumber,
		Question: b.Question, Language: b.Language, ZoneOffset: b.ZoneOffset,
		IP: in.Anyone.IP, UserAgent: in.UserAgent, Page: b.Page, Variables: told(b.Variables),
	}}))
}

// told keeps the strings of what a site says.
func told(all map[string]any) parley.Variables {
	kept := parley.Variables{}
	for name, value := range all {
		if text, ok := value.(string); ok {
			kept[name] = text
		}
	}
	return kept
}

type guest struct{ Guest Guest }

func getConversation(ctx context.Context, in *guest) (*out[center.VisitorSnapshot], error) {
	return reply(in.Guest.at.Center.VisitorSnapshot(ctx, in.Guest.Actor))
}

type ownMessagesInput struct {
	Guest  Guest
	Before int64 `query:"before" minimum:"1"`
	Limit  int   `query:"limit" minimum:"1" maximum:"100"`
}

func listOwnMessages(ctx context.Context, in *ownMessagesInput) (*out[list[center.VisitorMessage]], error) {
	items, err := in.Guest.at.Center.VisitorMessages(ctx, in.Guest.Actor, before(in.Before))
	next := earlier(items, func(m center.VisitorMessage) int64 { return m.Seq })
	return reply(list[center.VisitorMessage]{Items: some(items), Next: next}, err)
}

type guestWordsInput struct {
	Guest Guest
	Body  struct {
		ClientID string                `json:"client_id" format:"uuid" maxLength:"36" doc:"a UUID; a repeat gets the first answer"`
		Text     string                `json:"text" doc:"may be empty beside files"`
		Files    []parley.AttachmentID `json:"files,omitempty" maxItems:"10" doc:"uploaded before, in the same conversation"`
	}
}

func sendAsVisitor(ctx context.Context, in *guestWordsInput) (*sent, error) {
	say := center.Words{ClientID: in.Body.ClientID, Text: in.Body.Text, Files: in.Body.Files}
	return sentReply(in.Guest.at.Center.VisitorSend(ctx, in.Guest.Actor, say))
}

type guestTypingInput struct {
	Guest Guest
	Body  keystroke
}

func typeAsVisitor(ctx context.Context, in *guestTypingInput) (*struct{}, error) {
	return done(in.Guest.at.Center.VisitorType(ctx, in.Guest.Actor, in.Body.Typing))
}

type receiptInput struct {
	Guest Guest
	Body  struct {
		Delivered int64 `json:"delivered" minimum:"0"`
		Read      int64 `json:"read" minimum:"0"`
	}
}

func saveReceipt(ctx context.Context, in *receiptInput) (*struct{}, error) {
	return done(in.Guest.at.Center.VisitorReceipt(ctx, in.Guest.Actor, in.Body.Delivered, in.Body.Read))
}

func endAsVisitor(ctx context.Context, in *guest) (*struct{}, error) {
	return done(in.Guest.at.Center.VisitorEnd(ctx, in.Guest.Actor))
}

type againInput struct {
	Guest Guest
	Body  struct {
		ClientID string `json:"client_id" format:"uuid" maxLength:"36"`
		Question string `json:"question,omitempty"`
		Consent  string `json:"consent,omitempty" maxLength:"64" doc:"version of the words the visitor agreed to; needed only if they changed"`
	}
}

func beginAgain(ctx context.Context, in *againInput) (*struct{}, error) {
	say := center.Words{ClientID: in.Body.ClientID, Text: in.Body.Question}
	return done(in.Guest.at.Center.Again(ctx, in.Guest.Actor, say, in.Body.Consent))
}

// transcript is a paper to keep.
type transcript struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// getOwnTranscript sends what was said as a text. One address asks only so often
//
func (s *Server) getOwnTranscript(ctx context.Context, in *guest) (*huma.StreamResponse, error) {
	if err := s.guards.copies.take(in.Guest.IP); err != nil {
		return nil, problem(err)
	}
	write, err := in.Guest.at.Center.VisitorTranscript(ctx, in.Guest.Actor)
	if err != nil {
		return nil, problem(err)
	}
	return &huma.StreamResponse{Body: func(to huma.Context) {
		to.SetHeader("Content-Type", "text/plain; charset=utf-8")
		to.SetHeader("Content-Disposition", `attachment; filename="conversation.txt"`)
		if err := write(to.Context(), to.BodyWriter()); err != nil {
			panic(http.ErrAbortHandler) // nobody takes a part for the whole
		}
	}}, nil
}

// form is a message left instead of a talk.
type form struct {
	ClientID string `json:"client_id" format:"uuid" maxLength:"36"`
	Name     string `json:"name,omitempty"`
	Email    string `json:"email"`
	Text     string `json:"text"`
	Consent  string `json:"consent,omitempty" maxLength:"64" doc:"version of the words the visitor agreed to; not needed by who leaves the line"`
}

type offlineInput struct {
	Anyone Anyone
	ID     parley.EntryPointID `path:"id" maxLength:"64"`
	Body   form
}

// leaveMessage keeps an offline form.
func (s *Server) leaveMessage(ctx context.Context, in *offlineInput) (*struct{}, error) {
	if err := s.guards.contacts.take(in.Anyone.IP); err != nil {
		return nil, problem(err)
	}
	return done(in.Anyone.at.Center.Leave(ctx, in.ID, in.Body.left()))
}

func (f form) left() center.Left {
	return center.Left{ClientID: f.ClientID, Name: f.Name, Email: f.Email, Text: f.Text, Consent: f.Consent}
}

type skipInput struct {
	Guest Guest
	Body  form
}

func skipQueue(ctx context.Context, in *skipInput) (*struct{}, error) {
	return done(in.Guest.at.Center.Skip(ctx, in.Guest.Actor, in.Body.left()))
}

func (s *Server) visitorTicket(ctx context.Context, in *guest) (*out[ticketView], error) {
	return reply(ticketView{s.tickets.issue(in.Guest.Actor, requestOf(ctx).agent)}, nil)
}

// ticketView is a single-use pass for one live connection.
type ticketView struct {
	Ticket string `json:"ticket"`
}
