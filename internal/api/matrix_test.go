package api

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// matrix says who may use each operation: n nobody in particular, v a visitor, a
// agent, s supervisor, d administrator, k an API key with the right to records.
// A new operation fails until it has its row.
//
// Source: A-017.
const matrix = `
GET /api/session                          asdk
POST /api/session                         nvasdk
POST /api/session/sso                     nvasdk
DELETE /api/session                       asd
GET /api/sessions                         asdk
DELETE /api/sessions/{id}                 asdk
GET /api/setup                            nvasdk
POST /api/setup                           nvasdk
PUT /api/agents/me/password               asdk
PUT /api/agents/me/profile                asd
PUT /api/agents/me/pops                   asd
GET /api/agents/me/shortcuts              asd
PUT /api/agents/me/shortcuts              asd
PUT /api/agents/me/presence               asd
PUT /api/agents/me/stop-new               asd
DELETE /api/agents/me/stop-new            asd
PUT /api/agents/me/queues                 asd
GET /api/live/snapshot                    asd
POST /api/live/ticket                     asdk
PUT /api/interactions/{id}/offers/{attempt}/acceptance asd
PUT /api/interactions/{id}/offers/{attempt}/rejection  asd
GET /api/interactions/{id}/offers/{attempt}/why        sd
POST /api/conversations                   asd
GET /api/interactions                     asd
GET /api/interactions/{id}                asdk
POST /api/interactions/{id}/messages      asd
POST /api/interactions/{id}/attachments   asd
DELETE /api/attachments/{id}              asd
PUT /api/attachments/{id}/retry           asdk
GET /api/attachments/{id}/link            asdk
PUT /api/messages/{id}/retry              asd
PUT /api/messages/{id}/reaction           asd
DELETE /api/messages/{id}/reaction        asd
POST /api/messages/{id}/check             asd
GET /api/interactions/{id}/templates      asd
POST /api/interactions/{id}/typing        asd
PUT /api/interactions/{id}/view           asd
DELETE /api/interactions/{id}/row         asd
PUT /api/interactions/{id}/draft          asd
PUT /api/interactions/{id}/end            asd
PUT /api/interactions/{id}/park           asd
PUT /api/interactions/{id}/unpark         asd
POST /api/interactions/{id}/block         asd
GET /api/blocks                           sd
DELETE /api/blocks/{id}                   asd
PUT /api/interactions/{id}/dispositions   asd
POST /api/interactions/{id}/notes         asd
PUT /api/interactions/{id}/wrap-up        asd
POST /api/interactions/{id}/wrap-up/extension asd
POST /api/interactions/{id}/transfers     asd
PUT /api/interactions/{id}/customer       asdk
PUT /api/interactions/{id}/case           asdk
PUT /api/interactions/{id}/watch          sd
DELETE /api/interactions/{id}/watch       sd
PUT /api/interactions/{id}/close          sd
GET /api/conversations/{id}/messages      asdk
GET /api/conversations/{id}/interactions  asdk
GET /api/transfer-targets                 asd
GET /api/faqs                             asd
GET /api/faq-categories                   asd
POST /api/faqs/{id}/uses                  asd
GET /api/canned-replies                   asd
POST /api/canned-replies                  asd
GET /api/canned-replies/{id}              asd
PUT /api/canned-replies/{id}              asd
DELETE /api/canned-replies/{id}           asd
POST /api/canned-replies/{id}/uses        asd
PUT /api/admin/faqs/{id}/publication      d
DELETE /api/admin/faqs/{id}/publication   d
GET /api/admin/faqs/{id}/versions         d
PUT /api/admin/support-page               d
GET /api/search                           asdk
GET /api/canned-replies                   asd
POST /api/canned-replies                  asd
GET /api/canned-replies/{id}              asd
PUT /api/canned-replies/{id}              asd
DELETE /api/canned-replies/{id}           asd
POST /api/canned-replies/{id}/uses        asd
PUT /api/admin/faqs/{id}/publication      d
DELETE /api/admin/faqs/{id}/publication   d
GET /api/admin/faqs/{id}/versions         d
PUT /api/admin/support-page               d
GET /api/customers                        asdk
POST /api/customers                       asdk
GET /api/customers/export                 sd
POST /api/customers/import                asdk
POST /api/customers/import/undo           asdk
GET /api/lists                            asdk
POST /api/lists                           asdk
PUT /api/lists/{id}                       asdk
DELETE /api/lists/{id}                    asdk
GET /api/columns                          asdk
PUT /api/columns/{list}                   asdk
GET /api/cases/export                     sd
GET /api/interactions/export              sd
GET /api/help                             asdk
GET /api/fields                           asdk
GET /api/consents/{version}               asdk
GET /api/customers/rights                 asdk
GET /api/customers/deleted                sd
GET /api/customers/{id}                   asdk
GET /api/customers/{id}/history           asdk
POST /api/customers/{id}/keys             asdk
DELETE /api/customers/{id}/keys           asdk
GET /api/customers/{id}/duplicates        asdk
GET /api/customers/{id}/comparison        sd
GET /api/customers/{id}/merges            asdk
POST /api/customers/{id}/merges           sd
DELETE /api/customers/{id}/merges/{merge} sd
DELETE /api/customers/{id}                sd
GET /api/customers/{id}/export            sd
POST /api/customers/{id}/restoration      sd
POST /api/customers/{id}/erasure          d
PUT /api/customers/{id}                   asdk
GET /api/customers/{id}/cases             asdk
GET /api/customers/{id}/interactions      asdk
GET /api/customers/{id}/timeline          asdk
GET /api/cases                            asdk
POST /api/cases                           asdk
POST /api/cases/edits                     asdk
POST /api/cases/edits/undo                asdk
POST /api/customers/edits                 asdk
POST /api/customers/edits/undo            asdk
POST /api/tasks/edits                     asdk
POST /api/tasks/edits/undo                asdk
GET /api/cases/{id}                       asdk
PUT /api/cases/{id}                       asdk
GET /api/cases/{id}/transcript            asdk
GET /api/cases/{id}/changes               asdk
GET /api/cases/{id}/follow-ups            asdk
POST /api/cases/{id}/follow-ups           asdk
POST /api/cases/{id}/notifications        asdk
GET /api/cases/{id}/paper                 asdk
GET /api/interactions/{id}/paper          asdk
POST /api/interactions/{id}/transcript-mail asd
POST /api/public/conversation/transcript-mail v
GET /api/tasks                            asd
POST /api/tasks                           asdk
GET /api/tasks/{id}                       asdk
PUT /api/tasks/{id}                       asdk
DELETE /api/tasks/{id}                    asdk
POST /api/tasks/{id}/restoration          asdk
GET /api/customers/{id}/verified-emails   asdk
PUT /api/customers/{id}/verified-emails/{email} asdk
DELETE /api/customers/{id}/verified-emails/{email} asdk
GET /api/missed                           asdk
GET /api/missed/{id}                      asdk
PUT /api/missed/{id}                      asdk
POST /api/missed/{id}/replies             asdk
GET /api/offers                           sd
PUT /api/agents/{id}/presence             sd
DELETE /api/agents/{id}/session           sd
GET /api/admin/{noun}                     d
PUT /api/admin/settings                   d
POST /api/admin/{noun}                    d
GET /api/admin/{noun}/{id}                d
PUT /api/admin/{noun}/{id}                d
DELETE /api/admin/{noun}/{id}             d
PUT /api/admin/agents/{id}/password       d
PUT /api/admin/scripts/{id}/publication   d
GET /api/admin/scripts/{id}/versions      d
PUT /api/admin/scripts/{id}/entry-points  d
POST /api/admin/scripts/{id}/preview      d
PUT /api/admin/entry-points/{id}/pause    d
GET /api/admin/entry-points/{id}/health   d
GET /api/admin/entry-points/{id}/odd-events d
POST /api/admin/entry-points/{id}/check   d
POST /api/admin/entry-points/{id}/webhook d
POST /api/admin/entry-points/{id}/test    d
PUT /api/admin/sms-countries              d
GET /api/admin/sms-spend/csv              d
POST /api/admin/webhooks/{id}/secret      d
DELETE /api/admin/webhooks/{id}/old-secret d
POST /api/admin/webhooks/{id}/verification d
GET /api/admin/webhooks/{id}/events       d
POST /api/admin/webhooks/{id}/replays     d
PUT /api/admin/crm-connections/{id}/pause d
DELETE /api/admin/crm-connections/{id}/pause d
POST /api/admin/crm-connections/{id}/check d
GET /api/admin/crm-connections/{id}/logs  d
POST /api/admin/crm-connections/{id}/retries d
GET /api/interactions/{id}/crm            asd
PUT /api/interactions/{id}/crm/{connection}/choice asd
POST /api/interactions/{id}/crm/{connection}/records asd
POST /api/interactions/{id}/crm/{connection}/lookup asd
POST /api/interactions/{id}/crm/{connection}/log-retry asd
GET /api/agents/me/crm                    asd
PUT /api/agents/me/crm                    asd
POST /api/channel/{entry_point}/messages  d
POST /api/channel/{entry_point}/statuses  d
GET /api/channel/{entry_point}/conversations/{key} d
POST /api/channel/{entry_point}/conversations/{key}/handover d
PUT /api/channel/{entry_point}/conversations/{key}/end d
GET /api/public/entry-points/{id}         nvasdk
POST /api/public/entry-points/{id}/conversations nvasdk
POST /api/public/entry-points/{id}/offline nvasdk
POST /api/public/live/ticket              v
GET /api/public/conversation              v
GET /api/public/conversation/messages     v
POST /api/public/conversation/messages    v
POST /api/public/conversation/attachments v
DELETE /api/public/conversation/attachments/{id} v
GET /api/public/conversation/attachments/{id}/link v
POST /api/public/conversation/typing      v
PUT /api/public/conversation/receipt      v
PUT /api/public/conversation/end          v
POST /api/public/conversation/skip        v
POST /api/public/conversation/again       v
GET /api/public/conversation/transcript   v
`

