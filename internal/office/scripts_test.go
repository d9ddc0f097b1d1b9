package office

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/store"
)

// night is a flow that asks in the day, and closes at night.
func night(q parley.QueueID) parley.Flow {
	en := func(text string) parley.Text { return parley.Text{EN: text, FR: "(fr) " + text} }
	return parley.Flow{Start: "Hours", Objects: []parley.FlowObject{
		{
			Label: "Hours", Kind: parley.ObjectSchedule, Exits: map[string]string{"open": "What", "closed": "Night"},
			Calendar: &parley.Calendar{Schedule: parley.Schedule{
				Zone: "America/Toronto", Hours: []parley.Interval{{Day: time.Tuesday, From: 540, To: 1140}},
			}},
		},
		{
			Label: "What", Kind: parley.ObjectMenu, Text: en("What?"), Wait: 60, Options: []parley.Option{{Text: en("Billing")}},
			Exits: map[string]string{"1": "Queue", "invalid": "Queue", "no_answer": "Night"},
		},
		{Label: "Queue", Kind: parley.ObjectForward, Queue: q},
		{Label: "Night", Kind: parley.ObjectOffline, Text: en("Closed")},
	}}
}

// TestScripts: SCR-01, SCR-04, CFG-04: draft, publish, run, roll back; what leads
// nowhere is not published.
func TestScripts(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		q := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true}))(t)
		web := get(p.CreateEntryPoint(ctx, p.ada, EntryPointInput{Name: "Shop", Enabled: true, Queue: q}))(t)
		sms := parley.EntryPointID("ent_sms")
		done(t, p.change(ctx, p.ada, "add", func(context.Context, ledger.View) (change, error) {
			return change{subject: string(sms), rows: func(r *store.Rows) {
				r.SaveEntryPoint(parley.EntryPoint{ID: sms, Channel: parley.SMS, Provider: "twilio", Name: "SMS", Queue: q, Rev: 1})
			}}, nil
		}))
		in := ScriptInput{Name: "Day", Kind: parley.ScriptChat, Draft: night(q)}
		in.Draft.Objects[1].Exits = map[string]string{"1": "Queue", "invalid": "Gone"}
		id := get(p.CreateScript(ctx, p.ada, in))(t)
		_, err := p.CreateScript(ctx, p.ada, in)
		faulty(t, "a name is one script's", err, parley.FieldError{Field: "name", Code: "taken"})
		shown := get(p.Scripts(ctx, p.ada))(t)[0]
		if len(shown.Faults) != 2 || shown.Published != 0 || len(shown.Changes) != 5 {
			t.Errorf("SCR-04: the draft has %+v", shown)
		}
		faulty(t, "SCR-04: an exit to nowhere", p.PublishScript(ctx, p.ada, id, Publishing{Why: "first", Rev: 1}),
			parley.FieldError{Field: "What.exits.invalid", Code: "exit_nowhere"}, parley.FieldError{Field: "What.exits.no_answer", Code: "exit_nowhere"})
		faulty(t, "SCR-01: what is not published runs nowhere", p.RunScript(ctx, p.ada, id, []parley.EntryPointID{web}),
			parley.FieldError{Field: "entry_points", Code: "not_published"})
		in.Draft, in.Rev = night(q), 1
		done(t, p.SaveScript(ctx, p.ada, id, in))
		refused(t, "CFG-04: an older rev", p.SaveScript(ctx, p.ada, id, in), parley.ErrConflict)
		faulty(t, "CFG-04: a reason", p.PublishScript(ctx, p.ada, id, Publishing{Rev: 2}), parley.FieldError{Field: "why", Code: "required"})
		done(t, p.PublishScript(ctx, p.ada, id, Publishing{Why: "first", Rev: 2}))
		faulty(t, "SCR-01: of its kind", p.RunScript(ctx, p.ada, id, []parley.EntryPointID{web, sms}),
			parley.FieldError{Field: "entry_points[1]", Code: "other_kind"})
		done(t, p.RunScript(ctx, p.ada, id, []parley.EntryPointID{web}))
		refused(t, "what runs is not removed", p.RemoveScript(ctx, p.ada, id), parley.ErrInUse)

		in.Draft.Objects[3].Text.EN, in.Rev = "Come tomorrow", 3
		done(t, p.SaveScript(ctx, p.ada, id, in))
		shown = get(p.Scripts(ctx, p.ada))(t)[0]
		if !slices.Equal(shown.Changes, []script.Change{{Object: "Night", What: "changed"}}) || !slices.Equal(shown.UsedBy, []parley.EntryPointID{web}) {
			t.Errorf("the draft is told from what is published: %+v", shown)
		}
		done(t, p.PublishScript(ctx, p.ada, id, Publishing{Why: "kinder", Rev: 4}))
		done(t, p.PublishScript(ctx, p.ada, id, Publishing{Why: "back", Version: 1, Rev: 5}))
		versions := get(p.ScriptVersions(ctx, p.ada, id))(t)
		if len(versions) != 3 || versions[0].Version != 3 || versions[0].Why != "back" || versions[0].By != p.ada.Agent ||
			len(versions[0].Changes) != 1 || versions[0].Flow.Objects[3].Text.EN != "Closed" {
			t.Errorf("roll back is a new version: %+v", versions)
		}
		done(t, p.RunScript(ctx, p.ada, id, nil))
		visit := func(cmd routing.Command, rows func(r *store.Rows)) {
			done(t, p.change(ctx, p.ada, "visit", func(context.Context, ledger.View) (change, error) {
				return change{subject: "con_1", routes: []routing.Command{cmd}, rows: rows}, nil
			}))
		}
		visit(routing.Arrive{Interaction: "int_1", Conversation: "con_1", Script: true, AnswerFor: time.Hour}, func(r *store.Rows) {
			r.AddConversation(parley.Conversation{ID: "con_1", EntryPoint: web, Channel: parley.WebChat, ClientID: "c1", CreatedAt: r.Now()}, "token", r.Now())
			r.SaveScriptRun(parley.ScriptRun{Journey: "int_1", Script: id, Version: 1, At: "What", Data: []byte("{}")})
		})
		refused(t, "SCR-02: what somebody is in is not removed", p.RemoveScript(ctx, p.ada, id), parley.ErrInUse)
		visit(routing.EndScript{Interaction: "int_1", State: parley.Cancelled}, nil)
		done(t, p.RemoveScript(ctx, p.ada, id))
		_, err = p.ScriptVersions(ctx, p.ada, id)
		refused(t, "it is gone", err, parley.ErrNotFound)
	})
}

