package office

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley"
	"parley/internal/auth"
	"parley/internal/ledger"
	"parley/internal/mail"
	"parley/internal/reserve"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestSetup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := emptyPlace(t, s), t.Context()
		in := SetupInput{Center: "Acme", Zone: "America/Toronto", Login: "ada", DisplayName: "Ada", Password: secret, Language: "fr-CA"}
		if !get(p.NeedsSetup(ctx))(t) {
			t.Fatal("A-093: an empty center has yet to begin")
		}
		refused(t, "A-093: without the console's token", p.Setup(ctx, in), parley.ErrForbidden)
		old := get(p.SetupToken(ctx))(t)
		token := get(p.SetupToken(ctx))(t)
		in.Token = old
		refused(t, "A-093: an earlier start's token", p.Setup(ctx, in), parley.ErrForbidden)
		in.Token = token
		bad := in
		bad.Password, bad.Zone, bad.Center = "short", "Local", ""
		faulty(t, "A-093: every fault at once", p.Setup(ctx, bad), parley.FieldError{Field: "password", Code: "too_short"},
			parley.FieldError{Field: "center", Code: "required"}, parley.FieldError{Field: "zone", Code: "unknown"})

		var wg sync.WaitGroup
		results := make(chan error, 4)
		for range cap(results) {
			wg.Go(func() { results <- p.Setup(context.Background(), in) })
		}
		wg.Wait()
		close(results)
		won := 0
		for err := range results {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, parley.ErrSetupDone) && !errors.Is(err, parley.ErrForbidden):
				t.Errorf("A-093: %v", err)
			}
		}
		if won != 1 || len(get(s.View().Agents(ctx))(t)) != 1 {
			t.Errorf("A-093: exactly one wins: %d", won)
		}
		refused(t, "A-093: after that it is not there", p.Setup(ctx, in), parley.ErrSetupDone)
		_, err := p.SetupToken(ctx)
		refused(t, "A-093: nor is a token", err, parley.ErrSetupDone)
		if err := p.SeedDemo(ctx); err == nil {
			t.Error("a real center takes nothing of the demo")
		}
		who := get(p.SignIn(ctx, SignIn{Login: "ada", Password: secret}))(t)
		me := get(p.ResolveSession(ctx, who.Token, parley.SurfaceApp))(t)
		groups := get(p.Groups(ctx, me))(t)
		if len(groups) != 1 || groups[0].Name != "Sans groupe" || !groups[0].Default || groups[0].Agents != 1 {
			t.Errorf("SEC-03: the default group is there: %+v", groups)
		}
	})
}

func TestAPIKeys(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		k := get(p.CreateAPIKey(ctx, p.ada, "reports", []parley.Permission{parley.MayRecords, parley.MayAdminister}))(t)
		if !strings.HasPrefix(k.Secret, "pk_") {
			t.Errorf("a key says what it is: %s", k.Secret[:3])
		}
		me := get(p.ResolveKey(ctx, k.Secret))(t)
		if !me.Has(parley.MayRecords) || me.Has(parley.MaySupervise) || me.Agent != "" || me.Preset != parley.PresetWorkspace {
			t.Errorf("CFG-05: a key has its scopes and no more: %+v", me)
		}
		keys := get(p.APIKeys(ctx, me))(t)
		if len(keys) != 1 || keys[0].UsedAt == 0 {
			t.Errorf("its use shows: %+v", keys)
		}
		row := get(p.store.View().APIKey(ctx, k.ID))(t)
		if strings.Contains(row.Hash, k.Secret) || row.Hash != auth.Hash(k.Secret) {
			t.Error("A-095: the key itself is kept nowhere")
		}
		_, err := p.CreateAPIKey(ctx, me, "more", []parley.Permission{parley.MaySupervise, "fly"})
		faulty(t, "A-023: a key makes no stronger one", err,
			parley.FieldError{Field: "scopes[0]", Code: "forbidden"}, parley.FieldError{Field: "scopes[1]", Code: "unknown"})
		if _, err := p.CreateGroup(ctx, me, GroupInput{Name: "Night", Preset: parley.PresetWorkspace}); err != nil {
			t.Fatal(err)
		}
		if err := p.RevokeAPIKey(ctx, p.ada, k.ID); err != nil {
			t.Fatal(err)
		}
		log := get(p.Audit(ctx, p.ada, "", 2))(t).Items
		if log[0].Name != "Ada" || log[1].Actor != k.ID || log[1].Name != "reports" {
			t.Errorf("A-117: the log names who did it, also a key that is revoked: %+v", log)
		}
		for _, secret := range []string{k.Secret, "pk_", "pk_unknown", "ses_x", ""} {
			_, err = p.ResolveKey(ctx, secret)
			refused(t, "A-044: a revoked or made-up key", err, parley.ErrUnauthenticated)
		}
		refused(t, "A-018: of none", p.RevokeAPIKey(ctx, p.ada, "key_x"), parley.ErrNotFound)
	})
}

