package ledger

import (
	"context"
	"time"

	"parley/internal/store"
)

// How often what SQLite's log holds is moved: each second, and sooner when much
// was saved. A commit moves what is left once the log is long, and whoever waits
// for that commit waits for the disk: so little must be left.
//
// Unit: checkpointRows, log rows; each is about three pages of SQLite's log.
const (
	checkpointLook = 50 * time.Millisecond
	checkpointRows = 1000
)

// checkpoint moves what SQLite's log holds into its file, from a connection of
// its own, so that no commit has to. A disk that fails there is not asked again:
// the writer ends the process.
func (l *Ledger) checkpoint(ctx context.Context) {
	every := time.NewTicker(checkpointLook)
	defer every.Stop()
	var looks int
	var moved int64 // the head when it was moved last
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		head := l.head.Load()
		if looks++; head-moved < checkpointRows && looks < int(retryEvery/checkpointLook) {
			continue
		}
		looks, moved = 0, head
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
