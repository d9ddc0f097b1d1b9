package main

import (
	"context"
	"fmt"
	"time"
)

// stay is how long they stay after it: longer than it takes until all have begun.
const stay = 2 * time.Minute

// away measures what an agent waits for a new status while a tenth of those who
// wait stay away after a restart, and so are due to leave in the same millisecond.
func away(ctx context.Context, b *bench) error {
	return b.onEach(ctx, func(ctx context.Context, name, database string) error {
		t, err := open(ctx, b, database, 0)
		if err != nil {
			return err
		}
		defer t.close()
		if err := t.hire(ctx, 1, 1); err != nil {
			return err
		}
		if err := t.set(ctx, "resume.queue_grace_s", int(stay/time.Second)); err != nil {
			return err
		}
		if err := t.set(ctx, "resume.agent_grace_s", 3600); err != nil { // the agent has no line either
			return err
		}
		many := b.waiting / 10
		if _, err := t.guests(ctx, many); err != nil {
			return err
		}
		t.server.Stop()
		if err := t.server.Start(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(stay):
		}
		var took spread
		began := time.Now()
		for n := 0; t.gauge(ctx, "parley_waiting") != 0 && time.Since(began) < 4*b.length; n++ {
			status := []string{"on_break", "work_offline"}[n%2]
			at := time.Now()
			if err := t.staff[0].Do(ctx, "PUT", "/api/agents/me/presence", map[string]string{"status": status}, nil); err != nil {
				took.failed()
			} else {
				took.took(time.Since(at))
			}
		}
		b.report.add(row{what: name + ": a new status while all who waited leave at once", got: took.String(), note: fmt.Sprintf("%d left in %s; %d still wait", many, short(time.Since(began)), t.gauge(ctx, "parley_waiting"))})
		return nil
	})
}
