package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/getklar/influencercrm/crm"
)

// Options are the settings of a handler; nil is the defaults.
type Options struct {
	MaxBody int64         // of a request, in bytes; 1 MiB if it is 0
	Timeout time.Duration // of the request's context; 5 seconds if it is 0
	Logger  *slog.Logger  // of errors on the side of the host; slog.Default() if it is nil
}

// The defaults of Options.
const (
	DefaultMaxBody = 1 << 20
	DefaultTimeout = 5 * time.Second
)

func (o *Options) orDefaults() Options {
	var full Options
	if o != nil {
		full = *o
	}
	if full.MaxBody == 0 {
		full.MaxBody = DefaultMaxBody
	}
	if full.Timeout == 0 {
		full.Timeout = DefaultTimeout
	}
	return full
}

// Handler answers requests with what a function returns: a value as JSON, with the status and, if it is a record or a
// crm.Saved, with its version as the ETag; or an error as a problem. It bounds the body and the time of each request.
func Handler(status int, fn func(*http.Request) (any, error), o *Options) http.Handler {
	if fn == nil {
		panic("web: Handler needs a function, and was given nil")
	}
	options := o.orDefaults()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), options.Timeout)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, options.MaxBody)
		answer, err := fn(r.WithContext(ctx))
		var doc []byte
		if err == nil {
			doc, err = json.Marshal(answer)
		}
		if err != nil {
			WriteProblem(w, r, err, options.Logger)
			return
		}
		if version, ok := versionOf(answer); ok {
			w.Header().Set("ETag", strconv.Quote(strconv.FormatInt(version, 10)))
		}
		write(w, "application/json", status, doc)
	})
}

func versionOf(answer any) (int64, bool) {
	switch answer := answer.(type) {
	case crm.Record:
		return answer.Revision(), true
	case crm.Saved:
		return answer.Cooperation.Version, true
	}
	return 0, false
}
