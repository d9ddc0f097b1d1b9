package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "modernc.org/sqlite" // a second connection to a full file

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// trouble is what the database is told to answer at a point.
type trouble struct {
	f atomic.Pointer[func(point string) error]
}

func (x *trouble) inject(point string) error {
	if f := x.f.Load(); f != nil {
		return (*f)(point)
	}
	return nil
}

func (x *trouble) set(f func(point string) error) { x.f.Store(&f) }

// once answers err the first time a point is reached.
func (x *trouble) once(at string, err error) {
	var done atomic.Bool
	x.set(func(point string) error {
		if point == at && done.CompareAndSwap(false, true) {
			return err
		}
		return nil
	})
}

// troubled runs a test on a town of each kind whose database can be troubled.
func troubled(t *testing.T, f func(t *testing.T, x *town, bad *trouble)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		bad := &trouble{}
		f(t, open(t, storetest.Open(t, dsn, store.Options{Inject: bad.inject})), bad)
	})
}

// asOnDisk fails if the router's memory is not what the database has.
func (x *town) asOnDisk() {
	x.t.Helper()
	saved, err := x.s.View().LoadRouter(context.Background())
	if err != nil {
		x.t.Fatal(err)
	}
	state, err := routing.Load(saved)
	if err != nil {
		x.t.Fatal(err)
	}
	want := fmt.Sprint(state.Snapshot())
	var got string
	err = x.Ask(context.Background(), func(s *routing.State) { got = fmt.Sprint(s.Snapshot()) })
	if err != nil || got != want {
		x.t.Errorf("memory: %s, %v\ndisk: %s", got, err, want)
	}
}

// once fails if a message is not there exactly once, saved and announced.
func (x *town) once(client string) {
	x.t.Helper()
	m, err := x.s.View().MessageSent(context.Background(), "con_1", client)
	if err != nil {
		x.t.Fatalf("%s: %v", client, err)
	}
	if err := x.stop(); err != nil {
		x.t.Fatal(err)
	}
	n := 0
	for _, e := range x.told.entries() {
		if e.Message == m.ID {
			n++
		}
	}
	if n != 1 {
		x.t.Errorf("%s was announced %d times", client, n)
	}
}

// TestBug gives one command of a batch a fault of ours: it is answered
// "internal", its neighbors never notice, and memory is what the disk says.
func TestBug(t *testing.T) {
	faults := map[string]Plan{
		"a broken constraint": {
			Route: routing.Login{Agent: "agt_bob"},
			Rows: func(r *store.Rows, _ []routing.Event) {
				r.Exec(`INSERT INTO agent_slots (agent_id, slot, interaction_id) VALUES ('agt_amy', 99, 'int_1')`)
			},
		},
		"a reference to nothing": {
			Route: routing.Login{Agent: "agt_bob"},
			Rows: func(r *store.Rows, _ []routing.Event) {
				r.Exec(`INSERT INTO drafts (interaction_id, agent_id, text, at) VALUES ('int_none', 'agt_amy', '', 0)`)
			},
		},
		"a panic": {
			Route: routing.Login{Agent: "agt_bob"},
			Rows:  func(*store.Rows, []routing.Event) { panic("a bug") },
		},
		"a late refusal": {
			Routes: []routing.Command{routing.Login{Agent: "agt_bob"}, routing.Finish{Agent: "agt_amy", Interaction: "int_9"}},
		},
	}
	for name, plan := range faults {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				x := open(t, s)
				guilty := Command{Name: "guilty", Plan: func(context.Context, View) (Plan, error) { return plan, nil }}
				errs := x.send(message("con_1", "a"), guilty, message("con_1", "b"))
				if errs[0] != nil || errs[2] != nil {
					t.Errorf("the neighbors got %v and %v", errs[0], errs[2])
				}
				if !errors.Is(errs[1], parley.ErrInternal) {
					t.Errorf("the guilty one got %v, want %v", errs[1], parley.ErrInternal)
				}
				x.asOnDisk()
				x.once("b")
			})
		})
	}
}

