// Package all lists the simulated networks. Only what wires and what tests enters it.
package all

import (
	"parley/internal/simulator"
	"parley/internal/simulator/messenger"
	"parley/internal/simulator/smpp"
	"parley/internal/simulator/twilio"
	"parley/internal/simulator/whatsapp"
)

// Providers returns every simulated network.
func Providers() []simulator.Provider {
	return []simulator.Provider{
		smpp.Provider,
		twilio.Provider,
		messenger.Provider,
		whatsapp.Provider,
	}
}
