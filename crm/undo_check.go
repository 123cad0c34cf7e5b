package crm

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
)

// checkUnused refuses to delete a record that others refer to.
func (u *undo) checkUnused(ctx context.Context, now Record) error {
	switch r := now.(type) {
	case Workspace:
		return invalidRecord(r, "a workspace is not deleted by an undo; see Admin.DeleteWorkspace")
	case Member:
		return u.checkMemberUnused(ctx, r)
	case Campaign:
		return u.checkNoCooperations(ctx, r.Ref(), CooperationFilter{Campaigns: []CampaignID{r.ID}})
	case Influencer:
		return u.checkNoCooperations(ctx, r.Ref(), CooperationFilter{Influencers: []InfluencerID{r.ID}})
	}
	return nil
}

// check checks a record's former state against what has happened since, and returns it in the form in which it is
// stored. now is nil if the record does not exist, then if it did not exist before.
func (u *undo) check(ctx context.Context, now, then Record) (Record, error) {
	switch then := then.(type) {
	case nil:
		return nil, u.checkUnused(ctx, now)
	case Workspace:
		if then.Currency != u.workspace.Currency {
			if err := u.checkCurrencyChange(ctx, then); err != nil {
				return nil, err
			}
		}
		err := then.normalize()
		return then, err
	case Member:
		err := then.normalize()
		return then, err
	case Campaign:
		err := then.normalize(u.workspace.Currency)
		if err == nil {
			err = u.checkCampaignName(ctx, then)
		}
		if before, ok := now.(Campaign); ok && err == nil && !before.ArchivedOn.IsZero() && then.ArchivedOn.IsZero() {
			err = u.checkCodesBack(ctx, CooperationFilter{Campaigns: []CampaignID{then.ID}})
		}
		return then, err
	case Influencer:
		before, _ := now.(Influencer)
		err := then.normalize(u.workspace.Currency)
		if err == nil {
			err = u.checkInfluencer(ctx, before, then)
		}
		if err == nil && !before.ArchivedOn.IsZero() && then.ArchivedOn.IsZero() {
			err = u.checkCodesBack(ctx, CooperationFilter{Influencers: []InfluencerID{then.ID}})
		}
		return then, err
	case Cooperation:
		before, _ := now.(Cooperation)
		err := then.normalize(u.workspace.Currency)
		if err == nil {
			err = u.checkCooperation(ctx, before, then)
		}
		return then, err
	}
	return nil, invalidRecord(then, "this kind of record cannot be restored")
}

func (u *undo) checkInfluencer(ctx context.Context, before, then Influencer) error {
	if err := u.checkFormerResponsible(ctx, then.Ref(), before.Responsible, then.Responsible); err != nil {
		return err
	}
	for n, p := range then.Profiles {
		old, had := before.Profile(p.ID)
		if !had {
			if err := u.checkProfileHolder(ctx, then, n); err != nil {
				return err
			}
		}
		if p.Handle == "" || old.Platform == p.Platform && old.Handle == p.Handle {
			continue
		}
		if err := u.checkHandle(ctx, then, n); err != nil {
			return err
		}
	}
	return u.checkRemovedProfiles(ctx, before, then)
}

// checkHandle refuses an account that another influencer has, in the state that the undo looks at.
func (u *undo) checkHandle(ctx context.Context, i Influencer, n int) error {
	p := i.Profiles[n]
	same, err := u.Influencers().List(ctx, InfluencerFilter{Platforms: []string{p.Platform}, Handle: p.Handle, Archive: ActiveOrNot},
		ListOptions{Size: 2})
	for _, other := range same.Items {
		if other.ID != i.ID && err == nil {
			err = handleTaken(i, n, other)
		}
	}
	return err
}

func (u *undo) checkCooperation(ctx context.Context, before, then Cooperation) error {
	p, err := u.references(ctx, then)
	if err != nil {
		return err
	}
	if refused := checkArchivedReferences(before, then, p); refused != nil {
		for _, party := range []Record{p.campaign, p.influencer} {
			if archivedOn(party).IsZero() {
				continue
			}
			if IsErased(party) { // also one who was archived before already
				return refused
			}
			if archived, err := u.archivedSince(ctx, party.Ref(), u.before); err != nil {
				return err
			} else if archived {
				return refused
			}
		}
	}
	if err := u.checkFormerResponsible(ctx, then.Ref(), before.Responsible, then.Responsible); err != nil {
		return err
	}
	return u.checkCodes(ctx, before, then)
}

