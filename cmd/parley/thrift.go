package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// The collector may wait until the heap has doubled. Where thousands of sockets are
// held and hardly anything happens that is memory for nothing: it then runs when so
// much was asked for as in collectEvery, which costs next to nothing.
const (
	collectEvery = 10 * time.Second
	lookEvery    = time.Second
	growthLeast  = 15  // percent
	growthMost   = 100 // percent; Go's own
)

// thrift decides by how much the heap may grow before the collector runs.
type thrift struct {
	allocated uint64 // bytes asked for since the start
	room      uint64 // bytes that are asked for in collectEvery; it falls by half each look
	percent   int    // by how much the heap may grow now
}

// look takes what was asked for since the last look, lookEvery ago, and returns by
// how much the heap may grow. What is held is the heap that lives and the stacks. The
// room falls within seconds, so that the collector runs when many have just come:
// their stacks shrink only before their first frame.
//
// Unit: percent of what is held.
func (t *thrift) look(allocated, held uint64) int {
	room := (allocated - t.allocated) * uint64(collectEvery/lookEvery)
	t.allocated, t.room = allocated, max(room, t.room/2)
	return int(max(growthLeast, min(growthMost, 100*t.room/max(held, 1))))
}

// save keeps the heap small while little happens, until ctx ends. An operator who
// has chosen its growth knows better.
func save(ctx context.Context) error {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	figures := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}, {Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	t := thrift{percent: growthMost}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		metrics.Read(figures)
		percent := t.look(figures[0].Value.Uint64(), figures[1].Value.Uint64()+figures[2].Value.Uint64())
		if percent > t.percent || percent < t.percent*9/10 { // the world stops for a moment
			t.percent = percent
			debug.SetGCPercent(percent)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
