package storagetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
	"github.com/google/uuid"
)

// The kits of influencers and cooperations.

var (
	platforms = []string{"instagram", "tiktok", "onlybeauty", "日本"}
	links     = []string{"", "https://example.com/Mira", "https://example.com/mira", "https://example.com/m_ra", "https://例え.jp/%C3%A9?a=b#c"}
	templates = func() []utm.Template {
		all := make([]utm.Template, 0, len(params)+1)
		for _, p := range append([]utm.Params{utm.Recommended().Params()}, params...) {
			t, err := utm.ParseTemplate(p)
			if err != nil {
				panic(err)
			}
			all = append(all, t)
		}
		return all
	}()
)

func influencerKit() kit[crm.Influencer, crm.InfluencerFilter] {
	type filter = crm.InfluencerFilter
	profile := func(id uuid.UUID, rnd *rand.Rand) crm.Profile {
		p := crm.Profile{ID: crm.ProfileID(id), Platform: pick(rnd, platforms), Link: pick(rnd, links), UTM: pick(rnd, templates), Rules: some(rnd, rules)}
		if rnd.IntN(3) > 0 {
			p.Handle = fmt.Sprintf("%s.%x", pick(rnd, []string{"Mira", "mira", "ZOË", "a_b", "100%", `o'h\`}), id[5:])
		}
		if rnd.IntN(2) == 0 {
			p.Followers = &crm.Followers{Count: rnd.Int64N(10_000_000_000), On: randomDay(rnd)}
		}
		return p
	}
	return kit[crm.Influencer, filter]{
		records: crm.Reader.Influencers,
		random: func(s *shop, rnd *rand.Rand) crm.Influencer {
			i := crm.Influencer{
				ID: crm.InfluencerID(s.newID()), Version: 1, Name: pick(rnd, words), Phone: "+49 170 1234567", PhoneE164: "+491701234567",
				Email: "mira@example.com", Category: pick(rnd, words), Responsible: pick(rnd, append(s.members, crm.MemberID{})),
				Tags: some(rnd, words), Notes: pick(rnd, words), Custom: custom(rnd), ArchivedOn: rarely(rnd),
			}
			if rnd.IntN(2) == 0 {
				i.Picture = pictureID(rnd.IntN(9))
			}
			for range rnd.IntN(4) {
				i.Profiles = append(i.Profiles, profile(s.newID(), rnd))
			}
			return i
		},
		full: func(s *shop) crm.Influencer {
			s.made++
			return crm.Influencer{
				ID: crm.InfluencerID(s.newID()), Version: 1, Name: awkward, Phone: "0049 (170) 1", PhoneE164: "+491701", Email: "a@b.de",
				Category: awkward, Responsible: s.members[0], Tags: slices.Clone(words), Notes: awkward, Picture: pictureID(1),
				Custom: map[string]string{awkward: awkward, "b": ""}, ArchivedOn: day0,
				Profiles: []crm.Profile{{
					ID: crm.ProfileID(number(2, s.made)), Platform: "instagram", Handle: fmt.Sprintf("Full.%d", s.made), Link: links[4],
					Followers: &crm.Followers{Count: 10_000_000_000, On: day0}, UTM: templates[3], Rules: slices.Clone(rules),
				}},
			}
		},
		edited: func(s *shop, i crm.Influencer) crm.Influencer {
			i.Name, i.Phone, i.PhoneE164, i.Email = i.Name+" edited", i.Phone+"1", i.PhoneE164+"1", "edited@example.com"
			i.Category, i.Notes, i.ArchivedOn = i.Category+" edited", i.Notes+" edited", later(i.ArchivedOn)
			i.Responsible = other(s.members, i.Responsible)
			i.Picture = pictureID(100 + int(i.Version))
			i.Tags, i.Custom["edited"] = append(i.Tags, "edited"), awkward
			id := i.ID.UUID()
			id[5], id[9], id[10] = 3, byte(i.Version), byte(len(i.Profiles))
			i.Profiles = append(i.Profiles, profile(id, rand.New(rand.NewPCG(1, uint64(i.Version)))))
			slices.Reverse(i.Profiles)
			return i
		},
		all: filter{Archive: crm.ActiveOrNot},
		narrow: []func(*shop, *rand.Rand, *filter){
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Name = retyped(rnd, pick(rnd, words)) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Platform = retyped(rnd, pick(rnd, platforms)) },
			func(s *shop, rnd *rand.Rand, f *filter) { f.Handle = retyped(rnd, anyHandle(s, rnd)) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Link = retyped(rnd, pick(rnd, links[1:])) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Category = retyped(rnd, pick(rnd, words)) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Tag = retyped(rnd, pick(rnd, words)) },
			func(s *shop, rnd *rand.Rand, f *filter) { f.Responsible = pick(rnd, s.members) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Text = pick(rnd, pieces) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Archive = pick(rnd, archives) },
		},
		holds: func(_ *shop, f filter, i crm.Influencer) bool {
			platform, _ := account.ParsePlatform(f.Platform)
			onProfile := func(p crm.Profile) bool {
				return (platform == "" || platform == p.Platform) && folded(f.Handle, p.Handle) && folded(f.Link, p.Link)
			}
			tagged := func(tag string) bool { return crm.Fold(tag) == crm.Fold(f.Tag) }
			blank := func(texts ...string) bool { return crm.Fold(strings.Join(texts, " ")) == "" }
			return folded(f.Name, i.Name) && folded(f.Category, i.Category) && holdsText(f.Text, i) && f.Archive.Selects(i.ArchivedOn) &&
				(f.Responsible.IsZero() || f.Responsible == i.Responsible) &&
				(blank(f.Tag) || slices.ContainsFunc(i.Tags, tagged)) &&
				(blank(f.Platform, f.Handle, f.Link) || slices.ContainsFunc(i.Profiles, onProfile))
		},
		sorts: []crm.Sort{crm.SortCreated, crm.SortName},
	}
}

// anyHandle is the handle of a stored profile.
func anyHandle(s *shop, rnd *rand.Rand) string {
	for range 100 {
		i := pick(rnd, s.records(crm.KindInfluencer)).(crm.Influencer)
		if len(i.Profiles) > 0 && i.Profiles[0].Handle != "" {
			return i.Profiles[0].Handle
		}
	}
	return "nobody"
}

func other[T comparable](all []T, than T) T {
	for _, each := range all {
		if each != than {
			return each
		}
	}
	return than
}

func cooperationKit() kit[crm.Cooperation, crm.CooperationFilter] {
	type filter = crm.CooperationFilter
	stages := budget.Stages()
	keys := []string{"row 1", "Row 1", "row 1 ", "100%"}
	return kit[crm.Cooperation, filter]{
		records: crm.Reader.Cooperations,
		random: func(s *shop, rnd *rand.Rand) crm.Cooperation {
			c := crm.Cooperation{
				ID: crm.CooperationID(s.newID()), Version: 1, Campaign: pick(rnd, s.campaigns), Influencer: pick(rnd, s.influencers),
				Name: pick(rnd, words), NameMode: crm.NameAuto, Status: pick(rnd, stages), Period: randomPeriod(rnd), Cost: pick(rnd, money),
				UTM: pick(rnd, params), Rules: some(rnd, rules), Responsible: pick(rnd, append(s.members, crm.MemberID{})),
				Notes: pick(rnd, words), Custom: custom(rnd), ArchivedOn: rarely(rnd), LastTouch: rnd.IntN(2) == 0,
			}
			if rnd.IntN(4) > 0 { // of its influencer or, which a store does not mind, of another
				c.Profile = s.profileOf(rnd.IntN(2), rnd.IntN(2))
			}
			if rnd.IntN(4) == 0 {
				c.Cancellation = &crm.Cancellation{On: day0, Fee: pick(rnd, money), Reason: pick(rnd, words)}
			}
			if rnd.IntN(2) == 0 {
				c.Imported = &crm.Imported{Key: pick(rnd, keys), Values: custom(rnd)}
			}
			return c
		},
		full: func(s *shop) crm.Cooperation {
			c := crm.Cooperation{
				ID: crm.CooperationID(s.newID()), Version: 1, Campaign: s.campaigns[0], Influencer: s.influencers[0], Profile: crm.ProfileID(number(2, 1)),
				Name: awkward, NameMode: crm.NameCustom, Status: crm.Negotiating, Period: budget.Period{Start: day0, End: day0.AddDays(30)},
				Cost: budget.FromMinor(budget.MaxMinor, "USD"), Spread: budget.OnStart, UTM: params[4], Rules: slices.Clone(rules),
				RulesOrigin: crm.Provenance{Kind: crm.Inherited, Profile: crm.ProfileID(number(2, 1)), Template: awkward}, LastTouch: true,
				Cancellation: &crm.Cancellation{On: day0, Fee: budget.FromMinor(0, "USD"), Reason: awkward}, Responsible: s.members[0],
				Notes: awkward, Custom: map[string]string{awkward: awkward, "": "no key"}, ArchivedOn: day0,
				Imported: &crm.Imported{Source: awkward, Key: awkward, Values: map[string]string{"cost": "1.234,50", awkward: ""}},
			}
			for f := range c.UTMOrigins {
				c.UTMOrigins[f] = crm.Provenance{Kind: pick(rand.New(rand.NewPCG(uint64(f), 0)), []crm.ProvenanceKind{crm.Pending, crm.Overridden}), Profile: c.Profile, Template: awkward}
			}
			return c
		},
		edited: func(s *shop, c crm.Cooperation) crm.Cooperation {
			c.Campaign, c.Influencer, c.Responsible = other(s.campaigns, c.Campaign), other(s.influencers, c.Influencer), other(s.members, c.Responsible)
			c.Profile, c.Name, c.NameMode = crm.ProfileID(number(2, 9_999)), c.Name+" edited", other([]crm.NameMode{crm.NameAuto, crm.NameCustom}, c.NameMode)
			c.Status, c.Spread = other(stages, c.Status), other([]budget.Spread{budget.ByDay, budget.OnEnd}, c.Spread)
			c.Period, c.Cost = budget.Period{Start: later(c.Period.Start)}, more(c.Cost)
			c.UTM, c.UTMOrigins, c.RulesOrigin = other(params[1:], c.UTM), crm.UTMOrigins{1: {Kind: crm.Overridden}}, crm.Provenance{Kind: crm.Pending}
			c.Rules, c.LastTouch = []discount.Rule{{Match: discount.Equals, Pattern: "Edited"}}, !c.LastTouch
			c.Notes, c.Custom["edited"], c.ArchivedOn = c.Notes+" edited", awkward, budget.Date{}
			c.Cancellation, c.Imported = nil, &crm.Imported{Key: "edited", Values: map[string]string{}}
			return c
		},
		all: filter{Archive: crm.ActiveOrNot},
		narrow: []func(*shop, *rand.Rand, *filter){
			func(s *shop, rnd *rand.Rand, f *filter) { f.Campaign = pick(rnd, s.campaigns) },
			func(s *shop, rnd *rand.Rand, f *filter) { f.Influencer = pick(rnd, s.influencers) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Status = pick(rnd, stages) },
			func(s *shop, rnd *rand.Rand, f *filter) { f.Responsible = pick(rnd, s.members) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Name = retyped(rnd, pick(rnd, words)) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.ImportKey = pick(rnd, keys) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.During = randomPeriod(rnd) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.State, f.On = pick(rnd, states), dayIn(rnd) },
			func(_ *shop, rnd *rand.Rand, f *filter) {
				f.Cancelled = pick(rnd, []crm.Cancelled{crm.CancelledOnly, crm.NotCancelled})
			},
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Platform = retyped(rnd, pick(rnd, platforms)) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Tag = retyped(rnd, pick(rnd, partnerTags)) },
			func(_ *shop, _ *rand.Rand, f *filter) { f.HasAmount = true },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Text = pick(rnd, pieces) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Archive = pick(rnd, archives) },
		},
		holds: func(s *shop, f filter, c crm.Cooperation) bool {
			i := s.model[crm.RefTo(c.Influencer)].(crm.Influencer)
			platform, _ := account.ParsePlatform(f.Platform)
			onPlatform := func(p crm.Profile) bool { return p.ID == c.Profile && p.Platform == platform }
			tagged := func(tag string) bool { return folded(f.Tag, tag) }
			return (platform == "" || !c.Profile.IsZero() && slices.ContainsFunc(i.Profiles, onPlatform)) &&
				(crm.Fold(f.Tag) == "" || slices.ContainsFunc(i.Tags, tagged)) &&
				(f.Cancelled == "" || (f.Cancelled == crm.CancelledOnly) == (c.Cancellation != nil)) &&
				(f.State == "" || f.State == stateOn(c.Period, f.On)) &&
				(f.Campaign.IsZero() || f.Campaign == c.Campaign) && (f.Influencer.IsZero() || f.Influencer == c.Influencer) &&
				(f.Status == "" || f.Status == c.Status) && (f.Responsible.IsZero() || f.Responsible == c.Responsible) &&
				folded(f.Name, c.Name) && holdsText(f.Text, c) && f.Archive.Selects(c.ArchivedOn) && during(f.During, c.Period) &&
				(f.ImportKey == "" || c.Imported != nil && f.ImportKey == c.Imported.Key) &&
				(!f.HasAmount || c.Cost.IsSet() || c.Cancellation != nil && c.Cancellation.Fee.IsSet())
		},
		sorts: []crm.Sort{crm.SortCreated, crm.SortName, crm.SortStart},
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

var states = []crm.State{crm.Planned, crm.Running, crm.Ended, crm.Undated}

// dayIn is one of the days that the samples' periods lie around.
func dayIn(rnd *rand.Rand) budget.Date { return day0.AddDays(rnd.IntN(70)) }
