package parley

import "fmt"

// OfferID names one presentation of an interaction to an agent.
type OfferID struct {
	Interaction InteractionID
	Attempt     int // 1, 2, 3 ... within the interaction
}

// String returns the public form, <interaction>.<attempt>.
func (o OfferID) String() string { return fmt.Sprintf("%s.%d", o.Interaction, o.Attempt) }
