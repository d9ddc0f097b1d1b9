package integration

import (
	"sync"

	"parley/internal/crm"
	"parley/internal/store"
)

// heardOK is what we keep of a CRM that serves us.
const heardOK = "ok"

// hearing is what each CRM last said of our set-up since this server began: an
// administrator sees that it does not answer before anything waits for long.
//
// Source: DYN-08.
type hearing struct {
	mu sync.Mutex // owns of
	of map[string]heard
}

type heard struct {
	rev  int64 // of the connection: another set-up has said nothing yet
	code string
}

// hear takes in an answer, or that there was none. What is wrong with one record
// or one log says nothing of the set-up.
func (h *hearing) hear(c store.Connection, e *crm.Error) {
	code := heardOK
	if e != nil {
		switch e.Code {
		case crm.Transient, crm.Throttled, crm.Auth, crm.Forbidden, crm.Config:
			code = string(e.Code)
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of == nil {
		h.of = map[string]heard{}
	}
	h.of[c.ID] = heard{c.Rev, code}
}

// last is what a CRM said last of a connection as it is set up now, "" if nothing.
func (h *hearing) last(c store.Connection) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if x := h.of[c.ID]; x.rev == c.Rev {
		return x.code
	}
	return ""
}
