package pages_test

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/shopspring/decimal"
)

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// send sends a form in a language.
func (h *host) send(lang, path string, pairs []string) page {
	h.Helper()
	values := url.Values{}
	for n := 0; n < len(pairs); n += 2 {
		values.Add(pairs[n], pairs[n+1])
	}
	r := ok(http.NewRequestWithContext(h.Context(), http.MethodPost, h.at(path), strings.NewReader(values.Encode())))(h)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", lang)
	return h.do(r)
}
