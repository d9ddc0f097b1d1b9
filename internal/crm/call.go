package crm

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"parley/internal/netguard"
)

// The words of ours that a Detail may be. They are keys: the screen says
// crm.detail.<word> in its own language, and quotes everything else.
const (
	NoHost         = netguard.NoHost
	NobodyThere    = netguard.NobodyListens
	NotTrusted     = netguard.NotTrusted
	BlockedAddress = netguard.NotAllowed
	NoAnswer       = netguard.NoAnswer
	NotTheCRM      = "not_the_crm"
	Paused         = "paused"
	Resting        = "resting"
	Sealed         = "sealed"
	BadCertificate = "bad_certificate"
	NotOurs        = "not_ours" // what we wrote ourselves does not fit: a mistake of ours
)

// NoToken is a call without an answer, of the service that signs us in.
func NoToken(err error) *Error {
	e := Lost(err)
	e.Detail = "sign_in: " + e.Detail
	return e
}

// answerBytesMax bounds what a CRM may answer to a call.
const answerBytesMax = 1 << 20

// Answer is a CRM's answer, read whole.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Call makes a request and reads the whole answer.
//
// Errors: what Lost makes of it. Whether the CRM did what it was asked is then
// not known: what changes something is asked in a way that may be repeated.
func Call(client *http.Client, req *http.Request) (Answer, error) {
	response, err := client.Do(req)
	if err != nil {
		return Answer{}, Lost(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerBytesMax+1))
	if err == nil && len(body) > answerBytesMax {
		err = errors.New("the answer is too long")
	}
	if err != nil {
		return Answer{}, Lost(err)
	}
	return Answer{response.StatusCode, response.Header, body}, nil
}

// Lost is a call without an answer. The address stays out of its words: it may
// carry whom we looked for. One that may not be called is a wrong set-up: another
// try would change nothing.
func Lost(err error) *Error {
	if outer := (*url.Error)(nil); errors.As(err, &outer) {
		err = outer.Err
	}
	e := &Error{Code: Transient, Detail: cmp.Or(netguard.Why(err), Words(err.Error()))}
	if errors.Is(err, netguard.ErrBlocked) {
		e.Code = Config
	}
	return e
}

// Unreadable is an answer that is not the CRM's, with a status that says yes: a
// proxy's sign-in page. It may pass.
func Unreadable() *Error { return &Error{Code: Transient, Detail: NotTheCRM} }

// Failed is what the status of a refusal means where the body says nothing better.
func (a Answer) Failed() *Error {
	e := &Error{Code: BadRequest, Detail: strconv.Itoa(a.Status)}
	switch {
	case a.Status == http.StatusTooManyRequests:
		e.Code = Throttled
	case a.Status >= 500 || a.Status == http.StatusRequestTimeout:
		e.Code = Transient
	case a.Status == http.StatusUnauthorized:
		e.Code = Auth
	case a.Status == http.StatusForbidden:
		e.Code = Forbidden
	case a.Status == http.StatusConflict || a.Status == http.StatusPreconditionFailed:
		e.Code = Duplicate
	case a.Status == http.StatusRequestEntityTooLarge:
		e.Code = TooLong
	case a.Status < 400 || a.Status == http.StatusNotFound || a.Status == http.StatusMethodNotAllowed:
		e.Code = Config // a redirect, or a page that is no API: another address than we think
	}
	e.After = netguard.RetryAfter(a.Header)
	return e
}

// Into reads the body into out; nil: there must be none. refused says what an
// answer means that is no success.
//
// Errors: *Error.
func (a Answer) Into(out any, refused func(Answer) *Error) error {
	switch {
	case a.Status >= http.StatusMultipleChoices:
		return refused(a)
	case out == nil && a.Status != http.StatusNoContent:
		return Unreadable()
	case out != nil && json.Unmarshal(a.Body, out) != nil:
		return Unreadable()
	}
	return nil
}

// identifying is what a CRM may repeat of a person in its words: what it quotes,
// e-mail addresses, numbers of seven digits or more however they are grouped.
var identifying = regexp.MustCompile(`'[^']*'|"[^"]*"|\S+@\S+|\b\d(?:[ ().-]{0,2}\d){6,}`)

// wordsMax bounds a CRM's own words in a Detail. Unit: code points.
const wordsMax = 200

// Words makes a CRM's own words fit for a Detail: one line without anything that
// identifies a person.
func Words(s string) string {
	out := []rune(identifying.ReplaceAllString(strings.Join(strings.Fields(s), " "), "***"))
	return strings.TrimSpace(string(out[:min(len(out), wordsMax)]))
}

// Refused is a refusal of that class. number is the CRM's own name of it.
func (a Answer) Refused(code Code, number, words string) *Error {
	e := &Error{Code: cmp.Or(code, a.Failed().Code), Detail: strings.TrimSpace(number + " " + Words(words))}
	if e.Code == Throttled || e.Code == Transient {
		e.After = netguard.RetryAfter(a.Header)
	}
	return e
}
