package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/utm"
)

// Admin creates, lists and deletes workspaces. It is the only type that crosses tenants, so a part of a host that
// serves a tenant should not hold one.
type Admin struct {
	store AdminStore
	env   environment
}

// NewAdmin returns an Admin on a store. Nil options are the defaults.
func NewAdmin(store AdminStore, o *Options) *Admin {
	mustBeGiven(store != nil, "NewAdmin", "an AdminStore")
	return &Admin{store: store, env: o.environment()}
}

// Over returns this Admin on another view of the same data: a store that is joined to a transaction of the host, which
// can so create a workspace together with rows of its own.
func (a *Admin) Over(store AdminStore) *Admin {
	mustBeGiven(store != nil, "Over", "an AdminStore")
	return &Admin{store: store, env: a.env}
}

// CreateWorkspace adds a workspace. Name and currency are needed; a time zone, template, forecast or comparison of
// codes that is not given starts as UTC, utm.Recommended, budget.DefaultWeights and discount.Exact. The CRM begins as a
// connected data source. An id that is given is kept. Weights of zero count as not given; UpdateWorkspace can set them.
func (a *Admin) CreateWorkspace(ctx context.Context, w Workspace) (Workspace, error) {
	if w.ID.IsZero() {
		w.ID = WorkspaceID(a.env.newID())
	}
	if w.TimeZone == "" {
		w.TimeZone = "UTC"
	}
	if w.UTM.IsZero() {
		w.UTM = utm.Recommended()
	}
	if w.Forecast.Negotiating.IsZero() && w.Forecast.Draft.IsZero() {
		w.Forecast = budget.DefaultWeights()
	}
	w.Sources.CRM.Connected = true
	w.Version = 1
	if err := w.normalize(); err != nil {
		return Workspace{}, err
	}
	if err := a.env.checkSheetLink(w); err != nil {
		return Workspace{}, err
	}
	fields, err := diff(nil, w)
	if err != nil {
		return Workspace{}, err
	}
	by, err := a.env.stamp(ctx, a.env.newID(), Head{Workspace: w.ID})
	if err != nil {
		return Workspace{}, err
	}
	w.Times = Times{CreatedAt: by.at, ChangedAt: by.at}
	change := Change{
		Unit: by.unit, At: by.at, Actor: by.actor,
		Record: w.Ref(), Kind: Created, Fields: fields,
	}
	if err := a.store.CreateWorkspace(ctx, w, []Change{change}); err != nil {
		return Workspace{}, err
	}
	return w, nil
}

// Workspaces lists all workspaces.
func (a *Admin) Workspaces(ctx context.Context, o ListOptions) (Page[Workspace], error) {
	return a.store.Workspaces(ctx, o)
}

// DeleteWorkspace removes a workspace with everything in it, log included. It cannot be undone.
func (a *Admin) DeleteWorkspace(ctx context.Context, id WorkspaceID) error {
	return a.store.DeleteWorkspace(ctx, id)
}

// Heads returns the log heads of at most limit workspaces after the given one, by id. A host that follows many
// workspaces asks here which of them have changes that it has not seen.
func (a *Admin) Heads(ctx context.Context, after WorkspaceID, limit int) ([]Head, error) {
	return a.store.Heads(ctx, after, limit)
}
