package office

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"parley"
	"parley/internal/auth"
	"parley/internal/auth/password"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// SignIn is somebody at the door.
type SignIn struct {
	Login     string
	Password  string
	TakeOver  bool // end the session elsewhere
	IP        string
	UserAgent string
	Loopback  bool // the request came from this machine, without a proxy
	Surface   parley.Surface
}

// SignedIn is the session they got. The token is shown this once.
type SignedIn struct {
	Token     string
	Session   string
	Agent     parley.AgentID
	ExpiresAt time.Time
}

// loginName is a sign-in name as it is kept.
func loginName(s string) string { return strings.ToLower(norm.NFKC.String(strings.TrimSpace(s))) }

// SignIn opens a session. An unknown name, a wrong password and a disabled
// account get the same answer after the same work; wrong passwords wait
// longer and longer, but are never locked out.
//
// Errors: parley.ErrUnknownSignIn, ErrDemoOnlyOnLoopback, ErrRateLimited if too
// many of one address wait, ErrSessionElsewhere without TakeOver (SEC-08);
// ErrTooManyTries in place of ErrUnknownSignIn once a name had many.
func (o *Office) SignIn(ctx context.Context, in SignIn) (SignedIn, error) {
	in.Login = loginName(in.Login)
	who, err := o.check(ctx, in)
	if err != nil {
		return SignedIn{}, err
	}
	return o.open(ctx, who, in)
}

// open opens the session of somebody who has proved who they are.
//
// Errors: parley.ErrDemoOnlyOnLoopback, ErrSessionElsewhere without TakeOver
// (SEC-08).
func (o *Office) open(ctx context.Context, who store.Credential, in SignIn) (SignedIn, error) {
	if who.Demo && !in.Loopback {
		return SignedIn{}, parley.ErrDemoOnlyOnLoopback
	}
	token, hash := auth.NewToken("ses")
	s := store.Session{
		ID: o.id("ses"), TokenHash: hash, Agent: who.ID, IP: in.IP, UserAgent: cut(in.UserAgent, userAgentMax), Surface: in.Surface,
	}
	ended, err := o.enter(stay(ctx), who, &s, in.TakeOver)
	if err != nil {
		return SignedIn{}, err
	}
	for _, id := range ended {
		o.sessions.end(Ended{Session: id, Why: auth.TakenOver})
	}
	return SignedIn{Token: token, Session: s.ID, Agent: who.ID, ExpiresAt: s.ExpiresAt}, nil
}

// userAgentMax is how much is kept of what a browser says it is.
//
// Unit: bytes.
const userAgentMax = 400

// cut returns at most n bytes of what a program says of itself.
func cut(s string, n int) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s[:min(n, len(s))], "\x00", ""), "")
}

// check returns whose the name and the password are.
func (o *Office) check(ctx context.Context, in SignIn) (store.Credential, error) {
	from := parley.Household(in.IP)
	if !o.throttle.enter(from) {
		return store.Credential{}, parley.ErrRateLimited
	}
	defer o.throttle.leave(from)
	if d := o.throttle.delay(in.Login, from, o.clock.Now()); d > 0 {
		if err := o.wait(ctx, d); err != nil {
			return store.Credential{}, err
		}
	}
	who, err := o.store.View().CredentialNamed(ctx, strings.ReplaceAll(strings.ToValidUTF8(in.Login, ""), "\x00", ""))
	if err != nil && !absent(err) {
		return who, err
	}
	fits := o.hasher.Verify(ctx, who.PasswordHash, in.Password) // "" for an unknown name: as much work
	switch {
	case fits != nil && !errors.Is(fits, auth.ErrWrongPassword):
		return who, fits
	case fits != nil || !who.Enabled:
		n := o.throttle.wrong(in.Login, from, o.clock.Now())
		if n%triesAlarmed == 0 {
			slog.WarnContext(ctx, "many wrong passwords for one sign-in name", "agent", who.ID, "count", n)
		}
		if n >= triesAlarmed { // every further answer takes as long: whoever asks should know
			return who, ErrTooManyTries.With(map[string]any{"retry_after": int(delayMost.Seconds())})
		}
		return who, parley.ErrUnknownSignIn
	}
	o.throttle.right(in.Login)
	return who, nil
}