func TestEntryPoints(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		q := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true}))(t)
		good := EntryPointInput{
			Name: "Shop", Enabled: true, Queue: q, AllowedOrigins: []string{"https://Shop.example/", "http://localhost:3000"},
			Script: parley.Script{
				Title: parley.Text{EN: strings.Repeat("x", titleMax)}, Accent: "#1A5fb4",
				Form:     []parley.Field{{Name: "name", Required: true}, {Name: "question"}},
				Schedule: parley.Schedule{Zone: "America/Toronto", Hours: []parley.Interval{{Day: 1, From: 540, To: 720}, {Day: 1, From: 780, To: 1440}}},
			},
		}
		id := get(p.CreateEntryPoint(ctx, p.ada, good))(t)
		e := get(p.store.View().EntryPoint(ctx, id))(t)
		if e.Channel != parley.WebChat || e.AllowedOrigins[0] != "https://shop.example" || e.Script.Language != "en" {
			t.Errorf("it is kept as browsers say it: %+v", e)
		}
		tests := []struct {
			name   string
			change func(in *EntryPointInput)
			field  string
			code   string
		}{
			{"A-010: a style in the color", func(in *EntryPointInput) { in.Script.Accent = "red;}</style><script>" }, "script.accent", "not_a_color"},
			{"A-010: an address in the color", func(in *EntryPointInput) { in.Script.Accent = "url(//evil)" }, "script.accent", "not_a_color"},
			{"A-010: an expression", func(in *EntryPointInput) { in.Script.Accent = "expression(alert(1))" }, "script.accent", "not_a_color"},
			{"A-010: a line after the color", func(in *EntryPointInput) { in.Script.Accent = "#1a5fb4\n" }, "script.accent", "not_a_color"},
			{"A-010: a short color", func(in *EntryPointInput) { in.Script.Accent = "#abc" }, "script.accent", "not_a_color"},
			{"SCR-06: an unknown zone", func(in *EntryPointInput) { in.Script.Schedule.Zone = "Mars/Olympus" }, "script.schedule.zone", "unknown"},
			{"SCR-06: the zone of the machine", func(in *EntryPointInput) { in.Script.Schedule.Zone = "Local" }, "script.schedule.zone", "unknown"},
			{"A-007: a path for a zone", func(in *EntryPointInput) { in.Script.Schedule.Zone = "../../etc/passwd" }, "script.schedule.zone", "unknown"},
			{"SCR-06: an eighth day", func(in *EntryPointInput) { in.Script.Schedule.Hours = []parley.Interval{{Day: 7, To: 10}} }, "script.schedule.hours[0].day", "out_of_range"},
			{"SCR-06: an end before the start", func(in *EntryPointInput) { in.Script.Schedule.Hours = []parley.Interval{{Day: 1, From: 10, To: 5}} }, "script.schedule.hours[0].from", "out_of_range"},
			{"SCR-06: a day of 25 hours", func(in *EntryPointInput) { in.Script.Schedule.Hours = []parley.Interval{{Day: 1, To: 1500}} }, "script.schedule.hours[0].from", "out_of_range"},
			{"SCR-06: hours twice", func(in *EntryPointInput) {
				in.Script.Schedule.Hours = []parley.Interval{{Day: 1, From: 0, To: 60}, {Day: 1, From: 59, To: 90}}
			}, "script.schedule.hours[1].from", "overlaps"},
			{"SCR-05: an unknown field", func(in *EntryPointInput) { in.Script.Form = []parley.Field{{Name: "password"}} }, "script.form[0].name", "unknown"},
			{"SCR-05: a field twice", func(in *EntryPointInput) { in.Script.Form = append(in.Script.Form, parley.Field{Name: "name"}) }, "script.form[2].name", "repeated"},
			{"a title that does not fit", func(in *EntryPointInput) { in.Script.Title.FR = strings.Repeat("\u00e9", titleMax+1) }, "script.title.fr", "too_long"},
			{"SMS-01: no queue", func(in *EntryPointInput) { in.Queue = "" }, "queue_id", "required"},
			{"A-018: a foreign queue", func(in *EntryPointInput) { in.Queue = "que_x" }, "queue_id", "unknown"},
			{"A-041: an origin with a path", func(in *EntryPointInput) { in.AllowedOrigins = []string{"https://shop.example/x"} }, "allowed_origins[0]", "not_an_origin"},
			{"A-041: a header in an origin", func(in *EntryPointInput) { in.AllowedOrigins = []string{"https://a;script-src *"} }, "allowed_origins[0]", "not_an_origin"},
			{"A-041: every origin", func(in *EntryPointInput) { in.AllowedOrigins = []string{"https://*"} }, "allowed_origins[0]", "not_an_origin"},
			{"A-089: another scheme", func(in *EntryPointInput) { in.AllowedOrigins = []string{"javascript:alert(1)"} }, "allowed_origins[0]", "not_an_origin"},
		}
		for _, tt := range tests {
			in := good
			in.Script.Form = append([]parley.Field{}, good.Script.Form...)
			in.Rev = 1
			tt.change(&in)
			faulty(t, tt.name, p.SaveEntryPoint(ctx, p.ada, id, in), parley.FieldError{Field: tt.field, Code: tt.code})
		}
		good.Rev, good.Enabled = 1, false
		if err := p.SaveEntryPoint(ctx, p.ada, id, good); err != nil {
			t.Error(err)
		}
		refused(t, "two at once", p.SaveEntryPoint(ctx, p.ada, id, good), parley.ErrConflict)
		if err := p.RemoveEntryPoint(ctx, p.ada, id); err != nil {
			t.Error(err)
		}
		waits(t, p, q)
		refused(t, "somebody came in by it", p.RemoveEntryPoint(ctx, p.ada, "ent_1"), parley.ErrInUse)
	})
}

