package pages

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/access"
)

// maxForm is how long a form may be, in bytes. Files are read by their own pages.
const maxForm = 1 << 20

// visit is a request for a page.
type visit struct {
	*http.Request
	pages *Pages
	face  *face
	crm   *crm.Service
	ws    crm.Workspace // the zero one in pages of no workspace
	// mayWrite and mayAdmin tell what the visitor may do in the workspace, so that a page offers nothing else.
	mayWrite, mayAdmin bool
}

// page answers a place of a mux with a function. A page whose place has no GET changes something and needs the scope write.
func (p *Pages) page(mux *http.ServeMux, place string, fn func(*visit) (answer, error)) {
	scope := access.Write
	if strings.HasPrefix(place, "GET ") {
		scope = access.Read
	}
	p.pageFor(mux, place, scope, fn)
}

// pageFor is page with the scope that a visitor needs.
func (p *Pages) pageFor(mux *http.ServeMux, place string, scope access.Scope, fn func(*visit) (answer, error)) {
	mux.HandleFunc(place, func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Request: r, pages: p, face: p.faces[languageOf(r)], crm: p.crm}
		a, err := v.answer(w, scope, fn)
		if err != nil {
			a = v.failure(err)
		}
		a.write(w, v)
	})
}

// answer lets the visitor in, reads the workspace of the path and calls the function of the page.
func (v *visit) answer(w http.ResponseWriter, scope access.Scope, fn func(*visit) (answer, error)) (answer, error) {
	id, err := v.workspaceID()
	if err != nil {
		return nil, err
	}
	if err := v.pages.options.Allow(v.Context(), scope, id); err != nil {
		return nil, err
	}
	if v.Method == http.MethodPost && !strings.HasPrefix(v.Header.Get("Content-Type"), "multipart/") {
		v.Body = http.MaxBytesReader(w, v.Body, maxForm)
		if err := v.ParseForm(); err != nil {
			return nil, err
		}
	}
	if id.IsZero() {
		v.mayAdmin = v.may(access.Admin, id)
		return fn(v)
	}
	if v.ws, err = v.crm.Workspace(v.Context(), id); err != nil {
		return nil, err
	}
	v.mayWrite, v.mayAdmin = v.may(access.Write, id), v.may(access.Admin, id)
	return fn(v)
}

func (v *visit) may(scope access.Scope, ws crm.WorkspaceID) bool {
	return v.pages.options.Allow(v.Context(), scope, ws) == nil
}

// workspaceID is the workspace of the path; the zero id for a page in none.
func (v *visit) workspaceID() (crm.WorkspaceID, error) {
	text := v.PathValue("workspace")
	if text == "" {
		return crm.WorkspaceID{}, nil
	}
	return crm.ParseID[crm.Workspace](text)
}

// say is a text in the visitor's language.
func (v *visit) say(format string, args ...any) string { return v.face.say(format, args...) }

// to is the address of a page of the workspace, such as to("campaigns", id).
func (v *visit) to(parts ...string) string {
	return "/w/" + v.ws.ID.String() + "/" + strings.Join(parts, "/")
}

// Zone is the workspace's time zone.
func (v *visit) Zone() (*time.Location, error) { return v.ws.Location() }

// id is the id of a record in the path. One that is none is of no record.
func id[R crm.Record](v *visit, name string) (crm.ID[R], error) {
	return crm.ParseID[R](v.PathValue(name))
}

// done leads to a page of the server, which says what a unit of work has done.
func done(to string, d crm.Done) redirect {
	u, err := url.Parse(to)
	if err != nil || d.Seq == 0 {
		return redirect(to)
	}
	q := u.Query()
	q.Set("done", d.Unit.String())
	u.RawQuery = q.Encode()
	return redirect(u.String())
}

// failure shows an error as a page of its own, or asks the visitor to sign in.
func (v *visit) failure(err error) answer {
	problem := web.ProblemOf(err, v.face.lang)
	if problem.Status == http.StatusUnauthorized && v.pages.options.SignsIn {
		return redirect("/login?next=" + url.QueryEscape(v.URL.RequestURI()))
	}
	if problem.Status >= http.StatusInternalServerError {
		v.pages.options.Logger.ErrorContext(v.Context(), "page failed", "path", v.Pattern, "error", err)
	}
	return view{page: "problem", title: v.say("Something is wrong"), data: problem, status: problem.Status}
}
