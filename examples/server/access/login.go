package access

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// Form answers with the page that asks for a token, in a form that is sent to POST /login with it (token) and with the page
// that was asked for (next, a path of this server). The problem is why the token that was sent does not let its owner in; nil
// at first.
type Form func(w http.ResponseWriter, r *http.Request, status int, problem error, next string)

// maxForm is how long the form for signing in may be, in bytes.
const maxForm = 8 << 10

// Routes are the pages for signing in and out with a browser: GET and POST /login, POST /logout.
func (g *Gate) Routes(mux *http.ServeMux, form Form) {
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, r *http.Request) {
		form(w, r, http.StatusOK, nil, local(r.URL.Query().Get("next")))
	})
	mux.HandleFunc("POST /login", func(w http.ResponseWriter, r *http.Request) { g.login(w, r, form) })
	mux.HandleFunc("POST /logout", g.logout)
}

// login begins a session with the token of the form, and goes on to the page that was asked for.
func (g *Gate) login(w http.ResponseWriter, r *http.Request, form Form) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		web.WriteProblem(w, r, refusal.Form(err), g.log)
		return
	}
	next := r.PostForm.Get("next")
	token, id, err := g.bySecret(r.Context(), strings.TrimSpace(r.PostForm.Get("token")), address(r))
	if refusal, ok := errors.AsType[*web.Refusal](err); ok {
		maps.Copy(w.Header(), refusal.Header)
		form(w, r, refusal.Status, refusal, local(next))
		return
	}
	var cookie *http.Cookie
	if err == nil {
		cookie, err = g.sessions.begin(r.Context(), token, id, r.TLS != nil)
	}
	if err != nil {
		web.WriteProblem(w, r, err, g.log)
		return
	}
	http.SetCookie(w, cookie)
	http.Redirect(w, r, local(next), http.StatusSeeOther)
}

// logout ends the session of the browser.
func (g *Gate) logout(w http.ResponseWriter, r *http.Request) {
	if sent := g.sessions.sent(r); sent != "" {
		if err := g.sessions.end(r.Context(), sent); err != nil {
			web.WriteProblem(w, r, err, g.log)
			return
		}
	}
	gone := g.sessions.cookie(r.TLS != nil)
	gone.MaxAge = -1
	http.SetCookie(w, gone)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// local is a path of this server, so that a link to the form cannot lead on to another site; the first page for what is none.
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil ||
		!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsFunc(next, func(r rune) bool { return r == '\\' || r < ' ' }) {
		return "/"
	}
	return next
}
