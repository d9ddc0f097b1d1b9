package center

import (
	"context"
	"sync"

	"parley"
)

// follower knows how far memory has followed the log. Whoever was answered must
// find what they did in the next thing they ask.
type follower struct {
	mu    sync.Mutex // owns the rest
	n     int64
	moved chan struct{} // closed when n rises
}

func (f *follower) init(n int64) { f.n, f.moved = n, make(chan struct{}) }

// reach notes that the log was followed up to n.
func (f *follower) reach(n int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n = n
	close(f.moved)
	f.moved = make(chan struct{})
}

// at returns how far the log was followed.
func (f *follower) at() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.n
}

// wait returns when the log was followed up to n.
func (f *follower) wait(ctx context.Context, n int64) error {
	for {
		f.mu.Lock()
		have, moved := f.n, f.moved
		f.mu.Unlock()
		if have >= n {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// work returns an interaction with all in it that was answered so far.
// Errors: parley.ErrNotFound.
func (c *Center) work(ctx context.Context, id parley.InteractionID) (*work, error) {
	if err := c.follower.wait(ctx, c.ledger.Head()); err != nil {
		return nil, err
	}
	return c.memory.work(ctx, id)
}

// config returns the configuration with all in it that was answered so far.
func (c *Center) config(ctx context.Context) (*book, error) {
	if err := c.follower.wait(ctx, c.ledger.Head()); err != nil {
		return nil, err
	}
	return c.memory.book(ctx)
}
