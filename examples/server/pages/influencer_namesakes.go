package pages

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// maxNamesakes is how many others of a name are told.
const maxNamesakes = 10

// findNamesakes finds others who have the name of an influencer that was saved just now: somebody who adds a person that is
// there already learns it at once, and not when the list of duplicates is looked at. Archived ones, who could be restored
// instead, come last.
func (v *visit) findNamesakes(d *influencerData) error {
	if !v.mayWrite || !v.URL.Query().Has("done") || !d.Stored.ArchivedOn.IsZero() {
		return nil
	}
	return v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) error {
		d.Namesakes = nil
		found, err := r.Load(ctx, crm.Need{InfluencerNames: []string{d.Stored.Name}})
		for _, i := range found.Influencers {
			if i.ID != d.Stored.ID {
				d.Namesakes = append(d.Namesakes, i)
			}
		}
		slices.SortStableFunc(d.Namesakes, func(a, b crm.Influencer) int { return a.ArchivedOn.Compare(b.ArchivedOn) })
		d.Namesakes = d.Namesakes[:min(len(d.Namesakes), maxNamesakes)]
		return err
	})
}
