package center

import (
	"context"
	"errors"
	"maps"
	"slices"

	"parley"
	"parley/internal/channel"
)

// elsewhere hands a request to the other entry points it is about: some networks
// call one address for all numbers or pages of an app. Each checks the signature
// with its own secret, so that nothing reaches an account of another app. It
// returns an account that is none of ours, "" if there is none.
//
// Errors: those of storage.
// Source: A-058.
func (c *Center) elsewhere(ctx context.Context, at arrivals, r Request, accounts []string) (unknown string, err error) {
	for _, account := range accounts {
		other, ok := at.account(account)
		if !ok {
			unknown = channel.Words("account " + account)
			continue
		}
		open, err := c.courier.Unsealed(other)
		if err != nil {
			return "", err
		}
		got, err := at.network.Receive(open, r)
		if errors.Is(err, parley.ErrBadSignature) {
			unknown = string(other.ID)
			continue
		}
		if err != nil {
			return "", err
		}
		if err := c.keep(ctx, arrivals{other, at.network, at.spec, at.book, at.fresh}, got, r.Body); err != nil {
			return "", err
		}
	}
	return unknown, nil
}

// account finds the entry point of the same network that has this id there: as its
// address, or in a setting.
func (at arrivals) account(id string) (parley.EntryPoint, bool) {
	for _, e := range at.book.entrance {
		if e.ID == at.ID || e.Provider != at.Provider || id == "" {
			continue
		}
		if string(e.Address) == id || slices.Contains(slices.Collect(maps.Values(e.Settings)), id) {
			return e, true
		}
	}
	return parley.EntryPoint{}, false
}
