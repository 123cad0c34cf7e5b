package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strconv"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/openapi"
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

// deleteWorkspace deletes a workspace, and what the server keeps of it. Of one that is gone already it removes what may have
// been left, so that a call which failed can be sent again. The version is looked at right before: whoever writes into a
// workspace while it is deleted loses that in any case.
func (a *API) deleteWorkspace(c *call[dryRun]) (any, error) {
	version, err := web.Version(c.Request)
	if err != nil {
		return nil, err
	}
	var has contents
	err = c.crm.View(c.ctx(), c.ws, func(ctx context.Context, r crm.Reader) (err error) {
		has, err = readContents(ctx, r, version)
		return err
	})
	switch {
	case err == nil && c.params.DryRun:
		return reply{status: http.StatusOK, body: has}, nil
	case err == nil:
		err = a.admin.DeleteWorkspace(c.ctx(), c.ws)
	case c.params.DryRun || !errors.Is(err, crm.ErrNotFound):
		return nil, err
	}
	a.options.Reports.Forget(c.ws)
	if a.options.State != nil && (err == nil || errors.Is(err, crm.ErrNotFound)) {
		if left := a.options.State.DropWorkspace(context.WithoutCancel(c.ctx()), c.ws.String()); left != nil {
			return nothing{}, left
		}
	}
	return nothing{}, err
}
