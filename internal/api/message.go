package api

import (
	"context"

	"parley"
	"parley/internal/center"
)

// utterance is what an agent says, with all that a network may carry beside it.
type utterance struct {
	ClientID string                `json:"client_id" format:"uuid" maxLength:"36" doc:"a UUID; a repeat gets the first answer"`
	Text     string                `json:"text" doc:"may be empty beside files or a template"`
	Files    []parley.AttachmentID `json:"files,omitempty" maxItems:"10" doc:"uploaded before, by the same agent"`
	ReplyTo  parley.MessageID      `json:"reply_to,omitempty" maxLength:"64" doc:"which message it answers"`
	Template *templateChoice       `json:"template,omitempty" doc:"an approved template; it may open a closed window"`
}

// templateChoice is a template with its values.
type templateChoice struct {
	Name     string   `json:"name" maxLength:"512"`
	Language string   `json:"language" maxLength:"32"`
	Values   []string `json:"values,omitempty" maxItems:"20" doc:"for {{1}}, {{2}} ..."`
}

type messageInput struct {
	InteractionInput
	Body utterance
}

func sendMessage(ctx context.Context, in *messageInput) (*sent, error) {
	say := center.Words{ClientID: in.Body.ClientID, Text: in.Body.Text, Files: in.Body.Files, ReplyTo: in.Body.ReplyTo}
	if t := in.Body.Template; t != nil {
		say.Template = &parley.Template{Name: t.Name, Language: t.Language, Values: t.Values}
	}
	return sentReply(in.Me.at.Center.Send(ctx, in.Me.Actor, in.ID, say))
}

// MessageInput names a message.
type MessageInput struct {
	Me Me
	ID parley.MessageID `path:"id" maxLength:"64"`
}

type retryInput struct {
	MessageInput
	Body *struct {
		Anyway bool `json:"anyway,omitempty" doc:"also if it is unconfirmed: it may arrive twice"`
	}
}

func retryMessage(ctx context.Context, in *retryInput) (*out[*center.Message], error) {
	return reply(in.Me.at.Center.Retry(ctx, in.Me.Actor, in.ID, in.Body != nil && in.Body.Anyway))
}

func checkMessage(ctx context.Context, in *MessageInput) (*out[*center.Message], error) {
	return reply(in.Me.at.Center.Check(ctx, in.Me.Actor, in.ID))
}

type reactInput struct {
	MessageInput
	Body struct {
		Emoji string `json:"emoji" minLength:"1" maxLength:"16" doc:"one of the composer's reactions; it takes the place of the one before"`
	}
}

func react(ctx context.Context, in *reactInput) (*out[*center.Message], error) {
	return reply(in.Me.at.Center.React(ctx, in.Me.Actor, in.ID, in.Body.Emoji))
}

func unreact(ctx context.Context, in *MessageInput) (*out[*center.Message], error) {
	return reply(in.Me.at.Center.React(ctx, in.Me.Actor, in.ID, ""))
}

func listTemplates(ctx context.Context, in *InteractionInput) (*out[list[parley.Template]], error) {
	return listed(in.Me.at.Center.Templates(ctx, in.Me.Actor, in.ID))
}
