package messenger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

type object = map[string]any

// Limits of quick replies.
//
// Unit: code points.
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/quick-replies
const (
	repliesMax    = 13
	replyTitleMax = 20
	payloadMax    = 1000
)

// Send delivers one message and returns its mid.
//
// Errors: *channel.SendError.
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
func (m *Messenger) Send(ctx context.Context, from parley.EntryPoint, out parley.Outbound) (string, error) {
	to := out.To.Of(m.kind())
	if to == "" {
		return "", &channel.SendError{Code: channel.BadNumber, Detail: "no_address"}
	}
	graph := meta.New(m.client, from)
	message := object{"metadata": channel.Ref(out)}
	if out.File != nil {
		file, err := m.upload(ctx, graph, from, out.File)
		if err != nil {
			return "", err
		}
		message["attachment"] = file
	} else {
		words(out, message)
	}
	body := object{"recipient": object{"id": string(to)}, "message": message, "messaging_type": "RESPONSE"}
	if !out.InWindow && out.Human {
		body["messaging_type"], body["tag"] = "MESSAGE_TAG", "HUMAN_AGENT"
	}
	var answer struct {
		ID meta.ID `json:"message_id"`
	}
	if err := graph.Post(ctx, page(from)+"/messages", body, &answer); err != nil {
		return "", verdict(err)
	}
	if answer.ID == "" {
		return "", &channel.SendError{Code: channel.UnknownOutcome, Detail: "no_id"}
	}
	return string(answer.ID), nil
}

// words writes a text with its quick replies; those that do not fit are lines of it.
func words(out parley.Outbound, message object) {
	fit := len(out.Options) <= repliesMax
	for _, o := range out.Options {
		fit = fit && o.Title != "" && utf8.RuneCountInString(o.Title) <= replyTitleMax && len(o.ID) <= payloadMax
	}
	text := out.Text
	if fit && len(out.Options) > 0 {
		replies := make([]object, len(out.Options))
		for i, o := range out.Options {
			id := o.ID
			if id == "" {
				id = o.Title
			}
			replies[i] = object{"content_type": "text", "title": o.Title, "payload": id}
		}
		message["quick_replies"] = replies
	} else {
		for i, o := range out.Options {
			text += fmt.Sprintf("\n%d. %s", i+1, o.Title)
		}
	}
	message["text"] = text
}

// upload gives Meta the file and returns how a message refers to it. It tells
// nobody anything, so that a lost answer is never an unknown outcome.
//
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets
func (m *Messenger) upload(ctx context.Context, graph meta.Graph, from parley.EntryPoint, f *parley.OutFile) (object, error) {
	if len(f.Data) == 0 || len(f.Data) > fileBytesMax {
		return nil, &channel.SendError{Code: channel.MediaFault, Detail: "file_too_large"}
	}
	kind := kindOf(f)
	about, err := json.Marshal(object{"attachment": object{"type": kind, "payload": object{"is_reusable": true}}})
	if err != nil {
		return nil, fmt.Errorf("encode an upload: %w", err)
	}
	form := channel.Form{Fields: [][2]string{{"message", string(about)}}, Name: "filedata", File: f}
	if m.instagram {
		form.Fields = append(form.Fields, [2]string{"platform", "instagram"})
	}
	var answer struct {
		ID meta.ID `json:"attachment_id"`
	}
	if err := graph.Upload(ctx, page(from)+"/message_attachments", form, &answer); err != nil {
		return nil, channel.Beforehand(verdict(err))
	}
	if answer.ID == "" {
		return nil, &channel.SendError{Code: channel.Transient, Detail: "no_id"}
	}
	return object{"type": kind, "payload": object{"attachment_id": answer.ID}}, nil
}

// kindOf is how Messenger shows a file.
func kindOf(f *parley.OutFile) string {
	for kind, prefix := range map[parley.ContentKind]string{parley.ContentImage: "image", parley.ContentVideo: "video", parley.ContentAudio: "audio", parley.ContentVoice: "audio"} {
		if f.Kind == kind && strings.HasPrefix(f.Type, prefix+"/") {
			return prefix
		}
	}
	return "file"
}

