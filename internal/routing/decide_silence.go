package routing

import (
	"time"

	"parley"
)

// Silence is how long nobody may say anything before both sides are warned, and
// before the talk ends; 0 = never.
//
// Source: I22, inactivity.warn_s, inactivity.close_s.
type Silence struct {
	Warn  time.Duration `json:"warn,omitempty"`
	Close time.Duration `json:"close,omitempty"`
}

// hear counts the silence of an active talk anew. It is never refused: a message
// counts whatever else it is.
//
// Source: I15.
func (t *turn) hear(c Hear) error {
	if i := t.interaction(c.Interaction); i != nil {
		t.heard(i)
	}
	return nil
}

// heard counts the silence of i anew, if anybody counts it.
func (t *turn) heard(i *interaction) {
	if i.State == parley.Active && i.Silence != (Silence{}) {
		t.emit(Heard{At: t.at(), Interaction: i.ID})
	}
}

// silenceAt is when an active talk has been silent for so long, the zero time if
// that does not count.
func (i *interaction) silenceAt(long time.Duration) time.Time {
	if i.State != parley.Active || long == 0 {
		return zero
	}
	return i.LastWord.Add(long)
}
