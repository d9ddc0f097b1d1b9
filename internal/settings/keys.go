package settings

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parley"
)

var (
	tenant     = []parley.Scope{parley.ScopeTenant}
	people     = []parley.Scope{parley.ScopeAgent, parley.ScopeGroup, parley.ScopeTenant}
	groups     = []parley.Scope{parley.ScopeGroup, parley.ScopeTenant}
	perAgent   = []parley.Scope{parley.ScopeAgent, parley.ScopeTenant}
	queues     = []parley.Scope{parley.ScopeQueue, parley.ScopeTenant}
	entrances  = []parley.Scope{parley.ScopeEntryPoint, parley.ScopeTenant}
	breaks     = []string{string(parley.OnBreak), string(parley.WorkOffline)}
	statuses   = []string{string(parley.Available), string(parley.OnBreak), string(parley.WorkOffline)}
	console    = parley.PresetConsole
	crmPanel   = parley.PresetCRMPanel
	secondsDay = int64(86_400)
)

// The hard ceilings of texts: what a message may hold wherever it goes.
//
// Unit: code points after NFC.
// Source: CNV-03.
const (
	WebChatTextMax       = 5000
	SupportCenterTextMax = 5000

	SMSTextMax       = 1600   // as much as the carriers take in one piece
	FacebookTextMax  = 20_000 // ten messages of the network
	InstagramTextMax = 10_000
	XTextMax         = 10_000
	WhatsAppTextMax  = 40_954
	TelegramTextMax  = 40_954
)

