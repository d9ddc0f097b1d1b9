package api

import (
	"github.com/prometheus/client_golang/prometheus"
)

// metrics are the doors' figures. Their labels are routes, statuses and codes:
// bounded, and free of ids and addresses.
type metrics struct {
	requests *prometheus.HistogramVec
	refusals *prometheus.CounterVec
	hub      hubCounts
}

// hubCounts are the figures of the live connections.
type hubCounts struct {
	sockets *prometheus.GaugeVec
	slow    prometheus.Counter
}

func newMetrics(reg prometheus.Registerer) *metrics {
	m := &metrics{
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "parley_http_request_seconds", Help: "How long requests took, by route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"route", "status"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_refusals_total", Help: "Requests refused, by code.",
		}, []string{"code"}),
		hub: hubCounts{
			sockets: prometheus.NewGaugeVec(prometheus.GaugeOpts{
				Name: "parley_live_connections", Help: "Open live connections, of agents and visitors.",
			}, []string{"kind"}),
			slow: prometheus.NewCounter(prometheus.CounterOpts{
				Name: "parley_live_slow_total", Help: "Live connections closed because their reader was too slow.",
			}),
		},
	}
	reg.MustRegister(m.requests, m.refusals, m.hub.sockets, m.hub.slow)
	return m
}
