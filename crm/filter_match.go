package crm

import (
	"context"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
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
	return f.Archive.Selects(i.ArchivedOn) && foldsTo(i.Name, f.Name) && foldsToAny(i.Category, f.Categories) &&
		wantsResponsible(f.Responsibles, f.Unassigned, i.Responsible) && wantsTag(f.Tags, i.Tags) &&
		f.hasProfile(i.Profiles) && hasText(i, f.Text)
}

func (f InfluencerFilter) hasProfile(profiles []Profile) bool {
	none := len(f.Platforms) == 0 && f.Handle == "" && f.Link == ""
	return none || slices.ContainsFunc(profiles, func(p Profile) bool {
		return wantsAny(f.Platforms, p.Platform) && foldsTo(p.Handle, f.Handle) && leadsTo(p.Link, f.Link)
	})
}

// leadsTo reports whether a link leads where that of a filter does. A filter without one takes any.
func leadsTo(link, wanted string) bool {
	return wanted == "" || account.LinkTarget(link) == account.LinkTarget(wanted)
}

// Matches reports whether the filter, as CheckFilter returned it, selects a cooperation of an influencer.
func (f CooperationFilter) Matches(c Cooperation, i Influencer) bool {
	if len(f.Platforms) > 0 {
		profile, ok := i.Profile(c.Profile)
		if !ok || c.Profile.IsZero() || !slices.Contains(f.Platforms, profile.Platform) {
			return false
		}
	}
	return f.matches(c) && foldsToAny(i.Category, f.Categories) && wantsTag(f.Tags, i.Tags)
}

// predicate returns Matches as a function of the cooperation alone. It reads the influencers if the filter depends on
// them.
func (f CooperationFilter) predicate(ctx context.Context,
	influencers Records[Influencer, InfluencerFilter]) (func(Cooperation) bool, error) {
	if _, only := f.RecordOnly(); only {
		return f.matches, nil
	}
	of := map[InfluencerID]Influencer{}
	who := InfluencerFilter{Platforms: f.Platforms, Categories: f.Categories, Tags: f.Tags, Archive: ActiveOrNot}
	err := Each(ctx, influencers, who, func(i Influencer) error {
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
	return f.Archive.Selects(c.ArchivedOn) && wantsID(f.Campaigns, c.Campaign) && wantsID(f.Influencers, c.Influencer) &&
		wantsAny(f.Statuses, c.Status) && f.Cancelled.Selects(c.Cancellation) &&
		wantsResponsible(f.Responsibles, f.Unassigned, c.Responsible) && foldsTo(c.Name, f.Name) &&
		(f.ImportKey == "" || c.Imported != nil && c.Imported.Key == f.ImportKey) &&
		(f.ImportSource == "" || c.Imported != nil && c.Imported.Source == f.ImportSource) &&
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

// foldsToAny is wantsAny for a text that is compared folded.
func foldsToAny(text string, wanted []string) bool {
	return len(wanted) == 0 || slices.Contains(wanted, Fold(text))
}

func hasText(r Record, text string) bool {
	return text == "" || strings.Contains(r.SearchText(), text)
}
