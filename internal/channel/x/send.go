package x

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

// Send delivers one message, with one file at most, and returns its event's id.
//
// Errors: *channel.SendError.
// Source: https://docs.x.com/x-api/direct-messages/create-dm-message-by-participant-id
func (x *X) Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (string, error) {
	to := string(m.To.Of(parley.KeyX))
	if !numeric.MatchString(to) {
		return "", &channel.SendError{Code: channel.BadNumber, Detail: "no_address"}
	}
	body := map[string]any{}
	if text := written(m); text != "" {
		body["text"] = text
	}
	if m.File != nil {
		media, err := x.upload(ctx, from, m.File)
		if err != nil {
			return "", channel.Beforehand(err)
		}
		body["attachments"] = []map[string]string{{"media_id": media}}
	}
	var answer struct {
		Data struct {
			ID id `json:"dm_event_id"`
		} `json:"data"`
	}
	if err := x.call(ctx, from, post("/2/dm_conversations/with/"+to+"/messages", body), &answer); err != nil {
		return "", err
	}
	if answer.Data.ID == "" {
		return "", &channel.SendError{Code: channel.UnknownOutcome, Detail: "no_id"}
	}
	return string(answer.Data.ID), nil
}

// written is the text that goes: X has no quick replies, so that options are lines of it.
func written(m parley.Outbound) string {
	text := m.Text
	for i, o := range m.Options {
		text += fmt.Sprintf("\n%d. %s", i+1, o.Title)
	}
	return text
}

// upload gives X a picture and returns its media id, good for a day.
//
// Errors: *channel.SendError.
// Source: https://docs.x.com/x-api/media/upload-media
func (x *X) upload(ctx context.Context, from parley.EntryPoint, f *parley.OutFile) (string, error) {
	if len(f.Data) == 0 || len(f.Data) > fileBytesMax || !strings.HasPrefix(f.Type, "image/") {
		return "", &channel.SendError{Code: channel.MediaFault, Detail: "not_allowed"}
	}
	category := "dm_image"
	if f.Type == "image/gif" {
		category = "dm_gif"
	}
	body, kind, err := channel.Form{Fields: [][2]string{{"media_category", category}, {"media_type", f.Type}}, Name: "media", File: f}.Encode()
	if err != nil {
		return "", err
	}
	var answer struct {
		Data struct {
			ID id `json:"id"`
		} `json:"data"`
	}
	if err := x.call(ctx, from, request{method: "POST", path: "/2/media/upload", kind: kind, body: body}, &answer); err != nil {
		return "", err
	}
	if answer.Data.ID == "" {
		return "", &channel.SendError{Code: channel.Transient, Detail: "no_id"}
	}
	return string(answer.Data.ID), nil
}

// slack is how far our clock and X's may differ.
const slack = 2 * time.Minute

// Resolve looks among the newest messages of the conversation for one of ours with
// the same text, written since this one was.
//
// Errors: *channel.SendError.
// Source: R-46; https://docs.x.com/x-api/direct-messages/get-dm-events-for-a-dm-conversation
func (x *X) Resolve(ctx context.Context, in parley.EntryPoint, m parley.Outbound) (parley.Status, bool, error) {
	to, text, since := string(m.To.Of(parley.KeyX)), written(m), parley.MadeAt(string(m.ID))
	if text == "" || since.IsZero() || !numeric.MatchString(to) {
		return parley.Status{}, false, nil
	}
	var answer struct {
		Data []struct {
			ID       id        `json:"id"`
			Text     string    `json:"text"`
			Sender   id        `json:"sender_id"`
			At       time.Time `json:"created_at"`
			Entities struct {
				URLs []link `json:"urls"`
			} `json:"entities"`
		} `json:"data"`
	}
	query := url.Values{"dm_event.fields": {"id,text,sender_id,created_at,entities"}, "event_types": {"MessageCreate"}, "max_results": {"50"}}
	if err := x.call(ctx, in, request{method: "GET", path: "/2/dm_conversations/with/" + to + "/dm_events", query: query}, &answer); err != nil {
		return parley.Status{}, false, err
	}
	for _, e := range answer.Data {
		var was parley.Inbound
		fill(&was, data{Text: e.Text, Entities: struct {
			URLs []link `json:"urls"`
		}{e.Entities.URLs}})
		same := was.Text == text || e.Text == text || html.UnescapeString(e.Text) == text
		if same && !slices.Contains(m.Not, string(e.ID)) && string(e.Sender) == string(in.Address) && !e.At.Before(since.Add(-slack)) {
			return parley.Status{ExternalID: string(e.ID), Ref: string(m.ID), Part: m.Part, State: parley.DeliverySent, At: e.At}, true, nil
		}
	}
	return parley.Status{}, false, nil
}
