package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley"
	"parley/internal/tenant"
)

// The session cookie's names: bound to the host on HTTPS, plain on loopback HTTP.
//
// Source: A-084.
const (
	cookieSecure = "__Host-parley"
	cookiePlain  = "parley"
)

// Me is who is asking, and at which center. A Resolver fills it from the
// session or the API key, so a handler that needs to know says so in its input.
type Me struct {
	parley.Actor
	at    *tenant.Tenant
	token string // of the session, "" for a key
}

// Resolve finds out who is asking and whether the operation is theirs at all.
// The use case decides about the thing they ask for.
func (m *Me) Resolve(ctx huma.Context) []error {
	s := requestOf(ctx.Context()).at
	who, token, err := s.identify(ctx.Context(), ctx.Header("Authorization"), ctx.Header("Cookie"))
	if err == nil {
		err = allowed(ctx.Operation(), who)
	}
	if err != nil {
		return []error{problem(err)}
	}
	m.Actor, m.at, m.token = who, s.at, token
	return nil
}

// Guest is a visitor asking about their own conversation, known by its token.
type Guest struct {
	parley.Actor
	at *tenant.Tenant
}

// Resolve finds the conversation of a visitor's token. A sign-in counts for
// nothing here.
func (g *Guest) Resolve(ctx huma.Context) []error {
	s := requestOf(ctx.Context()).at
	who, err := s.visitor(ctx.Context(), ctx.Header("Authorization"))
	if err != nil {
		return []error{problem(err)}
	}
	g.Actor, g.at = who, s.at
	return nil
}

// Anyone is somebody not asked who they are, only where they are.
type Anyone struct {
	parley.Actor
	at   *tenant.Tenant
	peer peer
}

// Resolve takes note of the address.
func (a *Anyone) Resolve(ctx huma.Context) []error {
	r := requestOf(ctx.Context())
	a.Actor = parley.Actor{IP: r.peer.ip.String(), Request: r.id}
	a.at, a.peer = r.at.at, r.peer
	if err := r.at.guards.anonymous.take(a.IP); err != nil {
		return []error{problem(err)}
	}
	return nil
}

// identify returns the person or API key behind a request. An Authorization
// header that is wrong is an error, whatever the cookie says.
//
// Errors: parley.ErrUnauthenticated, ErrRateLimited.
func (s *Server) identify(ctx context.Context, authorization, cookie string) (who parley.Actor, token string, err error) {
	r := requestOf(ctx)
	switch {
	case authorization != "":
		key, ok := strings.CutPrefix(authorization, "Bearer ")
		if !ok || !strings.HasPrefix(key, "pk_") {
			err = parley.ErrUnauthenticated
			break
		}
		who, err = s.at.Office.ResolveKey(ctx, key)
	default:
		if token = r.sessionToken(cookie); token == "" {
			err = parley.ErrUnauthenticated
			break
		}
		who, err = s.at.Office.ResolveSession(ctx, token, r.surface)
	}
	ip := r.peer.ip.String()
	if err != nil {
		if limited := s.guards.anonymous.take(ip); limited != nil {
			err = limited
		}
		return parley.Actor{}, "", err
	}
	who.IP, who.Request = ip, r.id
	return who, token, s.guards.people.take(who.Session + who.Key)
}

// visitor returns the visitor behind a token. Errors: parley.ErrUnauthenticated,
// ErrRateLimited.
func (s *Server) visitor(ctx context.Context, authorization string) (parley.Actor, error) {
	r := requestOf(ctx)
	ip := r.peer.ip.String()
	token, ok := strings.CutPrefix(authorization, "Bearer ")
	if !ok || !strings.HasPrefix(token, "vt_") {
		return parley.Actor{}, parley.ErrUnauthenticated
	}
	who, err := s.at.Center.ResolveVisitor(ctx, token)
	if err != nil {
		if limited := s.guards.anonymous.take(ip); limited != nil {
			err = limited
		}
		return parley.Actor{}, err
	}
	who.IP, who.Request = ip, r.id
	return who, s.guards.visitors.take(string(who.Visitor))
}

// sessionToken reads the cookie that belongs to the way the request came; over
// plain HTTP from elsewhere there is none. The panel's own counts in the panel,
// and nowhere else.
func (r *request) sessionToken(cookies string) string {
	name := cookieSecure
	switch {
	case !r.peer.secure && !r.peer.loopback:
		return ""
	case r.surface == parley.SurfacePanel:
		name = cookiePanel
	case !r.peer.secure:
		name = cookiePlain
	}
	all, err := http.ParseCookie(cookies)
	if err != nil {
		return ""
	}
	for _, c := range all {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// sessionCookie is the cookie that keeps a sign-in, or ends it if token is "".
func (r *request) sessionCookie(token string) *http.Cookie {
	if r.surface == parley.SurfacePanel {
		return panelCookie(token)
	}
	c := &http.Cookie{Name: cookiePlain, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if r.peer.secure {
		c.Name, c.Secure = cookieSecure, true
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

// needs is the key of an operation's metadata: the permission it asks for.
const needs = "permission"

// allowed reports whether somebody may use an operation at all.
// Errors: parley.ErrForbidden.
func allowed(op *huma.Operation, who parley.Actor) error {
	p, _ := op.Metadata[needs].(parley.Permission)
	if p != "" && !who.Has(p) {
		return parley.ErrForbidden
	}
	return nil
}

// signedIn lets only people and API keys pass.
func (s *Server) signedIn(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, _, err := s.identify(r.Context(), r.Header.Get("Authorization"), r.Header.Get("Cookie")); err != nil {
			s.refuse(w, r, err)
			return
		}
		next(w, r)
	}
}
