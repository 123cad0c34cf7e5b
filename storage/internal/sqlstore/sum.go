package sqlstore

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// Sums implements crm.Reader.
func (r *reader) Sums(ctx context.Context, f crm.CooperationFilter) ([]crm.Sum, error) {
	if err := r.ready(ctx, crm.KindCooperation, crm.KindInfluencer); err != nil {
		return nil, err
	}
	f, err := crm.CheckFilter(f)
	if err != nil {
		return nil, err
	}
	sums := []crm.Sum{}
	var row tables.SumRow
	err = r.each(ctx, "adding up cooperations", row.Dest(), r.schema.Sums(r.wsText, f), func() error {
		sum, err := row.Sum()
		sums = append(sums, sum)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(sums, crm.Sum.Compare)
	return sums, nil
}
