package parley

import "time"

// Clock tells the time. Only main makes a real one; pure rooms are told.
type Clock interface {
	// Now returns the time in UTC, truncated to the millisecond.
	Now() time.Time
}

// SystemClock is the machine's clock, advanced by the monotonic one, so that it
// never goes back while the process runs.
type SystemClock struct{ start time.Time }

// NewSystemClock starts a clock at the machine's present time.
func NewSystemClock() SystemClock { return SystemClock{start: time.Now()} }

// Now returns the present time, in UTC and whole milliseconds.
func (c SystemClock) Now() time.Time {
	return c.start.Add(time.Since(c.start)).Round(0).UTC().Truncate(time.Millisecond)
}

// Millis returns t as it is kept on disk and sent on the wire.
//
// Unit: Unix milliseconds; 0 for the zero time.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// FromMillis is the inverse of Millis.
func FromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
