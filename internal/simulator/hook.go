package simulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// ErrRefused is what a phone hears when the product answered its webhook with
// anything but 2xx. The provider tries again nevertheless.
var ErrRefused = errors.New("the webhook was refused")

var errLost = errors.New("the weather swallowed it")

// Hook is one webhook: a request to the product, signed by its network.
type Hook struct {
	Who     string // the phone it is about: webhooks of one phone keep their order
	Method  string // POST if empty
	URL     string // the account's webhook if empty
	Header  http.Header
	Body    []byte
	Retries []time.Duration // when it is tried again, each from the attempt before
	Again   func(int) bool  // whether a failed attempt with that status (0: not reached) is tried again; nil: always
	GivenUp func()          // called after the last attempt failed; may be nil
}

// Answer is what the product answered.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// hookTimeout is how long the product may take for one webhook.
// Source: X answers within 10 s, Twilio 15 s, Meta 5 to 20 s.
const hookTimeout = 15 * time.Second

// overtaken is how long a webhook waits to be overtaken, when the weather reorders.
const overtaken = 2 * time.Second

// Webhook posts h through the weather. What comes back is about its first
// attempt, which the weather may have put off (then nil).
//
// Errors: ErrRefused, ErrElsewhere, or why the product was not reached.
func (l *Line) Webhook(ctx context.Context, h Hook) error {
	w := l.Weather()
	if w.DelayMS > 0 {
		l.After(h.Who, time.Duration(w.DelayMS)*time.Millisecond, func(ctx context.Context) { _ = l.disorder(ctx, h) })
		return nil
	}
	return l.disorder(ctx, h)
}

// disorder holds h back until the next one of its phone has gone, if the weather
// reorders, and posts it twice if the weather doubles.
func (l *Line) disorder(ctx context.Context, h Hook) error {
	w := l.Weather()
	if w.Reorder > 0 && l.Happens("reorder", h.Who, w.Reorder) && l.hold(h) {
		l.After(h.Who, overtaken, func(ctx context.Context) { l.release(ctx, h.Who) })
		return nil
	}
	err := l.attempt(ctx, h, 0)
	if l.Happens("duplicate", h.Who, w.Duplicate) {
		_ = l.attempt(ctx, h, 0)
	}
	l.release(ctx, h.Who)
	return err
}

// hold puts h aside; false if another one of its phone already waits.
func (l *Line) hold(h Hook) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, waits := l.held[h.Who]; waits {
		return false
	}
	l.held[h.Who] = h
	return true
}

func (l *Line) release(ctx context.Context, who string) {
	l.mu.Lock()
	h, waits := l.held[who]
	delete(l.held, who)
	l.mu.Unlock()
	if waits {
		_ = l.attempt(ctx, h, 0)
	}
}

// attempt posts h for the n-th time and plans the next attempt if it fails.
func (l *Line) attempt(ctx context.Context, h Hook, n int) error {
	var err error
	var answer Answer
	if l.dropped() {
		err = errLost
		l.sim.log.add(l.logged(h, Answer{}, err))
	} else {
		if answer, err = l.Call(ctx, h); err == nil && answer.Status/100 != 2 {
			err = fmt.Errorf("%w: %d", ErrRefused, answer.Status)
		}
	}
	if err == nil {
		return nil
	}
	if n < len(h.Retries) && (h.Again == nil || h.Again(answer.Status)) {
		l.After(h.Who, h.Retries[n]/time.Duration(l.sim.opts.Hurry), func(ctx context.Context) { _ = l.attempt(ctx, h, n+1) })
	} else if h.GivenUp != nil {
		h.GivenUp()
	}
	if errors.Is(err, errLost) {
		return nil
	}
	return err
}

// Call posts h once, whatever the weather, and logs it.
func (l *Line) Call(ctx context.Context, h Hook) (Answer, error) {
	answer, err := l.call(ctx, &h)
	l.sim.log.add(l.logged(h, answer, err))
	return answer, err
}

func (l *Line) call(ctx context.Context, h *Hook) (Answer, error) {
	if h.Method == "" {
		h.Method = http.MethodPost
	}
	if h.URL == "" {
		h.URL = l.Account().Webhook
	}
	if h.URL == "" {
		return Answer{}, errors.New("the account has no webhook address")
	}
	if !l.sim.reaches(h.URL) {
		return Answer{}, fmt.Errorf("%w: %s", ErrElsewhere, h.URL)
	}
	ctx, cancel := context.WithTimeout(ctx, hookTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, h.Method, h.URL, bytes.NewReader(h.Body))
	if err != nil {
		return Answer{}, err
	}
	for key, values := range h.Header {
		request.Header[key] = values
	}
	response, err := l.sim.opts.Client.Do(request)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, ControlBytesMax))
	return Answer{Status: response.StatusCode, Header: response.Header, Body: body}, err
}

// reaches reports whether webhooks may go to an address.
func (s *Simulator) reaches(address string) bool {
	if len(s.opts.Origins) == 0 {
		return true
	}
	u, err := url.Parse(address)
	return err == nil && slices.Contains(s.opts.Origins, u.Scheme+"://"+u.Host)
}

// logged makes a row of the log from a webhook.
func (l *Line) logged(h Hook, a Answer, err error) Request {
	r := Request{
		At: l.Now().UnixMilli(), Account: l.account.ID, Direction: "webhook", Method: h.Method, URL: h.URL,
		Header: headers(h.Header), Body: text(h.Body), Status: a.Status, Answer: text(a.Body),
		Stale: a.Header.Get("Parley-Nothing-New") != "", hook: &h,
	}
	if err != nil {
		r.Error = err.Error()
	}
	return l.hide(r)
}

// hide takes credentials out of a row.
func (l *Line) hide(r Request) Request {
	l.mu.Lock()
	hidden := l.hidden
	l.mu.Unlock()
	for _, secret := range hidden {
		if len(secret) < 4 {
			continue // would hide half the text, and is no secret
		}
		for _, field := range []*string{&r.URL, &r.Body, &r.Answer, &r.Error} {
			*field = strings.ReplaceAll(*field, secret, "(hidden)")
		}
		for key, value := range r.Header {
			r.Header[key] = strings.ReplaceAll(value, secret, "(hidden)")
		}
	}
	return r
}
