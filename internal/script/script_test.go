package script

import (
	"slices"
	"testing"
	"time"

	"parley"
)

// monday is 2026-03-02 at some hour of UTC.
func monday(hour, minute int) time.Time {
	return time.Date(2026, 3, 2, hour, minute, 0, 0, time.UTC)
}

// support is open on Mondays from 9:00 to 17:00 in Toronto, five hours behind.
func support() parley.EntryPoint {
	return parley.EntryPoint{
		ID: "ent_support", Enabled: true, Queue: "que_support",
		Script: parley.Script{
			Schedule: parley.Schedule{
				Zone:  "America/Toronto",
				Hours: []parley.Interval{{Day: time.Monday, From: 9 * 60, To: 17 * 60}},
			},
			Greeting: parley.Text{EN: "Hello", FR: "Bonjour"},
			Closed:   parley.Text{EN: "Closed", FR: "Ferm\u00e9"},
			Form:     []parley.Field{{Name: "name", Required: true}, {Name: "email"}, {Name: "question", Required: true}},
			Language: "en",
		},
	}
}

func TestRun(t *testing.T) {
	bea := parley.Visitor{Name: "Bea", Question: "Where is it?"}
	tests := []struct {
		name   string
		change func(e *parley.EntryPoint, who *parley.Visitor)
		now    time.Time
		want   Exit
		missed []string
	}{
		{name: "SCR-01: an open door leads to the queue", now: monday(15, 0), want: ToQueue},
		{name: "SCR-06: the first minute is open", now: monday(14, 0), want: ToQueue},
		{name: "SCR-06: the minute before is not", now: monday(13, 59), want: ToClosed},
		{name: "SCR-06: the last minute is not", now: monday(22, 0), want: ToClosed},
		{name: "SCR-07: another day is closed", now: monday(15, 0).AddDate(0, 0, 1), want: ToClosed},
		{
			name: "SCR-06: no hours at all is always open", now: monday(3, 0), want: ToQueue,
			change: func(e *parley.EntryPoint, _ *parley.Visitor) { e.Script.Schedule.Hours = nil },
		},
		{
			name: "SCR-07: a door that is switched off is closed", now: monday(15, 0), want: ToClosed,
			change: func(e *parley.EntryPoint, _ *parley.Visitor) { e.Enabled = false },
		},
		{
			name: "SCR-05: every required field that is empty is named", now: monday(15, 0), want: ToForm,
			change: func(_ *parley.EntryPoint, who *parley.Visitor) { who.Name, who.Question = " ", "" },
			missed: []string{"name", "question"},
		},
		{
			name: "SCR-05: an optional one may be empty", now: monday(15, 0), want: ToQueue,
			change: func(_ *parley.EntryPoint, who *parley.Visitor) { who.Email = "" },
		},
		{
			name: "SCR-05: out of hours nobody is asked for the form", now: monday(3, 0), want: ToClosed,
			change: func(_ *parley.EntryPoint, who *parley.Visitor) { who.Name = "" },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, who := support(), bea
			if tt.change != nil {
				tt.change(&e, &who)
			}
			got := Enter(e, nil, Contact{Visitor: who}, tt.now)
			var missed []string
			for _, f := range got.Faults {
				missed = append(missed, f.Field)
			}
			if got.Exit != tt.want || !slices.Equal(missed, tt.missed) {
				t.Errorf("Run = %s %v, want %s %v", got.Exit, missed, tt.want, tt.missed)
			}
			if (got.Queue != "") != (tt.want == ToQueue) {
				t.Errorf("queue = %q at exit %s", got.Queue, got.Exit)
			}
		})
	}
}

func TestRunTellsWhenItOpens(t *testing.T) {
	// SCR-07: on Monday evening it opens next Monday, a day of its own zone.
	got := Enter(support(), nil, Contact{}, monday(23, 0))
	want := time.Date(2026, 3, 9, 13, 0, 0, 0, time.UTC) // clocks in Toronto have changed by then
	if !got.Opens.Equal(want) {
		t.Errorf("opens = %s, want %s", got.Opens, want)
	}
	closed := support()
	closed.Enabled = false
	if got := Enter(closed, nil, Contact{}, monday(23, 0)); !got.Opens.IsZero() {
		t.Errorf("a door that is switched off opens at %s", got.Opens)
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ name, asked, own, want string }{
		{"LOC-02: the visitor's comes first", "fr-CA", "en", "fr-CA"},
		{"LOC-02: any French is Canadian French", "FR", "en", "fr-CA"},
		{"LOC-02: a language we do not have falls back to the script's", "de-DE", "fr-CA", "fr-CA"},
		{"LOC-02: nothing said is the script's", "", "en", "en"},
		{"LOC-02: nothing known is English", "de", "", "en"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Language(parley.Script{Language: tt.own}, tt.asked); got != tt.want {
				t.Errorf("Language = %s, want %s", got, tt.want)
			}
		})
	}
	if got := Enter(support(), nil, Contact{Visitor: parley.Visitor{Language: "fr", Name: "B", Question: "q"}}, monday(15, 0)); got.Greeting != "Bonjour" {
		t.Errorf("greeting = %q, want the French one", got.Greeting)
	}
}
