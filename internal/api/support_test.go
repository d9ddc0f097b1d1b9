package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// page fetches a page as a browser does: with a form, if there is one.
func (c *client) page(method, path string, form url.Values, header ...string) answer {
	c.h.t.Helper()
	asked := &client{h: c.h, cookie: c.cookie, header: http.Header{}}
	for i := 0; i+1 < len(header); i += 2 {
		asked.header.Set(header[i], header[i+1])
	}
	if form == nil {
		return asked.call(method, path, nil)
	}
	asked.header.Set("Content-Type", "application/x-www-form-urlencoded")
	return asked.call(method, path, form.Encode())
}

func has(t *testing.T, what, body string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(body, w) {
			t.Errorf("%s: no %q in\n%s", what, w, body)
		}
	}
}

func lacks(t *testing.T, what, body string, not ...string) {
	t.Helper()
	for _, w := range not {
		if strings.Contains(body, w) {
			t.Errorf("%s: %q is there", what, w)
		}
	}
}

// TestSupportCenter SUP-01, SUP-03, SUP-04: the public page shows exactly the means
// that were ticked.
func TestSupportCenter(t *testing.T) {
	h := open(t)
	anyone, ada := h.nobody(), h.as("ada")
	if a := anyone.page("GET", "/support", nil, "Accept-Language", "fr-FR,fr;q=0.9"); a.status != http.StatusFound || a.header.Get("Location") != "/support/fr" {
		t.Errorf("LOC-01: %d %s", a.status, a.header.Get("Location"))
	}
	home := anyone.page("GET", "/support/en", nil)
	has(t, "SUP-01", home.body, `data-means="faqs"`, `data-means="chat"`, `data-means="email"`, `data-means="sharing"`, "Where is my order?", `hreflang="fr-CA"`, "How can we help?")
	if csp := home.header.Get("Content-Security-Policy"); strings.Contains(csp, "script-src") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("A-120: the page runs no script: %s", csp)
	}
	has(t, "LOC-01", anyone.page("GET", "/support/fr", nil).body, `lang="fr-CA"`, "Commandes et retours", "Clavardage")

	var page map[string]any
	ada.call("GET", "/api/admin/support-page", nil).into(t, &page)
	for _, means := range []string{"faqs", "chat", "email", "sharing"} {
		page[means] = false
		if a := ada.call("PUT", "/api/admin/support-page", page); a.status != http.StatusNoContent {
			t.Fatalf("cannot save: %d %s", a.status, a.body)
		}
		page["rev"] = page["rev"].(float64) + 1
		lacks(t, "SUP-01: what is not ticked", anyone.page("GET", "/support/en", nil).body, `data-means="`+means+`"`)
	}
	for _, path := range []string{"/support/en/chat", "/support/en/contact", "/support/en/none", "/support/de"} {
		if a := anyone.page("GET", path, nil); path != "/support/de" && a.status != http.StatusNotFound {
			t.Errorf("SUP-01: %s is not there: %d", path, a.status)
		}
	}
	page["enabled"] = false
	ada.call("PUT", "/api/admin/support-page", page)
	if a := anyone.page("GET", "/support/en", nil); a.status != http.StatusNotFound {
		t.Errorf("SUP-01: it is closed: %d", a.status)
	}
	if a := h.as("amy").page("GET", "/support/en", nil); a.status != http.StatusNotFound {
		t.Errorf("SUP-01: to agents too: %d", a.status)
	}
	seen := ada.page("GET", "/support/en", nil)
	if seen.status != http.StatusOK || seen.header.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("SUP-01: an administrator has a preview, kept out of search engines: %d", seen.status)
	}
	has(t, "SUP-01", seen.body, "Preview:", "noindex")
}

