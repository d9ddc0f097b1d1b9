package open

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"parley"
	"parley/internal/channel"
	"parley/internal/hook"
)

// Message is what an agent said, as the other end gets it.
type Message struct {
	Conversation parley.Address  `json:"conversation"` // the key
	ID           string          `json:"id"`           // to be named in statuses
	Text         string          `json:"text"`
	File         *File           `json:"file,omitempty"`
	Options      []parley.Choice `json:"options,omitempty"`
	ReplyTo      string          `json:"reply_to,omitempty"` // your external_id of what it answers
	From         string          `json:"from"`               // agent or system
	Part         int             `json:"part"`               // 0, 1 ...
	Parts        int             `json:"parts"`
}

// File is a file of a message: its address, good for a while, or the file itself
// in base64.
type File struct {
	Kind parley.ContentKind `json:"kind"`
	Name string             `json:"name"`
	Type string             `json:"type"`
	Size int                `json:"size"`
	URL  string             `json:"url,omitempty"`
	Data []byte             `json:"data,omitempty"`
}

// Activity is that somebody reads or types.
type Activity struct {
	Conversation parley.Address `json:"conversation"`
	What         channel.Mark   `json:"what"`
	Newest       string         `json:"newest"` // your external_id of the last message it is about
}

// Send posts a message to the webhook. 2xx means that the other end has it. It
// may be sent again, and then has the same id: so a lost answer is no doubt here.
//
// Source: API-01, API-02, R-46.
func (o *Open) Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (string, error) {
	id := channel.Ref(m)
	said := Message{
		Conversation: m.To.Of(parley.KeyOpen), ID: id, Text: m.Text, Options: m.Options, ReplyTo: m.ReplyTo,
		From: string(parley.FromSystem), Part: m.Part, Parts: max(m.Parts, 1),
	}
	if m.Human {
		said.From = string(parley.FromAgent)
	}
	if m.File != nil {
		said.File = &File{m.File.Kind, m.File.Name, m.File.Type, len(m.File.Data), m.File.URL, nil}
		if said.File.URL == "" && len(m.File.Data) > inlineMax {
			return "", &channel.SendError{Code: channel.MediaFault, Detail: "file_too_large"}
		}
		if said.File.URL == "" {
			said.File.Data = m.File.Data
		}
	}
	at := parley.MadeAt(string(m.ID))
	if at.IsZero() {
		at = o.clock.Now()
	}
	return id, o.post(ctx, from, hook.Event{ID: "evt_" + id, Type: "message", At: parley.Millis(at), Data: said})
}

// Mark tells the other end that somebody reads or types.
func (o *Open) Mark(ctx context.Context, in parley.EntryPoint, to parley.Keys, newest string, what channel.Mark) error {
	return o.post(ctx, in, o.event("activity", Activity{to.Of(parley.KeyOpen), what, newest}))
}

// Check asks the other end whether it is there and knows the secret.
func (o *Open) Check(ctx context.Context, in parley.EntryPoint) (channel.Health, error) {
	err := o.post(ctx, in, o.event("verify", struct{}{}))
	return channel.Health{Account: string(in.Address), Subscribed: err == nil}, err
}

// event is one that is told once or not at all.
func (o *Open) event(kind string, data any) hook.Event {
	now := o.clock.Now()
	return hook.Event{ID: parley.NewID("evt", now), Type: kind, At: parley.Millis(now), Data: data}
}

// Fetch brings a file from the address the other end named. The client refuses
// what is in our own network.
//
// Errors: *channel.SendError.
// Source: API-01, A-064, A-067.
func (o *Open) Fetch(ctx context.Context, _ parley.EntryPoint, a parley.Attachment) (channel.File, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.Ref, nil)
	if err != nil {
		return channel.File{}, &channel.SendError{Code: channel.MediaFault, Detail: "not_an_address"}
	}
	return channel.Download(o.client, r)
}

// post makes the request. Errors: *channel.SendError.
func (o *Open) post(ctx context.Context, in parley.EntryPoint, e hook.Event) error {
	at, secrets := target(in), secrets(in)
	if at == "" || len(secrets) == 0 {
		return &channel.SendError{Code: channel.Config, Detail: webhookURL}
	}
	r, err := hook.Request(ctx, at, secrets, o.clock.Now(), e)
	if err != nil {
		return &channel.SendError{Code: channel.Config, Detail: webhookURL}
	}
	answer, err := channel.Call(o.client, r)
	if err != nil {
		return channel.Beforehand(err)
	}
	if answer.Status/100 == 2 {
		return nil
	}
	return refused(answer)
}

// refused says what an answer means. What is there by mistake, or not there yet,
// is tried again.
func refused(a channel.Answer) error {
	e := a.Failed()
	if e.Code == channel.UnknownOutcome && a.Status >= 500 {
		e.Code = channel.Transient
	} else if e.Code == channel.UnknownOutcome { // a redirect is not followed
		e.Code = channel.Config
	}
	return e
}

// target is where an entry point's webhook is.
func target(in parley.EntryPoint) string {
	at := in.Setting(webhookURL)
	if base := in.Setting(baseURL); base != "" {
		if u, err := url.Parse(at); err == nil {
			return strings.TrimSuffix(base, "/") + u.RequestURI()
		}
	}
	return at
}

// secrets are what is signed with, the current one first.
func secrets(in parley.EntryPoint) []string {
	var out []string
	for _, name := range []string{secret, oldSecret} {
		if s := in.Setting(name); s != "" {
			out = append(out, s)
		}
	}
	return out
}
