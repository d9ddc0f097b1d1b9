package netguard

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"7": 7 * time.Second, "": 0, "-1": 0, "soon": 0,
		"Mon, 02 Mar 2026 09:01:00 GMT": time.Minute, "Mon, 02 Mar 2026 08:00:00 GMT": 0,
	} {
		if got := RetryAfter(http.Header{"Retry-After": {value}, "Date": {"Mon, 02 Mar 2026 09:00:00 GMT"}}); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}
