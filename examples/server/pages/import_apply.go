package pages

import (
	"errors"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/imports"
)

// importApply begins to carry a plan out, as it was shown. It goes on when nobody looks.
func (v *visit) importApply() (answer, error) {
	id, err := v.planID()
	if err != nil {
		return nil, err
	}
	o := imports.ApplyOptions{Digest: v.PostForm.Get("digest"), Reimport: v.PostForm.Get("reimport") == "yes"}
	if _, err := v.pages.options.Imports.Apply(v.Context(), v.ws.ID, id, o); err != nil {
		return v.replaced(id, err)
	}
	return redirect(v.to("import", id.String())), nil
}

// importCancel stops an import that is under way.
func (v *visit) importCancel() (answer, error) {
	id, err := v.planID()
	if err != nil {
		return nil, err
	}
	if _, err := v.pages.options.Imports.Cancel(v.Context(), v.ws.ID, id); err != nil {
		return v.replaced(id, err)
	}
	return redirect(v.to("import", id.String())), nil
}

// importUndo takes an import back. What stays, because somebody has touched it since, is listed.
func (v *visit) importUndo() (answer, error) {
	run, err := id[crm.ImportRun](v, "run")
	if err != nil {
		return nil, err
	}
	undone, err := v.crm.UndoImport(v.Context(), v.ws.ID, run, "")
	if errors.Is(err, crm.ErrInvalid) { // the form was sent twice
		if was, readErr := v.crm.ImportRun(v.Context(), v.ws.ID, run); readErr == nil && len(was.Undos) > 0 {
			return done(v.to("import"), crm.Done{Unit: was.Undos[len(was.Undos)-1]}), nil
		}
	}
	if err != nil {
		return nil, err
	}
	return v.undone(undone, v.to("import")), nil
}
