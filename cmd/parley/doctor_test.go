package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/store"
)

// TestEntries holds the sentence the doctor says about a log.
func TestEntries(t *testing.T) {
	for n, want := range map[int64]string{0: "0 entries", 1: "1 entry", 2: "2 entries"} {
		if got := entries(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// TestReserve R-05: the doctor says when no room is kept for a full disk.
func TestReserve(t *testing.T) {
	c := &doctorCommand{}
	c.Data = t.TempDir()
	sees := func(words string, well bool) {
		t.Helper()
		if f := c.spare(); (f.err == nil) != well || !strings.Contains(f.says+fmt.Sprint(f.err), words) {
			t.Errorf("R-05: %q, %v; want %q", f.says, f.err, words)
		}
	}
	sees("none yet", true)
	s, err := store.Open(t.Context(), c.dsn(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sees("the next start keeps 32 MiB", true)
	if err := errors.Join(c.reserve().Keep(), s.Close()); err != nil {
		t.Fatal(err)
	}
	sees("32 MiB are kept", true)
	if err := os.Truncate(c.reserveFile(), 1); err != nil {
		t.Fatal(err)
	}
	sees("has 1 bytes", false)
	c.Database = "postgres://parley@localhost/parley"
	sees("its own server", true)
}

// TestSealedShut is A-095: the doctor says when a key is gone, or is another, and
// whose secrets are shut.
func TestSealedShut(t *testing.T) {
	c := &doctorCommand{}
	c.Data = t.TempDir()
	if f := c.secrets(t.Context()); f.err != nil {
		t.Errorf("before the first start: %v", f.err)
	}
	key, err := seal.Load("", c.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	connected(t, c.dsn(), key)
	if f := c.secrets(t.Context()); f.err != nil || f.says != "those of mail.password, Tin, Dynamics, Bot open" {
		t.Errorf("with its key: %q, %v", f.says, f.err)
	}
	if err := os.Rename(c.keyFile(), filepath.Join(c.Data, "away")); err != nil {
		t.Fatal(err)
	}
	if f := c.secrets(t.Context()); f.err == nil || !strings.Contains(f.err.Error(), "Bot are sealed and ") || !strings.Contains(f.err.Error(), "is gone") {
		t.Errorf("without it: %v", f.err)
	}
	if _, err := seal.Load("", c.keyFile()); err != nil {
		t.Fatal(err)
	}
	if f := c.secrets(t.Context()); f.err == nil || !strings.Contains(f.err.Error(), "those of mail.password, Tin, Dynamics, Bot:") || strings.Contains(f.err.Error(), "t0ken") {
		t.Errorf("with another: %v", f.err)
	}
}

// connected makes a center with secrets wherever there can be some.
func connected(t *testing.T, dsn string, key *seal.Seal) {
	t.Helper()
	s, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), s, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- l.Run(ctx) }()
	err = l.Do(ctx, ledger.Command{Name: "connect", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
			r.SaveQueue(parley.Queue{
				ID: "que_1", Name: "Support", Enabled: true, Priority: 5, Policy: parley.PolicyLoadThenIdle, Requeue: "original_time",
				AcceptInterval: 30 * time.Second, SLAPercent: 80, SLATime: time.Minute, ReplyTarget: time.Minute,
				OnMaxWait: parley.QueueWait, OnFull: parley.QueueWait, NoAgents: parley.QueueWait, OnClose: parley.QueueDrain,
			})
			r.SaveEntryPoint(parley.EntryPoint{
				ID: "ent_1", Channel: parley.SMS, Provider: "tin", Name: "Tin", Queue: "que_1",
				Sealed: key.Secrets("ent_1", map[string]string{"token": "t0ken"}),
			})
			r.SaveConnection(store.Connection{ID: "crm_1", Kind: "dynamics", Name: "Dynamics", Sealed: key.Secrets("crm_1", map[string]string{"client_secret": "t0ken"})})
			r.SaveWebhook(store.Webhook{ID: "whk_1", Name: "Bot", Sealed: key.Secrets("whk_1", map[string]string{"current": "t0ken"})})
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "mail.password", Value: `"` + key.Text("setting tenant  mail.password", "t0ken") + `"`})
		}}, nil
	}})
	stop()
	if ran := <-ended; err != nil || ran != nil && !errors.Is(ran, context.Canceled) {
		t.Fatal(err, ran)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestRestoreNoCopy: a file that is no copy restores nothing, and is named.
func TestRestoreNoCopy(t *testing.T) {
	c := &restoreCommand{File: filepath.Join(t.TempDir(), "notes.txt")}
	c.Data = t.TempDir()
	if err := os.WriteFile(c.File, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "notes.txt is damaged or is no copy") {
		t.Errorf("got %v", err)
	}
}

// TestMigrateMakesNone: a slip in the folder's name is said, and makes no new center.
func TestMigrateMakesNone(t *testing.T) {
	c := &migrateCommand{database{Data: filepath.Join(t.TempDir(), "dtaa")}}
	if err := c.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "there is no center in") {
		t.Errorf("migrated what is not there: %v", err)
	}
	if _, err := os.Stat(c.Data); err == nil {
		t.Error("the folder was made")
	}
}
