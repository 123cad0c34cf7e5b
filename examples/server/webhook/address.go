package webhook

import (
	"errors"
	"net/netip"
	"slices"
	"syscall"
)

// errPrivate is an address to which no message may go.
var errPrivate = errors.New("no message may go to this address")

// reserved are the ranges that net/netip has no name for and that are no public unicast addresses, or hide an IPv4
// address that is not looked at: RFC 6890 and those after it.
var reserved = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4",
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

// shared is where providers and private networks put addresses that several customers share, and secret where clouds
// tell a machine its secrets beside the addresses of the link: Alibaba, Azure (a public address), Amazon (instances and
// pods), Google and Scaleway.
var (
	shared = netip.MustParsePrefix("100.64.0.0/10")
	secret = prefixes("100.100.100.200/32", "168.63.129.16/32", "fd00:ec2::/32", "fd20:ce::254/128", "fd00:42::42/128")
)

// allowed reports whether a message may go to an address: to public ones, and with private to this machine and to private
// networks too. Never to addresses of the link and other places where clouds tell a machine its secrets.
func allowed(addr netip.Addr, private bool) bool {
	addr = addr.Unmap().WithZone("")
	if slices.ContainsFunc(secret, func(p netip.Prefix) bool { return p.Contains(addr) }) {
		return false
	}
	return public(addr) || private && (addr.IsLoopback() || addr.IsPrivate() || shared.Contains(addr))
}

// only is the Control of a net.Dialer that lets a connection be made to allowed addresses. It sees the address to which it is
// made, so a name that leads elsewhere a moment later leads nowhere.
func only(private bool) func(network, address string, _ syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error {
		addr, err := netip.ParseAddrPort(address)
		if err != nil || network != "tcp4" && network != "tcp6" || !allowed(addr.Addr(), private) {
			return errPrivate
		}
		return nil
	}
}
