package memory

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// PlanRows implements crm.Reader.
func (u *unit) PlanRows(ctx context.Context, fn func(crm.PlanRow) error) error {
	if err := u.check(ctx); err != nil {
		return err
	}
	var failed error
	u.state.cooperations.rows.Scan(func(each row[crm.Cooperation]) bool {
		influencer, _ := u.state.influencers.get(each.record.Influencer.UUID())
		if failed = fn(crm.PlanRowOf(each.record, influencer)); failed == nil {
			failed = u.check(ctx)
		}
		return failed == nil
	})
	return failed
}
