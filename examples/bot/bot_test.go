// Package bot holds the test of bot.mjs.
package bot

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
)

type object = map[string]any

// patience is when a test gives up on what must happen.
const patience = 2 * time.Minute

// output is what a process prints, as it comes.
type output struct {
	mu  sync.Mutex // guards all
	all bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.all.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.all.String()
}

// build builds the server.
func build(t *testing.T) string {
	t.Helper()
	if bin := os.Getenv("PARLEY_BIN"); bin != "" {
		return bin
	}
	bin := filepath.Join(t.TempDir(), "parley")
	if out, err := exec.Command("go", "build", "-o", bin, "parley/cmd/parley").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

// must ends the test if something failed.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// until tries again until something is so.
func until(ctx context.Context, t *testing.T, what string, so func() bool) {
	t.Helper()
	for !so() {
		select {
		case <-ctx.Done():
			t.Fatalf("never: %s", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// desk is a server and the people of this test.
type desk struct {
	*people.Server
	ada, amy          *people.Agent
	key, entry, queue string
}

// opened starts a demo server with an entry point of the channel API, and a key.
func opened(ctx context.Context, t *testing.T, webhook string) *desk {
	t.Helper()
	d := &desk{Server: &people.Server{Bin: build(t), Data: t.TempDir()}}
	must(t, d.Start(ctx))
	t.Cleanup(func() {
		d.Kill()
		if t.Failed() {
			t.Log(d.Output())
		}
	})
	var err error
	d.ada, err = people.SignIn(ctx, d.URL, "ada", "demo")
	must(t, err)
	d.amy, err = people.SignIn(ctx, d.URL, "amy", "demo")
	must(t, err)
	var queues struct{ Items []struct{ ID, Name string } }
	must(t, d.ada.Do(ctx, "GET", "/api/admin/queues", nil, &queues))
	for _, q := range queues.Items {
		if q.Name == "Support" {
			d.queue = q.ID
		}
	}
	var made struct{ ID string }
	must(t, d.ada.Do(ctx, "POST", "/api/admin/entry-points", object{
		"channel": "open", "provider": "open", "name": "Bot", "enabled": true, "queue_id": d.queue, "address": "bot", "script": script(),
		"settings": object{"webhook_url": webhook, "begins": "handover"}, "secrets": object{"webhook_secret": "a-secret-of-the-bot"},
	}, &made))
	d.entry = made.ID
	var key struct{ Key string }
	must(t, d.ada.Do(ctx, "POST", "/api/admin/api-keys", object{"name": "Bot", "scopes": []string{"channel"}}, &key))
	d.key = key.Key
	return d
}

func script() object {
	return object{
		"schedule": object{"zone": "UTC", "hours": []any{}}, "greeting": object{"en": "", "fr": ""}, "closed": object{"en": "", "fr": ""},
		"title": object{"en": "", "fr": ""}, "form": []any{}, "skip_queue": false, "offline_form": false, "position": false,
		"customer_end": true, "language": "en", "accent": "#1a5fb4",
	}
}

// TestBot API-01, API-02: a customer talks to the bot, asks for a person, and
// amy, who sees all of it, answers through the bot.
func TestBot(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	port, err := people.FreePort()
	must(t, err)
	listen := fmt.Sprintf("127.0.0.1:%d", port)
	d := opened(ctx, t, "http://"+listen+"/parley")

	said := &output{}
	bot := exec.Command("node", "bot.mjs")
	bot.Env = append(os.Environ(), "PARLEY_URL="+d.URL, "PARLEY_KEY="+d.key, "ENTRY_POINT="+d.entry, "QUEUE="+d.queue,
		"WEBHOOK_SECRET=a-secret-of-the-bot", fmt.Sprintf("PORT=%d", port))
	bot.Stdout, bot.Stderr = said, said
	must(t, bot.Start())
	t.Cleanup(func() {
		_ = bot.Process.Kill()
		_ = bot.Wait()
		if t.Failed() {
			t.Log(said)
		}
	})
	var hears string
	zoe := func(words string) bool {
		r, err := http.Post("http://"+listen+"/say?from=zoe", "text/plain", strings.NewReader(words))
		if err != nil {
			return false // it does not listen yet
		}
		defer r.Body.Close()
		text, _ := io.ReadAll(r.Body)
		hears = strings.TrimSpace(string(text))
		return true
	}
	until(ctx, t, "the bot listens", func() bool { return zoe("Where is my order?") })
	if hears != "You said: Where is my order?" {
		t.Fatalf("API-01: the bot says %q", hears)
	}
	if zoe("A person, please"); hears != "I get somebody." {
		t.Fatalf("API-01: the bot says %q", hears)
	}

	must(t, d.amy.Ready(ctx))
	var interaction string
	until(ctx, t, "amy is offered zoe", func() bool {
		s, err := d.amy.Snapshot(ctx)
		must(t, err)
		for _, i := range s.Interactions {
			if i.Offer != nil {
				interaction = i.ID
				return d.amy.Accept(ctx, i.Offer.ID) == nil
			}
		}
		return false
	})
	s, err := d.amy.Snapshot(ctx)
	must(t, err)
	before := fmt.Sprint(s.Messages)
	for _, line := range []string{"Where is my order?", "You said: Where is my order?", "A person, please", "I get somebody."} {
		if !strings.Contains(before, line) {
			t.Errorf("API-01: amy does not see %q in %s", line, before)
		}
	}
	_, err = d.amy.Send(ctx, interaction, uuid.NewString(), "It left today")
	must(t, err)
	until(ctx, t, "zoe hears amy", func() bool { return strings.Contains(said.String(), "zoe hears: It left today") })
	if zoe("Thank you"); hears != "" {
		t.Errorf("API-01: the bot talks over amy: %q", hears)
	}
	const body = `{"id":"1","type":"message","data":{}}`
	now := time.Now()
	for _, c := range []struct {
		what, signature string
		want            int
	}{
		{"what nobody signed", "", http.StatusForbidden},
		{"what another signed", signed("another-secret", now, body), http.StatusForbidden},
		{"what was signed an hour ago", signed("a-secret-of-the-bot", now.Add(-time.Hour), body), http.StatusForbidden},
		{"what the newer of two secrets signed", signed("another-secret", now, body) + ",v1=" + mac("a-secret-of-the-bot", now, body), http.StatusOK},
	} {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+listen+"/parley", strings.NewReader(body))
		must(t, err)
		r.Header.Set("Parley-Signature", c.signature)
		answer, err := http.DefaultClient.Do(r)
		must(t, err)
		answer.Body.Close()
		if answer.StatusCode != c.want {
			t.Errorf("API-02: %s is answered %d, want %d", c.what, answer.StatusCode, c.want)
		}
	}
}

// signed is the header of a body that somebody signed.
func signed(secret string, at time.Time, body string) string {
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), mac(secret, at, body))
}

func mac(secret string, at time.Time, body string) string {
	m := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(m, "%d.%s", at.Unix(), body)
	return hex.EncodeToString(m.Sum(nil))
}

// TestShort API-01: the example can be read at one go: 60 lines.
func TestShort(t *testing.T) {
	source, err := os.ReadFile("bot.mjs")
	must(t, err)
	if n := bytes.Count(source, []byte("\n")); n > 60 {
		t.Errorf("it has %d lines", n)
	}
}

// TestDocs API-01: the lines of docs/api.md do what they say.
func TestDocs(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("there is no curl")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	d := opened(ctx, t, "http://127.0.0.1:9/parley")
	page, err := os.ReadFile("../../docs/api.md")
	must(t, err)
	_, chapter, _ := strings.Cut(string(page), "## Build a channel or a bot")
	_, lines, _ := strings.Cut(chapter, "```sh\n")
	lines, _, ok := strings.Cut(lines, "```")
	if !ok {
		t.Fatal("the chapter has no lines to run")
	}
	shell := exec.CommandContext(ctx, "sh", "-e")
	shell.Env = append(os.Environ(), "p="+d.URL, "key="+d.key, "entry="+d.entry, "queue="+d.queue)
	shell.Stdin = strings.NewReader(lines)
	out, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{`"state":"created"`, `"state":"active"`, `"type":"queue","id":"` + d.queue} {
		if !strings.Contains(string(out), want) {
			t.Errorf("API-01: %s is not in\n%s", want, out)
		}
	}
	var last struct{ State string }
	bearer := people.NewDoor(d.URL)
	bearer.Bearer = d.key
	must(t, bearer.Do(ctx, "GET", "/api/channel/"+d.entry+"/conversations/zoe", nil, &last))
	if last.State != "idle" {
		t.Errorf("API-01: ended it is %s", last.State)
	}
}
