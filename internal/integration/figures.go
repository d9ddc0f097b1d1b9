package integration

import (
	"sync"
	"time"

	"parley/internal/crm"
)

// figures count what was asked of outside CRMs since the start.
type figures struct {
	mu sync.Mutex // owns of
	of map[string]Figures
}

// Figures are how a kind of CRM does.
type Figures struct {
	Lookups     map[string]int64 // by what came of them: one, many, none, or a code
	LookupTime  time.Duration    // all of them together
	LookupCount int64
	Logs        map[string]int64 // by what came of the tries: posted or a code
}

func (f *figures) searched(kind string, hits int, e *crm.Error, took time.Duration) {
	how := "many"
	switch {
	case e != nil:
		how = string(e.Code)
	case hits == 0:
		how = "none"
	case hits == 1:
		how = "one"
	}
	f.count(kind, func(x *Figures) {
		x.Lookups[how]++
		x.LookupTime += took
		x.LookupCount++
	})
}

func (f *figures) wrote(kind string, e *crm.Error) {
	how := "posted"
	if e != nil {
		how = string(e.Code)
	}
	f.count(kind, func(x *Figures) { x.Logs[how]++ })
}

func (f *figures) count(kind string, change func(*Figures)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of == nil {
		f.of = map[string]Figures{}
	}
	x, ok := f.of[kind]
	if !ok {
		x = Figures{Lookups: map[string]int64{}, Logs: map[string]int64{}}
	}
	change(&x)
	f.of[kind] = x
}

// Figures returns how each kind of CRM does, since the start.
func (i *Integration) Figures() map[string]Figures {
	i.figures.mu.Lock()
	defer i.figures.mu.Unlock()
	out := map[string]Figures{}
	for kind, x := range i.figures.of {
		y := Figures{Lookups: map[string]int64{}, Logs: map[string]int64{}, LookupTime: x.LookupTime, LookupCount: x.LookupCount}
		for how, n := range x.Lookups {
			y.Lookups[how] = n
		}
		for how, n := range x.Logs {
			y.Logs[how] = n
		}
		out[kind] = y
	}
	return out
}
