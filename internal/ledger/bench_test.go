package ledger

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// BenchmarkMessages has many send at once, as they do when it is busy.
func BenchmarkMessages(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			dsn := storetest.SQLite(b)
			if kind == "postgres" {
				dsn = storetest.Postgres(b)
			}
			x := open(b, storetest.Open(b, dsn, store.Options{}))
			for i := range 1000 {
				x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) {
					storetest.Conversation(r, parley.ConversationID(fmt.Sprint("con_many_", i)))
				}})
			}
			var n atomic.Int64
			var all sync.WaitGroup
			b.ResetTimer()
			for range 256 {
				all.Go(func() {
					for i := n.Add(1); int(i) <= b.N; i = n.Add(1) {
						c := parley.ConversationID(fmt.Sprint("con_many_", i%1000))
						if err := x.Do(context.Background(), message(c, uuid.NewString())); err != nil {
							b.Error(err)
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
		})
	}
}
