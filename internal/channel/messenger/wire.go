package messenger

import (
	"encoding/json"

	"parley/internal/channel/meta"
)

// What a webhook carries, as Meta writes it.
//
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
type (
	party struct {
		ID meta.ID `json:"id"`
	}

	event struct {
		Sender    party           `json:"sender"`
		Recipient party           `json:"recipient"`
		Timestamp meta.Time       `json:"timestamp"`
		Message   *message        `json:"message"`
		Edit      *edit           `json:"message_edit"`
		Reaction  *reaction       `json:"reaction"`
		Postback  *postback       `json:"postback"`
		Delivery  *watermark      `json:"delivery"`
		Read      *watermark      `json:"read"`
		Optin     *optin          `json:"optin"`
		Referral  *referral       `json:"referral"`
		Policy    *policy         `json:"policy_enforcement"`
		Pass      json.RawMessage `json:"pass_thread_control"`
		Take      json.RawMessage `json:"take_thread_control"`
		Request   json.RawMessage `json:"request_thread_control"`
		Roles     json.RawMessage `json:"app_roles"`
		Linking   json.RawMessage `json:"account_linking"`
	}

	message struct {
		ID          meta.ID           `json:"mid"`
		Text        string            `json:"text"`
		Echo        bool              `json:"is_echo"`
		Deleted     bool              `json:"is_deleted"`
		Unsupported bool              `json:"is_unsupported"`
		AppID       meta.ID           `json:"app_id"`
		Metadata    string            `json:"metadata"`
		Attachments []json.RawMessage `json:"attachments"`
		QuickReply  *struct {
			Payload string `json:"payload"`
		} `json:"quick_reply"`
		ReplyTo struct {
			ID    meta.ID `json:"mid"`
			Story *struct {
				ID  meta.ID `json:"id"`
				URL string  `json:"url"`
			} `json:"story"`
		} `json:"reply_to"`
		Referral *referral `json:"referral"`
	}

	attachment struct {
		Type    string   `json:"type"`
		Title   string   `json:"title"`
		URL     string   `json:"url"`
		Payload *payload `json:"payload"`
	}

	payload struct {
		URL         string  `json:"url"`
		Title       string  `json:"title"`
		StickerID   meta.ID `json:"sticker_id"`
		Coordinates *struct {
			Lat  float64 `json:"lat"`
			Long float64 `json:"long"`
		} `json:"coordinates"`
		Elements []struct {
			Title    string `json:"title"`
			Subtitle string `json:"subtitle"`
		} `json:"elements"`
		Text string `json:"text"`
	}

	edit struct {
		ID   meta.ID `json:"mid"`
		Text string  `json:"text"`
		Num  meta.ID `json:"num_edit"`
	}

	reaction struct {
		Action string  `json:"action"`
		Emoji  string  `json:"emoji"`
		Word   string  `json:"reaction"`
		ID     meta.ID `json:"mid"`
	}

	postback struct {
		ID       meta.ID   `json:"mid"`
		Title    string    `json:"title"`
		Payload  string    `json:"payload"`
		Referral *referral `json:"referral"`
	}

	watermark struct {
		IDs       []meta.ID `json:"mids"`
		ID        meta.ID   `json:"mid"`
		Watermark meta.Time `json:"watermark"`
	}

	optin struct {
		Type string `json:"type"`
		Ref  string `json:"ref"`
	}

	referral struct {
		Ref    string  `json:"ref"`
		Source string  `json:"source"`
		Type   string  `json:"type"`
		AdID   meta.ID `json:"ad_id"`
		Ad     struct {
			Title string `json:"ad_title"`
		} `json:"ads_context_data"`
	}

	policy struct {
		Action string `json:"action"`
		Reason string `json:"reason"`
	}
)