// TestBusy makes every tenth transaction fail as one that met another: effects
// happen once.
func TestBusy(t *testing.T) {
	troubled(t, func(t *testing.T, x *town, bad *trouble) {
		dice := rand.New(rand.NewPCG(1, 2))
		bad.set(func(point string) error { // the writer's goroutine only
			if (point == "begin" || point == "commit") && dice.IntN(10) == 0 {
				return &pgconn.PgError{Code: []string{"40001", "40P01"}[dice.IntN(2)]}
			}
			return nil
		})
		x.available("agt_amy")
		for i := range 50 {
			if err := x.Do(t.Context(), message("con_1", fmt.Sprint("client ", i))); err != nil {
				t.Fatal(err)
			}
		}
		if c, err := x.s.View().Conversation(t.Context(), "con_1"); err != nil || c.LastSeq != 50 {
			t.Errorf("last seq %d, %v; want 50", c.LastSeq, err)
		}
		x.asOnDisk()
	})
}

// TestLostAnswer loses the answer to a commit that took place: nobody is told
// twice and nothing is saved twice.
func TestLostAnswer(t *testing.T) {
	troubled(t, func(t *testing.T, x *town, bad *trouble) {
		bad.once("committed", io.ErrUnexpectedEOF)
		if err := x.Do(t.Context(), message("con_1", "a")); err != nil {
			t.Fatal(err)
		}
		x.asOnDisk()
		x.once("a")
	})
}

// TestLostCommit loses a commit that did not take place: it is done again.
func TestLostCommit(t *testing.T) {
	troubled(t, func(t *testing.T, x *town, bad *trouble) {
		bad.once("commit", io.ErrUnexpectedEOF)
		if err := x.Do(t.Context(), message("con_1", "a")); err != nil {
			t.Fatal(err)
		}
		x.asOnDisk()
		x.once("a")
	})
}

// TestTooLong gives a batch a command that takes longer than the database may, each
// time: it alone is refused, and is not tried for ever. Who sent it may ask again.
func TestTooLong(t *testing.T) {
	troubled(t, func(t *testing.T, x *town, bad *trouble) {
		var long atomic.Bool // the batch has it
		bad.set(func(point string) error {
			if point == "commit" && long.Swap(false) {
				return context.DeadlineExceeded
			}
			return nil
		})
		errs := x.send(message("con_1", "a"), Command{Name: "long", Plan: func(context.Context, View) (Plan, error) {
			long.Store(true)
			return Plan{Route: routing.Login{Agent: "agt_bob"}}, nil
		}}, message("con_1", "b"))
		if errs[0] != nil || !errors.Is(errs[1], parley.ErrStorageUnavailable) || errs[2] != nil {
			t.Errorf("got %v", errs)
		}
		x.asOnDisk()
		x.once("a")
	})
}