// enter adds the session and starts the agent's working session. It returns the
// sessions it took over.
func (o *Office) enter(ctx context.Context, who store.Credential, s *store.Session, takeOver bool) (ended []string, err error) {
	err = o.ledger.Do(ctx, ledger.Command{
		Name:  "sign_in",
		Touch: []string{string(who.ID)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			now, err := v.Credential(ctx, who.ID)
			if err != nil {
				return ledger.Plan{}, err
			}
			if !now.Enabled || now.PasswordHash != who.PasswordHash {
				return ledger.Plan{}, parley.ErrUnknownSignIn
			}
			open, err := v.SessionsOpenOf(ctx, who.ID)
			if err != nil {
				return ledger.Plan{}, err
			}
			ended = ended[:0]
			why := map[string]string{}
			for _, had := range open {
				why[had.ID] = auth.TakenOver
				if over(had, v.Now) {
					why[had.ID] = auth.Expired
				} else if !takeOver {
					return ledger.Plan{}, parley.ErrSessionElsewhere
				}
				ended = append(ended, had.ID)
			}
			s.CreatedAt, s.SeenAt, s.ExpiresAt = v.Now, v.Now, v.Now.Add(auth.SessionLife)
			return ledger.Plan{
				Route: routing.Login{Agent: who.ID},
				Rows: func(r *store.Rows, _ []routing.Event) {
					for _, id := range ended {
						r.EndSession(id, why[id], v.Now)
					}
					r.AddSession(*s)
				},
			}, nil
		},
	})
	return ended, err
}

// SignOut ends the actor's own session and logs them out, with a status code
// if they gave one.
//
// Errors: parley.ErrInteractionsOpen (PRE-17), ErrStatusCodeRequired.
func (o *Office) SignOut(ctx context.Context, me parley.Actor, code parley.StatusCodeID) error {
	if me.Session == "" {
		return parley.ErrUnauthenticated
	}
	defer o.sessions.intend(me.Session, auth.SignedOut)()
	err := o.ledger.Do(stay(ctx), ledger.Command{
		Name:  "sign_out",
		Touch: []string{string(me.Agent), me.Session},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			if err := codeFits(ctx, v.View, code, string(parley.LoggedOut)); err != nil {
				return ledger.Plan{}, err
			}
			plan := ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.EndSession(me.Session, auth.SignedOut, v.Now)
			}}
			if working(v, me.Agent) {
				plan.Route = routing.Logout{Agent: me.Agent, Code: code}
			}
			return plan, nil
		},
	})
	if err != nil {
		return err
	}
	o.sessions.end(Ended{Session: me.Session, Why: auth.SignedOut})
	return nil
}

// working reports whether routing has an agent logged in.
func working(v ledger.View, id parley.AgentID) bool {
	a, ok := v.Router.Agent(id)
	return ok && a.Base != parley.LoggedOut
}

// codeFits refuses a code of another list, and no code where a list applies.
//
// Errors: parley.ErrStatusCodeRequired, an Invalid one for an unknown code.
// Source: PRE-13.
func codeFits(ctx context.Context, v store.View, code parley.StatusCodeID, applies string) error {
	codes, err := v.StatusCodes(ctx)
	if err != nil {
		return err
	}
	required := false
	for _, c := range codes {
		if c.Applies != applies || !c.Active {
			continue
		}
		if c.ID == code {
			return nil
		}
		required = true
	}
	switch {
	case code != "":
		return parley.ErrInvalid(parley.FieldError{Field: "code", Code: "unknown"})
	case required:
		return parley.ErrStatusCodeRequired
	}
	return nil
}

// Session is a sign-in as people see it.
type Session struct {
	ID        string         `json:"id"`
	Agent     parley.AgentID `json:"agent_id"`
	CreatedAt int64          `json:"created_at"`
	SeenAt    int64          `json:"seen_at"`
	IP        string         `json:"ip"`
	UserAgent string         `json:"user_agent"`
	Own       bool           `json:"own"`
}

// Sessions returns the actor's open sessions; an administrator's view is of all.
func (o *Office) Sessions(ctx context.Context, me parley.Actor) ([]Session, error) {
	open, err := o.store.View().SessionsOpen(ctx)
	if err != nil {
		return nil, err
	}
	list := []Session{}
	for _, s := range open {
		own := me.Agent != "" && s.Agent == me.Agent
		if !own && may(me, parley.MayAdminister) != nil {
			continue
		}
		if seen, ok := o.sessions.seen(s.ID); ok {
			s.SeenAt = seen
		}
		list = append(list, Session{
			ID: s.ID, Agent: s.Agent, CreatedAt: parley.Millis(s.CreatedAt), SeenAt: parley.Millis(s.SeenAt),
			IP: s.IP, UserAgent: s.UserAgent, Own: own,
		})
	}
	return list, nil
}

