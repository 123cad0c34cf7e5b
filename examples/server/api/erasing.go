package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/openapi"
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
	if !isTried(r) {
		a.remains().OfPerson(r.Context(), ws)
	}
}

// leaving is the operation that deletes a workspace. A dry run has an answer of its own.
func leaving(o Operation) Operation {
	o = administrative(versioned(o))
	o.Answers = []openapi.Answer{{Status: http.StatusNoContent}, answerOf(http.StatusOK, reflect.TypeFor[contents]())}
	return o
}

// contents are what a workspace has, archived records included.
type contents struct {
	Members      int     `json:"members"`
	Campaigns    int     `json:"campaigns"`
	Influencers  int     `json:"influencers"`
	Cooperations int     `json:"cooperations"`
	ImportRuns   int     `json:"import_runs"`
	Changes      crm.Seq `json:"changes"` // in the log
}

// readContents counts what a workspace has, if it is at a version.
func readContents(ctx context.Context, r crm.Reader, version int64) (c contents, err error) {
	w, err := r.Workspace(ctx)
	if err != nil {
		return c, err
	}
	if w.Version != version {
		return c, w.Ref().Stale(version, w.Version)
	}
	head, err := r.Head(ctx)
	if err != nil {
		return c, err
	}
	c.Changes = head.Seq
	if c.Members, err = r.Members().Count(ctx, crm.MemberFilter{Archive: crm.ActiveOrNot}); err != nil {
		return c, err
	}
	if c.Campaigns, err = r.Campaigns().Count(ctx, crm.CampaignFilter{Archive: crm.ActiveOrNot}); err != nil {
		return c, err
	}
	if c.Influencers, err = r.Influencers().Count(ctx, crm.InfluencerFilter{Archive: crm.ActiveOrNot}); err != nil {
		return c, err
	}
	if c.Cooperations, err = r.Cooperations().Count(ctx, crm.CooperationFilter{Archive: crm.ActiveOrNot}); err != nil {
		return c, err
	}
	c.ImportRuns, err = r.ImportRuns().Count(ctx, crm.ImportRunFilter{})
	return c, err
}

// deleteWorkspace deletes a workspace, and what the server keeps of it; see [remains.Remains.DeleteWorkspace].
func (a *API) deleteWorkspace(c *call[dryRun]) (any, error) {
	version, err := web.Version(c.request)
	if err != nil {
		return nil, err
	}
	if !c.params.DryRun {
		return nothing{}, a.remains().DeleteWorkspace(c.ctx(), c.crm, a.admin, c.ws, version)
	}
	var has contents
	err = c.crm.View(c.ctx(), c.ws, func(ctx context.Context, r crm.Reader) (err error) {
		has, err = readContents(ctx, r, version)
		return err
	})
	if err != nil {
		return nil, err
	}
	return reply{status: http.StatusOK, body: has}, nil
}
