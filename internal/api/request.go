package api

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"parley"
)

// request is what the doors know of a request before anybody reads its body.
type request struct {
	id      string
	peer    peer
	agent   string // User-Agent
	surface parley.Surface
	at      *Server
}

type requestKey struct{}

// requestOf returns the request's facts; the middleware has put them there.
func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{}
}

// receive is the outermost door: it names the request, finds out who is at the
// other end, recovers from a fault, counts and logs. The log holds the pattern
// of the path, never the path, an address or a text.
func (s *Server) receive(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.clock.Now()
		req := &request{id: parley.NewID("req", began), peer: s.peers.of(r), agent: r.UserAgent(), at: s}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, req))
		rec := &recorder{ResponseWriter: w}
		rec.Header().Set("X-Request-Id", req.id)
		defer func() {
			if fault := recover(); fault != nil {
				s.failed(rec, r, fault)
			}
			s.observe(r, rec.status, s.clock.Now().Sub(began))
		}()
		next.ServeHTTP(rec, r)
	})
}

// failed answers a request whose handler panicked: a code and a request id,
// never a stack.
func (s *Server) failed(rec *recorder, r *http.Request, fault any) {
	if fault == http.ErrAbortHandler { //nolint:errorlint // the sentinel net/http documents
		panic(fault)
	}
	cause := fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
	if rec.status != 0 {
		s.log.Error("request failed", slog.String("request_id", requestOf(r.Context()).id), slog.Any("error", cause))
		return
	}
	s.refuse(rec, r, cause)
}

func (s *Server) observe(r *http.Request, status int, took time.Duration) {
	if status == 0 {
		status = http.StatusOK
	}
	s.metrics.requests.WithLabelValues(pattern(r), strconv.Itoa(status)).Observe(took.Seconds())
	if !s.log.Enabled(r.Context(), slog.LevelDebug) {
		return
	}
	s.log.Debug("request", slog.String("request_id", requestOf(r.Context()).id), slog.String("route", pattern(r)),
		slog.Int("status", status), slog.Int64("took", took.Milliseconds()))
}

// pattern is the route a request took: bounded, and free of ids.
func pattern(r *http.Request) string {
	if r.Pattern == "" {
		return "none"
	}
	return r.Pattern
}

// refuse answers with a problem outside huma's operations.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := s.signed(requestOf(r.Context()), asProblem(err))
	body, _ := json.Marshal(p) // numbers and strings: cannot fail
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(body)
}

// recorder remembers the status that was sent.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader sends and remembers the status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 || r.status < http.StatusOK {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write sends 200 first if nothing else was sent.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController and the socket library reach through.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// narrow refuses what no door takes: TRACE, and a secret in an address, where it
// would end in logs and histories.
func (s *Server) narrow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodTrace || r.Method == http.MethodConnect {
			s.refuse(w, r, parley.ErrNotFound)
			return
		}
		if secretInQuery(r.URL.RawQuery) {
			s.refuse(w, r, parley.ErrBadRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// secrets are the names and beginnings of what may never be in a query string.
var secrets = []string{"token=", "access_token=", "ticket=", "password=", "key=", "authorization=", "vt_", "pk_", "tk_"}

func secretInQuery(query string) bool {
	if query == "" {
		return false
	}
	for _, part := range strings.Split(strings.ToLower(query), "&") {
		_, value, _ := strings.Cut(part, "=")
		for _, s := range secrets {
			if strings.HasPrefix(part, s) || strings.HasSuffix(s, "_") && strings.HasPrefix(value, s) && len(value) > 20 {
				return true
			}
		}
	}
	return false
}
