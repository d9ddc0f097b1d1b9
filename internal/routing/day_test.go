package routing

import (
	"fmt"
	"time"

	"parley"

	"pgregory.net/rapid"
)

// day is one random day, lived three times: by the router, by a twin that was
// started from a snapshot somewhere on the way, and by one that only reads the
// log.
type day struct {
	now         time.Time
	fast        *State
	twin        *State
	log         *State
	n           int // ids given
	entry       map[parley.InteractionID]time.Time
	offers      map[parley.OfferID]parley.OfferState
	closed      map[parley.InteractionID]bool
	customers   []parley.InteractionID // everybody who ever came
	lastOffered []parley.OfferID
}

var (
	peopleOfTheDay = []parley.AgentID{"amy", "bob", "cid", "dee"}
	queuesOfTheDay = []parley.QueueID{"support", "sales", "vip"}
)

// newDay opens the center of a random day.
func newDay(t *rapid.T) *day {
	d := &day{
		now: eight, fast: New(), twin: New(), log: New(), entry: map[parley.InteractionID]time.Time{},
		offers: map[parley.OfferID]parley.OfferState{}, closed: map[parley.InteractionID]bool{},
	}
	d.do(t, SaveSettings{d.settings(t)})
	for _, q := range queuesOfTheDay {
		d.do(t, SaveQueue{d.queueConfig(t, q)})
	}
	for _, a := range peopleOfTheDay {
		d.do(t, SaveAgent{d.agentConfig(t, a)})
		for _, q := range queuesOfTheDay {
			d.do(t, SaveMemberships{[]parley.Membership{d.membership(t, a, q)}})
		}
		d.do(t, Login{a})
		d.do(t, SetStatus{Agent: a, Status: parley.Available})
	}
	return d
}

func oneOf[T any](t *rapid.T, of ...T) T { return rapid.SampledFrom(of).Draw(t, "of") }

func seconds(t *rapid.T, of ...int) time.Duration {
	return time.Duration(oneOf(t, of...)) * time.Second
}

func chance(t *rapid.T, oneIn int) bool { return rapid.IntRange(1, oneIn).Draw(t, "chance") == oneIn }

func (d *day) settings(t *rapid.T) Settings {
	s := DefaultSettings()
	s.MaxParallel = oneOf(t, 1, 1, 2)
	s.WrapUpCounts = !chance(t, 3)
	s.BusyMenuDeferred = chance(t, 2)
	s.AfterWrapUp = oneOf(t, parley.Available, parley.Available, parley.OnBreak)
	s.ExcludeRejecter = !chance(t, 5)
	s.TransferUnstaffed = oneOf(t, "refuse", "warn")
	s.TransferBoost = oneOf(t, 0, 10)
	s.IdleResetOnStatus = chance(t, 4)
	s.AgentGrace, s.OfferGrace = seconds(t, 120, 30), seconds(t, 20, 5)
	return s
}

func (d *day) queueConfig(t *rapid.T, id parley.QueueID) QueueConfig {
	action := func() parley.QueueAction {
		return oneOf(t, parley.QueueWait, parley.QueueWait, parley.QueueOverflow, parley.QueueOfflineForm, parley.QueueMessageEnd)
	}
	q := QueueConfig{
		ID: id, Enabled: !chance(t, 8), Priority: oneOf(t, 5, 5, 8, 8, 9), AcceptInterval: seconds(t, 30, 10),
		Policy: oneOf(t, parley.PolicyLoadThenIdle, parley.PolicyIdle), WrapUp: seconds(t, 0, 20, 60),
		OnMaxWait: action(), OnFull: action(), NoAgents: action(),
		OnClose:  oneOf(t, parley.QueueDrain, parley.QueueOverflow, parley.QueueOfflineForm),
		Overflow: oneOf(t, append(queuesOfTheDay, "")...), CodeRequired: chance(t, 4),
	}
	if chance(t, 3) {
		q.MaxWait = seconds(t, 20, 60)
	}
	if chance(t, 4) {
		q.MaxSize = oneOf(t, 1, 3)
	}
	q.Required = needs(t)
	return q
}

func needs(t *rapid.T) []Requirement {
	if !chance(t, 4) {
		return nil
	}
	return []Requirement{{Skill: oneOf[parley.SkillID](t, "french", "tax"), Level: oneOf(t, 20, 50)}}
}

