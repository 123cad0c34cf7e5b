package pages

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// replacement is the plan that was made in place of one that an error does not find; uuid.Nil if there is none, or it
// is another error.
func (v *visit) replacement(gone uuid.UUID, err error) uuid.UUID {
	if !errors.Is(err, crm.ErrNotFound) || gone == uuid.Nil {
		return uuid.Nil
	}
	fresh, lookErr := v.pages.options.Imports.Replacement(v.Context(), v.ws.ID, gone)
	if lookErr != nil { // the error that there is tells enough
		v.pages.options.Logger.WarnContext(v.Context(), "plan in place of another one", "error", lookErr)
	}
	return fresh
}

// replaced tells that a plan is gone because another one took its place, and leads to that one. Any other error is the page's.
func (v *visit) replaced(gone uuid.UUID, err error) (answer, error) {
	fresh := v.replacement(gone, err)
	if fresh == uuid.Nil {
		return nil, err
	}
	v.shows(v.to("import", fresh.String()))
	return view{page: "import_replaced", title: v.say("This plan was replaced"), data: v.to("import", fresh.String()),
		status: http.StatusGone}, nil
}

// followed leads to the plan in place of one that is gone, for who sends a form that plans again twice.
func (v *visit) followed(gone uuid.UUID, err error) (answer, error) {
	fresh := v.replacement(gone, err)
	if fresh == uuid.Nil {
		return nil, err
	}
	return redirect(v.to("import", fresh.String())), nil
}