func TestLetters(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		save := func(rows func(r *store.Rows)) {
			t.Helper()
			err := p.ledger.Do(ctx, ledger.Command{Name: "rows", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
				return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		save(func(r *store.Rows) {
			r.AddMissed(parley.Missed{ID: "mis_1", Kind: "offline_form", Name: "Eve\r\nBcc: x@y", Email: "eve@example.com", Text: "Call me", State: "replied", CreatedAt: r.Now(), Rev: 1})
			r.AddMissedReply(store.MissedReply{ID: "mrp_1", Missed: "mis_1", Agent: p.ada.Agent, Text: "Hello", State: "queued", At: r.Now()})
		})
		row := store.Outbox{Kind: mailKind, Subject: "mis_1", Data: `{"reply":"mrp_1"}`, CreatedAt: p.clock.Now()}
		state := func() string { return get(p.store.View().MissedReply(ctx, "mrp_1"))(t).State }
		contact := func() string { return get(p.store.View().Missed(ctx, "mis_1"))(t).State }

		var retry *ledger.Retry
		if err := p.deliver(ctx, row); !errors.As(err, &retry) || state() != "queued" {
			t.Errorf("without a mail server a letter is kept and tried again: %v", err)
		}
		var got []mail.Message
		answer := error(nil)
		p.send = func(_ context.Context, s mail.Settings, m mail.Message) error {
			if s.Host != "mail.example" {
				t.Errorf("settings: %+v", s)
			}
			got = append(got, m)
			return answer
		}
		if err := p.SaveSettings(ctx, p.ada, []Value{
			{Scope: parley.ScopeTenant, Key: "mail.host", Value: "mail.example"}, {Scope: parley.ScopeTenant, Key: "mail.from", Value: "a@example.com"},
		}); err != nil {
			t.Fatal(err)
		}
		answer = errors.New("550 eve@example.com unknown, try later")
		if err := p.deliver(ctx, row); err == nil || strings.Contains(err.Error(), "eve@") || state() != "queued" {
			t.Errorf("what may pass is tried again, and its words name nobody: %v", err)
		}
		answer = mail.ErrRefused
		if err := p.deliver(ctx, row); !errors.Is(err, ledger.ErrSettled) || state() != "failed" || contact() != "taken" {
			t.Errorf("a refusal for good is given up and shown, and the contact is not answered: %v, %s", err, contact())
		}
		answer = nil
		if err := p.deliver(ctx, row); !errors.Is(err, ledger.ErrSettled) || state() != "sent" || contact() != "replied" {
			t.Errorf("a letter that is taken is sent: %v, %s", err, contact())
		}
		if n := len(got); p.deliver(ctx, row) != nil || len(got) != n {
			t.Error("a letter that was sent is sent again")
		}
		last := got[len(got)-1]
		if last.To != "eve@example.com" || last.Subject != "Acme" || last.Text != "Hello" || last.ID != "mrp_1" {
			t.Errorf("A-106: the subject is ours: %+v", last)
		}
		told := store.Outbox{Kind: mailKind, Subject: "mis_1", Data: `{"missed":"mis_1","to":"team@example.com"}`, CreatedAt: p.clock.Now()}
		if err := p.deliver(ctx, told); !errors.Is(err, ledger.ErrSettled) {
			t.Errorf("SCR-02: colleagues are told: %v", err)
		}
		last = got[len(got)-1]
		if last.To != "team@example.com" || last.Subject != "Acme" || !strings.Contains(last.Text, "eve@example.com") || !strings.HasSuffix(last.Text, "\n\nCall me\n") {
			t.Errorf("SCR-02: who left the line, and what they said: %+v", last)
		}
		told.Data = `{"missed":"mis_gone","to":"team@example.com"}`
		if n := len(got); p.deliver(ctx, told) != nil || len(got) != n {
			t.Error("SCR-02: of somebody who was erased meanwhile there is nothing to tell")
		}
		if err := p.deliver(ctx, store.Outbox{Data: "{"}); !errors.Is(err, ledger.ErrGiveUp) {
			t.Errorf("a row nobody can read: %v", err)
		}
	})
}

// TestLetterOnAFullDisk R-05: that a letter went is kept also when the disk is full
// by then, so that it goes once; the next one waits until there is room.
func TestLetterOnAFullDisk(t *testing.T) {
	disk, ctx := storetest.NewDisk(t), t.Context()
	p := newPlace(t, storetest.Open(t, storetest.SQLite(t), store.Options{Inject: disk.Inject}), func(o *ledger.Options) {
		o.Reserve = reserve.New(disk.Room, storetest.RoomBytes)
	})
	var sent atomic.Int64
	p.send = func(context.Context, mail.Settings, mail.Message) error {
		sent.Add(1)
		disk.Fill()
		return nil
	}
	err := p.ledger.Do(ctx, ledger.Command{Name: "rows", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
			r.AddMissed(parley.Missed{ID: "mis_1", Kind: "offline_form", Email: "eve@example.com", State: "taken", CreatedAt: r.Now(), Rev: 1})
			r.AddLetter(store.Letter{ID: "let_1", Kind: "transcript", Email: "zoe@example.com", Subject: "Acme", Text: "Hello"})
		}}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(30 * time.Second); get(p.store.View().Letter(ctx, "let_1"))(t).State != "sent"; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("R-05: after %d mails it does not count as sent", sent.Load())
		}
	}
	if waiting := get(p.store.View().OutboxWaiting(ctx, 10))(t); waiting != 0 || sent.Load() != 1 {
		t.Errorf("R-05: it went %d times, and %d wait", sent.Load(), waiting)
	}
	next := store.Outbox{Kind: mailKind, Subject: "mis_1", Data: `{"missed":"mis_1","to":"team@example.com"}`, CreatedAt: p.clock.Now()}
	var wait *ledger.Wait
	if err := p.deliver(ctx, next); !errors.As(err, &wait) || sent.Load() != 1 {
		t.Errorf("R-05: while the disk is full a letter goes: %v", err)
	}
}