// TestSupportAnswers SUP-01, A-001, A-005: an answer has one address, and nothing
// in it becomes markup.
func TestSupportAnswers(t *testing.T) {
	h := open(t)
	anyone, ada := h.nobody(), h.as("ada")
	var categories struct{ Items []struct{ ID string } }
	ada.call("GET", "/api/admin/faq-categories", nil).into(t, &categories)
	a := ada.call("POST", "/api/admin/faqs", map[string]any{"category_id": categories.Items[0].ID, "active": true, "texts": []map[string]any{{
		"language": "en", "question": "Is <script>alert(1)</script> & \"this\" shown?",
		"rich": "**Yes**, as text: </script><img src=x onerror=alert(1)> [a](javascript:alert(1)) [call](tel:+15145550134)\n\n- one\n- two",
	}}})
	id := a.text("id")
	if id == "" {
		t.Fatalf("no FAQ: %d %s", a.status, a.body)
	}
	if a := anyone.page("GET", "/support/en/faqs/"+id, nil); a.status != http.StatusNotFound {
		t.Errorf("FAQ-01: a draft is not shown: %d", a.status)
	}
	if a := ada.call("PUT", "/api/admin/faqs/"+id+"/publication", map[string]any{"rev": 1}); a.status != http.StatusNoContent {
		t.Fatalf("cannot publish: %d %s", a.status, a.body)
	}
	moved := anyone.page("GET", "/support/en/faqs/"+id+"/something", nil)
	address := moved.header.Get("Location")
	if moved.status != http.StatusMovedPermanently || !strings.HasSuffix(address, "/is-script-alert-1-script-this-shown") {
		t.Errorf("one address: %d %s", moved.status, address)
	}
	page := anyone.page("GET", address, nil)
	has(t, "SUP-01", page.body, "<strong>Yes</strong>", "<li>one</li>", `href="tel:&#43;15145550134"`, `"@type":"FAQPage"`, `rel="canonical"`)
	lacks(t, "A-001, A-005", page.body, "<script>alert", "<img src=x", `href="javascript`)
	if a := anyone.page("GET", "/support/fr/faqs/"+id, nil); a.status != http.StatusNotFound {
		t.Errorf("FAQ-01: it has no French: %d", a.status)
	}
	has(t, "SUP-01: the sitemap", anyone.page("GET", "/support/sitemap.xml", nil).body, address, "<urlset xmlns=")
	has(t, "SUP-01", anyone.page("GET", "/robots.txt", nil).body, "Allow: /support")
	found := anyone.page("GET", "/support/en?q=passwrod", nil)
	has(t, "FAQ-02: one slip is forgiven", found.body, "How do I change my password?", "noindex")
	has(t, "SUP-01: another language searches for the same", found.body, `href="/support/fr?q=passwrod"`, `hreflang="en" aria-current="true"`)
	none := anyone.page("GET", "/support/en?q=%3Cb%3Ezzz", nil)
	has(t, "A-001", none.body, "&lt;b&gt;zzz")
}

// TestSupportMessage SUP-01, SCR-07, A-105: a message becomes a missed contact.
func TestSupportMessage(t *testing.T) {
	h := open(t)
	anyone := h.nobody()
	form := url.Values{"client_id": {uid("left")}, "name": {"Vera"}, "email": {"vera"}, "text": {""}}
	a := anyone.page("POST", "/support/en/contact", form)
	if a.status != http.StatusUnprocessableEntity {
		t.Errorf("SUP-01: faults: %d", a.status)
	}
	has(t, "SUP-01: each fault beside its field", a.body, "email-fault", "text-fault", `value="Vera"`)
	if a := anyone.page("POST", "/support/en/contact", form, "Sec-Fetch-Site", "cross-site"); a.status != http.StatusForbidden {
		t.Errorf("A-085: another site's form: %d", a.status)
	}
	lacks(t, "nothing is to be agreed to", a.body, `name="consent"`)
	form.Set("email", "vera@example.com")
	form.Set("text", "My parcel is wet.")
	form.Set("website", "https://spam.example")
	has(t, "a machine is thanked and not heard", anyone.page("POST", "/support/en/contact", form).body, "Thank you")
	form.Del("website")
	for range 2 { // sent twice is once
		has(t, "SUP-01", anyone.page("POST", "/support/en/contact", form).body, "Thank you", "vera@example.com")
	}
	var missed struct {
		Items []struct{ Kind, Email, Text string }
	}
	h.as("sam").call("GET", "/api/missed", nil).into(t, &missed)
	if len(missed.Items) != 1 || missed.Items[0].Kind != "offline_form" || missed.Items[0].Email != "vera@example.com" {
		t.Errorf("SCR-07: it is a missed contact: %+v", missed)
	}
	has(t, "SUP-02: the chat is the widget of its entry point", anyone.page("GET", "/support/en/chat", nil).body, `src="/widget/ent_support?language=en"`)
	var door struct{ Limit int }
	anyone.call("GET", "/api/public/entry-points/ent_support", nil).into(t, &door)
	if door.Limit != 500 {
		t.Errorf("SUP-02: 500 characters per message: %d", door.Limit)
	}
}