func (d *day) agentConfig(t *rapid.T, id parley.AgentID) AgentConfig {
	return AgentConfig{
		ID: id, CreatedAt: eight.Add(-time.Duration(rapid.IntRange(1, 3).Draw(t, "age")) * time.Hour), Enabled: !chance(t, 10),
		Capacity: oneOf(t, 1, 2, 3, 6), MayReject: chance(t, 2), AutoReturn: seconds(t, 0, 0, 10), CodeRequired: chance(t, 6),
		OnReject:  oneOf(t, parley.OnBreak, parley.WorkOffline, parley.Available),
		OnTimeout: oneOf(t, parley.OnBreak, parley.WorkOffline),
		Skills:    map[parley.SkillID]int{"french": oneOf(t, 10, 20, 50), "tax": oneOf(t, 10, 50, 80)},
	}
}

func (d *day) membership(t *rapid.T, a parley.AgentID, q parley.QueueID) parley.Membership {
	return parley.Membership{Agent: a, Queue: q, Level: oneOf(t, 20, 50, 50, 80), Assigned: !chance(t, 5), Enabled: !chance(t, 5)}
}

func (d *day) agent(t *rapid.T) parley.AgentID { return oneOf(t, peopleOfTheDay...) }
func (d *day) queue(t *rapid.T) parley.QueueID { return oneOf(t, queuesOfTheDay...) }

// interaction draws somebody who came, mostly of late.
func (d *day) interaction(t *rapid.T) parley.InteractionID {
	if len(d.customers) == 0 {
		return "nobody"
	}
	from := max(0, len(d.customers)-8)
	return oneOf(t, d.customers[from:]...)
}

// row draws something an agent has in their list, and the agent.
func (d *day) row(t *rapid.T) (parley.AgentID, parley.InteractionID) {
	a := d.agent(t)
	rows := d.fast.Held(a)
	if len(rows) == 0 || chance(t, 12) {
		return a, d.interaction(t)
	}
	return a, oneOf(t, rows...).ID
}

// offer draws an offer, mostly one that rings, and an agent, mostly its own.
func (d *day) offer(t *rapid.T) (parley.AgentID, parley.OfferID) {
	a, i := d.row(t)
	if of := d.fast.Offers(i); len(of) > 0 {
		return a, of[len(of)-1].ID
	}
	if len(d.lastOffered) > 0 {
		return a, oneOf(t, d.lastOffered[max(0, len(d.lastOffered)-5):]...)
	}
	return a, parley.OfferID{Interaction: i, Attempt: 1}
}

func (d *day) id(prefix string) string {
	d.n++
	return fmt.Sprintf("%s%d", prefix, d.n)
}

// arrival is a random contact.
func (d *day) arrival(t *rapid.T) Arrive {
	c := Arrive{
		Interaction: parley.InteractionID(d.id("i")), Conversation: parley.ConversationID(d.id("c")), Queue: d.queue(t),
		Priority: oneOf(t, 0, 0, 0, 80), Required: needs(t), Web: !chance(t, 3), QueueGrace: 20 * time.Second, CustomerGrace: 30 * time.Second,
	}
	if chance(t, 4) {
		c.Prefer, c.PreferFor = d.agent(t), 20*time.Second
	}
	if chance(t, 3) {
		c.Silence = Silence{Warn: seconds(t, 0, 5, 20), Close: seconds(t, 0, 12, 40)}
	}
	if chance(t, 3) {
		c.Window = Window{Until: d.now.Add(seconds(t, 5, 20, 60)), Warn: seconds(t, 5, 10)}
	}
	c.Offline, c.Script, c.Messages = chance(t, 20), chance(t, 3), messages(t)
	if c.Script {
		c.AnswerFor = seconds(t, 0, 10, 30)
	}
	d.customers = append(d.customers, c.Interaction)
	return c
}

// messages draws what is said to somebody who waits.
func messages(t *rapid.T) Messages {
	return Messages{Every: seconds(t, 0, 5, 12), Times: oneOf(t, 0, 1, 3)}
}

// scripted draws what a script does next.
func (d *day) scripted(t *rapid.T) {
	i := d.interaction(t)
	for _, o := range d.fast.Snapshot().Interactions {
		if o.Script {
			i = o.ID
		}
	}
	d.do(t, oneOf[Command](t, Ask{i, seconds(t, 10, 30)}, EndScript{Interaction: i, State: oneOf(t, parley.Offline, parley.Skipped, parley.Cancelled)},
		Forward{
			Interaction: i, Queue: d.queue(t), Priority: oneOf(t, 0, 80), Required: needs(t), Prefer: oneOf(t, "", d.agent(t)),
			PreferFor: 20 * time.Second, Messages: messages(t),
		}))
}

