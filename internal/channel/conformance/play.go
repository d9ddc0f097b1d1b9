package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
)

var update = flag.Bool("update", false, "write want.json of every recording anew")

// Day is when every recording plays.
var Day = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// Signer fills in what the network would have signed.
type Signer func(in parley.EntryPoint, r *channel.Request)

// Play plays every recording of the package under test to ch.
//
// Source: A-053.
func Play(t *testing.T, ch channel.Channel, sign Signer) {
	t.Helper()
	each(t, func(t *testing.T, rec recording) any { return play(t, ch, rec, sign) })
}

// Each plays the recordings of a network that does not speak HTTP: play returns
// what one means, given its sections by their names.
func Each(t *testing.T, play func(t *testing.T, in parley.EntryPoint, section func(string) string) any) {
	t.Helper()
	each(t, func(t *testing.T, rec recording) any {
		return play(t, entryPoint(t, rec), func(name string) string {
			data, _ := rec.get(name)
			return data
		})
	})
}

func each(t *testing.T, play func(*testing.T, recording) any) {
	t.Helper()
	for _, rec := range read(t) {
		t.Run(strings.TrimSuffix(filepath.Base(rec.path), ".txtar"), func(t *testing.T) {
			if strings.TrimSpace(rec.comment) == "" {
				t.Error("a recording begins with what it shows")
			}
			got := pretty(show(play(t, rec)))
			if *update {
				if err := rec.save(got); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, ok := rec.get("want.json")
			if !ok {
				t.Fatal("there is no want.json: run with -update and read what it wrote")
			}
			if got != canonical("", []byte(want)) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// play returns what the recording means to ch.
func play(t *testing.T, ch channel.Channel, rec recording, sign Signer) any {
	in := entryPoint(t, rec)
	if raw, ok := rec.get("request"); ok {
		r := request(in, raw, sign)
		return received(t, ch, in, r)
	}
	net := open(t, rec)
	defer net.done()
	in.Settings["base_url"] = net.URL
	for _, s := range rec.sections {
		if ask, ok := asks[s.name]; ok {
			got, err := ask(t, ch, in, strings.ReplaceAll(s.data, "{{base}}", net.URL))
			if err != nil {
				return refusal(err)
			}
			return got
		}
	}
	t.Fatal("there is neither a request nor anything asked")
	return nil
}

func received(t *testing.T, ch channel.Channel, in parley.EntryPoint, r channel.Request) any {
	t.Helper()
	before := string(r.Body)
	got, err := ch.Receive(in, r)
	if err != nil {
		return refusal(err)
	}
	if string(r.Body) != before {
		t.Error("Receive changed the body")
	}
	if again, err := ch.Receive(in, r); err != nil || pretty(show(again)) != pretty(show(got)) {
		t.Errorf("the same request means something else the second time: %v", err)
	}
	return show(got)
}

// refusal is what want.json says of an error.
func refusal(err error) any {
	var sent *channel.SendError
	if errors.As(err, &sent) {
		out, _ := show(sent).(map[string]any)
		out["error"] = out["Code"]
		delete(out, "Code")
		return out
	}
	var ours *parley.Error
	if errors.As(err, &ours) {
		return map[string]any{"error": ours.Code}
	}
	return map[string]any{"error": "a plain error: " + err.Error()}
}

// request reads the request of a recording and signs it where it asks for that.
func request(in parley.EntryPoint, raw string, sign Signer) channel.Request {
	signed := strings.Contains(raw, "\n{{sign}}")
	first, header, body := message(strings.Replace(raw, "\n{{sign}}", "", 1))
	method, address, _ := strings.Cut(first, " ")
	r := channel.Request{Method: method, URL: address, Header: header, Body: []byte(body), Now: Day}
	r.Query = url.Values{}
	if u, err := url.Parse(address); err == nil {
		r.Query = u.Query()
	}
	if signed {
		sign(in, &r)
	}
	return r
}

// entryPoint returns the recording's own entry point, or the one all share.
func entryPoint(t *testing.T, rec recording) parley.EntryPoint {
	t.Helper()
	raw, ok := rec.get("entrypoint.json")
	if !ok {
		shared, err := os.ReadFile("testdata/entrypoint.json")
		if err != nil {
			t.Fatal(err)
		}
		raw = string(shared)
	}
	return EntryPoint(t, raw)
}

// EntryPoint reads an entry point as recordings write it.
func EntryPoint(t testing.TB, raw string) parley.EntryPoint {
	t.Helper()
	var e struct {
		ID       parley.EntryPointID
		Channel  parley.Channel
		Provider string
		Address  parley.Address
		Settings map[string]string
		Secrets  map[string]string
	}
	if err := json.Unmarshal([]byte(raw), &e); err != nil {
		t.Fatalf("entrypoint.json: %v", err)
	}
	if e.Settings == nil {
		e.Settings = map[string]string{}
	}
	return parley.EntryPoint{ID: e.ID, Channel: e.Channel, Provider: e.Provider, Address: e.Address, Enabled: true, Settings: e.Settings, Secrets: e.Secrets}
}

// Requests returns the signed requests of the recordings: seeds for a fuzz target.
func Requests(t testing.TB, in parley.EntryPoint, sign Signer) []channel.Request {
	t.Helper()
	paths, _ := filepath.Glob("testdata/*.txtar")
	var all []channel.Request
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if raw, ok := parse(path, string(text)).get("request"); ok {
			all = append(all, request(in, raw, sign))
		}
	}
	return all
}

// Client reaches loopback and nothing more is asked of it.
func Client() *http.Client {
	return &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// body reads a fetched file whole.
func body(f channel.File) (any, error) {
	defer f.Body.Close()
	data, err := io.ReadAll(f.Body)
	if err != nil {
		return nil, err
	}
	f.Body = nil
	out, _ := show(f).(map[string]any)
	out["Body"] = string(data)
	return out, nil
}

var background = context.Background()
