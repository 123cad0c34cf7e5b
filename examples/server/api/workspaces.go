package api

import (
	"errors"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/examples/server/access"
)

func (a *API) workspaces() []Operation {
	return tagged("Workspaces",
		operation("GET /v1/workspaces", "listWorkspaces", "List workspaces, as far as the token is for them", a.listWorkspaces),
		administrative(creating[crm.Workspace](operation("POST /v1/workspaces", "createWorkspace", "Make a workspace",
			func(c *call[struct{}]) (crm.Workspace, error) {
				w, err := web.Body[crm.Workspace](c.request)
				if err != nil {
					return w, err
				}
				return a.admin.CreateWorkspace(c.ctx(), w)
			}))),
		operation("GET "+inWorkspace, "getWorkspace", "Read a workspace",
			func(c *call[reading]) (crm.Workspace, error) { return c.crm.Workspace(c.ctx(), c.ws) }),
		editing[crm.Workspace](operation("PATCH "+inWorkspace, "patchWorkspace", "Change fields of a workspace", editWorkspace)),
		saying("It needs the `time_zone` too, which a new workspace has without saying so.",
			editing[crm.Workspace](operation("PUT "+inWorkspace, "replaceWorkspace", "Replace a workspace", editWorkspace))),
		leaving(operation("DELETE "+inWorkspace, "deleteWorkspace",
			"Delete a workspace and all that is in it, for good; with dry_run=true, say what that is", a.deleteWorkspace)),
	)
}

// listWorkspaces lists the workspaces that the caller is for.
func (a *API) listWorkspaces(c *call[listing]) (page[crm.Workspace], error) {
	only := access.CallerOf(c.ctx()).Workspaces
	if len(only) == 0 {
		return paged(a.admin.Workspaces(c.ctx(), c.params.ListOptions))
	}
	keyset, err := backend.NewKeyset[crm.Workspace](crm.WorkspaceID{}, nil, c.params.ListOptions)
	if err != nil {
		return page[crm.Workspace]{}, err
	}
	few := []crm.Workspace{} // a token is for at most 100
	for _, ws := range only {
		w, err := c.crm.Workspace(c.ctx(), ws)
		if err != nil && !errors.Is(err, crm.ErrNotFound) {
			return page[crm.Workspace]{}, err
		}
		if err == nil { // else it was deleted after the token was made
			few = append(few, w)
		}
	}
	return paged(backend.PageAmong(keyset, few))
}

func editWorkspace(c *call[writing]) (crm.Workspace, error) {
	edit, err := web.Edit(c.request, c.params.Reason)
	if err != nil {
		return crm.Workspace{}, err
	}
	return wire.EditWorkspace(c.ctx(), c.crm, c.ws, edit)
}

// listing are the parameters of every list.
type listing struct {
	crm.ListOptions
	reading
}
