package drill

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/drill/people"
	"parley/internal/store"
	"parley/internal/verify"
)

// TestPowerCut is R-02: the power goes in the middle of a flush. Of what was
// written since the last finished one any length may be on the disk, its last
// sector torn; the rest of the sectors is nonsense. Whatever was acknowledged is
// there for each length, and nothing else is broken.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	traced(t)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := server(t, "")
	if err := s.Start(ctx); err != nil { // makes the demo undisturbed
		t.Fatal(err)
	}
	s.Stop()
	trace := filepath.Join(t.TempDir(), "trace")
	s.Prefix = []string{"strace", "-f", "-y", "-s", "0", "-o", trace, "-e", "trace=pwrite64,fsync,fdatasync",
		"-e", "inject=fsync,fdatasync:signal=SIGKILL:when=80"}
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	work, home := context.WithCancel(ctx)
	crowd := openDoors(work, t, s.URL, 8, "amy", "bob")
	await(ctx, t, s.Ended, time.Minute)
	if !s.Ended() {
		t.Fatal("the power never went")
	}
	close(crowd.leave)
	home()
	crowd.guests.Wait()
	crowd.staff.Wait()

	open := unflushed(t, trace)
	wal, total := filepath.Join(s.Data, "parley.db-wal"), 0
	for _, w := range open[wal] {
		total += w.length
	}
	if total == 0 || len(crowd.book.known()) == 0 {
		t.Fatalf("%d bytes were under way and %d lines acknowledged: the drill proved nothing", total, len(crowd.book.known()))
	}
	const cuts = 8
	for i := range cuts + 1 {
		cut := total * i / cuts
		t.Run(fmt.Sprintf("%d of %d bytes", cut, total), func(t *testing.T) {
			data := powerless(t, s.Data, open, map[string]int{wal: cut})
			intact(ctx, t, filepath.Join(data, "parley.db"), crowd.book.known())
		})
	}
}

// written is one write that no flush has followed.
type written struct{ at, length int }

var (
	pwrite  = regexp.MustCompile(`^(\d+) +pwrite64\(\d+<([^>]+)>, .*, (\d+), (\d+)`)
	flush   = regexp.MustCompile(`^(\d+) +f(?:data)?sync\(\d+<([^>]+)>(.*)`)
	resumed = regexp.MustCompile(`^(\d+) +<\.\.\. f(?:data)?sync resumed>(.*)`)
)

// unflushed reads strace's report: what of each file was written but not
// flushed.
func unflushed(t *testing.T, trace string) map[string][]written {
	t.Helper()
	f, err := os.Open(trace)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	type flushing struct {
		file  string
		after int // so many writes were there when it began
	}
	open, under := map[string][]written{}, map[string]flushing{}
	done := func(f flushing) {
		kept := open[f.file]
		open[f.file] = kept[min(f.after, len(kept)):]
	}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if m := pwrite.FindStringSubmatch(line); m != nil {
			length, _ := strconv.Atoi(m[3]) // digits, says the pattern
			at, _ := strconv.Atoi(m[4])
			open[m[2]] = append(open[m[2]], written{at: at, length: length})
		} else if m := flush.FindStringSubmatch(line); m != nil {
			under[m[1]] = flushing{file: m[2], after: len(open[m[2]])}
			if strings.Contains(m[3], "= 0") {
				done(under[m[1]])
			}
		} else if m := resumed.FindStringSubmatch(line); m != nil && strings.Contains(m[2], "= 0") {
			done(under[m[1]])
		}
	}
	return open
}

// powerless copies data as a disk may have it: of each file's open writes the
// first keep bytes, in whole sectors; then nonsense. What maps memory is lost.
func powerless(t *testing.T, data string, open map[string][]written, keep map[string]int) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"parley.db", "parley.db-wal"} {
		text, err := os.ReadFile(filepath.Join(data, name))
		if err != nil {
			t.Fatal(err)
		}
		left := keep[filepath.Join(data, name)]
		for _, w := range open[filepath.Join(data, name)] {
			for i := w.at + min(left, w.length); i < min(w.at+w.length, len(text)); i++ {
				text[i] = byte(i * 31)
			}
			left = max(0, left-w.length)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// intact opens a database as the next start would, and asks for all that was
// acknowledged.
func intact(ctx context.Context, t *testing.T, path string, acked map[string]people.Ack) {
	t.Helper()
	s, err := store.Open(ctx, path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found, err := verify.Verify(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Error(v)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var ok string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&ok); err != nil || ok != "ok" {
		t.Errorf("integrity: %s %v", ok, err)
	}
	for text, ack := range acked {
		var kept string
		err := db.QueryRowContext(ctx, `SELECT text FROM messages WHERE id = $1 AND seq = $2`, ack.ID, ack.Seq).Scan(&kept)
		if err != nil || kept != text {
			t.Errorf("P1: %q was acknowledged as %v; there is %q, %v", text, ack, kept, err)
		}
	}
}
