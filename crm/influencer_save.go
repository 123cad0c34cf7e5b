package crm

import (
	"context"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
)

// CreateInfluencer adds an influencer with profiles. Ids that are given are kept, and are such that no record has had; see
// Work. It has no picture yet.
func (w *Work) CreateInfluencer(ctx context.Context, i Influencer) (Influencer, error) {
	i.Picture, i.ArchivedOn = PictureID{}, budget.Date{}
	if err := w.prepareInfluencer(ctx, Influencer{}, &i); err != nil {
		return Influencer{}, err
	}
	i.ID = newID(w, i.ID)
	return insert(ctx, w, i)
}

// UpdateInfluencer changes an influencer and all of its profiles, from the version that was read. A profile that is
// left out is removed, unless a cooperation uses it. A new name or platform renames the auto-named cooperations too, and
// a handle fills the UTM fields of cooperations that waited for it. The picture stays as it is.
func (w *Work) UpdateInfluencer(ctx context.Context, i Influencer, reason string) (Influencer, error) {
	before, err := editable(ctx, w.Influencers(), i.ID, i.Version)
	if err != nil {
		return Influencer{}, err
	}
	i.Picture, i.ArchivedOn = before.Picture, before.ArchivedOn
	if err := w.prepareInfluencer(ctx, before, &i); err != nil {
		return Influencer{}, err
	}
	if err := w.checkRemovedProfiles(ctx, before, i); err != nil {
		return Influencer{}, err
	}
	after, err := replace(ctx, w, before, i, reason)
	if err == nil && concernsCooperations(before, after) {
		err = w.followCooperations(ctx, CooperationFilter{Influencers: []InfluencerID{i.ID}, Archive: ActiveOrNot}, reason)
	}
	return after, err
}

// prepareInfluencer normalises and checks the new state of an influencer.
func (w *Work) prepareInfluencer(ctx context.Context, before Influencer, i *Influencer) error {
	if err := i.normalize(w.workspace.Currency); err != nil {
		return err
	}
	for n := range i.Profiles {
		i.Profiles[n].ID = newID(w, i.Profiles[n].ID)
	}
	if err := w.checkResponsible(ctx, i.Ref(), before.Responsible, i.Responsible); err != nil {
		return err
	}
	return w.checkHandles(ctx, before, *i)
}

// checkHandles refuses accounts that are new and belong to another influencer.
func (w *Work) checkHandles(ctx context.Context, before, i Influencer) error {
	isNew := func(p Profile) bool {
		old, _ := before.Profile(p.ID)
		return p.Handle != "" && (old.Platform != p.Platform || old.Handle != p.Handle)
	}
	var need Need
	for _, p := range i.Profiles {
		if isNew(p) {
			need.Handles = append(need.Handles, Handle{p.Platform, p.Handle})
		}
	}
	if err := w.cache.prepare(ctx, need); err != nil {
		return err
	}
	for n, p := range i.Profiles {
		if !isNew(p) {
			continue
		}
		owner, err := w.cache.ownerOf(ctx, Handle{p.Platform, p.Handle})
		if err != nil {
			return err
		}
		if owner.IsZero() || owner == i.ID {
			continue
		}
		other, err := w.Influencers().Get(ctx, owner)
		if err != nil {
			return err
		}
		return handleTaken(i, n, other)
	}
	return nil
}

// handleTaken is the error of a profile whose account another influencer has.
func handleTaken(i Influencer, n int, other Influencer) error {
	p := i.Profiles[n]
	return &Error{Family: ErrAlreadyExists, Record: i.Ref(), Field: fieldpath.Index("profiles", n, "handle"), Value: p.Handle,
		Problem: sentence.Of("@%s on %s belongs to %q already", p.Handle, account.PlatformName(p.Platform), other.Name)}
}

func (w *Work) checkRemovedProfiles(ctx context.Context, before, after Influencer) error {
	removed := map[ProfileID]Profile{}
	for _, p := range before.Profiles {
		if _, kept := after.Profile(p.ID); !kept {
			removed[p.ID] = p
		}
	}
	if len(removed) == 0 {
		return nil
	}
	return Each(ctx, w.Cooperations(), CooperationFilter{Influencers: []InfluencerID{after.ID}, Archive: ActiveOrNot},
		func(c Cooperation) error {
			p, ok := removed[c.Profile]
			if !ok {
				return nil
			}
			return &Error{Family: ErrReferenced, Record: after.Ref(), Field: "profiles",
				Value:   strings.TrimSpace(account.PlatformName(p.Platform) + " " + p.Handle),
				Problem: sentence.Of("the cooperation %q uses this profile; give it another one first", c.Name)}
		})
}

// concernsCooperations reports whether a change of an influencer changes cooperations: their auto names or their pending
// UTM fields.
func concernsCooperations(before, after Influencer) bool {
	return after.Name != before.Name || platformsDiffer(before, after) || fillsPending(before, after)
}

func platformsDiffer(before, after Influencer) bool {
	for _, p := range before.Profiles {
		if now, ok := after.Profile(p.ID); ok && now.Platform != p.Platform {
			return true
		}
	}
	return false
}
