package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// row is one line of the table.
type row struct {
	what   string
	got    string
	target string // what to reach at least
	note   string
}

// report is the table.
type report struct{ rows []row }

func (r *report) add(one row) {
	r.rows = append(r.rows, one)
	fmt.Fprintf(os.Stderr, "  %s: %s %s\n", one.what, one.got, one.note)
}

func (r *report) markdown(machine string) string {
	var s strings.Builder
	s.WriteString("# Benchmarks\n\nWritten by `make bench`. Ratios and percentiles of one run; absolute times are this machine's.\n\n" + machine + "\n\n")
	s.WriteString("| what | measured | reach at least | remarks |\n|---|---|---|---|\n")
	for _, one := range r.rows {
		fmt.Fprintf(&s, "| %s | %s | %s | %s |\n", one.what, one.got, one.target, one.note)
	}
	return s.String() + "\n" + reasons
}

// reasons says, by profile, why a target is missed.
//
//go:embed reasons.md
var reasons string

// machine says what this was measured on.
func machine(ctx context.Context, o options) string {
	model := "?"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, ok := strings.CutPrefix(line, "model name"); ok {
				model = strings.Trim(name, "\t :\n")
				break
			}
		}
	}
	version, _ := exec.CommandContext(ctx, o.bin, "version").Output()
	return fmt.Sprintf("Machine: %d cores of %s, %s/%s, %s. Revision: %s. Steps of %s after %s of warm-up; the database held %d messages. Load average at the start: %s.",
		runtime.NumCPU(), model, runtime.GOOS, runtime.GOARCH, runtime.Version(), strings.TrimSpace(string(version)), o.length, o.warm, o.messages, load())
}

// load returns the machine's load of the last minute: others may use it too.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if words := strings.Fields(string(text)); err == nil && len(words) > 0 {
		return words[0]
	}
	return "?"
}

// spread collects durations. It is safe for many goroutines.
type spread struct {
	mu   sync.Mutex
	all  []time.Duration
	fail int
}

func (s *spread) took(d time.Duration) {
	s.mu.Lock()
	s.all = append(s.all, d)
	s.mu.Unlock()
}

func (s *spread) failed() {
	s.mu.Lock()
	s.fail++
	s.mu.Unlock()
}

// at returns the p-th percentile.
func (s *spread) at(p float64) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.all) == 0 {
		return 0
	}
	slices.Sort(s.all)
	return s.all[min(len(s.all)-1, int(p/100*float64(len(s.all))))]
}

// String prints the count, the errors and three percentiles.
func (s *spread) String() string {
	return fmt.Sprintf("%d, %d errors, p50 %s, p99 %s, p99.9 %s", len(s.all), s.fail, short(s.at(50)), short(s.at(99)), short(s.at(99.9)))
}

func short(d time.Duration) string {
	switch {
	case d < time.Microsecond:
		return d.String()
	case d < time.Millisecond:
		return fmt.Sprintf("%.2f us", float64(d)/float64(time.Microsecond))
	case d < time.Second:
		return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}
