package pages

import (
	"bytes"
	"html/template"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/pages/words"
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
	if err := v.face.pages[a.page]().ExecuteTemplate(&out, "layout", frame{v, a.page, a.title, a.data, v.toast()}); err != nil {
		v.pages.options.Logger.ErrorContext(v.Context(), "page failed", "page", a.page, "error", err)
		http.Error(w, v.say("Something is wrong"), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Language", v.face.Lang.String())
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
	err := v.face.pages[a.page]().ExecuteTemplate(&out, a.name, frame{v, a.page, "", a.data, nil})
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
	if v.URL.Query().Has("joined") {
		return v.joinedToast()
	}
	unit, err := uuid.Parse(v.URL.Query().Get("done"))
	if err != nil || v.ws.ID.IsZero() {
		return nil
	}
	changes, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Unit: unit}, toastChanges)
	if err != nil || len(changes) == 0 {
		return nil
	}
	last, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Unit: unit, Newest: true}, 1)
	if err != nil || len(last) == 0 {
		return nil
	}
	return &toast{Text: v.toldOf(changes, int(last[0].Seq-changes[0].Seq)+1), Unit: unit} // a unit's changes stand together in the log
}

// toastChanges is how many changes of a unit of work are read to say what it did.
const toastChanges = 200

// toldOf says what a unit of work did, of which these are the first changes: what was done to one record; how many of a kind
// were changed; what an import, an undo or a merge is the reason of.
func (v *visit) toldOf(changes []crm.Change, count int) string {
	kinds := map[crm.Kind]bool{}
	records, done := map[crm.Ref]bool{}, map[crm.ChangeKind]bool{}
	for _, c := range changes {
		kinds[c.Record.Kind], records[c.Record], done[c.Kind] = true, true, true
	}
	if len(records) == 1 && count == len(changes) {
		text := v.describe(changes[:1])[0].Text
		if count > 1 {
			text += " " + v.say("and %d more changes", count-1)
		}
		return text
	}
	if what := v.reasonOf(changes); what != "" {
		return v.say("%[2]s: %[1]d changes", count, what)
	}
	if count == len(changes) {
		count = len(records)
	}
	if kind := changes[0].Record.Kind; len(kinds) == 1 && len(done) == 1 {
		if text := v.countedOf(kind, changes[0].Kind, count); text != "" {
			return text
		}
	}
	return v.describe(changes[:1])[0].Text + " " + v.say("and %d more changes", count-1)
}

// countedOf says how many records of a kind were changed, created or deleted; empty for a kind of which there is one.
func (v *visit) countedOf(kind crm.Kind, done crm.ChangeKind, count int) string {
	what := ""
	switch kind {
	case crm.KindInfluencer:
		what = v.say("%d influencers", count)
	case crm.KindCooperation:
		what = v.say("%d cooperations", count)
	case crm.KindCampaign:
		what = v.say("%d campaigns", count)
	case crm.KindMember:
		what = v.say("%d members", count)
	default:
		return ""
	}
	switch done {
	case crm.Created:
		return v.say("%s created", what)
	case crm.Deleted:
		return v.say("%s deleted", what)
	default:
		return v.say("%s changed", what)
	}
}

// reasonOf says what changes belong to, if the CRM itself has given their reason: an import with its sheet, an undo, a merge.
func (v *visit) reasonOf(changes []crm.Change) string {
	if page, err := v.crm.ImportRuns(v.Context(), v.ws.ID, crm.ImportRunFilter{}, crm.ListOptions{Size: toastRuns, Desc: true, Brief: true}); err == nil {
		for _, run := range page.Items {
			switch unit := changes[0].Unit; {
			case slices.Contains(run.Undos, unit):
				return v.say("Import %s taken back", run.Source)
			case slices.Contains(run.Units, unit):
				return v.say("Import %s", run.Source)
			}
		}
	}
	zone, _ := v.ws.Location() // without it in UTC: the time is right, and its hour is another one
	for _, c := range changes {
		if text, ok := crm.ReasonText(c.Reason, zone); ok {
			return words.Capital(text.Spoken(v.face.Lang))
		}
	}
	return ""
}

// toastRuns is how many imports, the newest, are looked through for the one that a change belongs to.
const toastRuns = 20