var adminNoun = regexp.MustCompile(`^/api/admin/[a-z-]+`)

// row finds an operation's row: its own, or its noun's.
func row(rows map[string]string, method, path string) (who, key string) {
	for _, key := range []string{method + " " + path, method + " " + adminNoun.ReplaceAllString(path, "/api/admin/{noun}")} {
		if who, ok := rows[key]; ok {
			return who, key
		}
	}
	return "", ""
}

// TestMatrix: every operation, asked by everybody, is allowed
// where the matrix says so and nowhere else.
func TestMatrix(t *testing.T) {
	h := open(t, func(o *Options) { o.Limits = o.Limits.Scaled(100) })
	rows, used := map[string]string{}, map[string]bool{}
	for _, text := range strings.Split(strings.TrimSpace(matrix), "\n") {
		f := strings.Fields(text)
		rows[f[0]+" "+f[1]] = f[2]
	}
	admin := h.as("ada")
	people := map[string]*client{
		"n": h.nobody(), "v": h.visitor("c1"), "a": h.as("amy"), "s": h.as("sam"), "d": admin, "k": h.key(admin, "records"),
	}
	for path, operations := range h.paths() {
		for method := range operations {
			method = strings.ToUpper(method)
			who, key := row(rows, method, path)
			if who == "" {
				t.Errorf("A-017: %s %s has no row in the matrix", method, path)
				continue
			}
			used[key] = true
			for letter, c := range people {
				let := h.admits(c, letter, method, path)
				if want := strings.Contains(who, letter); let != want {
					t.Errorf("A-017: %s %s by %q: let in %v, want %v", method, path, letter, let, want)
				}
			}
		}
	}
	for key := range rows {
		if !used[key] {
			t.Errorf("A-017: %s is in the matrix but not in the API", key)
		}
	}
}

