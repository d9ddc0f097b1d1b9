// Package all lists the simulated networks. Only what wires and what tests enters it.
package all

import (
	"parley/internal/simulator"
	"parley/internal/simulator/eightbyeight"
	"parley/internal/simulator/messenger"
	"parley/internal/simulator/smpp"
	"parley/internal/simulator/twilio"
	"parley/internal/simulator/vonage"
	"parley/internal/simulator/whatsapp"
)

// Providers returns every simulated network.
func Providers() []simulator.Provider {
	return []simulator.Provider{
		twilio.Provider,
		vonage.Provider,
		eightbyeight.Provider,
		smpp.Provider,
		messenger.Provider,
		whatsapp.Provider,
	}
}
