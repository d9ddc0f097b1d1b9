package script

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"

	"pgregory.net/rapid"
)

// to writes exits shortly: next=Menu.
func to(pairs ...string) map[string]string {
	out := map[string]string{}
	for _, p := range pairs {
		k, v, _ := strings.Cut(p, "=")
		out[k] = v
	}
	return out
}

func say(en, fr string) parley.Text { return parley.Text{EN: en, FR: fr} }

// shop is hours, a greeting, a menu, a condition and two queues.
func shop() parley.Flow {
	return parley.Flow{Start: "Hours", Objects: []parley.FlowObject{
		{Label: "Hours", Kind: parley.ObjectSchedule, Exits: to("open=Hello", "closed=Night", "exception1=Party"), Calendar: &parley.Calendar{
			Schedule: parley.Schedule{Zone: "America/Toronto", Hours: []parley.Interval{
				{Day: time.Monday, From: 540, To: 720}, {Day: time.Monday, From: 780, To: 1020},
			}},
			Special: []parley.Special{
				{Name: "Stock-taking", First: "2026-03-09", Exit: parley.ExitClosed},
				{Name: "Party", First: "2026-03-16", From: 900, To: 960, Exit: "exception1"},
				{Name: "New year", First: "2025-12-31", Last: "2026-01-01", Yearly: true, Exit: parley.ExitClosed},
				{Name: "Sale", First: "2026-03-03", Exit: parley.ExitOpen},
			},
		}},
		{Label: "Hello", Kind: parley.ObjectSay, Text: say("Hello {name}", "Bonjour {name}"), Exits: to("next=Who")},
		{Label: "Who", Kind: parley.ObjectCRM, Exits: to("case=Urgent", "customer=What", "new=What")},
		{Label: "Urgent", Kind: parley.ObjectSet, Priority: 90, Exits: to("next=What")},
		{
			Label: "What", Kind: parley.ObjectMenu, Text: say("What is it about?", "C'est pour quoi ?"), Wait: 60, Tries: 1,
			Options: []parley.Option{{Text: say("Billing", "Facturation"), Words: []string{"bill"}}, {Text: say("Else", "Autre")}},
			Exits:   to("1=Bill", "2=Speaks", "invalid=Speaks", "no_answer=Bye"),
		},
		{Label: "Speaks", Kind: parley.ObjectTest, Tests: []parley.Condition{{Field: "language", Op: "starts_with", Value: "FR"}}, Exits: to("yes=French", "no=Rest")},
		{Label: "French", Kind: parley.ObjectSet, Skills: []parley.SkillNeed{{Skill: "french", Level: 50}}, Exits: to("next=Rest")},
		{Label: "Bill", Kind: parley.ObjectForward, Queue: "billing", Exits: to("skip=Leave"), Messages: parley.Waiting{Every: 30, Times: 2, Texts: []parley.Text{say("Soon", "")}}},
		{Label: "Rest", Kind: parley.ObjectForward, Queue: "support"},
		{Label: "Leave", Kind: parley.ObjectSkip, Text: say("We will write", ""), Form: true},
		{Label: "Night", Kind: parley.ObjectOffline, Text: say("Closed. Write {skip}.", "Ferm\u00e9. \u00c9crivez {skip}."), Form: true},
		{Label: "Party", Kind: parley.ObjectSay, Text: say("We celebrate", ""), Exits: to("next=nowhere")},
		{Label: "Bye", Kind: parley.ObjectEnd, Text: say("Bye", "")},
	}}
}

var shopKnows = Known{Queues: []parley.QueueID{"billing", "support"}, Skills: []parley.SkillID{"french"}}

// path writes the objects of a run in one line.
func path(s State) string {
	var all []string
	for _, p := range s.Path {
		all = append(all, strings.TrimSuffix(p.Object+":"+p.Exit, ":"))
	}
	return strings.Join(all, " ")
}

