package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// decision runs the routing room's own benchmark.
func decision(ctx context.Context, b *bench) error {
	out, err := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "BenchmarkDecision", "-benchtime", "1s", "./internal/routing").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return b.benchmarks(out, "one decision with its receipt, in memory", "2 us; at most 2x at 100,000 of 1,000 waiting")
}

// drainInProcess runs the ledger's own benchmark.
func drainInProcess(ctx context.Context, b *bench) error {
	out, err := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "BenchmarkDrain", "-benchtime", "1x", "./internal/ledger").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return b.benchmarks(out, "draining 100,000 waiting in process, every step committed", "20,000 per s")
}

// benchmarks copies the lines of a go benchmark into the table.
func (b *bench) benchmarks(out []byte, what, target string) error {
	found := false
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") {
			continue
		}
		found = true
		b.report.add(row{what: what + ": " + words[0], got: strings.Join(words[2:], " "), target: target})
	}
	if !found {
		return fmt.Errorf("no benchmark in %q", bytes.TrimSpace(out))
	}
	return nil
}

// sizes compares what a browser loads first with its budget.
func sizes(ctx context.Context, b *bench) error {
	cmd := exec.CommandContext(ctx, "npm", "run", "--silent", "sizes")
	cmd.Dir = "web"
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSpace(line); line != "" {
			b.report.add(row{what: "gzip", got: line, target: "2, 20, 300 kB"})
		}
	}
	return nil
}

// start measures from the process's start to its first answer, demo in place.
func start(ctx context.Context, b *bench) error {
	t, err := open(ctx, b, "", 0)
	if err != nil {
		return err
	}
	defer t.close()
	var took spread
	for range 10 {
		t.server.Stop()
		began := time.Now()
		if err := t.server.Start(ctx); err != nil {
			return err
		}
		took.took(time.Since(began))
	}
	b.report.add(row{what: "start to serving, demo", got: fmt.Sprintf("median %s, worst %s of 10", short(took.at(50)), short(took.at(100))), target: "0.2 s"})
	return nil
}

// rest is after how long a socket is idle: the collector runs every two minutes
// where nothing else calls for it.
const rest = 130 * time.Second

// idle measures memory at rest, then with idle sockets.
func idle(ctx context.Context, b *bench) error {
	t, err := open(ctx, b, "", 0)
	if err != nil {
		return err
	}
	defer t.close()
	t.server.Stop()
	if err := t.server.Start(ctx); err != nil { // nobody has signed in since
		return err
	}
	time.Sleep(2 * time.Second)
	before := resident(t.server.Pid())
	b.report.add(row{what: "resident memory idle", got: fmt.Sprintf("%.1f MB", before/1e6), target: "60 MB"})
	const many = 5000
	guests, err := t.guests(ctx, many)
	if err != nil {
		return err
	}
	held := resident(t.server.Pid())
	follow, stop := context.WithCancel(ctx)
	defer stop()
	now, err := t.ada.Snapshot(ctx)
	if err != nil {
		return err
	}
	lost := make(chan error, many)
	for _, g := range guests {
		go func() {
			_, err := g.Follow(follow, now.N, drop)
			lost <- err
		}()
	}
	if err := t.await(ctx, many); err != nil {
		select {
		case why := <-lost:
			err = fmt.Errorf("%w: %w", err, why)
		default:
		}
		return err
	}
	each := func() float64 { return (resident(t.server.Pid()) - held) / many / 1e3 }
	time.Sleep(3 * time.Second)
	early := each()
	time.Sleep(rest)
	b.report.add(row{
		what: fmt.Sprintf("memory per idle socket, %d sockets", many), got: fmt.Sprintf("%.1f kB", each()), target: "24 kB",
		note: fmt.Sprintf("after %s of rest; %.1f kB when they had just come", short(rest), early),
	})
	return nil
}

// resident returns a process's resident memory. Unit: bytes; 0 if unknown.
func resident(pid int) float64 {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "statm"))
	if err != nil {
		return 0
	}
	words := strings.Fields(string(text))
	pages, err := strconv.ParseFloat(words[1], 64)
	if err != nil {
		return 0
	}
	return pages * float64(os.Getpagesize())
}

// ticks are how many of a process's units of time make a second.
//
// Source: proc(5), sysconf(_SC_CLK_TCK).
const ticks = 100

// processor returns how long a process has kept a core busy; 0 if unknown. Unlike
// a rate it holds on a busy machine too.
func processor(pid int) time.Duration {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(text, []byte(") ")) // the name before may hold spaces
	words := strings.Fields(string(rest))
	sum := 0
	for _, word := range words[11:13] { // in user space and in the kernel
		n, _ := strconv.Atoi(word)
		sum += n
	}
	return time.Duration(sum) * time.Second / ticks
}
