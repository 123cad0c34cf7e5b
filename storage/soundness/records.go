package soundness

import (
	"cmp"
	"slices"
	"strings"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/utm"
)

// references looks for the records that others name.
func (p *problems) references(w workspace) {
	there := map[crm.Ref]bool{}
	for _, r := range w.records() {
		there[r.Ref()] = true
	}
	responsible := func(r crm.Record, id crm.MemberID) {
		if !id.IsZero() && !there[crm.RefTo(id)] {
			p.addf("%s: there is no responsible %s", r.Ref(), crm.RefTo(id))
		}
	}
	influencers := map[crm.InfluencerID]crm.Influencer{}
	for _, i := range w.influencers {
		influencers[i.ID] = i
		responsible(i, i.Responsible)
	}
	for _, c := range w.cooperations {
		responsible(c, c.Responsible)
		if !there[crm.RefTo(c.Campaign)] || !there[crm.RefTo(c.Influencer)] {
			p.addf("%s: there is no %s or no %s", c.Ref(), crm.RefTo(c.Campaign), crm.RefTo(c.Influencer))
		}
		if _, has := influencers[c.Influencer].Profile(c.Profile); !has && !c.Profile.IsZero() {
			p.addf("%s: %s has no profile %s", c.Ref(), crm.RefTo(c.Influencer), c.Profile)
		}
	}
}

// claims compares the stored claims with those of the stored cooperations. A claim that a cooperation makes twice is
// stored once.
func (p *problems) claims(w workspace) {
	want := []crm.Claim{}
	for _, c := range w.cooperations {
		want = append(want, crm.ClaimsOf(c)...)
	}
	slices.SortFunc(want, func(a, b crm.Claim) int {
		return cmp.Or(a.From.Compare(b.From), a.Cooperation.Compare(b.Cooperation), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Key, b.Key))
	})
	if want = slices.Compact(want); !slices.Equal(want, w.claims) {
		p.addf("claims (-of the cooperations +stored):\n%s", gocmp.Diff(want, w.claims, cmpopts.EquateComparable(budget.Date{})))
	}
}

// names looks for names and handles that two records share and must not, and for automatic names that do not follow
// their pattern.
func (p *problems) names(w workspace) {
	taken := map[[3]string]crm.Ref{}
	take := func(by crm.Ref, name ...string) {
		key := [3]string{string(by.Kind)}
		copy(key[1:], name)
		if first, twice := taken[key]; twice {
			p.addf("%s and %s are both called %q", first, by, name)
		}
		taken[key] = by
	}
	campaigns, influencers := map[crm.CampaignID]string{}, map[crm.InfluencerID]crm.Influencer{}
	for _, c := range w.campaigns {
		campaigns[c.ID] = c.Name
		take(c.Ref(), crm.Fold(c.Name))
	}
	for _, i := range w.influencers {
		influencers[i.ID] = i
		for _, profile := range i.Profiles {
			if profile.Handle != "" {
				take(i.Ref(), profile.Platform, crm.Fold(profile.Handle))
			}
		}
	}
	for _, c := range w.cooperations {
		if c.NameMode != crm.NameAuto {
			continue
		}
		take(c.Ref(), c.Campaign.String(), crm.Fold(c.Name))
		base := campaigns[c.Campaign] + " - " + influencers[c.Influencer].Name
		if profile, has := influencers[c.Influencer].Profile(c.Profile); has {
			base += " - " + account.PlatformName(profile.Platform)
		}
		rest, ok := strings.CutPrefix(c.Name, base)
		if !c.Period.Start.IsZero() {
			rest = strings.TrimPrefix(rest, " - "+c.Period.Start.String())
		}
		if numbered := strings.HasPrefix(rest, " (") && strings.HasSuffix(rest, ")"); !ok || rest != "" && !numbered {
			p.addf("%s is called %q, which is not made of %q", c.Ref(), c.Name, base)
		}
	}
}

// pending looks for UTM fields that wait for a part of their template although all parts are known.
func (p *problems) pending(w workspace) {
	campaigns, influencers := map[crm.CampaignID]string{}, map[crm.InfluencerID]crm.Influencer{}
	for _, c := range w.campaigns {
		campaigns[c.ID] = c.Name
	}
	for _, i := range w.influencers {
		influencers[i.ID] = i
	}
	for _, c := range w.cooperations {
		profile, _ := influencers[c.Influencer].Profile(c.Profile)
		vars := utm.Vars{
			Campaign: campaigns[c.Campaign], Influencer: influencers[c.Influencer].Name, Handle: profile.Handle,
			Platform: account.PlatformName(profile.Platform),
		}
		if !c.Period.Start.IsZero() {
			vars.Month = c.Period.Start.Month().String()
		}
		for _, f := range utm.Fields() {
			origin := c.UTMOrigins[f]
			if origin.Kind != crm.Pending {
				continue
			}
			template, err := utm.ParseTemplate(utm.Params{}.With(f, utm.Of(origin.Template)))
			if err != nil || c.UTM.Get(f).IsSet() || len(template.Lacks(f, vars)) == 0 {
				p.addf("%s: %s is pending with %q, and has %q", c.Ref(), f.Key(), origin.Template, c.UTM.Get(f))
			}
		}
	}
}
