package drill

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// faultPoints are the places inside the server where PARLEY_FAULT kills it.
var faultPoints = []string{"before_commit", "after_commit_before_ack", "after_ack_before_announce", "mid_checkpoint", "mid_outbox"}

// TestKill is R-01: people write and answer while the server is killed at random
// and at named points. Nothing acknowledged is lost, doubled or reordered.
func TestKill(t *testing.T) {
	rounds := number(t, "PARLEY_ROUNDS", 20)
	eachDatabase(t, func(t *testing.T, database string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rounds+60)*10*time.Second)
		defer cancel()
		s := server(t, database)
		if err := s.Start(ctx); err != nil {
			t.Fatal(err)
		}
		crowd := openDoors(ctx, t, s.URL, 24, "amy", "bob", "carol", "sam")
		dice := rand.New(rand.NewPCG(1, uint64(rounds)))
		for round := range rounds {
			if round%3 == 2 { // the server kills itself at a named point
				await(ctx, t, s.Ended, 3*time.Second)
			} else {
				time.Sleep(time.Duration(dice.IntN(500)) * time.Millisecond)
			}
			s.Kill()
			s.Env = nil
			if round%3 == 1 {
				s.Env = []string{fmt.Sprintf("PARLEY_FAULT=%s:%d", faultPoints[round/3%len(faultPoints)], 1+dice.IntN(60))}
			}
			for s.Start(ctx) != nil && ctx.Err() == nil {
				s.Env = nil // it reached the point before it served
			}
		}
		s.Kill() // the last round may still hold a point it has not reached
		s.Env = nil
		if err := s.Start(ctx); err != nil {
			t.Fatal(err)
		}
		crowd.close()
		crowd.book.audit(ctx, t)
		clean(ctx, t, s)
	})
}

// await waits for something that may come, and goes on without it after a while.
func await(ctx context.Context, t *testing.T, done func() bool, most time.Duration) {
	t.Helper()
	for end := time.Now().Add(most); !done() && time.Now().Before(end) && ctx.Err() == nil; {
		time.Sleep(2 * time.Millisecond)
	}
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}
