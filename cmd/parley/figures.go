package main

import (
	"context"
	"encoding/json"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"parley"
	"parley/internal/routing"
	"parley/internal/tenant"
)

// figures are what an operator counts of a center: what was committed, how
// offers ended, who waits. Queues are named by their ids; no figure holds an
// address.
type figures struct {
	tenant  *tenant.Tenant
	clock   parley.Clock
	commits prometheus.Counter
	batch   prometheus.Histogram
	entries *prometheus.CounterVec
	offers  *prometheus.CounterVec
	depth   *prometheus.Desc
	down    *prometheus.Desc
	waiting *prometheus.Desc
	outbox  *prometheus.Desc
}

// tenantFigures follows a center's log from now on.
func tenantFigures(t *tenant.Tenant, clock parley.Clock) *figures {
	f := &figures{
		tenant:  t,
		clock:   clock,
		commits: prometheus.NewCounter(prometheus.CounterOpts{Name: "parley_commits_total", Help: "Commits that had news."}),
		batch: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "parley_commit_entries", Help: "Log entries of one commit.", Buckets: prometheus.ExponentialBuckets(1, 2, 10),
		}),
		entries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_entries_total", Help: "Log entries, by kind.",
		}, []string{"kind"}),
		offers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_offers_total", Help: "Offers, by how they ended.",
		}, []string{"how"}),
		depth:   prometheus.NewDesc("parley_writer_queue", "Commands that wait for the writer.", nil, nil),
		down:    prometheus.NewDesc("parley_storage_down", "1 while nothing can be saved.", nil, nil),
		waiting: prometheus.NewDesc("parley_waiting", "Interactions that wait, by queue.", []string{"queue"}, nil),
		outbox:  prometheus.NewDesc("parley_outbox", "Rows that wait to be sent or were given up, at most 1,000.", []string{"state"}, nil),
	}
	t.Ledger.Subscribe(f.follow)
	return f
}

// follow counts a commit.
func (f *figures) follow(batch []parley.Entry) {
	f.commits.Inc()
	f.batch.Observe(float64(len(batch)))
	for _, e := range batch {
		f.entries.WithLabelValues(e.Kind).Inc()
		switch e.Kind {
		case "offer_ended":
			var data struct {
				How string `json:"how"`
			}
			_ = json.Unmarshal(e.Data, &data) // our own
			f.offers.WithLabelValues(data.How).Inc()
		}
	}
}

// Describe names the figures.
func (f *figures) Describe(to chan<- *prometheus.Desc) {
	for _, c := range []prometheus.Collector{f.commits, f.batch, f.entries, f.offers} {
		c.Describe(to)
	}
	for _, d := range []*prometheus.Desc{f.depth, f.down, f.outbox, f.waiting} {
		to <- d
	}
}

// Collect reads the figures. What cannot be read now is left out.
func (f *figures) Collect(to chan<- prometheus.Metric) {
	for _, c := range []prometheus.Collector{f.commits, f.batch, f.entries, f.offers} {
		c.Collect(to)
	}
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	down := 0.0
	if f.tenant.Ledger.Down() != nil {
		down = 1
	}
	gauge(f.down, down)
	gauge(f.depth, float64(f.tenant.Ledger.Depth()))
	ctx, cancel := context.WithTimeout(context.Background(), collectWithin)
	defer cancel()
	view := f.tenant.Store.View()
	if ready, err := view.OutboxWaiting(ctx, outboxShown); err == nil {
		gauge(f.outbox, float64(ready), "ready")
	}
	if dead, err := view.OutboxDead(ctx, "", outboxShown); err == nil {
		gauge(f.outbox, float64(len(dead)), "dead")
	}
	queues, err := view.Queues(ctx)
	if err != nil {
		return
	}
	counts := make([]int, len(queues))
	err = f.tenant.Ledger.Ask(ctx, func(s *routing.State) {
		for i, q := range queues {
			counts[i], _ = s.Waiting(q.ID)
		}
	})
	for i, q := range queues {
		if err == nil {
			gauge(f.waiting, float64(counts[i]), string(q.ID))
		}
	}
}

const (
	collectWithin = 2 * time.Second
	outboxShown   = 1000 // rows counted at most
)
