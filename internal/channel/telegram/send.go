package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

type object = map[string]any

// base is where the Bot API is.
func base(in parley.EntryPoint) string {
	if b := in.Setting("base_url"); b != "" {
		return strings.TrimRight(b, "/")
	}
	return baseURL
}

// post calls a method and reads its result into out.
//
// Errors: *channel.SendError.
func (t *Telegram) post(ctx context.Context, in parley.EntryPoint, method string, body object, out any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode %s: %w", method, err)
	}
	return t.call(ctx, in, request{method, "application/json", raw}, out)
}

// request is one call of the Bot API.
type request struct {
	method string // sendMessage ...
	kind   string // of body
	body   []byte
}

func (t *Telegram) call(ctx context.Context, in parley.EntryPoint, c request, out any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base(in)+"/bot"+in.Setting("bot_token")+"/"+c.method, bytes.NewReader(c.body))
	if err != nil {
		return &channel.SendError{Code: channel.Config, Detail: "wrong_field base_url"}
	}
	req.Header.Set("Content-Type", c.kind)
	answer, err := channel.Call(t.client, req)
	if err != nil {
		return err
	}
	var reply struct {
		OK          bool            `json:"ok"`
		Result      json.RawMessage `json:"result"`
		Code        int             `json:"error_code"`
		Description string          `json:"description"`
		Parameters  struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	if err := json.Unmarshal(answer.Body, &reply); err != nil || (!reply.OK && reply.Code == 0) {
		return answer.Failed()
	}
	if !reply.OK {
		return &channel.SendError{
			Code: class(reply.Code, reply.Description), After: time.Duration(reply.Parameters.RetryAfter) * time.Second,
			Detail: fmt.Sprintf("%d %s", reply.Code, channel.Words(reply.Description)),
		}
	}
	if err := json.Unmarshal(reply.Result, out); err != nil {
		return &channel.SendError{Code: channel.UnknownOutcome, Detail: "unreadable_answer"}
	}
	return nil
}

// class is what an error of the Bot API means. It has few numbers; the words tell
// the rest.
//
// Source: https://core.telegram.org/bots/api#making-requests, https://core.telegram.org/api/errors
func class(code int, words string) channel.Code {
	words = strings.ToLower(words)
	has := func(list ...string) bool {
		for _, s := range list {
			if strings.Contains(words, s) {
				return true
			}
		}
		return false
	}
	switch {
	case code == 429:
		return channel.Throttled
	case code == 401, code == 404 && !has("chat"):
		return channel.Auth // an unknown token has no address at all
	case code == 403, has("chat not found", "user not found", "user is deactivated", "peer_id_invalid"):
		return channel.RecipientUnavailable
	case has("too long"):
		return channel.TooLong
	case code == 413, has("wrong file", "file is too big", "photo_invalid", "image_process", "webpage_", "file_id", "file identifier"):
		return channel.MediaFault
	case code == 409:
		return channel.Config
	case code == 502 || code == 504:
		return channel.UnknownOutcome
	case code >= 500:
		return channel.Transient
	}
	return channel.BadRequest
}

// Send delivers one message and returns its id: the chat's and its own.
//
// Errors: *channel.SendError.
// Source: https://core.telegram.org/bots/api#sendmessage
func (t *Telegram) Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (string, error) {
	to := string(m.To.Of(parley.KeyTelegram))
	if !number.MatchString(to) {
		return "", &channel.SendError{Code: channel.BadNumber, Detail: "no_address"}
	}
	var sent struct {
		ID json.Number `json:"message_id"`
	}
	var err error
	if m.File != nil {
		err = t.sendFile(ctx, from, m, &sent)
	} else {
		body := object{"chat_id": json.Number(to)}
		words(m, body)
		err = t.post(ctx, from, "sendMessage", body, &sent)
	}
	if err != nil {
		return "", err
	}
	if sent.ID == "" {
		return "", &channel.SendError{Code: channel.UnknownOutcome, Detail: "no_id"}
	}
	return external(json.Number(to), sent.ID), nil
}

// words writes a text, what it answers and what to choose from.
func words(m parley.Outbound, body object) {
	text, rows := m.Text, [][]object{}
	for i, o := range m.Options {
		id := o.ID
		if id == "" {
			id = o.Title
		}
		if len(id) > 64 || o.Title == "" { // what a button cannot carry is a line of the text
			text += fmt.Sprintf("\n%d. %s", i+1, o.Title)
			continue
		}
		rows = append(rows, []object{{"text": o.Title, "callback_data": id}})
	}
	body["text"] = text
	if len(rows) > 0 {
		body["reply_markup"] = object{"inline_keyboard": rows}
	}
	if answered := replyTo(m); answered != "" {
		body["reply_parameters"] = object{"message_id": json.Number(answered), "allow_sending_without_reply": true}
	}
}