// TestSupportConsent SUP-01, SCR-05, A-018: where the entry point asks for consent,
// no message is left without it.
func TestSupportConsent(t *testing.T) {
	h := open(t)
	anyone, ada := h.nobody(), h.as("ada")
	var e map[string]any
	ada.call("GET", "/api/admin/entry-points/ent_support", nil).into(t, &e)
	e["script"].(map[string]any)["consent"] = map[string]string{
		"en": "I agree to <b>be</b> answered: https://shop.example/privacy.", "fr": "J'accepte une r\u00e9ponse.",
	}
	for _, own := range []string{"secrets_set", "paused", "id"} { // the server's
		delete(e, own)
	}
	if a := ada.call("PUT", "/api/admin/entry-points/ent_support", e); a.status != http.StatusNoContent {
		t.Fatalf("cannot save: %d %s", a.status, a.body)
	}
	shown := anyone.page("GET", "/support/en/contact", nil).body
	has(t, "A-001: the words are words", shown, "I agree to &lt;b&gt;be&lt;/b&gt; answered: ", `href="https://shop.example/privacy"`, `type="checkbox"`)
	lacks(t, "never checked beforehand", shown, "checked")
	has(t, "LOC-01", anyone.page("GET", "/support/fr/contact", nil).body, "accepte une r\u00e9ponse.")
	form := url.Values{"client_id": {uid("left")}, "name": {"Vera"}, "email": {"vera@example.com"}, "text": {"Help"}, "consent": {"yes"}}
	for _, email := range []string{"vera", "vera@example.com"} { // beside other faults, and alone
		form.Set("email", email)
		a := anyone.page("POST", "/support/en/contact", form)
		if a.status != http.StatusUnprocessableEntity {
			t.Errorf("A-018: %s: %d", email, a.status)
		}
		has(t, "what is missing stands beside it", a.body, "consent-fault", "Please check this box first.", ">Help</textarea>")
	}
	_, rest, _ := strings.Cut(shown, `name="consent" value="`)
	version, _, _ := strings.Cut(rest, `"`)
	form.Set("consent", version)
	form.Set("text", "")
	has(t, "a check stays where something else is wrong", anyone.page("POST", "/support/en/contact", form).body, " checked", "text-fault")
	form.Set("text", "Help")
	has(t, "SUP-01", anyone.page("POST", "/support/en/contact", form).body, "Thank you")
	var missed struct {
		Items []struct {
			Consent   string
			ConsentAt int64 `json:"consent_at"`
		}
	}
	h.as("sam").call("GET", "/api/missed", nil).into(t, &missed)
	if len(missed.Items) != 1 || missed.Items[0].Consent != version || missed.Items[0].ConsentAt == 0 {
		t.Errorf("it is kept what they agreed to: %+v", missed)
	}
	var words struct{ Text string }
	h.as("amy").call("GET", "/api/consents/"+version, nil).into(t, &words)
	if words.Text != "I agree to <b>be</b> answered: https://shop.example/privacy." {
		t.Errorf("who serves them can read what they agreed to: %q", words.Text)
	}
	if a := h.as("bob").call("GET", "/api/consents/none", nil); a.status != http.StatusNotFound {
		t.Errorf("words that nobody was asked: %d", a.status)
	}
}
