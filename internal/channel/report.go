package channel

import (
	"maps"
	"slices"

	"parley"
)

// statusCallback is the setting of networks that must be told with each message
// where they report what becomes of it.
const statusCallback = "status_callback"

// Reporting returns an entry point whose network is told to report to a webhook,
// where it asks for an address with each message and nobody filled in another.
func Reporting(e parley.EntryPoint, s Spec, webhook string) parley.EntryPoint {
	asked := slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Name == statusCallback })
	if !asked || !s.Webhook || webhook == "" || e.Settings[statusCallback] != "" {
		return e
	}
	e.Settings = maps.Clone(e.Settings)
	if e.Settings == nil {
		e.Settings = map[string]string{}
	}
	e.Settings[statusCallback] = webhook
	return e
}
