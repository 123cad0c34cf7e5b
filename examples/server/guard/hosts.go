package guard

import (
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/web"
)

// Hosts takes only requests for localhost, for an IP address, or for one of the names, with any port. A page that has its
// own name point to this machine (DNS rebinding) could else read all that a browser here may read. An address can be taken
// because nobody can have it point elsewhere.
func Hosts(names []string, log *slog.Logger) (func(http.Handler) http.Handler, error) {
	known := []string{"localhost"}
	for _, name := range names {
		plain := hostName(name)
		if plain != strings.ToLower(name) || plain == "" || strings.ContainsAny(plain, ":/@*? ") {
			return nil, badHost(name)
		}
		known = append(known, plain)
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			name := hostName(r.Host)
			if _, err := netip.ParseAddr(name); err != nil && !slices.Contains(known, name) {
				web.WriteProblem(w, r, foreignHost(r.Host), log)
				return
			}
			next.ServeHTTP(w, r)
		})
	}, nil
}

// hostName is a host without port, brackets and the last dot, in lower case; empty if its port is no number.
func hostName(host string) string {
	if name, port, err := net.SplitHostPort(host); err == nil {
		if strings.Trim(port, "0123456789") != "" {
			return ""
		}
		host = name
	} else if bare, ok := strings.CutPrefix(host, "["); ok {
		host = strings.TrimSuffix(bare, "]")
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
