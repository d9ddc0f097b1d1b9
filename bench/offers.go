package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/drill/people"
)

// slot measures from a freed slot to the next offer on the socket.
func slot(ctx context.Context, b *bench) error {
	t, err := open(ctx, b, "", 0)
	if err != nil {
		return err
	}
	defer t.close()
	if err := t.hire(ctx, 500, 1); err != nil {
		return err
	}
	if _, err := t.guests(ctx, 10_000); err != nil {
		return err
	}
	var (
		took  spread
		freed sync.Map // agent to when its slot was freed
		wg    sync.WaitGroup
	)
	turns := make(chan func(), 10_000)
	follow, stop := context.WithCancel(ctx)
	defer stop()
	err = t.follow(follow, &wg, 0, func(a *people.Agent, f people.Frame) {
		now := time.Now()
		if at, ok := freed.LoadAndDelete(a); ok && offered(f) {
			took.took(now.Sub(at.(time.Time)))
		}
		accept(ctx, a, f, func(interaction string) {
			turns <- func() {
				freed.Store(a, time.Now())
				_ = a.Do(ctx, "PUT", "/api/interactions/"+interaction+"/end", nil, nil)
			}
		})
	})
	if err != nil {
		return err
	}
	for _, a := range t.staff {
		if err := a.Ready(ctx); err != nil {
			return err
		}
	}
	tick := time.NewTicker(10 * time.Millisecond) // 100 slots a second are freed
	defer tick.Stop()
	for end := time.Now().Add(b.length); time.Now().Before(end); {
		<-tick.C
		select {
		case turn := <-turns:
			go turn()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	b.report.add(row{what: "slot freed to offer on the socket, 10,000 waiting, 500 agents", got: took.String(), target: "p99 8 ms", note: "from the request to end, at 100 a second"})
	return nil
}

func offered(f people.Frame) bool {
	for _, e := range f.Events {
		if e.Type == "offer_made" {
			return true
		}
	}
	return false
}

// drain measures how fast 500 agents who accept and end at once empty a queue.
func drain(ctx context.Context, b *bench) error {
	t, err := open(ctx, b, "", 0)
	if err != nil {
		return err
	}
	defer t.close()
	if err := t.hire(ctx, 500, 1); err != nil {
		return err
	}
	if _, err := t.guests(ctx, b.waiting); err != nil {
		return err
	}
	began := time.Now()
	t.server.Stop()
	if err := t.server.Start(ctx); err != nil {
		return err
	}
	b.report.add(row{what: fmt.Sprintf("stop and start with %d waiting", b.waiting), got: short(time.Since(began)), target: "1 s to start"})
	var (
		done atomic.Int64
		last atomic.Int64 // when the latest ended, in nanoseconds since the epoch
		wg   sync.WaitGroup
	)
	follow, stop := context.WithCancel(ctx)
	defer stop()
	err = t.follow(follow, &wg, 0, func(a *people.Agent, f people.Frame) {
		accept(ctx, a, f, func(interaction string) {
			if a.Do(ctx, "PUT", "/api/interactions/"+interaction+"/end", nil, nil) == nil {
				done.Add(1)
				last.Store(time.Now().UnixNano())
			}
		})
	})
	if err != nil {
		return err
	}
	began = time.Now()
	server, load := processor(t.server.Pid()), processor(os.Getpid())
	for _, a := range t.staff {
		if err := a.Ready(ctx); err != nil {
			return err
		}
	}
	for int(done.Load()) < b.waiting && time.Since(began) < 2*b.length && ctx.Err() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	each := func(pid int, before time.Duration) string {
		return short((processor(pid) - before) / time.Duration(max(1, done.Load())))
	}
	rate := float64(done.Load()) / time.Unix(0, last.Load()).Sub(began).Seconds()
	b.report.add(row{what: fmt.Sprintf("draining %d waiting over HTTP and socket, 500 agents", b.waiting), got: fmt.Sprintf("%.0f per s", rate), target: "4,000 per s", note: fmt.Sprintf("%d drained; of a core each took the server %s and the load %s", done.Load(), each(t.server.Pid(), server), each(os.Getpid(), load))})
	return nil
}