// registry lists every setting there is.
var registry = []Def{
	flag("agents.may_reject", people, false, "SEC-04"),
	flag("agents.may_block", people, true, "SOC-08"),
	flag("agents.may_edit_profile", people, true, "SEC-05"),
	flag("agents.may_toggle_queues", people, true, "SEC-05"),
	flag("agents.may_change_screenpop", tenant, true, "POP-07"),

	choice("presence.login_status", tenant, "on_break", statuses, "PRE-02"),
	choice("presence.on_reject", people, "on_break", breaks, "PRE-09"),
	choice("presence.on_timeout", people, "on_break", breaks, "PRE-09"),
	number("presence.auto_return_s", perAgent, 0, span{0, secondsDay}, "PRE-11").seconds(),
	choice("presence.after_wrapup", tenant, "available", statuses, "PRE-08"),
	choice("presence.after_stop_new", tenant, "work_offline", statuses, "PRE-08"),
	choice("presence.busy_menu", tenant, "stop_new_only", []string{"stop_new_only", "deferred"}, "PRE-05"),

	number("offer.max_parallel_per_agent", tenant, 1, span{1, 20}, "E1b"),
	choice("offer.exclude_rejecter", tenant, "until_others_tried", []string{"until_others_tried", "off"}, "OFR-08"),
	number("cap.hard_max", tenant, parley.DefaultCapacity, span{1, parley.CapacityMax}, "CAP-01"),
	flag("cap.wrapup_counts", tenant, true, "CAP-03"),
	{
		Key: "idle.reset_on", Type: Choices, Scopes: tenant, Default: literal([]string{"wrapup_end"}),
		Options: []string{"wrapup_end", "status_change"}, Source: "RTE-03",
	},

	number("resume.agent_grace_s", tenant, 120, span{5, 3600}, "P17").seconds(),
	number("resume.offer_grace_s", tenant, 20, span{1, 600}, "P17").seconds(),
	number("resume.customer_grace_s", entrances, 120, span{5, 3600}, "I18").seconds(),
	number("resume.queue_grace_s", entrances, 120, span{5, 3600}, "RES-01").seconds(),
	number("resume.requeue_boost", tenant, 50, span{0, 1000}, "I21"),

	flag("transfer.to_agent", tenant, true, "XFR-01"),
	choice("transfer.to_unstaffed", tenant, "refuse", []string{"refuse", "warn"}, "XFR-05"),
	number("transfer.boost", tenant, 0, span{0, 1000}, "XFR-06"),

	number("wrapup.extend", tenant, 0, span{0, 3600}, "WRP-11").seconds(),
	flag("wrapup.confirm_end", groups, false, "WRP-01"),
	flag("wrapup.continue_step", groups, true, "WRP-08").preset(console, false).preset(crmPanel, false),

	flag("autolog.enabled", queues, true, "CRM-09"),
	choice("autolog.pop", queues, "auto", []string{"none", "view", "edit", "auto"}, "CRM-10"),
	choice("autolog.case_status", entrances, "closed", []string{"open", "closed"}, "CRM-13"),
	choice("case.reopen", tenant, "within", []string{"never", "within", "always"}, "CRM-06"),
	number("case.reopen_days", tenant, 30, span{1, 3650}, "CRM-06").days(),
	choice("case.reopen_to", tenant, "former", []string{"former", "handling"}, "CRM-06"),
	flag("transcript.to_visitor", entrances, true, "CRM-08"),
	choice("crm.new_customer_mode", entrances, "form", []string{"form", "auto_create", "none"}, "POP-03"),
	flag("crm.timeline_per_channel", tenant, false, "CRM-14"),
	leastRole("customers.create", parley.RoleAgent),
	leastRole("customers.edit", parley.RoleAgent),
	leastRole("customers.delete", parley.RoleSupervisor),
	leastRole("customers.merge", parley.RoleSupervisor),
	leastRole("customers.export", parley.RoleSupervisor),
	leastRole("customers.erase", parley.RoleAdmin),
	flag("privacy.mask_cards", tenant, true, "A-118"),
	flag("faq.send_html", tenant, false, "FAQ-04"),
	number("customers.deleted_days", tenant, 30, span{1, 3650}, "CRM-02").days(),
	choice("reply.route", entrances, "last_queue", []string{"last_queue", "script"}, "RPL-02"),
	number("reply.prefer_last_agent", entrances, 0, span{0, secondsDay}, "RPL-03").seconds(),
	number("inactivity.warn_s", entrances, 0, span{0, 30 * secondsDay}, "I22").seconds(),
	number("inactivity.close_s", entrances, 0, span{0, 30 * secondsDay}, "I22").seconds(),
	{Key: "inactivity.text_en", Type: Text, Scopes: entrances, Default: literal(""), Max: 500, Source: "I22"},
	{Key: "inactivity.text_fr", Type: Text, Scopes: entrances, Default: literal(""), Max: 500, Source: "I22"},
	choice("window.on_close", entrances, "keep", []string{"keep", "end_talk"}, "I23"),
	number("window.warn_s", entrances, 3600, span{60, secondsDay / 2}, "I23").seconds(),
	number("park.max_days", queues, 30, span{1, 365}, "I29").days(),
	choice("closed_policy", entrances, "auto_reply_and_keep", []string{"auto_reply_and_keep", "log_missed"}, "SCR-07"),
	{Key: "phone.default_country", Type: Text, Scopes: tenant, Default: literal("US"), Max: 2, Source: "SMS-08"},
	number("raw.keep_days", tenant, 30, span{1, 3650}, "networks.md 1").days(),
	flag("pop.on_offer", people, true, "POP-01"),
	flag("pop.on_accept", people, false, "POP-01"),
	flag("pop.on_end", people, false, "POP-01"),
	text("pop.match_field", 100, "POP-04"),
	flag("dyn.auto_multi_match_pop", people, true, "DYN-04"),
	flag("dyn.pop", people, true, "DYN-03"),
	flag("dyn.may_change", people, true, "DYN-07"),

	number("text.agent_limit.webchat", groups, 1940, span{1, WebChatTextMax}, "CNV-03").
		codePoints(WebChatTextMax).preset(console, 5000).preset(crmPanel, 5000),
	number("text.agent_limit.support_center", groups, 1940, span{1, SupportCenterTextMax}, "CNV-03").
		codePoints(SupportCenterTextMax).preset(console, 5000).preset(crmPanel, 5000),
	onNetwork("sms", 1500, SMSTextMax),
	onNetwork("facebook", 1940, FacebookTextMax),
	onNetwork("instagram", 1940, InstagramTextMax),
	onNetwork("x", 1940, XTextMax),
	onNetwork("whatsapp", WhatsAppTextMax, WhatsAppTextMax),
	onNetwork("telegram", 1940, TelegramTextMax),
	onNetwork("open", 1940, WhatsAppTextMax),
	flag("text.signature", entrances, false, "SCR-02"),
	choice("sms.currency", tenant, "USD", currencies, "SMS-01"),
	{
		Key: "sms.number_countries", Type: Choices, Unit: "country", Scopes: tenant, Default: literal(numberCountries), Options: countries,
		Source: "SMS-01",
	},
	flag("sms.agent_outbound", tenant, false, "SMS-03"),
	flag("whatsapp.templates", tenant, false, "WAP-05"),
	number("text.customer_limit.webchat", tenant, 5000, span{1, WebChatTextMax}, "CNV-03").codePoints(WebChatTextMax),
	number("text.customer_limit.support_center", tenant, 500, span{1, SupportCenterTextMax}, "CNV-03").
		codePoints(SupportCenterTextMax),

	{Key: "help.docs_url", Type: Text, Scopes: tenant, Default: literal(""), Max: 500, Link: true, Source: "F114"},
	{Key: "help.feedback_url", Type: Text, Scopes: tenant, Default: literal(""), Max: 500, Link: true, Source: "F114"},
	choice("ui.labels.end", groups, "end", []string{"end", "end_chat"}, "CFG-05").preset(console, "end_chat"),
	choice("ui.labels.wrapup", groups, "wrap_up", []string{"wrap_up", "end_post_processing"}, "CFG-05").
		preset(console, "end_post_processing"),

	text("oidc.name", 60, "A-086"),
	{Key: "oidc.issuer", Type: Text, Scopes: tenant, Default: literal(""), Max: 500, Web: true, Source: "A-086"},
	text("oidc.client_id", 200, "A-086"),
	{Key: "oidc.client_secret", Type: Secret, Scopes: tenant, Default: literal(""), Max: 512, Source: "A-086"},
	choice("oidc.claim", tenant, "email", []string{"email", "preferred_username"}, "A-086"),
	{Key: "panel.origins", Type: Text, Scopes: tenant, Default: literal(""), Max: 2000, Origins: true, Source: "DYN-01, A-110"},

	text("mail.host", 253, "SCR-07").form(host),
	number("mail.port", tenant, 587, span{1, 65_535}, "SCR-07"),
	choice("mail.tls", tenant, "starttls", []string{"starttls", "tls", "none"}, "SCR-07"),
	text("mail.user", 254, "SCR-07"),
	{Key: "mail.password", Type: Secret, Scopes: tenant, Default: literal(""), Max: 512, Source: "SCR-07"},
	text("mail.from", 254, "SCR-07").form(sender),
	text("mail.maintenance", 2000, "SOC-01").form(addresses),
}

