package channel

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestCall(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/hangup":
			panic(http.ErrAbortHandler)
		case "/cut":
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("half"))
		case "/endless":
			_, _ = w.Write([]byte(strings.Repeat("x", answerBytesMax+1)))
		default:
			_, _ = w.Write([]byte("all"))
		}
	}))
	defer server.Close()
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for _, c := range []struct {
		name, method, url string
		want              Code
	}{
		{"R-46: the answer never came", "POST", server.URL + "/hangup", UnknownOutcome},
		{"R-46: the answer was cut off", "POST", server.URL + "/cut", UnknownOutcome},
		{"A-068: an answer without end", "POST", server.URL + "/endless", UnknownOutcome},
		{"R-46: nobody there: nothing arrived", "POST", closed.URL + "/", Transient},
		{"R-46: a question changes nothing", "GET", server.URL + "/hangup", Transient},
		{"an answer", "POST", server.URL + "/", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			req, err := http.NewRequestWithContext(context.Background(), c.method, c.url+"?token=secret", strings.NewReader("{}"))
			if err != nil {
				t.Fatal(err)
			}
			answer, err := Call(http.DefaultClient, req)
			var sent *SendError
			switch {
			case c.want == "" && (err != nil || string(answer.Body) != "all"):
				t.Errorf("got %q, %v", answer.Body, err)
			case c.want != "" && (!errors.As(err, &sent) || sent.Code != c.want):
				t.Errorf("got %v, want %s", err, c.want)
			case sent != nil && strings.Contains(sent.Detail, "secret"):
				t.Errorf("the detail tells the address: %s", sent.Detail)
			}
		})
	}
}

func TestCallCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	req, _ := http.NewRequestWithContext(ctx, "POST", "http://127.0.0.1:1/", nil)
	_, err := Call(http.DefaultClient, req)
	if sent := (*SendError)(nil); !errors.As(err, &sent) || sent.Code != Transient {
		t.Errorf("R-46: canceled before anything was sent: %v", err)
	}
}

func TestFailed(t *testing.T) {
	for status, want := range map[int]Code{
		200: UnknownOutcome, 400: BadRequest, 401: Auth, 403: Config, 404: Config, 408: Transient,
		429: Throttled, 500: Transient, 502: UnknownOutcome, 503: Transient, 504: UnknownOutcome,
	} {
		if got := (Answer{Status: status}).Failed().Code; got != want {
			t.Errorf("status %d is %s, want %s", status, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]string{
		"(#131047) Re-engagement message":  "(#131047) Re-engagement message",
		"no account for\n+15550142233 yet": "no account for +*** yet",
		strings.Repeat("a ", 200):          strings.Repeat("a ", 100),
	} {
		if got := Words(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