// TestTerminated has PostgreSQL end every connection of the center, again and
// again, with messages under way: each is there once, and who sent it knows.
func TestTerminated(t *testing.T) {
	dsn := storetest.Postgres(t)
	x := open(t, storetest.Open(t, dsn, store.Options{}))
	address, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	values := address.Query()
	schema := values.Get("schema")
	values.Del("schema")
	address.RawQuery = values.Encode()
	db, err := sql.Open("pgx", address.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // nothing was written through it
	const senders, each = 4, 50
	var sent atomic.Int64
	var all sync.WaitGroup
	for who := range senders {
		all.Go(func() {
			for i := range each {
				if err := x.Do(context.Background(), message("con_1", fmt.Sprint(who, ".", i))); err != nil {
					t.Error(err)
				}
				sent.Add(1)
			}
		})
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	for wave := int64(1); wave <= 5; wave++ {
		for sent.Load() < wave*senders*each/6 {
			runtime.Gosched()
		}
		_, err := db.ExecContext(t.Context(), `
			SELECT pg_terminate_backend(pid)
			FROM pg_stat_activity
			WHERE application_name = 'parley ' || $1`, schema)
		if err != nil {
			t.Fatal(err)
		}
	}
	<-done
	c, err := x.s.View().Conversation(t.Context(), "con_1")
	for store.TroubleOf(err) == store.Lost { // a reader's connection was ended too
		c, err = x.s.View().Conversation(t.Context(), "con_1")
	}
	if err != nil || c.LastSeq != senders*each {
		t.Errorf("last seq %d, %v; want %d", c.LastSeq, err, senders*each)
	}
	x.asOnDisk()
}

// TestUnavailable loses the database: who waits is told after 3 s, who comes
// meanwhile at once, and work goes on when it is back.
func TestUnavailable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bad := &trouble{}
		s := storetest.Open(t, storetest.SQLite(t), store.Options{Inject: bad.inject})
		x := newTown(t, s)
		x.Ledger.clock = parley.NewSystemClock()
		x.run().found()
		start := time.Now()
		bad.set(func(string) error { return syscall.ECONNREFUSED })
		if err := x.Do(t.Context(), message("con_1", "a")); !errors.Is(err, parley.ErrStorageUnavailable) {
			t.Errorf("who waits is told %v", err)
		}
		if took := time.Since(start); took < lostMax {
			t.Errorf("given up after %s", took)
		}
		if err := x.Do(t.Context(), message("con_1", "a")); !errors.Is(err, parley.ErrStorageUnavailable) {
			t.Errorf("who comes meanwhile is told %v", err)
		}
		bad.set(func(string) error { return nil })
		time.Sleep(2 * retryEvery) // of the bubble's time
		if err := x.Do(t.Context(), message("con_1", "a")); err != nil {
			t.Errorf("after it is back: %v", err)
		}
		x.once("a")
	})
}

// TestLostForLong loses the answer to a commit that took place, and the database
// for longer than anybody waits: the sender is told to try again, the repeat
// finds the message, and it was announced once.
func TestLostForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bad := &trouble{}
		s := storetest.Open(t, storetest.SQLite(t), store.Options{Inject: bad.inject})
		x := newTown(t, s)
		x.Ledger.clock = parley.NewSystemClock()
		x.run().found()
		bad.set(func(point string) error {
			if point == "committed" || point == "resume" {
				return syscall.ECONNRESET
			}
			return nil
		})
		if err := x.Do(t.Context(), message("con_1", "a")); !errors.Is(err, parley.ErrStorageUnavailable) {
			t.Errorf("who waits is told %v", err)
		}
		bad.set(func(string) error { return nil })
		time.Sleep(2 * retryEvery) // of the bubble's time
		if err := x.Do(t.Context(), message("con_1", "a")); err != nil {
			t.Errorf("the repeat: %v", err)
		}
		x.once("a")
	})
}

