package ledger

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// crashDSN tells the child process of TestCrash which database is its own.
const crashDSN = "PARLEY_TEST_CRASH"

// TestCrash kills a server of its own at every dangerous moment, with messages
// under way. Whatever was acknowledged is there, once, and the next start is
// clean (R-01, M2, INV-14, INV-15).
func TestCrash(t *testing.T) {
	for _, fault := range []string{
		"before_commit:9", "after_commit_before_ack:9", "after_ack_before_announce:9", "mid_checkpoint:1", "mid_outbox:2",
	} {
		t.Run(fault, func(t *testing.T) {
			storetest.EachDSN(t, func(t *testing.T, dsn string) {
				t.Parallel()
				if strings.HasPrefix(dsn, "postgres") && fault == "mid_checkpoint:1" {
					t.Skip("the server checkpoints by itself")
				}
				open(t, storetest.Open(t, dsn, store.Options{})).end(t)
				acknowledged := crash(t, dsn, fault)
				survived(t, dsn, acknowledged)
			})
		})
	}
}

// end stops a town and closes its database, so that another process can open it.
func (x *town) end(t *testing.T) {
	t.Helper()
	if err := x.stop(); err != nil {
		t.Fatal(err)
	}
	if err := x.s.Close(); err != nil {
		t.Fatal(err)
	}
}

// crash lets a child process send until it dies, and returns what it was told is
// saved.
func crash(t *testing.T, dsn, fault string) []string {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestCrashChild$") //nolint:gosec // ourselves
	child.Env = append(os.Environ(), crashDSN+"="+dsn, "PARLEY_FAULT="+fault)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if client, ok := strings.CutPrefix(lines.Text(), "saved "); ok {
			acknowledged = append(acknowledged, client)
		}
	}
	if err := child.Wait(); err == nil {
		t.Fatalf("the child ended well: nothing hit %s", fault)
	}
	return acknowledged
}

// survived opens what a dead process left.
func survived(t *testing.T, dsn string, acknowledged []string) {
	t.Helper()
	s := storetest.Open(t, dsn, store.Options{})
	l, err := Open(t.Context(), s, Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	l.Handle("mail", func(context.Context, store.Outbox) error { return nil })
	x := &town{t: t, Ledger: l, s: s}
	x.run()
	messages, err := s.View().Messages(t.Context(), "con_1", 1_000_000, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	saved := map[string]int{}
	for i, m := range messages {
		saved[m.ClientID]++
		if m.Seq != int64(i+1) {
			t.Fatalf("message %d has seq %d", i+1, m.Seq)
		}
	}
	for _, client := range acknowledged {
		if saved[client] != 1 {
			t.Errorf("%s was acknowledged and is there %d times", client, saved[client])
		}
	}
	for i, e := range x.log() {
		if e.N != int64(i+1) {
			t.Fatalf("log row %d has number %d", i+1, e.N)
		}
	}
	for client := range saved { // a repeat finds what was saved, acknowledged or not
		if err := x.Do(t.Context(), message("con_1", client)); err != nil {
			t.Fatal(err)
		}
	}
	if c, err := s.View().Conversation(t.Context(), "con_1"); err != nil || int(c.LastSeq) != len(messages) {
		t.Errorf("after the repeats last seq is %d, %v; want %d", c.LastSeq, err, len(messages))
	}
	x.asOnDisk()
	x.drained()
}

// drained asks until nothing is left in the outbox.
func (x *town) drained() {
	x.t.Helper()
	for {
		next, err := x.s.View().OutboxNext(x.t.Context(), "mail", time.Time{})
		if err != nil {
			x.t.Fatal(err)
		}
		if next.IsZero() {
			return
		}
		x.must(Plan{}) // the writer has had a turn
	}
}

// TestCrashChild is the process that TestCrash kills.
func TestCrashChild(t *testing.T) {
	dsn := os.Getenv(crashDSN)
	if dsn == "" {
		t.Skip("only for TestCrash")
	}
	s, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := Open(t.Context(), s, Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	l.Handle("mail", func(context.Context, store.Outbox) error { return nil })
	go func() { _ = l.Run(context.Background()) }() // until it is killed
	var mu sync.Mutex                               // guards the output
	var all sync.WaitGroup
	for who := range 8 {
		all.Go(func() {
			for i := range 1000 {
				client := fmt.Sprint(who, ".", i)
				c := message("con_1", client)
				plan := c.Plan
				c.Plan = func(ctx context.Context, v View) (Plan, error) {
					p, err := plan(ctx, v)
					if rows := p.Rows; rows != nil && i%10 == 0 {
						p.Rows = func(r *store.Rows, es []routing.Event) {
							rows(r, es)
							r.Outbox(store.Outbox{Kind: "mail", Subject: string(parley.FromCustomer), Data: client})
						}
					}
					return p, err
				}
				if l.Do(context.Background(), c) != nil {
					return
				}
				mu.Lock()
				fmt.Println("saved", client)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	select {} // what kills may come later
}
