package crm

import (
	"context"
	"maps"
	"slices"
)

// afterUndo is a Reader of the workspace as it would be after the undo of a group.
type afterUndo struct {
	Reader
	influencers  asOfRecords[Influencer, InfluencerFilter]
	cooperations asOfRecords[Cooperation, CooperationFilter]
}

func (a afterUndo) Influencers() Records[Influencer, InfluencerFilter] { return a.influencers }

func (a afterUndo) Cooperations() Records[Cooperation, CooperationFilter] { return a.cooperations }

// restoration is a change with the present and former state of its record. now is nil if the record does not exist,
// then if it did not exist before.
type restoration struct {
	net       *netChange
	now, then Record
}

// undoGroup undoes influencers and cooperations that can go back only together: where cooperations moved to another
// profile and their former one was removed, or to another influencer and their former one was deleted, neither can be
// first. It checks the group in its final state, leaves out the changes that are refused even so, writes the others,
// and returns those that are left.
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
		if err := u.put(ctx, s.net, s.now, s.then); err != nil {
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

// fitting returns the changes of a group that the rules allow if the whole group goes back.
func (u *undo) fitting(ctx context.Context, group []restoration) (kept []restoration, err error) {
	then := afterUndo{Reader: u.Reader, influencers: newAsOfRecords(u.workspace.ID, u.Influencers(), InfluencerFilter.Matches)}
	then.cooperations = newAsOfCooperations(u.workspace.ID, u.Cooperations(), then.influencers)
	looking := *u
	looking.restored = maps.Clone(u.restored)
	claimsNow, signed := map[CooperationID][]Claim{}, false
	for _, s := range group {
		then.influencers.set(s.net.record, s.now, s.then, true)
		then.cooperations.set(s.net.record, s.now, s.then, true)
		if c, ok := s.then.(Cooperation); ok {
			now, _ := s.now.(Cooperation)
			claimsNow[c.ID], looking.restored[c.ID] = ClaimsOf(now), true
			signed = signed || c.Status == Signed
		}
	}
	if signed { // codes are checked as if the group had gone back
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

// dropProfiles removes the profiles of the influencers that will be deleted. Others need these profiles first, and the
// deletion has to wait until the cooperations have moved to those others.
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

// inWritableOrder orders a group so that a store accepts it: influencers first, each after the one who has a profile or
// handle that it gets; then cooperations, whose profiles no store checks; then deleted influencers, because
// cooperations refer to them. Influencers who would have to swap are left out.
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

// uniqueKeys returns the values that no two influencers share: ids of profiles, and handles on a platform.
func uniqueKeys(r Record) []string {
	i, _ := r.(Influencer) // nil has none
	keys := []string{}
	for _, p := range i.Profiles {
		keys = append(keys, p.ID.String())
		if p.Handle != "" {
			keys = append(keys, p.Platform+"\x00"+Fold(p.Handle))
		}
	}
	return keys
}
