package parley

import (
	"fmt"
	"strconv"
	"strings"
)

// OfferID names one presentation of an interaction to an agent.
type OfferID struct {
	Interaction InteractionID
	Attempt     int // 1, 2, 3 ... within the interaction
}

// String returns the public form, <interaction>.<attempt>.
func (o OfferID) String() string { return fmt.Sprintf("%s.%d", o.Interaction, o.Attempt) }

// ParseOfferID is the inverse of String. Errors: ErrNotFound.
func ParseOfferID(s string) (OfferID, error) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return OfferID{}, ErrNotFound
	}
	n, err := strconv.Atoi(s[i+1:])
	if err != nil || n < 1 {
		return OfferID{}, ErrNotFound
	}
	return OfferID{Interaction: InteractionID(s[:i]), Attempt: n}, nil
}
