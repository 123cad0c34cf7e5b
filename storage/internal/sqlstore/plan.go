package sqlstore

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// PlanRows implements crm.Reader.
func (r *reader) PlanRows(ctx context.Context, fn func(crm.PlanRow) error) error {
	if err := r.ready(ctx, crm.KindCooperation, crm.KindInfluencer); err != nil {
		return err
	}
	partners := tables.NewPlanPartners()
	var partner tables.PlanPartnerRow
	err := r.unit.Each(ctx, "reading the influencers of the plan", partner.Dest(), func() error {
		if id, err := partners.Add(&partner); err != nil {
			return r.unit.Unreadable(ctx, crm.RefTo(id), err)
		}
		return nil
	}, r.schema.Plan.Partners, r.wsText)
	if err != nil {
		return err
	}
	var row tables.PlanCooperationRow
	return r.unit.Each(ctx, "reading the plan", row.Dest(), func() error {
		planned, err := row.PlanRow(partners)
		if err != nil {
			return r.unit.Unreadable(ctx, crm.RefTo(planned.Cooperation), err)
		}
		return fn(planned)
	}, r.schema.Plan.Cooperations, r.wsText)
}
