package pages

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// bounds are how long a page may take, together with what is sent to it, and how long that may be.
type bounds struct {
	time  time.Duration
	body  int64 // in bytes
	files bool  // it takes a form with files, which it reads itself
	gone  bool  // it answers for a workspace that is gone, of which the visit then has only the id
	live  bool  // it goes on while others work
}

// maxForm is how long a form without its files may be, in bytes.
const maxForm = 1 << 20

// maxRecord is how long the form of an influencer or a cooperation may be, in bytes: those have custom fields, and
// lists of codes. The longest texts that a record may have are longer as a form; see tooLong.
const maxRecord = 8 << 20

// record are the bounds of forms of influencers and cooperations.
var record = bounds{time: fileTime, body: maxRecord}

// ordinary are the bounds of pages without files.
var ordinary = bounds{time: 30 * time.Second, body: maxForm}

// lively are the bounds of pages that go on while others work.
var lively = bounds{time: ordinary.time, body: ordinary.body, live: true}

// visit is a request for a page.
type visit struct {
	*http.Request
	pages *Pages
	face  *face
	crm   *crm.Service
	ws    crm.Workspace // the zero one in pages of no workspace
	// mayWrite and mayAdmin tell what the visitor may do in the workspace, so that a page offers nothing else.
	mayWrite, mayAdmin bool
	shown              string    // the address of the page; see shows
	live               *liveness // nil for a page that stays as it is
	once               uuid.UUID // the id of the record that a form for a new one makes; see onceOf
	saved              crm.At    // what a form has made of its record; see resaves
	savedUnit          uuid.UUID // the unit of work in which it did
	resaved            bool      // the form was saved before, and continues from that
	// added are the profiles that the form has added, by the numbers of their rows, and addedBefore those of its saves before.
	added, addedBefore map[int]crm.ProfileID
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
	p.bounded(mux, place, scope, ordinary, fn)
}

// takesFiles is a page whose form has files of at most so many bytes.
func (p *Pages) takesFiles(mux *http.ServeMux, place string, scope access.Scope, size int64, fn func(*visit) (answer, error)) {
	p.bounded(mux, place, scope, bounds{time: fileTime, body: size, files: true}, fn)
}

func (p *Pages) bounded(mux *http.ServeMux, place string, scope access.Scope, b bounds, fn func(*visit) (answer, error)) {
	mux.HandleFunc(place, func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), b.time)
		defer cancel()
		if r.ContentLength != 0 { // who sends too slowly holds a place that others want
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(b.time)) // not every ResponseWriter has one
		}
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, b.body)
		v := &visit{Request: r, pages: p, face: p.faces[languageOf(r)], crm: p.crm}
		a, err := v.answer(scope, b, fn)
		if err != nil {
			a = v.failure(err)
		}
		a.write(w, v)
	})
}

// answer lets the visitor in, reads the workspace of the path and calls the function of the page.
func (v *visit) answer(scope access.Scope, b bounds, fn func(*visit) (answer, error)) (answer, error) {
	id, err := v.workspaceID()
	if err != nil {
		return nil, err
	}
	if err := v.pages.options.Allow(v.Context(), scope, id); err != nil {
		return nil, err
	}
	if err := v.readForm(b.files); err != nil {
		return nil, err
	}
	if id.IsZero() {
		v.mayAdmin = v.may(access.Admin, id)
		return fn(v)
	}
	switch err = v.open(id, b.live); {
	case b.gone && errors.Is(err, crm.ErrNotFound):
		v.ws.ID = id
	case err != nil:
		return nil, err
	}
	v.mayWrite, v.mayAdmin = v.may(access.Write, id), v.may(access.Admin, id)
	return fn(v)
}

// readForm reads the form that is sent, unless it has files. The whole visit is then in the language in which the form was
// shown: its numbers are written as that language has them, also if the visitor has chosen another one meanwhile.
func (v *visit) readForm(files bool) error {
	if v.Method != http.MethodPost {
		v.PostForm = url.Values{}
		return nil
	}
	media, _, _ := mime.ParseMediaType(v.Header.Get("Content-Type"))
	switch {
	case media == "multipart/form-data" && files:
		v.PostForm = url.Values{}
		return nil
	case media != "application/x-www-form-urlencoded" && v.ContentLength != 0:
		return refusal.OtherMedia(sentence.Errorf("the body of the request is no form"))
	}
	if err := v.ParseForm(); err != nil {
		return refusal.Form(err)
	}
	v.once = onceOf(v.PostForm)
	for lang, face := range v.pages.faces {
		if v.PostForm.Get("numbers") == lang.String() {
			v.face = face
		}
	}
	return nil
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
	id, err := crm.ParseID[crm.Workspace](text)
	if err != nil {
		return id, noSuch(crm.KindWorkspace, text)
	}
	return id, nil
}

// noSuch is a record that a path names and that cannot be, because its id is none.
func noSuch(kind crm.Kind, text string) error {
	err := crm.Ref{Kind: kind}.NotFound()
	if e, ok := errors.AsType[*crm.Error](err); ok {
		e.Value = crm.Shorten(text)
	}
	return err
}

// say is a text in the visitor's language.
func (v *visit) say(format string, args ...any) string { return v.face.Say(format, args...) }

// to is the address of a page of the workspace, such as to("campaigns", id).
func (v *visit) to(parts ...string) string {
	return "/w/" + v.ws.ID.String() + "/" + strings.Join(parts, "/")
}

// id is the id of a record in the path. One that is none is of no record.
func id[R crm.Record](v *visit, name string) (crm.ID[R], error) {
	id, err := crm.ParseID[R](v.PathValue(name))
	if err != nil {
		return id, noSuch(crm.RefTo(id).Kind, v.PathValue(name))
	}
	return id, nil
}

// done leads to a page of the server, which says what a unit of work has done.
func done(to string, d crm.Done) redirect {
	u, err := url.Parse(to)
	if err != nil || d.Unit == uuid.Nil {
		return redirect(to)
	}
	q := u.Query()
	q.Set("done", d.Unit.String())
	u.RawQuery = q.Encode()
	return redirect(u.String())
}

// failure shows an error as a page of its own, or asks the visitor to sign in.
func (v *visit) failure(err error) answer {
	problem := v.face.Problem(err)
	if problem.Status == http.StatusUnauthorized && v.pages.options.SignsIn {
		next := v.URL.RequestURI()
		if v.Method != http.MethodGet { // which the browser would ask for as a page
			next = v.back("/")
		}
		return redirect("/login?next=" + url.QueryEscape(next))
	}
	if problem.Status >= http.StatusInternalServerError {
		v.pages.options.Logger.ErrorContext(v.Context(), "page failed", "path", v.Pattern, "error", err)
	}
	text := problem.Detail
	if errors.Is(err, crm.ErrNotFound) || stale(err) { // whose sentences need no field and no id
		text = v.problemsIn(err)
	}
	v.shows(v.back("/"))
	return view{page: "problem", title: v.say("Something is wrong"), data: text, status: problem.Status}
}
