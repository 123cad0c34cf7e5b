package webhook

import (
	"errors"
	"net/netip"
	"slices"
	"syscall"
)

// errPrivate is an address to which no message may go.
var errPrivate = errors.New("the address is not public")

// reserved are the ranges that net/netip has no name for and that are no public unicast addresses, or hide an IPv4
// address that is not looked at: RFC 6890 and those after it.
var reserved = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
)

func prefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for n, text := range texts {
		all[n] = netip.MustParsePrefix(text)
	}
	return all
}

// public reports whether an address is one of the internet, and not of this machine or a network of its own.
func public(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	if !addr.IsGlobalUnicast() || addr.IsPrivate() {
		return false
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// onlyPublic is the Control of a net.Dialer. It sees the address to which the connection is made, so a name that leads
// elsewhere a moment later leads nowhere.
func onlyPublic(network, address string, _ syscall.RawConn) error {
	addr, err := netip.ParseAddrPort(address)
	if err != nil || network != "tcp4" && network != "tcp6" || !public(addr.Addr()) {
		return errPrivate
	}
	return nil
}