var sorted = func() []Def {
	list := slices.Clone(registry)
	slices.SortFunc(list, func(a, b Def) int { return strings.Compare(a.Key, b.Key) })
	return list
}()

// span is the least and the most a number may be.
type span struct{ least, most int64 }

func flag(key string, scopes []parley.Scope, value bool, source string) Def {
	return Def{Key: key, Type: Bool, Scopes: scopes, Default: literal(value), Source: source}
}

func number(key string, scopes []parley.Scope, value int64, bounds span, source string) Def {
	return Def{Key: key, Type: Int, Scopes: scopes, Default: literal(value), Min: bounds.least, Max: bounds.most, Source: source}
}

func choice(key string, scopes []parley.Scope, value string, options []string, source string) Def {
	return Def{Key: key, Type: Choice, Scopes: scopes, Default: literal(value), Options: options, Source: source}
}

// leastRole says which role something done to customers takes at least.
func leastRole(key string, role parley.Role) Def {
	return choice(key, people, string(role), []string{string(parley.RoleAgent), string(parley.RoleSupervisor), string(parley.RoleAdmin)}, "SEC-07")
}

// onNetwork is how long an agent's message on a network may be.
func onNetwork(name string, value, most int64) Def {
	return number("text.agent_limit."+name, groups, value, span{1, most}, "CNV-03").codePoints(most)
}

func text(key string, longest int64, source string) Def {
	return Def{Key: key, Type: Text, Scopes: tenant, Default: literal(""), Max: longest, Source: source}
}

func (d Def) seconds() Def {
	d.Unit = "seconds"
	return d
}

func (d Def) days() Def {
	d.Unit = "days"
	return d
}

func (d Def) codePoints(ceiling int64) Def {
	d.Unit, d.Ceiling = "code points", ceiling
	return d
}

func (d Def) preset(p parley.Preset, value any) Def {
	if d.Presets == nil {
		d.Presets = map[parley.Preset]json.RawMessage{}
	}
	d.Presets[p] = literal(value)
	return d
}

// literal is a value of the registry as JSON.
func literal(value any) json.RawMessage {
	b, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("settings: %v is no JSON value", value))
	}
	return b
}
