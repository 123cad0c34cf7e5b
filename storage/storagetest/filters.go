package storagetest

import (
	"context"
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

const (
	filtered = 80 // records that filters are tried on
	tries    = 60 // values drawn for one field
)

func filterChecks() []check {
	var checks []check
	for _, k := range kinds {
		named := func(format string, prove func(*shop, kind)) check {
			return inShop(fmt.Sprintf(format, k.name), func(s *shop) { prove(s, k) })
		}
		checks = append(checks,
			named("List and Count of %ss: each field of a filter selects what it says", filtersByField),
			named("List and Count of %ss: fields are combined with and", filtersByFields),
			named("List of %ss: a filter follows updates and deletes", filtersAfterWrites),
		)
	}
	return append(checks,
		forEachKind("List and Count: a folded text of blanks selects as if it were not set", filtersByBlanks),
		inShop("List and Count of cooperations: platform, category and tag are those that the influencer has now", filtersByPartner),
		forEachKind("List and Count: the order of several values, and which are there twice, makes no other list", filtersInAnyOrder),
		forEachKind("List and Count: a selection, state or status that does not exist, a state without its day, or too many values, is an ErrInvalid", badFilters),
	)
}

func filtersByField(s *shop, k kind) {
	s.withRecords(k, filtered)
	d := newDraw(s, 1)
	s.view(func(ctx context.Context, r crm.Reader) error {
		for field := range k.fields {
			most, all := 0, 0
			tried := map[string]bool{}
			for range tries {
				f := k.filter(d, field)
				what := fmt.Sprintf("%+v", f)
				if tried[what] {
					continue
				}
				tried[what] = true
				n := s.selects(ctx, r, k, f, crm.ListOptions{Size: crm.MaxPageSize})
				most, all = max(most, n), all+n
				if s.Failed() {
					return nil
				}
			}
			if most == 0 || all == len(tried)*len(s.records(k.name)) {
				s.Fatalf("the samples of field %d of the filter of %ss prove nothing", field, k.name)
			}
		}
		return nil
	})
}

// filtersByFields tries each field beside each other one, and several at once.
func filtersByFields(s *shop, k kind) {
	s.withRecords(k, filtered)
	d := newDraw(s, 2)
	var combinations [][]int
	for first := range k.fields {
		for second := range first {
			combinations = append(combinations, []int{first, second}, []int{second, first})
		}
	}
	for range tries / 3 {
		fields := d.Perm(k.fields)
		combinations = append(combinations, fields[:1+d.IntN(len(fields))])
	}
	s.view(func(ctx context.Context, r crm.Reader) error {
		for _, fields := range combinations {
			o := pick(d, k.orders())
			o.Size = pick(d, []int{2, 7, crm.MaxPageSize})
			s.selects(ctx, r, k, k.filter(d, fields...), o)
			if s.Failed() {
				return nil
			}
		}
		return nil
	})
}

func filtersAfterWrites(s *shop, k kind) {
	s.withRecords(k, filtered/4)
	for n, r := range s.records(k.name) {
		switch {
		case s.inUse(r) || n < 2:
		case n%3 == 0:
			s.remove(r)
		default:
			s.change(k.edited(s, r))
		}
	}
	d := newDraw(s, 3)
	s.view(func(ctx context.Context, r crm.Reader) error {
		for field := range k.fields {
			for range tries / 4 {
				s.selects(ctx, r, k, k.filter(d, field), crm.ListOptions{Size: crm.MaxPageSize})
			}
		}
		s.selects(ctx, r, k, k.all, crm.ListOptions{Size: 3})
		return nil
	})
}

func filtersByBlanks(s *shop, k kind) {
	s.withRecords(k, filtered/4)
	if k.name == crm.KindInfluencer {
		s.insert(s.influencer("instagram", "mira"), s.influencer("instagram", ""), s.influencer())
	}
	s.view(func(ctx context.Context, r crm.Reader) error {
		for _, blank := range []string{" ", "\u00a0\t\n", "\u200b"} {
			for _, f := range blankFilters(blank) {
				if k.takes(f) {
					s.selects(ctx, r, k, f, crm.ListOptions{Size: 7})
				}
			}
		}
		return nil
	})
}

// blankFilters are filters with a blank text in one field, alone and beside others.
func blankFilters(blank string) []any {
	return []any{
		crm.MemberFilter{Name: blank}, crm.MemberFilter{Text: blank, Archive: crm.ActiveOrNot},
		crm.CampaignFilter{Name: blank}, crm.CampaignFilter{Text: blank, HasAmount: true},
		crm.InfluencerFilter{Name: blank}, crm.InfluencerFilter{Categories: []string{blank}}, crm.InfluencerFilter{Text: blank},
		crm.InfluencerFilter{Tags: []string{blank}}, crm.InfluencerFilter{Platforms: []string{blank}}, crm.InfluencerFilter{Handle: blank},
		crm.InfluencerFilter{Link: blank}, crm.InfluencerFilter{Platforms: []string{"instagram"}, Handle: blank},
		crm.InfluencerFilter{Platforms: []string{blank}, Handle: "mira"}, crm.InfluencerFilter{Platforms: []string{"instagram"}, Link: blank},
		crm.InfluencerFilter{Platforms: []string{blank}, Handle: blank, Link: blank, Tags: []string{blank}},
		crm.CooperationFilter{Name: blank}, crm.CooperationFilter{Text: blank, Statuses: []crm.Status{crm.Signed}},
		crm.CooperationFilter{Platforms: []string{blank}}, crm.CooperationFilter{Tags: []string{blank}},
		crm.CooperationFilter{Platforms: []string{"instagram"}, Tags: []string{blank}},
	}
}

func filtersByPartner(s *shop) {
	s.withRecords(cooperations, filtered/4)
	look := func() {
		s.view(func(ctx context.Context, r crm.Reader) error {
			for n, platform := range append([]string{""}, platforms...) {
				for _, tag := range append([]string{""}, partnerTags...) {
					f := crm.CooperationFilter{Platforms: []string{platform}, Tags: []string{tag}, Archive: crm.ActiveOrNot}
					s.selects(ctx, r, cooperations, f, crm.ListOptions{Size: 5})
					f.Categories = partnerCategories[n%2 : n%2+1]
					s.selects(ctx, r, cooperations, f, crm.ListOptions{Size: 5})
				}
			}
			return nil
		})
	}
	partner := func() crm.Influencer { return crm.Clone(s.model[crm.RefTo(s.influencers[0])].(crm.Influencer)) }
	look()
	i := partner()
	i.Tags, i.Category = []string{partnerTags[2]}, partnerCategories[1]
	i.Profiles[0].Platform = platforms[3]
	s.change(i)
	look()
	i = partner()
	i.Tags, i.Profiles = []string{}, i.Profiles[1:] // as no rule of a store keeps a profile there
	s.change(i)
	look()
}

// filtersInAnyOrder goes on with the token of one spelling of a list under another one.
func filtersInAnyOrder(s *shop, k kind) {
	s.withRecords(k, filtered/4)
	some := []string{platforms[0], platforms[1], partnerTags[0], partnerTags[1], words[3], words[4]}
	mixed := append([]string{" ", platforms[1]}, some...)
	slices.Reverse(mixed)
	people, responsibles := []crm.InfluencerID{s.influencers[0], s.influencers[1]}, []crm.MemberID{s.members[0], s.members[1]}
	for _, pair := range [][2]any{
		{crm.InfluencerFilter{Platforms: some}, crm.InfluencerFilter{Platforms: mixed}},
		{crm.InfluencerFilter{Categories: some, Tags: []string{}}, crm.InfluencerFilter{Categories: mixed}},
		{crm.InfluencerFilter{Responsibles: responsibles},
			crm.InfluencerFilter{Responsibles: []crm.MemberID{responsibles[1], {}, responsibles[0]}}},
		{crm.CooperationFilter{Tags: some, Influencers: people, Statuses: []crm.Status{crm.Draft, crm.Signed, crm.Negotiating}},
			crm.CooperationFilter{Tags: mixed, Influencers: []crm.InfluencerID{people[1], people[0], people[1]},
				Statuses: []crm.Status{crm.Signed, "", crm.Negotiating, crm.Draft}}},
	} {
		if !k.takes(pair[0]) {
			continue
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			s.selects(ctx, r, k, pair[0], crm.ListOptions{Size: 1})
			s.selects(ctx, r, k, pair[1], crm.ListOptions{Size: 1})
			first, err := k.list(ctx, r, pair[0], crm.ListOptions{Size: 1})
			s.must("the first page", err)
			if first.Next == "" {
				return nil
			}
			o := crm.ListOptions{Size: 1, Token: first.Next}
			next, err := k.list(ctx, r, pair[0], o)
			s.must("the next page", err)
			s.returns(fmt.Sprintf("%ss with %+v after a page with %+v", k.name, pair[1], pair[0]), next)(k.list(ctx, r, pair[1], o))
			return nil
		})
	}
}

