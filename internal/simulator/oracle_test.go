package simulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/all"
)

// oracles are the scripts in /oracles: clients written by others. The number is
// how many checks each has at least, so that a script that stops early is seen.
var oracles = map[string]int{"twilio": 34, "smpp": 28, "vonage": 35, "x": 26, "dynamics": 33, "salesforce": 25}

// TestOracles runs each script against a simulator of its own.
func TestOracles(t *testing.T) {
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("npm is not installed, so that the providers' own clients cannot run")
	}
	folder, err := filepath.Abs("../../oracles")
	if err != nil {
		t.Fatal(err)
	}
	installOracles(t, npm, folder)
	for name, least := range oracles {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			out, err := exec.CommandContext(ctx, "node", filepath.Join(folder, name+".mjs"), serve(t)).CombinedOutput()
			n := bytes.Count(append([]byte("\n"), out...), []byte("\nok "))
			t.Logf("%d checks", n)
			if err != nil || n < least {
				t.Errorf("%d checks passed, at least %d must: %v\n%s", n, least, err, out)
			}
		})
	}
}

// serve runs a simulator of every network and returns its address.
func serve(t *testing.T) string {
	t.Helper()
	s := simulator.New(simulator.Options{Providers: all.Providers(), Client: &http.Client{}, Now: time.Now, Seed: 1})
	server := httptest.NewServer(s.Handler())
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { s.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		running.Wait()
		_ = s.Close()
		server.Close()
	})
	return server.URL
}

// installed reports whether every client is there, also one that was added since.
func installed(t *testing.T, folder string) bool {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		t.Fatal(err)
	}
	var wanted struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal(raw, &wanted); err != nil {
		t.Fatal(err)
	}
	for name := range wanted.Dependencies {
		if _, err := os.Stat(filepath.Join(folder, "node_modules", filepath.FromSlash(name), "package.json")); err != nil {
			return false
		}
	}
	_, err = os.Stat(filepath.Join(folder, "node_modules", ".package-lock.json"))
	return err == nil
}

// installOracles fetches the clients once, in the versions of the lock file.
func installOracles(t *testing.T, npm, folder string) {
	t.Helper()
	if installed(t, folder) {
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	command.Dir = folder
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("npm ci in oracles: %v\n%s", err, strings.TrimSpace(string(out)))
	}
}
