package crm

import (
	"context"
	"slices"
)

// assumed is a Reader in which records have the states that they would go back to.
type assumed struct {
	Reader
	influencers  pastRecords[Influencer, InfluencerFilter]
	cooperations pastRecords[Cooperation, CooperationFilter]
}

func (a assumed) Influencers() Records[Influencer, InfluencerFilter] { return a.influencers }

func (a assumed) Cooperations() Records[Cooperation, CooperationFilter] { return a.cooperations }

// wayBack is where an effect on a record that is there leads back to.
type wayBack struct {
	effect    *effect
	now, then Record
}

// together finds, among effects that the rules refuse one by one, the influencers and cooperations
// that can go back only at once: where cooperations moved to another profile and their former one
// was removed, neither can be first. It checks them as they would stand in the end, leaving out what
// does not fit even so, and writes the others. It returns what it left out.
func (u *undo) together(ctx context.Context, pending []*effect) (rest []*effect, err error) {
	group := []wayBack{}
	for _, e := range pending {
		if e.existed && e.exists && (e.record.Kind == KindInfluencer || e.record.Kind == KindCooperation) && !e.follows {
			now, then, err := u.target(ctx, e)
			if err != nil {
				return nil, err
			}
			group = append(group, wayBack{e, now, then})
		}
	}
	for all := -1; len(group) != all; {
		all = len(group)
		if group, err = u.fitting(ctx, group); err != nil {
			return nil, err
		}
		group = inTurn(group)
	}
	written := map[*effect]bool{}
	for _, s := range group {
		if err := u.put(ctx, s.now, s.then); err != nil {
			return nil, err
		}
		written[s.effect] = true
	}
	for _, e := range pending {
		if !written[e] {
			rest = append(rest, e)
		}
	}
	return rest, nil
}

// fitting returns those of a group that fit if all of the group go back.
func (u *undo) fitting(ctx context.Context, group []wayBack) (kept []wayBack, err error) {
	then := assumed{Reader: u.Reader, influencers: newPastRecords(u.Influencers(), InfluencerFilter.Matches)}
	then.cooperations = newPastCooperations(u.Cooperations(), then.influencers)
	for _, s := range group {
		then.influencers.lay(s.effect.record, s.now, s.then)
		then.cooperations.lay(s.effect.record, s.now, s.then)
	}
	work := *u.Work
	work.Reader = then
	looking := *u
	looking.Work = &work
	for _, s := range group {
		var err error
		if s.then, err = looking.fits(ctx, s.now, s.then); err == nil {
			kept = append(kept, s)
		} else if !isRefusal(err) {
			return nil, err
		}
	}
	return kept, nil
}

// inTurn orders a group so that a store takes it: influencers first, because no store looks at a
// cooperation's profile, and one who gets a profile or handle after the one who has it. Those who
// would have to swap are left out.
func inTurn(group []wayBack) (ordered []wayBack) {
	waiting, cooperations := []wayBack{}, []wayBack{}
	holder := map[string]Ref{}
	for _, s := range group {
		i, ok := s.now.(Influencer)
		if !ok {
			cooperations = append(cooperations, s)
			continue
		}
		waiting = append(waiting, s)
		for _, key := range uniqueKeys(i) {
			holder[key] = s.effect.record
		}
	}
	for stuck := false; !stuck; {
		stuck = true
		waiting = slices.DeleteFunc(waiting, func(s wayBack) bool {
			me, then := s.effect.record, uniqueKeys(s.then.(Influencer))
			for _, key := range then {
				if other, held := holder[key]; held && other != me {
					return false
				}
			}
			for _, key := range uniqueKeys(s.now.(Influencer)) {
				delete(holder, key)
			}
			for _, key := range then {
				holder[key] = me
			}
			ordered, stuck = append(ordered, s), false
			return true
		})
	}
	return append(ordered, cooperations...)
}

// uniqueKeys are what no two influencers have: the ids of profiles, and handles on a platform.
func uniqueKeys(i Influencer) []string {
	keys := []string{}
	for _, p := range i.Profiles {
		keys = append(keys, p.ID.String())
		if p.Handle != "" {
			keys = append(keys, p.Platform+"\x00"+Fold(p.Handle))
		}
	}
	return keys
}
