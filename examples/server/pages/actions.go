package pages

import (
	"net/http"

	"github.com/getklar/influencercrm/crm"
)

// doing is something that is done to a record at a version, without a form of its own.
type doing func(at crm.At) (crm.Done, error)

// act does something to the record of a page, from the version that the visitor has seen, and leads to another page. If it is
// refused, the page is shown anew, of the record as it is now, with why.
func (v *visit) act(record crm.Ref, do doing, to string, page func(problem string) (view, error)) (answer, error) {
	did, err := do(record.At(v.version()))
	if err == nil {
		return done(to, did), nil
	}
	status, problem := http.StatusPreconditionFailed, v.say("This was changed meanwhile. Look at it again.")
	if !stale(err) {
		f := newForm(nil)
		if !f.refused(v, err) {
			return nil, err
		}
		status, problem = http.StatusUnprocessableEntity, f.Problems[0].Problem
	}
	a, err := page(problem)
	a.status = status
	return a, err
}

func (v *visit) archive(at crm.At) (crm.Done, error) {
	archived, err := v.crm.Archive(v.Context(), v.ws.ID, at, v.PostForm.Get("reason"))
	return v.doneAlready(at, archived.Done, err, "archived_on", true)
}

func (v *visit) restore(at crm.At) (crm.Done, error) {
	restored, err := v.crm.Restore(v.Context(), v.ws.ID, at, v.PostForm.Get("reason"))
	return v.doneAlready(at, restored.Done, err, "archived_on", false)
}

func (v *visit) remove(at crm.At) (crm.Done, error) {
	return v.crm.Delete(v.Context(), v.ws.ID, at, v.PostForm.Get("reason"))
}
