package whatsapp

import (
	"encoding/json"

	"parley/internal/channel/meta"
)

// What a webhook carries, as Meta writes it.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
type (
	change struct {
		Field string          `json:"field"`
		Value json.RawMessage `json:"value"`
	}

	value struct {
		Metadata struct {
			PhoneNumberID meta.ID `json:"phone_number_id"`
		} `json:"metadata"`
		Contacts []contact         `json:"contacts"`
		Messages []json.RawMessage `json:"messages"`
		Echoes   []json.RawMessage `json:"message_echoes"`
		Statuses []json.RawMessage `json:"statuses"`
		Updates  []json.RawMessage `json:"user_id_update"`
		Errors   []fault           `json:"errors"`
	}

	contact struct {
		Profile struct {
			Name     string `json:"name"`
			Username string `json:"username"`
		} `json:"profile"`
		WaID   meta.ID `json:"wa_id"`
		UserID meta.ID `json:"user_id"`
	}

	// head is what every message has, whatever its type.
	head struct {
		From       meta.ID   `json:"from"`
		FromUserID meta.ID   `json:"from_user_id"`
		To         meta.ID   `json:"to"`
		ToUserID   meta.ID   `json:"to_user_id"`
		GroupID    meta.ID   `json:"group_id"`
		ID         meta.ID   `json:"id"`
		Timestamp  meta.Time `json:"timestamp"`
		Type       string    `json:"type"`
		Context    struct {
			ID         meta.ID `json:"id"`
			Forwarded  bool    `json:"forwarded"`
			Frequently bool    `json:"frequently_forwarded"`
			Product    struct {
				ID meta.ID `json:"product_retailer_id"`
			} `json:"referred_product"`
		} `json:"context"`
		Referral *referral `json:"referral"`
		System   struct {
			Previous meta.ID `json:"previous_user_id"` // whose id changed, where nobody else is named
		} `json:"system"`
	}

	referral struct {
		SourceURL  string  `json:"source_url"`
		SourceType string  `json:"source_type"`
		SourceID   meta.ID `json:"source_id"`
		Headline   string  `json:"headline"`
		Body       string  `json:"body"`
	}

	message struct {
		Text        struct{ Body string } `json:"text"`
		Image       *media                `json:"image"`
		Video       *media                `json:"video"`
		Audio       *media                `json:"audio"`
		Document    *media                `json:"document"`
		Sticker     *media                `json:"sticker"`
		Location    *location             `json:"location"`
		Contacts    []card                `json:"contacts"`
		Order       *order                `json:"order"`
		Interactive *interactive          `json:"interactive"`
		Button      *struct {
			Text    string  `json:"text"`
			Payload meta.ID `json:"payload"`
		} `json:"button"`
		Reaction *struct {
			MessageID meta.ID `json:"message_id"`
			Emoji     string  `json:"emoji"`
		} `json:"reaction"`
		Edit *struct {
			Original meta.ID         `json:"original_message_id"`
			Message  json.RawMessage `json:"message"`
		} `json:"edit"`
		Revoke *struct {
			Original meta.ID `json:"original_message_id"`
		} `json:"revoke"`
		System *system `json:"system"`
		Errors []fault `json:"errors"`
	}

	media struct {
		ID       meta.ID `json:"id"`
		MimeType string  `json:"mime_type"`
		SHA256   string  `json:"sha256"`
		Caption  string  `json:"caption"`
		Filename string  `json:"filename"`
		Voice    bool    `json:"voice"`
	}

	location struct {
		Latitude  float64 `json:"latitude"`
		Longitude float64 `json:"longitude"`
		Name      string  `json:"name"`
		Address   string  `json:"address"`
	}

	card struct {
		Name struct {
			Formatted string `json:"formatted_name"`
			First     string `json:"first_name"`
			Last      string `json:"last_name"`
		} `json:"name"`
		Phones []struct {
			Phone string `json:"phone"`
		} `json:"phones"`
		Emails []struct {
			Email string `json:"email"`
		} `json:"emails"`
	}

	order struct {
		Text  string `json:"text"`
		Items []struct {
			Product  meta.ID     `json:"product_retailer_id"`
			Quantity json.Number `json:"quantity"`
			Price    json.Number `json:"item_price"`
			Currency string      `json:"currency"`
		} `json:"product_items"`
	}

	interactive struct {
		Type        string  `json:"type"`
		ButtonReply *choice `json:"button_reply"`
		ListReply   *choice `json:"list_reply"`
		Form        *struct {
			Body     string          `json:"body"`
			Response json.RawMessage `json:"response_json"`
		} `json:"nfm_reply"`
	}

	choice struct {
		ID    meta.ID `json:"id"`
		Title string  `json:"title"`
	}

	system struct {
		Type    string  `json:"type"`
		WaID    meta.ID `json:"wa_id"`
		NewWaID meta.ID `json:"new_wa_id"` // before v12
		UserID  meta.ID `json:"user_id"`
	}

	status struct {
		ID        meta.ID   `json:"id"`
		Status    string    `json:"status"`
		Timestamp meta.Time `json:"timestamp"`
		Ref       string    `json:"biz_opaque_callback_data"`
		Errors    []fault   `json:"errors"`
	}

	userUpdate struct {
		WaID   meta.ID `json:"wa_id"`
		UserID struct {
			Previous meta.ID `json:"previous"`
			Current  meta.ID `json:"current"`
		} `json:"user_id"`
		Timestamp meta.Time `json:"timestamp"`
	}

	fault struct {
		Code    int    `json:"code"`
		Title   string `json:"title"`
		Message string `json:"message"`
		Data    struct {
			Details string `json:"details"`
		} `json:"error_data"`
	}
)
