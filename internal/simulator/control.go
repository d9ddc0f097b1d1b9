package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// control registers the control API: what the simulator's pages and tests use.
func (s *Simulator) control(mux *http.ServeMux) {
	const at = "/sim/control"
	mux.HandleFunc("GET "+at+"/networks", s.listNetworks)
	mux.HandleFunc("GET "+at+"/media/{account}/{id}", s.media)
	mux.HandleFunc("GET "+at+"/accounts", s.listAccounts)
	mux.HandleFunc("POST "+at+"/accounts", s.openAccount)
	mux.HandleFunc("DELETE "+at+"/accounts/{account}", s.shutAccount)
	mux.HandleFunc("GET "+at+"/threads", s.listThreads)
	mux.HandleFunc("GET "+at+"/threads/{id...}", s.oneThread)
	mux.HandleFunc("GET "+at+"/events", s.events)
	mux.HandleFunc("POST "+at+"/say", s.say)
	mux.HandleFunc("GET "+at+"/weather/{account}", s.getWeather)
	mux.HandleFunc("PUT "+at+"/weather/{account}", s.putWeather)
	mux.HandleFunc("GET "+at+"/scenarios", s.listScenarios)
	mux.HandleFunc("POST "+at+"/scenarios/{name}", s.play)
	mux.HandleFunc("DELETE "+at+"/scenarios", s.stop)
	mux.HandleFunc("DELETE "+at+"/scenarios/{name}", s.stop)
	mux.HandleFunc("GET "+at+"/records/{account}", s.listRecords)
	mux.HandleFunc("POST "+at+"/records/{account}", s.keepRecord)
	mux.HandleFunc("DELETE "+at+"/records/{account}/{object}/{id}", s.forgetRecord)
	mux.HandleFunc("GET "+at+"/pages/{account}", s.recordPage)
	mux.HandleFunc("POST "+at+"/pages/{account}", s.recordPage)
	mux.HandleFunc("GET "+at+"/requests", s.listRequests)
	mux.HandleFunc("POST "+at+"/requests/{n}/again", s.again)
	mux.HandleFunc("POST "+at+"/clock", s.clock)
	mux.HandleFunc("POST "+at+"/reset", s.resetAll)
}

func (s *Simulator) listNetworks(w http.ResponseWriter, _ *http.Request) {
	type row struct {
		Name  string   `json:"name"`
		Needs []string `json:"needs"`
		Kinds []string `json:"kinds"`
	}
	out := []row{}
	for _, p := range s.opts.Providers {
		out = append(out, row{p.Name, p.Needs, append([]string{}, p.Kinds...)})
	}
	WriteJSON(w, http.StatusOK, map[string]any{"networks": out})
}

// media shows a file of a thread. A file is somebody's bytes: only a picture is
// shown, and nothing in it runs.
func (s *Simulator) media(w http.ResponseWriter, r *http.Request) {
	l := s.Line(r.PathValue("account"))
	if l == nil {
		refused(w, ErrNoAccount)
		return
	}
	file, ok := l.File(r.PathValue("id"))
	if !ok {
		WriteJSON(w, http.StatusNotFound, map[string]string{"error": "no such file"})
		return
	}
	w.Header().Set("Content-Type", file.MIME)
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if !slices.Contains([]string{"image/png", "image/jpeg", "image/gif", "image/webp"}, file.MIME) {
		w.Header().Set("Content-Disposition", "attachment")
	}
	_, _ = w.Write(file.Data) // a client that has gone needs no answer
}

func (s *Simulator) listAccounts(w http.ResponseWriter, _ *http.Request) {
	accounts := s.Accounts()
	for _, a := range accounts {
		for key := range a.Settings {
			if secretName(key) {
				a.Settings[key] = "(hidden)"
			}
		}
	}
	WriteJSON(w, http.StatusOK, map[string]any{"accounts": accounts})
}

func (s *Simulator) openAccount(w http.ResponseWriter, r *http.Request) {
	var a Account
	if !read(w, r, &a) {
		return
	}
	opened, err := s.Open(a)
	if !refused(w, err) {
		WriteJSON(w, http.StatusCreated, opened)
	}
}

func (s *Simulator) shutAccount(w http.ResponseWriter, r *http.Request) {
	if !refused(w, s.Shut(r.PathValue("account"))) {
		w.WriteHeader(http.StatusNoContent)
	}
}

// threadsShown is how many threads a list has, if ?limit does not say.
const threadsShown = 200

func (s *Simulator) listThreads(w http.ResponseWriter, r *http.Request) {
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit < 0 {
		limit = threadsShown
	}
	s.phones.mu.Lock()
	n := s.phones.n
	s.phones.mu.Unlock()
	threads := s.Threads()
	WriteJSON(w, http.StatusOK, map[string]any{"threads": threads[:min(limit, len(threads))], "total": len(threads), "n": n})
}

func (s *Simulator) oneThread(w http.ResponseWriter, r *http.Request) {
	t, ok := s.Thread(r.PathValue("id"))
	if !ok {
		WriteJSON(w, http.StatusNotFound, map[string]string{"error": "no such thread"})
		return
	}
	WriteJSON(w, http.StatusOK, t)
}

// pollTimeout ends a long poll with nothing new.
const pollTimeout = 25 * time.Second

