package api

import (
	"net/http"
	"net/netip"
	"strings"

	"parley"
)

// peer is who is at the other end of a request, and how the request came.
type peer struct {
	ip        netip.Addr // of the client; the right-most hop no proxy of ours made
	secure    bool       // over TLS, here or at a proxy of ours
	loopback  bool       // from this machine, addressed to a loopback name, forwarded by nobody
	forwarded bool       // some proxy says it passed this on
}

// peers knows the proxies that may speak for others.
//
// Source: A-114.
type peers struct{ trusted []netip.Prefix }

// forwarding are the headers a proxy adds; a request that carries one did not
// begin on this machine.
var forwarding = []string{"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-Ip", "Via"}

// of reads a request's peer. Headers count only when a trusted proxy sent them.
func (p peers) of(r *http.Request) peer {
	out := peer{secure: r.TLS != nil}
	for _, name := range forwarding {
		out.forwarded = out.forwarded || r.Header.Get(name) != ""
	}
	addr, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return out
	}
	out.ip = addr.Addr().Unmap()
	direct := out.ip.IsLoopback()
	if p.trusts(out.ip) {
		out.ip = p.client(out.ip, r.Header.Values("X-Forwarded-For"))
		out.secure = out.secure || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
	}
	out.loopback = direct && !out.forwarded && parley.LoopbackHost(r.Host)
	return out
}

// client walks the chain from the right, past our own proxies.
func (p peers) client(last netip.Addr, headers []string) netip.Addr {
	hops := strings.Split(strings.Join(headers, ","), ",")
	for i := len(hops) - 1; i >= 0 && p.trusts(last); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return last
		}
		last = hop.Unmap()
	}
	return last
}

func (p peers) trusts(ip netip.Addr) bool {
	for _, prefix := range p.trusted {
		if prefix.Contains(ip) {
			return true
		}
	}
	return false
}
