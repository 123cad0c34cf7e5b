package api

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/remains"
)

// erasing is an operation after which the server's own tables must not tell any more of whom it has erased.
func erasing(o Operation) Operation {
	o.erases = true
	return o
}

// remains is what the server keeps of workspaces beside their records.
func (a *API) remains() remains.Remains {
	return remains.Remains{Keys: a.options.Keys, State: a.options.State, Reports: a.options.Reports, Now: a.crm.Now, Logger: a.options.Logger}
}

// forget removes what the server keeps and may tell of a person, after one was erased.
func (a *API) forget(r *http.Request, ws crm.WorkspaceID) {
	if preview, _ := strconv.ParseBool(r.URL.Query().Get("dry_run")); !preview {
		a.remains().OfPerson(r.Context(), ws)
	}
}

// deleteWorkspace deletes a workspace, and what the server keeps of it. Of one that is gone already it removes what may have
// been left, so that a call which failed can be sent again.
func (a *API) deleteWorkspace(c *call[struct{}]) (nothing, error) {
	err := a.admin.DeleteWorkspace(c.ctx(), c.ws)
	if err == nil || errors.Is(err, crm.ErrNotFound) {
		if left := a.remains().OfWorkspace(c.ctx(), c.ws); left != nil {
			return nothing{}, left
		}
	}
	return nothing{}, err
}