// events answers once with what changed after ?after, waiting for it; or, to a
// reader of text/event-stream, for as long as it listens.
func (s *Simulator) events(w http.ResponseWriter, r *http.Request) {
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	if last, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64); err == nil {
		after = last
	}
	if r.Header.Get("Accept") != "text/event-stream" {
		ctx, cancel := context.WithTimeout(r.Context(), pollTimeout)
		defer cancel()
		changes, n := s.Changes(ctx, after)
		if changes == nil {
			changes = []Change{}
		}
		WriteJSON(w, http.StatusOK, map[string]any{"changes": changes, "n": n})
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	stream := http.NewResponseController(w)
	for r.Context().Err() == nil {
		changes, n := s.Changes(r.Context(), after)
		for _, c := range changes {
			data, err := json.Marshal(c)
			if err != nil {
				return
			}
			fmt.Fprintf(w, "id: %d\ndata: %s\n\n", c.N, data)
		}
		after = n
		if stream.Flush() != nil {
			return
		}
	}
}

func (s *Simulator) say(w http.ResponseWriter, r *http.Request) {
	var in In
	if !decode(w, http.MaxBytesReader(w, r.Body, SayBytesMax), &in) {
		return
	}
	id, err := s.Say(r.Context(), in)
	if !refused(w, err) {
		WriteJSON(w, http.StatusOK, map[string]string{"id": id})
	}
}

func (s *Simulator) getWeather(w http.ResponseWriter, r *http.Request) {
	l := s.Line(r.PathValue("account"))
	if l == nil {
		refused(w, ErrNoAccount)
		return
	}
	WriteJSON(w, http.StatusOK, l.Weather())
}

func (s *Simulator) putWeather(w http.ResponseWriter, r *http.Request) {
	weather := Fine()
	if !read(w, r, &weather) {
		return
	}
	if err := weather.check(); err != nil {
		WriteJSON(w, http.StatusUnprocessableEntity, map[string]string{"error": err.Error()})
		return
	}
	if !refused(w, s.SetWeather(r.PathValue("account"), weather)) {
		WriteJSON(w, http.StatusOK, weather)
	}
}

func (s *Simulator) listScenarios(w http.ResponseWriter, _ *http.Request) {
	type row struct {
		Name   string `json:"name"`
		Count  int    `json:"count"`
		OverMS int64  `json:"over_ms"`
	}
	out := []row{}
	for _, name := range []string{"one_question", "five_at_once", "rush_hour", "customer_leaves", "hundred_in_queue"} {
		out = append(out, row{name, plays[name].count, plays[name].over.Milliseconds()})
	}
	WriteJSON(w, http.StatusOK, map[string]any{"scenarios": out})
}

func (s *Simulator) play(w http.ResponseWriter, r *http.Request) {
	var plan Plan
	if r.ContentLength != 0 && !read(w, r, &plan) {
		return
	}
	count, err := s.Play(r.PathValue("name"), plan)
	if !refused(w, err) {
		WriteJSON(w, http.StatusAccepted, map[string]int{"phones": count})
	}
}

func (s *Simulator) stop(w http.ResponseWriter, _ *http.Request) {
	s.StopScenarios()
	w.WriteHeader(http.StatusNoContent)
}

func (s *Simulator) listRequests(w http.ResponseWriter, r *http.Request) {
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	WriteJSON(w, http.StatusOK, map[string]any{"requests": s.Requests(r.URL.Query().Get("account"), after)})
}

func (s *Simulator) again(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.ParseInt(r.PathValue("n"), 10, 64) // 0 is no row's
	row, err := s.Again(r.Context(), n)
	if !refused(w, err) {
		WriteJSON(w, http.StatusOK, map[string]int64{"n": row})
	}
}

// advanceMax is as far as the clock can be moved at once.
const advanceMax = 400 * 24 * time.Hour

func (s *Simulator) clock(w http.ResponseWriter, r *http.Request) {
	var in struct {
		AdvanceMS int64 `json:"advance_ms"`
	}
	if !read(w, r, &in) {
		return
	}
	if in.AdvanceMS < 0 || in.AdvanceMS > advanceMax.Milliseconds() {
		WriteJSON(w, http.StatusUnprocessableEntity, map[string]string{"error": "time goes forward, by 400 days at most"})
		return
	}
	s.Advance(time.Duration(in.AdvanceMS) * time.Millisecond)
	WriteJSON(w, http.StatusOK, map[string]int64{"now": s.Now().UnixMilli()})
}

func (s *Simulator) resetAll(w http.ResponseWriter, _ *http.Request) {
	s.Reset()
	w.WriteHeader(http.StatusNoContent)
}

// read decodes a control request; if it cannot, it has answered.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	return decode(w, http.MaxBytesReader(w, r.Body, ControlBytesMax), into)
}

// decode reads one JSON value; if it cannot, it has answered.
func decode(w http.ResponseWriter, body io.Reader, into any) bool {
	d := json.NewDecoder(body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		WriteJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return false
	}
	return true
}

// refused answers an error, if there is one.
func refused(w http.ResponseWriter, err error) bool {
	if err == nil {
		return false
	}
	status := http.StatusUnprocessableEntity
	switch {
	case errors.Is(err, ErrNoAccount), errors.Is(err, ErrNoScenario), errors.Is(err, ErrNotLogged):
		status = http.StatusNotFound
	case errors.Is(err, ErrFull):
		status = http.StatusInsufficientStorage
	case errors.Is(err, ErrRefused):
		status = http.StatusBadGateway
	}
	WriteJSON(w, status, map[string]string{"error": err.Error()})
	return true
}

// WriteJSON answers with v. Networks use it for their own answers.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that has gone needs no answer
}
