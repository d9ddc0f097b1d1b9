package whatsapp

import (
	"context"
	"strconv"

	"parley/internal/simulator"
)

// news are webhooks about the account rather than a customer. Payload is the
// event's name in each; Text the reason or the violation.
// Source: .../whatsapp/webhooks/reference/message_template_status_update,
// .../phone_number_quality_update, .../account_update
func (n *network) news(ctx context.Context, in simulator.In) error {
	field, value := in.Kind, map[string]any{}
	switch in.Kind {
	case "message_template_status_update":
		about := template{Name: in.Title}
		for _, t := range templates {
			if t.Name == or(in.Title, "invoice_ready") {
				about = t
				break
			}
		}
		id, _ := strconv.ParseInt(about.ID, 10, 64) // 0 for a template we do not have
		value = map[string]any{"event": or(in.Payload, "PAUSED"), "message_template_id": id, "message_template_name": about.Name,
			"message_template_language": or(about.Language, "en"), "reason": or(in.Text, "NONE")}
	case "phone_number_quality_update":
		value = map[string]any{"display_phone_number": n.display(), "event": or(in.Payload, "FLAGGED"), "current_limit": "TIER_1K"}
	case "account_update":
		value = map[string]any{"event": or(in.Payload, "ACCOUNT_VIOLATION")}
		switch value["event"] {
		case "ACCOUNT_VIOLATION":
			value["violation_info"] = map[string]string{"violation_type": or(in.Text, "SPAM")}
		case "DISABLED_UPDATE":
			value["ban_info"] = map[string]string{"waba_ban_state": "DISABLE", "waba_ban_date": n.line.Now().Format("January 2, 2006")}
		}
	}
	return n.post(ctx, "", map[string]any{"object": "whatsapp_business_account", "entry": []any{map[string]any{
		"id": n.waba(), "time": n.line.Now().Unix(), "changes": []any{map[string]any{"field": field, "value": value}}}}})
}

// preference tells that the customer stopped marketing messages, or wants them again.
// Source: .../whatsapp/webhooks/reference/user_preferences
func (n *network) preference(ctx context.Context, p *person, value string) error {
	about := map[string]any{"detail": "User requested to " + value + " marketing messages", "category": "marketing_messages", "value": value, "timestamp": n.line.Now().Unix(), "user_id": p.userID}
	if p.waID != "" {
		about["wa_id"] = p.waID
	}
	return n.send(ctx, n.hook(p.who, "user_preferences", map[string]any{"contacts": []any{n.contact(p, p.waID == "")}, "user_preferences": []any{about}}))
}
