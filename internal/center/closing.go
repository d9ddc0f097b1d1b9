package center

import (
	"time"

	"parley/internal/courier"
	"parley/internal/routing"
)

// windowEnds is the value of window.on_close that ends a talk nobody can answer
// any more.
const windowEnds = "end_talk"

// windowOf is until when a new talk may be answered, nothing where it does not end
// with that.
//
// Source: I23, CFG-01.
func (in *intake) windowOf(t *dialog) routing.Window {
	if in.spec.Window == 0 || in.book.values.Text("window.on_close", in.at()) != windowEnds {
		return routing.Window{}
	}
	return routing.Window{Until: in.answerable(t), Warn: in.book.values.Seconds("window.warn_s", in.at())}
}

// answerable is until when an agent may answer: where a person may longer than a
// system, that counts.
func (in *intake) answerable(t *dialog) time.Time {
	if human := courier.HumanUntil(t.Conversation, in.spec); !human.IsZero() {
		return human
	}
	return t.WindowUntil
}

// windowMoves tells routing of a window that moved, if the open talk ends with it.
// How it ends was settled when it began, like its silence.
//
// Source: I23.
func (in *intake) windowMoves(t *dialog) {
	in.running(t)
	if i, ok := in.v.Router.Interaction(t.within); ok && i.Window.Warn > 0 {
		in.routes = append(in.routes, routing.MoveWindow{Interaction: i.ID, Until: in.answerable(t)})
	}
}

// The lines that say to the agent what happens to the time in which the network
// lets them answer. The customer is told nothing: it could not be sent.
//
// Source: I23.
const (
	lineWindowNears  = "window_nears"
	lineWindowClosed = "ended_window"
)

// whyWindow is why the system ended it.
const whyWindow = "window"