// EndSession ends a session: one's own as SignOut does; as an administrator
// anybody's, who is logged out.
//
// Errors: parley.ErrNotFound, also for another's without the right;
// ErrInteractionsOpen for one's own.
// Source: CFG-04.
func (o *Office) EndSession(ctx context.Context, me parley.Actor, id string) error {
	s, err := o.store.View().Session(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case !s.EndedAt.IsZero():
		return parley.ErrNotFound
	case me.Agent != "" && s.Agent == me.Agent && me.Session == id:
		return o.SignOut(ctx, me, "")
	case may(me, parley.MayAdminister) != nil:
		return parley.ErrNotFound
	}
	return o.endSession(ctx, "end_session", id, auth.Revoked, me)
}

// endSession ends a session and logs its agent out, whatever they hold.
func (o *Office) endSession(ctx context.Context, name, id, why string, by parley.Actor) error {
	var whose parley.AgentID
	defer o.sessions.intend(id, why)()
	err := o.ledger.Do(stay(ctx), ledger.Command{
		Name:  name,
		Touch: []string{id, store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			s, err := v.Session(ctx, id)
			if err != nil || !s.EndedAt.IsZero() {
				return ledger.Plan{}, err
			}
			last, err := v.AuditLast(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			row := audit(by, name, change{subject: id})
			row.At, whose = v.Now, s.Agent
			plan := ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.EndSession(id, why, v.Now)
				if row.Actor != "" { // not of itself, when its time had passed
					r.AddAudit(last, row)
				}
			}}
			if working(v, s.Agent) {
				plan.Route = routing.ForceLogout{Agent: s.Agent, By: parley.AgentID(by.By())}
			}
			return plan, nil
		},
	})
	if err != nil {
		return err
	}
	o.sessions.end(Ended{id, why, o.other(parley.AgentID(by.By()), whose)})
	return nil
}

// ChangePassword changes the actor's own password.
//
// Errors: an Invalid one that names what is wrong: the old one, or the new one's length.
func (o *Office) ChangePassword(ctx context.Context, me parley.Actor, old, now string) error {
	if me.Agent == "" {
		return parley.ErrForbidden
	}
	if problem := password.Check(now); problem != "" {
		return parley.ErrInvalid(parley.FieldError{Field: "new", Code: problem})
	}
	who, err := o.store.View().Credential(ctx, me.Agent)
	if err != nil {
		return err
	}
	switch _, err := o.check(ctx, SignIn{Login: who.Login, Password: old, IP: me.IP}); {
	case errors.Is(err, parley.ErrUnknownSignIn): // who asks is signed in: the name fits
		return parley.ErrInvalid(parley.FieldError{Field: "old", Code: "wrong_password"})
	case err != nil:
		return err
	}
	return o.savePassword(ctx, me, me.Agent, now)
}

// savePassword keeps a new password; every other session of the agent ends.
func (o *Office) savePassword(ctx context.Context, me parley.Actor, id parley.AgentID, now string) error {
	hash, err := o.hasher.Hash(ctx, now)
	if err != nil {
		return err
	}
	ctx = stay(ctx)
	var ended []string
	err = o.do(ctx, me, "save_password", func(ctx context.Context, v ledger.View) (change, error) {
		if _, err := v.Agent(ctx, id); err != nil {
			return change{}, err
		}
		open, err := v.SessionsOpenOf(ctx, id)
		if err != nil {
			return change{}, err
		}
		ended = ended[:0]
		for _, s := range open {
			if s.ID != me.Session {
				ended = append(ended, s.ID)
			}
		}
		return change{subject: string(id), rows: func(r *store.Rows) {
			r.SavePassword(id, hash, false)
			for _, session := range ended {
				r.EndSession(session, auth.Revoked, v.Now)
			}
		}}, nil
	})
	if err != nil {
		return err
	}
	for _, session := range ended {
		o.sessions.end(Ended{Session: session, Why: auth.Revoked})
	}
	return nil
}
