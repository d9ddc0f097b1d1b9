package api

import (
	"context"
	"encoding/json"

	"parley"
	"parley/internal/center"
)

// openOperations are the channel API: programs that bring customers in, and
// hand them over to people. What agents say goes to their webhook.
//
// Source: API-01 to API-03.
func (s *Server) openOperations() {
	a, channel := s.api, parley.MayChannel
	const at = "/api/channel/{entry_point}"
	const one = at + "/conversations/{key}"
	post(a, at+"/messages", "post-channel-message", channel, postOpen)
	post(a, at+"/statuses", "post-channel-statuses", channel, postStatuses)
	get(a, one, "get-channel-conversation", channel, getOpen)
	post(a, one+"/handover", "hand-over", channel, handOver)
	put(a, one+"/end", "end-channel-conversation", channel, endOpen)
}

// OpenAt is an entry point of the channel API.
type OpenAt struct {
	Me         Me
	EntryPoint parley.EntryPointID `path:"entry_point" maxLength:"64"`
}

type openFrom struct {
	Name     string            `json:"name,omitempty"`
	Email    string            `json:"email,omitempty" doc:"an address, or the whole is refused"`
	Phone    string            `json:"phone,omitempty"`
	Language string            `json:"language,omitempty" maxLength:"40"`
	Customer parley.CustomerID `json:"customer_id,omitempty" maxLength:"64" doc:"whose record pops; an unknown one is refused"`
}

type openFile struct {
	URL  string             `json:"url" maxLength:"2000" doc:"where it can be fetched, without a sign-in"`
	Kind parley.ContentKind `json:"kind,omitempty" enum:"image,video,audio,voice,document,sticker"`
	Name string             `json:"name,omitempty" maxLength:"200"`
	Type string             `json:"type,omitempty" maxLength:"100" doc:"MIME; it is looked at anyway"`
}

type openMessage struct {
	Conversation string     `json:"conversation" doc:"your key for it, 128 characters at most; a new one begins a conversation"`
	ExternalID   string     `json:"external_id,omitempty" doc:"your id of the message; a repeat adds nothing"`
	Sender       string     `json:"sender,omitempty" enum:"customer,bot" doc:"who said it; the customer"`
	From         openFrom   `json:"from,omitempty" doc:"who the customer is, as far as you know"`
	Text         string     `json:"text,omitempty"`
	Attachments  []openFile `json:"attachments,omitempty" maxItems:"10"`
	ReplyTo      string     `json:"reply_to,omitempty" maxLength:"128" doc:"the external_id or message id it answers"`
	Typing       bool       `json:"typing,omitempty" doc:"nothing is said: the customer types"`
}

type openMessageInput struct {
	OpenAt
	Body openMessage
}

func postOpen(ctx context.Context, in *openMessageInput) (*out[center.OpenConversation], error) {
	b := in.Body
	p := center.Posted{
		Conversation: b.Conversation, ExternalID: b.ExternalID, Bot: b.Sender == "bot", Text: b.Text, Typing: b.Typing, ReplyTo: b.ReplyTo,
		Name: b.From.Name, Email: b.From.Email, Phone: b.From.Phone, Language: b.From.Language, Customer: b.From.Customer,
	}
	for _, f := range b.Attachments {
		if f.Kind == "" {
			f.Kind = parley.ContentDocument
		}
		p.Files = append(p.Files, parley.Attachment{Kind: f.Kind, Name: f.Name, Type: f.Type, Ref: f.URL})
	}
	return reply(in.Me.at.Center.Post(ctx, in.Me.Actor, in.EntryPoint, p, raw(b)))
}

// raw is a body as it is kept: read and written again.
func raw(body any) []byte {
	text, _ := json.Marshal(body) // it came as JSON
	return text
}

type statusesInput struct {
	OpenAt
	Body struct {
		Statuses []center.OpenStatus `json:"statuses" minItems:"1" maxItems:"100"`
	}
}

func postStatuses(ctx context.Context, in *statusesInput) (*struct{}, error) {
	return done(in.Me.at.Center.Statuses(ctx, in.Me.Actor, in.EntryPoint, in.Body.Statuses, raw(in.Body)))
}

// OpenOne is a conversation of the channel API, by the key its program gave it.
type OpenOne struct {
	OpenAt
	Key string `path:"key" maxLength:"512"`
}

func getOpen(ctx context.Context, in *OpenOne) (*out[center.OpenConversation], error) {
	return reply(in.Me.at.Center.OpenConversation(ctx, in.Me.Actor, in.EntryPoint, in.Key))
}

type handOverInput struct {
	OpenOne
	Body struct {
		Queue  parley.QueueID `json:"queue_id,omitempty" maxLength:"64"`
		Agent  parley.AgentID `json:"agent_id,omitempty" maxLength:"64" doc:"offered to them first, then to everybody of the entry point's queue"`
		Script bool           `json:"script,omitempty" doc:"the entry point's script decides"`
	}
}

func handOver(ctx context.Context, in *handOverInput) (*out[center.OpenConversation], error) {
	to := center.Handoff{Queue: in.Body.Queue, Agent: in.Body.Agent, Script: in.Body.Script}
	return reply(in.Me.at.Center.HandOver(ctx, in.Me.Actor, in.EntryPoint, in.Key, to))
}

func endOpen(ctx context.Context, in *OpenOne) (*struct{}, error) {
	return done(in.Me.at.Center.EndOpen(ctx, in.Me.Actor, in.EntryPoint, in.Key))
}
