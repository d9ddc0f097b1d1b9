package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
)

var (
	agents        = []parley.AgentID{"agt_amy", "agt_bob", "agt_sam"}
	queues        = []parley.QueueID{"que_sales", "que_support"}
	conversations = []parley.ConversationID{"con_1", "con_2", "con_3", "con_4"}
)

// Dice are a test's: what they show decides what happens. They are not the library's
// that throws them, so that whoever fills a database has none of its flags.
type Dice struct {
	Draw  func(what string, below int) int // 0 or more
	Fatal func(args ...any)                // ends the test
}

// Town is a center in which anything can happen.
type Town struct {
	Store *store.Store
	Live  *routing.State // as it is in memory
	Now   time.Time
	After func(cmd routing.Command, es []routing.Event) // called when they are saved

	// Together is how many commands are saved in one commit, at most. 0 = one.
	Together int

	dice  Dice
	tx    *store.Tx // of a batch that is not full
	in    int       // commands in it
	known []parley.InteractionID
	said  int
}

// NewTown fills an empty database with three agents who are in both of its
// queues.
func NewTown(t testing.TB, dice Dice, s *store.Store, after func(routing.Command, []routing.Event)) *Town {
	Lead(t, s, "test")
	x := &Town{dice: dice, Store: s, Live: routing.New(), Now: Day, After: after}
	Save(t, s, x.Now, func(r *store.Rows) {
		Group(r)
		for _, a := range agents {
			Agent(r, a)
		}
		for _, q := range queues {
			Queue(r, q)
		}
		EntryPoint(r, queues[0])
		for _, c := range conversations {
			Conversation(r, c)
		}
	})
	x.do(routing.SaveSettings{Settings: routing.DefaultSettings()})
	for _, a := range agents {
		x.do(routing.SaveAgent{Agent: AgentConfig(a)})
	}
	for _, q := range queues {
		x.do(routing.SaveQueue{Queue: QueueConfig(q)})
		for i, a := range agents {
			x.do(routing.SaveMemberships{Memberships: []parley.Membership{
				{Agent: a, Queue: q, Level: 10 * (i + 1), Assigned: true, Enabled: true},
			}})
		}
	}
	return x
}

// Day lets anybody do anything, in any order, for so many steps.
func (x *Town) Day(steps int) {
	for range steps {
		if x.draw("wait", 2) > 0 {
			x.wait(time.Duration(1+x.draw("ms", 90_000)) * time.Millisecond)
		}
		x.do(x.command())
	}
	if x.tx != nil {
		x.save(nil)
	}
}

func (x *Town) wait(d time.Duration) {
	x.Now = x.Now.Add(d)
	if next := x.Live.Next(); !next.IsZero() && next.Before(x.Now) {
		x.do(routing.Tick{})
	}
}

// do gives the router a command and saves what follows. Customers and agents
// write meanwhile.
func (x *Town) do(cmd routing.Command) {
	events, err := x.Live.Apply(x.Now, cmd)
	if err != nil {
		return // a refusal changes nothing
	}
	if x.tx == nil {
		if x.tx, err = x.Store.Begin(context.Background()); err != nil {
			x.dice.Fatal(err)
		}
	}
	r := x.tx.Rows(x.Now)
	r.Events(events)
	x.say(r, events)
	x.in++
	if x.in < x.Together && x.draw("more", 5) > 0 {
		return
	}
	x.save(cmd)
	x.After(cmd, events)
}

// save ends a batch.
func (x *Town) save(cmd routing.Command) {
	tx := x.tx
	x.tx, x.in = nil, 0
	if _, err := tx.Commit(context.Background()); err != nil {
		_ = tx.Rollback() // the error that counts is told
		x.dice.Fatal(fmt.Sprintf("%T: %v", cmd, err))
	}
}

// say adds what a customer writes when they come and when their link changes.
func (x *Town) say(r *store.Rows, events []routing.Event) {
	for _, e := range events {
		var i routing.InteractionState
		switch e := e.(type) {
		case routing.InteractionCreated:
			i.ID, i.Conversation = e.Interaction, e.Conversation
		case routing.CustomerLinkChanged:
			i, _ = x.Live.Interaction(e.Interaction)
		}
		if i.ID == "" {
			continue
		}
		x.said++
		id := fmt.Sprint("msg_", x.said)
		r.Message(&parley.Message{
			ID: parley.MessageID(id), Conversation: i.Conversation, Interaction: i.ID, Sender: parley.FromCustomer,
			ClientID: id, Text: "hello " + id, At: x.Now,
		})
	}
}

