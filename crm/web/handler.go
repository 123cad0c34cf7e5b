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

// Handler answers requests with what a function returns: a value as JSON, with the status and, if it is a Versioned
// or a crm.Saved, with its version as the ETag; or an error as a problem. A value that is an http.Handler answers itself, as a
// file does. Handler bounds the body and the time of each request, and the time in which the body has to arrive.
func Handler(status int, fn func(*http.Request) (any, error), o *Options) http.Handler {
	if fn == nil {
		panic("web: Handler needs a function, and was given nil")
	}
	options := o.orDefaults()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), options.Timeout)
		defer cancel()
		if r.ContentLength != 0 {
			// The end of the context does not end a read. An error means that this writer has no deadlines, as in tests.
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(options.Timeout))
		}
		r.Body = http.MaxBytesReader(w, r.Body, options.MaxBody)
		r = r.WithContext(ctx)
		answer, err := fn(r)
		if itself, ok := answer.(http.Handler); ok && err == nil {
			itself.ServeHTTP(w, r)
			return
		}
		var doc []byte
		if err == nil {
			doc, err = json.Marshal(answer)
		}
		if err != nil {
			WriteProblem(w, r, err, options.Logger)
			return
		}
		if etag := ETag(answer); etag != "" {
			w.Header().Set("ETag", etag)
		}
		write(w, "application/json", status, doc)
	})
}

// Versioned is a value with a version, as every crm.Record is.
type Versioned interface {
	// Revision is 1 when the value was made, and one more with each change.
	Revision() int64
}

// ETag is the version of a record, another Versioned or a crm.Saved as the header has it, and empty for other values.
func ETag(answer any) string {
	var version int64
	switch answer := answer.(type) {
	case Versioned:
		version = answer.Revision()
	case crm.Saved:
		version = answer.Cooperation.Version
	default:
		return ""
	}
	return strconv.Quote(strconv.FormatInt(version, 10))
}
