package storagetest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

// references looks for the records that others name.
func (f *findings) references(all contents) {
	there := map[crm.Ref]bool{{}: true} // who names nobody is content
	for _, records := range all.Records {
		for _, r := range records {
			there[r.Ref()] = true
		}
	}
	responsible := func(r crm.Record, id crm.MemberID) {
		if !id.IsZero() && !there[crm.RefTo(id)] {
			f.addf("%s: there is no responsible %s", r.Ref(), crm.RefTo(id))
		}
	}
	influencers := map[crm.InfluencerID]crm.Influencer{}
	for _, i := range typed[crm.Influencer](all) {
		influencers[i.ID] = i
		responsible(i, i.Responsible)
	}
	for _, c := range typed[crm.Cooperation](all) {
		responsible(c, c.Responsible)
		if !there[crm.RefTo(c.Campaign)] || !there[crm.RefTo(c.Influencer)] {
			f.addf("%s: there is no %s or no %s", c.Ref(), crm.RefTo(c.Campaign), crm.RefTo(c.Influencer))
		}
		if _, has := influencers[c.Influencer].Profile(c.Profile); !has && !c.Profile.IsZero() {
			f.addf("%s: %s has no profile %s", c.Ref(), crm.RefTo(c.Influencer), c.Profile)
		}
	}
}

// claims compares the stored claims with those that the stored cooperations make. A claim that a
// cooperation makes twice is one.
func (f *findings) claims(all contents) {
	want := []crm.Claim{}
	for _, c := range typed[crm.Cooperation](all) {
		want = append(want, crm.ClaimsOf(c)...)
	}
	slices.SortFunc(want, func(a, b crm.Claim) int {
		return cmp.Or(a.From.Compare(b.From), a.Cooperation.Compare(b.Cooperation), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	if d := difference(slices.Compact(want), all.Claims); d != "" {
		f.addf("claims (-of the cooperations +stored):\n%s", d)
	}
}

// names looks for names and handles that two records have and should not, and for automatic names
// that are not what they are made of.
func (f *findings) names(all contents) {
	taken := map[[3]string]crm.Ref{}
	take := func(by crm.Ref, name ...string) {
		key := [3]string{string(by.Kind)}
		copy(key[1:], name)
		if first, twice := taken[key]; twice {
			f.addf("%s and %s are both called %q", first, by, name)
		}
		taken[key] = by
	}
	campaigns, influencers := map[crm.CampaignID]string{}, map[crm.InfluencerID]crm.Influencer{}
	for _, c := range typed[crm.Campaign](all) {
		campaigns[c.ID] = c.Name
		take(c.Ref(), crm.Fold(c.Name))
	}
	for _, i := range typed[crm.Influencer](all) {
		influencers[i.ID] = i
		for _, p := range i.Profiles {
			if p.Handle != "" {
				take(i.Ref(), p.Platform, crm.Fold(p.Handle))
			}
		}
	}
	for _, c := range typed[crm.Cooperation](all) {
		if c.NameMode != crm.NameAuto {
			continue
		}
		take(c.Ref(), c.Campaign.String(), crm.Fold(c.Name))
		base := campaigns[c.Campaign] + " - " + influencers[c.Influencer].Name
		if p, has := influencers[c.Influencer].Profile(c.Profile); has {
			base += " - " + account.PlatformName(p.Platform)
		}
		rest, ok := strings.CutPrefix(c.Name, base)
		if !c.Period.Start.IsZero() {
			rest = strings.TrimPrefix(rest, " - "+c.Period.Start.String())
		}
		if numbered := strings.HasPrefix(rest, " (") && strings.HasSuffix(rest, ")"); !ok || rest != "" && !numbered {
			f.addf("%s is called %q, which is not made of %q", c.Ref(), c.Name, base)
		}
	}
}
