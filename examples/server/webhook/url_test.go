package webhook

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

func TestCheckURL(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{ // the code for the internet, and for private networks
		"https://hooks.example.com/crm?shop=7":             {"", ""},
		"https://hooks.example.com:8443":                   {"", ""},
		"https://8.8.8.8/":                                 {"", ""},
		"https://[2606:4700::1111]/":                       {"", ""},
		"https://xn--bcher-kva.example/":                   {"", ""},
		"http://hooks.example.com/":                        {"not_a_webhook_url", ""},
		"https://localhost/":                               {"private_address", ""},
		"https://LOCALHOST./":                              {"private_address", ""},
		"https://shop.localhost/":                          {"private_address", ""},
		"https://intranet/":                                {"private_address", ""},
		"https://127.0.0.1/":                               {"private_address", ""},
		"https://10.1.2.3/":                                {"private_address", ""},
		"https://169.254.169.254/latest":                   {"private_address", "private_address"},
		"https://[::1]/":                                   {"private_address", ""},
		"https://[::ffff:10.0.0.1]/":                       {"private_address", ""},
		"https://[fe80::1%25eth0]/":                        {"private_address", "private_address"},
		"":                                                 {"not_a_webhook_url", "not_a_webhook_url"},
		"hooks.example.com":                                {"not_a_webhook_url", "not_a_webhook_url"},
		"//hooks.example.com/":                             {"not_a_webhook_url", "not_a_webhook_url"},
		"https:hooks.example.com":                          {"not_a_webhook_url", "not_a_webhook_url"},
		"https:///crm":                                     {"not_a_webhook_url", "not_a_webhook_url"},
		"https://:443/":                                    {"not_a_webhook_url", "not_a_webhook_url"},
		"https://hooks.example.com:/":                      {"not_a_webhook_url", "not_a_webhook_url"},
		"https://hooks.example.com:0/":                     {"not_a_webhook_url", "not_a_webhook_url"},
		"https://hooks.example.com:65536/":                 {"not_a_webhook_url", "not_a_webhook_url"},
		"https://pam:secret@hooks.example.com/":            {"not_a_webhook_url", "not_a_webhook_url"},
		"https://hooks.example.com/#top":                   {"not_a_webhook_url", "not_a_webhook_url"},
		"https://hooks.example.com/a b":                    {"not_a_webhook_url", "not_a_webhook_url"},
		"https://hooks.example.com/\r\nHost: x":            {"not_a_webhook_url", "not_a_webhook_url"},
		"ftp://hooks.example.com/":                         {"not_a_webhook_url", "not_a_webhook_url"},
		"file:///etc/passwd":                               {"not_a_webhook_url", "not_a_webhook_url"},
		"javascript:alert(1)":                              {"not_a_webhook_url", "not_a_webhook_url"},
		"https://a.example/" + strings.Repeat("x", maxURL): {"not_a_webhook_url", "not_a_webhook_url"},
	} {
		for n, private := range []bool{false, true} {
			err := checkURL(text, private)
			if got := codeOf(err); got != want[n] {
				t.Errorf("%q, private %v: %q, want %q", text, private, got, want[n])
			}
		}
	}
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return crm.Code(err)
}

// What is taken can be dialled, and never names a private address.
func FuzzCheckURL(f *testing.F) {
	for _, seed := range []string{
		"https://hooks.example.com/crm", "http://127.0.0.1:80", "https://[::1]:443/", "https://0x7f.1/", "https://2130706433/", "https://a@b/#c",
		"https://[::ffff:127.0.0.1]", "https://1.1.1.1:99999", "https://%31.1.1.1/", "https://a\x00b/",
		"HTTPS://EXAMPLE.COM", "https://[fe80::1%25lo]:1/",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, private bool) {
		err := checkURL(text, private)
		if err != nil {
			if !errors.Is(err, crm.ErrInvalid) {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		u, err := url.Parse(text)
		if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" || len(text) > maxURL {
			t.Fatalf("%q is taken: %+v, %v", text, u, err)
		}
		if u.Scheme != "https" && !private {
			t.Errorf("%q is taken without private", text)
		}
		if ip := net.ParseIP(u.Hostname()); ip != nil && !private && (ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()) {
			t.Errorf("%q leads to %s", text, ip)
		}
	})
}