func TestWalk(t *testing.T) {
	bea := Contact{Visitor: parley.Visitor{Name: "Bea"}, Channel: parley.SMS, Text: "hi"}
	tests := []struct {
		name    string
		change  func(c *Contact)
		at      time.Time
		answers []string
		want    Exit
		path    string
		says    string
	}{
		{
			"SCR-02: a menu waits for an answer", nil, monday(15, 0), nil, ToAnswer, "Hours:open Hello:next Who:new",
			"Hello Bea | What is it about?\n1. Billing\n2. Else",
		},
		{"SCR-02: an option by its number", nil, monday(15, 0), []string{" 1. "}, ToQueue, "Hours:open Hello:next Who:new What:1 Bill", ""},
		{"SCR-02: an option by its text, in either language", nil, monday(15, 0), []string{"FACTURATION"}, ToQueue, "Hours:open Hello:next Who:new What:1 Bill", ""},
		{"SCR-02: an option by another word", nil, monday(15, 0), []string{"Bill!"}, ToQueue, "Hours:open Hello:next Who:new What:1 Bill", ""},
		{
			"SCR-02: what fits nothing is asked again", nil, monday(15, 0), []string{"what?"}, ToAnswer, "Hours:open Hello:next Who:new",
			"What is it about?\n1. Billing\n2. Else",
		},
		{"SCR-02: and then leaves by invalid", nil, monday(15, 0), []string{"what?", "what?"}, ToQueue, "Hours:open Hello:next Who:new What:invalid Speaks:no Rest", ""},
		{"SCR-02: no answer in time", nil, monday(15, 0), []string{"\x00"}, ToEnd, "Hours:open Hello:next Who:new What:no_answer Bye", "Bye"},
		{
			"SCR-02: a condition on the language", func(c *Contact) { c.Language = "fr-CA" }, monday(15, 0), []string{"autre"}, ToQueue,
			"Hours:open Hello:next Who:new What:2 Speaks:yes French:next Rest", "",
		},
		{
			"SCR-02: an open case goes first", func(c *Contact) { c.OpenCase, c.Known = true, true }, monday(15, 0), []string{"1"}, ToQueue,
			"Hours:open Hello:next Who:case Urgent:next What:1 Bill", "",
		},
		{"SCR-06: the break at noon is closed", nil, monday(17, 30), nil, ToClosed, "Hours:closed Night", ""},
		{"SCR-06: after the break it is open", nil, monday(18, 0), nil, ToAnswer, "Hours:open Hello:next Who:new", "Hello Bea | What is it about?\n1. Billing\n2. Else"},
		{"SCR-06: a special day is closed whatever the hours say", nil, monday(15, 0).AddDate(0, 0, 7), nil, ToClosed, "Hours:closed Night", ""},
		{"SCR-06: the day after a special one is not", nil, monday(5, 30).AddDate(0, 0, 2), nil, ToClosed, "Hours:closed Night", ""},
		{"SCR-06: a special day is open whatever the hours say, and is the zone's", nil, monday(4, 30).AddDate(0, 0, 2), nil, ToAnswer, "Hours:open Hello:next Who:new", "Hello Bea | What is it about?\n1. Billing\n2. Else"},
		{"SCR-06: a yearly day, over the turn of the year", nil, time.Date(2027, 1, 1, 15, 0, 0, 0, time.UTC), nil, ToClosed, "Hours:closed Night", ""},
		{"SCR-04: an exit to nowhere ends it", nil, time.Date(2026, 3, 16, 19, 30, 0, 0, time.UTC), nil, ToEnd, "Hours:exception1 Party:next", "We celebrate"},
		{"SCR-02: the word in the line leaves it", nil, monday(15, 0), []string{"1", "skip"}, ToSkip, "Hours:open Hello:next Who:new What:1 Bill Bill:skip Leave", "We will write"},
		{"SCR-02: another word in the line changes nothing", nil, monday(15, 0), []string{"1", "hello?"}, ToStay, "Hours:open Hello:next Who:new What:1 Bill", ""},
		{"SCR-03: hours that end while a menu waits send nobody away", nil, monday(16, 59), []string{"1"}, ToQueue, "Hours:open Hello:next Who:new What:1 Bill", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			who := bea
			if tt.change != nil {
				tt.change(&who)
			}
			out := Run(shop(), who, State{Language: "en"}.of(who), tt.at)
			for _, a := range tt.answers {
				who.Text, who.Silent = a, a == "\x00"
				out = Run(shop(), who, kept(t, out.State), tt.at.Add(time.Hour))
			}
			got := strings.Builder{}
			for k, l := range out.Says {
				if k > 0 {
					got.WriteString(" | ")
				}
				got.WriteString(l.Numbered())
			}
			steps := path(out.State)
			if tt.at.IsZero() || out.Exit != tt.want || steps != tt.path || got.String() != tt.says {
				t.Errorf("Run = %s by %q, says %q; want %s by %q, %q", out.Exit, steps, got.String(), tt.want, tt.path, tt.says)
			}
		})
	}
}

