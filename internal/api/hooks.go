package api

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"parley"
	"parley/internal/center"
)

// How much a network may send at once, and how long it may take.
const (
	hookBytesMax = 2 << 20
	hookWithin   = 10 * time.Second
)

// hook is the door of networks: it reads a request whole, unchanged, and hands it
// in. What it says is on the disk before the answer is 2xx. An address nobody
// has, a provider that is not the entry point's and a method no network uses get
// the one answer for what does not exist.
//
// Source: networks.md 1.
func (s *Server) hook(w http.ResponseWriter, r *http.Request) {
	id := parley.EntryPointID(r.PathValue("entry_point"))
	e, err := s.at.Center.EntryPoint(r.Context(), id)
	if err == nil && (e.Provider != r.PathValue("provider") || r.Method != http.MethodGet && r.Method != http.MethodPost) {
		err = parley.ErrNotFound
	}
	if err == nil {
		err = s.guards.hooks.take(string(id))
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	body, err := hookBody(w, r)
	if err != nil {
		w.Header().Set("Connection", "close") // the rest is not worth reading
		s.refuse(w, r, err)
		return
	}
	answer, err := s.at.Center.Receive(r.Context(), id, center.Request{
		Method: r.Method, URL: s.public + r.URL.RequestURI(), Query: r.URL.Query(), Header: r.Header, Body: body,
	})
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	if answer == nil {
		return // 200
	}
	if answer.Stale {
		w.Header().Set("Parley-Nothing-New", "true")
	}
	if answer.Type != "" {
		w.Header().Set("Content-Type", answer.Type)
	}
	w.WriteHeader(answer.Status)
	_, _ = w.Write(answer.Body)
}

// hookBody reads a body as it came.
//
// Errors: parley.ErrTooLarge; for one that is packed or too slow, what it is.
func hookBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if packed(r) {
		return nil, errPacked
	}
	if r.ContentLength > hookBytesMax {
		return nil, parley.ErrTooLarge
	}
	slow := time.AfterFunc(hookWithin, func() {
		_ = http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)) // the server's own deadline comes later
	})
	defer slow.Stop()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, hookBytesMax))
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		return nil, parley.ErrTooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, errSlow
	case err != nil:
		return nil, parley.ErrBadRequest // it broke off
	}
	return body, nil
}

// packed reports whether a body says that it is compressed: we unpack none, since
// a small one may be endless.
func packed(r *http.Request) bool {
	encoding := r.Header.Get("Content-Encoding")
	return encoding != "" && !strings.EqualFold(encoding, "identity")
}

var (
	errPacked = &Problem{Status: http.StatusUnsupportedMediaType, Code: "unsupported_media_type"}
	errSlow   = &Problem{Status: http.StatusRequestTimeout, Code: "too_slow"}
)
