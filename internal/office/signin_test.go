package office

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/auth"
	"parley/internal/ledger"
	"parley/internal/routing"
)

// told collects what connections are told.
type ends struct {
	mu   sync.Mutex // guards list
	list []string
}

func (e *ends) add(end Ended) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.list = append(e.list, end.Session+" "+end.Why, end.Session+" by "+end.By)
}

// has waits until connections are told one of the reasons: they are told after the
// answer.
func (e *ends) has(session string, whys ...string) bool {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		e.mu.Lock()
		told := slices.ContainsFunc(whys, func(why string) bool { return slices.Contains(e.list, session+" "+why) })
		e.mu.Unlock()
		if told {
			return true
		}
	}
	return false
}

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy := t.Context(), p.hire("amy")
		in := get(p.SignIn(ctx, SignIn{Login: " AMY ", Password: secret, IP: "10.0.0.1", UserAgent: "curl"}))(t)
		me := get(p.ResolveSession(ctx, in.Token, parley.SurfaceApp))(t)
		if me.Agent != amy || me.Role != parley.RoleAgent || me.Preset != parley.PresetWorkspace || me.Session != in.Session {
			t.Errorf("CFG-05: who is it: %+v", me)
		}
		if base := p.config(amy).Base; base != parley.OnBreak {
			t.Errorf("PRE-02: signing in lands on break: %s", base)
		}
		kept := get(p.store.View().Session(ctx, in.Session))(t)
		if kept.TokenHash != auth.Hash(in.Token) || strings.Contains(kept.TokenHash, in.Token) {
			t.Error("A-083: the token itself is kept nowhere")
		}
		if err := p.SignOut(ctx, me, ""); err != nil {
			t.Fatal(err)
		}
		_, err := p.ResolveSession(ctx, in.Token, parley.SurfaceApp)
		refused(t, "A-083: an ended session is dead", err, parley.ErrUnauthenticated)
		if base := p.config(amy).Base; base != parley.LoggedOut {
			t.Errorf("P23: signing out logs out: %s", base)
		}
		again := get(p.SignIn(ctx, SignIn{Login: "amy", Password: secret}))(t)
		if again.Token == in.Token || again.Session == in.Session {
			t.Error("A-083: a new sign-in has a new session")
		}
	})
}

func TestWrongSignIn(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		p.hire("amy")
		p.hire("bob", func(in *AgentInput) { in.Enabled = false })
		for name, in := range map[string]SignIn{
			"a wrong password":             {Login: "amy", Password: "correct house"},
			"an unknown name":              {Login: "eve", Password: secret},
			"a disabled account":           {Login: "bob", Password: secret},
			"a password of a megabyte":     {Login: "amy", Password: strings.Repeat("x", 1<<20)},
			"a name that is SQL":           {Login: "amy' OR '1'='1", Password: secret},
			"a name with a NUL":            {Login: "amy\x00", Password: "correct house"},
			"a name that is no text":       {Login: "a\xffmy", Password: "correct house"},
			"an empty name and password":   {},
			"a name no one could be given": {Login: strings.Repeat("y", 10_000), Password: secret},
		} {
			_, err := p.SignIn(ctx, in)
			refused(t, "A-081: "+name, err, parley.ErrUnknownSignIn)
		}
		for _, token := range []string{"", "ses_x", "pk_x", strings.Repeat("z", 10_000)} {
			_, err := p.ResolveSession(ctx, token, parley.SurfaceApp)
			refused(t, "A-029: a made-up token", err, parley.ErrUnauthenticated)
		}
	})
}

func TestDelay(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		p.hire("amy")
		for i := range 12 {
			want := parley.ErrUnknownSignIn
			if i+1 >= triesAlarmed {
				want = ErrTooManyTries
			}
			for _, login := range []string{"amy", "nobody"} { // who is not there is answered the same
				_, err := p.SignIn(ctx, SignIn{Login: login, Password: "wrong word", IP: "10.0.0." + string(rune('a'+i%26))})
				refused(t, "A-082: a wrong password", err, want)
			}
		}
		if len(p.waits) == 0 || !slices.IsSorted(p.waits) || p.waits[0] != delayFirst || p.waits[len(p.waits)-1] != delayMost {
			t.Errorf("A-082: each wrong password waits longer: %v", p.waits)
		}
		get(p.SignIn(ctx, SignIn{Login: "amy", Password: secret, IP: "10.9.9.9"}))(t) // never locked out
		if d := p.throttle.delay("amy", "10.9.9.9", p.clock.Now()); d != 0 {
			t.Errorf("A-082: the right password forgets: %v", d)
		}
	})
}