func TestGivenUpLettersGoAgain(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		err := p.ledger.Do(ctx, ledger.Command{Name: "rows", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.Outbox(store.Outbox{ID: "out_1", Kind: mailKind, Subject: "mis_1", Data: "{", RunAt: r.Now().Add(time.Hour)})
				r.OutboxDead(store.Outbox{ID: "out_1", Kind: mailKind, Subject: "mis_1"}, "too late")
				r.Outbox(store.Outbox{ID: "out_2", Kind: alarmKind, Data: "{", RunAt: r.Now().Add(time.Hour)})
				r.OutboxDead(store.Outbox{ID: "out_2", Kind: alarmKind}, "too late")
			}}, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		codes := func() (list []string) {
			for _, a := range get(p.Health(ctx, p.ada))(t) {
				list = append(list, a.Code)
			}
			return list
		}
		if got := strings.Join(codes(), " "); got != "one_admin mail_not_set letters_given_up" {
			t.Errorf("health: %s", got)
		}
		if err := p.SaveSettings(ctx, p.ada, []Value{{Scope: parley.ScopeTenant, Key: "mail.port", Value: 2525}}); err != nil {
			t.Fatal(err)
		}
		row := get(p.store.View().Settings(ctx))(t)
		if len(row) != 1 || row[0].Value != "2525" {
			t.Errorf("settings: %v", row)
		}
		again := func(kind string) bool {
			due := get(p.store.View().OutboxDue(ctx, kind, p.clock.Now(), 10))(t)
			dead := get(p.store.View().OutboxDead(ctx, kind, 10))(t)
			return len(due) == 1 || len(dead) == 1 && dead[0].Error != "too late"
		}
		for _, kind := range []string{mailKind, alarmKind} {
			if !again(kind) {
				t.Errorf("saving how mail goes does not try again what was given up: %s", kind)
			}
		}
	})
}

