package x

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/conformance"
)

// sign signs as X does.
func sign(in parley.EntryPoint, r *channel.Request) {
	r.Header.Set("X-Twitter-Webhooks-Signature", hmac256(in.Setting("consumer_secret"), r.Body))
}

func TestRecordings(t *testing.T) { conformance.Play(t, New(conformance.Client()), sign) }

func entryPoint(t testing.TB) parley.EntryPoint {
	raw, err := os.ReadFile("testdata/entrypoint.json")
	if err != nil {
		t.Fatal(err)
	}
	return conformance.EntryPoint(t, string(raw))
}

func held(t testing.TB) conformance.Held {
	return conformance.Held{Channel: New(nil), In: entryPoint(t), Sign: sign, Covers: true, Odd: []string{`{"data":{}}`, `{"for_user_id":""}`}, Never: word.Match}
}

func TestHeld(t *testing.T) { held(t).Hold(t) }

func FuzzReceive(f *testing.F) { held(f).Fuzz(f) }

func TestSigned(t *testing.T) {
	in := parley.EntryPoint{Secrets: map[string]string{"consumer_secret": "secret"}}
	other := parley.EntryPoint{Secrets: map[string]string{"client_secret": "client"}}
	const body = `{"for_user_id":"1"}`
	for _, c := range []struct {
		name   string
		in     parley.EntryPoint
		body   string
		header http.Header
		want   bool
	}{
		{"A-053: right", in, body, http.Header{"X-Twitter-Webhooks-Signature": {hmac256("secret", []byte(body))}}, true},
		{"A-053: by the client secret, where there is only that", other, body, http.Header{"X-Twitter-Webhooks-Signature-Oauth2": {hmac256("client", []byte(body))}}, true},
		{"A-053: none", in, body, http.Header{}, false},
		{"A-053: another secret", in, body, http.Header{"X-Twitter-Webhooks-Signature": {hmac256("x", []byte(body))}}, false},
		{"A-053: no secret of ours", parley.EntryPoint{}, body, http.Header{"X-Twitter-Webhooks-Signature": {hmac256("", []byte(body))}}, false},
		{"A-053: a trailing newline", in, body + "\n", http.Header{"X-Twitter-Webhooks-Signature": {hmac256("secret", []byte(body))}}, false},
		{"A-053: without its prefix", in, body, http.Header{"X-Twitter-Webhooks-Signature": {strings.TrimPrefix(hmac256("secret", []byte(body)), "sha256=")}}, false},
		{"A-053: another case", in, body, http.Header{"X-Twitter-Webhooks-Signature": {strings.ToLower(hmac256("secret", []byte(body)))}}, false},
		{"A-053: two of them", in, body, http.Header{"X-Twitter-Webhooks-Signature": {hmac256("secret", []byte(body)), "x"}}, false},
		{"A-055: a word we signed ourselves", in, "12345", http.Header{"X-Twitter-Webhooks-Signature": {hmac256("secret", []byte("12345"))}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := signed(c.in, channel.Request{Header: c.header, Body: []byte(c.body)}); got != c.want {
				t.Errorf("signed: %v, want %v", got, c.want)
			}
		})
	}
}

func TestChallenge(t *testing.T) {
	in := parley.EntryPoint{Secrets: map[string]string{"consumer_secret": "secret"}}
	for _, token := range []string{`{"direct_message_events":[]}`, strings.Repeat("a", 129), strings.Repeat("a", 5<<10), "<b>", "", "a b", "a\n", "\"a\""} {
		_, err := New(nil).Receive(in, channel.Request{Method: "GET", Query: url.Values{"crc_token": {token}}})
		if !errors.Is(err, parley.ErrBadRequest) {
			t.Errorf("A-055: %.40q is signed: %v", token, err)
		}
	}
	if _, err := New(nil).Receive(in, channel.Request{Method: "GET", Query: url.Values{"crc_token": {"a", "b"}}}); !errors.Is(err, parley.ErrBadRequest) {
		t.Error("A-055: two tokens")
	}
	if _, err := New(nil).Receive(parley.EntryPoint{}, channel.Request{Method: "GET", Query: url.Values{"crc_token": {"a"}}}); !errors.Is(err, parley.ErrBadRequest) {
		t.Error("A-055: signed with an empty key")
	}
}

