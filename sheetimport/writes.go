package sheetimport

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/getklar/influencercrm/crm"
)

// writes is what applying a plan does, in this order.
type writes struct {
	members            []crm.Member
	campaigns          []crm.Campaign
	newInfluencers     []crm.Influencer
	changedInfluencers []crm.Influencer
	newCooperations    []crm.Cooperation
	changed            []crm.Cooperation
}

func (w *writes) count() int {
	return len(w.members) + len(w.campaigns) + len(w.newInfluencers) + len(w.changedInfluencers) + len(w.newCooperations) + len(w.changed)
}

// digest tells whether two plans would write the same. It takes the place of the records, which are as large as the rest
// of the plan and are made again when it is carried out.
type digest [sha256.Size]byte

func (w *writes) digest() (digest, error) {
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	for _, records := range []any{w.members, w.campaigns, w.newInfluencers, w.changedInfluencers, w.newCooperations, w.changed} {
		if err := encoder.Encode(records); err != nil {
			return digest{}, fmt.Errorf("plan: %w", err)
		}
	}
	return digest(hash.Sum(nil)), nil
}
