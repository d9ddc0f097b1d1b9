package whatsapp

import (
	"encoding/json"
	"fmt"
	"strings"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// states are Meta's words for how far a message came.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
var states = map[string]parley.DeliveryState{
	"sent": parley.DeliverySent, "delivered": parley.DeliveryDelivered, "read": parley.DeliveryRead,
	"played": parley.DeliveryPlayed, "failed": parley.DeliveryFailed,
}

func (rd *reader) status(raw json.RawMessage) {
	if rd.tally.Full() {
		rd.out.Unreadable(meta.TooMany)
		return
	}
	var s status
	if err := json.Unmarshal(raw, &s); err != nil || s.ID == "" {
		rd.out.Unreadable("no_id")
		return
	}
	state, ok := states[s.Status]
	if !ok {
		if s.Status != "deleted" { // of old versions: the customer removed it
			rd.out.Unreadable("unknown_kind " + channel.Words(s.Status))
		}
		return
	}
	out := parley.Status{ExternalID: string(s.ID), State: state, At: s.Timestamp.Time}
	out.Ref, out.Part = channel.ParseRef(s.Ref)
	if state == parley.DeliveryFailed {
		out.Code = string(channel.Undeliverable)
		if len(s.Errors) > 0 && s.Errors[0].Code != 0 {
			out.Code, out.Detail = string(class(s.Errors[0].Code)), s.Errors[0].detail()
		}
	}
	rd.out.Statuses = append(rd.out.Statuses, out)
}

// detail is an error in Meta's words, the most exact ones.
func (f fault) detail() string {
	words := f.Title
	if f.Message != "" && f.Message != f.Title {
		words = f.Message
	}
	if f.Data.Details != "" {
		words = f.Data.Details
	}
	return strings.TrimSpace(fmt.Sprint(f.Code) + " " + channel.Words(words))
}

// account is what a field about the account itself may say.
type account struct {
	Event          string  `json:"event"`
	Decision       string  `json:"decision"`
	Reason         string  `json:"reason"`
	TemplateName   string  `json:"message_template_name"`
	TemplateLang   string  `json:"message_template_language"`
	NewQuality     string  `json:"new_quality_score"`
	NewCategory    string  `json:"new_category"`
	CurrentLimit   string  `json:"current_limit"`
	AlertType      string  `json:"alert_type"`
	AlertSeverity  string  `json:"alert_severity"`
	RequestedName  string  `json:"requested_verified_name"`
	Rejection      string  `json:"rejection_reason"`
	DisplayPhoneID meta.ID `json:"display_phone_number"`
	Ban            struct {
		State string `json:"waba_ban_state"`
	} `json:"ban_info"`
	Violation struct {
		Type string `json:"violation_type"`
	} `json:"violation_info"`
}

// quiet fields say nothing an administrator must act on.
var quiet = map[string]bool{
	"business_capability_update": true, "history": true, "smb_app_state_sync": true, "user_preferences": true,
	"flows": true, "payment_configuration_update": true, "partner_solutions": true, "tracking_events": true,
	"message_template_components_update": true, "business_status_update": true, "calls": true,
}

// news reads a field about our account. Only what needs attention is told.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
func (rd *reader) news(c change) {
	if rd.tally.Full() || quiet[c.Field] {
		return
	}
	var a account
	if err := json.Unmarshal(c.Value, &a); err != nil {
		rd.out.Unreadable("unreadable_part " + channel.Words(c.Field) + ": " + channel.Words(err.Error()))
		return
	}
	code, known := attention(c.Field, a)
	if !known {
		rd.out.Unreadable("unknown_kind " + channel.Words(c.Field))
	}
	if code == "" {
		return
	}
	detail := join(" ", c.Field, a.Event, a.Decision, a.AlertSeverity, a.AlertType, a.TemplateName, a.TemplateLang, a.NewQuality, a.NewCategory,
		a.CurrentLimit, a.RequestedName, a.Ban.State, a.Violation.Type, none(a.Reason), none(a.Rejection))
	rd.out.News = append(rd.out.News, channel.News{Code: code, Detail: channel.Words(detail)})
}

// none drops Meta's way of saying that there is no reason.
func none(s string) string {
	if s == "NONE" {
		return ""
	}
	return s
}

// attention says what class of news a field is, "" if nobody need act.
func attention(field string, a account) (code channel.Code, known bool) {
	has := func(list ...string) bool {
		for _, s := range list {
			if s == a.Event || s == a.Decision || s == a.NewQuality || s == a.AlertSeverity {
				return true
			}
		}
		return false
	}
	if when, ok := map[string]struct {
		code   channel.Code
		events []string
	}{
		"message_template_status_update":  {channel.TemplateFault, []string{"REJECTED", "PAUSED", "DISABLED", "FLAGGED", "PENDING_DELETION", "DELETED", "LIMIT_EXCEEDED", "ARCHIVED"}},
		"message_template_quality_update": {channel.TemplateFault, []string{"RED"}},
		"phone_number_quality_update":     {channel.Restricted, []string{"FLAGGED", "DOWNGRADE"}},
		"phone_number_name_update":        {channel.Config, []string{"REJECTED", "DECLINED"}},
		"account_review_update":           {channel.Blocked, []string{"REJECTED"}},
		"account_alerts":                  {channel.Restricted, []string{"WARNING", "CRITICAL"}},
		"security":                        {channel.Config, []string{"PIN_CHANGED", "PIN_RESET_REQUEST"}},
	}[field]; ok {
		if has(when.events...) {
			return when.code, true
		}
		return "", true
	}
	switch field {
	case "template_category_update":
		return channel.TemplateFault, true
	case "account_update":
		switch {
		case a.Event == "DISABLED_UPDATE" && a.Ban.State != "REINSTATE", a.Event == "ACCOUNT_DELETED", a.Event == "PARTNER_REMOVED":
			return channel.Blocked, true
		case has("ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION"):
			return channel.Restricted, true
		}
		return "", true
	}
	return "", false
}
