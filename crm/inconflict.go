package crm

import (
	"context"

	"github.com/getklar/influencercrm/discount"
)

// inConflict finds the worst severity of each cooperation that has a blocking or certain conflict. Each
// claim looks until it finds one.
func (x *ClaimIndex) inConflict(ctx context.Context) (map[CooperationID]discount.Severity, error) {
	all := map[CooperationID]discount.Severity{}
	for id, claims := range x.of {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		worst := discount.NoConflict
		for _, mine := range claims {
			// A code that is somebody else's too comes first of its candidates.
			if worst < discount.Certain || mine.Kind == ClaimEquals && worst < discount.Blocking {
				worst = max(worst, x.first(mine))
			}
		}
		if worst > discount.NoConflict {
			all[id] = worst
		}
	}
	return all, nil
}

// first returns the severity of the first conflict of a claim that is found.
func (x *ClaimIndex) first(mine Claim) discount.Severity {
	if mine.valid() {
		for group := range x.candidates(mine) {
			for _, other := range group.claims {
				if found, ok := x.meet(mine, *other); ok {
					return found.severity
				}
			}
		}
	}
	return discount.NoConflict
}
