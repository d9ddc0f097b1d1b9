package routing

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"parley"
)

// The day of every test.
var eight = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// center opens a queue "support" with amy and her twin bob in it, both available
// since eight and idle as long.
func center(t *testing.T) *State {
	t.Helper()
	s := New()
	must(t, s, SaveQueue{QueueConfig{ID: "support", Enabled: true, Priority: 5, AcceptInterval: 30 * time.Second}})
	for _, id := range []parley.AgentID{"amy", "bob"} {
		must(t, s, SaveAgent{AgentConfig{
			ID: id, CreatedAt: eight, Enabled: true, Capacity: 6, OnReject: parley.OnBreak, OnTimeout: parley.OnBreak,
			Skills: map[parley.SkillID]int{"french": 50},
		}})
		must(t, s, SaveMemberships{[]parley.Membership{{Agent: id, Queue: "support", Level: 50, Assigned: true, Enabled: true}}})
		must(t, s, Login{id})
		must(t, s, SetStatus{Agent: id, Status: parley.Available})
	}
	return s
}

// must gives s a command that is not refused.
func must(t *testing.T, s *State, cmd Command) []Event {
	t.Helper()
	events, err := s.Apply(eight.Add(time.Hour), cmd)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// offerIn returns the offer among events, nil if there is none.
func offerIn(events []Event) *OfferMade {
	for _, e := range events {
		if o, ok := e.(OfferMade); ok {
			return &o
		}
	}
	return nil
}

// TestWho compares amy with her twin, who has one difference.
func TestWho(t *testing.T) {
	level := func(n int) func(*Snapshot) { return func(sn *Snapshot) { sn.Memberships[1].Level = n } }
	idle := func(sn *Snapshot) { sn.Agents[1].IdleSince = eight.Add(-time.Hour) }
	busy := func(sn *Snapshot) {
		sn.Interactions = append(sn.Interactions, InteractionState{ID: "i0", Number: 1, Conversation: "c0", Queue: "support", Agent: "bob", State: parley.Active})
		sn.Number = 1
	}
	all := func(changes ...func(*Snapshot)) func(*Snapshot) {
		return func(sn *Snapshot) {
			for _, change := range changes {
				change(sn)
			}
		}
	}
	policy := func(sn *Snapshot) { sn.Queues[0].Policy = parley.PolicyIdle }
	tests := []struct {
		name   string
		change func(*Snapshot) // bob is amy's twin, with one difference
		want   parley.AgentID
		rule   string
	}{
		{"RTE-01: a tie goes by id", func(*Snapshot) {}, "amy", "id"},
		{"RTE-01: the higher level", level(60), "bob", "level"},
		{"RTE-02: level beats idle time", all(level(40), idle), "amy", "level"},
		{"RTE-02: level beats load", all(level(60), busy), "bob", "level"},
		{"RTE-01: idle longest", idle, "bob", "idle"},
		{"RTE-05: fewer chats beat idle time", all(busy, idle), "amy", "load"},
		{"RTE-05: under skill_then_idle load is ignored", all(busy, idle, policy), "bob", "idle"},
		{"RTE-11: a skill filters and never orders", func(sn *Snapshot) {
			sn.Queues[0].Required = []Requirement{{"french", 50}}
			sn.Agents[1].Skills = map[parley.SkillID]int{"french": 100}
		}, "amy", "id"},
		{"RTE-11: one level short is out", func(sn *Snapshot) {
			sn.Queues[0].Required = []Requirement{{"french", 50}}
			sn.Agents[0].Skills = map[parley.SkillID]int{"french": 40}
		}, "bob", "only"},
		{"QUE-01: not assigned", func(sn *Snapshot) { sn.Memberships[1].Assigned = false; sn.Memberships[1].Level = 100 }, "amy", "only"},
		{"QUE-01: not enabled", func(sn *Snapshot) { sn.Memberships[1].Enabled = false; sn.Memberships[1].Level = 100 }, "amy", "only"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sn := center(t).Snapshot()
			test.change(&sn)
			s, err := Load(sn)
			if err != nil {
				t.Fatal(err)
			}
			o := offerIn(must(t, s, Arrive{Interaction: "i1", Conversation: "c1", Queue: "support"}))
			if o == nil || o.Agent != test.want || o.Receipt.Rule != test.rule {
				t.Fatalf("offered %+v, want %s by %s", o, test.want, test.rule)
			}
		})
	}
}

