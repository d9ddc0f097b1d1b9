package simulator

import (
	"bytes"
	"io"
	"net/http"
	"strings"
)

// Handler serves the providers' APIs below /sim/api/{network}/{account}/ and the
// control API below /sim/control/.
func (s *Simulator) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/sim/api/{network}/{account}/{path...}", s.serveCall)
	s.control(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.learn(r)
		mux.ServeHTTP(w, r)
	})
}

// serveCall lets an account's network answer one call of the product, through
// the weather, and logs both.
func (s *Simulator) serveCall(w http.ResponseWriter, r *http.Request) {
	l := s.Line(r.PathValue("account"))
	if l == nil || l.account.Network != r.PathValue("network") {
		http.Error(w, ErrNoAccount.Error(), http.StatusNotFound)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, CallBytesMax))
	if err != nil {
		http.Error(w, "the body is too large or broke off", http.StatusRequestEntityTooLarge)
		return
	}
	a := &answer{header: http.Header{"Date": {l.Now().Format(http.TimeFormat)}}, status: http.StatusOK}
	cut := l.serve(a, l.below(r, body), body)
	row := Request{
		At: l.Now().UnixMilli(), Account: l.account.ID, Direction: "call", Method: r.Method, URL: r.URL.RequestURI(),
		Header: headers(r.Header), Body: text(body), Status: a.status, Answer: text(a.body.Bytes()),
	}
	if cut {
		row.Error = "taken, but not answered"
	}
	s.log.add(l.hide(row))
	if cut {
		cutOff(w)
		return
	}
	for key, values := range a.header {
		w.Header()[key] = values
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes()) // a client that has gone needs no answer
}

// below is the request as the provider sees it: its path below the base URL.
func (l *Line) below(r *http.Request, body []byte) *http.Request {
	inner := r.Clone(r.Context())
	prefix := "/sim/api/" + l.account.Network + "/" + l.account.ID
	inner.URL.Path = strings.TrimPrefix(r.URL.Path, prefix)
	inner.URL.RawPath = strings.TrimPrefix(r.URL.RawPath, prefix)
	inner.Body = io.NopCloser(bytes.NewReader(body))
	return inner
}

// Called is the address of a call as the product wrote it, without its query: what
// some networks sign. It is read from the request's first line, because who serves
// the simulator below a path of its own has taken that away from the URL.
func (l *Line) Called(r *http.Request) string {
	path, _, _ := strings.Cut(r.RequestURI, "?")
	return origin(r) + path
}

// origin is scheme and host of the simulator, as a request reached it.
func origin(r *http.Request) string {
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// serve answers a call. cut: the call was taken, but its answer must not arrive.
func (l *Line) serve(a *answer, r *http.Request, body []byte) (cut bool) {
	w := l.Weather()
	if !l.network.Sends(r, body) {
		l.network.ServeHTTP(a, r)
		return false
	}
	switch {
	case l.Happens("fail", "", w.Fail):
		l.network.Fault(a, FaultServer)
		return false
	case l.Happens("throttle", "", w.Throttle):
		l.network.Fault(a, FaultThrottled)
		return false
	case l.Happens("ok_with_error", "", w.OKWithError):
		l.network.Fault(a, FaultInside)
		return false
	}
	l.network.ServeHTTP(a, r)
	return a.status/100 == 2 && l.Happens("timeout_after_accept", "", w.TimeoutAfterAccept)
}

// cutOff ends the connection without an answer.
func cutOff(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2 has no connection to take: net/http resets the stream
	}
	_ = connection.Close()
}

// answer is a network's answer before the weather has had its say.
type answer struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if !a.wrote {
		a.status, a.wrote = status, true
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.wrote = true
	return a.body.Write(b)
}
