package pages

import (
	"net/http"

	"github.com/google/uuid"
)

func (p *Pages) undo(mux *http.ServeMux) {
	p.page(mux, "POST /w/{workspace}/undo", func(v *visit) (answer, error) {
		unit, _ := uuid.Parse(v.PostForm.Get("unit")) // the log has no unit with the zero id
		undone, err := v.crm.UndoUnit(v.Context(), v.ws.ID, unit, "")
		if err != nil {
			return nil, err
		}
		return done(v.back(v.to("history")), undone.Done), nil
	})
}