// replyTo is the number of the message that is answered, "" for none.
func replyTo(m parley.Outbound) string {
	chat, id, ok := strings.Cut(m.ReplyTo, ":")
	if !ok || chat != string(m.To.Of(parley.KeyTelegram)) || !number.MatchString(id) {
		return ""
	}
	return id
}

// sendFile sends a file with its caption, in one request.
//
// Source: https://core.telegram.org/bots/api#senddocument
func (t *Telegram) sendFile(ctx context.Context, from parley.EntryPoint, m parley.Outbound, sent any) error {
	if len(m.File.Data) == 0 || len(m.File.Data) > fileBytesMax {
		return &channel.SendError{Code: channel.MediaFault, Detail: "file_too_large"}
	}
	method, name := methodOf(m.File)
	form := channel.Form{Fields: [][2]string{{"chat_id", string(m.To.Of(parley.KeyTelegram))}}, Name: name, File: m.File}
	if m.Text != "" {
		form.Fields = append(form.Fields, [2]string{"caption", m.Text})
	}
	if answered := replyTo(m); answered != "" {
		form.Fields = append(form.Fields, [2]string{"reply_parameters", `{"message_id":` + answered + `,"allow_sending_without_reply":true}`})
	}
	body, kind, err := form.Encode()
	if err != nil {
		return err
	}
	return t.call(ctx, from, request{method, kind, body}, sent)
}

// methodOf is how Telegram shows a file; what it would refuse goes as a document.
func methodOf(f *parley.OutFile) (method, field string) {
	switch {
	case f.Kind == parley.ContentImage && (f.Type == "image/jpeg" || f.Type == "image/png" || f.Type == "image/webp") && len(f.Data) <= photoBytesMax:
		return "sendPhoto", "photo"
	case f.Kind == parley.ContentVideo && f.Type == "video/mp4":
		return "sendVideo", "video"
	case f.Kind == parley.ContentVoice && f.Type == "audio/ogg":
		return "sendVoice", "voice"
	case (f.Kind == parley.ContentAudio || f.Kind == parley.ContentVoice) && (f.Type == "audio/mpeg" || f.Type == "audio/mp4"):
		return "sendAudio", "audio"
	}
	return "sendDocument", "document"
}

// Mark shows that somebody writes, for five seconds; a pressed button that was
// read stops waiting.
//
// Errors: *channel.SendError.
// Source: https://core.telegram.org/bots/api#sendchataction, #answercallbackquery
func (t *Telegram) Mark(ctx context.Context, in parley.EntryPoint, to parley.Keys, newest string, what channel.Mark) error {
	var done bool
	who := string(to.Of(parley.KeyTelegram))
	if query, ok := strings.CutPrefix(newest, "callback:"); ok && what == channel.MarkRead {
		return t.post(ctx, in, "answerCallbackQuery", object{"callback_query_id": query}, &done)
	}
	if what != channel.MarkTyping || !number.MatchString(who) {
		return nil
	}
	return t.post(ctx, in, "sendChatAction", object{"chat_id": json.Number(who), "action": "typing"}, &done)
}

// Fetch gets a file: its path is good for an hour.
//
// Errors: *channel.SendError.
// Source: https://core.telegram.org/bots/api#getfile
func (t *Telegram) Fetch(ctx context.Context, in parley.EntryPoint, a parley.Attachment) (channel.File, error) {
	var where struct {
		Path string `json:"file_path"`
	}
	if err := t.post(ctx, in, "getFile", object{"file_id": a.Ref}, &where); err != nil {
		return channel.File{}, gone(err)
	}
	refused := &channel.SendError{Code: channel.MediaFault, Detail: "not_allowed"}
	if where.Path == "" || strings.Contains(where.Path, "..") || strings.ContainsAny(where.Path, `\?#`) {
		return channel.File{}, refused
	}
	address := base(in) + "/file/bot" + in.Setting("bot_token") + (&url.URL{Path: "/" + where.Path}).EscapedPath()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || !channel.FromNetwork(t.Spec(), in, address) {
		return channel.File{}, refused
	}
	f, err := channel.Download(t.client, req)
	f.Name = a.Name
	return f, err
}

// gone says what became of a file Telegram does not give.
func gone(err error) error {
	var e *channel.SendError
	ok := errors.As(err, &e)
	switch {
	case ok && strings.Contains(e.Detail, "too big"):
		return &channel.SendError{Code: channel.MediaFault, Detail: "too_large"}
	case ok && (e.Code == channel.BadRequest || e.Code == channel.MediaFault):
		return &channel.SendError{Code: channel.MediaFault, Detail: "expired"}
	case ok:
		return channel.Beforehand(err) // asking changes nothing
	}
	return err
}
