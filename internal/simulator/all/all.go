// Package all lists the simulated networks. Only what wires and what tests enters it.
package all

import (
	"parley/internal/simulator"
	"parley/internal/simulator/twilio"
)

// Providers returns every simulated network.
func Providers() []simulator.Provider {
	return []simulator.Provider{
		twilio.Provider,
	}
}
