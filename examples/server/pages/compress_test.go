package pages_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

// wire is an answer as it comes over the wire.
type wire struct {
	status int
	http.Header
	body []byte
}

// ask gets a path with headers.
func (h *host) ask(method, path string, headers map[string]string) wire {
	h.Helper()
	r, err := http.NewRequestWithContext(h.Context(), method, h.url+path, nil)
	if err != nil {
		h.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "identity") // without one Go asks for gzip, and hides it
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		h.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		h.Fatal(err)
	}
	return wire{answer.StatusCode, answer.Header, body}
}

// Pages, parts of them, pictures and files are compressed for those who take it, and say the same.
func TestCompressed(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	in := "/w/" + h.ws.ID.String() + "/"
	for _, path := range []string{in + "planning", in + "search?part=1&q=", in + "campaigns/nothing", in + "planning.svg", "/static/app.css", "/static/app.js", "/static/icon.svg"} {
		plain := h.ask("GET", path, nil)
		if e := plain.Get("Content-Encoding"); e != "" {
			t.Errorf("%s: encoding %q that nobody asked for", path, e)
		}
		if !strings.Contains(strings.Join(plain.Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("%s varies by %q", path, plain.Values("Vary"))
		}
		short := h.ask("GET", path, map[string]string{"Accept-Encoding": "deflate, gzip;q=0.5, br"})
		if short.status != plain.status || short.Get("Content-Type") != plain.Get("Content-Type") ||
			short.Get("Cache-Control") != plain.Get("Cache-Control") {
			t.Errorf("%s: %d %v compressed, %d %v plain", path, short.status, short.Header, plain.status, plain.Header)
		}
		if len(plain.body) < 1400 && short.Get("Content-Encoding") == "" {
			continue
		}
		z, err := gzip.NewReader(bytes.NewReader(short.body))
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, plain.body) || len(short.body) >= len(plain.body) {
			t.Errorf("%s: %d of %d bytes say something else: %v", path, len(short.body), len(plain.body), err)
		}
		head := h.ask("HEAD", path, map[string]string{"Accept-Encoding": "gzip"})
		if head.status != plain.status || len(head.body) > 0 {
			t.Errorf("HEAD %s: %d with %d bytes", path, head.status, len(head.body))
		}
	}
}

// Nothing is compressed for those who do not take it, nor a page that another site asks for.
func TestNotCompressed(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	page := "/w/" + h.ws.ID.String() + "/planning"
	for _, c := range []struct {
		accept, site string
		want         string
	}{
		{"gzip", "", "gzip"}, {"GZIP", "same-origin", "gzip"}, {"br, *", "none", "gzip"}, {"x-gzip;q=0.1", "", "gzip"},
		{"gzip", "cross-site", ""}, {"gzip", "same-site", ""}, {"gzip;q=0", "", ""}, {"gzip;q=0, *", "", ""}, {"*;q=0", "", ""},
		{"*, gzip; Q=0.000", "", ""}, {"gzip;q=much", "", ""}, {"br", "", ""}, {"identity", "", ""},
	} {
		headers := map[string]string{"Accept-Encoding": c.accept}
		if c.site != "" {
			headers["Sec-Fetch-Site"] = c.site
		}
		if answer := h.ask("GET", page, headers); answer.Get("Content-Encoding") != c.want {
			t.Errorf("%+v: encoding %q", c, answer.Get("Content-Encoding"))
		}
	}
}
