package simulator

import (
	"container/heap"
	"context"
	"hash/fnv"
	"sync"
	"time"
)

// lanes is how many things can happen at once; those of one phone share a lane.
const lanes = 16

// job is something that happens at a time.
type job struct {
	at       time.Time
	n        uint64
	standing bool // survives a reset
	do       func(context.Context)
}

type lane struct {
	jobs heapOfJobs
	busy bool
	wake chan struct{} // one is enough: it means "look again"
}

// jobs is what will happen. Its mutex guards all lanes.
type jobs struct {
	now  func() time.Time
	mu   sync.Mutex
	idle *sync.Cond // a lane is no longer busy
	n    uint64
	size int
	lane [lanes]*lane
}

func newJobs(now func() time.Time) *jobs {
	j := &jobs{now: now}
	j.idle = sync.NewCond(&j.mu)
	for i := range j.lane {
		j.lane[i] = &lane{wake: make(chan struct{}, 1)}
	}
	return j
}

// add puts a job on its key's lane. Beyond the bound it is dropped: a network
// would lose it too.
func (j *jobs) add(key string, at time.Time, standing bool, do func(context.Context)) {
	h := fnv.New32a()
	h.Write([]byte(key))
	l := j.lane[h.Sum32()%lanes]
	j.mu.Lock()
	if j.size < jobsMax {
		j.n++
		j.size++
		heap.Push(&l.jobs, job{at: at, n: j.n, standing: standing, do: do})
	}
	j.mu.Unlock()
	wake(l)
}

func wake(l *lane) {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (j *jobs) wakeAll() {
	for _, l := range j.lane {
		wake(l)
	}
}

// take makes l busy with its first job, if that is due; otherwise it says how
// long the lane may sleep (0: until it is woken).
func (j *jobs) take(l *lane) (next job, sleep time.Duration, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if l.busy || len(l.jobs) == 0 {
		return job{}, 0, false
	}
	if wait := l.jobs[0].at.Sub(j.now()); wait > 0 {
		return job{}, wait, false
	}
	l.busy = true
	j.size--
	return heap.Pop(&l.jobs).(job), 0, true
}

// done frees a lane.
func (j *jobs) done(l *lane) {
	j.mu.Lock()
	l.busy = false
	j.idle.Broadcast()
	j.mu.Unlock()
	wake(l)
}

// run works until ctx ends and every lane has stopped.
func (j *jobs) run(ctx context.Context) {
	var group sync.WaitGroup
	for _, l := range j.lane {
		group.Go(func() { j.work(ctx, l) })
	}
	group.Wait()
}

func (j *jobs) work(ctx context.Context, l *lane) {
	for ctx.Err() == nil {
		next, sleep, ok := j.take(l)
		if ok {
			next.do(ctx)
			j.done(l)
			continue
		}
		var alarm <-chan time.Time
		if sleep > 0 {
			alarm = time.After(sleep)
		}
		select {
		case <-ctx.Done():
		case <-l.wake:
		case <-alarm:
		}
	}
}

// flush runs what is due, the earliest first, until nothing is due and no lane
// is busy.
func (j *jobs) flush(ctx context.Context) {
	for ctx.Err() == nil {
		l, wait := j.first()
		if l == nil && !wait {
			return
		}
		if l == nil {
			j.mu.Lock()
			if j.anyBusy() {
				j.idle.Wait()
			}
			j.mu.Unlock()
			continue
		}
		if next, _, ok := j.take(l); ok {
			next.do(ctx)
			j.done(l)
		}
	}
}

// first returns the free lane whose job is due and earliest, or says that a busy
// lane must be waited for.
func (j *jobs) first() (l *lane, wait bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	now := j.now()
	for _, c := range j.lane {
		if c.busy || len(c.jobs) == 0 || c.jobs[0].at.After(now) {
			continue
		}
		if l == nil || c.jobs[0].before(l.jobs[0]) {
			l = c
		}
	}
	return l, l == nil && j.anyBusy()
}

func (j *jobs) anyBusy() bool {
	for _, l := range j.lane {
		if l.busy {
			return true
		}
	}
	return false
}

// clear drops all jobs but the standing ones.
func (j *jobs) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.size = 0
	for _, l := range j.lane {
		kept := heapOfJobs{}
		for _, each := range l.jobs {
			if each.standing {
				kept = append(kept, each)
			}
		}
		heap.Init(&kept)
		l.jobs = kept
		j.size += len(kept)
	}
}

func (a job) before(b job) bool {
	if a.at.Equal(b.at) {
		return a.n < b.n
	}
	return a.at.Before(b.at)
}

type heapOfJobs []job

func (h heapOfJobs) Len() int           { return len(h) }
func (h heapOfJobs) Less(a, b int) bool { return h[a].before(h[b]) }
func (h heapOfJobs) Swap(a, b int)      { h[a], h[b] = h[b], h[a] }
func (h *heapOfJobs) Push(x any)        { *h = append(*h, x.(job)) }
func (h *heapOfJobs) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