// TestNoLetter: what was given up and is no e-mail is told of as none.
func TestNoLetter(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		given := func(kind string) {
			err := p.ledger.Do(ctx, ledger.Command{Name: "rows", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
				return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
					r.Outbox(store.Outbox{ID: "out_" + kind, Kind: kind, Data: "{", RunAt: r.Now().Add(time.Hour)})
					r.OutboxDead(store.Outbox{ID: "out_" + kind, Kind: kind}, "too late")
				}}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		told := func() bool {
			return slices.ContainsFunc(get(p.Health(ctx, p.ada))(t), func(a Ailment) bool { return a.Code == "letters_given_up" })
		}
		given("profile")
		if told() {
			t.Error("a profile that nobody found is an e-mail")
		}
		given(alarmKind)
		if !told() {
			t.Error("SOC-01: a mail about an entry point was given up, and home does not say so")
		}
	})
}

func TestHealth(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		skill := get(p.CreateSkill(ctx, p.ada, SkillInput{Name: "French"}))(t)
		q := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true, Required: []Skilled{{skill, 50}}}))(t)
		get(p.CreateEntryPoint(ctx, p.ada, EntryPointInput{Name: "Shop", Enabled: true, Queue: q}))(t)
		want := []Ailment{
			{"queue_without_agents", string(q), "Support"}, {"skill_nobody_has", string(skill), "French"},
			{"one_admin", string(p.ada.Agent), "Ada"}, {Code: "mail_not_set"},
		}
		got := get(p.Health(ctx, p.ada))(t)
		if len(got) != len(want) {
			t.Fatalf("got %v", got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("got %v, want %v", got[i], want[i])
			}
		}
		p.hire("bob", func(in *AgentInput) {
			in.Role, in.Skills, in.Memberships = parley.RoleAdmin, []Skilled{{skill, 50}}, []Belongs{at(q, 50)}
		})
		if got := get(p.Health(ctx, p.ada))(t); len(got) != 1 {
			t.Errorf("what is fixed is gone: %v", got)
		}
	})
}

func TestAudit(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		skill := get(p.CreateSkill(ctx, p.ada, SkillInput{Name: "French"}))(t)
		if err := p.SaveSkill(ctx, p.ada, skill, SkillInput{Name: "Fran\u00e7ais", Rev: 1}); err != nil {
			t.Fatal(err)
		}
		page := get(p.Audit(ctx, p.ada, "", 2))(t)
		if len(page.Items) != 2 || page.Next == "" {
			t.Fatalf("CFG-04: %+v", page)
		}
		row := page.Items[0]
		before, _ := row.Before.(map[string]any)
		after, _ := row.After.(map[string]any)
		if row.Action != "save_skill" || row.Name != "Ada" || row.IP != "127.0.0.1" || row.Request != "req_1" ||
			before["name"] != "French" || after["name"] != "Fran\u00e7ais" {
			t.Errorf("CFG-04: who, when, before, after: %+v", row)
		}
		amy := p.hire("amy")
		if err := p.SavePops(ctx, parley.Actor{Agent: amy, Role: parley.RoleAgent}, Pops{}); err != nil {
			t.Fatal(err)
		}
		if row := get(p.Audit(ctx, p.ada, "", 1))(t).Items[0]; row.Action != "save_pops" || row.Subject != string(amy) || row.Called == "" {
			t.Errorf("CFG-04: whom it is about is not named: %+v", row)
		}
		older := get(p.Audit(ctx, p.ada, page.Next, 2))(t)
		if len(older.Items) != 1 || older.Items[0].Action != "setup" || older.Next != "" {
			t.Errorf("CFG-04: page by page: %+v", older)
		}
		_, err := p.Audit(ctx, p.ada, "x' OR 1=1", 2)
		refused(t, "A-099: a made-up place", err, parley.ErrBadRequest)
		_, err = p.Audit(ctx, parley.Actor{Agent: "agt_sam", Role: parley.RoleSupervisor}, "", 2)
		refused(t, "A-017: supervisors do not read it", err, parley.ErrForbidden)
		if broken := get(p.store.View().AuditBroken(ctx))(t); broken != 0 {
			t.Errorf("A-117: the chain holds: %d", broken)
		}
	})
}

