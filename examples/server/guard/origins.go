package guard

import (
	"log/slog"
	"net/http"

	"github.com/getklar/influencercrm/crm/web"
)

// Origins refuses requests that write and that a browser sends for a page of another site. Trusted are the origins of the
// server's own pages where a proxy changes the name of the host, such as https://crm.example.
func Origins(trusted []string, log *slog.Logger) (func(http.Handler) http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	for _, origin := range trusted {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			return nil, badOrigin(origin, err)
		}
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.WriteProblem(w, r, foreignOrigin(r.Header.Get("Origin")), log)
	}))
	return protection.Handler, nil
}
