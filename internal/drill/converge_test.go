package drill

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"parley/internal/drill/people"
)

// TestConverge is with people: links break all the time and some
// read slowly, while everybody works. In the end each screen shows what the
// database holds, and nothing was shown twice or out of order.
func TestConverge(t *testing.T) {
	breaks := number(t, "PARLEY_BREAKS", 12) // per screen
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	s := server(t, "")
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	sam, err := people.SignIn(ctx, s.URL, "sam", "demo")
	if err != nil {
		t.Fatal(err)
	}
	looking, away := context.WithCancel(ctx)
	var all sync.WaitGroup
	supervisors := []*screen{newScreen(1, 0), newScreen(2, 0), newScreen(3, 20*time.Millisecond), newScreen(4, 20*time.Millisecond)}
	for _, x := range supervisors {
		all.Go(func() { x.supervise(looking, sam) })
	}
	var (
		mu      sync.Mutex // guards windows
		windows = map[*people.Visitor]*screen{}
	)
	crowd := newCrowd(t, s.URL)
	crowd.met = func(v *people.Visitor) {
		mu.Lock()
		defer mu.Unlock()
		x := newScreen(uint64(10+len(windows)), 0)
		windows[v] = x
		all.Go(func() { x.window(looking, v) })
	}
	crowd.open(ctx, 8, "amy", "bob", "carol")
	await(ctx, t, func() bool {
		return !sometimes(supervisors, func(x *screen) bool { return x.broken() < breaks })
	}, 2*time.Minute)
	crowd.close()
	for v, x := range windows {
		x.showsAll(ctx, t, v)
	}
	for i, x := range supervisors {
		x.showsLive(ctx, t, fmt.Sprintf("screen %d of sam", i), sam)
		if x.broken() < breaks {
			t.Errorf("screen %d of sam came back only %d times", i, x.broken())
		}
	}
	away()
	all.Wait()
	crowd.book.audit(ctx, t)
	clean(ctx, t, s)
}

func sometimes(all []*screen, is func(*screen) bool) bool {
	for _, x := range all {
		if is(x) {
			return true
		}
	}
	return false
}

// screen is what one window shows: a snapshot, and the news since. Its link
// breaks after a random number of frames.
type screen struct {
	mu           sync.Mutex // guards all of it
	dice         *rand.Rand
	slow         time.Duration // for each frame it reads
	n            int64
	breaks       int
	interactions map[string]string // state by id
	messages     map[string]people.Message
	faults       []string
}

func newScreen(seed uint64, slow time.Duration) *screen {
	return &screen{dice: rand.New(rand.NewPCG(51, seed)), slow: slow, messages: map[string]people.Message{}}
}

func (x *screen) broken() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.breaks
}

// supervise looks at the whole floor until ctx ends.
func (x *screen) supervise(ctx context.Context, a *people.Agent) {
	for ctx.Err() == nil {
		snapshot, err := a.Snapshot(ctx)
		if err != nil {
			continue
		}
		x.show(&snapshot)
		x.follow(ctx, a.Follow)
	}
}

// window looks at one conversation from its first line on.
func (x *screen) window(ctx context.Context, v *people.Visitor) {
	for ctx.Err() == nil {
		var now struct {
			N        int64
			Messages []people.Message
		}
		if v.Do(ctx, "GET", "/api/public/conversation", nil, &now) != nil {
			continue
		}
		x.mu.Lock()
		x.n = now.N
		clear(x.messages)
		for _, m := range now.Messages {
			x.messages[m.ID] = m
		}
		x.mu.Unlock()
		x.follow(ctx, v.Follow)
	}
}

// show replaces everything by a snapshot.
func (x *screen) show(s *people.Snapshot) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.n, x.interactions = s.N, states(s)
}

func states(s *people.Snapshot) map[string]string {
	all := map[string]string{}
	for _, i := range s.Interactions {
		all[i.ID] = i.State
	}
	return all
}

// follow reads the news, comes back with its cursor when the link breaks, and
// returns when the server says that it is too far behind.
func (x *screen) follow(ctx context.Context, read func(context.Context, int64, func(people.Frame)) (int64, error)) {
	for ctx.Err() == nil {
		link, cut := context.WithCancel(ctx)
		x.mu.Lock()
		left, after := 1+x.dice.IntN(30), x.n
		x.mu.Unlock()
		frames := 0
		_, _ = read(link, after, func(f people.Frame) { // it ends with our own cut
			x.take(&f)
			time.Sleep(x.slow)
			if frames++; frames == left {
				cut()
			}
		})
		cut()
		x.mu.Lock()
		x.breaks++
		behind := frames == 0
		x.mu.Unlock()
		if behind {
			return
		}
	}
}

func (x *screen) take(f *people.Frame) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if f.From != x.n {
		x.faults = append(x.faults, fmt.Sprintf("news from %d after %d", f.From, x.n))
	}
	x.n = f.To
	for _, e := range f.Events {
		if e.N <= f.From || e.N > f.To {
			x.faults = append(x.faults, fmt.Sprintf("event %d in (%d, %d]", e.N, f.From, f.To))
		}
		if e.Interaction != nil && x.interactions != nil {
			x.interactions[e.Interaction.ID] = e.Interaction.State
		}
		if e.Gone != "" {
			delete(x.interactions, e.Gone)
		}
		if e.Message != nil && x.interactions == nil {
			if _, twice := x.messages[e.Message.ID]; twice {
				x.faults = append(x.faults, "a second bubble for "+e.Message.ID)
			}
			x.messages[e.Message.ID] = *e.Message
		}
	}
}

// showsAll waits until a window shows what its conversation holds.
func (x *screen) showsAll(ctx context.Context, t *testing.T, v *people.Visitor) {
	t.Helper()
	kept, err := v.Messages(ctx)
	if err != nil {
		t.Errorf("read %s: %v", v.Conversation, err)
		return
	}
	want := map[string]int64{}
	for _, m := range kept {
		want[m.ID] = m.Seq
	}
	shown := func() map[string]int64 {
		x.mu.Lock()
		defer x.mu.Unlock()
		all := map[string]int64{}
		for id, m := range x.messages {
			all[id] = m.Seq
		}
		return all
	}
	await(ctx, t, func() bool { return maps.Equal(shown(), want) }, time.Minute)
	if got := shown(); !maps.Equal(got, want) {
		t.Errorf("P12: the window of %s shows %d messages, %d are kept", v.Conversation, len(got), len(want))
	}
	for _, fault := range x.faults {
		t.Errorf("the window of %s: %s", v.Conversation, fault)
	}
}

// showsLive waits until a screen shows the same floor as a fresh one.
func (x *screen) showsLive(ctx context.Context, t *testing.T, who string, a *people.Agent) {
	t.Helper()
	var got, want map[string]string
	await(ctx, t, func() bool {
		snapshot, err := a.Snapshot(ctx)
		if err != nil {
			return false
		}
		x.mu.Lock()
		got, want = maps.Clone(x.interactions), states(&snapshot)
		x.mu.Unlock()
		return maps.Equal(got, want)
	}, time.Minute)
	if !maps.Equal(got, want) {
		t.Errorf("P12: %s shows %d interactions, the database holds %d", who, len(got), len(want))
		for id := range maps.Keys(got) {
			if got[id] != want[id] {
				t.Errorf("P12: %s is %s on the screen and %q in the database", id, got[id], want[id])
			}
		}
	}
	for _, fault := range x.faults {
		t.Errorf("%s: %s", who, fault)
	}
}
