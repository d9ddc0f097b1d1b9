// Package all lists the simulated networks and CRMs. Only what wires and what tests enters it.
package all

import (
	"parley/internal/simulator"
	"parley/internal/simulator/dataverse"
	"parley/internal/simulator/eightbyeight"
	"parley/internal/simulator/messenger"
	"parley/internal/simulator/salesforce"
	"parley/internal/simulator/smpp"
	"parley/internal/simulator/telegram"
	"parley/internal/simulator/twilio"
	"parley/internal/simulator/vonage"
	"parley/internal/simulator/whatsapp"
	"parley/internal/simulator/x"
)

// Providers returns every simulated network and CRM.
func Providers() []simulator.Provider {
	return []simulator.Provider{
		twilio.Provider,
		vonage.Provider,
		eightbyeight.Provider,
		smpp.Provider,
		whatsapp.Provider,
		messenger.Provider,
		messenger.Instagram,
		x.Provider,
		telegram.Provider,
		dataverse.Provider,
		salesforce.Provider,
	}
}
