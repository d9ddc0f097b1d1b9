package api

import (
	"net/http"
	"net/url"
	"strings"

	"parley"
)

// cookiePanel keeps a sign-in inside a CRM. A frame of another site keeps it in
// a jar of its own, and it is sent nowhere but to the panel.
//
// Source: A-110.
const cookiePanel = "__Secure-parley-panel"

// panelAt is where the panel and everything it asks for is.
const panelAt = "/panel"

// panelCookie is the cookie that keeps a sign-in of the panel, or ends it if
// token is "". Browsers take it over HTTPS and on this machine.
func panelCookie(token string) *http.Cookie {
	c := &http.Cookie{
		Name: cookiePanel, Value: token, Path: panelAt, HttpOnly: true, Secure: true,
		SameSite: http.SameSiteNoneMode, Partitioned: true,
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

// framed takes what the panel asks for to where the app asks for it, and
// remembers that it was the panel: there only its own sign-in counts, and only
// what is needed in it is open.
func (s *Server) framed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, ok := strings.CutPrefix(r.URL.Path, panelAt)
		if !ok || !strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/files/") {
			next.ServeHTTP(w, r)
			return
		}
		requestOf(r.Context()).surface = parley.SurfacePanel
		inner := r.Clone(r.Context())
		inner.URL = &url.URL{Path: path, RawQuery: r.URL.RawQuery}
		next.ServeHTTP(w, inner)
	})
}

// panel serves the panel's page, which the configured origins may frame.
func (s *Server) panel(w http.ResponseWriter, r *http.Request) {
	origins, err := s.at.Office.PanelOrigins(r.Context())
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.servePage(w, r, "app/index.html", origins)
}
