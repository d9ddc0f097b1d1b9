package api

import (
	"context"
	"errors"
	"net/http"

	"parley"
	"parley/internal/office"
)

// The cookie that ties a sign-in at the identity provider to the browser that
// left for it.
//
// Source: A-086.
const (
	cookieSSO      = "__Host-parley-sso"
	cookieSSOPlain = "parley-sso"
	ssoSeconds     = 600
)

func ssoCookie(p peer, state string) *http.Cookie {
	c := &http.Cookie{Name: cookieSSOPlain, Value: state, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: ssoSeconds}
	if p.secure {
		c.Name, c.Secure = cookieSSO, true
	}
	if state == "" {
		c.MaxAge = -1
	}
	return c
}

// ssoBack is where the provider sends people back to.
func (s *Server) ssoBack() string { return s.public + "/sso/callback" }

// ssoLeave sends somebody to the identity provider: GET /sso/start?challenge=. Only
// a page of ours may ask for it: with a link, anybody could have a sign-in of
// theirs finished by somebody else.
//
// Source: A-086.
func (s *Server) ssoLeave(w http.ResponseWriter, r *http.Request) {
	req := requestOf(r.Context())
	if err := s.guards.signIns.take(req.peer.ip.String()); err != nil {
		s.refuse(w, r, err)
		return
	}
	if err := s.confided(req.peer); err != nil {
		s.refuse(w, r, err)
		return
	}
	if r.Header.Get("Sec-Fetch-Site") != "same-origin" {
		s.refuse(w, r, errCrossOrigin)
		return
	}
	query := r.URL.Query()
	in := office.SSOBegin{Challenge: query.Get("challenge"), Window: query.Has("window"), Redirect: s.ssoBack()}
	if query.Get("surface") == string(parley.SurfacePanel) {
		in.Surface = parley.SurfacePanel
	}
	to, state, err := s.at.Office.BeginSSO(r.Context(), in)
	if err != nil {
		s.returned(w, r, in.Window, err)
		return
	}
	http.SetCookie(w, ssoCookie(req.peer, state))
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// ssoReturn finds out who came back from the identity provider, and shows them
// the page they left. It holds the secret the session is given for.
func (s *Server) ssoReturn(w http.ResponseWriter, r *http.Request) {
	req, query := requestOf(r.Context()), r.URL.Query()
	if err := s.guards.signIns.take(req.peer.ip.String()); err != nil {
		s.refuse(w, r, err)
		return
	}
	name := cookieSSOPlain
	if req.peer.secure {
		name = cookieSSO
	}
	browser := ""
	if c, err := r.Cookie(name); err == nil {
		browser = c.Value
	}
	window, err := s.at.Office.EndSSO(r.Context(), office.SSOBack{
		State: query.Get("state"), Browser: browser, Code: query.Get("code"), Redirect: s.ssoBack(),
	})
	http.SetCookie(w, ssoCookie(req.peer, ""))
	s.returned(w, r, window, err)
}

// returned shows how a sign-in at the identity provider ended: the page of
// sign-in goes on, or the window that was opened for it closes.
func (s *Server) returned(w http.ResponseWriter, r *http.Request, window bool, err error) {
	how := "sso"
	var refusal *parley.Error
	switch {
	case errors.As(err, &refusal):
		how = refusal.Code
	case err != nil:
		s.refuse(w, r, err)
		return
	}
	page := "/login#"
	if window {
		page = "/sso/done#"
	}
	http.Redirect(w, r, page+how, http.StatusSeeOther)
}

type ssoInput struct {
	Anyone    Anyone
	UserAgent string `header:"User-Agent"`
	Body      struct {
		Verifier string `json:"verifier" minLength:"43" maxLength:"128" doc:"whose SHA-256 was the challenge"`
		TakeOver bool   `json:"take_over,omitempty" doc:"end the session elsewhere"`
	}
}

// ssoSignIn opens the session of whoever came back, for the page they left.
func (s *Server) ssoSignIn(ctx context.Context, in *ssoInput) (*signedInAs, error) {
	who := in.Anyone
	if err := s.confided(who.peer); err != nil {
		return nil, problem(err)
	}
	got, err := who.at.Office.SignInSSO(ctx, office.SSOSignIn{Verifier: in.Body.Verifier, SignIn: office.SignIn{
		TakeOver: in.Body.TakeOver, IP: who.IP, UserAgent: in.UserAgent, Loopback: who.peer.loopback, Surface: requestOf(ctx).surface,
	}})
	return sessionOf(ctx, got, err)
}