// command draws something that somebody could ask for.
func (x *Town) command() routing.Command {
	draw := x.draw
	agent := agents[draw("agent", len(agents))]
	other := agents[draw("other", len(agents))]
	queue := queues[draw("queue", len(queues))]
	conversation := conversations[draw("conversation", len(conversations))]
	i := parley.InteractionID("int_none")
	if len(x.known) > 0 {
		i = x.known[len(x.known)-1-draw("interaction", min(len(x.known), 5))]
	}
	state, _ := x.Live.Interaction(i)
	if state.Agent != "" && x.draw("owner", 2) > 0 {
		agent = state.Agent
	}
	if o := x.Live.Offers(i); len(o) > 0 && state.State == parley.Offering {
		agent = o[len(o)-1].Agent
	}
	offer := parley.OfferID{Interaction: i, Attempt: max(1, state.Attempts)}
	fresh := parley.InteractionID(fmt.Sprintf("int_%03d", len(x.known)+1))
	status := []parley.Presence{parley.Available, parley.OnBreak, parley.WorkOffline}[draw("status", 3)]
	yes := x.draw("yes", 2) > 0
	config, line, settings, arrive := x.wishes(agent, other, queue, yes)
	arrive.Interaction, arrive.Conversation = fresh, conversation
	scripted := arrive
	scripted.Script, scripted.AnswerFor = true, 20*time.Second
	commands := []routing.Command{
		routing.SaveAgent{Agent: config},
		routing.SaveQueue{Queue: line},
		routing.SaveSettings{Settings: settings},
		routing.SaveMemberships{Memberships: []parley.Membership{
			{Agent: agent, Queue: queue, Level: 50, Assigned: draw("assigned", 5) > 0, Enabled: yes},
		}},
		routing.Login{Agent: agent}, routing.LinkUp{Agent: agent}, routing.SetStatus{Agent: agent, Status: parley.Available},
		routing.Login{Agent: other}, routing.LinkUp{Agent: other}, routing.SetStatus{Agent: other, Status: parley.Available},
		routing.Logout{Agent: agent},
		routing.SetStatus{Agent: agent, Status: status, Code: "stc_lunch"},
		routing.SetStatus{Agent: agent, Status: status, By: other},
		routing.StopNew{Agent: agent}, routing.Resume{Agent: agent}, routing.ForceLogout{Agent: agent, By: other},
		routing.LinkLost{Agent: agent},
		arrive, arrive, arrive, scripted,
		routing.Ask{Interaction: i, For: time.Minute}, routing.EndScript{Interaction: i, State: parley.Offline},
		routing.Forward{
			Interaction: i, Queue: queue, Priority: arrive.Priority, Required: arrive.Required, Prefer: arrive.Prefer,
			PreferFor: arrive.PreferFor, Messages: arrive.Messages,
		},
		routing.Park{Agent: agent, Interaction: i, Until: x.Now.Add(20 * time.Second), Open: yes, PreferFor: arrive.PreferFor},
		routing.Unpark{Interaction: i}, routing.Unpark{Agent: agent, Interaction: i}, routing.Hear{Interaction: i},
		routing.MoveWindow{Interaction: i, Until: x.Now.Add(30 * time.Second)},
		routing.Accept{Agent: agent, Offer: offer}, routing.Accept{Agent: agent, Offer: offer},
		routing.Accept{Agent: agent, Offer: offer}, routing.Reject{Agent: agent, Offer: offer},
		routing.CustomerLeave{Interaction: i}, routing.SkipQueue{Interaction: i},
		routing.CustomerLost{Interaction: i}, routing.CustomerBack{Interaction: i},
		routing.End{Agent: agent, Interaction: i}, routing.End{Agent: agent, Interaction: i},
		routing.SetComplete{Interaction: i, Complete: yes},
		routing.View{Agent: agent, Interaction: i}, routing.Dismiss{Agent: agent, Interaction: i},
		routing.Finish{Agent: agent, Interaction: i},
		routing.ExtendWrapUp{Agent: agent, Interaction: i, By: time.Minute, Max: time.Hour},
		routing.TransferToQueue{Agent: agent, Interaction: i, New: fresh, Queue: queue, Anyway: true},
		routing.TransferToAgent{Agent: agent, Interaction: i, New: fresh, To: other},
		routing.Close{Interaction: i, By: other},
		routing.Restart{}, routing.RemoveQueue{Queue: queue},
	}
	cmd := commands[draw("command", len(commands))]
	switch cmd.(type) {
	case routing.Arrive, routing.TransferToQueue, routing.TransferToAgent:
		x.known = append(x.known, fresh)
	}
	return cmd
}

// draw draws one of 0 to n-1.
func (x *Town) draw(what string, n int) int { return x.dice.Draw(what, n) }

// wishes draws what an administrator could set and a customer could ask for.
func (x *Town) wishes(agent, other parley.AgentID, queue parley.QueueID, yes bool) (
	routing.AgentConfig, routing.QueueConfig, routing.Settings, routing.Arrive) {
	config := AgentConfig(agent)
	config.Enabled, config.Capacity, config.CodeRequired = x.draw("enabled", 10) > 0, 1+x.draw("capacity", 3), yes
	if yes {
		config.AutoReturn = time.Minute
	}
	line := QueueConfig(queue)
	line.MaxWait = time.Duration(x.draw("max_wait", 3)) * 40 * time.Second
	line.OnMaxWait = []parley.QueueAction{parley.QueueWait, parley.QueueOfflineForm, parley.QueueOverflow}[x.draw("action", 3)]
	line.Overflow = queues[0]
	settings := routing.DefaultSettings()
	settings.MaxParallel, settings.BusyMenuDeferred, settings.WrapUpCounts = 1+x.draw("parallel", 2), yes, yes
	settings.TransferUnstaffed = "warn"
	arrive := routing.Arrive{
		Queue: queue, Web: x.draw("web", 3) > 0, Priority: 40 + x.draw("priority", 20),
		QueueGrace: 20 * time.Second, CustomerGrace: time.Minute, Prefer: other, PreferFor: 10 * time.Second,
		Messages: routing.Messages{Every: time.Duration(x.draw("every", 3)) * 15 * time.Second, Times: 2},
	}
	arrive.Silence = routing.Silence{
		Warn: time.Duration(x.draw("warn", 3)) * 10 * time.Second, Close: time.Duration(x.draw("close", 3)) * 25 * time.Second,
	}
	if x.draw("window", 2) > 0 {
		arrive.Window = routing.Window{Until: x.Now.Add(time.Minute), Warn: 20 * time.Second}
	}
	if !yes {
		arrive.Prefer, arrive.PreferFor = "", 0
		arrive.Required = []routing.Requirement{{Skill: "skl_french", Level: 10}}
		config.Skills = map[parley.SkillID]int{"skl_french": 50}
	}
	return config, line, settings, arrive
}
