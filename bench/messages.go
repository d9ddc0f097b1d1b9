package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"parley/internal/drill/people"
	"parley/internal/store/storetest"
)

// conversations is how many are written in at once.
const conversations = 1000

// messages measures what somebody writes: calmly with 10 agents, then ever
// faster with 50.
func messages(ctx context.Context, b *bench) error {
	return b.onEach(ctx, func(ctx context.Context, name, database string) error {
		t, err := open(ctx, b, database, b.messages)
		if err != nil {
			return err
		}
		defer t.close()
		f := &flow{wires: 64}
		if err := t.listen(ctx, 10, f); err != nil {
			return err
		}
		if f.guests, err = t.guests(ctx, conversations); err != nil {
			return err
		}
		time.Sleep(5 * time.Second) // every offer is accepted
		if err := steady(ctx, b, t, f, name); err != nil {
			return err
		}
		if err := t.listen(ctx, 40, f); err != nil {
			return err
		}
		time.Sleep(10 * time.Second)
		return ceiling(ctx, b, t, f, name)
	})
}

// listen hires agents who accept as many conversations as they may, and note
// in f what they read.
func (t *town) listen(ctx context.Context, agents int, f *flow) error {
	before := len(t.staff)
	if err := t.hire(ctx, agents, 20); err != nil {
		return err
	}
	for _, a := range t.staff[before:] {
		a.Skim = skim
	}
	var wg sync.WaitGroup
	err := t.follow(ctx, &wg, before, func(a *people.Agent, frame people.Frame) {
		f.arrived(frame)
		accept(ctx, a, frame, nil)
	})
	for _, a := range t.staff[before:] {
		if err == nil {
			err = a.Ready(ctx)
		}
	}
	return err
}

// accept takes the offers of a frame; then, if not nil, is called for each.
func accept(ctx context.Context, a *people.Agent, frame people.Frame, then func(interaction string)) {
	for _, e := range frame.Events {
		if e.Type != "offer_made" || e.Interaction == nil || e.Interaction.Offer == nil {
			continue
		}
		go func() {
			if a.Accept(ctx, e.Interaction.Offer.ID) == nil && then != nil {
				then(e.Interaction.ID)
			}
		}()
	}
}

// steady is 200 messages a second.
func steady(ctx context.Context, b *bench, t *town, f *flow, name string) error {
	if err := f.run(ctx, host(t), 200, b.warm, b.length); err != nil {
		return err
	}
	time.Sleep(time.Second)
	note, err := f.count(ctx)
	b.report.add(row{what: name + ", 200 msg/s: acknowledged", got: f.acked.String(), target: "p99 10 ms", note: note})
	b.report.add(row{what: name + ", 200 msg/s: on the agent's socket", got: f.seen.String(), target: "p99 10 ms", note: "10 agents hold 20 of the 1,000 conversations each; the others wait"})
	return err
}

// rates are what ceiling tries, until one fails.
var rates = []int{1000, 2500, 5000, 7500, 10000}

// ceiling finds the largest rate with p99 under 250 ms and no errors.
func ceiling(ctx context.Context, b *bench, t *town, f *flow, name string) error {
	best := "none"
	for _, rate := range rates {
		step := &flow{wires: 64, guests: f.guests}
		if err := step.run(ctx, host(t), rate, b.warm, b.length); err != nil {
			return err
		}
		memory := resident(t.server.Pid())
		f.sent.Add(step.sent.Load())
		b.report.add(row{what: fmt.Sprintf("%s, %d msg/s: acknowledged", name, rate), got: step.acked.String(), note: fmt.Sprintf("resident %.0f MB", memory/1e6)})
		if step.acked.at(99) > 250*time.Millisecond || step.acked.fail > 0 {
			break
		}
		best = fmt.Sprintf("%d msg/s", rate)
	}
	note, err := f.count(ctx)
	b.report.add(row{what: name + ": largest rate tried with p99 under 250 ms and no errors", got: best, target: "5,000 msg/s", note: note})
	return err
}

func host(t *town) string { return strings.TrimPrefix(t.server.URL, "http://") }

// onEach runs a step on SQLite and on PostgreSQL.
func (b *bench) onEach(ctx context.Context, run func(ctx context.Context, name, database string) error) error {
	if err := run(ctx, "SQLite", ""); err != nil {
		return fmt.Errorf("SQLite: %w", err)
	}
	address, err := storetest.StartPostgres()
	if err != nil {
		return fmt.Errorf("PostgreSQL: %w", err)
	}
	if err := run(ctx, "PostgreSQL", address); err != nil {
		return fmt.Errorf("PostgreSQL: %w", err)
	}
	return nil
}
