package api

import (
	"net/http"
	"path"
	"strings"

	"parley"
)

// networks lets our own calls to simulated networks pass: they come as they would
// reach the real ones, with files and tokens, and each network checks them itself.
// A center without a simulator has no such place.
//
// Source: A-132.
func (s *Server) networks(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/sim/api/") {
			next.ServeHTTP(w, r)
			return
		}
		if s.stage == nil {
			s.refuse(w, r, parley.ErrNotFound)
			return
		}
		s.stage.ServeHTTP(w, r)
	})
}

// conduct is the simulator's control: whoever has it can be any customer. It is
// for administrators, and in the demo for everybody on this machine, whose
// password is known anyway.
func (s *Server) conduct(w http.ResponseWriter, r *http.Request) {
	if s.stage == nil {
		s.refuse(w, r, parley.ErrNotFound)
		return
	}
	if !s.demo || !requestOf(r.Context()).peer.loopback {
		who, _, err := s.identify(r.Context(), r.Header.Get("Authorization"), r.Header.Get("Cookie"))
		if err == nil && !who.Has(parley.MayAdminister) {
			err = parley.ErrForbidden
		}
		if err != nil {
			s.refuse(w, r, err)
			return
		}
	}
	s.stage.ServeHTTP(w, r)
}

// phones serves the simulator's pages.
func (s *Server) phones(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	switch {
	case s.stage == nil, r.Method != http.MethodGet && r.Method != http.MethodHead, strings.Contains(name, "/."):
		s.refuse(w, r, parley.ErrNotFound)
	case strings.HasPrefix(name, "assets/"):
		s.serveFile(w, r, "sim/"+name, true)
	case path.Ext(name) != "":
		s.serveFile(w, r, "sim/"+name, false)
	default:
		s.servePage(w, r, "sim/index.html", nil)
	}
}

// besidePhones lets the demo's simulator show the workspace beside its phones; of
// no other center may anybody frame it.
func (s *Server) besidePhones() []string {
	if s.demo && s.stage != nil {
		return []string{ourselves}
	}
	return nil
}
