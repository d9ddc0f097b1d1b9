package center

import (
	"fmt"

	"parley"
)

// unsealed returns an entry point with its secrets open: where a request is
// checked or made, and nowhere else.
//
// Source: A-095.
func (c *Center) unsealed(e parley.EntryPoint) (parley.EntryPoint, error) {
	if len(e.Sealed) == 0 {
		return e, nil
	}
	if c.seal == nil {
		return e, fmt.Errorf("secrets of %s: no key to open them", e.ID)
	}
	secrets, err := c.seal.OpenSecrets(string(e.ID), e.Sealed)
	if err != nil {
		return e, fmt.Errorf("secrets of %s: %w", e.ID, err)
	}
	e.Secrets = secrets
	return e, nil
}
