package api

import (
	"context"
	"net/http"

	"parley"
	"parley/internal/office"
)

// sessionOperations are signing in and out.
func (s *Server) sessionOperations() {
	a := s.api
	post(a, "/api/session", "sign-in", "", s.signIn)
	post(a, "/api/session/sso", "sign-in-sso", "", s.ssoSignIn)
	get(a, "/api/session", "get-session", "", getSession)
	del(a, "/api/session", "sign-out", "", signOut)
	get(a, "/api/sessions", "list-sessions", "", listSessions)
	del(a, "/api/sessions/{id}", "end-session", "", endSession)
	get(a, "/api/setup", "get-setup", "", s.getSetup)
	add(a, "/api/setup", "set-up", "", s.setUp)
	put(a, "/api/agents/me/password", "change-password", "", changePassword)
	put(a, "/api/agents/me/profile", "save-profile", "", saveProfile)
	put(a, "/api/agents/me/pops", "save-pops", "", savePops)
	get(a, "/api/agents/me/shortcuts", "get-shortcuts", "", getShortcuts)
	put(a, "/api/agents/me/shortcuts", "save-shortcuts", "", saveShortcuts)
}

type signInInput struct {
	Anyone    Anyone
	UserAgent string `header:"User-Agent"`
	Body      struct {
		Login    string `json:"login" maxLength:"200"`
		Password string `json:"password" maxLength:"256"`
		TakeOver bool   `json:"take_over,omitempty" doc:"end the session elsewhere"`
	}
}

// signedInAs is the answer to a sign-in; the secret travels in the cookie alone.
type signedInAs struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      struct {
		Me parley.AgentID `json:"me_id"`
	}
}

// signIn opens a session, over HTTPS or on this machine.
func (s *Server) signIn(ctx context.Context, in *signInInput) (*signedInAs, error) {
	who := in.Anyone
	if err := s.guards.signIns.take(who.IP); err != nil {
		return nil, problem(err)
	}
	if err := s.confided(who.peer); err != nil {
		return nil, problem(err)
	}
	got, err := who.at.Office.SignIn(ctx, office.SignIn{
		Login: in.Body.Login, Password: in.Body.Password, TakeOver: in.Body.TakeOver,
		IP: who.IP, UserAgent: in.UserAgent, Loopback: who.peer.loopback, Surface: requestOf(ctx).surface,
	})
	return sessionOf(ctx, got, err)
}

// confided refuses a password that everybody on the way could read. The demo's
// people are let in on this machine only: to send them to HTTPS would not help.
//
// Source: A-129.
func (s *Server) confided(p peer) error {
	switch {
	case p.secure || p.loopback:
		return nil
	case s.demo:
		return parley.ErrDemoOnlyOnLoopback
	}
	return parley.ErrInsecureConnection
}

// sessionOf answers with a session.
func sessionOf(ctx context.Context, got office.SignedIn, err error) (*signedInAs, error) {
	if err != nil {
		return nil, problem(err)
	}
	out := &signedInAs{SetCookie: *requestOf(ctx).sessionCookie(got.Token)}
	out.Body.Me = got.Agent
	return out, nil
}

type mine struct{ Me Me }

// sessionView is who is signed in here.
type sessionView struct {
	Agent struct {
		ID    parley.AgentID `json:"id"`
		Group parley.GroupID `json:"group_id"`
	} `json:"agent"`
	Role        parley.Role         `json:"role"`
	Permissions []parley.Permission `json:"permissions"`
}

func getSession(_ context.Context, in *mine) (*out[sessionView], error) {
	v := sessionView{Role: in.Me.Role, Permissions: in.Me.Permissions()}
	v.Agent.ID, v.Agent.Group = in.Me.Agent, in.Me.Group
	return &out[sessionView]{v}, nil
}

type signOutInput struct {
	Me   Me
	Body *struct {
		Code parley.StatusCodeID `json:"code,omitempty" maxLength:"64"`
	}
}

// signedOut ends the cookie and what the browser kept of us.
type signedOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Clear     string      `header:"Clear-Site-Data"`
}

func signOut(ctx context.Context, in *signOutInput) (*signedOut, error) {
	var code parley.StatusCodeID
	if in.Body != nil {
		code = in.Body.Code
	}
	if err := in.Me.at.Office.SignOut(ctx, in.Me.Actor, code); err != nil {
		return nil, problem(err)
	}
	return &signedOut{SetCookie: *requestOf(ctx).sessionCookie(""), Clear: `"cache"`}, nil
}

func listSessions(ctx context.Context, in *mine) (*out[list[office.Session]], error) {
	return listed(in.Me.at.Office.Sessions(ctx, in.Me.Actor))
}

type sessionInput struct {
	Me Me
	ID string `path:"id" maxLength:"64"`
}

func endSession(ctx context.Context, in *sessionInput) (*struct{}, error) {
	return done(in.Me.at.Office.EndSession(ctx, in.Me.Actor, in.ID))
}

type passwordInput struct {
	Me   Me
	Body struct {
		Old string `json:"old" maxLength:"256"`
		New string `json:"new" maxLength:"256"`
	}
}

func changePassword(ctx context.Context, in *passwordInput) (*struct{}, error) {
	return done(in.Me.at.Office.ChangePassword(ctx, in.Me.Actor, in.Body.Old, in.Body.New))
}

type profileInput struct {
	Me   Me
	Body office.ProfileInput
}

func saveProfile(ctx context.Context, in *profileInput) (*struct{}, error) {
	return done(in.Me.at.Office.SaveProfile(ctx, in.Me.Actor, in.Body))
}

type popsInput struct {
	Me   Me
	Body office.Pops
}

func savePops(ctx context.Context, in *popsInput) (*struct{}, error) {
	return done(in.Me.at.Office.SavePops(ctx, in.Me.Actor, in.Body))
}

type ownShortcutsInput struct{ Me Me }

func getShortcuts(ctx context.Context, in *ownShortcutsInput) (*out[parley.Shortcuts], error) {
	return reply(in.Me.at.Office.Shortcuts(ctx, in.Me.Actor))
}

type shortcutsInput struct {
	Me   Me
	Body parley.Shortcuts
}

func saveShortcuts(ctx context.Context, in *shortcutsInput) (*struct{}, error) {
	return done(in.Me.at.Office.SaveShortcuts(ctx, in.Me.Actor, in.Body))
}

type anyone struct{ Anyone Anyone }

// setupView is whether the center has yet to begin.
type setupView struct {
	Needed bool   `json:"needed"`
	Demo   bool   `json:"demo" doc:"there are ready-made people to sign in as"`
	SSO    string `json:"sso" doc:"what the organisation's identity provider is called; empty if there is none"`
}

func (s *Server) getSetup(ctx context.Context, in *anyone) (*out[setupView], error) {
	needed, err := in.Anyone.at.Office.NeedsSetup(ctx)
	if err != nil {
		return nil, problem(err)
	}
	sso, err := in.Anyone.at.Office.SSO(ctx)
	return reply(setupView{Needed: needed, Demo: s.demo && in.Anyone.peer.loopback, SSO: sso}, err)
}

type setupInput struct {
	Anyone Anyone
	Body   office.SetupInput
}

// setUp begins the center. The token is guessed as hard as a password, and asked
// for as rarely.
func (s *Server) setUp(ctx context.Context, in *setupInput) (*struct{}, error) {
	who := in.Anyone
	if err := s.guards.signIns.take(who.IP); err != nil {
		return nil, problem(err)
	}
	if err := s.confided(who.peer); err != nil {
		return nil, problem(err)
	}
	return done(who.at.Office.Setup(ctx, in.Body))
}
