package guard

import "net/http"

// headers are those of every answer, which a handler may set otherwise. The policy takes scripts, styles and pictures from
// the server alone, and no scripts or styles inside a page; nobody may show a page in a frame. Answers hold personal data,
// so nothing keeps them.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",        // for browsers that do not know frame-ancestors
	"Referrer-Policy":              "same-origin", // with none, a form of our own pages would have the origin null
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cache-Control":                "no-store",
}

// Headers adds to every answer what keeps browsers safe.
func Headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}
