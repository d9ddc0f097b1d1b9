// Bench measures a Parley binary from outside: one run, one machine, one table.
//
//	make bench
//	make bench BENCH='-only messages,slot -seconds 10'
//
// The server, the load (this process) and the database share the machine. The
// loop is open: latency counts from when a message was due, not from when it
// could be sent. Storage is as in production. Afterwards every acknowledged
// message is read back.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// options are the flags.
type options struct {
	bin      string
	out      string
	only     string
	postgres string
	warm     time.Duration
	length   time.Duration
	messages int
	waiting  int
	rows     int
}

// step is one row or more of the table.
type step struct {
	name string
	run  func(ctx context.Context, b *bench) error
}

// bench is one run.
type bench struct {
	options
	report report
}

func main() {
	var o options
	var seconds, warm int
	flag.StringVar(&o.bin, "bin", "bin/parley", "the binary to measure")
	flag.StringVar(&o.out, "out", "", "file to keep the table in")
	flag.StringVar(&o.only, "only", "", "steps to run, by comma")
	flag.StringVar(&o.postgres, "postgres", "", "postgres:// address of an empty database; one is started without it")
	flag.IntVar(&seconds, "seconds", 60, "length of a step")
	flag.IntVar(&warm, "warm", 10, "warm-up of a step, in seconds")
	flag.IntVar(&o.messages, "messages", 1_000_000, "messages the database holds before")
	flag.IntVar(&o.waiting, "waiting", 100_000, "customers who wait before the draining")
	flag.IntVar(&o.rows, "rows", 1_000_000, "rows behind each list and search; measured at a tenth and a hundredth of them too")
	flag.Parse()
	o.length, o.warm = time.Duration(seconds)*time.Second, time.Duration(warm)*time.Second
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b := &bench{options: o}
	where := machine(ctx, o)
	failed := false
	for _, s := range steps {
		if o.only != "" && !strings.Contains(","+o.only+",", ","+s.name+",") {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s ...\n", s.name)
		if err := s.run(ctx, b); err != nil {
			failed = true
			b.report.add(row{what: s.name, note: "not measured: " + err.Error()})
		}
		if ctx.Err() != nil {
			break
		}
	}
	text := b.report.markdown(where)
	fmt.Print(text)
	if o.out != "" {
		if err := os.WriteFile(o.out, []byte(text), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if failed {
		os.Exit(1)
	}
}

var steps = []step{
	{"decision", decision},
	{"drain-in-process", drainInProcess},
	{"sizes", sizes},
	{"start", start},
	{"idle", idle},
	{"messages", messages},
	{"slot", slot},
	{"drain", drain},
	{"away", away},
	{"lists", lists},
	{"search", found},
	{"webhooks", webhooks},
	{"screen", screen},
	{"outbound", outbound},
}
