package center

import (
	"reflect"
	"testing"

	"parley/internal/replay"
	"parley/internal/routing"
	"parley/internal/store"
)

// TestKeptMidway: RTE-10: the router is kept after whole commands; one that was kept
// between two rows of one, which cannot be loaded, is passed over.
func TestKeptMidway(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx, view := t.Context(), x.store.View()
		x.works(amy, bob)
		offer := x.ringing(x.visits("ent_support", bea))
		why, err := x.WhyOffered(ctx, sam, offer)
		x.must(err)
		after := func(n int64) (sn routing.Snapshot, whole bool) {
			state, err := replay.Before(ctx, view, n+1)
			x.must(err)
			sn = state.Snapshot()
			_, err = routing.Load(sn)
			return sn, err == nil
		}
		x.must(replay.Keep(ctx, view, x.ledger, 1))
		kept, err := view.RouterStatesAt(ctx)
		x.must(err)
		for _, n := range kept {
			if _, whole := after(n); !whole {
				t.Errorf("RTE-10: the router after row %d is kept and cannot be loaded", n)
			}
		}
		half := 0
		for n := range x.ledger.Head() {
			if sn, whole := after(n + 1); !whole {
				half++
				x.do("keep", func(r *store.Rows) { r.KeepRouter(store.RouterState{N: n + 1, Snapshot: sn}) })
			}
		}
		if again, err := x.WhyOffered(ctx, sam, offer); err != nil || half == 0 || !reflect.DeepEqual(again, why) {
			t.Errorf("RTE-10: with %d kept midway: %+v, %v", half, again, err)
		}
		x.must(replay.Keep(ctx, view, x.ledger, 1))
	})
}
