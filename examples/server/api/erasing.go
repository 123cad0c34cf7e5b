package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/getklar/influencercrm/crm"
)

// erasing is an operation after which the server's own tables must not tell any more of whom it has erased.
func erasing(o Operation) Operation {
	o.erases = true
	return o
}

// forget removes what the server keeps of a workspace beside its records and may tell of a person, after one was erased: kept
// answers, plans of imports and proposals. What fails is gone after a day anyway.
func (a *API) forget(r *http.Request, ws crm.WorkspaceID) {
	if preview, _ := strconv.ParseBool(r.URL.Query().Get("dry_run")); preview {
		return
	}
	a.options.Reports.Forget(ws)
	ctx := context.WithoutCancel(r.Context())
	var err error
	if a.options.Keys != nil {
		err = a.options.Keys.Forget(ctx, ws)
	}
	if a.options.State != nil {
		err = errors.Join(err, a.options.State.Forget(ctx, ws.String(), a.crm.Now()))
	}
	if err != nil {
		a.options.Logger.ErrorContext(ctx, "what the server keeps could not be removed after an erasure", "workspace", ws, "error", err)
	}
}

// deleteWorkspace deletes a workspace, and what the server keeps of it. Of one that is gone already it removes what may have
// been left, so that a call which failed can be sent again.
func (a *API) deleteWorkspace(c *call[struct{}]) (nothing, error) {
	err := a.admin.DeleteWorkspace(c.ctx(), c.ws)
	a.options.Reports.Forget(c.ws)
	if a.options.State != nil && (err == nil || errors.Is(err, crm.ErrNotFound)) {
		if left := a.options.State.DropWorkspace(context.WithoutCancel(c.ctx()), c.ws.String()); left != nil {
			return nothing{}, left
		}
	}
	return nothing{}, err
}
