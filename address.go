package parley

import "net/netip"

// lineBits is how much of an IPv6 address says which line it is: the rest is
// chosen by whoever has the line.
//
// Source: RFC 6177, RFC 8981.
const lineBits = 64

// Household is what limits count an address by: itself, or of IPv6 the network that
// one line at home has. Who were counted by the whole of it would have another for
// each try. What is no address is its own.
//
// Source.
func Household(ip string) string {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	address = address.Unmap()
	if line, err := address.Prefix(lineBits); err == nil { // one of IPv4 has no such
		return line.String()
	}
	return address.String()
}