// The example of X's own page.
//
// Source: https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
func TestOAuth1(t *testing.T) {
	in := parley.EntryPoint{Secrets: map[string]string{
		"consumer_secret": "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", "access_token_secret": "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
	}}
	req, err := http.NewRequest("POST", "https://api.twitter.com/1.1/statuses/update.json?include_entities=true", nil)
	if err != nil {
		t.Fatal(err)
	}
	params := url.Values{
		"oauth_consumer_key": {"xvz1evFS4wEEPTGEFPHBog"}, "oauth_nonce": {"kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"},
		"oauth_signature_method": {"HMAC-SHA1"}, "oauth_timestamp": {"1318622958"},
		"oauth_token": {"370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"}, "oauth_version": {"1.0"},
	}
	form := url.Values{"status": {"Hello Ladies + Gentlemen, a signed OAuth request!"}}
	if got := signature1(in, req, params, form); got != "hCtSmYh+iHYCEqBWrE7C7hYmtUk=" {
		t.Errorf("the signature is %s", got)
	}
}

func TestClass(t *testing.T) {
	// Source: networks.md 4, the table of errors.
	for _, c := range []struct {
		status int
		body   string
		want   channel.Code
	}{
		{429, `{"title":"Too Many Requests"}`, channel.Throttled},
		{400, `{"errors":[{"code":88,"message":"Rate limit exceeded"}]}`, channel.Throttled},
		{403, `{"title":"Forbidden","detail":"You do not have permission to DM one or more participants."}`, channel.RecipientUnavailable},
		{403, `{"errors":[{"code":349,"message":"You cannot send messages to this user."}]}`, channel.RecipientUnavailable},
		{403, `{"errors":[{"code":150}]}`, channel.RecipientUnavailable},
		{403, `{"errors":[{"code":151}]}`, channel.RecipientUnavailable},
		{403, `{"errors":[{"code":354,"message":"too long"}]}`, channel.TooLong},
		{401, `{"title":"Unauthorized"}`, channel.Auth},
		{401, `{"errors":[{"code":32}]}`, channel.Auth},
		{401, `{"errors":[{"code":89,"message":"Invalid or expired token"}]}`, channel.Auth},
		{403, `{"title":"Client Forbidden","type":"https://api.twitter.com/2/problems/client-forbidden","reason":"client-not-enrolled"}`, channel.Config},
		{429, `{"title":"UsageCapExceeded","type":"https://api.twitter.com/2/problems/usage-capped"}`, channel.Config},
		{403, `{"title":"Forbidden","type":"https://api.twitter.com/2/problems/oauth1-permissions"}`, channel.Config},
		{403, `{"errors":[{"code":326,"message":"locked"}]}`, channel.Blocked},
		{403, `{"errors":[{"code":64,"message":"suspended"}]}`, channel.Blocked},
		{400, `{"title":"Invalid Request","errors":[{"message":"Your media IDs are invalid."}]}`, channel.MediaFault},
		{400, `{"title":"Invalid Request"}`, channel.BadRequest},
		{500, `{}`, channel.Transient}, {503, `over capacity`, channel.Transient}, {502, ``, channel.UnknownOutcome},
		{200, `{"errors":[{"code":349,"message":"no"}]}`, channel.RecipientUnavailable},
	} {
		e := refusal(channel.Answer{Status: c.status, Body: []byte(c.body), Header: http.Header{}})
		if e == nil || e.Code != c.want {
			t.Errorf("%d %s is %v, want %s", c.status, c.body, e, c.want)
		}
	}
	if e := refusal(channel.Answer{Status: 201, Body: []byte(`{"data":{"dm_event_id":"1"}}`)}); e != nil {
		t.Errorf("a yes is taken for %v", e)
	}
}