// TestIdle says when idle time starts anew (RTE-03).
func TestIdle(t *testing.T) {
	serve := func(t *testing.T, s *State) {
		must(t, s, Arrive{Interaction: "i1", Conversation: "c1", Queue: "support", Web: true})
		must(t, s, Accept{"amy", parley.OfferID{Interaction: "i1", Attempt: 1}})
	}
	tests := []struct {
		name string
		do   func(t *testing.T, s *State)
		want time.Time
	}{
		{"RTE-03: at first the account's creation, whatever the status", func(t *testing.T, s *State) {
			must(t, s, SetStatus{Agent: "amy", Status: parley.OnBreak})
			must(t, s, Logout{Agent: "amy"})
			must(t, s, Login{"amy"})
		}, eight},
		{"RTE-03 P12b: the end of what a queue delivered, also without wrap-up", func(t *testing.T, s *State) {
			serve(t, s)
			must(t, s, End{Agent: "amy", Interaction: "i1"})
		}, eight.Add(time.Hour)},
		{"RTE-03: not what a colleague addressed to her", func(t *testing.T, s *State) {
			must(t, s, SetStatus{Agent: "amy", Status: parley.OnBreak})
			must(t, s, Arrive{Interaction: "i1", Conversation: "c1", Queue: "support"})
			must(t, s, Accept{"bob", parley.OfferID{Interaction: "i1", Attempt: 1}})
			must(t, s, SetStatus{Agent: "amy", Status: parley.Available})
			must(t, s, TransferToAgent{Agent: "bob", Interaction: "i1", New: "i2", To: "amy"})
			must(t, s, Accept{"amy", parley.OfferID{Interaction: "i2", Attempt: 1}})
			must(t, s, End{Agent: "amy", Interaction: "i2"})
		}, eight},
		{"RTE-03 I21: again what a queue delivers, after the one it was addressed to is lost", func(t *testing.T, s *State) {
			must(t, s, SetStatus{Agent: "bob", Status: parley.OnBreak})
			serve(t, s)
			must(t, s, SetStatus{Agent: "bob", Status: parley.Available})
			must(t, s, TransferToAgent{Agent: "amy", Interaction: "i1", New: "i2", To: "bob"})
			must(t, s, Accept{"bob", parley.OfferID{Interaction: "i2", Attempt: 1}})
			sn := s.Snapshot()
			sn.Agents[0].IdleSince = eight // as if the first part had never been
			again, err := Load(sn)
			if err != nil {
				t.Fatal(err)
			}
			*s = *again
			must(t, s, ForceLogout{Agent: "bob", By: "sam"})
			must(t, s, Accept{"amy", parley.OfferID{Interaction: "i2", Attempt: 2}})
			must(t, s, End{Agent: "amy", Interaction: "i2"})
		}, eight.Add(time.Hour)},
		{"RTE-04: a customer who leaves during the offer leaves it alone", func(t *testing.T, s *State) {
			must(t, s, Arrive{Interaction: "i1", Conversation: "c1", Queue: "support", Web: true})
			must(t, s, CustomerLeave{"i1"})
		}, eight},
		{"RTE-03: a tenant may tick status changes too", func(t *testing.T, s *State) {
			set := s.Settings()
			set.IdleResetOnStatus = true
			must(t, s, SaveSettings{set})
			must(t, s, SetStatus{Agent: "amy", Status: parley.OnBreak})
		}, eight.Add(time.Hour)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := center(t)
			test.do(t, s)
			if a, _ := s.Agent("amy"); !a.IdleSince.Equal(test.want) {
				t.Fatalf("idle since %v, want %v", a.IdleSince, test.want)
			}
		})
	}
}

// TestDisplayed is the function of 5.1.
func TestDisplayed(t *testing.T) {
	tests := []struct {
		name string
		view AgentView
		want parley.Presence
	}{
		{"PRE-05: active is busy", AgentView{AgentState: AgentState{Base: parley.Available}, Active: 1, WrapUp: 1, Offered: 1}, parley.Busy},
		{"PRE-07: only wrapping up is post processing", AgentView{AgentState: AgentState{Base: parley.Available}, WrapUp: 1, Offered: 1}, parley.PostProcessing},
		{"PRE-01: only offered", AgentView{AgentState: AgentState{Base: parley.Available}, Offered: 1}, parley.Offered},
		{"PRE-01: nothing shows the base", AgentView{AgentState: AgentState{Base: parley.OnBreak}}, parley.OnBreak},
		{"PRE-01: logged out is logged out", AgentView{AgentState: AgentState{Base: parley.LoggedOut}}, parley.LoggedOut},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.view.Displayed(); got != test.want {
				t.Fatalf("shown as %s, want %s", got, test.want)
			}
		})
	}
}

