package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley"
)

// Problem is the body of every answer that is not a success (RFC 9457). It
// carries codes, never a sentence to show.
type Problem struct {
	Status    int                 `json:"status"`
	Code      string              `json:"code" doc:"exact meaning, and the front end's key: error.<code>"`
	RequestID string              `json:"request_id"`
	Data      map[string]any      `json:"data,omitempty" doc:"numbers and ids that belong to the code"`
	Errors    []parley.FieldError `json:"errors,omitempty" doc:"every field at fault, for invalid"`
	cause     error               // logged whole, shown never
}

// Error returns the code.
func (p *Problem) Error() string { return p.Code }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType makes it application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders asks whoever was turned away for a moment to come back.
func (p *Problem) GetHeaders() http.Header {
	switch p.Status {
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		after := retryAfter
		if told, ok := p.Data["retry_after"].(int); ok {
			after = told
		}
		return http.Header{"Retry-After": {strconv.Itoa(after)}}
	}
	return nil
}

// retryAfter is what 429 and 503 ask for where nothing else is told.
//
// Unit: seconds.
const retryAfter = 1

// statuses says which status a kind of refusal has.
var statuses = map[parley.Kind]int{
	parley.Internal:        http.StatusInternalServerError,
	parley.BadRequest:      http.StatusBadRequest,
	parley.Unauthenticated: http.StatusUnauthorized,
	parley.Forbidden:       http.StatusForbidden,
	parley.NotFound:        http.StatusNotFound,
	parley.Conflict:        http.StatusConflict,
	parley.TooLarge:        http.StatusRequestEntityTooLarge,
	parley.Invalid:         http.StatusUnprocessableEntity,
	parley.RateLimited:     http.StatusTooManyRequests,
	parley.Unavailable:     http.StatusServiceUnavailable,
}

// problem turns an error of the people into what crosses the wire; nil stays nil.
func problem(err error) error {
	if err == nil {
		return nil
	}
	return asProblem(err)
}

func asProblem(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		err = parley.ErrOverloaded // whoever asked has gone, or waited in vain
	}
	var refusal *parley.Error
	if !errors.As(err, &refusal) || refusal.Kind == parley.Internal {
		return &Problem{Status: http.StatusInternalServerError, Code: parley.ErrInternal.Code, cause: err}
	}
	return &Problem{Status: statuses[refusal.Kind], Code: refusal.Code, Data: refusal.Data, Errors: refusal.Fields}
}

// codes are what huma's own refusals are called.
var codes = map[int]string{
	http.StatusBadRequest:            "bad_request",
	http.StatusRequestTimeout:        "too_slow",
	http.StatusRequestEntityTooLarge: "too_large",
	http.StatusUnsupportedMediaType:  "unsupported_media_type",
	http.StatusNotAcceptable:         "bad_request",
	http.StatusUnprocessableEntity:   "invalid",
}

// refused makes a Problem of what huma found wrong with an input: a Problem
// among errs wins, so that nobody unknown learns how a body should look.
func refused(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
	for _, err := range errs {
		var p *Problem
		if errors.As(err, &p) {
			for name, values := range p.GetHeaders() {
				ctx.SetHeader(name, values[0])
			}
			return p
		}
	}
	code, ok := codes[status]
	if !ok {
		return &Problem{Status: http.StatusInternalServerError, Code: parley.ErrInternal.Code, cause: errors.Join(errs...)}
	}
	p := &Problem{Status: status, Code: code}
	if fault, ok := untold(errs); ok {
		return &Problem{Status: http.StatusUnprocessableEntity, Code: "invalid", Errors: []parley.FieldError{fault}}
	}
	for _, err := range errs {
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			p.Errors = append(p.Errors, field(detail))
		}
	}
	return p
}

// faults are the beginnings of huma's sentences and our codes for them.
var faults = []struct{ says, code string }{
	{"expected required property", "required"},
	{"required ", "required"},
	{"unexpected property", "unknown"},
	{"unknown query parameter", "unknown"},
	{"expected string to be RFC 4122 uuid", "not_uuid"},
	{"expected length <=", "too_long"},
	{"expected length >=", "too_short"},
	{"expected array length <=", "too_many"},
	{"expected array length >=", "too_few"},
	{"expected number <=", "out_of_range"},
	{"expected number >=", "out_of_range"},
	{"expected value to be one of", "unknown"},
}

// field says what is wrong with one field, without repeating its value.
func field(d *huma.ErrorDetail) parley.FieldError {
	path := strings.TrimPrefix(d.Location, "body")
	for _, prefix := range []string{".", "path.", "query.", "header."} {
		path = strings.TrimPrefix(path, prefix)
	}
	code := "wrong"
	for _, f := range faults {
		if strings.HasPrefix(d.Message, f.says) {
			code = f.code
			break
		}
	}
	if name, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
		name, _, _ = strings.Cut(name, " ")
		path = strings.TrimPrefix(path+"."+name, ".")
	}
	return parley.FieldError{Field: path, Code: code}
}

// complete is the last hand on every body: it gives a Problem its request id
// and is the only place at the doors that logs an error.
func (s *Server) complete(ctx huma.Context, _ string, body any) (any, error) {
	if p, ok := body.(*Problem); ok {
		return s.signed(requestOf(ctx.Context()), p), nil
	}
	return body, nil
}

// signed returns p with the id of the request it answers, counted and, if the
// fault is ours, logged whole.
func (s *Server) signed(r *request, p *Problem) *Problem {
	out := *p
	out.RequestID = r.id
	s.metrics.refusals.WithLabelValues(p.Code).Inc()
	if p.Status == http.StatusInternalServerError {
		s.log.Error("request failed", slog.String("request_id", r.id), slog.Any("error", p.cause))
	}
	return &out
}
