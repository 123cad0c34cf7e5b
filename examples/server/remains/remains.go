// Package remains removes what the server keeps of a workspace beside its records: kept answers, reports, plans of
// imports, choices for sheets, proposals and views. After a person was erased, or the workspace deleted, these must not
// tell of them any more.
package remains

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/idempotency"
	"github.com/getklar/influencercrm/examples/server/reports"
	"github.com/getklar/influencercrm/examples/server/state"
)

// Remains are where the server keeps something. Each may be nil, but for Now and Logger.
type Remains struct {
	Keys    *idempotency.Keys
	State   *state.DB
	Reports *reports.Cache
	Now     func() time.Time
	Logger  *slog.Logger
}

// OfPerson removes what may tell of a person, after one was erased from a workspace. What fails is logged; all but
// views and choices for sheets is gone after a day anyway. It does not end with the context.
func (r Remains) OfPerson(ctx context.Context, ws crm.WorkspaceID) {
	ctx = context.WithoutCancel(ctx)
	var err error
	if r.Reports != nil {
		r.Reports.Forget(ws)
	}
	if r.Keys != nil {
		err = r.Keys.Forget(ctx, ws)
	}
	if r.State != nil {
		err = errors.Join(err, r.State.Forget(ctx, ws.String(), r.Now()))
	}
	if err != nil {
		r.Logger.ErrorContext(ctx, "what the server keeps could not be removed after an erasure", "workspace", ws, "error", err)
	}
}

// OfWorkspace removes everything that is kept of a workspace which was deleted.
func (r Remains) OfWorkspace(ctx context.Context, ws crm.WorkspaceID) error {
	if r.Reports != nil {
		r.Reports.Forget(ws)
	}
	if r.State == nil {
		return nil
	}
	return r.State.DropWorkspace(context.WithoutCancel(ctx), ws.String())
}

// DeleteWorkspace deletes a workspace that is at a version, and what the server keeps of it. Of one that is gone already it
// removes what may have been left, and says ErrNotFound, so that a call which failed can be sent again. A workspace at another
// version is an ErrConflict. The version is looked at right before: whoever writes into a workspace while it is deleted loses
// that in any case.
func (r Remains) DeleteWorkspace(ctx context.Context, service *crm.Service, admin *crm.Admin, ws crm.WorkspaceID, version int64) error {
	err := service.Named("delete workspace").View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		w, err := r.Workspace(ctx)
		if err == nil && w.Version != version {
			err = w.Ref().Stale(version, w.Version)
		}
		return err
	})
	if err == nil {
		err = admin.DeleteWorkspace(ctx, ws)
	}
	if errors.Is(err, crm.ErrUnknownOutcome) {
		// Only a workspace that is gone has remains, so look. One that is still there keeps them, and can be deleted again.
		if _, look := service.Workspace(context.WithoutCancel(ctx), ws); errors.Is(look, crm.ErrNotFound) {
			err = nil
		}
	}
	if err != nil && !errors.Is(err, crm.ErrNotFound) {
		return err
	}
	if left := r.OfWorkspace(ctx, ws); left != nil {
		return left
	}
	return err
}
