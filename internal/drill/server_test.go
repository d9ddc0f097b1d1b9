package drill

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"parley/internal/drill/people"
	"parley/internal/store/storetest"
)

// number returns a whole number from the environment.
func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// binary builds the program once, unless PARLEY_BIN names it.
var binary = sync.OnceValues(func() (string, error) {
	if bin := os.Getenv("PARLEY_BIN"); bin != "" {
		return bin, nil
	}
	dir, err := os.MkdirTemp("", "parley-drill-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "parley")
	out, err := exec.Command("go", "build", "-o", bin, "parley/cmd/parley").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return bin, nil
})

// server returns a server with its own data that ends with the test.
func server(t *testing.T, database string) *people.Server {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	// All guests share one address, and so one bucket.
	s := &people.Server{Bin: bin, Data: t.TempDir(), Database: database, Args: []string{"--limit-scale", "100000"}}
	t.Cleanup(func() {
		if s.URL != "" && !s.Ended() {
			s.Kill()
		}
		if t.Failed() && s.URL != "" {
			t.Logf("the server's last words:\n%s", s.Output())
		}
	})
	return s
}

// eachDatabase runs a drill on SQLite and on a fresh PostgreSQL schema.
func eachDatabase(t *testing.T, drill func(t *testing.T, database string)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); drill(t, "") })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); drill(t, storetest.Postgres(t)) })
}

// clean stops the server and lets parley verify audit what it left.
func clean(ctx context.Context, t *testing.T, s *people.Server) {
	t.Helper()
	if code := s.Stop(); code != 0 {
		t.Errorf("the server stopped with %d: %s", code, lastLine(s.Output()))
	}
	if out, err := s.Run(ctx, "verify"); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	} else {
		t.Log(lastLine(out))
	}
}