func (d *day) actions() map[string]func(*rapid.T) {
	byAgent := func(t *rapid.T) {
		a := d.agent(t)
		d.do(t, oneOf[Command](t, StopNew{a}, Resume{a}, LinkLost{a}, LinkUp{a}, Login{a}, Logout{Agent: a}, LinkUp{a}, Login{a},
			ForceLogout{Agent: a, By: "sam"}))
	}
	byRow := func(t *rapid.T) {
		a, i := d.row(t)
		d.do(t, oneOf[Command](t, End{Agent: a, Interaction: i}, End{Agent: a, Interaction: i}, Finish{a, i}, Finish{a, i}, View{a, i}, Dismiss{a, i},
			SetComplete{i, true}, SetComplete{i, true}, SetComplete{i, false}, ExtendWrapUp{a, i, 30 * time.Second, 90 * time.Second}))
	}
	byCustomer := func(t *rapid.T) {
		i := d.interaction(t)
		d.do(t, oneOf[Command](t, CustomerLeave{i}, CustomerLost{i}, CustomerBack{i}, SkipQueue{i}, CustomerLost{i}, CustomerBack{i},
			Close{Interaction: i, By: "sam"}))
	}
	transfer := func(t *rapid.T) {
		a, i := d.row(t)
		n := parley.InteractionID(d.id("i"))
		d.customers = append(d.customers, n)
		d.do(t, oneOf[Command](t, TransferToQueue{a, i, n, d.queue(t), chance(t, 2), Messages{}}, TransferToAgent{a, i, n, d.agent(t)}))
	}
	park := func(t *rapid.T) {
		a, i := d.row(t)
		until := d.now.Add(seconds(t, 0, 5, 20, 60))
		d.do(t, oneOf[Command](t, Park{a, i, until, chance(t, 3), seconds(t, 0, 20)}, Park{a, i, until, false, 20 * time.Second},
			Unpark{a, i}, Unpark{Interaction: i}, CustomerEnds{i}, Hear{i}, Hear{d.interaction(t)}, MoveWindow{i, d.now.Add(seconds(t, 8, 30))}))
	}
	arrive := func(t *rapid.T) { d.do(t, d.arrival(t)) }
	accept := func(t *rapid.T) { a, o := d.offer(t); d.do(t, Accept{a, o}) }
	wait := func(t *rapid.T) {
		ms := oneOf(t, 1, 500, 5_000, 12_000, 31_000)
		d.now = d.now.Add(time.Duration(ms) * time.Millisecond)
		d.do(t, Tick{})
	}
	return map[string]func(*rapid.T){
		"arrive": arrive, "arrive2": arrive, "arrive3": arrive, "accept": accept, "accept2": accept, "wait": wait, "wait2": wait,
		"reject":   func(t *rapid.T) { a, o := d.offer(t); d.do(t, Reject{Agent: a, Offer: o}) },
		"agent":    byAgent,
		"row":      byRow,
		"row2":     byRow,
		"customer": byCustomer,
		"script":   d.scripted,
		"script2":  d.scripted,
		"transfer": transfer,
		"park":     park,
		"park2":    park,
		"admin":    d.configure,
		"restart": func(t *rapid.T) {
			if chance(t, 4) {
				d.do(t, Restart{})
			}
			for _, a := range peopleOfTheDay {
				d.do(t, LinkUp{a})
			}
		},
		"status":   d.status,
		"deadline": d.deadline,
		"reload":   d.reload,
	}
}

// status is a person's choice, or a supervisor's.
func (d *day) status(t *rapid.T) {
	s := SetStatus{Agent: d.agent(t), Status: oneOf(t, parley.Available, parley.Available, parley.OnBreak, parley.WorkOffline)}
	if chance(t, 4) {
		s.By = "sam"
	}
	d.do(t, s)
}

// deadline goes on to exactly the next one, or one millisecond after it, as the
// alarm rings.
func (d *day) deadline(t *rapid.T) {
	if next := d.fast.Next(); !next.IsZero() && !next.Before(d.now) {
		d.now = next.Add(time.Duration(rapid.IntRange(0, 1).Draw(t, "after")) * time.Millisecond)
		d.do(t, Tick{})
	}
}

// configure changes something of the configuration.
func (d *day) configure(t *rapid.T) {
	a, q := d.agent(t), d.queue(t)
	switch rapid.IntRange(1, 5).Draw(t, "what") {
	case 1:
		d.do(t, SaveAgent{d.agentConfig(t, a)})
	case 2:
		d.do(t, SaveQueue{d.queueConfig(t, q)})
	case 3:
		d.do(t, SaveSettings{d.settings(t)})
	case 4:
		d.do(t, RemoveQueue{q})
	default:
		if _, ok := d.fast.Queue(q); ok {
			d.do(t, SaveMemberships{[]parley.Membership{d.membership(t, a, q)}})
		} else {
			d.do(t, SaveQueue{d.queueConfig(t, q)})
		}
	}
}
