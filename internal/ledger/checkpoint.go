package ledger

import (
	"context"
	"time"

	"parley/internal/store"
)

// checkpoint moves what SQLite's log holds into its file, from a connection of
// its own, so that no commit has to. A disk that fails there is not asked again:
// the writer ends the process.
func (l *Ledger) checkpoint(ctx context.Context) {
	every := time.NewTicker(retryEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		err := l.store.Checkpoint(ctx, func() { hit("mid_checkpoint") })
		if err == nil || ctx.Err() != nil {
			continue
		}
		if store.TroubleOf(err) == store.Broken {
			l.broken <- err
			return
		}
		l.log.Error("checkpoint", "error", err)
	}
}
