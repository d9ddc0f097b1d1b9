package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// network answers the calls of one recording, in order.
type network struct {
	*httptest.Server
	t       *testing.T
	mu      sync.Mutex // calls, answers
	calls   []string
	answers []string
	made    int
}

func open(t *testing.T, rec recording) *network {
	n := &network{t: t, calls: rec.all("call"), answers: rec.all("answer")}
	n.Server = httptest.NewServer(n)
	t.Cleanup(n.Close)
	return n
}

// ServeHTTP compares a call with the one expected and gives the answer recorded.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	i := n.made
	n.made++
	body, _ := io.ReadAll(r.Body)
	if i >= len(n.calls) || i >= len(n.answers) {
		n.t.Errorf("call %d is one too many: %s %s\n%s", i+1, r.Method, r.RequestURI, body)
		w.WriteHeader(http.StatusTeapot)
		return
	}
	n.compare(i, r, body)
	first, header, answer := message(n.answers[i])
	if first == "hangup" {
		panic(http.ErrAbortHandler)
	}
	for name, values := range header {
		w.Header()[name] = values
	}
	status, err := strconv.Atoi(strings.Fields(first + " ?")[0])
	if err != nil {
		n.t.Errorf("answer %d: the first line is a status, not %q", i+1, first)
		status = http.StatusTeapot
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, strings.ReplaceAll(answer, "{{base}}", n.URL))
}

func (n *network) compare(i int, r *http.Request, body []byte) {
	first, header, want := message(n.calls[i])
	if got := r.Method + " " + r.RequestURI; got != first {
		n.t.Errorf("call %d: %s, want %s", i+1, got, first)
	}
	for name, values := range header {
		got := r.Header.Get(name)
		if (values[0] == "*" && got == "") || (values[0] != "*" && got != values[0]) {
			n.t.Errorf("call %d: header %s is %q, want %q", i+1, name, got, values[0])
		}
	}
	if got := canonical(r.Header.Get("Content-Type"), body); got != canonical("", []byte(want)) {
		n.t.Errorf("call %d: body\n%s\nwant\n%s", i+1, got, want)
	}
}

// done reports calls that were expected and not made.
func (n *network) done() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.made < len(n.calls) {
		n.t.Errorf("%d of %d calls were made", n.made, len(n.calls))
	}
}

// canonical makes bodies comparable: JSON with sorted keys, multipart as one line
// per part.
func canonical(contentType string, body []byte) string {
	kind, params, _ := mime.ParseMediaType(contentType)
	if strings.HasPrefix(kind, "multipart/") {
		return parts(multipart.NewReader(bytes.NewReader(body), params["boundary"]))
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil || decoder.More() {
		return string(body)
	}
	return pretty(v)
}

func parts(r *multipart.Reader) string {
	var out strings.Builder
	for {
		part, err := r.NextPart()
		if err != nil {
			return strings.TrimSuffix(out.String(), "\n")
		}
		data, _ := io.ReadAll(part)
		fmt.Fprintf(&out, "%s: ", part.FormName())
		if part.FileName() != "" {
			fmt.Fprintf(&out, "%s (%s) ", part.FileName(), part.Header.Get("Content-Type"))
		}
		fmt.Fprintf(&out, "%s\n", data)
	}
}

// message cuts a recorded request or answer: first line, headers, body.
func message(s string) (first string, header http.Header, body string) {
	head, body, _ := strings.Cut(s, "\n\n")
	lines := strings.Split(head, "\n")
	header = http.Header{}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		header.Add(textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name)), strings.TrimSpace(value))
	}
	return strings.TrimSpace(lines[0]), header, body
}
