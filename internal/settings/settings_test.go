package settings

import (
	"encoding/json"
	"slices"
	"testing"

	"parley"
)

func set(scope parley.Scope, id, key, value string) parley.Setting {
	return parley.Setting{Scope: scope, ScopeID: id, Key: key, Value: value}
}

func TestResolve(t *testing.T) {
	const key = "presence.on_reject"
	amy := At{Agent: "amy", Group: "support", Queue: "billing", EntryPoint: "shop", Preset: parley.PresetWorkspace}
	rows := []parley.Setting{
		set(parley.ScopeAgent, "amy", key, `"work_offline"`),
		set(parley.ScopeGroup, "support", key, `"on_break"`),
		set(parley.ScopeTenant, "", key, `"work_offline"`),
	}
	tests := []struct {
		name string
		rows []parley.Setting
		at   At
		want string
	}{
		{"CFG-01: the agent's value counts first", rows, amy, "work_offline"},
		{"CFG-01: then the group's", rows[1:], amy, "on_break"},
		{"CFG-01: then the tenant's", rows[2:], amy, "work_offline"},
		{"CFG-01: then the product's", nil, amy, "on_break"},
		{"CFG-01: another agent's value does not count", rows[:1], At{Agent: "bob"}, "on_break"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := New(tt.rows).Text(key, tt.at); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestQueueBeforeEntryPointBeforeTenant(t *testing.T) {
	values := New([]parley.Setting{
		set(parley.ScopeQueue, "billing", "autolog.pop", `"view"`),
		set(parley.ScopeTenant, "", "autolog.pop", `"none"`),
		set(parley.ScopeEntryPoint, "shop", "autolog.case_status", `"open"`),
	})
	if got := values.Text("autolog.pop", At{Queue: "billing"}); got != "view" {
		t.Errorf("CFG-01: the queue's value: got %s", got)
	}
	if got := values.Text("autolog.pop", At{Queue: "sales"}); got != "none" {
		t.Errorf("CFG-01: the tenant's value for another queue: got %s", got)
	}
	if got := values.Text("autolog.case_status", At{EntryPoint: "shop"}); got != "open" {
		t.Errorf("CRM-13: the entry point's value: got %s", got)
	}
}

func TestPresets(t *testing.T) {
	const key = "text.agent_limit.webchat"
	none := New(nil)
	for preset, want := range map[parley.Preset]int{
		parley.PresetWorkspace: 1940, parley.PresetConsole: 5000, parley.PresetCRMPanel: 5000, "": 1940,
	} {
		if got := none.Int(key, At{Preset: preset}); got != want {
			t.Errorf("CNV-03: limit in %q is %d, want %d", preset, got, want)
		}
	}
	tenant := New([]parley.Setting{set(parley.ScopeTenant, "", key, "1000")})
	if got := tenant.Int(key, At{Preset: parley.PresetConsole}); got != 1000 {
		t.Errorf("CFG-01: a tenant value overrides every preset: got %d", got)
	}
	if !none.Bool("wrapup.continue_step", At{}) || none.Bool("wrapup.continue_step", At{Preset: parley.PresetConsole}) {
		t.Error("WRP-08: the continue step is the workspace's")
	}
	if got := none.Text("ui.labels.wrapup", At{Preset: parley.PresetConsole}); got != "end_post_processing" {
		t.Errorf("CFG-05: the console's label: got %s", got)
	}
}

func TestPops(t *testing.T) {
	keys := []string{"pop.on_offer", "pop.on_accept", "pop.on_end"}
	for combination := range 8 {
		var rows []parley.Setting
		for i, key := range keys {
			value := "false"
			if combination>>i&1 == 1 {
				value = "true"
			}
			rows = append(rows, set(parley.ScopeTenant, "", key, value))
		}
		values := New(rows)
		for i, key := range keys {
			if got := values.Bool(key, At{}); got != (combination>>i&1 == 1) {
				t.Errorf("POP-01: any combination of offered, accepted, completed: %s is %t in %03b", key, got, combination)
			}
		}
	}
	if none := New(nil); !none.Bool("pop.on_offer", At{}) || none.Bool("pop.on_accept", At{}) || none.Bool("pop.on_end", At{}) {
		t.Error("POP-01: at the offer, unless set otherwise")
	}
}

func TestCeiling(t *testing.T) {
	v := New([]parley.Setting{set(parley.ScopeTenant, "", "text.agent_limit.webchat", "9000")})
	if got := v.Int("text.agent_limit.webchat", At{}); got != WebChatTextMax {
		t.Errorf("CFG-01: hard ceilings always win: got %d", got)
	}
}

func TestWith(t *testing.T) {
	old := New([]parley.Setting{set(parley.ScopeTenant, "", "pop.on_end", "true")})
	changed := old.With(set(parley.ScopeTenant, "", "pop.on_end", ""), set(parley.ScopeTenant, "", "pop.on_accept", "true"))
	if changed.Bool("pop.on_end", At{}) || !changed.Bool("pop.on_accept", At{}) {
		t.Error("CFG-02: a change counts for the next reading")
	}
	if !old.Bool("pop.on_end", At{}) {
		t.Error("the values before the change stay as they were")
	}
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name string
		in   parley.Setting
		want string
	}{
		{"CFG-01: a value of the right type", set(parley.ScopeTenant, "", "pop.on_end", "true"), ""},
		{"unset", set(parley.ScopeTenant, "", "pop.on_end", ""), ""},
		{"A-096: an unknown key", set(parley.ScopeTenant, "", "agents.may_fly", "true"), "unknown"},
		{"CFG-01: a scope the key does not have", set(parley.ScopeQueue, "billing", "pop.on_end", "true"), "scope"},
		{"a scope without an id", set(parley.ScopeGroup, "", "agents.may_reject", "true"), "scope"},
		{"a tenant with an id", set(parley.ScopeTenant, "x", "pop.on_end", "true"), "scope"},
		{"A-091: an object for a flag", set(parley.ScopeTenant, "", "pop.on_end", "{}"), "type"},
		{"null is no value", set(parley.ScopeTenant, "", "pop.on_end", "null"), "type"},
		{"a text for a number", set(parley.ScopeTenant, "", "mail.port", `"25"`), "type"},
		{"SCR-07: a mail server", set(parley.ScopeTenant, "", "mail.host", `"smtp.example.com"`), ""},
		{"SCR-07: one by its address", set(parley.ScopeTenant, "", "mail.host", `"fd00::25"`), ""},
		{"SCR-07: none", set(parley.ScopeTenant, "", "mail.host", `""`), ""},
		{"SCR-07: an address with a scheme", set(parley.ScopeTenant, "", "mail.host", `"https://smtp.example.com"`), "not_a_host"},
		{"SCR-07: words", set(parley.ScopeTenant, "", "mail.host", `"our server"`), "not_a_host"},
		{"SCR-07: a sender with a name", set(parley.ScopeTenant, "", "mail.from", `"Shop <help@example.com>"`), ""},
		{"SCR-07: a sender without a domain", set(parley.ScopeTenant, "", "mail.from", `"help"`), "not_an_email"},
		{"SOC-01: two people to tell", set(parley.ScopeTenant, "", "mail.maintenance", `"amy@example.com bob@example.com"`), ""},
		{"SOC-01: one of them is none", set(parley.ScopeTenant, "", "mail.maintenance", `"amy@example.com bob"`), "not_an_email"},
		{"CAP-01: more than the most", set(parley.ScopeTenant, "", "cap.hard_max", "21"), "out_of_range"},
		{"PRE-09: a status that is no break", set(parley.ScopeTenant, "", "presence.on_reject", `"available"`), "option"},
		{"RTE-03: an unknown transition", set(parley.ScopeTenant, "", "idle.reset_on", `["lunch"]`), "option"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Check(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRegistry(t *testing.T) {
	for _, def := range All() {
		if problem := def.check(def.Default); problem != "" {
			t.Errorf("%s: its default is refused: %s", def.Key, problem)
		}
		for preset, value := range def.Presets {
			if problem := def.check(value); problem != "" {
				t.Errorf("%s: its value in %s is refused: %s", def.Key, preset, problem)
			}
		}
		if def.Source == "" || len(def.Scopes) == 0 || !json.Valid(def.Default) {
			t.Errorf("%s: source, scopes or default are missing", def.Key)
		}
	}
	if !slices.IsSortedFunc(sorted, func(a, b Def) int {
		if a.Key < b.Key {
			return -1
		}
		return 1
	}) {
		t.Error("a key is there twice")
	}
}

func TestLink(t *testing.T) {
	for value, want := range map[string]string{
		`"https://help.shop.example/parley"`: "",
		`"mailto:support@shop.example"`:      "",
		`""`:                                 "",
		`"help.shop.example"`:                "not_a_url",
		`"javascript:alert(1)"`:              "not_a_url",
		`"https://"`:                         "not_a_url",
	} {
		if got := Check(set(parley.ScopeTenant, "", "help.docs_url", value)); got != want {
			t.Errorf("F114, A-005: %s is %q, want %q", value, got, want)
		}
	}
	for value, want := range map[string]string{
		`"https://login.shop.example/v2"`: "",
		`"http://127.0.0.1:8081"`:         "",
		`""`:                              "",
		`"login.shop.example"`:            "not_a_url",
		`"mailto:ada@shop.example"`:       "not_a_url",
		`"https://x y"`:                   "not_a_url",
	} {
		if got := Check(set(parley.ScopeTenant, "", "oidc.issuer", value)); got != want {
			t.Errorf("A-086: %s is %q, want %q", value, got, want)
		}
	}
}
