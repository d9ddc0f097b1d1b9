package drill

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"parley/internal/drill/people"
)

// TestStorm is R-53: many are connected, the server is killed and started, and
// all are back with their cursor.
func TestStorm(t *testing.T) {
	many := 200
	if os.Getenv("PARLEY_SOAK") != "" {
		many = 2000
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	s := server(t, "")
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	var (
		up, done sync.WaitGroup
		back     = make(chan struct{}, many)
	)
	follow, home := context.WithCancel(ctx)
	for i := range many {
		up.Add(1)
		done.Add(1)
		go func() {
			defer done.Done()
			v := people.NewVisitor(s.URL, fmt.Sprintf("guest%d", i))
			if err := v.Begin(ctx, "ent_demo", "hello"); err != nil {
				t.Errorf("begin: %v", err)
				up.Done()
				return
			}
			var n int64
			first := true
			for follow.Err() == nil {
				seen := false
				last, _ := v.Follow(follow, n, func(people.Frame) {
					if first {
						first = false
						up.Done()
					} else if !seen {
						seen = true
						back <- struct{}{}
					}
				})
				n = last
				time.Sleep(10 * time.Millisecond)
			}
		}()
	}
	up.Wait()
	if t.Failed() {
		t.FailNow() // not everybody is there to come back
	}
	s.Kill()
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	for returned := range many {
		select {
		case <-back:
		case <-ctx.Done():
			t.Fatalf("only %d of %d came back", returned, many)
		}
	}
	home()
	done.Wait()
	clean(ctx, t, s)
}
