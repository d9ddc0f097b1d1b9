package telegram

import (
	"strings"

	"parley"
)

func placeholder(note string) *parley.Content {
	return &parley.Content{Kind: parley.ContentPlaceholder, Note: note}
}

// fill reads what a message carries. It returns false for a kind we do not know.
//
// Source: https://core.telegram.org/bots/api#message
func fill(in *parley.Inbound, h head, m message) bool {
	in.Text = m.Text
	if in.Text == "" {
		in.Text = m.Caption
	}
	if h.ReplyTo != nil {
		in.Target = external(h.Chat.ID, h.ReplyTo.ID)
	}
	known := true
	if f, kind := m.file(); f != nil {
		if kind == parley.ContentSticker && in.Text == "" {
			in.Text = f.Emoji
		}
		in.Content = &parley.Content{Kind: kind, Files: []parley.Attachment{{
			Kind: kind, Name: f.Name, Type: f.Type, Size: f.Size, Width: f.Width, Height: f.Height, State: parley.AttachmentFetching, Ref: f.ID, Caption: m.Caption,
		}}}
	} else {
		known = m.plain(in)
	}
	if len(h.Forward) > 0 || h.Forward0 > 0 {
		if in.Content == nil {
			in.Content = &parley.Content{Kind: parley.ContentText}
		}
		in.Content.Forwarded = true
	}
	return known
}

// file is the one a message carries. Of a photo, Telegram offers several sizes; of
// an animation, it also says that it is a document.
func (m message) file() (*file, parley.ContentKind) {
	var photo *file
	for i := range m.Photo {
		if photo == nil || m.Photo[i].Width*m.Photo[i].Height > photo.Width*photo.Height {
			photo = &m.Photo[i]
		}
	}
	if photo != nil {
		photo.Type = "image/jpeg"
	}
	if m.Sticker != nil && m.Sticker.Type == "" {
		m.Sticker.Type = "image/webp"
	}
	for _, one := range []struct {
		file *file
		kind parley.ContentKind
	}{
		{photo, parley.ContentImage}, {m.Animation, parley.ContentVideo}, {m.Video, parley.ContentVideo}, {m.VideoNote, parley.ContentVideo},
		{m.Voice, parley.ContentVoice}, {m.Audio, parley.ContentAudio}, {m.Sticker, parley.ContentSticker}, {m.Document, parley.ContentDocument},
	} {
		if one.file != nil && one.file.ID != "" {
			return one.file, one.kind
		}
	}
	return nil, ""
}

// plain reads a message without a file.
func (m message) plain(in *parley.Inbound) bool {
	switch {
	case m.Venue != nil:
		l := m.Venue.Location
		in.Content = &parley.Content{Kind: parley.ContentLocation, Location: &parley.Location{Latitude: l.Latitude, Longitude: l.Longitude, Name: m.Venue.Title, Address: m.Venue.Address}}
		in.Text = strings.Trim(m.Venue.Title+", "+m.Venue.Address, ", ")
	case m.Location != nil:
		in.Content = &parley.Content{Kind: parley.ContentLocation, Location: &parley.Location{Latitude: m.Location.Latitude, Longitude: m.Location.Longitude}}
	case m.Contact != nil:
		card := parley.ContactCard{Name: strings.TrimSpace(m.Contact.First + " " + m.Contact.Last), Phones: []string{m.Contact.Phone}}
		in.Content = &parley.Content{Kind: parley.ContentContacts, Contacts: []parley.ContactCard{card}}
		in.Text = strings.TrimSpace(card.Name + " " + m.Contact.Phone)
	case strings.HasPrefix(in.Text, "/start "), in.Text == "/start":
		id := strings.TrimSpace(strings.TrimPrefix(in.Text, "/start"))
		in.Text = "/start"
		in.Content = &parley.Content{Kind: parley.ContentChoice, Choice: &parley.Choice{ID: id, Title: "/start"}}
	case in.Text == "":
		in.Content = placeholder("unsupported")
		return m.Poll != nil || m.Dice != nil || m.Story != nil || m.Game != nil
	}
	return true
}
