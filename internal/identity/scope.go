package identity

import "parley"

// Scope is where an address of a customer counts: at the entry point's own
// address where every page and account has names of its own for people, else
// everywhere, "".
//
// Source: networks.md 11.
func Scope(kind parley.KeyKind, at parley.EntryPoint) parley.Address {
	switch kind {
	case parley.KeyFacebook, parley.KeyInstagram, parley.KeyOpen:
		if at.Address != "" {
			return at.Address
		}
		return parley.Address(at.ID)
	}
	return ""
}
