package channel

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode"

	"parley/internal/netguard"
)

// answerBytesMax bounds what a network may answer to a call.
const answerBytesMax = 1 << 20

// wordsMax bounds a network's own words in a Detail. Unit: code points.
const wordsMax = 200

// Answer is a network's answer, read whole.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

var errTooLong = errors.New("the answer is too long")

// Call makes a request and reads the whole answer.
//
// Errors: *SendError with Transient where nothing can have arrived, with
// UnknownOutcome where it may have: the answer was lost, cut off or longer than
// 1 MiB. A GET changes nothing, so that it is always Transient.
// Source: R-46.
func Call(client *http.Client, req *http.Request) (Answer, error) {
	var wrote atomic.Bool
	trace := &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }}
	response, err := client.Do(req.WithContext(httptrace.WithClientTrace(req.Context(), trace)))
	if err != nil {
		return Answer{}, lost(req, wrote.Load(), err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerBytesMax+1))
	if err == nil && len(body) > answerBytesMax {
		err = errTooLong
	}
	if err != nil {
		return Answer{}, lost(req, true, err)
	}
	return Answer{response.StatusCode, response.Header, body}, nil
}

// lost says what a call without an answer means. The address is left out of the
// words: some networks carry the token in it.
func lost(req *http.Request, wrote bool, err error) *SendError {
	if outer := (*url.Error)(nil); errors.As(err, &outer) {
		err = outer.Err
	}
	if wrote && req.Method != http.MethodGet {
		return &SendError{Code: UnknownOutcome, Detail: cut(err)}
	}
	return &SendError{Code: Transient, Detail: cut(err)}
}

// cut names why there is no answer, in a word of ours.
func cut(err error) string {
	if errors.Is(err, errTooLong) {
		return "unreadable_answer"
	}
	switch word := netguard.Why(err); word {
	case "":
		return "cut_off " + Words(err.Error())
	case netguard.NoHost:
		if unknown := (*net.DNSError)(nil); errors.As(err, &unknown) {
			return word + " " + Words(unknown.Name)
		}
		return word
	default:
		return word
	}
}

// Failed returns what the status of a refusal means where the body says nothing
// better. A gateway that gave up waiting does not know whether the message went.
//
// Source: networks.md 12, R-46.
func (a Answer) Failed() *SendError {
	e := &SendError{Code: BadRequest, Detail: strconv.Itoa(a.Status)}
	switch {
	case a.Status < 300 || a.Status == http.StatusBadGateway || a.Status == http.StatusGatewayTimeout:
		e.Code = UnknownOutcome
	case a.Status == http.StatusTooManyRequests:
		e.Code, e.After = Throttled, netguard.RetryAfter(a.Header)
	case a.Status >= 500 || a.Status == http.StatusRequestTimeout:
		e.Code, e.After = Transient, netguard.RetryAfter(a.Header)
	case a.Status == http.StatusUnauthorized:
		e.Code = Auth
	case a.Status == http.StatusForbidden || a.Status == http.StatusNotFound:
		e.Code = Config
	}
	return e
}

// Words makes a network's own words fit for a Detail: one line of at most 200
// code points in which no run of seven or more digits is left, as it could be
// somebody's number.
func Words(s string) string {
	out, digits := []rune{}, 0
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if !unicode.IsPrint(r) {
			continue
		}
		digits++
		if r < '0' || r > '9' {
			digits = 0
		}
		out = append(out, r)
		if digits == 7 {
			out = append(out[:len(out)-7], []rune("***")...)
		} else if digits > 7 {
			out = out[:len(out)-1]
		}
		if len(out) >= wordsMax {
			break
		}
	}
	return string(out)
}

// Beforehand says of a step before the message itself, an upload, what its loss
// means: nobody was told anything, so that it may be tried again.
func Beforehand(err error) error {
	var e *SendError
	if errors.As(err, &e) && e.Code == UnknownOutcome {
		return &SendError{Code: Transient, Detail: e.Detail, After: e.After}
	}
	return err
}
