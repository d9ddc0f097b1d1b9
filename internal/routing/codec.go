package routing

import (
	"encoding/json"
	"fmt"
	"slices"
)

// decoders turn a log entry's data back into its event, by kind.
var decoders = map[string]func([]byte) (Event, error){}

// kinds are the kinds of event, in the order of event.go.
var kinds []string

// known makes E readable from a log.
func known[E Event]() bool {
	var none E
	kinds = append(kinds, none.Kind())
	decoders[none.Kind()] = func(data []byte) (Event, error) {
		var e E
		if err := json.Unmarshal(data, &e); err != nil {
			return nil, fmt.Errorf("read %s: %w", e.Kind(), err)
		}
		return e, nil
	}
	return true
}

var _ = []bool{
	known[AgentChanged](), known[QueueChanged](), known[QueueRemoved](), known[MembershipChanged](),
	known[SettingPublished](), known[InteractionCreated](), known[ScriptWaits](), known[AnswerDue](), known[WaitMessageDue](), known[Queued](), known[OfferMade](), known[OfferEnded](),
	known[Accepted](), known[Parked](), known[Heard](), known[InactivityWarned](), known[WindowMoved](), known[WindowWarned](), known[CustomerLinkChanged](), known[ConversationEnded](), known[WrapUpStarted](),
	known[WrapUpExtended](), known[WrapUpOverdue](), known[DispositionSet](), known[Viewed](), known[Dismissed](),
	known[InteractionClosed](), known[InteractionTransferred](), known[PresenceChanged](), known[NextSet](),
	known[StopNewSet](), known[StopNewCleared](), known[LinkChanged](), known[Restarted](),
}

// Kinds returns the kind of every event.
func Kinds() []string { return slices.Clone(kinds) }

// DecodeEvent is the inverse of json.Marshal for an event of a kind, so that a
// log can be replayed.
func DecodeEvent(kind string, data []byte) (Event, error) {
	decode := decoders[kind]
	if decode == nil {
		return nil, fmt.Errorf("no event is of kind %q", kind)
	}
	return decode(data)
}
