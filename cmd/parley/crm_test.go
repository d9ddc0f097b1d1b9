package main

import (
	"encoding/base64"
	"fmt"
	"maps"
	"strings"
	"testing"

	"parley/internal/drill/people"
	"parley/internal/simulator"
)

// outside is one CRM, as the product and as its simulated organization know it.
type outside struct {
	kind     string // of the product
	network  string // of the simulator
	settings map[string]string
	log      string // what a conversation becomes there
	id       string // of the connection
}

var outsides = []*outside{
	{kind: "dynamics", network: "dataverse", log: "phonecall", settings: map[string]string{"tenant_id": "contoso.example", "client_id": "11112222-3333-4444-5555-666677778888", "country": "CA"}},
	{kind: "salesforce", network: "salesforce", log: "task", settings: map[string]string{"client_id": "3MVG9", "country": "CA", "external_id": "Parley_Id__c"}},
}

func (o *outside) account() string { return "crm-" + o.network }

// connect opens the organization and connects the center with it.
func (o *outside) connect(t *testing.T, h *house, ada *people.Agent) {
	t.Helper()
	theirs := map[string]string{"client_secret": "s3cret", "people": "demo"}
	maps.Copy(theirs, o.settings)
	a, err := h.sandbox.Open(simulator.Account{ID: o.account(), Network: o.network, Settings: theirs})
	if err != nil {
		t.Fatal(err)
	}
	ours := maps.Clone(o.settings)
	ours["url"] = a.BaseURL
	if o.kind == "dynamics" {
		ours["authority"] = a.BaseURL
	}
	in := map[string]any{"kind": o.kind, "name": o.kind, "settings": ours, "secrets": map[string]string{"client_secret": "s3cret"}, "objects": []string{"contact", "lead"}}
	var made struct{ ID string }
	if err := ada.Do(t.Context(), "POST", "/api/admin/crm-connections", in, &made); err != nil {
		t.Fatal(err)
	}
	o.id = made.ID
}

// known is what an agent is told of one CRM.
type known struct {
	Connection string `json:"connection_id"`
	State      string `json:"state"`
	Records    []struct {
		Object, ID, Name string
	} `json:"records"`
	Log *struct {
		State, URL, Error string
		Attempt           int
	} `json:"log"`
}

// knows asks what an agent is told of it.
func (o *outside) knows(t *testing.T, amy *people.Agent, interaction string) known {
	t.Helper()
	var all struct{ Items []known }
	if err := amy.Do(t.Context(), "GET", "/api/interactions/"+interaction+"/crm", nil, &all); err != nil {
		t.Fatal(err)
	}
	for _, k := range all.Items {
		if k.Connection == o.id {
			return k
		}
	}
	return known{}
}

// TestOutsideCRMs: DYN-02, DYN-05, DYN-08: both matches of a customer are told at
// the desk, the second is chosen, the CRM is down when the conversation ends, and
// the log arrives once, under the record that was chosen.
func TestOutsideCRMs(t *testing.T) {
	c := command(t)
	c.LimitScale = 1000 // a person asks less often than this test looks
	h := running(t, c)
	until(t, "the demo is ready", func() bool { return len(h.sandbox.Accounts()) >= len(phones) })
	ada, err := people.SignIn(t.Context(), h.address(), "ada", "demo")
	if err != nil {
		t.Fatal(err)
	}
	amy, err := people.SignIn(t.Context(), h.address(), "amy", "demo")
	if err == nil {
		err = amy.Ready(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outsides {
		o.connect(t, h, ada)
	}
	if _, err := h.sandbox.Say(t.Context(), simulator.In{Account: "ent_whatsapp", From: "15145550101", Name: "Marie Tremblay", Kind: "text", Text: "Bonjour ?"}); err != nil {
		t.Fatal(err)
	}
	id := accept(t, amy)
	if _, err := amy.Send(t.Context(), id, fmt.Sprintf("00000000-0000-4000-8000-%012d", 1), "On it!"); err != nil {
		t.Fatal(err)
	}
	chosen := map[string]string{}
	for _, o := range outsides {
		until(t, o.kind+" knows both", func() bool { k := o.knows(t, amy, id); return k.State == "found" && len(k.Records) == 2 })
		second := o.knows(t, amy, id).Records[1]
		chosen[o.kind] = second.ID
		if err := amy.Do(t.Context(), "PUT", "/api/interactions/"+id+"/crm/"+o.id+"/choice", map[string]string{"object": second.Object, "id": second.ID}, nil); err != nil {
			t.Fatal(err)
		}
		if err := h.sandbox.SetWeather(o.account(), simulator.Weather{Fail: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := amy.End(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for _, o := range outsides {
		until(t, o.kind+" was tried", func() bool {
			k := o.knows(t, amy, id)
			return k.Log != nil && k.Log.Attempt > 0 && k.Log.State == "pending"
		})
		if err := h.sandbox.SetWeather(o.account(), simulator.Fine()); err != nil {
			t.Fatal(err)
		}
		until(t, o.kind+" has the log", func() bool {
			if o.knows(t, amy, id).Log.State == "posted" {
				return true
			}
			_ = amy.Do(t.Context(), "POST", "/api/interactions/"+id+"/crm/"+o.id+"/log-retry", nil, nil) // it may be on its way already
			return false
		})
		o.holds(t, h, chosen[o.kind], o.knows(t, amy, id).Log.URL)
	}
}

// holds asserts that the organization has one log, with all that was said.
func (o *outside) holds(t *testing.T, h *house, regarding, url string) {
	t.Helper()
	book, err := h.sandbox.Keeper(o.account())
	if err != nil {
		t.Fatal(err)
	}
	var logs []simulator.Record
	var text strings.Builder
	for _, r := range book.Records() {
		if r.Object == o.log {
			logs = append(logs, r)
		}
		file, _ := base64.StdEncoding.DecodeString(r.Fields["VersionData"] + r.Fields["documentbody"])
		text.WriteString(r.Fields["description"] + r.Fields["Description"] + r.Fields["notetext"] + string(file))
	}
	if len(logs) != 1 || logs[0].Regarding != regarding || !logs[0].Closed || !strings.Contains(url, logs[0].ID) {
		t.Fatalf("%s holds %+v, not one log about %s at %s", o.kind, logs, regarding, url)
	}
	for _, said := range []string{"Bonjour ?", "On it!", "Amy Chen"} {
		if n := strings.Count(text.String(), said); n == 0 || said != "Amy Chen" && n != 1 {
			t.Errorf("%s: %q is there %d times in\n%s", o.kind, said, n, text.String())
		}
	}
}
