package memory

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// For each kind of record: the look-up keys it has, the filters it matches, and the key that
// narrows a filter. The filters come from crm.CheckFilter, so their texts are folded. A key is its
// parts joined by a NUL, which no text holds.

func keyOf(parts ...string) string { return strings.Join(parts, "\x00") }

func hasText(r crm.Record, text string) bool {
	return text == "" || strings.Contains(crm.SearchText(r), text)
}

func sameName(a, wanted string) bool { return wanted == "" || crm.Fold(a) == wanted }

func is[T comparable](value, wanted T) bool {
	var any T
	return wanted == any || value == wanted
}

func memberKeys(m crm.Member) []string { return []string{keyOf("name", crm.Fold(m.Name))} }

func memberMatches(m crm.Member, f crm.MemberFilter) bool {
	return f.Archive.Selects(m.ArchivedOn) && sameName(m.Name, f.Name) && hasText(m, f.Text)
}

func memberLookup(f crm.MemberFilter) (string, bool) {
	return keyOf("name", f.Name), f.Name != ""
}

func campaignKeys(c crm.Campaign) []string { return []string{keyOf("name", crm.Fold(c.Name))} }

func campaignMatches(c crm.Campaign, f crm.CampaignFilter) bool {
	return f.Archive.Selects(c.ArchivedOn) && sameName(c.Name, f.Name) &&
		(!f.HasAmount || c.Budget.IsSet() || c.RevenueTarget.IsSet()) && hasText(c, f.Text)
}

func campaignLookup(f crm.CampaignFilter) (string, bool) {
	return keyOf("name", f.Name), f.Name != ""
}

func influencerKeys(i crm.Influencer) []string {
	keys := []string{keyOf("name", crm.Fold(i.Name))}
	for _, p := range i.Profiles {
		keys = append(keys, profileKeys(p)...)
	}
	return keys
}

// profileKeys are the keys of a profile that are unique in a workspace.
func profileKeys(p crm.Profile) (keys []string) {
	if !p.ID.IsZero() {
		keys = append(keys, profileIDKey(p.ID))
	}
	if handle := crm.Fold(p.Handle); handle != "" {
		keys = append(keys, handleKey(p.Platform, handle))
	}
	return keys
}

func profileIDKey(id crm.ProfileID) string { return keyOf("profile", id.String()) }

func handleKey(platform, folded string) string { return keyOf("handle", platform, folded) }

func influencerMatches(i crm.Influencer, f crm.InfluencerFilter) bool {
	return f.Archive.Selects(i.ArchivedOn) && sameName(i.Name, f.Name) && sameName(i.Category, f.Category) &&
		is(i.Responsible, f.Responsible) && hasTag(i.Tags, f.Tag) && hasProfile(i.Profiles, f) && hasText(i, f.Text)
}

func hasTag(tags []string, wanted string) bool {
	for _, tag := range tags {
		if crm.Fold(tag) == wanted {
			return true
		}
	}
	return wanted == ""
}

func hasProfile(profiles []crm.Profile, f crm.InfluencerFilter) bool {
	for _, p := range profiles {
		if is(p.Platform, f.Platform) && sameName(p.Handle, f.Handle) && sameName(p.Link, f.Link) {
			return true
		}
	}
	return f.Platform == "" && f.Handle == "" && f.Link == ""
}

func influencerLookup(f crm.InfluencerFilter) (string, bool) {
	if f.Platform != "" && f.Handle != "" {
		return handleKey(f.Platform, f.Handle), true
	}
	return keyOf("name", f.Name), f.Name != ""
}

func cooperationKeys(c crm.Cooperation) []string {
	keys := []string{
		keyOf("campaign", c.Campaign.String()),
		keyOf("influencer", c.Influencer.String()),
		keyOf("name", crm.Fold(c.Name)),
	}
	if c.Imported != nil {
		keys = append(keys, keyOf("import", c.Imported.Key))
	}
	return keys
}

func cooperationMatches(c crm.Cooperation, f crm.CooperationFilter) bool {
	return f.Archive.Selects(c.ArchivedOn) && is(c.Campaign, f.Campaign) && is(c.Influencer, f.Influencer) &&
		is(c.Status, f.Status) && is(c.Responsible, f.Responsible) && sameName(c.Name, f.Name) &&
		(f.ImportKey == "" || c.Imported != nil && c.Imported.Key == f.ImportKey) &&
		(!f.HasAmount || c.Cost.IsSet() || c.Cancellation != nil && c.Cancellation.Fee.IsSet()) &&
		during(c.Period, f.During) && hasText(c, f.Text)
}

// during reports whether a cooperation has a day in a period. One with a single date has that day
// only if it is its end; without an end it goes on.
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

func cooperationLookup(f crm.CooperationFilter) (string, bool) {
	switch {
	case f.ImportKey != "":
		return keyOf("import", f.ImportKey), true
	case f.Name != "":
		return keyOf("name", f.Name), true
	case !f.Influencer.IsZero():
		return keyOf("influencer", f.Influencer.String()), true
	case !f.Campaign.IsZero():
		return keyOf("campaign", f.Campaign.String()), true
	}
	return "", false
}

func runKeys(r crm.ImportRun) []string { return nil }

func runMatches(r crm.ImportRun, f crm.ImportRunFilter) bool { return is(r.Source, f.Source) }

func runLookup(crm.ImportRunFilter) (string, bool) { return "", false }
