// Package smpp speaks SMPP 3.4 to an operator's message center: one bound
// connection for each entry point, kept by Run and shared by Send.
//
// Read smpp.go (what there is), run.go (the connection's life), session.go (one
// connection), inbox.go (what comes), receipt.go; then text.go (alphabets, long
// messages) and wire.go (the bytes).
//
// Source: SMPP Protocol Specification v3.4, issue 1.2; networks.md 8.
package smpp

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"math/big"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parley"
	"parley/internal/channel"
)

// Dial reaches a host and port: it is the network guard's in production.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// SMPP is the network for one way out.
type SMPP struct {
	dial Dial
	refs atomic.Uint32 // of long messages

	mu       sync.Mutex // all below
	sessions map[parley.EntryPointID]*session
	unsure   map[parley.EntryPointID]*doubts
}

// New returns the channel; dial reaches the network.
func New(dial Dial) *SMPP {
	s := &SMPP{dial: dial, sessions: map[parley.EntryPointID]*session{}, unsure: map[parley.EntryPointID]*doubts{}}
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	s.refs.Store(binary.BigEndian.Uint32(b[:]))
	return s
}

// Spec says what an operator's message center can do.
//
// Source: SMS-03 to SMS-06, networks.md 8.
func (*SMPP) Spec() channel.Spec {
	s := channel.SMS("smpp", "SMPP 3.4 (SMS)")
	s.Docs = "https://smpp.org/SMPP_v3_4_Issue1_2.pdf"
	s.Fields = []channel.Field{
		{Name: "host", Required: true, Pattern: `^[A-Za-z0-9.:-]{1,253}$`},
		{Name: "port", Required: true, Default: "2775", Pattern: "^[0-9]{1,5}$"},
		{Name: "tls", Options: []string{"off", "on"}, Default: "off"},
		{Name: "system_id", Required: true, Pattern: "^[!-~]{1,64}$"},
		{Name: "password", Secret: true, Required: true, Pattern: "^[!-~]{1,64}$"},
		{Name: "system_type", Pattern: "^[!-~]{0,12}$"},
		{Name: "default_alphabet", Options: []string{"gsm", latin1}, Default: "gsm"},
		{Name: "long_messages", Options: []string{longUDH, longUDH16, longSAR, longPayload}, Default: longUDH},
		{Name: "message_ids", Options: []string{"same", "hex_dec", "dec_hex"}, Default: "same"},
		{Name: "window", Default: "10", Pattern: "^[1-9][0-9]?$"},
	}
	return s
}

// Receive refuses: nothing comes by HTTP.
//
// Errors: parley.ErrNotFound.
func (*SMPP) Receive(parley.EntryPoint, channel.Request) (channel.Received, error) {
	return channel.Received{}, parley.ErrNotFound
}

// session returns the connection of an entry point, nil if there is none.
func (s *SMPP) session(id parley.EntryPointID) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[id]
}

func offline() *channel.SendError {
	return &channel.SendError{Code: channel.Transient, Detail: "not_connected"}
}

// Send delivers one text, over the connection that Run keeps, and returns the id
// of its last part: only for that one a receipt is asked, so that the text stands
// as its end does.
//
// Errors: *channel.SendError; UnknownOutcome where a part was not answered.
// Source: networks.md 8, R-46.
func (s *SMPP) Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (string, error) {
	to, err := channel.SMSTo(m)
	if err != nil {
		return "", err
	}
	line := s.session(from.ID)
	if line == nil {
		return "", offline()
	}
	pattern := short{from: party{1, 1, digits(from.Address)}, to: party{1, 1, strings.TrimPrefix(to, "+")}}
	parts := pack(pattern, m.Text, from, uint16(s.refs.Add(1)))
	id := ""
	for i, part := range parts {
		last := i == len(parts)-1
		if last {
			part.registered = 1
		}
		var err *channel.SendError
		if id, err = line.submit(ctx, part, outgoing{m.ID, m.Part, last}, i > 0); err != nil {
			return "", err
		}
	}
	return id, nil
}

// submit sends one part. Where others went before it, it is tried until ctx ends,
// and then the text has failed: to try it again as a whole would send those twice.
func (l *session) submit(ctx context.Context, part short, what outgoing, begun bool) (string, *channel.SendError) {
	for {
		answer, err := l.ask(ctx, submitSM, part.bytes(), &what)
		if err != nil {
			if begun && err.Code != channel.UnknownOutcome {
				err.Code, err.After = channel.Undeliverable, 0
			}
			return "", err
		}
		refused := verdict(answer.status)
		switch {
		case refused == nil:
			return l.named(answer)
		case !begun:
			return "", refused
		case refused.Code != channel.Throttled && refused.Code != channel.Transient:
			return "", refused
		}
		select {
		case <-ctx.Done():
			refused.Code, refused.After = channel.Undeliverable, 0
			return "", refused
		case <-time.After(pause):
		}
	}
}

// named reads the id out of an answer.
func (l *session) named(answer pdu) (string, *channel.SendError) {
	body := scanner{rest: answer.body}
	id := canonical(body.text(), l.ids == "hex_dec")
	if id == "" {
		return "", &channel.SendError{Code: channel.UnknownOutcome, Detail: "no_id"}
	}
	return id, nil
}

// canonical writes an id the same way wherever it stands: where a network writes
// it in hexadecimal in one place and in decimal in the other, in decimal.
func canonical(id string, isHex bool) string {
	id = strings.TrimSpace(id)
	if n, ok := new(big.Int).SetString(id, 16); ok && isHex && len(id) <= 64 {
		return n.String()
	}
	return id
}

func digits(a parley.Address) string { return strings.TrimPrefix(string(a), "+") }

// Check reports whether we are bound.
//
// Errors: *channel.SendError with Transient.
func (s *SMPP) Check(_ context.Context, in parley.EntryPoint) (channel.Health, error) {
	line := s.session(in.ID)
	if line == nil {
		return channel.Health{}, offline()
	}
	return channel.Health{Account: line.center, Subscribed: true, Detail: "bound"}, nil
}
