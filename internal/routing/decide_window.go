package routing

import (
	"time"

	"parley"
)

// Window is until when a network lets an agent answer, and how long before that
// they are warned; Warn 0 = the talk does not end with it. Until is zero while
// there is nothing to close.
//
// Source: I23, T_channel_window, window.on_close, window.warn_s.
type Window struct {
	Until time.Time     `json:"until,omitzero"`
	Warn  time.Duration `json:"warn,omitempty"`
}

// moveWindow keeps until when the network lets an agent answer, also for whom the
// talk is on its way to.
//
// Source: I23.
func (t *turn) moveWindow(c MoveWindow) error {
	i := t.interaction(c.Interaction)
	if i == nil || !c.Until.After(t.now) {
		return nil
	}
	pending := i.Pending
	t.windowMoves(i, c.Until)
	if pending != "" {
		t.windowMoves(t.interaction(pending), c.Until)
	}
	return nil
}

// windowMoves moves a window that counts.
func (t *turn) windowMoves(i *interaction, until time.Time) {
	if i.Window.Warn == 0 || i.State.Final() || until.Equal(i.Window.Until) {
		return
	}
	t.emit(WindowMoved{At: t.at(), Interaction: i.ID, Until: until})
	t.windowNears(i)
}

// windowTaken is a talk that somebody takes now. A window that closed before is
// forgotten: a template may open it, and what ends is only what was open.
//
// Source: I23.
func (t *turn) windowTaken(i *interaction) {
	if !i.Window.Until.IsZero() && !i.Window.Until.After(t.now) {
		t.windowMoves(i, zero)
		return
	}
	t.windowNears(i)
}

// windowNears warns at once of a window that closes too soon to be warned of in
// time.
func (t *turn) windowNears(i *interaction) {
	if at := i.windowAt(i.Window.Warn); !at.IsZero() && at.Before(t.now) {
		t.emit(WindowWarned{At: t.at(), Interaction: i.ID, Agent: i.Agent})
	}
}

// windowAt is some time before the window of an active talk closes, the zero time
// if that does not count.
func (i *interaction) windowAt(before time.Duration) time.Time {
	if i.State != parley.Active || i.Window.Warn == 0 || i.Window.Until.IsZero() {
		return zero
	}
	return i.Window.Until.Add(-before)
}

// setWindow sets what rings for i's window.
func (s *State) setWindow(i *interaction) {
	s.set(i.deadline(ringWindowWarn), ringWindowWarn, i)
	s.set(i.deadline(ringWindowClose), ringWindowClose, i)
}
