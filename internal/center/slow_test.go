package center

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
)

// TestSlowDisk: R-44: what comes while nothing can be saved is answered once it is
// kept, each message once and in its sender's order.
func TestSlowDisk(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		const senders, lines = 20, 5
		held, goes := make(chan struct{}), make(chan struct{})
		var answered atomic.Int64
		go func() {
			_ = x.ledger.Do(context.WithoutCancel(t.Context()), ledger.Command{Name: "slow", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
				close(held)
				<-goes
				return ledger.Plan{}, nil
			}})
		}()
		<-held
		var all sync.WaitGroup
		for n := range senders {
			all.Go(func() {
				from := fmt.Sprintf("+120655501%02d", n)
				for k := range lines {
					_, err := x.Receive(t.Context(), "ent_sms", signed(channel.Received{Messages: []parley.Inbound{says(from, fmt.Sprintf("%s.%d", from, k), fmt.Sprint(k))}}))
					if err != nil {
						t.Errorf("R-44: %v", err)
					}
					answered.Add(1)
				}
			})
		}
		if n := answered.Load(); n != 0 {
			t.Errorf("R-44: %d were answered before anything was kept", n)
		}
		close(goes)
		all.Wait()
		for n := range senders {
			v := x.talkOf("ent_sms", phone(fmt.Sprintf("+120655501%02d", n)))
			want := []string{"customer: 0", "customer: 1", "customer: 2", "customer: 3", "customer: 4"}
			if got := x.said(v); !slices.Equal(got, want) {
				t.Errorf("R-44: kept is %q", got)
			}
		}
	})
}
