package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/coder/websocket"

	"parley"
)

// socketProtocol is the WebSocket subprotocol we speak; the ticket travels
// beside it, so that no secret is in an address.
const socketProtocol = "parley"

// live opens a live connection: GET /api/live?after=n, as a WebSocket or as
// server-sent events, which end after the first news if &wait=s asks so. The same
// frames go over all.
func (s *Server) live(visitors bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, asked, err := s.admit(r, visitors)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		if headerHas(r.Header, "Upgrade", "websocket") {
			s.serveSocket(w, r, who, asked.after)
			return
		}
		s.serveStream(w, r, who, asked)
	}
}

// admit checks everything a live connection needs before it exists: nobody
// holds one open without a sign-in.
func (s *Server) admit(r *http.Request, visitors bool) (parley.Actor, span, error) {
	ip := requestOf(r.Context()).peer.ip.String()
	if err := s.guards.perAddress.take(ip); err != nil {
		return parley.Actor{}, span{}, err
	}
	if !s.sameSite(r) {
		return parley.Actor{}, span{}, errCrossOrigin
	}
	who, err := s.tickets.redeem(offered(r), ip, r.UserAgent())
	if err != nil {
		return parley.Actor{}, span{}, err
	}
	if (who.Visitor != "") != visitors {
		return parley.Actor{}, span{}, parley.ErrUnauthenticated
	}
	asked, err := spanOf(r.URL.Query())
	if err != nil {
		return parley.Actor{}, span{}, err
	}
	if s.guards.handshakes.take("") != nil { // the last: who has no ticket takes nobody's turn
		return parley.Actor{}, span{}, parley.ErrOverloaded
	}
	return who, asked, nil
}

// offered is the ticket a handshake carries.
func offered(r *http.Request) string {
	if t := r.Header.Get("Parley-Ticket"); t != "" {
		return t
	}
	for _, value := range r.Header.Values("Sec-Websocket-Protocol") {
		for _, p := range strings.Split(value, ",") {
			if p = strings.TrimSpace(p); p != socketProtocol {
				return p
			}
		}
	}
	return ""
}

// sameSite reports whether a handshake comes from one of our own pages, or from
// no page at all.
func (s *Server) sameSite(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return r.Header.Get("Sec-Fetch-Site") == "" || !headerHas(r.Header, "Upgrade", "websocket")
	}
	o, err := url.Parse(origin)
	return err == nil && o.Host == r.Host && (o.Scheme == "http" || o.Scheme == "https")
}

// serveSocket opens a WebSocket and returns: whoever holds it needs neither the
// request's stack nor its buffers.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request, who parley.Actor, after int64) {
	p := &socketPipe{}
	l := newLine(s.hub, who, p)
	head, err := s.hub.add(l)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	held := false
	defer func() {
		if !held {
			s.leave(l)
		}
	}()
	thin := &lean{ResponseWriter: w}
	p.conn, err = websocket.Accept(thin, r, &websocket.AcceptOptions{
		Subprotocols:       []string{socketProtocol},
		InsecureSkipVerify: true, // sameSite has looked, and a ticket was redeemed
		CompressionMode:    websocket.CompressionDisabled,
	})
	if err != nil {
		return // Accept has answered
	}
	s.hub.group.Go(func() { s.hub.links.settle(l.link()) })
	if err := l.open(context.WithoutCancel(r.Context()), after, head, s.hello()); err != nil {
		l.abort()
		_ = p.conn.Close(closeAgain, "again")
		_ = p.conn.CloseNow() // a hijacked connection is nobody else's to close
		return
	}
	held = true
	conn := thin.conn // and no more of the request
	s.hub.group.Go(func() {
		conn.wait()
		s.hold(l, p)
	})
}

// hold reads from a WebSocket until it ends. The socket takes nothing: whatever
// arrives ends it.
func (s *Server) hold(l *line, p *socketPipe) {
	defer s.leave(l)
	defer func() { _ = p.conn.CloseNow() }() // whoever ended it
	if _, _, err := p.conn.Reader(context.Background()); err != nil {
		return
	}
	l.end(closePolicy, "no frames")
	<-l.shut
}

// leave forgets a line and tells the center if it was its owner's last.
func (s *Server) leave(l *line) {
	l.abort()
	s.hub.remove(l)
	s.hub.links.settle(l.link())
}

// socketPipe writes to a WebSocket.
type socketPipe struct{ conn *websocket.Conn }

func (p *socketPipe) send(ctx context.Context, message []byte) error {
	return p.conn.Write(ctx, websocket.MessageText, message)
}

func (p *socketPipe) beat(ctx context.Context) error {
	err := p.conn.Ping(ctx)
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

func (p *socketPipe) close(code int, why string) {
	_ = p.conn.Close(websocket.StatusCode(code), why)
}

// headerHas reports whether a comma-separated header has a token.
func headerHas(h http.Header, name, token string) bool {
	for _, value := range h.Values(name) {
		for _, part := range strings.Split(value, ",") {
			if strings.EqualFold(strings.TrimSpace(part), token) {
				return true
			}
		}
	}
	return false
}
