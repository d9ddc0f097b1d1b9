package dataverse

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
)

func rig(t *testing.T) (*simtest.Rig, simulator.Keeper, func(query string) (int, string)) {
	t.Helper()
	r := simtest.New(t, Provider, map[string]string{"tenant_id": "t", "client_id": "c", "client_secret": "s", "people": "demo"})
	book, err := r.Keeper("acc")
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Replace(r.Account.BaseURL, "/sim/api/dataverse/acc", "/sim/control/pages/acc", 1)
	return r, book, func(query string) (int, string) {
		status, body, header := r.Raw("GET", pages+"?"+query, nil, nil)
		if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("a page may run: %v", header)
		}
		return status, string(body)
	}
}

// TestPage DYN-03: a record, a filled form, what the form makes.
func TestPage(t *testing.T) {
	r, book, get := rig(t)
	all := book.Records()
	if status, body := get(""); status != 200 || strings.Count(body, "<tr>") != len(all) || len(all) != 9 {
		t.Errorf("%d, %d records: %s", status, len(all), body)
	}
	_, query, _ := strings.Cut(all[0].Page, "?")
	if status, body := get(query); status != 200 || !strings.Contains(body, "<h1>"+all[0].Name+"</h1>") {
		t.Errorf("%d %s", status, body)
	}
	if status, body := get("pagetype=entityrecord&etn=contact&id=" + appUser); status != 404 || !strings.Contains(body, "unavailable") {
		t.Errorf("%d %s", status, body)
	}
	form := "pagetype=entityrecord&etn=contact&extraqs=" + url.QueryEscape("lastname="+url.QueryEscape(`"><script>alert(1)</script>`)+"&new_twitter=zoe&nothing=1")
	if _, body := get(form); strings.Contains(body, "<script") || !strings.Contains(body, `name="new_twitter" value="zoe"`) || strings.Contains(body, `name="nothing"`) {
		t.Error(body)
	}
	pages := strings.Replace(r.Account.BaseURL, "/sim/api/dataverse/acc", "/sim/control/pages/acc", 1)
	kind := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	if status, body, _ := r.Raw("POST", pages+"?"+form, kind, []byte("lastname=Gagnon&firstname=Zo%C3%A9&jobtitle=")); status != 200 || !strings.Contains(string(body), "<h1>Zo\u00e9 Gagnon</h1>") {
		t.Errorf("%d %s", status, body)
	}
	if status, _, _ := r.Raw("POST", pages, kind, []byte("nothing=1")); status != 422 {
		t.Errorf("a field nobody knows: %d", status)
	}
}

// TestBook: what people type in and delete, and a phone that is none.
func TestBook(t *testing.T) {
	r, book, _ := rig(t)
	if _, err := book.Keep("organization", map[string]string{"name": "x"}); err == nil {
		t.Error("the organization was made")
	}
	if _, err := book.Keep("contact", map[string]string{"statecode": "x"}); err == nil {
		t.Error("a state that is no number was taken")
	}
	if book.Forget("contact", appUser) == nil {
		t.Error("the app's user was deleted")
	}
	if _, err := r.Say(t.Context(), simulator.In{Account: "acc", From: "+15145550101", Kind: "text"}); err == nil {
		t.Error("a CRM said something")
	}
	if _, err := r.Play("one_question", simulator.Plan{}); err == nil {
		t.Error("a CRM has no phones that a scenario could use")
	}
	if _, err := book.Keep("contact", map[string]string{"lastname": "Extra"}); err != nil {
		t.Error(err)
	}
	r.Reset()
	if n := len(book.Records()); n != 9 {
		t.Errorf("%d records after a reset", n)
	}
}
