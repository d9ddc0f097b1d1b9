package simulator

import (
	"fmt"
	"net/http"
)

// Record is something a simulated CRM holds, as people there would see it.
type Record struct {
	Object    string            `json:"object"` // contact, account, lead, phonecall ...
	ID        string            `json:"id"`
	Name      string            `json:"name"`
	Fields    map[string]string `json:"fields"`              // columns that have a value
	Regarding string            `json:"regarding,omitempty"` // the id of the record it is about
	Closed    bool              `json:"closed,omitempty"`    // an activity that is done, a contact nobody uses
	Page      string            `json:"page"`                // where people there see it
}

// Keeper is a network that keeps records: a CRM. It has no phones.
type Keeper interface {
	// Records lists what there is, what changed last first.
	Records() []Record
	// Keep is somebody of the organization typing a record in, by the columns' own
	// names. Errors: ErrCannot.
	Keep(object string, fields map[string]string) (id string, err error)
	// Forget is somebody deleting one. Errors: ErrCannot.
	Forget(object, id string) error
}

// Keeper returns the CRM of an account.
//
// Errors: ErrNoAccount, ErrCannot if the account's network is none.
func (s *Simulator) Keeper(account string) (Keeper, error) {
	l := s.Line(account)
	if l == nil {
		return nil, fmt.Errorf("%w: %q", ErrNoAccount, account)
	}
	k, ok := l.network.(Keeper)
	if !ok {
		return nil, ErrCannot
	}
	return k, nil
}

// keeper finds the CRM a control request is about; if it cannot, it has answered.
func (s *Simulator) keeper(w http.ResponseWriter, r *http.Request) (Keeper, bool) {
	k, err := s.Keeper(r.PathValue("account"))
	return k, !refused(w, err)
}

func (s *Simulator) listRecords(w http.ResponseWriter, r *http.Request) {
	if k, ok := s.keeper(w, r); ok {
		WriteJSON(w, http.StatusOK, map[string]any{"records": k.Records()})
	}
}

func (s *Simulator) keepRecord(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Object string            `json:"object"`
		Fields map[string]string `json:"fields"`
	}
	k, ok := s.keeper(w, r)
	if !ok || !read(w, r, &in) {
		return
	}
	id, err := k.Keep(in.Object, in.Fields)
	if !refused(w, err) {
		WriteJSON(w, http.StatusCreated, map[string]string{"id": id})
	}
}

func (s *Simulator) forgetRecord(w http.ResponseWriter, r *http.Request) {
	if k, ok := s.keeper(w, r); ok && !refused(w, k.Forget(r.PathValue("object"), r.PathValue("id"))) {
		w.WriteHeader(http.StatusNoContent)
	}
}

// recordPage shows a CRM's own pages, where its links lead: a record, the form for
// a new one. They run nothing.
func (s *Simulator) recordPage(w http.ResponseWriter, r *http.Request) {
	l := s.Line(r.PathValue("account"))
	if l == nil {
		refused(w, ErrNoAccount)
		return
	}
	p, ok := l.network.(interface {
		Page(w http.ResponseWriter, r *http.Request)
	})
	if !ok {
		refused(w, ErrCannot)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "no-referrer")
	r.Body = http.MaxBytesReader(w, r.Body, ControlBytesMax)
	p.Page(w, r)
}
