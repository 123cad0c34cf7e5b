package pages

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// htmlMedia is the type of pages and parts of them.
const htmlMedia = "text/html; charset=utf-8"

// minZipped is from how many bytes on an answer is compressed. A shorter one fits into a packet or two either way.
const minZipped = 1400

// writers compress pages at the fastest level: they are then a sixth of their size after about a millisecond.
var writers = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// sendText answers with a text, such as HTML or SVG, compressed for a browser that takes it. What was asked for from the page
// of another site is sent plain: whoever chooses part of the address and sees how long the answer is could guess the rest of
// it (BREACH).
func sendText(w http.ResponseWriter, r *http.Request, status int, media string, text []byte) {
	w.Header().Set("Content-Type", media)
	w.Header().Add("Vary", "Accept-Encoding, Sec-Fetch-Site")
	if status == 0 {
		status = http.StatusOK
	}
	site := r.Header.Get("Sec-Fetch-Site") // which browsers do not send to a plain http:// address; nothing is secret on that way
	if len(text) < minZipped || !takesGzip(r) || site == "cross-site" || site == "same-site" {
		w.WriteHeader(status)
		_, _ = w.Write(text) //nolint:gosec // html/template or a renderer has written it; a client that is gone does not hear of it
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z := writers.Get().(*gzip.Writer)
	defer writers.Put(z)
	z.Reset(w)
	_, _ = z.Write(text)
	_ = z.Close()
	z.Reset(io.Discard) // so that the pool keeps no answer
}

// takesGzip reports whether the Accept-Encoding of a request has gzip, by its name or by *, with a weight above zero. The
// name counts before *.
func takesGzip(r *http.Request) bool {
	other := false // what * says of gzip
	for _, part := range strings.Split(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, params, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name != "gzip" && name != "x-gzip" && name != "*" {
			continue
		}
		takes := true
		if key, q, found := strings.Cut(params, "="); found && strings.EqualFold(strings.TrimSpace(key), "q") {
			weight, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
			takes = err == nil && weight > 0
		}
		if name != "*" {
			return takes
		}
		other = takes
	}
	return other
}
