// Package remains removes what the server keeps of a workspace beside its records: kept answers, reports, plans of imports,
// proposals and views. After a person was erased, or the workspace deleted, these must not tell of them any more.
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
// views is gone after a day anyway. It does not end with the context.
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