func TestThrottle(t *testing.T) {
	var th throttle
	th.init()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for i := range 1000 {
		th.wrong("agent"+string(rune('a'+i%26))+strings.Repeat("x", i/26), "10.0.0.1", now)
	}
	if d := th.delay("never tried", "10.0.0.1", now); d != delayMost {
		t.Errorf("A-082: 1,000 accounts with one password: the address waits, got %v", d)
	}
	if d := th.delay("never tried", "10.0.0.2", now); d != 0 {
		t.Errorf("A-082: others do not: %v", d)
	}
	if d := th.delay("never tried", "10.0.0.1", now.Add(triesForget+time.Second)); d != 0 {
		t.Errorf("A-082: it is forgotten in time: %v", d)
	}
	for range waitingMost {
		if !th.enter("10.0.0.1") {
			t.Fatal("A-082: a few may wait")
		}
	}
	if th.enter("10.0.0.1") || !th.enter("10.0.0.2") {
		t.Error("A-082: one address cannot pile up attempts")
	}
	th.leave("10.0.0.1")
	if !th.enter("10.0.0.1") {
		t.Error("A-082: a place that is left is free")
	}
	for i := range triesKept + 10 {
		th.wrong(strings.Repeat("n", i%7)+string(rune(i)), "10.1.0.1", now)
	}
	if len(th.tries) > triesKept+2 {
		t.Errorf("A-105: %d names are remembered", len(th.tries))
	}
}

// TestDelayOfOneLine A-082: who tries one name after another from ever new addresses
// of one line waits all the same.
func TestDelayOfOneLine(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		wrong := func(line, i int) {
			t.Helper()
			_, err := p.SignIn(t.Context(), SignIn{
				Login: fmt.Sprintf("nobody%d-%d", line, i), Password: "wrong word", IP: fmt.Sprintf("2001:db8:1:%x::%x", line, i+1),
			})
			refused(t, "A-082: a wrong password", err, parley.ErrUnknownSignIn)
		}
		for i := range triesFreeIP {
			wrong(1, i)
		}
		if len(p.waits) != 0 {
			t.Fatalf("A-082: an office mistypes: %v", p.waits)
		}
		wrong(1, triesFreeIP)
		if len(p.waits) != 1 {
			t.Errorf("A-082: the %d. try of one line does not wait", triesFreeIP+1)
		}
		wrong(2, 0)
		if len(p.waits) != 1 {
			t.Errorf("A-082: its neighbor waits: %v", p.waits)
		}
	})
}

func TestTakeOver(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy := t.Context(), p.hire("amy")
		var e ends
		p.OnEnd(e.add)
		first := get(p.SignIn(ctx, SignIn{Login: "amy", Password: secret}))(t)
		get(p.ResolveSession(ctx, first.Token, parley.SurfaceApp))(t)
		_, err := p.SignIn(ctx, SignIn{Login: "amy", Password: secret})
		refused(t, "SEC-08: one session", err, parley.ErrSessionElsewhere)
		set(t, p, routing.SetStatus{Agent: amy, Status: parley.WorkOffline})
		told := p.config(amy).AgentConfig
		second := get(p.SignIn(ctx, SignIn{Login: "amy", Password: secret, TakeOver: true, IP: "203.0.113.9", UserAgent: "elsewhere"}))(t)
		if now := p.config(amy).AgentConfig; !reflect.DeepEqual(now, told) {
			t.Errorf("SEC-06: where an agent sits changes nothing for routing: %+v", now)
		}
		_, err = p.ResolveSession(ctx, first.Token, parley.SurfaceApp)
		refused(t, "SEC-08: the first session ends and is told why", err, parley.ErrSessionTakenOver)
		if !e.has(first.Session, auth.TakenOver) {
			t.Errorf("SEC-08: its connections are told: %v", e.list)
		}
		get(p.ResolveSession(ctx, second.Token, parley.SurfaceApp))(t)
		if base := p.config(amy).Base; base != parley.WorkOffline {
			t.Errorf("SEC-08: a take-over keeps presence: %s", base)
		}
	})
}

