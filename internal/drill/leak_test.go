package drill

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"parley/internal/drill/people"
)

// TestLinksLeaveNothing is R-72 in small: links that break leave nothing open
// behind in the server.
func TestLinksLeaveNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	s := server(t, "")
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	v := people.NewVisitor(s.URL, "ann")
	if err := v.Begin(ctx, "ent_demo", "hello"); err != nil {
		t.Fatal(err)
	}
	open := func() int {
		files, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.Pid()))
		if err != nil {
			t.Skipf("this machine does not tell what a process has open: %v", err)
		}
		return len(files)
	}
	before, links := open(), 0
	for range 300 {
		link, cut := context.WithCancel(ctx)
		_, _ = v.Follow(link, 0, func(people.Frame) { links++; cut() }) // it ends with our own cut
		cut()
	}
	if links < 200 {
		t.Fatalf("only %d links told anything", links)
	}
	most := before + 50
	await(ctx, t, func() bool { return open() <= most }, time.Minute)
	if got := open(); got > most {
		t.Errorf("after %d links %d files are open, %d before", links, got, before)
	}
	clean(ctx, t, s)
}
