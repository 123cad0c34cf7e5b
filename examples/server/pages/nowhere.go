package pages

import (
	"errors"
	"maps"
	"net/http"
	"strings"

	"github.com/getklar/influencercrm/crm/web"
)

// Nowhere answers what no route of the server is for, which an error of web.Nowhere says: with a page where a browser asks for
// one, else with a problem.
func (p *Pages) Nowhere(w http.ResponseWriter, r *http.Request, err error) {
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		web.WriteProblem(w, r, err, p.options.Logger)
		return
	}
	v := &visit{Request: r, pages: p, face: p.faces[languageOf(r)], crm: p.crm}
	status := http.StatusNotFound
	if refusal, ok := errors.AsType[*web.Refusal](err); ok {
		maps.Copy(w.Header(), refusal.Header)
		status = refusal.Status
	}
	v.noPage(status).write(w, v)
}
