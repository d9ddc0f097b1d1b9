package x

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"

	"parley"
)

// What a webhook carries, as X writes it.
//
// Source: https://docs.x.com/x-api/activity/event-payloads, dm.received
type (
	payload struct {
		Messages []json.RawMessage          `json:"direct_message_events"`
		Typing   []json.RawMessage          `json:"direct_message_indicate_typing_events"`
		Reads    []json.RawMessage          `json:"direct_message_mark_read_events"`
		Users    map[string]json.RawMessage `json:"users"`
	}

	event struct {
		Type   string `json:"type"`
		ID     id     `json:"id"`
		At     when   `json:"created_timestamp"`
		Create struct {
			Sender id `json:"sender_id"`
			App    id `json:"source_app_id"`
			Target struct {
				Recipient id `json:"recipient_id"`
			} `json:"target"`
			Data data `json:"message_data"`
		} `json:"message_create"`
	}

	data struct {
		Text       string `json:"text"`
		QuickReply *struct {
			Metadata string `json:"metadata"`
		} `json:"quick_reply_response"`
		Entities struct {
			URLs []link `json:"urls"`
		} `json:"entities"`
		Attachment *attachment `json:"attachment"`
	}

	link struct {
		Short string `json:"url"`
		Long  string `json:"expanded_url"`
	}

	attachment struct {
		Type     string `json:"type"`
		Media    media  `json:"media"`
		Location struct {
			Shared struct {
				Coordinates struct {
					LonLat []float64 `json:"coordinates"`
				} `json:"coordinates"`
			} `json:"shared_coordinate"`
		} `json:"location"`
	}

	media struct {
		Type  string `json:"type"`
		Short string `json:"url"`
		URL   string `json:"media_url_https"`
		Video struct {
			Variants []struct {
				Bitrate int    `json:"bitrate"`
				Type    string `json:"content_type"`
				URL     string `json:"url"`
			} `json:"variants"`
		} `json:"video_info"`
	}

	signal struct {
		Sender id   `json:"sender_id"`
		At     when `json:"created_timestamp"`
		Last   id   `json:"last_read_event_id"`
	}
)

// user returns somebody's name and handle; either envelope writes them its own way.
func (p payload) user(who string) (name, handle string) {
	type person struct {
		Name       string `json:"name"`
		ScreenName string `json:"screen_name"`
		Username   string `json:"username"`
	}
	var u struct {
		person
		Data *person `json:"data"`
	}
	if json.Unmarshal(p.Users[who], &u) != nil {
		return "", ""
	}
	if u.Data != nil {
		u.person = *u.Data
	}
	if u.Username == "" {
		u.Username = u.ScreenName
	}
	return u.Name, u.Username
}

// content is the file of a message; of a film, the best one to download.
func (m media) content() *parley.Content {
	kind, address, best := parley.ContentImage, m.URL, -1
	if m.Type == "video" {
		kind = parley.ContentVideo
	}
	for _, v := range m.Video.Variants {
		if v.Type == "video/mp4" && v.Bitrate > best {
			kind, address, best = parley.ContentVideo, v.URL, v.Bitrate
		}
	}
	if address == "" {
		return &parley.Content{Kind: parley.ContentPlaceholder, Note: "attachment_unavailable"}
	}
	name, _, _ := strings.Cut(path.Base(address), "?")
	return &parley.Content{Kind: kind, Files: []parley.Attachment{{Kind: kind, Name: name, State: parley.AttachmentFetching, Ref: address}}}
}

// place is a shared place, or what cannot be shown.
func (a *attachment) place() *parley.Content {
	if c := a.Location.Shared.Coordinates.LonLat; len(c) == 2 {
		return &parley.Content{Kind: parley.ContentLocation, Location: &parley.Location{Latitude: c[1], Longitude: c[0]}}
	}
	return &parley.Content{Kind: parley.ContentPlaceholder, Note: "unsupported"}
}

// id is an identifier: text, or a number of which every digit is kept, as it may
// be larger than a float can hold. It may be negative (event_uuid).
type id string

// UnmarshalJSON takes a string or an integer.
func (i *id) UnmarshalJSON(raw []byte) error {
	if bytes.Equal(raw, []byte("null")) {
		return nil
	}
	s := string(raw)
	if raw[0] == '"' {
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
	}
	if digits := strings.TrimPrefix(s, "-"); s != "" && (len(digits) > 64 || strings.Trim(digits, "0123456789") != "" || digits == "") {
		return fmt.Errorf("no id: %.40q", raw)
	}
	*i = id(s)
	return nil
}

// when is a time in milliseconds, as text or as a number.
type when struct{ time.Time }

// UnmarshalJSON takes either; "" and null are no time.
func (w *when) UnmarshalJSON(raw []byte) error {
	raw = bytes.Trim(raw, `"`)
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return nil
	}
	var ms int64
	if err := json.Unmarshal(raw, &ms); err != nil || ms < 0 {
		return fmt.Errorf("no time: %.40q", raw)
	}
	w.Time = parley.FromMillis(ms)
	return nil
}
