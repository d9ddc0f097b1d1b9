package drill

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
)

// TestNthFails is R-13: the n-th write or flush of the database's files fails
// while a center is made and used. The process ends and says so; the next start
// is whole, with everything that was acknowledged.
func TestNthFails(t *testing.T) {
	traced(t)
	t.Parallel()
	nth := map[string][]int{"fsync,fdatasync": {1, 2, 6, 20}, "pwrite64": {1, 9, 200}}
	if os.Getenv("PARLEY_SOAK") != "" {
		for n := 3; n < 80; n++ {
			nth["fsync,fdatasync"] = append(nth["fsync,fdatasync"], n)
			nth["pwrite64"] = append(nth["pwrite64"], 17*n)
		}
	}
	for calls, all := range nth {
		for _, n := range all {
			t.Run(fmt.Sprintf("%s %d", calls, n), func(t *testing.T) { nthFails(t, calls, n) })
		}
	}
}

func nthFails(t *testing.T, calls string, n int) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	s := server(t, "")
	s.Prefix = []string{"strace", "-f", "-o", "/dev/null",
		"-P", filepath.Join(s.Data, "parley.db"), "-P", filepath.Join(s.Data, "parley.db-wal"), "-P", filepath.Join(s.Data, "parley.db-journal"),
		"-e", "trace=" + calls, "-e", fmt.Sprintf("inject=%s:error=EIO:when=%d", calls, n)}
	book := newBook()
	if s.Start(ctx) == nil {
		v := people.NewVisitor(s.URL, "ann")
		work, home := context.WithCancel(ctx)
		met := make(chan struct{})
		go func() {
			defer close(met)
			book.intend("hello")
			if v.Begin(work, "ent_demo", "hello") == nil {
				book.meet(v)
			}
			for k := 0; work.Err() == nil; k++ {
				text := unique("ann", k)
				book.intend(text)
				if ack, err := v.Send(work, uuid.NewString(), text); err == nil {
					book.ack(text, ack)
				}
			}
		}()
		await(ctx, t, s.Ended, time.Minute)
		home()
		<-met
	}
	if !s.Ended() {
		t.Fatal("the server went on after a failed write")
	}
	if code := s.Wait(); code == 0 || code == -1 {
		t.Errorf("exit code %d: %s", code, lastLine(s.Output()))
	}
	s.Prefix = nil
	if err := s.Start(ctx); err != nil {
		t.Fatalf("the next start: %v", err)
	}
	if _, err := people.SignIn(ctx, s.URL, "amy", "demo"); err != nil {
		t.Errorf("amy cannot sign in: %v", err)
	}
	for text, ack := range book.known() {
		found := false
		messages, err := book.guests()[0].Messages(ctx)
		for _, m := range messages {
			found = found || m.Text == text && m.ID == ack.ID
		}
		if err != nil || !found {
			t.Errorf("P1: %q was acknowledged and is lost (%v)", text, err)
		}
	}
	clean(ctx, t, s)
}
