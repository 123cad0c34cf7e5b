package crm

import (
	"context"
	"maps"
	"slices"
)

// afterUndo is a Reader in which records have the states that they would go back to.
type afterUndo struct {
	Reader
	influencers  asOfRecords[Influencer, InfluencerFilter]
	cooperations asOfRecords[Cooperation, CooperationFilter]
}

func (a afterUndo) Influencers() Records[Influencer, InfluencerFilter] { return a.influencers }

func (a afterUndo) Cooperations() Records[Cooperation, CooperationFilter] { return a.cooperations }

// restoration is where an effect leads back to. now is nil if the record is gone, then if it was not
// there.
type restoration struct {
	net       *netChange
	now, then Record
}

// undoGroup finds, among changes that the rules refuse one by one, the influencers and cooperations
// that can go back only at once: where cooperations moved to another profile and their former one
// was removed, or to another influencer and their former one was deleted, neither can be first. It
// checks them as they would stand in the end, leaving out what does not fit even so, and writes the
// others. It returns what it left out.
func (u *undo) undoGroup(ctx context.Context, pending []*netChange) (rest []*netChange, err error) {
	group := []restoration{}
	for _, net := range pending {
		if net.record.Kind == KindInfluencer || net.record.Kind == KindCooperation && net.existed && !net.follows {
			now, then, err := u.target(ctx, net)
			if err != nil {
				return nil, err
			}
			group = append(group, restoration{net, now, then})
		}
	}
	for all := -1; len(group) != all; {
		all = len(group)
		if group, err = u.fitting(ctx, group); err != nil {
			return nil, err
		}
		group = inWritableOrder(group)
	}
	u.setAllClaims(claimsThen(group))
	if err := u.dropProfiles(ctx, group); err != nil {
		return nil, err
	}
	written := map[*netChange]bool{}
	for _, s := range group {
		if err := u.put(ctx, s.now, s.then); err != nil {
			return nil, err
		}
		written[s.net] = true
	}
	for _, net := range pending {
		if !written[net] {
			rest = append(rest, net)
		}
	}
	return rest, nil
}

// fitting returns those of a group that fit if all of the group go back.
func (u *undo) fitting(ctx context.Context, group []restoration) (kept []restoration, err error) {
	then := afterUndo{Reader: u.Reader, influencers: newAsOfRecords(u.Influencers(), InfluencerFilter.Matches)}
	then.cooperations = newAsOfCooperations(u.Cooperations(), then.influencers)
	looking := *u
	looking.restored = maps.Clone(u.restored)
	claimsNow, signed := map[CooperationID][]Claim{}, false
	for _, s := range group {
		then.influencers.set(s.net.record, s.now, s.then)
		then.cooperations.set(s.net.record, s.now, s.then)
		if c, ok := s.then.(Cooperation); ok {
			now, _ := s.now.(Cooperation)
			claimsNow[c.ID], looking.restored[c.ID] = ClaimsOf(now), true
			signed = signed || c.Status == Signed
		}
	}
	if signed { // the codes of the group are where they would be
		u.setAllClaims(claimsThen(group))
		defer u.setAllClaims(claimsNow)
	}
	work := *u.Work
	work.Reader = then
	looking.Work = &work
	for _, s := range group {
		fit, err := looking.check(ctx, s.now, s.then)
		switch {
		case err == nil:
			kept = append(kept, restoration{s.net, s.now, fit})
		case !isRefusal(err):
			return nil, err
		case s.net.changesInfluencer():
			u.refusals[s.net] = problemsIn(err)
		}
	}
	return kept, nil
}

func claimsThen(group []restoration) map[CooperationID][]Claim {
	claims := map[CooperationID][]Claim{}
	for _, s := range group {
		if c, ok := s.then.(Cooperation); ok {
			claims[c.ID] = ClaimsOf(c)
		}
	}
	return claims
}

// dropProfiles takes the profiles from the influencers of a group that will be deleted. Others may
// wait for these profiles, and the deletion itself waits for cooperations that go to those others.
func (u *undo) dropProfiles(ctx context.Context, group []restoration) error {
	for n, s := range group {
		if i, ok := s.now.(Influencer); ok && s.then == nil {
			bare := i
			bare.Profiles = []Profile{}
			after, err := replace(ctx, u.Work, i, bare, u.reason)
			if err != nil {
				return err
			}
			group[n].now = after
		}
	}
	return nil
}

// inWritableOrder orders a group so that a store takes it: influencers first, because no store looks at a
// cooperation's profile, and one who gets a profile or handle after the one who has it; those who go
// last, because cooperations refer to them. Those who would have to swap are left out.
func inWritableOrder(group []restoration) (ordered []restoration) {
	waiting, cooperations, leaving := []restoration{}, []restoration{}, []restoration{}
	holder := map[string]Ref{}
	for _, s := range group {
		switch {
		case s.net.record.Kind == KindCooperation:
			cooperations = append(cooperations, s)
		case s.then == nil:
			leaving = append(leaving, s)
		default:
			waiting = append(waiting, s)
			for _, key := range uniqueKeys(s.now) {
				holder[key] = s.net.record
			}
		}
	}
	for stuck := false; !stuck; {
		stuck = true
		waiting = slices.DeleteFunc(waiting, func(s restoration) bool {
			me, then := s.net.record, uniqueKeys(s.then)
			for _, key := range then {
				if other, held := holder[key]; held && other != me {
					return false
				}
			}
			for _, key := range uniqueKeys(s.now) {
				delete(holder, key)
			}
			for _, key := range then {
				holder[key] = me
			}
			ordered, stuck = append(ordered, s), false
			return true
		})
	}
	return slices.Concat(ordered, cooperations, leaving)
}

// uniqueKeys are what no two influencers have: the ids of profiles, and handles on a platform.
func uniqueKeys(r Record) []string {
	i, _ := r.(Influencer) // one that is gone has none
	keys := []string{}
	for _, p := range i.Profiles {
		keys = append(keys, p.ID.String())
		if p.Handle != "" {
			keys = append(keys, p.Platform+"\x00"+Fold(p.Handle))
		}
	}
	return keys
}
