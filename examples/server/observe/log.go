package observe

import (
	"context"
	"log/slog"
)

// Log tells requests to a logger. A request without an answer, which was cut off, has the status 0.
func Log(log *slog.Logger) func(context.Context, Request) {
	return func(ctx context.Context, r Request) {
		log.LogAttrs(ctx, slog.LevelInfo, "request",
			slog.String("method", r.Method), slog.String("route", r.Route), slog.Int("status", r.Status),
			slog.Float64("ms", float64(r.Took.Microseconds())/1000), slog.Int64("bytes", r.Bytes), slog.String("token", r.Token))
	}
}