// checkFormerResponsible is checkResponsible for a member who was responsible before: one who was archived then is
// fine.
func (u *undo) checkFormerResponsible(ctx context.Context, record Ref, before, then MemberID) error {
	if then.IsZero() || then == before {
		return nil
	}
	member, err := named(ctx, u.Members(), record, "responsible", then)
	if err != nil {
		return err
	}
	if archived, err := u.archivedSince(ctx, RefTo(then), u.before); err != nil || !archived && !IsErased(member) {
		return err
	}
	return u.checkResponsible(ctx, record, before, then)
}

// checkCodes refuses to restore a signed cooperation with a code that somebody else has taken since for the same time.
// Conflicts that existed before, which imports can bring, may come back.
func (u *undo) checkCodes(ctx context.Context, before, then Cooperation) error {
	if then.Status != Signed {
		return nil
	}
	claims, err := u.allClaims(ctx)
	if err != nil {
		return err
	}
	if before.Status != Signed {
		before = Cooperation{}
	}
	for _, conflict := range claims.blocking(then, before, 0) {
		taken, err := u.codeTakenSince(ctx, then.ID, conflict.Other)
		if err != nil {
			return err
		}
		if !taken {
			continue
		}
		refused := []Conflict{conflict} // the first is enough, because there may be thousands
		if err := nameOthers(ctx, u, refused); err != nil {
			return err
		}
		all := signingProblems(then, refused)
		return all.last()
	}
	return nil
}

// checkCodesBack is checkCodes for the cooperations of a campaign or influencer that comes out of the archive.
func (u *undo) checkCodesBack(ctx context.Context, of CooperationFilter) error {
	of.Archive = ActiveOrNot
	return u.eachWithOwners(ctx, of, func(c Cooperation, p references) error {
		if len(of.Campaigns) == 0 {
			p.influencer.ArchivedOn = budget.Date{}
		} else {
			p.campaign.ArchivedOn = budget.Date{}
		}
		after := c
		after.ClaimsUntil = p.claimsUntil()
		return u.checkCodes(ctx, c, after)
	})
}

// codeTakenSince reports whether a conflict of two cooperations is new, because the codes or days of one have changed
// since. Changes of the other cooperation count from the start of the unit that is undone, or from its end if the undo
// restores that cooperation too.
func (u *undo) codeTakenSince(ctx context.Context, mine, other CooperationID) (bool, error) {
	since := u.before
	if u.restored[other] {
		since = u.end
	}
	taken, err := u.claimedSince(ctx, other, since)
	if err != nil || taken {
		return taken, err
	}
	return u.claimedSince(ctx, mine, u.end)
}

// profileHolders are the influencers who got a profile since the start of the unit that is undone. They are read from
// the log when they are first needed.
type profileHolders struct {
	by map[ProfileID][]InfluencerID
}

// checkProfileHolder refuses a profile that another influencer has by now. It searches by id, because the handle may
// have changed.
func (u *undo) checkProfileHolder(ctx context.Context, i Influencer, n int) error {
	if u.holders.by == nil {
		if err := u.readProfileHolders(ctx); err != nil {
			return err
		}
	}
	p := i.Profiles[n]
	holders, err := u.Influencers().GetAll(ctx, u.holders.by[p.ID])
	for _, other := range holders {
		if _, has := other.Profile(p.ID); has && other.ID != i.ID && err == nil {
			err = &Error{Family: ErrAlreadyExists, Record: i.Ref(), Field: fieldpath.Index("profiles", n, ""),
				Value:   strings.TrimSpace(account.PlatformName(p.Platform) + " " + p.Handle),
				Problem: sentence.Of("this profile belongs to %q by now", Shorten(other.Name))}
		}
	}
	return err
}

func (u *undo) readProfileHolders(ctx context.Context) error {
	u.holders.by = map[ProfileID][]InfluencerID{}
	return eachChange(ctx, u, ChangeFilter{After: u.before}, func(c Change) error {
		for _, f := range c.Fields {
			if c.Record.Kind != KindInfluencer || f.Field != "profiles" || f.After == nil {
				continue
			}
			var had, has []struct {
				ID ProfileID `json:"id"`
			}
			if !decodeField(f.Before, &had) || json.Unmarshal(f.After, &has) != nil {
				continue // written by another version of this program; no such profile can be restored
			}
			before := map[ProfileID]bool{}
			for _, p := range had {
				before[p.ID] = true
			}
			for _, p := range has {
				if !before[p.ID] {
					u.holders.by[p.ID] = append(u.holders.by[p.ID], InfluencerID(c.Record.ID))
				}
			}
		}
		return nil
	})
}
