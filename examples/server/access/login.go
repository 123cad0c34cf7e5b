package access

import (
	_ "embed"
	"errors"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

//go:embed login.html
var loginHTML string

var loginPage = template.Must(template.New("login").Parse(loginHTML))

// maxForm is how long the form for signing in may be, in bytes.
const maxForm = 8 << 10

// Routes are the pages for signing in and out with a browser: GET and POST /login, POST /logout.
func (g *Gate) Routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, r *http.Request) {
		g.form(w, r, http.StatusOK, nil, r.URL.Query().Get("next"))
	})
	mux.HandleFunc("POST /login", g.login)
	mux.HandleFunc("POST /logout", g.logout)
}

// login begins a session with the token of the form, and goes on to the page that was asked for.
func (g *Gate) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		web.WriteProblem(w, r, refusal.Form(err), g.log)
		return
	}
	next := r.PostForm.Get("next")
	token, id, err := g.bySecret(r.Context(), strings.TrimSpace(r.PostForm.Get("token")), address(r))
	if refusal, ok := errors.AsType[*web.Refusal](err); ok {
		maps.Copy(w.Header(), refusal.Header)
		g.form(w, r, refusal.Status, refusal, next)
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

func (g *Gate) form(w http.ResponseWriter, r *http.Request, status int, problem error, next string) {
	lang := web.Language(r)
	page := struct{ Lang, Title, Label, Problem, Next string }{
		lang.String(), signIn.In(lang), tokenLabel.In(lang), "", local(next),
	}
	if problem != nil {
		page.Problem = sentence.OfError(problem).In(lang)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = loginPage.Execute(w, page) // a client that is gone does not hear of it
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