// TestRefusals are commands that change nothing and say why.
func TestRefusals(t *testing.T) {
	tests := []struct {
		name string
		cmd  Command
		want error
	}{
		{"RTE-01: a level is in tens", SaveMemberships{[]parley.Membership{{Agent: "amy", Queue: "support", Level: 55}}}, &parley.Error{Code: "invalid"}},
		{"QUE-01: of somebody known", SaveMemberships{[]parley.Membership{{Agent: "cid", Queue: "support", Level: 50}}}, &parley.Error{Code: "invalid"}},
		{"QUE-01: in a queue that is known", SaveMemberships{[]parley.Membership{{Agent: "amy", Queue: "tax", Level: 50}}}, &parley.Error{Code: "invalid"}},
		{"CAP-01: a capacity has a ceiling", SaveAgent{AgentConfig{ID: "amy", Capacity: 21}}, &parley.Error{Code: "invalid"}},
		{"CAP-01: and a floor", SaveAgent{AgentConfig{ID: "amy"}}, &parley.Error{Code: "invalid"}},
		{"QUE-05: an agent has an id", SaveAgent{AgentConfig{Capacity: 1}}, &parley.Error{Code: "invalid"}},
		{"QUE-05: a queue has an id", SaveQueue{QueueConfig{AcceptInterval: time.Second}}, &parley.Error{Code: "invalid"}},
		{"OFR-06: a queue has an acceptance interval", SaveQueue{QueueConfig{ID: "tax"}}, &parley.Error{Code: "invalid"}},
		{"E1: at least one may ring", SaveSettings{}, &parley.Error{Code: "invalid"}},
		{"E12: no such queue", RemoveQueue{"tax"}, parley.ErrNotFound},
		{"P1: no such agent", Login{"cid"}, parley.ErrNotFound},
		{"I16: not hers", End{Agent: "amy", Interaction: "i1"}, parley.ErrNotFound},
		{"I24: nobody's", SetComplete{"i1", true}, parley.ErrNotFound},
		{"I28: no such interaction", Close{Interaction: "i9"}, parley.ErrNotFound},
		{"I20: not hers to transfer", TransferToQueue{Agent: "amy", Interaction: "i1", New: "i2", Queue: "support"}, parley.ErrNotFound},
		{"SMS-06: only who is on the web may leave", CustomerLeave{"sms"}, parley.ErrNotCustomerEndable},
		{"I10: no such attempt", Accept{"amy", parley.OfferID{Interaction: "sms", Attempt: 7}}, parley.ErrNotFound},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := center(t)
			must(t, s, Arrive{Interaction: "sms", Conversation: "c1", Queue: "support"})
			before := s.Snapshot()
			events, err := s.Apply(eight.Add(time.Hour), test.cmd)
			if !errors.Is(err, test.want) || events != nil {
				t.Fatalf("got %v and %v, want %v", events, err, test.want)
			}
			if !reflect.DeepEqual(before, s.Snapshot()) {
				t.Fatal("a refusal has changed something")
			}
		})
	}
}

// TestLate answers an offer after its deadline, before any Tick has come.
func TestLate(t *testing.T) {
	tests := []struct {
		name string
		lost bool // the agent's link
		at   time.Duration
		want error
	}{
		{"E3: at the deadline it counts", false, 30 * time.Second, nil},
		{"E3: after it, not", false, 30*time.Second + time.Millisecond, parley.ErrOfferExpired},
		{"P17: with the link lost, until the grace is over", true, 20 * time.Second, nil},
		{"P17: not longer", true, 20*time.Second + time.Millisecond, parley.ErrOfferExpired},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := center(t)
			must(t, s, Arrive{Interaction: "i1", Conversation: "c1", Queue: "support"})
			if test.lost {
				must(t, s, LinkLost{"amy"})
			}
			_, err := s.Apply(eight.Add(time.Hour+test.at), Accept{"amy", parley.OfferID{Interaction: "i1", Attempt: 1}})
			if !errors.Is(err, test.want) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
		})
	}
}

// TestExtend is WRP-11: 30 s a press, up to the total set, and only if one is.
func TestExtend(t *testing.T) {
	tests := []struct {
		name string
		max  time.Duration
		want time.Duration // from the start of the wrap-up
		err  error
	}{
		{"WRP-11: off", 0, 0, parley.ErrForbidden},
		{"WRP-11: a press", 120 * time.Second, 90 * time.Second, nil},
		{"WRP-11: no further than the total", 80 * time.Second, 80 * time.Second, nil},
		{"WRP-11: nothing is left to add", 60 * time.Second, 0, parley.ErrConflict},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := center(t)
			q, _ := s.Queue("support")
			q.WrapUp = time.Minute
			must(t, s, SaveQueue{q.QueueConfig})
			must(t, s, Arrive{Interaction: "i1", Conversation: "c1", Queue: "support"})
			must(t, s, Accept{"amy", parley.OfferID{Interaction: "i1", Attempt: 1}})
			must(t, s, End{Agent: "amy", Interaction: "i1"})
			_, err := s.Apply(eight.Add(time.Hour+time.Second), ExtendWrapUp{"amy", "i1", 30 * time.Second, test.max})
			if !errors.Is(err, test.err) {
				t.Fatalf("got %v, want %v", err, test.err)
			}
			if i, _ := s.Interaction("i1"); err == nil && !i.WrapUpUntil.Equal(i.WrapUpFrom.Add(test.want)) {
				t.Fatalf("until %v, want %v after %v", i.WrapUpUntil, test.want, i.WrapUpFrom)
			}
		})
	}
}

