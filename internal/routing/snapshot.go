package routing

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"parley"
)

// Snapshot is everything the router remembers, as plain data: what store saves
// from the events and loads at a start. Slices are ordered by id.
type Snapshot struct {
	Config       int64 // version of the configuration
	Number       int64 // the last interaction number given
	Settings     Settings
	Agents       []AgentState
	Queues       []QueueState
	Memberships  []parley.Membership
	Interactions []InteractionState // not final, or final and not yet dismissed
	Offers       []OfferState       // of those interactions, all attempts
}

// AgentState is the presence tuple and its timers.
//
// Source: docs/routing.md.
type AgentState struct {
	AgentConfig
	EverLoggedIn bool
	Base         parley.Presence
	Sub          parley.Sub
	Next         parley.Presence // "" = none
	NextByMiss   bool            // next was set by P7 or P8 while busy (P11 clears it)
	Conn         parley.Conn
	Since        time.Time           // of Base
	Reason       parley.StatusReason // of Base; while NextByMiss, of Next
	Code         parley.StatusCodeID
	By           parley.AgentID // of Base; while Next is set, of Next
	IdleSince    time.Time
	ReturnAt     time.Time // T_auto_return
	GraceUntil   time.Time // T_agent_grace
	OfferUntil   time.Time // T_offer_grace
}

// QueueState is a queue and when it last made an offer (RTE-06).
type QueueState struct {
	QueueConfig
	LastOffer    time.Time
	LastOfferSeq int64 // orders offers within one millisecond; 0 = none yet
}

// InteractionState is one interaction routing still has to do with.
type InteractionState struct {
	ID            parley.InteractionID
	Number        int64
	Conversation  parley.ConversationID
	Journey       parley.InteractionID
	Origin        parley.InteractionID
	From          parley.AgentID
	To            parley.AgentID // addressed to (I20b); kept after it is accepted, so that RTE-03 knows
	Queue         parley.QueueID
	Agent         parley.AgentID
	State         parley.InteractionState
	Priority      int
	Required      []Requirement
	Web           bool
	Addressed     bool                 // to To, who has yet to accept
	Pending       parley.InteractionID // the addressed one this active one is being transferred as, "" if none
	QueueGrace    time.Duration
	CustomerGrace time.Duration
	Prefer        parley.AgentID
	PreferUntil   time.Time
	Entry         time.Time
	Until         time.Time // T_queue_max
	Attempts      int       // offers made so far
	Round         int       // OFR-08
	Away          bool
	AwayUntil     time.Time // T_queue_grace or T_customer_grace
	WrapUpFrom    time.Time
	WrapUpUntil   time.Time
	CodeRequired  bool // frozen at the end (E28)
	Complete      bool // every required list is answered
	Overdue       bool
	AwaitAck      bool
	Script        bool // created: its script runs
	AnswerUntil   time.Time
	MessageEvery  time.Duration // between messages while it waits
	MessagesLeft  int
	MessageAt     time.Time // the next one
	ParkUntil     time.Time // T_park
	ParkOpen      bool      // parked until the next message
	ParkPrefer    time.Duration
	Silence       Silence
	LastWord      time.Time // when the silence began that counts now
	Warned        bool      // of it
	Window        Window
	WindowWarned  bool // of its end
	Unviewed      bool // final, and in the agent's list until it is dismissed
}

// OfferState is one presentation.
type OfferState struct {
	ID    parley.OfferID
	Agent parley.AgentID
	Queue parley.QueueID
	Round int
	State parley.OfferState
	Made  time.Time
	Until time.Time
}

// Snapshot returns everything s remembers.
func (s *State) Snapshot() Snapshot {
	sn := Snapshot{Config: s.config, Number: s.number, Settings: s.settings}
	for _, a := range s.roster {
		sn.Agents = append(sn.Agents, a.AgentState)
		for _, m := range a.members {
			sn.Memberships = append(sn.Memberships, m.Membership)
		}
	}
	for _, q := range s.queues {
		sn.Queues = append(sn.Queues, q.QueueState)
	}
	slices.SortFunc(sn.Queues, func(x, y QueueState) int { return cmp.Compare(x.ID, y.ID) })
	for _, i := range s.byID() {
		sn.Interactions = append(sn.Interactions, i.InteractionState)
		sn.Offers = append(sn.Offers, i.offers...)
	}
	return sn
}

// Load returns a state that remembers sn. The order of its slices is free, but
// for each interaction's offers by attempt. Errors: one that names what refers to
// nothing.
func Load(sn Snapshot) (*State, error) {
	s := New()
	s.interactions = make(map[parley.InteractionID]*interaction, len(sn.Interactions))
	s.open = make(map[parley.ConversationID]*interaction, len(sn.Interactions))
	s.config, s.number, s.settings = sn.Config, sn.Number, sn.Settings
	for _, q := range sn.Queues {
		s.addQueue(q)
	}
	for _, a := range sn.Agents {
		st := s.addAgent(a)
		s.set(a.GraceUntil, ringAgentGrace, st)
		s.set(a.OfferUntil, ringOfferGrace, st)
		s.set(a.ReturnAt, ringReturn, st)
	}
	for _, m := range sn.Memberships {
		if s.agents[m.Agent] == nil || s.queues[m.Queue] == nil {
			return nil, fmt.Errorf("membership of %s in %s: no such agent or queue", m.Agent, m.Queue)
		}
		s.membershipChanged(m)
	}
	for _, st := range sn.Interactions {
		s.interactions[st.ID] = &interaction{InteractionState: st, needs: signature(st.Required)}
	}
	for _, o := range sn.Offers {
		i := s.interactions[o.ID.Interaction]
		if i == nil {
			return nil, fmt.Errorf("offer %s: no such interaction", o.ID)
		}
		i.offers = append(i.offers, o)
	}
	for _, st := range sn.Interactions {
		if err := s.load(s.interactions[st.ID]); err != nil {
			return nil, err
		}
	}
	s.unsettled = nil
	for _, q := range s.queues {
		q.unsettled = false
	}
	return s, nil
}

// load puts one interaction where its state says it is.
func (s *State) load(i *interaction) error {
	if !i.State.Final() && !i.Script && s.queues[i.Queue] == nil {
		return fmt.Errorf("interaction %s: no queue %q", i.ID, i.Queue)
	}
	var a *agent
	switch o := i.pending(); {
	case i.State == parley.Queued:
		s.join(i, s.queues[i.Queue])
	case i.State == parley.Offering && o != nil:
		if a = s.agents[o.Agent]; a != nil {
			a.offered++
		}
	default:
		if a = s.agents[i.Agent]; a != nil && i.State == parley.Active {
			a.active++
		} else if a != nil && i.State == parley.WrapUp {
			a.wrapping++
		}
	}
	switch {
	case a != nil:
		a.rows = append(a.rows, i)
		s.stale(a)
	case i.State != parley.Queued && !i.Script:
		return fmt.Errorf("interaction %s: %s, but nobody has it", i.ID, i.State)
	}
	if i.State.Open() && !i.Addressed {
		if other := s.open[i.Conversation]; other != nil {
			return fmt.Errorf("conversation %s: open in %s and %s", i.Conversation, other.ID, i.ID)
		}
		s.open[i.Conversation] = i
	}
	for _, r := range ringsOfInteraction {
		s.set(i.deadline(r), r, i)
	}
	return nil
}