// of gives a state the contact's language, as an entry point does.
func (s State) of(who Contact) State {
	if who.Language != "" {
		s.Language = who.Language
	}
	return s
}

// kept is a state after it was written and read.
func kept(t interface{ Fatal(...any) }, s State) State {
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var out State
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWalkCarries(t *testing.T) {
	who := Contact{Visitor: parley.Visitor{Language: "fr-CA", Name: "Bea"}, OpenCase: true}
	out := Run(shop(), who, State{}, monday(15, 0))
	who.Choice = "2"
	out = Run(shop(), who, kept(t, out.State), monday(15, 1))
	if out.Queue != "support" || out.Priority != 90 || !slices.Equal(out.Skills, []parley.SkillNeed{{Skill: "french", Level: 50}}) {
		t.Errorf("SCR-02: skills and priority: %+v", out)
	}
	who.Choice = "1"
	out = Run(shop(), who, Run(shop(), who, State{}, monday(15, 0)).State, monday(15, 1))
	if out.Messages.Every != 30 || out.Messages.Times != 2 {
		t.Errorf("SCR-02: in-queue messages: %+v", out.Messages)
	}
	closed := Run(shop(), who, State{}, monday(23, 0))
	if closed.Closed != "Ferm\u00e9. \u00c9crivez PASSER." || !closed.Form {
		t.Errorf("SCR-07: closed says %q", closed.Closed)
	}
	if want := time.Date(2026, 3, 3, 5, 0, 0, 0, time.UTC); !closed.Opens.Equal(want) {
		t.Errorf("SCR-06: opens %s, want the special day that is open, %s", closed.Opens, want)
	}
}

// TestFirstToOpen SCR-06, SCR-07: two places are closed; what is kept is led on when the first of them
// opens, and a menu between does not make it forget.
func TestFirstToOpen(t *testing.T) {
	place := func(label, zone, closed string) parley.FlowObject {
		week := []parley.Interval{{Day: time.Tuesday, From: 540, To: 1020}}
		return parley.FlowObject{Label: label, Kind: parley.ObjectSchedule, Calendar: &parley.Calendar{Schedule: parley.Schedule{Zone: zone, Hours: week}},
			Exits: map[string]string{parley.ExitOpen: "Line", parley.ExitClosed: closed}}
	}
	two := parley.Flow{Start: "East", Objects: []parley.FlowObject{
		place("East", "America/Toronto", "West"), place("West", "America/Vancouver", "Ask"),
		{Label: "Ask", Kind: parley.ObjectMenu, Wait: 60, Options: []parley.Option{{Text: parley.Text{EN: "Keep it"}}},
			Exits: map[string]string{"1": "Closed", parley.ExitInvalid: "Closed", parley.ExitNoAnswer: "Closed"}},
		{Label: "Closed", Kind: parley.ObjectOffline}, {Label: "Line", Kind: parley.ObjectForward, Queue: "one"},
	}}
	asked := Run(two, Contact{}, State{}, monday(23, 0))
	got := Run(two, Contact{Choice: "1"}, kept(t, asked.State), monday(23, 1))
	if want := time.Date(2026, 3, 3, 14, 0, 0, 0, time.UTC); got.Exit != ToClosed || !got.Opens.Equal(want) {
		t.Errorf("%s, opens %s; want the east's morning, %s", got.Exit, got.Opens, want)
	}
}

func TestCheck(t *testing.T) {
	edit := func(label string, change func(o *parley.FlowObject)) func(f *parley.Flow) {
		return func(f *parley.Flow) {
			for k := range f.Objects {
				if f.Objects[k].Label == label {
					change(&f.Objects[k])
				}
			}
		}
	}
	tests := []struct {
		name   string
		change func(f *parley.Flow)
		want   Fault
	}{
		{"SCR-04: an exit to nowhere", edit("What", func(o *parley.FlowObject) { delete(o.Exits, "2") }), Fault{Object: "What", Exit: "2", Code: "exit_nowhere"}},
		{"SCR-04: an exit to what is gone", edit("Hello", func(o *parley.FlowObject) { o.Exits["next"] = "Gone" }), Fault{Object: "Hello", Exit: "next", Code: "exit_nowhere"}},
		{"SCR-04: no start", func(f *parley.Flow) { f.Start = "" }, Fault{Field: "start", Code: "exit_nowhere"}},
		{"SCR-02: a label twice", edit("Bye", func(o *parley.FlowObject) { o.Label = "Night" }), Fault{Object: "Night", Field: "label", Code: "repeated"}},
		{"SCR-02: a label of 22", edit("Party", func(o *parley.FlowObject) { o.Label = strings.Repeat("x", 22) }), Fault{Object: strings.Repeat("x", 22), Field: "label", Code: "bad_label"}},
		{"SCR-02: a circle", edit("Party", func(o *parley.FlowObject) { o.Exits["next"] = "Hours" }), Fault{Object: "Party", Exit: "next", Code: "loop"}},
		{"SCR-02: a queue that is gone", edit("Rest", func(o *parley.FlowObject) { o.Queue = "gone" }), Fault{Object: "Rest", Field: "queue", Code: "unknown"}},
		{"SCR-02: a queue that nobody chose", edit("Rest", func(o *parley.FlowObject) { o.Queue = "" }), Fault{Object: "Rest", Field: "queue", Code: "required"}},
		{"SCR-02: a skill that is gone", edit("French", func(o *parley.FlowObject) { o.Skills[0].Skill = "gone" }), Fault{Object: "French", Field: "skills[0].skill", Code: "unknown"}},
		{"SCR-02: a menu that waits for ever", edit("What", func(o *parley.FlowObject) { o.Wait = 0 }), Fault{Object: "What", Field: "wait", Code: "out_of_range"}},
		{"SCR-02: a condition on nothing", edit("Speaks", func(o *parley.FlowObject) { o.Tests[0].Field = "weather" }), Fault{Object: "Speaks", Field: "tests[0].field", Code: "unknown"}},
		{"SCR-02: a letter to two", edit("Bye", func(o *parley.FlowObject) { o.Mail = "a@example.com,b@example.com" }), Fault{Object: "Bye", Field: "mail", Code: "not_an_email"}},
		{"SCR-02: a letter with a header", edit("Bye", func(o *parley.FlowObject) { o.Mail = "a@example.com\r\nBcc:b" }), Fault{Object: "Bye", Field: "mail", Code: "not_an_email"}},
		{"SCR-06: a zone nobody knows", edit("Hours", func(o *parley.FlowObject) { o.Calendar.Zone = "Mars" }), Fault{Object: "Hours", Field: "calendar.zone", Code: "unknown"}},
		{"SCR-06: a day that is none", edit("Hours", func(o *parley.FlowObject) { o.Calendar.Special[0].First = "2026-02-30" }), Fault{Object: "Hours", Field: "calendar.special[0].first", Code: "not_a_date"}},
		{"SCR-06: a special day with too long a name", edit("Hours", func(o *parley.FlowObject) { o.Calendar.Special[0].Name = strings.Repeat("x", 81) }), Fault{Object: "Hours", Field: "calendar.special[0].name", Code: "too_long"}},
		{"SCR-06: days that end before they begin", edit("Hours", func(o *parley.FlowObject) { o.Calendar.Special[0].Last = "2000-01-01" }), Fault{Object: "Hours", Field: "calendar.special[0].last", Code: "before_first"}},
	}
	sound := shop()
	edit("Party", func(o *parley.FlowObject) { o.Exits["next"] = "Bye" })(&sound)
	if got := Check(sound, shopKnows); len(got) > 0 {
		t.Fatalf("a sound flow has faults: %+v", got)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := shop()
			edit("Party", func(o *parley.FlowObject) { o.Exits["next"] = "Bye" })(&f)
			tt.change(&f)
			if got := Check(f, shopKnows); !slices.Contains(got, tt.want) {
				t.Errorf("Check = %+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestNobodysName: SCR-02: a text with a name leaves no gap for who has none.
func TestNobodysName(t *testing.T) {
	for text, want := range map[string]string{
		"Hello {name}.": "Hello.", "Hello, {name}!": "Hello!", "{name}, we are closed.": "we are closed.", "Hello.": "Hello.",
	} {
		w := walk{}
		if got := w.words(parley.Text{EN: text}); got != want {
			t.Errorf("SCR-02: %q says %q to nobody we know, want %q", text, got, want)
		}
		w.who.Name = " Marie "
		if got, want := w.words(parley.Text{EN: text}), strings.ReplaceAll(text, "{name}", "Marie"); got != want {
			t.Errorf("SCR-02: %q says %q to Marie, want %q", text, got, want)
		}
	}
}

// TestAnyFlow: whatever is drawn, a run ends or waits; what may be published
// leads somewhere from every object, and the same contact goes the same way.
//
// SCR-01 SCR-02 SCR-04
func TestAnyFlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFlow(t)
		who := Contact{Visitor: parley.Visitor{Language: rapid.SampledFrom([]string{"en", "fr-CA", ""}).Draw(t, "language")}, Text: "hi"}
		sound := len(Check(f, shopKnows)) == 0
		var s State
		for turn := range 5 {
			at := monday(15, turn)
			out := Run(f, who, s, at)
			if again := Run(f, who, s, at); !reflect.DeepEqual(out, again) {
				t.Fatalf("the same contact went another way: %+v, %+v", out, again)
			}
			if len(out.State.Path)-len(s.Path) > stepsMax+1 { // the answer's, and a whole run
				t.Fatalf("%d steps", len(out.State.Path))
			}
			if last, _ := f.Object(out.State.At); sound && out.Exit == ToEnd && last.Kind != parley.ObjectEnd {
				t.Fatalf("published, and ends at %+v", last)
			}
			if (out.Exit == ToAnswer) != (out.Wait > 0) || (out.Exit == ToQueue) != (out.Queue != "") {
				t.Fatalf("%+v", out)
			}
			if out.Exit != ToAnswer {
				return
			}
			s = kept(t, out.State)
			who.Text, who.Silent = rapid.SampledFrom([]string{"1", "2", "A", "?"}).Draw(t, "answer"), rapid.Bool().Draw(t, "silent")
		}
	})
}

// anyFlow draws objects whose exits lead anywhere, and mostly somewhere.
func anyFlow(t *rapid.T) parley.Flow {
	n := rapid.IntRange(1, 6).Draw(t, "objects")
	label := func() string {
		return fmt.Sprint("o", rapid.IntRange(0, n-1+rapid.IntRange(0, 1).Draw(t, "gone")).Draw(t, "label"))
	}
	f := parley.Flow{Start: "o0"}
	for k := range n {
		o := parley.FlowObject{
			Label: fmt.Sprint("o", k), Text: say("text", ""), Queue: "support", Language: "en", Priority: 60, Wait: 60,
			Calendar: &parley.Calendar{Schedule: parley.Schedule{Zone: "UTC"}},
			Tests:    []parley.Condition{{Field: "language", Op: "is", Value: "en"}},
			Options:  []parley.Option{{Text: say("A", "")}, {Text: say("B", "")}},
			Kind: rapid.SampledFrom([]parley.ObjectKind{
				parley.ObjectSchedule, parley.ObjectOnline, parley.ObjectSay, parley.ObjectMenu, parley.ObjectTest, parley.ObjectCRM,
				parley.ObjectSet, parley.ObjectLanguage, parley.ObjectForward, parley.ObjectSkip, parley.ObjectOffline, parley.ObjectEnd,
			}).Draw(t, "kind"),
		}
		o.Exits = map[string]string{}
		for _, exit := range o.ExitNames() {
			o.Exits[exit] = label()
		}
		f.Objects = append(f.Objects, o)
	}
	return f
}
