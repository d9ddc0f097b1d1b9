package simulator

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
)

// How statuses come, in bad weather.
const (
	StatusesLate         = "late"          // ten minutes later
	StatusesTwice        = "twice"         // each one a second time
	StatusesBeforeAnswer = "before_answer" // before the call that sent it is answered
	StatusesOutOfOrder   = "out_of_order"  // the last one first
)

// Weather is what goes wrong at an account. Numbers from 0 to 1 are how often.
type Weather struct {
	Duplicate          float64 `json:"duplicate"`            // webhooks that come twice
	Reorder            float64 `json:"reorder"`              // webhooks overtaken by the next one of the same phone
	DelayMS            int64   `json:"delay_ms"`             // before every webhook
	DropWebhooks       int     `json:"drop_webhooks"`        // so many get lost; the provider tries them again
	Fail               float64 `json:"fail"`                 // sends answered 500
	Throttle           float64 `json:"throttle"`             // sends answered 429, in the provider's form
	TimeoutAfterAccept float64 `json:"timeout_after_accept"` // sends taken, but the answer never comes
	OKWithError        float64 `json:"ok_with_error"`        // sends answered 200 with an error inside
	WindowClosed       bool    `json:"window_closed"`
	TokenExpired       bool    `json:"token_expired"`
	MediaExpired       bool    `json:"media_expired"`
	Receipts           bool    `json:"receipts"` // status webhooks are sent
	Read               bool    `json:"read"`     // phones read what they get
	Typing             bool    `json:"typing"`   // phones show that they type, before they say something
	OptOut             bool    `json:"opt_out"`  // customers told the network to stop us
	Statuses           string  `json:"statuses"` // one of the Statuses constants, or empty
}

// Fine is the weather at first.
func Fine() Weather { return Weather{Receipts: true, Read: true} }

// check refuses what is no weather.
func (w Weather) check() error {
	for _, p := range []float64{w.Duplicate, w.Reorder, w.Fail, w.Throttle, w.TimeoutAfterAccept, w.OKWithError} {
		if !(p >= 0 && p <= 1) {
			return errors.New("how often something happens is a number from 0 to 1")
		}
	}
	if w.DelayMS < 0 || w.DelayMS > 3_600_000 || w.DropWebhooks < 0 || w.DropWebhooks > 100_000 {
		return errors.New("delay_ms is at most an hour, drop_webhooks at most 100000")
	}
	switch w.Statuses {
	case "", StatusesLate, StatusesTwice, StatusesBeforeAnswer, StatusesOutOfOrder:
		return nil
	}
	return errors.New("statuses come late, twice, before_answer or out_of_order")
}

// Weather returns the account's weather.
func (l *Line) Weather() Weather {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.weather
}

func (l *Line) setWeather(w Weather) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.weather, l.drops = w, w.DropWebhooks
}

// dropped reports whether the weather swallows the next webhook.
func (l *Line) dropped() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.drops == 0 {
		return false
	}
	l.drops--
	return true
}

// Happens throws the dice for what, at the phone who. The n-th throw for the
// same two is the same under the same seed, whatever else goes on.
func (l *Line) Happens(what, who string, p float64) bool {
	if p <= 0 || p >= 1 {
		return p >= 1
	}
	l.mu.Lock()
	key := what + "\x00" + who
	if len(l.throws) >= 2*ThreadsMax {
		clear(l.throws)
	}
	n := l.throws[key]
	l.throws[key] = n + 1
	l.mu.Unlock()
	h := fnv.New64a()
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:8], l.sim.opts.Seed)
	binary.LittleEndian.PutUint64(b[8:], n)
	h.Write(b[:])
	h.Write([]byte(l.account.ID + "\x00" + key))
	return float64(mix(h.Sum64())>>11)/(1<<53) < p
}

// mix spreads the bits of x (the finalizer of splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Fault is how a call goes wrong.
type Fault string

// The faults a network can show.
const (
	FaultServer    Fault = "server"    // 500, or what this provider answers then
	FaultThrottled Fault = "throttled" // 429, or this provider's own form, with when to come again
	FaultInside    Fault = "inside"    // 200 with an error in the body
)
