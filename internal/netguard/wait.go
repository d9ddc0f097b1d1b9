package netguard

import (
	"net/http"
	"strconv"
	"time"
)

// RetryAfter returns how long an answer asks us to wait, 0 if it does not say. A
// date is read against the other end's own clock, the answer's Date.
//
// Source: RFC 9110, section 10.2.3.
func RetryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil && seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	until, err := http.ParseTime(value)
	now, errNow := http.ParseTime(h.Get("Date"))
	if err != nil || errNow != nil {
		return 0
	}
	return max(0, until.Sub(now))
}
