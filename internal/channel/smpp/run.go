package smpp

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"sync"
	"time"

	"parley"
	"parley/internal/channel"
)

// leaveWithin is how long the message center may take to say goodbye.
const leaveWithin = 2 * time.Second

// Run keeps one connection until it ends; the caller runs it again. What comes is
// on the disk before it is answered: an operator sends again what was not.
//
// Errors: *channel.SendError with Auth where the message center does not know us.
func (s *SMPP) Run(ctx context.Context, in parley.EntryPoint, host channel.Host) error {
	conn, err := s.connect(ctx, in)
	if err != nil {
		return err
	}
	line := newSession(conn, in)
	var all sync.WaitGroup
	defer all.Wait()
	all.Go(line.listen)
	if err := line.bind(ctx, in); err != nil {
		line.end(err)
		if err.Code == channel.Auth {
			host.Trouble(ctx, &channel.News{Code: channel.Auth, Detail: err.Detail})
		}
		return err
	}
	stop := context.AfterFunc(ctx, line.leave)
	defer stop()
	box := &inbox{line: line, host: host, in: in, doubts: s.enter(in.ID, line)}
	defer s.forget(in.ID, line)
	host.Trouble(ctx, nil)
	all.Go(func() { line.beat(box.doubts) })
	box.work(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return line.why
}

// connect dials, and speaks TLS where it is asked for.
func (s *SMPP) connect(ctx context.Context, in parley.EntryPoint) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	name := in.Setting("host")
	conn, err := s.dial(ctx, "tcp", net.JoinHostPort(name, in.Setting("port")))
	if err != nil || in.Setting("tls") != "on" {
		return conn, err
	}
	secure := tls.Client(conn, &tls.Config{ServerName: name, MinVersion: tls.VersionTLS12})
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = conn.Close() // it is of no use
		return nil, fmt.Errorf("speak TLS: %w", err)
	}
	return secure, nil
}

// bind says who we are. A refusal may come without a body.
func (l *session) bind(ctx context.Context, in parley.EntryPoint) *channel.SendError {
	var body []byte
	for _, text := range []string{in.Setting("system_id"), in.Setting("password"), in.Setting("system_type")} {
		body = append(append(body, text...), 0)
	}
	body = append(body, 0x34, 0, 0, 0) // interface_version, addr_ton, addr_npi, address_range
	answer, err := l.ask(ctx, bindTransceiver, body, nil)
	if err != nil {
		return &channel.SendError{Code: channel.Transient, Detail: "no_answer"}
	}
	if refused := verdict(answer.status); refused != nil {
		return refused
	}
	name := scanner{rest: answer.body}
	l.center = name.text()
	return nil
}

// leave says goodbye, so that the message center does not wait for us.
func (l *session) leave() {
	time.AfterFunc(leaveWithin, func() { l.end(net.ErrClosed) })
	l.mu.Lock()
	l.sequence = l.sequence%0x7fffffff + 1
	sequence := l.sequence
	l.mu.Unlock()
	_ = l.send(pdu{command: unbind, sequence: sequence})
}

// beat asks again and again whether the other end lives. Its answer proves that
// it has read all that we wrote before.
func (l *session) beat(d *doubts) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		select {
		case <-l.done:
			return
		case <-tick.C:
		}
		before := d.mark()
		if _, err := l.ask(context.Background(), enquireLink, nil, nil); err != nil {
			l.end(errSilent)
			return
		}
		d.proved(before)
	}
}

// enter lets Send find the connection.
func (s *SMPP) enter(id parley.EntryPointID, l *session) *doubts {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[id] = l
	if s.unsure[id] == nil {
		s.unsure[id] = &doubts{}
	}
	s.unsure[id].begin()
	return s.unsure[id]
}

func (s *SMPP) forget(id parley.EntryPointID, l *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sessions[id] == l {
		delete(s.sessions, id)
	}
}
