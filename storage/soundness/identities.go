package soundness

import (
	"context"
	"slices"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// identities looks influencers up by each identity key that one of them has: those of a kind together, because who is not
// found by the one may be by the other.
func (p *problems) identities(ctx context.Context, r crm.Reader, w workspace) error {
	sharers := map[crm.IdentityKey][]crm.InfluencerID{}
	ofKind := map[crm.IdentityKind][]crm.IdentityKey{}
	for _, i := range w.influencers { // by id
		for _, key := range crm.IdentityKeys(i) {
			if sharers[key] == nil {
				ofKind[key.Kind] = append(ofKind[key.Kind], key)
			}
			if len(sharers[key]) < crm.MaxSharers {
				sharers[key] = append(sharers[key], i.ID)
			}
		}
	}
	for kind, all := range ofKind {
		for keys := range slices.Chunk(all, crm.MaxNeed) {
			var want, got []crm.InfluencerID
			for _, key := range keys {
				want = append(want, sharers[key]...)
			}
			slices.SortFunc(want, crm.InfluencerID.Compare)
			found, err := r.Load(ctx, crm.Need{Identities: keys, Archive: crm.ActiveOrNot})
			if err != nil {
				return err
			}
			for _, i := range found.Influencers {
				got = append(got, i.ID)
			}
			if d := gocmp.Diff(slices.Compact(want), got); d != "" {
				p.addf("influencers who share a %s (-of the influencers +found):\n%s", kind, d)
			}
		}
	}
	return nil
}
