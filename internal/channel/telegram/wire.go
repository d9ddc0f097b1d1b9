package telegram

import (
	"encoding/json"
	"time"
)

// What an update carries, as Telegram writes it. Its numbers are kept as they
// are written: an id may have 52 bits.
//
// Source: https://core.telegram.org/bots/api#update
type (
	update struct {
		ID       json.Number     `json:"update_id"`
		Message  json.RawMessage `json:"message"`
		Edited   json.RawMessage `json:"edited_message"`
		Callback *callback       `json:"callback_query"`
		Member   *member         `json:"my_chat_member"`
		Reaction *reacted        `json:"message_reaction"`
	}

	// head is what every message has.
	head struct {
		ID      json.Number `json:"message_id"`
		From    *user       `json:"from"`
		Chat    chat        `json:"chat"`
		Date    seconds     `json:"date"`
		ReplyTo *struct {
			ID json.Number `json:"message_id"`
		} `json:"reply_to_message"`
		Forward  json.RawMessage `json:"forward_origin"`
		Forward0 seconds         `json:"forward_date"` // before Bot API 7.0
	}

	message struct {
		Text      string    `json:"text"`
		Caption   string    `json:"caption"`
		Photo     []file    `json:"photo"`
		Document  *file     `json:"document"`
		Animation *file     `json:"animation"`
		Video     *file     `json:"video"`
		VideoNote *file     `json:"video_note"`
		Audio     *file     `json:"audio"`
		Voice     *file     `json:"voice"`
		Sticker   *file     `json:"sticker"`
		Location  *location `json:"location"`
		Venue     *struct {
			Location location `json:"location"`
			Title    string   `json:"title"`
			Address  string   `json:"address"`
		} `json:"venue"`
		Contact *struct {
			Phone string `json:"phone_number"`
			First string `json:"first_name"`
			Last  string `json:"last_name"`
		} `json:"contact"`
		Poll     json.RawMessage `json:"poll"`
		Dice     json.RawMessage `json:"dice"`
		Story    json.RawMessage `json:"story"`
		Game     json.RawMessage `json:"game"`
		Keyboard struct {
			Rows [][]struct {
				Text string `json:"text"`
				Data string `json:"callback_data"`
			} `json:"inline_keyboard"`
		} `json:"reply_markup"`
	}

	user struct {
		ID       json.Number `json:"id"`
		Bot      bool        `json:"is_bot"`
		First    string      `json:"first_name"`
		Last     string      `json:"last_name"`
		Username string      `json:"username"`
		Language string      `json:"language_code"`
	}

	chat struct {
		ID       json.Number `json:"id"`
		Type     string      `json:"type"`
		First    string      `json:"first_name"`
		Last     string      `json:"last_name"`
		Username string      `json:"username"`
	}

	file struct {
		ID     string `json:"file_id"`
		Name   string `json:"file_name"`
		Type   string `json:"mime_type"`
		Size   int64  `json:"file_size"`
		Width  int    `json:"width"`
		Height int    `json:"height"`
		Emoji  string `json:"emoji"`
	}

	location struct {
		Latitude  float64 `json:"latitude"`
		Longitude float64 `json:"longitude"`
	}

	callback struct {
		ID      string          `json:"id"`
		From    user            `json:"from"`
		Data    string          `json:"data"`
		Message json.RawMessage `json:"message"`
	}

	member struct {
		Chat chat    `json:"chat"`
		From user    `json:"from"`
		Date seconds `json:"date"`
		New  struct {
			Status string `json:"status"`
		} `json:"new_chat_member"`
	}

	reacted struct {
		Chat chat        `json:"chat"`
		ID   json.Number `json:"message_id"`
		User *user       `json:"user"`
		Date seconds     `json:"date"`
		New  []struct {
			Emoji string `json:"emoji"`
		} `json:"new_reaction"`
	}
)

// seconds is a time as Telegram writes it.
type seconds int64

// Time returns the time, zero for none.
func (s seconds) Time() time.Time {
	if s <= 0 || s > 1<<40 {
		return time.Time{}
	}
	return time.Unix(int64(s), 0).UTC()
}
