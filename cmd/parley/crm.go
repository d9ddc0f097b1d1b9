package main

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"parley/internal/tenant"
)

// crmFigures are how the CRMs outside do: what lookups found, what became of
// logs, and how many wait.
type crmFigures struct{ tenant *tenant.Tenant }

var (
	crmLookups = prometheus.NewDesc("parley_crm_lookups_total", "Lookups in CRMs outside, by what came of them.", []string{"crm", "how"}, nil)
	crmSeconds = prometheus.NewDesc("parley_crm_lookup_seconds_total", "Time that lookups in CRMs outside took.", []string{"crm"}, nil)
	crmTries   = prometheus.NewDesc("parley_crm_log_tries_total", "Tries to file a log in CRMs outside, by what came of them.", []string{"crm", "how"}, nil)
	crmLogs    = prometheus.NewDesc("parley_crm_logs", "Logs that a CRM outside does not have, by connection.", []string{"connection", "state"}, nil)
)

// Describe names the figures.
func (crmFigures) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{crmLookups, crmSeconds, crmTries, crmLogs} {
		to <- d
	}
}

// Collect reads the figures. What cannot be read now is left out.
func (f crmFigures) Collect(to chan<- prometheus.Metric) {
	for kind, x := range f.tenant.Integration.Figures() {
		for how, n := range x.Lookups {
			to <- prometheus.MustNewConstMetric(crmLookups, prometheus.CounterValue, float64(n), kind, how)
		}
		to <- prometheus.MustNewConstMetric(crmSeconds, prometheus.CounterValue, x.LookupTime.Seconds(), kind)
		for how, n := range x.Logs {
			to <- prometheus.MustNewConstMetric(crmTries, prometheus.CounterValue, float64(n), kind, how)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), collectWithin)
	defer cancel()
	counts, err := f.tenant.Store.View().CRMLogsOpen(ctx)
	if err != nil {
		return
	}
	for _, c := range counts {
		to <- prometheus.MustNewConstMetric(crmLogs, prometheus.GaugeValue, float64(c.Count), c.Connection, c.State)
	}
}
