package attribution

import "github.com/getklar/influencercrm/crm"

// records are those of a workspace that decisions depend on, but for the workspace itself.
type records struct {
	Campaigns    []crm.Campaign
	Influencers  []crm.Influencer
	Cooperations []crm.Cooperation
}

func (r *records) add(record crm.Record) {
	switch record := record.(type) {
	case crm.Campaign:
		r.Campaigns = append(r.Campaigns, record)
	case crm.Influencer:
		r.Influencers = append(r.Influencers, record)
	case crm.Cooperation:
		r.Cooperations = append(r.Cooperations, record)
	}
}

// without returns a copy that leaves some of them out.
func (r records) without(drop func(crm.Ref) bool) records {
	return records{withoutSome(r.Campaigns, drop), withoutSome(r.Influencers, drop), withoutSome(r.Cooperations, drop)}
}

func withoutSome[R crm.Record](all []R, drop func(crm.Ref) bool) []R {
	rest := make([]R, 0, len(all))
	for _, r := range all {
		if !drop(r.Ref()) {
			rest = append(rest, r)
		}
	}
	return rest
}

func (r records) refs() map[crm.Ref]bool {
	all := make(map[crm.Ref]bool, len(r.Campaigns)+len(r.Influencers)+len(r.Cooperations))
	for _, c := range r.Campaigns {
		all[c.Ref()] = true
	}
	for _, i := range r.Influencers {
		all[i.Ref()] = true
	}
	for _, c := range r.Cooperations {
		all[c.Ref()] = true
	}
	return all
}
