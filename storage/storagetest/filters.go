package storagetest

import (
	"context"
	"fmt"

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
		inShop("List and Count of cooperations: platform and tag are those that the influencer has now", filtersByPartner),
		forEachKind("List and Count: a selection, state or status that does not exist, or a state without its day, is an ErrInvalid", badFilters),
	)
}

func filtersByField(s *shop, k kind) {
	s.withRecords(k, filtered)
	d := newDraw(s, 1)
	s.view(func(ctx context.Context, r crm.Reader) error {
		for field := range k.fields {
			most, all := 0, 0
			tried := map[any]bool{}
			for range tries {
				f := k.filter(d, field)
				if tried[f] {
					continue
				}
				tried[f] = true
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
		crm.InfluencerFilter{Name: blank}, crm.InfluencerFilter{Category: blank}, crm.InfluencerFilter{Text: blank},
		crm.InfluencerFilter{Tag: blank}, crm.InfluencerFilter{Platform: blank}, crm.InfluencerFilter{Handle: blank},
		crm.InfluencerFilter{Link: blank}, crm.InfluencerFilter{Platform: "instagram", Handle: blank},
		crm.InfluencerFilter{Platform: blank, Handle: "mira"}, crm.InfluencerFilter{Platform: "instagram", Link: blank},
		crm.InfluencerFilter{Platform: blank, Handle: blank, Link: blank, Tag: blank},
		crm.CooperationFilter{Name: blank}, crm.CooperationFilter{Text: blank, Status: crm.Signed},
		crm.CooperationFilter{Platform: blank}, crm.CooperationFilter{Tag: blank},
		crm.CooperationFilter{Platform: "instagram", Tag: blank},
	}
}

func filtersByPartner(s *shop) {
	s.withRecords(cooperations, filtered/4)
	look := func() {
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, platform := range append([]string{""}, platforms...) {
				for _, tag := range append([]string{""}, partnerTags...) {
					f := crm.CooperationFilter{Platform: platform, Tag: tag, Archive: crm.ActiveOrNot}
					s.selects(ctx, r, cooperations, f, crm.ListOptions{Size: 5})
				}
			}
			return nil
		})
	}
	partner := func() crm.Influencer { return crm.Clone(s.model[crm.RefTo(s.influencers[0])].(crm.Influencer)) }
	look()
	i := partner()
	i.Tags = []string{partnerTags[2]}
	i.Profiles[0].Platform = platforms[3]
	s.change(i)
	look()
	i = partner()
	i.Tags, i.Profiles = []string{}, i.Profiles[1:] // as no rule of a store keeps a profile there
	s.change(i)
	look()
}

func badFilters(s *shop, k kind) {
	const bad = "nothing of the kind"
	for _, f := range []struct {
		filter any
		field  string
	}{
		{crm.MemberFilter{Archive: bad}, "archive"}, {crm.CampaignFilter{Archive: bad}, "archive"},
		{crm.InfluencerFilter{Archive: "Archived"}, "archive"}, {crm.CooperationFilter{Archive: " "}, "archive"},
		{crm.CooperationFilter{Status: bad}, "status"}, {crm.CooperationFilter{Cancelled: bad}, "cancelled"},
		{crm.CooperationFilter{State: bad, On: day0}, "state"}, {crm.CampaignFilter{State: "Planned", On: day0}, "state"},
		{crm.CooperationFilter{State: crm.Planned}, "on"}, {crm.CampaignFilter{State: crm.Undated}, "on"},
		{crm.CampaignFilter{Upcoming: true}, "on"},
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