func badFilters(s *shop, k kind) {
	const bad = "nothing of the kind"
	tooMany, tooManyIDs := make([]string, crm.MaxFilterValues+1), make([]crm.MemberID, crm.MaxFilterValues+1)
	for _, f := range []struct {
		filter any
		field  string
	}{
		{crm.MemberFilter{Archive: bad}, "archive"}, {crm.CampaignFilter{Archive: bad}, "archive"},
		{crm.InfluencerFilter{Archive: "Archived"}, "archive"}, {crm.CooperationFilter{Archive: " "}, "archive"},
		{crm.CooperationFilter{Statuses: []crm.Status{crm.Signed, bad}}, "statuses"}, {crm.CooperationFilter{Cancelled: bad}, "cancelled"},
		{crm.CooperationFilter{State: bad, On: day0}, "state"}, {crm.CampaignFilter{State: "Planned", On: day0}, "state"},
		{crm.CooperationFilter{State: crm.Planned}, "on"}, {crm.CampaignFilter{State: crm.Undated}, "on"},
		{crm.CampaignFilter{Upcoming: true}, "on"},
		{crm.InfluencerFilter{Platforms: tooMany}, "platforms"}, {crm.CooperationFilter{Platforms: tooMany}, "platforms"},
		{crm.InfluencerFilter{Tags: tooMany}, "tags"}, {crm.CooperationFilter{Tags: tooMany}, "tags"},
		{crm.InfluencerFilter{Categories: tooMany}, "categories"}, {crm.CooperationFilter{Categories: tooMany}, "categories"},
		{crm.InfluencerFilter{Responsibles: tooManyIDs}, "responsibles"}, {crm.CooperationFilter{Responsibles: tooManyIDs}, "responsibles"},
		{crm.CooperationFilter{Campaigns: make([]crm.CampaignID, crm.MaxFilterValues+1)}, "campaigns"},
		{crm.CooperationFilter{Influencers: make([]crm.InfluencerID, crm.MaxFilterValues+1)}, "influencers"},
		{crm.CooperationFilter{Statuses: make([]crm.Status, crm.MaxFilterValues+1)}, "statuses"},
	} {
		if !k.takes(f.filter) {
			continue
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			what := fmt.Sprintf("%ss with %+v", k.name, f.filter)
			_, err := k.list(ctx, r, f.filter, crm.ListOptions{})
			s.wantField("List of "+what, err, crm.ErrInvalid, f.field)
			_, err = k.count(ctx, r, f.filter)
			s.wantField("Count of "+what, err, crm.ErrInvalid, f.field)
			return nil
		})
	}
}

// selects compares which records a list returns with the spec's own filter over all records. What is
// in them is for other checks.
func (s *shop) selects(ctx context.Context, r crm.Reader, k kind, filter any, o crm.ListOptions) (found int) {
	s.Helper()
	want := []crm.Record{}
	for _, each := range s.records(k.name) {
		if k.matches(s, filter, each) {
			want = append(want, each)
		}
	}
	what := fmt.Sprintf("%ss with %+v", k.name, filter)
	got, err := k.pages(ctx, r, filter, o)
	s.returns(what, refs(ordered(want, o.Sort, o.Desc)))(refs(got), err)
	s.returns(what+": Count", len(want))(k.count(ctx, r, filter))
	return len(want)
}

func refs(records []crm.Record) []string {
	all := make([]string, len(records))
	for n, r := range records {
		all[n] = r.Ref().String()
	}
	return all
}