// set asks routing for something.
func set(t *testing.T, p *place, cmd routing.Command) {
	t.Helper()
	err := p.ledger.Do(t.Context(), ledger.Command{Name: "set", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		return ledger.Plan{Route: cmd}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOneOfManyWins(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.hire("amy")
		var wg sync.WaitGroup
		results := make(chan error, 8)
		for range cap(results) {
			wg.Go(func() {
				_, err := p.SignIn(context.Background(), SignIn{Login: "amy", Password: secret})
				results <- err
			})
		}
		wg.Wait()
		close(results)
		won := 0
		for err := range results {
			if err == nil {
				won++
			} else if !errors.Is(err, parley.ErrSessionElsewhere) && !errors.Is(err, parley.ErrRateLimited) {
				t.Errorf("SEC-08: %v", err)
			}
		}
		if won != 1 {
			t.Errorf("SEC-08: %d sessions of one agent", won)
		}
	})
}

func TestExpiry(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy, bob := t.Context(), p.hire("amy"), p.hire("bob")
		var e ends
		p.OnEnd(e.add)
		a, _ := p.enterAs("amy")
		b, _ := p.enterAs("bob")
		p.clock.pass(auth.SessionIdle - time.Minute)
		get(p.ResolveSession(ctx, a.Token, parley.SurfaceApp))(t)
		p.Seen(b.Session)
		p.clock.pass(2 * time.Minute)
		get(p.ResolveSession(ctx, a.Token, parley.SurfaceApp))(t) // use keeps a session alive
		if err := p.sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if kept := get(p.store.View().Session(ctx, b.Session))(t); kept.SeenAt.Equal(kept.CreatedAt) {
			t.Error("A-083: the disk hears of a connection's use, for a restart")
		}
		get(p.ResolveSession(ctx, b.Token, parley.SurfaceApp))(t) // so does a connection
		p.clock.pass(auth.SessionIdle + time.Minute)
		_, err := p.ResolveSession(ctx, a.Token, parley.SurfaceApp)
		refused(t, "A-083: twelve idle hours", err, parley.ErrUnauthenticated)
		if err := p.sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if !e.has(a.Session, auth.Expired) || !e.has(b.Session, auth.Expired) {
			t.Errorf("A-044: connections are told: %v", e.list)
		}
		if row := get(p.store.View().AuditLast(ctx))(t); row.Action == "expire_session" {
			t.Errorf("CFG-04: time is nobody: %+v", row)
		}
		for _, id := range []parley.AgentID{amy, bob} {
			if base := p.config(id).Base; base != parley.LoggedOut {
				t.Errorf("whoever has no session is logged out: %s is %s", id, base)
			}
		}
	})
}

func TestSessionFromDisk(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy := t.Context(), p.hire("amy")
		in, _ := p.enterAs("amy")
		p.sessions.init() // as after a restart
		if me := get(p.ResolveSession(ctx, in.Token, parley.SurfaceApp))(t); me.Agent != amy || me.Session != in.Session {
			t.Errorf("R-20: a session outlives a restart: %+v", me)
		}
		p.clock.pass(seenEvery)
		get(p.ResolveSession(ctx, in.Token, parley.SurfaceApp))(t)
		if kept := get(p.store.View().Session(ctx, in.Session))(t); !kept.SeenAt.Equal(p.clock.Now()) {
			t.Errorf("the disk hears that it is used: %v", kept.SeenAt)
		}
	})
}

