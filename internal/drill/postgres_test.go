package drill

import (
	"context"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
	"parley/internal/store/storetest"
)

// TestDatabaseRestarts is R-20: PostgreSQL is shut down fast, shut down at once
// and killed under load. What was on its way is resolved by its client id; the
// server stays and goes on.
func TestDatabaseRestarts(t *testing.T) {
	t.Parallel()
	cluster := storetest.NewCluster(t)
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	s := server(t, cluster.Address)
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	crowd := openDoors(ctx, t, s.URL, 16, "amy", "bob", "carol")
	for range number(t, "PARLEY_RESTARTS", 1) {
		for _, how := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
			crowd.more(ctx, 60)
			if err := cluster.Stop(how); err != nil {
				t.Fatalf("%s: %v", how, err)
			}
			if err := cluster.Start(ctx); err != nil {
				t.Fatalf("after %s: %v", how, err)
			}
		}
	}
	crowd.more(ctx, 60)
	if s.Ended() {
		t.Error("the server did not outlive its database")
	}
	crowd.close()
	crowd.book.audit(ctx, t)
	clean(ctx, t, s)
}

// TestStaleLeader is R-23: while a server is stopped another takes the lease.
// When the first wakes up it cannot save what it was asked for, and ends (M4).
func TestStaleLeader(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	database := storetest.Postgres(t)
	first, second := server(t, database), server(t, database)
	if err := first.Start(ctx); err != nil {
		t.Fatal(err)
	}
	crowd := openDoors(ctx, t, first.URL, 8, "amy", "bob")
	crowd.more(ctx, 60)
	crowd.close() // everybody is gone but ann, so that what is written while asleep is hers
	v := people.NewVisitor(first.URL, "ann")
	crowd.book.intend("hello")
	if err := v.Begin(ctx, "ent_demo", "hello"); err != nil {
		t.Fatal(err)
	}
	crowd.book.meet(v)
	pause(t, first)
	id, text := uuid.NewString(), "to the one asleep"
	crowd.book.intend(text)
	stale := make(chan error, 1)
	there := *v.Door // the door she knocks at stays the first's
	asleep := *v
	asleep.Door = &there
	go func() { _, err := asleep.Send(ctx, id, text); stale <- err }()
	if err := second.Start(ctx); err != nil { // it waits until the lease stands still
		t.Fatal(err)
	}
	v.Base = second.URL
	ack, err := v.Send(ctx, uuid.NewString(), "to the one awake")
	if err != nil {
		t.Fatal(err)
	}
	crowd.book.intend("to the one awake")
	crowd.book.ack("to the one awake", ack)
	wake(t, first)
	if err := <-stale; err == nil {
		t.Error("a stale leader acknowledged a message")
	}
	await(ctx, t, first.Ended, time.Minute)
	if !first.Ended() || first.Wait() == 0 {
		t.Error("a stale leader goes on")
	}
	if ack, err = v.Send(ctx, id, text); err != nil {
		t.Fatal(err)
	}
	crowd.book.ack(text, ack)
	for _, guest := range crowd.book.guests() {
		guest.Base = second.URL
	}
	crowd.book.audit(ctx, t)
	clean(ctx, t, second)
}

// pause stops a process without its knowing; wake lets it go on.
func pause(t *testing.T, s *people.Server) { t.Helper(); signal(t, s, syscall.SIGSTOP) }
func wake(t *testing.T, s *people.Server)  { t.Helper(); signal(t, s, syscall.SIGCONT) }

func signal(t *testing.T, s *people.Server, sig syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(-s.Pid(), sig); err != nil {
		t.Fatal(err)
	}
}
