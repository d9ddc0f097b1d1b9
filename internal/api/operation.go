package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley"
)

// out is an answer with a body.
type out[T any] struct{ Body T }

// reply makes an answer of what the people said.
func reply[T any](v T, err error) (*out[T], error) {
	if err != nil {
		return nil, problem(err)
	}
	return &out[T]{v}, nil
}

// created is an answer with the id of what was made.
type created[T any] struct {
	ID T `json:"id"`
}

func made[T any](id T, err error) (*out[created[T]], error) {
	return reply(created[T]{id}, err)
}

// done is an answer without a body.
func done(err error) (*struct{}, error) { return nil, problem(err) }

// list is a whole list; it has no next page.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
}

func listed[T any](items []T, err error) (*out[list[T]], error) {
	if items == nil {
		items = []T{}
	}
	return reply(list[T]{Items: items}, err)
}

// Stretch is which part of a list is asked for.
type Stretch struct {
	After string `query:"after" maxLength:"500" doc:"the next of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" doc:"rows"`
}

// handler answers one operation.
type handler[I, O any] func(context.Context, *I) (*O, error)

// The helpers register an operation: its path, its id, the permission it asks
// for and who answers. An empty permission means anybody the input lets in.
func get[I, O any](a huma.API, path, id string, p parley.Permission, h handler[I, O]) {
	register(a, operation(http.MethodGet, path, id, p), h)
}

func post[I, O any](a huma.API, path, id string, p parley.Permission, h handler[I, O]) {
	register(a, operation(http.MethodPost, path, id, p), h)
}

// add is a post that makes something: 201.
func add[I, O any](a huma.API, path, id string, p parley.Permission, h handler[I, O]) {
	op := operation(http.MethodPost, path, id, p)
	op.DefaultStatus = http.StatusCreated
	register(a, op, h)
}

func put[I, O any](a huma.API, path, id string, p parley.Permission, h handler[I, O]) {
	register(a, operation(http.MethodPut, path, id, p), h)
}

func del[I, O any](a huma.API, path, id string, p parley.Permission, h handler[I, O]) {
	register(a, operation(http.MethodDelete, path, id, p), h)
}

func operation(method, path, id string, p parley.Permission) huma.Operation {
	return huma.Operation{
		OperationID:  id,
		Method:       method,
		Path:         path,
		Summary:      strings.ToUpper(id[:1]) + strings.ReplaceAll(id[1:], "-", " "),
		Tags:         []string{strings.Split(strings.TrimPrefix(path, "/api/"), "/")[0]},
		Metadata:     map[string]any{needs: p},
		MaxBodyBytes: bodyBytesMax,
	}
}

// register adds an operation. One that does not ask who is at the door does not
// start: a resolver that is never called would let everybody in.
func register[I, O any](a huma.API, op huma.Operation, h handler[I, O]) {
	if !asks(reflect.TypeFor[I]()) {
		panic("nobody is asked who they are: " + op.OperationID)
	}
	switch p, _ := op.Metadata[needs].(parley.Permission); {
	case p != "":
		op.Description = "Needs the permission " + string(p) + "."
		op.Security = []map[string][]string{{"session": {}}, {"key": {}}}
	case strings.HasPrefix(op.Path, "/api/public/conversation") || strings.HasPrefix(op.Path, "/api/public/live"):
		op.Security = []map[string][]string{{"visitor": {}}}
	}
	huma.Register(a, op, h)
}

// asks reports whether an input has a field that finds out who asks, where huma
// looks for one: embedded types must be exported.
func asks(input reflect.Type) bool {
	for f := range input.Fields() {
		switch {
		case !f.IsExported():
		case f.Type == reflect.TypeFor[Me](), f.Type == reflect.TypeFor[Guest](), f.Type == reflect.TypeFor[Anyone]():
			return true
		case f.Anonymous && asks(f.Type):
			return true
		}
	}
	return false
}

// some makes an empty list of none.
func some[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// earlier is the number to ask on with for what was said before items, "" if
// they begin with the first.
func earlier[T any](items []T, seq func(T) int64) string {
	if len(items) == 0 || seq(items[0]) <= 1 {
		return ""
	}
	return strconv.FormatInt(seq(items[0]), 10)
}

// place is a cursor: a time and the id of the last row had.
func place(at int64, id string) string { return strconv.FormatInt(at, 10) + "." + id }

// parsePlace is the inverse of place; "" is the beginning.
func parsePlace(cursor string) (at int64, id string, err error) {
	if cursor == "" {
		return 0, "", nil
	}
	text, id, ok := strings.Cut(cursor, ".")
	if at, err = strconv.ParseInt(text, 10, 64); err != nil || !ok {
		return 0, "", parley.ErrBadRequest
	}
	return at, id, nil
}
