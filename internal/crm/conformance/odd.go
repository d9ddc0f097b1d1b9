package conformance

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"

	"parley/internal/crm"
	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
)

// oddities are answers no CRM gives: those of a hotel's sign-in page, a proxy, a
// program that is being taken apart.
var oddities = []struct {
	status int
	body   string
}{
	{200, "<html>Sign in</html>"}, {200, ""}, {200, "[]"}, {200, "{}"}, {200, "null"}, {200, `"yes"`}, {200, "{"}, {200, `{"value":null,"records":null}`},
	{200, `{"value":[{"contactid":5,"fullname":{}}],"records":[{"Id":5,"Name":[]}]}`}, {200, `{"value":[null],"records":[null]}`}, {200, `{"id":"","success":false}`},
	{201, "{}"}, {302, ""}, {400, "<html>"}, {400, "{}"}, {400, `[{"errorCode":5}]`}, {400, `{"error":"odd"}`}, {418, "teapot"}, {500, "<html>"}, {502, ""}, {504, "null"}, {200, strings.Repeat("[", 20_000)}, {200, `{"value":[` + strings.Repeat(" ", 2<<20)},
}

// odd puts something between us and the organization that answers oddly: at first
// to everything, then to everything but who asks for a token. Nothing is said to
// be done that was not, and nobody is found.
func odd(d *desk) {
	organization, err := url.Parse(strings.TrimSuffix(d.Account.BaseURL, "/"))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, honest := range []bool{false, true} {
		for _, o := range oddities {
			front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if honest && strings.Contains(r.URL.Path, "/oauth2/") {
					httputil.NewSingleHostReverseProxy(&url.URL{Scheme: organization.Scheme, Host: organization.Host}).ServeHTTP(w, r)
					return
				}
				w.WriteHeader(o.status)
				_, _ = w.Write([]byte(o.body)) // who hangs up has heard enough
			}))
			d.to = d.held.To(moved(d.Rig, front.URL+organization.Path))
			d.to.ID, d.to.Now, d.to.Objects = "crm_odd", d.Now, d.crm.Spec().Objects
			d.oddly(o.status, o.body)
			front.Close()
		}
	}
	if n := len(d.logs()) + len(d.contacts()); n != 0 {
		d.t.Errorf("%d records were made", n)
	}
}

// moved is the rig's account at another address.
func moved(r *simtest.Rig, address string) simulator.Account {
	a := r.Account
	a.BaseURL = address
	return a
}

func (d *desk) oddly(status int, body string) {
	d.t.Helper()
	ctx := d.t.Context()
	found, err := d.crm.Search(ctx, d.to, crm.Query{Phone: phone})
	if err == nil && len(found) > 0 || !expected(err) {
		d.t.Errorf("%d %.60q: a search finds %v, %v", status, body, found, err)
	}
	if made, err := d.crm.Create(ctx, d.to, crm.Prefill{LastName: "Tremblay"}); err == nil || !expected(err) {
		d.t.Errorf("%d %.60q: %v was made, %v", status, body, made, err)
	}
	if ref, err := d.crm.Log(ctx, d.to, call()); err == nil || !expected(err) {
		d.t.Errorf("%d %.60q: %v was filed, %v", status, body, ref, err)
	}
	if id, err := d.crm.User(ctx, d.to, "amy@example.com"); err == nil || !expected(err) {
		d.t.Errorf("%d %.60q: amy is %q, %v", status, body, id, err)
	}
	if h, err := d.crm.Check(ctx, d.to); err == nil || !expected(err) {
		d.t.Errorf("%d %.60q: all is well, %v, %v", status, body, h, err)
	}
}

// expected reports whether an error is one of the words of CRMs.
func expected(err error) bool {
	var e *crm.Error
	return err == nil || errors.As(err, &e)
}
