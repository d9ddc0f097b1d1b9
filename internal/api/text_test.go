package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// uid is a client's id made of a word.
func uid(word string) string { return uuid.NewSHA1(uuid.NameSpaceURL, []byte(word)).String() }

// TestBrokenText CNV-03: what is no text is found, and what is some is not.
func TestBrokenText(t *testing.T) {
	for body, want := range map[string]string{
		"{\"text\":\"a\xff\"}":                    "text",
		"{\"n\":{\"a\":[1]},\"text\":\"\xc3\"}":   "text",
		"{\"n\":{\"a\":\"\xff\"},\"text\":\"b\"}": "n",
		`{"a":1,"text":"\ud83d"}`:                 "text",
		`{"text":"\uDC00\uD800"}`:                 "text",
		`{"text":"\ud83d\ud83d\ude00"}`:           "text",
		`{"text":"\ud83dx"}`:                      "text",
		`{"text":"\ud83d\ude00 \u00e9 \ufffd"}`:   "-",
		`{"text":"\\ud83d"}`:                      "-",
		`{"text":"\u005cud83d"}`:                  "-",
		"{\"text\":\"\u00e9\U0001f600\ufffd\"}":   "-",
		"\xff":                                    "-",
		`{"text":"\ud8`:                           "-",
	} {
		field, broken := brokenText([]byte(body))
		if !broken {
			field = "-"
		}
		if field != want {
			t.Errorf("%q: %q, want %q", body, field, want)
		}
	}
}

// TestSaidTwice A-104: of two answers to one question none is taken.
func TestSaidTwice(t *testing.T) {
	for body, want := range map[string]string{
		`{"name":"a","name":"b"}`:               "name",
		`{"name":"a","rank":[1,{}],"NAME":"b"}`: "NAME",
		`{"n":{"name":1},"name":2}`:             "-",
		`{"n":{"name":1,"name":2}}`:             "name",
		`{"n":[{"a":1},{"a":2},{"a":1,"A":2}]}`: "A",
		`{"n":["n","n"],"m":"n"}`:               "-",
		`{"n":{"n":{"n":{"m":1}}},"m":"n"}`:     "-",
		`[{"a":1,"a":2}]`:                       "a",
		`{"name":"a"}`:                          "-",
		`{"name":"a","name`:                     "-",
		`["a","a"]`:                             "-",
		`{}`:                                    "-",
		"":                                      "-",
	} {
		field, twice := saidTwice([]byte(body))
		if !twice {
			field = "-"
		}
		if field != want {
			t.Errorf("A-104: %q: %q, want %q", body, field, want)
		}
	}
	h := open(t)
	amy := h.as("amy")
	if a := amy.call("PUT", "/api/agents/me/presence", `{"status":"available","Status":"on_break"}`); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `"field":"Status","code":"wrong"`) {
		t.Errorf("A-104: %d %s", a.status, a.body)
	}
	amy.header = http.Header{"Content-Encoding": {"gzip"}}
	if a := amy.call("PUT", "/api/agents/me/presence", map[string]any{"status": "available"}); a.status != http.StatusUnsupportedMediaType {
		t.Errorf("A-060: a body that says it is packed: %d %s", a.status, a.body)
	}
}

// TestSaid CNV-03, A-104, RES-05: words that are no text, ids that are no UUID
// and a place on no map are refused by name, and nothing changes.
func TestSaid(t *testing.T) {
	h := open(t)
	it := h.served("c1")
	own, agents := "/api/public/conversation/messages", "/api/interactions/"+it.interaction+"/messages"
	begin := "/api/public/entry-points/ent_demo/conversations"
	tests := []struct {
		name, path, body, fault string
		who                     *client
	}{
		{"bytes of a visitor", own, `{"client_id":"` + uid("1") + "\",\"text\":\"b\xff\"}", `"field":"text","code":"invalid_text"`, it.vera},
		{"half a pair of a visitor", own, `{"client_id":"` + uid("1") + `","text":"b\ud83d"}`, `"field":"text","code":"invalid_text"`, it.vera},
		{"bytes of an agent", agents, `{"client_id":"` + uid("1") + "\",\"text\":\"b\xff\"}", `"field":"text","code":"invalid_text"`, it.amy},
		{"an id of a visitor", own, `{"client_id":"m1","text":"b"}`, `"field":"client_id","code":"not_uuid"`, it.vera},
		{"an id of an agent", agents, `{"client_id":"m1","text":"b"}`, `"field":"client_id","code":"not_uuid"`, it.amy},
		{"an id of a contact", begin, `{"client_id":"m1","name":"Vera"}`, `"field":"client_id","code":"not_uuid"`, h.nobody()},
		{"a zone", begin, `{"client_id":"` + uid("2") + `","zone_offset":841}`, `"field":"zone_offset","code":"out_of_range"`, h.nobody()},
	}
	said := "/api/conversations/" + it.conversation + "/messages"
	before := it.amy.call("GET", said, nil).body
	for _, test := range tests {
		a := test.who.call("POST", test.path, test.body)
		if a.status != http.StatusUnprocessableEntity || a.code() != "invalid" || !strings.Contains(a.body, test.fault) {
			t.Errorf("%s: %d %s", test.name, a.status, a.body)
		}
	}
	if after := it.amy.call("GET", said, nil).body; after != before {
		t.Errorf("something was said: %s", after)
	}
}
