package sqlstore

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/tables"
	"github.com/getklar/influencercrm/storage/internal/unit"
)

// Reader implements crm.Store. Each call is one statement, outside of transactions; only one that finds nothing is
// followed by another, which looks whether the workspace exists. PlanRows, Claims and Facets can be several statements, which
// must see one state.
func (s *Store) Reader(ws crm.WorkspaceID) crm.Reader {
	return directReader{s.direct(ws), s, ws}
}

// directReader reads most things directly.
type directReader struct {
	crm.Reader
	store *Store
	ws    crm.WorkspaceID
}

// PlanRows implements crm.Reader.
func (d directReader) PlanRows(ctx context.Context, fn func(crm.PlanRow) error) error {
	return d.store.View(ctx, d.ws, func(ctx context.Context, r crm.Reader) error { return r.PlanRows(ctx, fn) })
}

// PlanSums implements crm.Reader.
func (d directReader) PlanSums(ctx context.Context, f crm.PlanSumFilter) (sums []crm.PlanSum, kept bool, err error) {
	err = d.store.View(ctx, d.ws, func(ctx context.Context, r crm.Reader) error {
		sums, kept, err = r.PlanSums(ctx, f)
		return err
	})
	return sums, kept, err
}

// PlanSpans implements crm.Reader.
func (d directReader) PlanSpans(ctx context.Context, campaigns []crm.CampaignID) (spans map[crm.CampaignID]budget.Period, err error) {
	err = d.store.View(ctx, d.ws, func(ctx context.Context, r crm.Reader) error {
		spans, err = r.PlanSpans(ctx, campaigns)
		return err
	})
	return spans, err
}

// Claims implements crm.Reader.
func (d directReader) Claims(ctx context.Context, f crm.ClaimFilter) (claims []crm.Claim, err error) {
	err = d.store.View(ctx, d.ws, func(ctx context.Context, r crm.Reader) error {
		claims, err = r.Claims(ctx, f)
		return err
	})
	return claims, err
}

// Facets implements crm.Reader.
func (d directReader) Facets(ctx context.Context, f crm.CooperationFilter) (facets crm.Facets, err error) {
	if _, bad := crm.CheckFilter(f); bad != nil { // which comes before a workspace that does not exist
		return d.Reader.Facets(ctx, f)
	}
	err = d.store.View(ctx, d.ws, func(ctx context.Context, r crm.Reader) error {
		facets, err = r.Facets(ctx, f)
		return err
	})
	return facets, err
}

// InfluencerFacets implements crm.Reader.
func (d directReader) InfluencerFacets(ctx context.Context, f crm.InfluencerFilter) (facets crm.InfluencerFacets, err error) {
	if _, bad := crm.CheckFilter(f); bad != nil { // which comes before a workspace that does not exist
		return d.Reader.InfluencerFacets(ctx, f)
	}
	err = d.store.View(ctx, d.ws, func(ctx context.Context, r crm.Reader) error {
		facets, err = r.InfluencerFacets(ctx, f)
		return err
	})
	return facets, err
}

func (s *Store) direct(ws crm.WorkspaceID) crm.Reader {
	return backend.Direct(func(ctx context.Context, read func(crm.Reader) (found bool, err error)) error {
		return s.units.Direct(ctx, ws, func(u *unit.Session) error {
			r := s.reader(u, ws)
			found, err := read(r)
			if found || r.exists || err != nil && !errors.Is(err, crm.ErrNotFound) {
				return err
			}
			if _, missing := r.readHead(ctx); missing != nil {
				return missing
			}
			return err
		})
	})
}

// readHead reads the head of the log from the workspace's row.
func (r *reader) readHead(ctx context.Context) (crm.Head, error) {
	var row tables.HeadRow
	found, err := r.unit.Get(ctx, row.Dest(), r.schema.Changes.Head, r.wsText)
	switch {
	case err != nil:
		return crm.Head{}, r.unit.Fail(ctx, "reading the workspace", err)
	case !found:
		return crm.Head{}, crm.RefTo(r.ws).NotFound()
	}
	return row.Head()
}
