package shops

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/crm/wire"
)

// Routes are the handlers. A real host takes the user from a session that it has checked, not from an open header.
func (h *Host) Routes() http.Handler {
	mux := web.NewMux(nil)
	mux.Handle("PUT /shops/{shop}", web.Handler(http.StatusCreated, func(r *http.Request) (any, error) {
		return h.open(r.Context(), r.PathValue("shop"), user(r.Context()))
	}, nil))
	mux.Handle("POST /shops/{shop}/campaigns", create(h, (*crm.Service).CreateCampaign))
	mux.Handle("POST /shops/{shop}/influencers", create(h, (*crm.Service).CreateInfluencer))
	mux.Handle("POST /shops/{shop}/cooperations", create(h, (*crm.Service).CreateCooperation))
	mux.Handle("GET /shops/{shop}/cooperations", tenant(h, http.StatusOK, h.list))
	mux.Handle("GET /shops/{shop}/cooperations/{id}", tenant(h, http.StatusOK, h.read))
	mux.Handle("PATCH /shops/{shop}/cooperations/{id}", tenant(h, http.StatusOK, h.change))
	mux.Handle("GET /shops/{shop}/changes", tenant(h, http.StatusOK, h.changes))
	mux.Handle("POST /shops/{shop}/undo", tenant(h, http.StatusOK, h.undo))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), userKey{}, r.Header.Get("X-User"))))
	})
}

type userKey struct{}

// user is who acts, for the CRM's change log.
func user(ctx context.Context) string {
	name, _ := ctx.Value(userKey{}).(string)
	return name
}

// tenant finds the workspace and the parameters of a request.
func tenant[P any](h *Host, status int, do func(*http.Request, crm.WorkspaceID, P) (any, error)) http.Handler {
	return web.Handler(status, func(r *http.Request) (any, error) {
		ws, err := h.workspaceOf(r.Context(), r.PathValue("shop"), user(r.Context()))
		if err != nil {
			return nil, err
		}
		p, err := web.Params[P](r)
		if err != nil {
			return nil, err
		}
		return do(r, ws, p)
	}, nil)
}

// create answers with a new record, in which the CRM has filled in what the client left out.
func create[R crm.Record, Saved any](
	h *Host, save func(*crm.Service, context.Context, crm.WorkspaceID, R) (Saved, error),
) http.Handler {
	return tenant(h, http.StatusCreated, func(r *http.Request, ws crm.WorkspaceID, _ struct{}) (any, error) {
		record, err := web.Body[R](r)
		if err != nil {
			return nil, err
		}
		return save(h.crm, r.Context(), ws, record)
	})
}

type listParams struct {
	crm.CooperationFilter
	crm.ListOptions
}

func (h *Host) list(r *http.Request, ws crm.WorkspaceID, p listParams) (any, error) {
	return h.crm.Cooperations(r.Context(), ws, p.CooperationFilter, p.ListOptions)
}

type recordParams struct {
	ID     crm.CooperationID `json:"id"`
	Reason string            `json:"reason"`
}

func (h *Host) read(r *http.Request, ws crm.WorkspaceID, p recordParams) (any, error) {
	return h.crm.Cooperation(r.Context(), ws, p.ID)
}

// change takes a merge patch for the version in If-Match.
func (h *Host) change(r *http.Request, ws crm.WorkspaceID, p recordParams) (any, error) {
	edit, err := web.Edit(r, p.Reason)
	if err != nil {
		return nil, err
	}
	return wire.EditCooperation(r.Context(), h.crm, ws, p.ID, edit)
}

type logParams struct {
	After  crm.Seq   `json:"after"`
	Unit   uuid.UUID `json:"unit"`
	Reason string    `json:"reason"`
}

// changes answers with what came after a seq: who asks again after the last one misses nothing.
func (h *Host) changes(r *http.Request, ws crm.WorkspaceID, p logParams) (any, error) {
	return h.crm.Changes(r.Context(), ws, p.After, crm.DefaultPageSize)
}

// undo takes back a unit of work, which the log names and what was saved.
func (h *Host) undo(r *http.Request, ws crm.WorkspaceID, p logParams) (any, error) {
	return h.crm.UndoUnit(r.Context(), ws, p.Unit, p.Reason)
}
