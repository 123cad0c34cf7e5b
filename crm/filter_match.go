package crm

import (
	"context"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// Matches reports whether the filter, as CheckFilter returned it, selects a member.
func (f MemberFilter) Matches(m Member) bool {
	return f.Archive.Selects(m.ArchivedOn) && foldsTo(m.Name, f.Name) && hasText(m, f.Text)
}

// Matches reports whether the filter, as CheckFilter returned it, selects a campaign.
func (f CampaignFilter) Matches(c Campaign) bool {
	return f.Archive.Selects(c.ArchivedOn) && foldsTo(c.Name, f.Name) &&
		(!f.HasAmount || c.Budget.IsSet() || c.RevenueTarget.IsSet()) &&
		inState(f.State, c.Period, f.On) && (!f.Upcoming || upcoming(c, f.On)) && hasText(c, f.Text)
}

// Matches reports whether the filter, as CheckFilter returned it, selects an influencer.
func (f InfluencerFilter) Matches(i Influencer) bool {
	return f.Archive.Selects(i.ArchivedOn) && foldsTo(i.Name, f.Name) && foldsTo(i.Category, f.Category) &&
		wants(f.Responsible, i.Responsible) && hasTag(i.Tags, f.Tag) && f.hasProfile(i.Profiles) && hasText(i, f.Text)
}

func (f InfluencerFilter) hasProfile(profiles []Profile) bool {
	return f.Platform == "" && f.Handle == "" && f.Link == "" || slices.ContainsFunc(profiles, func(p Profile) bool {
		return wants(f.Platform, p.Platform) && foldsTo(p.Handle, f.Handle) && foldsTo(p.Link, f.Link)
	})
}

// Matches reports whether the filter, as CheckFilter returned it, selects a cooperation of an influencer.
func (f CooperationFilter) Matches(c Cooperation, i Influencer) bool {
	if f.Platform != "" {
		if profile, ok := i.Profile(c.Profile); !ok || c.Profile.IsZero() || profile.Platform != f.Platform {
			return false
		}
	}
	return f.matches(c) && hasTag(i.Tags, f.Tag)
}

// predicate returns Matches as a function of the cooperation alone. It reads the influencers if the filter depends on
// them.
func (f CooperationFilter) predicate(ctx context.Context,
	influencers Records[Influencer, InfluencerFilter]) (func(Cooperation) bool, error) {
	if f == f.RecordOnly() {
		return f.matches, nil
	}
	of := map[InfluencerID]Influencer{}
	err := Each(ctx, influencers, InfluencerFilter{Platform: f.Platform, Tag: f.Tag, Archive: ActiveOrNot},
		func(i Influencer) error {
			of[i.ID] = i
			return nil
		})
	return func(c Cooperation) bool {
		i, ok := of[c.Influencer]
		return ok && f.Matches(c, i)
	}, err
}

// matches is the part of Matches that depends on the cooperation alone.
func (f CooperationFilter) matches(c Cooperation) bool {
	return f.Archive.Selects(c.ArchivedOn) && wants(f.Campaign, c.Campaign) && wants(f.Influencer, c.Influencer) &&
		wants(f.Status, c.Status) && f.Cancelled.Selects(c.Cancellation) && wants(f.Responsible, c.Responsible) &&
		foldsTo(c.Name, f.Name) &&
		(f.ImportKey == "" || c.Imported != nil && c.Imported.Key == f.ImportKey) &&
		(!f.HasAmount || c.Cost.IsSet() || c.Cancellation != nil && c.Cancellation.Fee.IsSet()) &&
		during(c.Period, f.During) && inState(f.State, c.Period, f.On) && hasText(c, f.Text)
}

// Matches reports whether the filter selects an import run.
func (f ImportRunFilter) Matches(r ImportRun) bool {
	return wants(f.Source, r.Source) && (!f.Standing || r.UndoneAt.IsZero())
}

// inState reports whether a period is in the wanted state on a day.
func inState(wanted State, p budget.Period, on budget.Date) bool {
	return wanted == "" || StateOf(p, on) == wanted
}

// during reports whether a cooperation has a day in a period. One with a single date has that day only if it is its
// end; without an end it goes on.
func during(p, wanted budget.Period) bool {
	if wanted.IsZero() {
		return true
	}
	if p.Start.IsZero() {
		p.Start = p.End
	}
	return !p.IsZero() &&
		(wanted.End.IsZero() || !p.Start.After(wanted.End)) &&
		(p.End.IsZero() || wanted.Start.IsZero() || !p.End.Before(wanted.Start))
}

// wants reports whether a field of a filter is unset or equals a value.
func wants[T comparable](wanted, value T) bool {
	var unset T
	return wanted == unset || wanted == value
}

// foldsTo is wants for a text that is compared folded.
func foldsTo(text, wanted string) bool { return wanted == "" || Fold(text) == wanted }

func hasText(r Record, text string) bool {
	return text == "" || strings.Contains(r.SearchText(), text)
}

func hasTag(tags []string, wanted string) bool {
	return wanted == "" || slices.ContainsFunc(tags, func(tag string) bool { return Fold(tag) == wanted })
}
