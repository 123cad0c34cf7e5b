package memory

import (
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

// This file has, for each kind of record, the look-up keys of a record, and the key that narrows a filter. Filters come
// from crm.CheckFilter, so their texts are folded. A key is its parts joined by a NUL, which no text contains.

func keyOf(parts ...string) string { return strings.Join(parts, "\x00") }

// equalIfSet reports whether a value is the wanted one, or none is wanted.
func equalIfSet[T comparable](value, wanted T) bool {
	var none T
	return wanted == none || value == wanted
}

func memberKeys(m crm.Member) []string { return []string{keyOf("name", crm.Fold(m.Name))} }

func memberLookup(f crm.MemberFilter) (string, bool) {
	return keyOf("name", f.Name), f.Name != ""
}

func campaignKeys(c crm.Campaign) []string { return []string{keyOf("name", crm.Fold(c.Name))} }

func campaignLookup(f crm.CampaignFilter) (string, bool) {
	return keyOf("name", f.Name), f.Name != ""
}

func influencerKeys(i crm.Influencer) []string {
	keys := []string{keyOf("name", crm.Fold(i.Name))}
	for _, p := range i.Profiles {
		keys = append(keys, profileKeys(p)...)
		if target := account.LinkTarget(p.Link); target != "" {
			keys = append(keys, keyOf("link", target))
		}
	}
	for _, k := range crm.IdentityKeys(i) {
		if k.Kind != crm.IdentityName { // which is there already
			keys = append(keys, identityKey(k))
		}
	}
	return keys
}

func identityKey(k crm.IdentityKey) string {
	if k.Kind == crm.IdentityName {
		return keyOf("name", k.Text)
	}
	return keyOf("identity", string(k.Kind), k.Text)
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

func influencerLookup(f crm.InfluencerFilter) (string, bool) {
	if len(f.Platforms) == 1 && f.Handle != "" {
		return handleKey(f.Platforms[0], f.Handle), true
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
		keys = append(keys, keyOf("import", c.Imported.Key), keyOf("source", c.Imported.Source))
	}
	return keys
}

// cooperationMatches applies a filter, which may ask for something of the influencer.
func cooperationMatches(s *state, f crm.CooperationFilter, c crm.Cooperation) bool {
	i, _ := s.influencers.get(c.Influencer.UUID())
	return f.Matches(c, i)
}

func cooperationLookup(f crm.CooperationFilter) (string, bool) {
	switch {
	case f.ImportKey != "":
		return keyOf("import", f.ImportKey), true
	case f.Name != "":
		return keyOf("name", f.Name), true
	case f.ImportSource != "":
		return keyOf("source", f.ImportSource), true
	case len(f.Influencers) == 1:
		return keyOf("influencer", f.Influencers[0].String()), true
	case len(f.Campaigns) == 1:
		return keyOf("campaign", f.Campaigns[0].String()), true
	}
	return "", false
}

func runKeys(r crm.ImportRun) []string { return nil }

func runLookup(crm.ImportRunFilter) (string, bool) { return "", false }
