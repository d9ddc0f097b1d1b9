package ledger

import (
	"context"
	"time"
)

// checkpoint moves what SQLite's log holds into its file, from a connection of
// its own, so that no commit has to.
func (l *Ledger) checkpoint(ctx context.Context) {
	every := time.NewTicker(retryEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		if err := l.store.Checkpoint(ctx, func() { hit("mid_checkpoint") }); err != nil && ctx.Err() == nil {
			l.log.Error("checkpoint", "error", err)
		}
	}
}
