package pages

import (
	"bytes"
	"html/template"
	"net/http"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// answer is what a visitor gets.
type answer interface {
	write(w http.ResponseWriter, v *visit)
}

// redirect leads to another page of the server, after a change.
type redirect string

func (to redirect) write(w http.ResponseWriter, v *visit) {
	http.Redirect(w, v.Request, string(to), http.StatusSeeOther)
}

// view is a page: a template and its data.
type view struct {
	page   string // the template, in the folder templates
	title  string
	data   any
	status int // 200 if it is 0
}

// frame is what the layout shows around a view.
type frame struct {
	*visit
	Page  string
	Title string
	Data  any
	Toast *toast
}

func (a view) write(w http.ResponseWriter, v *visit) {
	var out bytes.Buffer
	if err := v.face.pages[a.page].ExecuteTemplate(&out, "layout", frame{v, a.page, a.title, a.data, v.toast()}); err != nil {
		v.pages.options.Logger.ErrorContext(v.Context(), "page failed", "page", a.page, "error", err)
		http.Error(w, v.say("Something is wrong"), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Language", v.face.lang.String())
	w.Header().Add("Vary", "Accept-Language, Cookie")
	sendText(w, v.Request, a.status, htmlMedia, out.Bytes())
}

// fragment is a part of a page, for a script that puts it in its place.
type fragment struct {
	page, name string
	data       any
}

func (a fragment) write(w http.ResponseWriter, v *visit) {
	out, err := v.fragment(a)
	if err != nil {
		v.failure(err).write(w, v)
		return
	}
	sendText(w, v.Request, http.StatusOK, htmlMedia, []byte(out))
}

// fragment makes a part of a page.
func (v *visit) fragment(a fragment) (template.HTML, error) {
	var out bytes.Buffer
	err := v.face.pages[a.page].ExecuteTemplate(&out, a.name, frame{v, a.page, "", a.data, nil})
	return template.HTML(out.String()), err //nolint:gosec // html/template has written it
}

// toast tells what the last change did.
type toast struct {
	Text string
	Unit uuid.UUID // to be taken back; uuid.Nil for nothing
	Show bool      // the page that it is about is to be shown
}

// HasUndo tells whether there is something to take back.
func (t *toast) HasUndo() bool { return t.Unit != uuid.Nil }

// toast is what ?done= asks for; nil without it. A unit that the log does not know says nothing.
func (v *visit) toast() *toast {
	if v.URL.Query().Has("already") {
		return &toast{Text: v.say("It was created already: the same form came twice.")}
	}
	if v.URL.Query().Has("news") {
		return v.news()
	}
	unit, err := uuid.Parse(v.URL.Query().Get("done"))
	if err != nil || v.ws.ID.IsZero() {
		return nil
	}
	first, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Unit: unit}, 1)
	if err != nil || len(first) == 0 {
		return nil
	}
	last, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Unit: unit, Newest: true}, 1)
	if err != nil || len(last) == 0 {
		return nil
	}
	t := &toast{Text: v.describe(first)[0].Text, Unit: unit}
	if more := int(last[0].Seq - first[0].Seq); more > 0 { // a unit's changes stand together in the log
		t.Text += " " + v.say("and %d more changes", more)
	}
	return t
}
