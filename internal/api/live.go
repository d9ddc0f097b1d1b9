package api

import (
	"context"
	"reflect"

	"parley"
	"parley/internal/center"
	"parley/internal/office"
)

// liveOperations are the snapshot a browser begins with and its pass to the
// news that follow.
func (s *Server) liveOperations() {
	a := s.api
	get(a, "/api/live/snapshot", "get-snapshot", "", getSnapshot)
	post(a, "/api/live/ticket", "get-ticket", "", s.getTicket)
}

func getSnapshot(ctx context.Context, in *mine) (*out[center.Snapshot], error) {
	return reply(in.Me.at.Center.Snapshot(ctx, in.Me.Actor))
}

func (s *Server) getTicket(ctx context.Context, in *mine) (*out[ticketView], error) {
	return reply(ticketView{s.tickets.issue(in.Me.Actor, requestOf(ctx).agent)}, nil)
}

// Hello is the first message of a live connection.
type Hello struct {
	Now   int64  `json:"now" doc:"the server's clock, Unix milliseconds"`
	Build string `json:"build"`
}

type helloMessage struct {
	Hello Hello `json:"hello"`
}

func (s *Server) hello() any {
	return helloMessage{Hello{parley.Millis(s.clock.Now()), s.build}}
}

// Typing says that somebody types; it is ephemeral and carries no n.
type Typing struct {
	Conversation parley.ConversationID `json:"conversation"`
	By           parley.Sender         `json:"by"`
	Name         string                `json:"name"`
	Until        int64                 `json:"until_ms" doc:"the server's clock; not later than now = stopped"`
}

type typingMessage struct {
	Typing Typing `json:"typing"`
}

// endedMessage tells somebody who ended their session (PRE-16).
type endedMessage struct {
	EndedBy string `json:"ended_by"`
}

// Frame and VisitorFrame, Wire and VisitorWire describe what is sent; the hub
// encodes the same shapes without knowing the events.
type (
	// Frame is all its reader may see in (From, To].
	Frame struct {
		From   int64          `json:"from"`
		To     int64          `json:"to"`
		Events []center.Event `json:"events"`
	}
	// VisitorFrame is the same for a visitor.
	VisitorFrame struct {
		From   int64                 `json:"from"`
		To     int64                 `json:"to"`
		Events []center.VisitorEvent `json:"events"`
	}
	// Wire is one message of /api/live: exactly one of its fields.
	Wire struct {
		Hello  *Hello         `json:"hello,omitempty"`
		Frame  *Frame         `json:"frame,omitempty"`
		Gauges *center.Gauges `json:"gauges,omitempty"`
		Typing *Typing        `json:"typing,omitempty"`
		Drain  *drainView     `json:"drain,omitempty"`
		Close  *closeView     `json:"close,omitempty"`

		EndedBy string `json:"ended_by,omitempty"` // who ends this session; it closes next
	}
	// VisitorWire is one message of /api/public/live.
	VisitorWire struct {
		Hello  *Hello        `json:"hello,omitempty"`
		Frame  *VisitorFrame `json:"frame,omitempty"`
		Gauges *center.Place `json:"gauges,omitempty"`
		Typing *Typing       `json:"typing,omitempty"`
		Drain  *drainView    `json:"drain,omitempty"`
		Close  *closeView    `json:"close,omitempty"`
	}
)

// liveTypes are the schemas no operation answers with.
var liveTypes = []reflect.Type{reflect.TypeFor[Wire](), reflect.TypeFor[VisitorWire]()}

// feed is what the hub asks of our center: the same questions, to people and
// visitors.
func (s *Server) feed() feed {
	c := s.at.Center
	return feed{
		concerns: c.Recipients,
		head:     s.at.Ledger.Head,
		seen:     s.at.Office.Seen,
		events: func(ctx context.Context, me parley.Actor, es []parley.Entry) (any, int, error) {
			if me.Visitor != "" {
				events, err := c.VisitorEvents(ctx, me, es)
				return events, len(events), err
			}
			events, err := c.Events(ctx, me, es)
			return events, len(events), err
		},
		replay: func(ctx context.Context, me parley.Actor, after int64) (any, int64, bool, error) {
			if me.Visitor != "" {
				events, to, ok, err := c.VisitorReplay(ctx, me, after)
				return some(events), to, ok, err
			}
			events, to, ok, err := c.Replay(ctx, me, after)
			return some(events), to, ok, err
		},
		gauges: func(ctx context.Context, me parley.Actor) (any, error) {
			if me.Visitor != "" {
				return c.VisitorGauges(ctx, me)
			}
			return c.Gauges(ctx, me)
		},
		link: func(ctx context.Context, who linkKey, up bool) error {
			switch {
			case who.visitor != "" && up:
				return c.VisitorBack(ctx, who.visitor)
			case who.visitor != "":
				return c.VisitorLost(ctx, who.visitor)
			case up:
				return c.LinkUp(ctx, who.agent)
			}
			return c.LinkLost(ctx, who.agent)
		},
	}
}

// endings are the close codes of a session's end; every other reason is a
// revocation. A session whose rights changed comes back with its new ones.
var endings = map[string]int{"signed_out": closeSignedOut, "taken_over": closeTakenOver, "rescoped": closeAgain}

// follow signs the hub up for all that it tells.
func (s *Server) follow() {
	s.at.Ledger.Subscribe(s.hub.announce)
	s.at.Center.OnTyping(func(t center.Typing) {
		s.hub.aside(t.To, typingMessage{Typing{t.Conversation, t.By, t.Name, parley.Millis(t.Until)}})
	})
	s.at.Office.OnEnd(func(e office.Ended) {
		code, ok := endings[e.Why]
		if !ok {
			code = closeRevoked
		}
		s.tickets.revoke(e.Session)
		if e.By != "" {
			s.hub.last(e.Session, endedMessage{e.By})
		}
		s.hub.end(e.Session, code, e.Why)
	})
}
