package pages

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

func (p *Pages) undo(mux *http.ServeMux) {
	p.page(mux, "POST /w/{workspace}/undo", func(v *visit) (answer, error) {
		unit, err := uuid.Parse(v.PostForm.Get("unit"))
		if err != nil {
			return nil, crm.Ref{Kind: crm.KindWorkspace, ID: v.ws.ID.UUID()}.NotFound()
		}
		undone, err := v.crm.UndoUnit(v.Context(), v.ws.ID, unit, "")
		if err != nil {
			return nil, err
		}
		return done(v.back(v.to("history")), undone.Done), nil
	})
}
