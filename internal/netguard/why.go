package netguard

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"syscall"
)

// Why an address gave no answer: words of ours, for which each screen has its own.
const (
	NotAllowed    = "address_blocked"
	NoHost        = "no_host"
	NobodyListens = "nobody_listens"
	NoAnswer      = "no_answer" // in time
	NotTrusted    = "not_trusted"
)

// Why returns the word for a call without an answer; "" for a rare one.
func Why(err error) string {
	var (
		unknown  *net.DNSError
		stranger *tls.CertificateVerificationError
		slow     net.Error
	)
	switch {
	case errors.Is(err, ErrBlocked):
		return NotAllowed
	case errors.As(err, &unknown):
		return NoHost
	case errors.As(err, &stranger):
		return NotTrusted
	case errors.Is(err, syscall.ECONNREFUSED):
		return NobodyListens
	case errors.As(err, &slow) && slow.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return NoAnswer
	}
	return ""
}