func TestOnlyAdministrators(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		before := get(p.store.View().AuditLast(ctx))(t)
		for _, me := range []parley.Actor{
			{}, {Visitor: "con_1", Role: parley.RoleAdmin}, {Agent: "agt_amy", Role: parley.RoleAgent}, {Agent: "agt_sam", Role: parley.RoleSupervisor},
			{Key: "key_1", Role: parley.RoleAdmin, Scopes: []parley.Permission{parley.MayRecords}},
		} {
			for name, try := range forbidden(p, me) {
				if err := try(ctx); !errors.Is(err, parley.ErrForbidden) {
					t.Errorf("A-017, A-023: %s by %+v: %v", name, me, err)
				}
			}
		}
		if after := get(p.store.View().AuditLast(ctx))(t); after != before {
			t.Error("A-017: nothing is written")
		}
	})
}

// forbidden lists what only administrators may do.
func forbidden(p *place, me parley.Actor) map[string]func(context.Context) error {
	type do = func(context.Context) error
	return map[string]do{
		"agents":       func(ctx context.Context) error { _, err := p.Agents(ctx, me); return err },
		"create agent": func(ctx context.Context) error { _, err := p.CreateAgent(ctx, me, AgentInput{}, secret); return err },
		"save agent":   func(ctx context.Context) error { return p.SaveAgent(ctx, me, p.ada.Agent, AgentInput{}) },
		"remove agent": func(ctx context.Context) error { return p.RemoveAgent(ctx, me, p.ada.Agent) },
		"password":     func(ctx context.Context) error { return p.SetPassword(ctx, me, p.ada.Agent, secret) },
		"groups":       func(ctx context.Context) error { _, err := p.Groups(ctx, me); return err },
		"create group": func(ctx context.Context) error { _, err := p.CreateGroup(ctx, me, GroupInput{}); return err },
		"skills":       func(ctx context.Context) error { _, err := p.Skills(ctx, me); return err },
		"create skill": func(ctx context.Context) error { _, err := p.CreateSkill(ctx, me, SkillInput{}); return err },
		"remove skill": func(ctx context.Context) error { return p.RemoveSkill(ctx, me, "skl_1") },
		"codes":        func(ctx context.Context) error { _, err := p.StatusCodes(ctx, me); return err },
		"save code":    func(ctx context.Context) error { return p.SaveStatusCode(ctx, me, "stc_1", StatusCodeInput{}) },
		"queues":       func(ctx context.Context) error { _, err := p.Queues(ctx, me); return err },
		"create queue": func(ctx context.Context) error { _, err := p.CreateQueue(ctx, me, QueueInput{}); return err },
		"remove queue": func(ctx context.Context) error { return p.RemoveQueue(ctx, me, "que_1") },
		"lists":        func(ctx context.Context) error { _, err := p.DispositionLists(ctx, me); return err },
		"remove list":  func(ctx context.Context) error { return p.RemoveDispositionList(ctx, me, "dsl_1") },
		"points":       func(ctx context.Context) error { _, err := p.EntryPoints(ctx, me); return err },
		"save point":   func(ctx context.Context) error { return p.SaveEntryPoint(ctx, me, "ent_1", EntryPointInput{}) },
		"settings":     func(ctx context.Context) error { _, err := p.Settings(ctx, me); return err },
		"set":          func(ctx context.Context) error { return p.SaveSettings(ctx, me, []Value{{Key: "pop.on_end"}}) },
		"keys":         func(ctx context.Context) error { _, err := p.APIKeys(ctx, me); return err },
		"create key":   func(ctx context.Context) error { _, err := p.CreateAPIKey(ctx, me, "x", permissions); return err },
		"revoke key":   func(ctx context.Context) error { return p.RevokeAPIKey(ctx, me, "key_1") },
		"audit":        func(ctx context.Context) error { _, err := p.Audit(ctx, me, "", 1); return err },
		"health":       func(ctx context.Context) error { _, err := p.Health(ctx, me); return err },
	}
}