func TestRevocation(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy := t.Context(), p.hire("amy")
		var e ends
		p.OnEnd(e.add)

		in, _ := p.enterAs("amy")
		a := get(p.Agent(ctx, p.ada, amy))(t)
		a.Role = parley.RoleSupervisor
		if err := p.SaveAgent(ctx, p.ada, amy, a.AgentInput); err != nil {
			t.Fatal(err)
		}
		if me := get(p.ResolveSession(ctx, in.Token, parley.SurfaceApp))(t); me.Role != parley.RoleSupervisor || !e.has(in.Session, auth.Rescoped) {
			t.Errorf("A-044: a new role counts at once: %s %v", me.Role, e.list)
		}

		a = get(p.Agent(ctx, p.ada, amy))(t)
		a.Enabled = false
		if err := p.SaveAgent(ctx, p.ada, amy, a.AgentInput); err != nil {
			t.Fatal(err)
		}
		_, err := p.ResolveSession(ctx, in.Token, parley.SurfaceApp)
		refused(t, "A-044: a disabled agent", err, parley.ErrUnauthenticated)
		if !e.has(in.Session, auth.LoggedOut, auth.Disabled) {
			t.Errorf("A-044: connections are told: %v", e.list)
		}

		a = get(p.Agent(ctx, p.ada, amy))(t)
		a.Enabled = true
		if err := p.SaveAgent(ctx, p.ada, amy, a.AgentInput); err != nil {
			t.Fatal(err)
		}
		in, _ = p.enterAs("amy")
		set(t, p, routing.ForceLogout{Agent: amy, By: p.ada.Agent})
		kept := get(p.store.View().Session(ctx, in.Session))(t)
		if kept.EndWhy != auth.LoggedOut {
			t.Errorf("P16: a supervisor's log-out ends the session in the same commit: %q", kept.EndWhy)
		}
		if !e.has(in.Session, "by Ada") {
			t.Errorf("PRE-16: the agent is told who did it: %v", e.list)
		}

		in, me := p.enterAs("amy")
		bobs, bob := func() (SignedIn, parley.Actor) { p.hire("bob"); return p.enterAs("bob") }()
		refused(t, "A-018: another's session", p.EndSession(ctx, bob, in.Session), parley.ErrNotFound)
		if list := get(p.Sessions(ctx, bob))(t); len(list) != 1 || list[0].ID != bobs.Session {
			t.Errorf("A-018: one sees one's own: %v", list)
		}
		if list := get(p.Sessions(ctx, p.ada))(t); len(list) != 2 {
			t.Errorf("an administrator sees all: %v", list)
		}
		if err := p.EndSession(ctx, p.ada, in.Session); err != nil || !e.has(in.Session, auth.Revoked) {
			t.Errorf("A-044: an administrator revokes: %v %v", err, e.list)
		}
		row := get(p.store.View().AuditLast(ctx))(t)
		if row.Action != "end_session" || row.Subject != in.Session || row.Actor != string(p.ada.Agent) {
			t.Errorf("CFG-04: who did it is kept: %+v", row)
		}
		_, err = p.ResolveSession(ctx, in.Token, parley.SurfaceApp)
		refused(t, "A-044: a revoked session", err, parley.ErrUnauthenticated)
		refused(t, "A-044: its actor", p.EndSession(ctx, me, in.Session), parley.ErrNotFound)

		in, _ = p.enterAs("amy")
		key := get(p.CreateAPIKey(ctx, p.ada, "night watch", []parley.Permission{parley.MaySupervise, parley.MayAdminister}))(t)
		if err := p.EndSession(ctx, get(p.ResolveKey(ctx, key.Secret))(t), in.Session); err != nil || !e.has(in.Session, "by night watch") {
			t.Errorf("PRE-16: a program is called by its name: %v %v", err, e.list)
		}
	})
}

