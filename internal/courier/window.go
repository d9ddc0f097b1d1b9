package courier

import (
	"parley"
	"parley/internal/channel"
	"time"
)

// The states of the time in which a network lets us answer.
const (
	WindowOpen  = iota
	WindowHuman // a person may still answer, the system not (HUMAN_AGENT)
	WindowShut
)

// WindowAt is whether a message may go at a time: freely, as a person's, or not.
// Where there is no window it is always open; an approved template opens it.
//
// Source: WAP-05, SOC-07, providers.md 3.
func WindowAt(t parley.Conversation, now time.Time, s channel.Spec, m parley.Message) int {
	switch {
	case t.WindowUntil.IsZero() || now.Before(t.WindowUntil):
		return WindowOpen
	case m.Content != nil && m.Content.Template != nil:
		return WindowOpen
	case m.Sender == parley.FromAgent && now.Before(HumanUntil(t, s)):
		return WindowHuman
	}
	return WindowShut
}

// HumanUntil is until when a person may still answer, zero if that is no longer
// than anybody may.
func HumanUntil(t parley.Conversation, s channel.Spec) time.Time {
	if s.HumanWindow <= s.Window || t.WindowUntil.IsZero() {
		return time.Time{}
	}
	return t.WindowUntil.Add(s.HumanWindow - s.Window)
}
