package routing

import (
	"fmt"
	"time"

	"parley"
)

// turn is one command being decided.
type turn struct {
	*State
	now    time.Time
	events []Event
}

// Apply decides what follows from cmd at now and remembers it. If cmd is
// refused, the error says why and nothing has changed.
//
// A deadline that lies before now must have been handled by a Tick first; only
// Restart comes before any Tick.
func (s *State) Apply(now time.Time, cmd Command) ([]Event, error) {
	t := turn{State: s, now: millis(now)}
	if err := t.obey(cmd); err != nil {
		if len(t.events) > 0 {
			panic(fmt.Sprintf("routing: %T was refused after it was obeyed: %v", cmd, err))
		}
		return nil, fmt.Errorf("%T: %w", cmd, err)
	}
	t.settle()
	t.dispatch()
	return t.events, nil
}

// emit is the only way to change the state.
func (t *turn) emit(e Event) {
	t.Evolve(e)
	t.events = append(t.events, e)
}

// at is the time of this turn's events.
func (t *turn) at() At { return At{At: t.now} }

// obey gives cmd to who decides it.
func (t *turn) obey(cmd Command) error {
	switch cmd := cmd.(type) {
	case SaveAgent, SaveQueue, RemoveQueue, SaveMemberships, SaveSettings:
		return t.configure(cmd)
	case Login, Logout, SetStatus, StopNew, Resume, ForceLogout, LinkLost, LinkUp:
		return t.obeyAgent(cmd)
	case Arrive:
		return t.arrive(cmd)
	case Ask:
		return t.ask(cmd)
	case Forward:
		return t.forward(cmd)
	case EndScript:
		return t.endScript(cmd)
	case Park:
		return t.park(cmd)
	case Unpark:
		return t.unpark(cmd)
	case Hear:
		return t.hear(cmd)
	case MoveWindow:
		return t.moveWindow(cmd)
	case Accept:
		return t.accept(cmd)
	case Reject:
		return t.reject(cmd)
	case CustomerLeave:
		return t.customerLeave(cmd.Interaction, false)
	case CustomerEnds:
		return t.customerLeave(cmd.Interaction, true)
	case SkipQueue:
		return t.skipQueue(cmd)
	case CustomerLost:
		return t.customerLost(cmd)
	case CustomerBack:
		return t.customerBack(cmd)
	case End, SetComplete, View, Dismiss, Finish, ExtendWrapUp:
		return t.obeyWrapUp(cmd)
	case TransferToQueue:
		return t.transferToQueue(cmd)
	case TransferToAgent:
		return t.transferToAgent(cmd)
	case Close:
		return t.close(cmd)
	case Restart:
		t.restart()
		return nil
	case Tick:
		t.tick(cmd)
		return nil
	}
	return parley.ErrBadRequest
}