// Mark shows the customer that we read or write; about 20 seconds long.
//
// Errors: *channel.SendError.
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/sender-actions
func (m *Messenger) Mark(ctx context.Context, in parley.EntryPoint, to parley.Keys, _ string, what channel.Mark) error {
	action := map[channel.Mark]string{channel.MarkRead: "mark_seen", channel.MarkTyping: "typing_on", channel.MarkNotTyping: "typing_off"}[what]
	who := to.Of(m.kind())
	if action == "" || who == "" {
		return nil
	}
	body := object{"recipient": object{"id": string(who)}, "sender_action": action}
	return verdict(meta.New(m.client, in).Post(ctx, page(in)+"/messages", body, &struct{}{}))
}

// Fetch gets a file from Meta's own hosts; their addresses carry their own leave.
//
// Errors: *channel.SendError.
// Source: A-057.
func (m *Messenger) Fetch(ctx context.Context, in parley.EntryPoint, a parley.Attachment) (channel.File, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.Ref, nil)
	if err != nil || !channel.FromNetwork(m.Spec(), in, a.Ref) {
		return channel.File{}, &channel.SendError{Code: channel.MediaFault, Detail: "not_allowed"}
	}
	f, err := channel.Download(m.client, req)
	f.Name = a.Name
	return f, err
}

// Profile asks who somebody is.
//
// Errors: *channel.SendError.
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/identity/user-profile
func (m *Messenger) Profile(ctx context.Context, in parley.EntryPoint, who parley.Keys) (channel.Profile, error) {
	var p struct {
		Name     string `json:"name"`
		First    string `json:"first_name"`
		Last     string `json:"last_name"`
		Username string `json:"username"`
		Picture  string `json:"profile_pic"`
	}
	fields := "first_name,last_name,profile_pic"
	if m.instagram {
		fields = "name,username,profile_pic"
	}
	err := meta.New(m.client, in).Get(ctx, url.PathEscape(string(who.Of(m.kind()))), url.Values{"fields": {fields}}, &p)
	if err != nil {
		return channel.Profile{}, verdict(err)
	}
	if p.Name == "" {
		p.Name = strings.TrimSpace(p.First + " " + p.Last)
	}
	return channel.Profile{Name: p.Name, Handle: p.Username, Picture: p.Picture}, nil
}

// Check asks for the account's name, whether our app hears of it and how long the
// token lasts.
//
// Errors: *channel.SendError.
func (m *Messenger) Check(ctx context.Context, in parley.EntryPoint) (channel.Health, error) {
	graph := meta.New(m.client, in)
	var account struct {
		Name     string `json:"name"`
		Username string `json:"username"`
	}
	fields := "name"
	if m.instagram {
		fields = "name,username"
	}
	if err := graph.Get(ctx, string(in.Address), url.Values{"fields": {fields}}, &account); err != nil {
		return channel.Health{}, verdict(err)
	}
	health := channel.Health{Account: account.Name}
	if account.Username != "" {
		health.Account = strings.TrimSpace(account.Name + " @" + account.Username)
	}
	var err error
	if health.TokenExpires, err = graph.Expires(ctx); err != nil {
		return health, verdict(err)
	}
	health.Subscribed, err = graph.Subscribed(ctx, page(in))
	return health, verdict(err)
}

// Register tells Meta our webhook's address and lets our app hear of the page.
//
// Errors: *channel.SendError.
func (m *Messenger) Register(ctx context.Context, in parley.EntryPoint, webhook string) error {
	graph := meta.New(m.client, in)
	hook := meta.Hook{Object: "page", Address: webhook, Token: in.Setting("verify_token"), Fields: "messages,message_echoes,message_edits,message_reactions,messaging_postbacks,messaging_optins,messaging_referrals,message_deliveries,message_reads,messaging_handovers,messaging_policy_enforcement,standby"}
	fields := hook.Fields
	if m.instagram { // events come by the account; the page has to be subscribed to anything
		hook.Object, hook.Fields, fields = "instagram", "messages,message_edit,message_reactions,messaging_postbacks,messaging_optins,messaging_referral,messaging_seen,messaging_handover,standby", "messages"
	}
	err := graph.Hook(ctx, hook)
	if err == nil {
		err = graph.Post(ctx, page(in)+"/subscribed_apps", object{"subscribed_fields": fields}, &struct{}{})
	}
	return verdict(err)
}

// verdict turns what a call came to into a SendError.
func verdict(err error) error {
	var e *meta.Error
	if !errors.As(err, &e) {
		return err
	}
	return e.Verdict(class(e.Code, e.Subcode, e.Status))
}