// paths are the operations the description lists.
func (h *here) paths() map[string]map[string]json.RawMessage {
	h.t.Helper()
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(h.doors.openAPI(), &doc); err != nil {
		h.t.Fatal(err)
	}
	return doc.Paths
}

var parameter = regexp.MustCompile(`\{[a-z_]+\}`)

// admits asks with ids nobody has and an empty body, so that whoever is let in
// changes nothing.
func (h *here) admits(c *client, letter, method, path string) bool {
	if method == "DELETE" && path == "/api/session" && strings.Contains("asd", letter) {
		c = h.as(map[string]string{"a": "bob", "s": "bob", "d": "bob"}[letter]) // signs out for good
	}
	path = strings.ReplaceAll(path, "{attempt}", "1")
	path = parameter.ReplaceAllString(path, "none")
	var body any
	if method != "GET" && method != "DELETE" {
		body = map[string]any{}
	}
	a := c.call(method, path, body)
	if a.status >= http.StatusInternalServerError {
		h.t.Errorf("A-111: %s %s by %q: %d %s", method, path, letter, a.status, a.body)
	}
	return a.status != http.StatusUnauthorized && a.status != http.StatusForbidden
}

// key makes an API key.
func (h *here) key(admin *client, scopes ...string) *client {
	h.t.Helper()
	a := admin.call("POST", "/api/admin/api-keys", map[string]any{"name": "key of " + strings.Join(scopes, " "), "scopes": scopes})
	if a.status != http.StatusCreated {
		h.t.Fatalf("no key: %d %s", a.status, a.body)
	}
	return &client{h: h, bearer: a.text("key"), header: http.Header{}}
}

