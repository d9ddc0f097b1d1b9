package ledger

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
)

// TestAside has what follows from one deadline fail: everybody else goes on, what
// else is due too, and it is tried again until it can be handled.
func TestAside(t *testing.T) {
	faults := map[string]func(r *store.Rows) error{
		"a hook refuses": func(*store.Rows) error { return parley.ErrNotFound },
		"a broken constraint": func(r *store.Rows) error {
			r.Exec(`INSERT INTO agent_slots (agent_id, slot, interaction_id) VALUES ('agt_amy', 99, 'int_1')`)
			return nil
		},
		"a panic": func(*store.Rows) error { panic("a bug") },
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, x *town) {
				var broken atomic.Bool
				broken.Store(true)
				x.OnEvents(func(_ context.Context, _ View, es []routing.Event, r *store.Rows) error {
					for _, e := range es {
						if closed, ok := e.(routing.InteractionClosed); ok && closed.Interaction == "int_2" && broken.Load() {
							return fault(r)
						}
					}
					return nil
				})
				x.run().found()
				x.arrive("int_1", "con_1")
				x.arrive("int_2", "con_2")
				x.arrive("int_3", "con_3")
				x.route(routing.Restart{}) // whoever waits is away, for a minute
				gone := func(when string, want int) {
					t.Helper()
					synctest.Wait()
					if err := x.Do(t.Context(), message("con_4", when)); err != nil {
						t.Errorf("%s a message is refused: %v", when, err)
					}
					if n := x.told.kinds()["interaction_closed"]; n != want {
						t.Errorf("%s %d have gone, want %d", when, n, want)
					}
				}
				time.Sleep(time.Minute + time.Second)
				gone("with the fault", 2)
				time.Sleep(2 * asideFor)
				gone("when it was tried again", 2)
				broken.Store(false)
				time.Sleep(2 * asideFor)
				gone("once it is mended", 3)
				x.asOnDisk()
			})
		})
	}
}
