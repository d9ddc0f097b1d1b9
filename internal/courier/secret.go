package courier

import (
	"fmt"

	"parley"
	"parley/internal/channel"
)

// Unsealed returns an entry point with its secrets open: where a request is
// checked or made, and nowhere else.
//
// Source: A-095.
func (c *Courier) Unsealed(e parley.EntryPoint) (parley.EntryPoint, error) {
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

// ReachedAt tells under which address networks reach the center: https://host.
// Call it before Run.
func (c *Courier) ReachedAt(public string) { c.public = public }

// reachable returns an entry point that knows its own webhook's address, where its
// network asks for that and nobody filled in another.
func (c *Courier) reachable(e parley.EntryPoint, s channel.Spec) parley.EntryPoint {
	if c.public == "" {
		return e
	}
	return channel.Reporting(e, s, c.public+"/in/"+e.Provider+"/"+string(e.ID))
}
