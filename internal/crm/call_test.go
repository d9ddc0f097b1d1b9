package crm_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"testing"

	"parley/internal/crm"
	"parley/internal/netguard"
)

// an address that may not be called is a wrong set-up, not a CRM that is
// down: nothing is tried again and again.
func TestBlocked(t *testing.T) {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:9/", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = crm.Call(netguard.New(netguard.Options{}), req)
	var e *crm.Error
	if !errors.As(err, &e) || e.Code != crm.Config || e.Detail != crm.BlockedAddress {
		t.Errorf("A-064: it says %v", err)
	}
}

// LOC-01: why a CRM could not be asked is a word of ours, which a screen says in
// its own language; what the CRM says stays its own.
func TestLost(t *testing.T) {
	for want, err := range map[string]error{
		crm.NoHost:       &url.Error{Op: "Get", URL: "https://crm.example/", Err: &net.DNSError{Err: "no such host", Name: "crm.example"}},
		crm.NobodyThere:  &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
		crm.NoAnswer:     &url.Error{Op: "Get", URL: "https://crm.example/", Err: context.DeadlineExceeded},
		crm.NotTrusted:   &tls.CertificateVerificationError{Err: errors.New("signed by nobody")},
		"unexpected EOF": io.ErrUnexpectedEOF,
	} {
		if e := crm.Lost(err); e.Detail != want || e.Code != crm.Transient {
			t.Errorf("%v: %v, want %s", err, e, want)
		}
		if e := crm.NoToken(err); e.Detail != "sign_in: "+want {
			t.Errorf("%v: %v", err, e)
		}
	}
}
