package observe

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
)

// Health adds the routes that tell whether the server lives, GET /healthz, and whether it can answer, GET /readyz: 503 while
// its database is away. A nil function is one that is always ready.
func Health(mux *http.ServeMux, ready func(context.Context) error, log *slog.Logger) {
	fine := func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "ok\n") // a client that is gone does not hear of it
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fine(w) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if ready != nil && ready(ctx) != nil {
			web.WriteProblem(w, r, crm.ErrUnavailable, log)
			return
		}
		fine(w)
	})
}
