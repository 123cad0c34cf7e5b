package crm

import (
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/internal/text"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// mergeProfiles adds from's profiles to into. A profile of an account that into has too is merged with that one.
func (m *influencerMerge) mergeProfiles() {
	for _, p := range m.from.Profiles {
		moved := MovedProfile{ID: p.ID, Platform: p.Platform, Handle: p.Handle}
		if n := slices.IndexFunc(m.into.Profiles, func(q Profile) bool { return q.Account().Is(p.Account()) }); n >= 0 {
			moved.Into = m.into.Profiles[n].ID
			m.mergeProfile(n, p)
		} else {
			m.into.Profiles = append(m.into.Profiles, p)
		}
		m.profiles = append(m.profiles, moved)
	}
}

func (m *influencerMerge) mergeProfile(n int, from Profile) {
	into := &m.into.Profiles[n]
	field := func(part string) string { return fieldpath.Index("profiles", n, part) }
	m.mergeText(field("handle"), &into.Handle, from.Handle)
	mergeField(m, field("link"), &into.Link, from.Link, into.Link, from.Link,
		account.LinkKey(into.Link) == account.LinkKey(from.Link))
	intos, froms := followersText(into.Followers), followersText(from.Followers)
	mergeField(m, field("followers"), &into.Followers, from.Followers, intos, froms, intos == froms)
	params := into.UTM.Params()
	for _, u := range utm.Fields() {
		mine, other := params.Get(u), from.UTM.Params().Get(u)
		mergeField(m, field("utm."+u.String()), &mine, other, valueText(mine), valueText(other), mine == other)
		params = params.With(u, mine)
	}
	into.UTM = utm.MustParseTemplate(params) // of fields that were parsed before
	intos, froms = rulesText(into.Rules), rulesText(from.Rules)
	mergeField(m, field("rules"), &into.Rules, from.Rules, intos, froms, sameRules(into.Rules, from.Rules))
}

// replacedProfiles maps the merged profiles of from to those of into.
func (m *influencerMerge) replacedProfiles() map[ProfileID]ProfileID {
	to := map[ProfileID]ProfileID{}
	for _, p := range m.profiles {
		if !p.Into.IsZero() {
			to[p.ID] = p.Into
		}
	}
	return to
}

func followersText(f *Followers) string {
	switch {
	case f == nil:
		return ""
	case f.On.IsZero():
		return fmt.Sprint(f.Count)
	}
	return fmt.Sprintf("%d on %s", f.Count, f.On)
}

// valueText shows a field of a template. An explicitly empty one differs from an unset one.
func valueText(v utm.Value) string {
	if text := v.String(); text != "" || !v.IsSet() {
		return text
	}
	return "(empty)"
}

func rulesText(rules []discount.Rule) string {
	texts := []string{}
	for _, r := range rules {
		text := r.String()
		if !r.Benefit.IsZero() {
			text += " (" + r.Benefit.String() + ")"
		}
		texts = append(texts, text)
	}
	return text.List(texts)
}
