package simulator

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Request is one row of the log: a call of the product, or a webhook to it.
type Request struct {
	N         int64             `json:"n"`
	At        int64             `json:"at"` // Unit: Unix milliseconds, the simulator's time
	Account   string            `json:"account"`
	Direction string            `json:"direction"` // call (by the product), webhook (to it)
	Method    string            `json:"method"`
	URL       string            `json:"url"`
	Header    map[string]string `json:"header"` // without credentials
	Body      string            `json:"body"`
	Status    int               `json:"status"` // 0: never answered
	Answer    string            `json:"answer"`
	Error     string            `json:"error,omitempty"`
	Again     int64             `json:"again,omitempty"` // the number of the webhook this one repeats
	Stale     bool              `json:"stale,omitempty"` // the product said that nothing in it was new

	hook *Hook // as it was sent, to be sent again; nil of a call
}

// Bounds of the log.
const (
	loggedBytesMax = 16 << 10 // of one body
	logBytesMax    = 32 << 20 // of all
)

// requestLog is a ring: the oldest rows go first.
type requestLog struct {
	mu    sync.Mutex
	n     int64
	bytes int
	rows  []Request
}

func (r Request) size() int {
	n := len(r.URL) + len(r.Body) + len(r.Answer) + 256
	if r.hook != nil {
		n += len(r.hook.Body)
	}
	return n
}

// add adds a row and returns its number.
func (l *requestLog) add(r Request) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
	r.N = l.n
	l.rows = append(l.rows, r)
	l.bytes += r.size()
	gone := 0
	for len(l.rows)-gone > requestsMax || l.bytes > logBytesMax {
		l.bytes -= l.rows[gone].size()
		gone++
	}
	l.rows = l.rows[gone:]
	return l.n
}

// Log adds a row of a network that is not spoken to by HTTP.
func (l *Line) Log(r Request) {
	r.At, r.Account = l.Now().UnixMilli(), l.Account().ID
	l.sim.log.add(l.hide(r))
}

func (l *requestLog) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows, l.bytes = nil, 0
}

// Requests returns the rows after number after, oldest first, of one account or
// (empty) of all.
func (s *Simulator) Requests(account string, after int64) []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	out := []Request{}
	for _, r := range s.log.rows {
		if r.N > after && (account == "" || r.Account == account) {
			out = append(out, r)
		}
	}
	return out
}

// Again posts a logged webhook once more, whatever the weather: the same bytes
// under the same signature, as a network does that heard no answer. It returns the
// new row's number.
//
// Errors: ErrNotLogged.
func (s *Simulator) Again(ctx context.Context, n int64) (int64, error) {
	s.log.mu.Lock()
	k := slices.IndexFunc(s.log.rows, func(r Request) bool { return r.N == n })
	var row Request
	if k >= 0 {
		row = s.log.rows[k]
	}
	s.log.mu.Unlock()
	line := s.Line(row.Account)
	if row.hook == nil || line == nil {
		return 0, ErrNotLogged
	}
	h := *row.hook
	answer, err := line.call(ctx, &h)
	again := line.logged(h, answer, err)
	if again.Again = row.Again; again.Again == 0 {
		again.Again = n
	}
	return s.log.add(again), nil
}

// ErrNotLogged says that a webhook is not in the log, or not any more.
var ErrNotLogged = errors.New("no such webhook in the log")

// text is a body as the log keeps it.
func text(body []byte) string {
	if !utf8.Valid(body) || slices.Contains(body, 0) {
		return fmt.Sprintf("(%d bytes)", len(body))
	}
	if len(body) > loggedBytesMax {
		return strings.ToValidUTF8(string(body[:loggedBytesMax]), "") + fmt.Sprintf("... (%d bytes)", len(body))
	}
	return string(body)
}

// headers keeps the first value of each header and hides credentials.
func headers(h http.Header) map[string]string {
	out := map[string]string{}
	for key, values := range h {
		switch {
		case len(values) == 0:
		case key == "Authorization" || key == "Cookie" || key == "Set-Cookie":
			scheme, _, _ := strings.Cut(values[0], " ")
			out[key] = scheme + " (hidden)"
		default:
			out[key] = values[0]
		}
	}
	return out
}

// secretName reports whether a setting's value must not be shown.
func secretName(key string) bool {
	key = strings.ToLower(key)
	return slices.ContainsFunc([]string{"token", "secret", "password", "key"}, func(part string) bool { return strings.Contains(key, part) })
}