func TestUntil(t *testing.T) {
	h := func(pairs ...string) http.Header {
		out := http.Header{"Date": {"Mon, 02 Mar 2026 09:00:00 GMT"}}
		for i := 0; i < len(pairs); i += 2 {
			out.Set(pairs[i], pairs[i+1])
		}
		return out
	}
	for _, c := range []struct {
		name   string
		header http.Header
		want   time.Duration
	}{
		{"the window's end", h("x-rate-limit-remaining", "0", "x-rate-limit-reset", "1772442700"), 700 * time.Second},
		{"the day's end, which is later", h("x-rate-limit-remaining", "0", "x-rate-limit-reset", "1772442700", "x-user-limit-24hour-remaining", "0", "x-user-limit-24hour-reset", "1772449200"), 2 * time.Hour},
		{"nothing said", h(), time.Minute},
		{"not used up", h("x-rate-limit-remaining", "3", "x-rate-limit-reset", "1772442700"), time.Minute},
		{"past", h("x-rate-limit-remaining", "0", "x-rate-limit-reset", "1772441000"), time.Minute},
	} {
		if got := until(c.header); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// house is a Host that remembers.
type house struct {
	mu     sync.Mutex
	saved  []map[string]string
	news   []*channel.News
	enough context.CancelFunc
	fail   int // how often saving fails first
}

func (h *house) Receive(context.Context, channel.Received, []byte) error { return nil }
func (h *house) Now() time.Time                                          { return conformance.Day }
func (h *house) Save(_ context.Context, secrets map[string]string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fail > 0 {
		h.fail--
		return parley.ErrStorageUnavailable
	}
	h.saved = append(h.saved, secrets)
	return nil
}

func (h *house) Trouble(_ context.Context, news *channel.News) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.news = append(h.news, news)
	h.enough()
}

func TestRunRenews(t *testing.T) {
	var asked []url.Values
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		asked = append(asked, r.PostForm)
		if id, secret, ok := r.BasicAuth(); !ok || id != "client" || secret != "word" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte(`{"token_type":"bearer","expires_in":7200,"access_token":"new","refresh_token":"next"}`))
	}))
	defer server.Close()
	in := parley.EntryPoint{ID: "ent_x", Settings: map[string]string{"base_url": server.URL, "auth": "oauth2", "client_id": "client"},
		Secrets: map[string]string{"client_secret": "word", "oauth2_token": "old", "refresh_token": "first"}}
	ctx, cancel := context.WithCancel(context.Background())
	host := &house{enough: cancel}
	x := New(server.Client())
	if err := x.Run(ctx, in, host); ctx.Err() == nil || err == nil {
		t.Fatalf("Run ended with %v", err)
	}
	if len(host.saved) != 1 || host.saved[0]["oauth2_token"] != "new" || host.saved[0]["refresh_token"] != "next" || host.saved[0]["oauth2_until"] != "1772449200000" {
		t.Errorf("saved %v", host.saved)
	}
	if asked[0].Get("refresh_token") != "first" || asked[0].Get("grant_type") != "refresh_token" {
		t.Errorf("asked %v", asked[0])
	}
	if x.token(in) != "new" {
		t.Error("a send with the entry point as it was before uses the new token")
	}
	in.Secrets["oauth2_token"] = "typed in anew"
	if x.token(in) != "typed in anew" {
		t.Error("what an administrator filled in counts")
	}
	if len(host.news) != 1 || host.news[0] != nil {
		t.Errorf("news %v", host.news)
	}
}

