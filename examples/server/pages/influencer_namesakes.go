package pages

import (
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// maxNamesakes is how many others of a name are looked at.
const maxNamesakes = 10

// findNamesakes finds others who have the name of an influencer that was saved just now: somebody who adds a person that is
// there already learns it at once, and not when the list of duplicates is looked at.
func (v *visit) findNamesakes(d *influencerData) error {
	if !v.mayWrite || !v.URL.Query().Has("done") || !d.Stored.ArchivedOn.IsZero() {
		return nil
	}
	page, err := v.crm.Influencers(v.Context(), v.ws.ID, crm.InfluencerFilter{Text: d.Stored.Name}, crm.ListOptions{Size: maxNamesakes})
	if err != nil {
		return err
	}
	d.Namesakes = slices.DeleteFunc(page.Items, func(i crm.Influencer) bool {
		return i.ID == d.Stored.ID || crm.Fold(i.Name) != crm.Fold(d.Stored.Name)
	})
	return nil
}
