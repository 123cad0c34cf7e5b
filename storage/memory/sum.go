package memory

import (
	"context"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// Sums implements crm.Reader.
func (u *unit) Sums(ctx context.Context, f crm.CooperationFilter) ([]crm.Sum, error) {
	if err := u.check(ctx); err != nil {
		return nil, err
	}
	f, err := crm.CheckFilter(f)
	if err != nil {
		return nil, err
	}
	return crm.SumsOf(func(add func(crm.Cooperation) error) (failed error) {
		u.state.cooperations.ascend(u.state, f, uuid.Nil, func(c crm.Cooperation) bool {
			failed = add(c)
			return failed == nil
		})
		return failed
	})
}
