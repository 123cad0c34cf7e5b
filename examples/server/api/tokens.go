package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/paging"
)

func (a *API) tokens() []Operation {
	create := revealing(creating[access.Order](operation("POST /v1/tokens", "createToken",
		"Make a token, which is shown in this answer only", a.createToken)))
	create.Problems = append(create.Problems, http.StatusConflict)
	return tagged("Access",
		operation("GET /v1/caller", "getCaller", "Who calls, and what they may do", a.caller),
		administrative(operation("GET /v1/tokens", "listTokens", "List tokens; those that are over stay for 30 days", a.listTokens)),
		administrative(create),
		administrative(operation("DELETE /v1/tokens/{id}", "revokeToken", "Revoke a token", a.revokeToken)),
	)
}

// caller is who calls.
type caller struct {
	Name       string            `json:"name"` // as it stands in the log of changes; empty on a server that asks for no token
	Scope      Scope             `json:"scope"`
	Workspaces []crm.WorkspaceID `json:"workspaces"` // the only ones; empty for all
}

func (a *API) caller(c *call[struct{}]) (caller, error) {
	if a.options.Tokens == nil { // and Options.Allow decides
		return caller{Scope: Admin, Workspaces: []crm.WorkspaceID{}}, nil
	}
	who := access.CallerOf(c.ctx())
	return caller{who.Name, who.Scope, append([]crm.WorkspaceID{}, who.Workspaces...)}, nil
}

func (a *API) listTokens(c *call[paging.Options]) (page[access.Token], error) {
	k, err := c.params.Keyset("tokens")
	if err != nil {
		return page[access.Token]{}, err
	}
	if a.options.Tokens == nil {
		return page[access.Token]{}, noTokens()
	}
	list, err := a.options.Tokens.List(c.ctx(), k.After, k.Size+1)
	return paged(paging.PageOf(k, list, func(t access.Token) uuid.UUID { return t.ID }), err)
}

func (a *API) createToken(c *call[struct{}]) (access.Issued, error) {
	order, err := web.Body[access.Order](c.request)
	if err != nil {
		return access.Issued{}, err
	}
	if a.options.Tokens == nil {
		return access.Issued{}, noTokens()
	}
	return a.options.Tokens.Create(c.ctx(), order)
}

func (a *API) revokeToken(c *call[one[uuid.UUID]]) (nothing, error) {
	if a.options.Tokens == nil {
		return nothing{}, noTokens()
	}
	return nothing{}, a.options.Tokens.Revoke(c.ctx(), c.params.ID)
}
