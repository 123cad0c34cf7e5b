package webhook

import (
	"net/netip"
	"net/url"
	"strings"
)

const maxURL = 2048 // bytes

// checkURL refuses an address to which no message can or may go. Names are not resolved here: where they lead is looked at
// for each connection.
func checkURL(text string, private bool) error {
	u, err := url.Parse(text)
	switch {
	case len(text) > maxURL:
		return longURL(text)
	case err != nil || u.Host == "" || u.Opaque != "" || u.User != nil || strings.ContainsAny(text, "# \t\r\n") || !validPort(u):
		return noURL(text)
	case u.Scheme != "https" && (u.Scheme != "http" || !private):
		return noURL(text)
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	addr, err := netip.ParseAddr(host)
	named := host == "localhost" || strings.HasSuffix(host, ".localhost") || !strings.ContainsAny(host, ".:")
	switch {
	case err == nil && !allowed(addr, private):
		return privateURL(text, private)
	case named && !private:
		return privateURL(text, private)
	}
	return nil
}

// validPort reports whether there is a host, and a port from 1 on if one is named.
func validPort(u *url.URL) bool {
	if u.Hostname() == "" {
		return false
	}
	if port := u.Port(); port != "" {
		addr, err := netip.ParseAddrPort("127.0.0.1:" + port)
		return err == nil && addr.Port() > 0
	}
	return !strings.HasSuffix(u.Host, ":")
}