// TestPreview: SCR-01, SCR-06: "a WhatsApp in French on Tuesday 18:30" takes the
// way it would really take, and leaves nothing behind.
func TestPreview(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		q := get(p.CreateQueue(ctx, p.ada, QueueInput{Name: "Support", Enabled: true}))(t)
		id := get(p.CreateScript(ctx, p.ada, ScriptInput{Name: "Day", Kind: parley.ScriptSocial, Draft: night(q)}))(t)
		zone := get(time.LoadLocation("America/Toronto"))(t)
		flow := night(q)
		in := PreviewInput{
			Channel: parley.WhatsApp, Language: "fr-CA", At: parley.Millis(time.Date(2026, 3, 3, 18, 30, 0, 0, zone)), Text: "Allo",
			Answers: []string{"1"}, Draft: &flow,
		}
		got := get(p.PreviewScript(ctx, p.ada, id, in))(t)
		if got.Exit != script.ToQueue || got.Queue != q || got.Language != "fr-CA" || len(got.Path) != 3 || got.Turns[0].Says[0].Text != "(fr) What?" {
			t.Errorf("SCR-01: it would go %+v", got)
		}
		in.At += int64(time.Hour / time.Millisecond)
		if got := get(p.PreviewScript(ctx, p.ada, id, in))(t); got.Exit != script.ToClosed || got.Turns[0].Says[0].Text != "(fr) Closed" || got.OpensAt == 0 {
			t.Errorf("SCR-07: at 19:30 it would go %+v", got)
		}
		in.Draft = nil
		_, err := p.PreviewScript(ctx, p.ada, id, in)
		refused(t, "nothing is published", err, parley.ErrNotFound)
		_, err = p.PreviewScript(ctx, parley.Actor{Agent: "agt_x"}, id, in)
		refused(t, "A-017: for administrators", err, parley.ErrForbidden)
	})
}

// TestPreviewValues: SCR-01, SCR-02: the preview takes what conditions read, fields
// and variables, and refuses what none reads.
func TestPreviewValues(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		id := get(p.CreateScript(ctx, p.ada, ScriptInput{Name: "Plans", Kind: parley.ScriptChat}))(t)
		for _, test := range []struct {
			field, want string
			values      parley.Variables
			exit        script.Exit
		}{
			{"$plan", "gold", parley.Variables{"$plan": "Gold"}, script.ToQueue},
			{"$plan", "gold", nil, script.ToEnd},
			{"email", "bea@example.com", parley.Variables{"email": "bea@example.com"}, script.ToQueue},
			{"question", "refund", parley.Variables{"question": "refund"}, script.ToQueue},
			{"account_number", "7", parley.Variables{"account_number": "8"}, script.ToEnd},
			{"previous_interaction", "yes", parley.Variables{"previous_interaction": "yes"}, script.ToQueue},
			{"previous_interaction", "no", nil, script.ToQueue},
		} {
			flow := parley.Flow{Start: "Test", Objects: []parley.FlowObject{
				{
					Label: "Test", Kind: parley.ObjectTest, Tests: []parley.Condition{{Field: test.field, Op: "is", Value: test.want}},
					Exits: map[string]string{parley.ExitYes: "Queue", parley.ExitNo: "End"},
				},
				{Label: "Queue", Kind: parley.ObjectForward, Queue: "que_any"},
				{Label: "End", Kind: parley.ObjectEnd},
			}}
			in := PreviewInput{Channel: parley.WebChat, Text: "Hello", Values: test.values, Draft: &flow}
			if got := get(p.PreviewScript(ctx, p.ada, id, in))(t); got.Exit != test.exit {
				t.Errorf("%s of %v leads to %s, want %s", test.field, test.values, got.Exit, test.exit)
			}
		}
		_, err := p.PreviewScript(ctx, p.ada, id, PreviewInput{Values: parley.Variables{
			"$2": "x", "channel": "sms", "email": strings.Repeat("x", parley.VariableMax+1), "plan": "x",
		}, Draft: &parley.Flow{}})
		faulty(t, "what no condition reads", err,
			parley.FieldError{Field: "values.$2", Code: "unknown"}, parley.FieldError{Field: "values.channel", Code: "unknown"},
			parley.FieldError{Field: "values.email", Code: "too_long"}, parley.FieldError{Field: "values.plan", Code: "unknown"})
	})
}

func done(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