// TestAudience: what opens one kind of door opens no other, and a
// wrong secret opens none, whatever else is right.
func TestAudience(t *testing.T) {
	h := open(t)
	amy, vera := h.as("amy"), h.visitor("c1")
	tests := []struct {
		name, path string
		c          client
	}{
		{"A-029: a visitor's token at an agent's door", "/api/live/snapshot", client{bearer: vera.bearer}},
		{"A-029: a visitor's token at an administrator's door", "/api/admin/agents", client{bearer: vera.bearer}},
		{"A-029: an agent's cookie at a visitor's door", "/api/public/conversation", client{cookie: amy.cookie}},
		{"A-046: an unknown key beside a good cookie", "/api/live/snapshot", client{cookie: amy.cookie, bearer: "pk_" + strings.Repeat("x", 43)}},
		{"A-046: an empty key beside a good cookie", "/api/live/snapshot", client{cookie: amy.cookie, bearer: " "}},
		{"A-046: a made-up cookie", "/api/live/snapshot", client{cookie: cookiePlain + "=ses_" + strings.Repeat("x", 43)}},
		{"A-046: an empty cookie", "/api/live/snapshot", client{cookie: cookiePlain + "="}},
		{"A-046: the secure cookie's name over plain HTTP", "/api/live/snapshot", client{cookie: strings.Replace(amy.cookie, cookiePlain, cookieSecure, 1)}},
		{"A-046: a made-up visitor's token", "/api/public/conversation", client{bearer: "vt_" + strings.Repeat("x", 43)}},
		{"A-039: a JWT that trusts nobody", "/api/public/conversation", client{bearer: "eyJhbGciOiJub25lIn0.e30."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.c.h, test.c.header = h, http.Header{}
			if a := test.c.call("GET", test.path, nil); a.status != http.StatusUnauthorized {
				t.Errorf("got %d %s", a.status, a.body)
			}
		})
	}
	key := h.key(h.as("ada"), "serve")
	if a := key.call("GET", "/api/faqs", nil); a.status != http.StatusOK {
		t.Fatalf("a key with the right: %d %s", a.status, a.body)
	}
	if a := key.call("GET", "/api/customers", nil); a.status != http.StatusForbidden {
		t.Errorf("A-017: a key without the right: %d %s", a.status, a.body)
	}
}
