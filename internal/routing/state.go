package routing

import (
	"slices"
	"strings"
	"time"

	"parley"
)

// State is a center as the router sees it. Only Evolve changes what it
// remembers; one goroutine owns it.
type State struct {
	config       int64
	number       int64
	offers       int64 // delivered by queues so far; orders QueueState.LastOfferSeq
	settings     Settings
	agents       map[parley.AgentID]*agent
	roster       []*agent // every agent, ordered by id
	queues       map[parley.QueueID]*queue
	interactions map[parley.InteractionID]*interaction
	hand         *interaction // the last one asked for: events about one come in a row
	open         map[parley.ConversationID]*interaction
	gone         graveyard
	timers       timers

	dirty     []*agent // whose seats are out of date
	touched   []*class // where a pair may have become possible
	unsettled []*queue // whose policies may have something to say
}

// New returns an empty center with the product's defaults.
func New() *State {
	return &State{
		settings:     DefaultSettings(),
		agents:       map[parley.AgentID]*agent{},
		queues:       map[parley.QueueID]*queue{},
		interactions: map[parley.InteractionID]*interaction{},
		open:         map[parley.ConversationID]*interaction{},
		gone:         graveyard{graves: map[parley.InteractionID]grave{}},
	}
}

// interaction returns the one of an id that is in memory, nil if there is none.
func (s *State) interaction(id parley.InteractionID) *interaction {
	if s.hand != nil && s.hand.ID == id {
		return s.hand
	}
	i := s.interactions[id]
	if i != nil {
		s.hand = i
	}
	return i
}

// agent is a person with everything that follows from what they hold.
type agent struct {
	AgentState
	offered  int // o: offers pending
	active   int // a: active interactions
	wrapping int // w: interactions in wrap-up
	rows     []*interaction
	members  []*member // ordered by queue
	seats    []*seat   // one for each class of the queues they are assigned to
	dirty    bool
}

// load is how many slots are taken.
//
// Source: CAP-03.
func (a *agent) load(wrapUpCounts bool) int {
	if wrapUpCounts {
		return a.offered + a.active + a.wrapping
	}
	return a.offered + a.active
}

// room returns what an agent has taken, and how much may be: their slots, or, where
// wrap-ups do not count, all the interactions anybody may hold at once.
//
// Source: CAP-02, CAP-03.
func (a *agent) room(wrapUpCounts bool) (taken, of int) {
	taken, of = a.load(wrapUpCounts), a.Capacity
	if all := a.load(true); taken < of && all >= parley.CapacityMax {
		return all, parley.CapacityMax
	}
	return taken, of
}

// full reports whether nothing more may be offered to a.
func (a *agent) full(wrapUpCounts bool) bool {
	taken, of := a.room(wrapUpCounts)
	return taken >= of
}

// loggedIn reports whether a working session runs.
func (a *agent) loggedIn() bool { return a.Base != parley.LoggedOut }

// member is an agent in a queue.
type member struct {
	parley.Membership
	agent  *agent
	queue  *queue
	staffs bool // counted in queue.staff
}

// queue is a waiting line and its classes.
type queue struct {
	QueueState
	members   map[parley.AgentID]*member
	classes   map[string]*class // by what the script requires beside the queue
	waiting   int
	staff     int // assigned and enabled members who are logged in (QUE-08)
	unsettled bool
}

// pooled reports whether the queue is served in one pool with all at priority 8.
//
// Source: RTE-06.
func (q *queue) pooled() bool { return q.Priority == poolPriority }

// poolPriority is the priority whose queues are served as one.
//
// Source: RTE-06.
const poolPriority = 8

// serves reports whether members are offered what waits here: the queue is
// enabled, or disabled and draining (E12).
func (q *queue) serves() bool { return q.Enabled || keeps(q.OnClose) }

// keeps reports whether a policy leaves an interaction waiting where it is.
func keeps(action parley.QueueAction) bool {
	return action == "" || action == parley.QueueWait || action == parley.QueueDrain
}

// interaction is one unit of work and every offer made of it.
type interaction struct {
	InteractionState
	offers []OfferState
	needs  string // the signature of what its script requires
	class  *class // where it waits; nil if it does not
}

// pending returns the offer that rings, or nil. Only the last one can.
func (i *interaction) pending() *OfferState {
	if n := len(i.offers); n > 0 && i.offers[n-1].State == parley.OfferPending {
		return &i.offers[n-1]
	}
	return nil
}

// place is where i stands in its queue's order.
func (i *interaction) place(q *queue) place {
	p := place{entry: parley.Millis(i.Entry), number: i.Number, who: i}
	if !q.pooled() {
		p.rank = -int64(i.Priority)
	}
	return p
}

// signature names a set of requirements; equal sets have equal names.
func signature(needs []Requirement) string {
	if len(needs) == 0 {
		return ""
	}
	var b strings.Builder
	for _, n := range needs {
		b.WriteString(string(n.Skill))
		b.WriteByte('=')
		b.WriteByte(byte(n.Level))
		b.WriteByte(';')
	}
	return b.String()
}

// merged returns every requirement of both lists, ordered by skill, each once at
// its highest level; nil if there is none.
func merged(a, b []Requirement) []Requirement {
	if len(a)+len(b) == 0 {
		return nil
	}
	all := append(slices.Clone(a), b...)
	slices.SortFunc(all, func(x, y Requirement) int {
		if c := strings.Compare(string(x.Skill), string(y.Skill)); c != 0 {
			return c
		}
		return y.Level - x.Level
	})
	return slices.CompactFunc(all, func(x, y Requirement) bool { return x.Skill == y.Skill })
}

// millis truncates t as the whole house does.
func millis(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Millisecond)
}

// graveyard remembers how the last interactions ended, so that a late or
// repeated command gets a true answer. It decides nothing and is not saved.
type graveyard struct {
	graves map[parley.InteractionID]grave
	order  []parley.InteractionID // a ring
	next   int
}

// grave is how an interaction ended.
type grave struct {
	agent  parley.AgentID
	offers []OfferState
}

// graves is how many ended interactions are remembered.
const graves = 4096

// bury remembers i.
func (g *graveyard) bury(i *interaction) {
	if len(g.order) < graves {
		g.order = append(g.order, i.ID)
	} else {
		delete(g.graves, g.order[g.next])
		g.order[g.next] = i.ID
	}
	g.next = (g.next + 1) % graves
	g.graves[i.ID] = grave{agent: i.Agent, offers: i.offers}
}