// A token that X does not take any more is renewed; what was refused is tried again.
func TestRunWoken(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/2/oauth2/token":
			_, _ = w.Write([]byte(`{"expires_in":7200,"access_token":"new","refresh_token":"next"}`))
		case r.Header.Get("Authorization") == "Bearer new":
			_, _ = w.Write([]byte(`{"data":{"dm_event_id":"7"}}`))
		default:
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"title":"Unauthorized","status":401}`))
		}
	}))
	defer server.Close()
	in := parley.EntryPoint{ID: "ent_x", Settings: map[string]string{"base_url": server.URL, "auth": "oauth2", "client_id": "client"},
		Secrets: map[string]string{"oauth2_token": "old", "refresh_token": "first", "oauth2_until": "1772449200000"}}
	x := New(server.Client())
	m := parley.Outbound{ID: "msg_1", To: keys("2"), Text: "Hi"}
	if _, err := x.Send(t.Context(), in, m); codeOf(err) != channel.Auth {
		t.Fatalf("where nobody keeps the token alive, it is refused: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	renewed, ended := make(chan struct{}), make(chan error)
	host := &house{enough: func() { close(renewed) }}
	x.keeps(in.ID, &safekeeper{old: "old", wake: make(chan struct{}, 1)})
	if _, err := x.Send(t.Context(), in, m); codeOf(err) != channel.Transient {
		t.Fatalf("R-48: where somebody does, it may be tried again: %v", err)
	}
	woken := x.kept[in.ID].wake
	go func() { ended <- x.run(ctx, in, host, &safekeeper{old: "old", wake: woken}) }()
	<-renewed
	if id, err := x.Send(t.Context(), in, m); err != nil || id != "7" {
		t.Errorf("with the new token it goes: %s, %v", id, err)
	}
	cancel()
	if err := <-ended; err == nil || len(host.saved) != 1 {
		t.Errorf("Run ended with %v, saved %v", err, host.saved)
	}
}

// A token that X has only just given and refuses all the same is asked for again
// soon; a send that still had the one before asks for none.
func TestRunRefusedAgain(t *testing.T) {
	var mu sync.Mutex
	given, good := 0, "new-2"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case r.URL.Path == "/2/oauth2/token":
			given++
			_, _ = fmt.Fprintf(w, `{"expires_in":7200,"access_token":"new-%d","refresh_token":"next"}`, given)
		case r.Header.Get("Authorization") == "Bearer "+good:
			_, _ = w.Write([]byte(`{"data":{"dm_event_id":"7"}}`))
		default:
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	in := parley.EntryPoint{ID: "ent_x", Settings: map[string]string{"base_url": server.URL, "auth": "oauth2", "client_id": "client"},
		Secrets: map[string]string{"oauth2_token": "old", "refresh_token": "first"}}
	renewed, ended := make(chan struct{}, 2), make(chan error)
	ctx, cancel := context.WithCancel(t.Context())
	x, host := New(server.Client()), &house{enough: func() { renewed <- struct{}{} }}
	go func() { ended <- x.Run(ctx, in, host) }()
	<-renewed // nobody knows until when the first one lasts
	m := parley.Outbound{ID: "msg_1", To: keys("2"), Text: "Hi"}
	if _, err := x.Send(t.Context(), in, m); codeOf(err) != channel.Transient {
		t.Fatalf("R-48: it may be tried again: %v", err)
	}
	<-renewed
	in.Secrets = map[string]string{"oauth2_token": "new-1"} // saved after the first
	if id, err := x.Send(t.Context(), in, m); err != nil || id != "7" {
		t.Errorf("with the newest token it goes: %s, %v", id, err)
	}
	if !x.expired(in, "new-1") || len(x.kept[in.ID].wake) != 0 {
		t.Error("the token before was replaced already")
	}
	cancel()
	<-ended
	if given != 2 {
		t.Errorf("X was asked %d times", given)
	}
}

func TestPauseBetweenTokens(t *testing.T) {
	for _, c := range []struct{ pause, lasted, want time.Duration }{
		{0, time.Hour, time.Second}, {time.Second, time.Second, 2 * time.Second}, {40 * time.Second, 50 * time.Second, time.Minute},
		{time.Minute, time.Minute, time.Minute}, {time.Minute, time.Hour, time.Second},
	} {
		if got := longer(c.pause, c.lasted); got != c.want {
			t.Errorf("R-48: after a pause of %s and a token good for %s: %s, want %s", c.pause, c.lasted, got, c.want)
		}
	}
}

func TestRunRefused(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_request","error_description":"Value passed for the token was invalid."}`))
	}))
	defer server.Close()
	in := parley.EntryPoint{ID: "ent_x", Settings: map[string]string{"base_url": server.URL, "auth": "oauth2"}, Secrets: map[string]string{"refresh_token": "used"}}
	host := &house{enough: func() {}}
	err := New(server.Client()).Run(context.Background(), in, host)
	if codeOf(err) != channel.Auth || len(host.news) != 1 || host.news[0].Code != channel.Auth {
		t.Errorf("R-48: a used up token: %v, told %v", err, host.news)
	}
}

// codeOf is what the network said, "" if it said nothing.
func codeOf(err error) channel.Code {
	var e *channel.SendError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