func TestPublic(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"1.1.1.1": true, "8.8.8.8": true, "172.15.255.255": true, "172.32.0.1": true, "192.0.1.1": true,
		"2606:4700:4700::1111": true, "2a00:1450::1": true,
		"::ffff:8.8.8.8": true,
		"0.0.0.0":        false, "10.0.0.1": false, "100.64.0.1": false, "127.0.0.1": false, "127.255.255.254": false, "169.254.169.254": false,
		"172.16.0.1": false, "172.31.255.255": false, "192.0.0.8": false, "192.0.2.1": false, "192.168.1.1": false, "198.18.0.1": false,
		"203.0.113.7": false, "224.0.0.1": false, "240.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "::127.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::a00:1": false, "2002:7f00:1::": false, "2001::1": false, "2001:db8::1": false,
		"fc00::1": false, "fd12:3456::1": false, "fe80::1": false, "fe80::1%eth0": false, "fec0::1": false, "ff02::1": false,
	} {
		addr := netip.MustParseAddr(text)
		if got := public(addr); got != want {
			t.Errorf("%s: public %v", text, got)
		}
		network := "tcp4"
		if addr.Is6() {
			network = "tcp6"
		}
		if err := only(false)(network, netip.AddrPortFrom(addr, 443).String(), nil); (err == nil) != want || err != nil && !errors.Is(err, errPrivate) {
			t.Errorf("%s: dialled %v", text, err)
		}
	}
	for _, test := range [][2]string{{"tcp4", "168.63.129.16:80"}, {"tcp6", "[::ffff:168.63.129.16]:80"}} {
		if err := only(false)(test[0], test[1], nil); !errors.Is(err, errPrivate) {
			t.Errorf("%v: %v", test, err)
		}
	}
	for _, test := range [][2]string{{"udp4", "8.8.8.8:53"}, {"tcp4", "8.8.8.8"}, {"unix", "/run/postgres"}, {"tcp4", "example.com:443"}} {
		if err := only(true)(test[0], test[1], nil); !errors.Is(err, errPrivate) {
			t.Errorf("%v: %v", test, err)
		}
	}
}

// With private networks allowed there are still addresses to which no message goes, when a URL is saved and when it is dialled.
func TestPrivateButNotTheLink(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"8.8.8.8": true, "127.0.0.1": true, "10.0.0.1": true, "192.168.1.1": true, "100.64.0.1": true, "::1": true,
		"fd12:3456::1": true, "::ffff:10.0.0.1": true,
		"169.254.0.1": false, "::ffff:169.254.0.1": false, "fe80::1": false, "0.0.0.0": false, "::": false,
		"224.0.0.1": false, "255.255.255.255": false,
		"64:ff9b::a00:1": false, "2002:a00:1::": false, "ff02::1": false, "100.100.100.200": false, "fd00:ec2::254": false, "192.0.0.192": false,
		"203.0.113.1": false, "240.0.0.1": false, "0.1.2.3": false,
		"fd00:ec2::23": false, "fd00:ec2::253": false, "fd20:ce::254": false, "fd20:ce::1": true, "fd00:42::42": false,
		"168.63.129.16": false, "::ffff:168.63.129.16": false, "168.63.129.17": true,
	} {
		addr := netip.MustParseAddr(text)
		network, host := "tcp4", text
		if addr.Is6() {
			network, host = "tcp6", "["+text+"]"
		}
		if err := only(true)(network, netip.AddrPortFrom(addr, 443).String(), nil); (err == nil) != want || err != nil && !errors.Is(err, errPrivate) {
			t.Errorf("%s: dialled %v", text, err)
		}
		if err := checkURL("http://"+host+"/x", true); (err == nil) != want {
			t.Errorf("%s: saved %v", text, err)
		}
	}
}
