package drill

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
)

// traced skips a test where strace may not trace, and says so.
func traced(t *testing.T) {
	t.Helper()
	if out, err := exec.Command("strace", "-f", "-o", "/dev/null", "true").CombinedOutput(); err != nil {
		t.Skipf("this machine may not trace (%v %s); the cut write-ahead log stands in", err, out)
	}
}

// TestFlushFails is R-04: the first failed flush ends the process with 74 and
// one sentence, nothing is acknowledged after it, and the next start is clean.
// It fails once: a second flush that "succeeds" (M16) would go on.
func TestFlushFails(t *testing.T) {
	t.Parallel()
	traced(t)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := server(t, "")
	if err := s.Start(ctx); err != nil { // makes the demo without a fault
		t.Fatal(err)
	}
	s.Stop()
	s.Prefix = []string{"strace", "-f", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=40"}
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	crowd := openDoors(ctx, t, s.URL, 4, "amy")
	await(ctx, t, s.Ended, time.Minute)
	if !s.Ended() {
		t.Fatal("the server went on after a failed flush")
	}
	if code := s.Wait(); code != 74 {
		t.Errorf("exit code %d, want 74: %s", code, lastLine(s.Output()))
	}
	s.Prefix = nil
	if err := s.Start(ctx); err != nil {
		t.Fatalf("the next start: %v", err)
	}
	crowd.close()
	crowd.book.audit(ctx, t)
	clean(ctx, t, s)
}

// TestSlowDisk is R-06: every flush takes 200 ms; all goes slower and nothing is
// acknowledged that is not kept.
func TestSlowDisk(t *testing.T) {
	t.Parallel()
	traced(t)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := server(t, "")
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	s.Stop()
	s.Prefix = []string{"strace", "-f", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:delay_enter=200000"}
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	crowd := openDoors(ctx, t, s.URL, 6, "amy", "bob")
	time.Sleep(5 * time.Second)
	s.Kill() // whatever had been acknowledged is kept, however slow
	s.Prefix = nil
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	crowd.close()
	crowd.book.audit(ctx, t)
	clean(ctx, t, s)
}

// TestDiskFull is R-05 (and R-07): a full disk refuses with storage_full, reads
// go on, and it serves again without a restart when there is room.
func TestDiskFull(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := server(t, "")
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", s.Data).CombinedOutput(); err != nil {
		t.Skipf("this machine may not mount (%s); the ledger's tests use max_page_count", strings.TrimSpace(string(out)))
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", s.Data).Run() })
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	book := newBook()
	v := people.NewVisitor(s.URL, "ann")
	book.intend("hello")
	if err := v.Begin(ctx, "ent_demo", "hello"); err != nil {
		t.Fatal(err)
	}
	book.meet(v)
	amy, err := people.SignIn(ctx, s.URL, "amy", "demo")
	if err != nil {
		t.Fatal(err)
	}
	draft := func() error {
		in := map[string]any{"status": "open", "subject": "Kept", "notes": strings.Repeat("x", 2000), "draft": true}
		return amy.Do(ctx, http.MethodPost, "/api/cases", in, nil)
	}
	say := func(text string) error {
		book.intend(text)
		ack, err := v.Send(ctx, uuid.NewString(), text)
		if err == nil {
			book.ack(text, ack)
		}
		return err
	}
	if err := say("before"); err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(s.Data, "filler")
	fill(t, filler)
	full := 0
	for n := 0; full < 5 && n < 5000; n++ {
		var refusal *people.Refusal
		switch err := say(unique("ann", n) + strings.Repeat(".", 2000)); {
		case err == nil:
		case errors.As(err, &refusal) && refusal.Code == "storage_full" && refusal.Status == 503:
			full++
		default:
			t.Fatalf("a full disk answered %v", err)
		}
	}
	if full == 0 {
		t.Fatal("the disk never was full")
	}
	if _, err := v.Messages(ctx); err != nil {
		t.Errorf("reading while full: %v", err)
	}
	for range 20 { // in the room that is kept for that
		if err := draft(); err != nil {
			t.Fatalf("a draft of a case while full: %v", err)
		}
	}
	var refusal *people.Refusal
	if err := say("still " + uuid.NewString()); !errors.As(err, &refusal) || refusal.Code != "storage_full" {
		t.Errorf("the reserve serves everybody: %v", err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if err := people.Insist(ctx, func() error { return say("after " + uuid.NewString()) }); err != nil {
		t.Errorf("with room again: %v", err)
	}
	book.audit(ctx, t)
	clean(ctx, t, s)
}

// fill writes until nothing more fits, but for a little.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 64<<10)
	for {
		if _, err := f.Write(block); err != nil {
			return
		}
	}
}
