package ledger

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// fault is where the process kills itself, for tests of what survives:
// PARLEY_FAULT=before_commit:3 does it the third time. Without it, nothing.
// PARLEY_FAULT=slow_commit:50ms kills nothing: the database seems that slow.
var fault = parseFault(os.Getenv("PARLEY_FAULT"))

type faultPoint struct {
	name string
	left atomic.Int64
	slow time.Duration // what each commit waits
}

func parseFault(s string) *faultPoint {
	name, nth, ok := strings.Cut(s, ":")
	if slow, err := time.ParseDuration(nth); name == "slow_commit" && err == nil {
		return &faultPoint{name: name, slow: slow}
	}
	n, err := strconv.ParseInt(nth, 10, 64)
	if !ok || err != nil || n < 1 {
		return nil
	}
	f := &faultPoint{name: name}
	f.left.Store(n)
	return f
}

// hit kills the process if this is its moment: before_commit,
// after_commit_before_ack, after_ack_before_announce, mid_checkpoint or
// mid_outbox.
func hit(name string) { Hit(name) }

// drag makes a commit slow, as a database on a poor disk is.
func drag() {
	if fault != nil && fault.slow > 0 {
		time.Sleep(fault.slow)
	}
}

// Hit is a moment outside the ledger at which the process may kill itself:
// mid_send.
func Hit(name string) {
	if fault == nil || fault.name != name || fault.left.Add(-1) != 0 {
		return
	}
	if me, err := os.FindProcess(os.Getpid()); err == nil {
		_ = me.Kill() // nothing runs after it
	}
	select {}
}