// TestLogOut names what keeps an agent: offered, active or in wrap-up, not a row
// that only waits to be looked at.
func TestLogOut(t *testing.T) {
	t.Run("PRE-17: refused with the ids of what is open", func(t *testing.T) {
		s := center(t)
		q, _ := s.Queue("support")
		for k, wrapUp := range []time.Duration{0, time.Minute, time.Minute, time.Minute} {
			id := parley.InteractionID([]string{"i1", "i2", "i3", "i4"}[k])
			q.WrapUp = wrapUp
			must(t, s, SaveQueue{q.QueueConfig})
			must(t, s, SetStatus{Agent: "bob", Status: parley.OnBreak})
			must(t, s, Arrive{Interaction: id, Conversation: parley.ConversationID(id), Queue: "support", Web: true})
			if k < 3 {
				must(t, s, Accept{"amy", parley.OfferID{Interaction: id, Attempt: 1}})
			}
			if k == 0 {
				must(t, s, CustomerLeave{id})
			}
		}
		must(t, s, End{Agent: "amy", Interaction: "i2"})
		_, err := s.Apply(eight.Add(time.Hour), Logout{Agent: "amy"})
		var refused *parley.Error
		if !errors.As(err, &refused) || !errors.Is(err, parley.ErrInteractionsOpen) {
			t.Fatalf("got %v", err)
		}
		if want := []parley.InteractionID{"i2", "i3", "i4"}; !reflect.DeepEqual(refused.Data["interactions"], want) {
			t.Fatalf("names %v, want %v", refused.Data["interactions"], want)
		}
	})
}

// TestPlaces holds all that anybody may: a wrap-up that does not count takes a
// place all the same (CAP-02, CAP-03, INV-03).
func TestPlaces(t *testing.T) {
	s := center(t)
	set, q := s.settings, s.queues["support"].QueueConfig
	set.WrapUpCounts, q.WrapUp = false, time.Hour
	must(t, s, SaveSettings{set})
	must(t, s, SaveQueue{q})
	must(t, s, SetStatus{Agent: "bob", Status: parley.OnBreak})
	arrive := func(n int) (parley.InteractionID, *OfferMade) {
		id := parley.InteractionID(fmt.Sprintf("i%02d", n))
		return id, offerIn(must(t, s, Arrive{Interaction: id, Conversation: parley.ConversationID(id), Queue: "support", Web: true}))
	}
	for n := range parley.CapacityMax {
		id, _ := arrive(n)
		must(t, s, Accept{"amy", parley.OfferID{Interaction: id, Attempt: 1}})
		if n > 0 { // the first keeps her busy
			must(t, s, End{Agent: "amy", Interaction: id})
		}
	}
	last, o := arrive(parley.CapacityMax)
	if o != nil {
		t.Fatalf("CAP-03: one more is offered: %+v", o)
	}
	if amy, _ := s.Agent("amy"); !amy.Full || amy.Load != 1 {
		t.Errorf("CAP-02: amy is %+v", amy)
	}
	before, err := Load(s.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	o = offerIn(must(t, s, SetStatus{Agent: "bob", Status: parley.Available}))
	if o == nil || o.Agent != "bob" || o.Receipt.Excluded[ReasonFull] != 1 {
		t.Fatalf("RTE-10: the receipt says %+v", o)
	}
	if got, want := before.Why(*o).Agents[0], (Kept{"amy", ReasonFull, "CAP-02", "20", "19"}); got != want {
		t.Errorf("RTE-10: she was kept out by %+v, want %+v", got, want)
	}
	must(t, s, Accept{"bob", o.Offer})
	hand := TransferToAgent{Agent: "bob", Interaction: last, New: "i30", To: "amy"}
	if _, err := s.Apply(eight.Add(time.Hour), hand); !errors.Is(err, parley.ErrAtCapacity) {
		t.Errorf("I20b: a transfer to her: %v", err)
	}
	must(t, s, Finish{"amy", "i01"})
	if o := offerIn(must(t, s, hand)); o == nil || o.Agent != "amy" {
		t.Errorf("CAP-02: with a place free she is offered %+v", o)
	}
}