// TestFull fills the disk: writing is refused, reading goes on, and when there is
// room again so does writing, without a restart.
func TestFull(t *testing.T) {
	path := storetest.SQLite(t)
	x := open(t, storetest.Open(t, path, store.Options{PagesMax: 400}))
	fill := func() error {
		return x.do(Plan{Rows: func(r *store.Rows, _ []routing.Event) {
			r.Exec(`INSERT INTO setup_tokens (token_hash, created_at, used_at) VALUES ($1, 0, 0)`,
				fmt.Sprint(rand.Int64(), strings.Repeat("x", 100_000)))
		}})
	}
	var err error
	for n := 0; err == nil && n < 100; n++ {
		err = fill()
	}
	if !errors.Is(err, parley.ErrStorageFull) {
		t.Fatalf("a full disk: %v, want %v", err, parley.ErrStorageFull)
	}
	if _, err := x.s.View().Conversation(t.Context(), "con_1"); err != nil {
		t.Errorf("reading: %v", err)
	}
	x.asOnDisk()
	if x.Down() == nil {
		t.Error("the ledger says that all is well")
	}
	room(t, path)
	for x.Down() != nil { // until the next try
		time.Sleep(10 * time.Millisecond)
	}
	if err := fill(); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// room takes away what fills a file.
func room(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // the statement below has ended
	if _, err := db.ExecContext(t.Context(), `DELETE FROM setup_tokens`); err != nil {
		t.Fatal(err)
	}
}

// TestBroken has the disk fail an fsync: the process ends with 74, and there is
// never a second one.
func TestBroken(t *testing.T) {
	troubled(t, func(t *testing.T, x *town, bad *trouble) {
		commits := 0
		bad.set(func(point string) error { // the writer's goroutine only
			if point == "commit" {
				commits++
				return syscall.EIO
			}
			return nil
		})
		if err := x.Do(t.Context(), message("con_1", "a")); err == nil {
			t.Error("a message was acknowledged that is not on the disk")
		}
		var exit *Exit
		if err := x.stop(); !errors.As(err, &exit) || exit.ExitCode() != 74 {
			t.Errorf("the ledger ends with %v, want code 74", err)
		}
		if commits != 1 {
			t.Errorf("%d commits were tried", commits)
		}
	})
}

// TestBrokenCheckpoint has the disk fail behind the writer's back: the process
// ends all the same.
func TestBrokenCheckpoint(t *testing.T) {
	bad := &trouble{}
	x := open(t, storetest.Open(t, storetest.SQLite(t), store.Options{Inject: bad.inject}))
	bad.set(func(point string) error {
		if point == "checkpoint" {
			return syscall.EIO
		}
		return nil
	})
	<-x.ended
	var exit *Exit
	if err := x.stop(); !errors.As(err, &exit) || exit.ExitCode() != 74 {
		t.Errorf("the ledger ends with %v, want code 74", err)
	}
}

// TestFenced lets another process take the lead: the first cannot save another
// row, nor say that it did (R-23, M4).
func TestFenced(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn, store.Options{})
		x := open(t, s)
		head := x.Head()
		depose(t, dsn)
		if err := x.Do(t.Context(), message("con_1", "a")); !errors.Is(err, parley.ErrStorageUnavailable) {
			t.Errorf("a deposed leader answers %v", err)
		}
		if err := x.stop(); !errors.Is(err, store.ErrFenced) {
			t.Errorf("it ends with %v, want %v", err, store.ErrFenced)
		}
		if got, err := s.View().Head(t.Context()); err != nil || got != head {
			t.Errorf("head %d, %v; want %d", got, err, head)
		}
	})
}

// depose makes another process the leader.
func depose(t *testing.T, dsn string) {
	t.Helper()
	if strings.HasPrefix(dsn, "postgres") {
		second, err := storetest.Open(t, dsn, store.Options{}), store.ErrLed
		for errors.Is(err, store.ErrLed) { // the first moved the lease meanwhile
			var seen store.Claim
			if seen, err = second.Watch(t.Context()); err == nil {
				err = second.Lead(t.Context(), seen, "second", storetest.Day)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	db, err := sql.Open("sqlite", dsn+"?_pragma=busy_timeout(5000)") // the lock keeps a second store out
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // the statement below has ended
	if _, err := db.ExecContext(t.Context(), `UPDATE lease SET owner = 'second', epoch = epoch + 1`); err != nil {
		t.Fatal(err)
	}
}

// TestOverloaded has more wait than may.
func TestOverloaded(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{})
	x := open(t, s)
	release := x.hold()
	var calls []*call
	for range QueueMax {
		c, err := x.enter(message("con_1", "a"))
		if err != nil {
			t.Fatal(err)
		}
		calls = append(calls, c)
	}
	if err := x.Do(t.Context(), message("con_1", "a")); !errors.Is(err, parley.ErrOverloaded) {
		t.Errorf("one too many: %v, want %v", err, parley.ErrOverloaded)
	}
	release()
	for _, c := range calls {
		if err := x.wait(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
}
