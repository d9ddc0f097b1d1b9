package main

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// silence is how long sent bytes may stay unanswered before the other end counts
// as gone.
const silence = 20 * time.Second

// unanswered makes a socket notice a peer that has silently gone.
func unanswered(_, _ string, c syscall.RawConn) error {
	var failed error
	err := c.Control(func(fd uintptr) {
		failed = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(silence.Milliseconds()))
	})
	if err != nil {
		return err
	}
	return failed
}
