package storagetest

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/discount"
)

// The specs of influencers and cooperations.

func influencerSpec() spec[crm.Influencer, crm.InfluencerFilter] {
	type filter = crm.InfluencerFilter
	profile := func(d draw, id uuid.UUID) crm.Profile {
		p := crm.Profile{ID: crm.ProfileID(id), Platform: pick(d, platforms), Link: pick(d, links),
			UTM: pick(d, templates), Rules: some(d, rules)}
		if d.IntN(3) > 0 {
			p.Handle = fmt.Sprintf("%s.%x", pick(d, []string{"Mira", "mira", "ZOË", "a_b", "100%", `o'h\`}), id[5:])
		}
		if d.IntN(2) == 0 {
			p.Followers = &crm.Followers{Count: d.Int64N(10_000_000_000), On: d.day()}
		}
		return p
	}
	return spec[crm.Influencer, filter]{
		records: crm.Reader.Influencers,
		random: func(d draw) crm.Influencer {
			i := crm.Influencer{
				ID: crm.InfluencerID(d.newID()), Version: 1, Name: pick(d, words), Phone: "+49 170 1234567",
				PhoneE164: "+491701234567", Email: "mira@example.com", Category: pick(d, words),
				Responsible: pick(d, append(d.members, crm.MemberID{})), Tags: some(d, words), Notes: pick(d, words),
				Custom: d.custom(), ArchivedOn: d.rarely(), Times: d.times(),
			}
			if d.IntN(2) == 0 {
				i.Picture = pictureID(d.IntN(9))
			}
			for range d.IntN(4) {
				i.Profiles = append(i.Profiles, profile(d, d.newID()))
			}
			return i
		},
		full: func(s *shop) crm.Influencer {
			s.made++
			return crm.Influencer{
				ID: crm.InfluencerID(s.newID()), Version: 1, Name: awkward, Phone: "0049 (170) 1", PhoneE164: "+491701",
				Email: "a@b.de", Category: awkward, Responsible: s.members[0], Tags: slices.Clone(words), Notes: awkward,
				Picture: pictureID(1), Custom: map[string]string{awkward: awkward, "b": ""}, ArchivedOn: day0, Times: fullTimes,
				Profiles: []crm.Profile{{
					ID: crm.ProfileID(number(2, s.made)), Platform: "instagram", Handle: fmt.Sprintf("Full.%d", s.made), Link: links[4],
					Followers: &crm.Followers{Count: 10_000_000_000, On: day0}, UTM: templates[3], Rules: slices.Clone(rules),
				}},
			}
		},
		edited: func(s *shop, i crm.Influencer) crm.Influencer {
			i.Name, i.Phone, i.PhoneE164, i.Email = i.Name+" edited", i.Phone+"1", i.PhoneE164+"1", "edited@example.com"
			i.Category, i.Notes, i.ArchivedOn = i.Category+" edited", i.Notes+" edited", later(i.ArchivedOn)
			i.Responsible, i.Times = other(s.members, i.Responsible), laterTimes(i.Times)
			i.Picture = pictureID(100 + int(i.Version))
			i.Tags, i.Custom["edited"] = append(i.Tags, "edited"), awkward
			id := i.ID.UUID()
			id[5], id[9], id[10] = 3, byte(i.Version), byte(len(i.Profiles))
			i.Profiles = append(i.Profiles, profile(newDraw(s, int(i.Version)), id))
			slices.Reverse(i.Profiles)
			return i
		},
		all: filter{Archive: crm.ActiveOrNot},
		fields: []func(draw, *filter){
			func(d draw, f *filter) { f.Name = d.retyped(words) },
			func(d draw, f *filter) { f.Platforms = d.several(platforms) },
			func(d draw, f *filter) { f.Handle = d.retyped(d.handles()) },
			func(d draw, f *filter) { f.Link = d.retyped(links[1:]) },
			func(d draw, f *filter) { f.Categories = d.several(words) },
			func(d draw, f *filter) { f.Tags = d.several(words) },
			func(d draw, f *filter) { f.Responsibles = severalIDs(d, d.members) },
			func(_ draw, f *filter) { f.Unassigned = true },
			func(d draw, f *filter) { f.Text = d.piece() },
			func(d draw, f *filter) { f.Archive = pick(d, archives) },
		},
		matches: func(_ *shop, f filter, i crm.Influencer) bool {
			onProfile := func(p crm.Profile) bool {
				return onPlatform(f.Platforms, p.Platform) && folded(f.Handle, p.Handle) &&
					(blank(f.Link) || account.LinkTarget(f.Link) == account.LinkTarget(p.Link))
			}
			noProfile := blank(f.Platforms...) && blank(f.Handle, f.Link)
			return f.Archive.Selects(i.ArchivedOn) && assigned(f.Responsibles, f.Unassigned, i.Responsible) &&
				folded(f.Name, i.Name) && foldedAny(f.Categories, i.Category) && foldedAny(f.Tags, i.Tags...) &&
				(noProfile || slices.ContainsFunc(i.Profiles, onProfile)) &&
				hasText(f.Text, i)
		},
		sorts: []crm.Sort{crm.SortCreated, crm.SortName, crm.SortChanged},
	}
}

// handles are those of the stored profiles.
func (s *shop) handles() []string {
	all := []string{"nobody"}
	for _, r := range s.records(crm.KindInfluencer) {
		for _, p := range r.(crm.Influencer).Profiles {
			if p.Handle != "" {
				all = append(all, p.Handle)
			}
		}
	}
	return all
}

// other is one of several that is not the given one.
func other[T comparable](all []T, than T) T {
	for _, each := range all {
		if each != than {
			return each
		}
	}
	return than
}

func cooperationSpec() spec[crm.Cooperation, crm.CooperationFilter] {
	type filter = crm.CooperationFilter
	stages := budget.Stages()
	keys, sources := []string{"row 1", "Row 1", "row 1 ", "100%"}, []string{"sheet", "Sheet", "100%"}
	return spec[crm.Cooperation, filter]{
		records: crm.Reader.Cooperations,
		random: func(d draw) crm.Cooperation {
			c := crm.Cooperation{
				ID: crm.CooperationID(d.newID()), Version: 1, Campaign: pick(d, d.campaigns), Influencer: pick(d, d.influencers),
				Name: pick(d, words), NameMode: crm.NameAuto, Status: pick(d, stages), Period: d.period(), Cost: pick(d, money),
				UTM: pick(d, params), Rules: some(d, rules), Responsible: pick(d, append(d.members, crm.MemberID{})),
				Notes: pick(d, words), Custom: d.custom(), ArchivedOn: d.rarely(), LastTouch: d.IntN(2) == 0,
				ClaimsUntil: d.rarely(), Times: d.times(),
			}
			if d.IntN(4) > 0 { // of its influencer or, which a store does not mind, of another
				c.Profile = d.profileOf(d.IntN(2), d.IntN(2))
			}
			if d.IntN(4) == 0 {
				c.Cancellation = &crm.Cancellation{On: day0, Fee: pick(d, money), Reason: pick(d, words), Status: c.Status}
			}
			if d.IntN(2) == 0 {
				c.Imported = &crm.Imported{Source: pick(d, sources), Key: pick(d, keys), Values: d.custom()}
			}
			return c
		},
		full: func(s *shop) crm.Cooperation {
			c := crm.Cooperation{
				ID: crm.CooperationID(s.newID()), Version: 1, Campaign: s.campaigns[0], Influencer: s.influencers[0],
				Profile: crm.ProfileID(number(2, 1)), Name: awkward, NameMode: crm.NameCustom, Status: crm.Negotiating,
				Period: budget.Period{Start: day0, End: day0.AddDays(30)}, Cost: budget.FromMinor(budget.MaxMinor, "USD"),
				Spread: budget.OnStart, UTM: params[4], Rules: slices.Clone(rules), LastTouch: true,
				RulesOrigin:  crm.Provenance{Kind: crm.Inherited, Profile: crm.ProfileID(number(2, 1)), Template: awkward},
				Cancellation: &crm.Cancellation{On: day0, Fee: budget.FromMinor(0, "USD"), Reason: awkward, Status: crm.Signed},
				Responsible:  s.members[0],
				Notes:        awkward, Custom: map[string]string{awkward: awkward, "": "no key"}, ArchivedOn: day0,
				ClaimsUntil: day0.AddDays(1), Times: fullTimes,
				Imported: &crm.Imported{Source: awkward, Key: awkward, Values: map[string]string{"cost": "1.234,50", awkward: ""}},
			}
			for f := range c.UTMOrigins {
				c.UTMOrigins[f] = crm.Provenance{Kind: []crm.ProvenanceKind{crm.Pending, crm.Overridden}[f%2], Profile: c.Profile, Template: awkward}
			}
			return c
		},
		edited: func(s *shop, c crm.Cooperation) crm.Cooperation {
			c.Campaign, c.Influencer = other(s.campaigns, c.Campaign), other(s.influencers, c.Influencer)
			c.Responsible, c.Profile = other(s.members, c.Responsible), crm.ProfileID(number(2, 9_999))
			c.Name, c.NameMode = c.Name+" edited", other([]crm.NameMode{crm.NameAuto, crm.NameCustom}, c.NameMode)
			c.Status, c.Spread = other(stages, c.Status), other([]budget.Spread{budget.ByDay, budget.OnEnd}, c.Spread)
			c.Period, c.Cost = budget.Period{Start: later(c.Period.Start)}, more(c.Cost)
			c.UTM, c.UTMOrigins = other(params[1:], c.UTM), crm.UTMOrigins{1: {Kind: crm.Overridden}}
			c.RulesOrigin, c.LastTouch = crm.Provenance{Kind: crm.Pending}, !c.LastTouch
			c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: "Edited"}}
			c.Notes, c.Custom["edited"], c.ArchivedOn = c.Notes+" edited", awkward, budget.Date{}
			c.ClaimsUntil, c.Times = later(c.ClaimsUntil), laterTimes(c.Times)
			c.Cancellation, c.Imported = nil, &crm.Imported{Key: "edited", Values: map[string]string{}}
			return c
		},
		all: filter{Archive: crm.ActiveOrNot},
		fields: []func(draw, *filter){
			func(d draw, f *filter) { f.Campaigns = severalIDs(d, d.campaigns) },
			func(d draw, f *filter) { f.Influencers = severalIDs(d, d.influencers) },
			func(d draw, f *filter) { f.Statuses = append(some(d, stages), pick(d, stages), "") },
			func(d draw, f *filter) { f.Responsibles = severalIDs(d, d.members) },
			func(_ draw, f *filter) { f.Unassigned = true },
			func(d draw, f *filter) { f.Name = d.retyped(words) },
			func(d draw, f *filter) { f.ImportKey = pick(d, keys) },
			func(d draw, f *filter) { f.ImportSource = pick(d, sources) },
			func(d draw, f *filter) { f.During = d.period() },
			func(d draw, f *filter) { f.State, f.On = pick(d, states), d.today() },
			func(d draw, f *filter) { f.Cancelled = pick(d, []crm.Cancelled{crm.CancelledOnly, crm.NotCancelled}) },
			func(d draw, f *filter) { f.Platforms = d.several(platforms) },
			func(d draw, f *filter) { f.Tags = d.several(partnerTags) },
			func(d draw, f *filter) { f.Categories = d.several(partnerCategories) },
			func(_ draw, f *filter) { f.HasAmount = true },
			func(d draw, f *filter) { f.Text = d.piece() },
			func(d draw, f *filter) { f.Archive = pick(d, archives) },
		},
		matches: func(s *shop, f filter, c crm.Cooperation) bool {
			i := s.model[crm.RefTo(c.Influencer)].(crm.Influencer)
			isProfile := func(p crm.Profile) bool { return p.ID == c.Profile && onPlatform(f.Platforms, p.Platform) }
			return among(f.Campaigns, c.Campaign) && among(f.Influencers, c.Influencer) && among(f.Statuses, c.Status) &&
				assigned(f.Responsibles, f.Unassigned, c.Responsible) &&
				(f.Cancelled == "" || (f.Cancelled == crm.CancelledOnly) == (c.Cancellation != nil)) &&
				(f.State == "" || f.State == stateOn(c.Period, f.On)) && during(f.During, c.Period) &&
				(f.ImportKey == "" || c.Imported != nil && f.ImportKey == c.Imported.Key) &&
				(f.ImportSource == "" || c.Imported != nil && f.ImportSource == c.Imported.Source) &&
				(!f.HasAmount || c.Cost.IsSet() || c.Cancellation != nil && c.Cancellation.Fee.IsSet()) &&
				(blank(f.Platforms...) || !c.Profile.IsZero() && slices.ContainsFunc(i.Profiles, isProfile)) &&
				foldedAny(f.Categories, i.Category) && foldedAny(f.Tags, i.Tags...) &&
				f.Archive.Selects(c.ArchivedOn) && folded(f.Name, c.Name) && hasText(f.Text, c)
		},
		sorts: []crm.Sort{
			crm.SortCreated, crm.SortName, crm.SortStart, crm.SortChanged, crm.SortStatus, crm.SortCost, crm.SortInfluencer,
		},
	}
}

// during counts day by day: a period without an end goes on, one without a start is its last day.
func during(wanted, p budget.Period) bool {
	if wanted.IsZero() {
		return true
	}
	for d := day0.AddDays(-1); d.Before(day0.AddDays(100)); d = d.AddDays(1) {
		if isOn(p, d) && !d.Before(wanted.Start) && (wanted.End.IsZero() || !d.After(wanted.End)) {
			return true
		}
	}
	return false
}

// isOn reports whether a period has a day.
func isOn(p budget.Period, d budget.Date) bool {
	if p.Start.IsZero() {
		return p.End == d
	}
	return !d.Before(p.Start) && (p.End.IsZero() || !d.After(p.End))
}

// stateOn looks from a day on whether a period has one that is to come.
func stateOn(p budget.Period, on budget.Date) crm.State {
	switch {
	case p.IsZero():
		return crm.Undated
	case isOn(p, on):
		return crm.Running
	case during(budget.Period{Start: on}, p):
		return crm.Planned
	}
	return crm.Ended
}