func TestPasswords(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy := t.Context(), p.hire("amy")
		in, me := p.enterAs("amy")
		const better = "battery staple"
		faulty(t, "A-096: the old password is wrong", p.ChangePassword(ctx, me, "no idea at all", better), parley.FieldError{Field: "old", Code: "wrong_password"})
		faulty(t, "A-091: too short", p.ChangePassword(ctx, me, secret, "short"), parley.FieldError{Field: "new", Code: "too_short"})
		faulty(t, "A-091: too long", p.ChangePassword(ctx, me, secret, strings.Repeat("x", 257)),
			parley.FieldError{Field: "new", Code: "too_long"})
		if err := p.ChangePassword(ctx, me, secret, better); err != nil {
			t.Fatal(err)
		}
		get(p.ResolveSession(ctx, in.Token, parley.SurfaceApp))(t) // one's own session stays
		_, err := p.SignIn(ctx, SignIn{Login: "amy", Password: secret, TakeOver: true})
		refused(t, "A-090: the old password", err, parley.ErrUnknownSignIn)

		refused(t, "A-017: an agent gives nobody a password", p.SetPassword(ctx, me, amy, better), parley.ErrForbidden)
		if err := p.SetPassword(ctx, p.ada, amy, "yet another one"); err != nil {
			t.Fatal(err)
		}
		_, err = p.ResolveSession(ctx, in.Token, parley.SurfaceApp)
		refused(t, "A-044: a new password from the administrator ends the session", err, parley.ErrUnauthenticated)
		refused(t, "A-018: of nobody", p.SetPassword(ctx, p.ada, "agt_unknown", better), parley.ErrNotFound)
		for _, row := range get(p.store.View().AuditPage(ctx, 0, 100))(t) {
			if strings.Contains(row.Before+row.After, "argon2") || strings.Contains(row.Before+row.After, better) {
				t.Errorf("A-095: a password is in the audit log: %s", row.Action)
			}
		}
	})
}

func TestProfile(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, amy := t.Context(), p.hire("amy")
		_, me := p.enterAs("amy")
		before := get(p.Agent(ctx, p.ada, amy))(t)
		if err := p.SaveProfile(ctx, me, ProfileInput{DisplayName: "Amy C.", Language: "fr-CA"}); err != nil {
			t.Fatal(err)
		}
		after := get(p.Agent(ctx, p.ada, amy))(t)
		if after.DisplayName != "Amy C." || after.Language != "fr-CA" || after.Role != before.Role || after.Capacity != before.Capacity {
			t.Errorf("A-096: name and language, nothing else: %+v", after)
		}
		signature, long := " Amy, Parley\r\nMontr\u00e9al ", strings.Repeat("a", parley.SignatureMax+1)
		if err := p.SaveProfile(ctx, me, ProfileInput{Signature: &signature}); err != nil {
			t.Fatal(err)
		}
		if kept := get(p.store.View().Agent(ctx, amy))(t); kept.Signature != "Amy, Parley\nMontr\u00e9al" || kept.DisplayName != "Amy C." {
			t.Errorf("SCR-02: the signature is kept beside the rest: %+v", kept)
		}
		a := get(p.Agent(ctx, p.ada, amy))(t)
		if err := p.SaveAgent(ctx, p.ada, amy, a.AgentInput); err != nil {
			t.Fatal(err)
		}
		if kept := get(p.store.View().Agent(ctx, amy))(t); kept.Signature == "" {
			t.Error("SCR-02: an administrator who saves an agent leaves the signature alone")
		}
		faulty(t, "SCR-02: signature", p.SaveProfile(ctx, me, ProfileInput{Signature: &long}),
			parley.FieldError{Field: "signature", Code: "too_long"})
		faulty(t, "SEC-05: language", p.SaveProfile(ctx, me, ProfileInput{Language: "tlh"}),
			parley.FieldError{Field: "language", Code: "unknown"})
		forbid := []Value{{Scope: parley.ScopeTenant, Key: "agents.may_edit_profile", Value: false}}
		if err := p.SaveSettings(ctx, p.ada, forbid); err != nil {
			t.Fatal(err)
		}
		refused(t, "SEC-05: without the right", p.SaveProfile(ctx, me, ProfileInput{DisplayName: "X"}), parley.ErrForbidden)
	})
}

func TestReadingGoesOn(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.hire("amy")
		in, _ := p.enterAs("amy")
		p.clock.pass(seenEvery)
		ctx, stop := context.WithCancel(t.Context())
		stop() // so that the ledger saves nothing for this caller
		if me, err := p.ResolveSession(ctx, in.Token, parley.SurfaceApp); err != nil || me.Session != in.Session {
			t.Errorf("R-04: who is known stays known while nothing can be saved: %v", err)
		}
	})
}
