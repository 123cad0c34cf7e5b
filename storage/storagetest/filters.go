package storagetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"

	"github.com/getklar/influencercrm/crm"
)

func filterChecks() []check {
	var checks []check
	for n, k := range kinds() {
		checks = append(checks,
			check{fmt.Sprintf("List and Count of %ss: each field of a filter selects what it says", k.name), func(e *env) { checkFields(e, kinds()[n]) }},
			check{fmt.Sprintf("List and Count of %ss: fields are combined with and", k.name), func(e *env) { checkCombined(e, kinds()[n]) }},
			check{fmt.Sprintf("List of %ss: a filter follows updates and deletes", k.name), func(e *env) { checkFollows(e, kinds()[n]) }},
		)
	}
	return append(checks,
		check{"List and Count: a folded text of blanks selects as if it were not set", checkBlankTexts},
		check{"List and Count of cooperations: platform and tag are those that the influencer has now", checkPartners},
		check{"List and Count: a selection, state or status that does not exist, or a state without its day, is an ErrInvalid", checkBadFilters},
	)
}

const (
	filtered = 80 // records that filters are tried on
	tries    = 60 // values tried for one field, and combinations of fields
)

// selects compares which records a list returns with the in-test filter over all records. What is
// in them is for other checks.
func (s *shop) selects(ctx context.Context, r crm.Reader, k kind, filter any, o crm.ListOptions) (found int) {
	s.Helper()
	want := []crm.Record{}
	for _, each := range s.records(k.name) {
		if k.holds(s, filter, each) {
			want = append(want, each)
		}
	}
	what := fmt.Sprintf("%ss with %+v", k.name, filter)
	got, err := k.pages(ctx, r, filter, o)
	s.same(what, refs(got), refs(ordered(want, o.Sort, o.Desc)))
	s.same(what+": error of List", err, nil)
	n, err := k.count(ctx, r, filter)
	s.same(what+": Count", n, len(want))
	s.same(what+": error of Count", err, nil)
	return len(want)
}

func refs(records []crm.Record) []string {
	all := make([]string, len(records))
	for n, r := range records {
		all[n] = r.Ref().String()
	}
	return all
}

func checkFields(e *env, k kind) {
	s := manyRecords(e, k, filtered)
	rnd := rand.New(rand.NewPCG(1, 1))
	s.view(func(ctx context.Context, r crm.Reader) error {
		for field := range k.fields {
			some, all := 0, 0
			for range tries {
				n := s.selects(ctx, r, k, k.filter(s, rnd, field), crm.ListOptions{Size: crm.MaxPageSize})
				some, all = max(some, n), all+n
				if e.Failed() {
					return nil
				}
			}
			if some == 0 || all == tries*len(s.records(k.name)) {
				e.Fatalf("the samples of field %d of the filter of %ss prove nothing", field, k.name)
			}
		}
		return nil
	})
}

func checkCombined(e *env, k kind) {
	s := manyRecords(e, k, filtered)
	rnd := rand.New(rand.NewPCG(2, 2))
	sizes := []int{2, 7, crm.MaxPageSize}
	s.view(func(ctx context.Context, r crm.Reader) error {
		for range tries {
			var fields []int
			for field := range k.fields {
				if rnd.IntN(3) == 0 {
					fields = append(fields, field)
				}
			}
			o := pick(rnd, orders(k))
			o.Size = pick(rnd, sizes)
			s.selects(ctx, r, k, k.filter(s, rnd, fields...), o)
			if e.Failed() {
				return nil
			}
		}
		return nil
	})
}

func checkFollows(e *env, k kind) {
	s := manyRecords(e, k, filtered/4)
	rnd := rand.New(rand.NewPCG(3, 3))
	for n, r := range s.records(k.name) {
		switch {
		case s.inUse(r) || n < 2:
		case n%3 == 0:
			s.remove(r)
		default:
			s.change(k.edited(s, r))
		}
	}
	s.view(func(ctx context.Context, r crm.Reader) error {
		for field := range k.fields {
			for range tries / 4 {
				s.selects(ctx, r, k, k.filter(s, rnd, field), crm.ListOptions{Size: crm.MaxPageSize})
			}
		}
		s.selects(ctx, r, k, k.all, crm.ListOptions{Size: 3})
		return nil
	})
}

func checkBlankTexts(e *env) {
	for _, k := range kinds() {
		s := manyRecords(e, k, filtered/4)
		if k.name == crm.KindInfluencer {
			s.insert(s.influencer("instagram", "mira"), s.influencer("instagram", ""), s.influencer())
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, blank := range []string{" ", "\u00a0\t\n", "\u200b"} {
				for _, f := range blankFilters(blank) {
					if reflect.TypeOf(f) == reflect.TypeOf(k.all) {
						s.selects(ctx, r, k, f, crm.ListOptions{Size: 7})
					}
				}
			}
			return nil
		})
	}
}

// blankFilters are filters with a blank text in one field, alone and beside others.
func blankFilters(blank string) []any {
	return []any{
		crm.MemberFilter{Name: blank}, crm.MemberFilter{Text: blank, Archive: crm.ActiveOrNot},
		crm.CampaignFilter{Name: blank}, crm.CampaignFilter{Text: blank, HasAmount: true},
		crm.InfluencerFilter{Name: blank}, crm.InfluencerFilter{Category: blank}, crm.InfluencerFilter{Text: blank},
		crm.InfluencerFilter{Tag: blank}, crm.InfluencerFilter{Platform: blank}, crm.InfluencerFilter{Handle: blank}, crm.InfluencerFilter{Link: blank},
		crm.InfluencerFilter{Platform: "instagram", Handle: blank}, crm.InfluencerFilter{Platform: blank, Handle: "mira"},
		crm.InfluencerFilter{Platform: "instagram", Link: blank}, crm.InfluencerFilter{Platform: blank, Handle: blank, Link: blank, Tag: blank},
		crm.CooperationFilter{Name: blank}, crm.CooperationFilter{Text: blank, Status: crm.Signed},
		crm.CooperationFilter{Platform: blank}, crm.CooperationFilter{Tag: blank}, crm.CooperationFilter{Platform: "instagram", Tag: blank},
	}
}

func checkPartners(e *env) {
	var cooperations kind
	for _, k := range kinds() {
		if k.name == crm.KindCooperation {
			cooperations = k
		}
	}
	s := manyRecords(e, cooperations, filtered/4)
	look := func() {
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, platform := range append([]string{""}, platforms...) {
				for _, tag := range append([]string{""}, partnerTags...) {
					s.selects(ctx, r, cooperations, crm.CooperationFilter{Platform: platform, Tag: tag, Archive: crm.ActiveOrNot}, crm.ListOptions{Size: 5})
				}
			}
			return nil
		})
	}
	look()
	i := crm.Clone(s.model[crm.RefTo(s.influencers[0])].(crm.Influencer))
	i.Tags = []string{partnerTags[2]}
	i.Profiles[0].Platform = platforms[3]
	s.change(i)
	look()
	i = crm.Clone(s.model[i.Ref()].(crm.Influencer))
	i.Tags, i.Profiles = []string{}, i.Profiles[1:] // as no rule of a store keeps a profile there
	s.change(i)
	look()
}

func checkBadFilters(e *env) {
	const bad = "nothing of the kind"
	filters := []struct {
		filter any
		field  string
	}{
		{crm.MemberFilter{Archive: bad}, "archive"}, {crm.CampaignFilter{Archive: bad}, "archive"},
		{crm.InfluencerFilter{Archive: "Archived"}, "archive"}, {crm.CooperationFilter{Archive: " "}, "archive"},
		{crm.CooperationFilter{Status: bad}, "status"}, {crm.CooperationFilter{Cancelled: bad}, "cancelled"},
		{crm.CooperationFilter{State: bad, On: day0}, "state"}, {crm.CampaignFilter{State: "Planned", On: day0}, "state"},
		{crm.CooperationFilter{State: crm.Planned}, "on"}, {crm.CampaignFilter{State: crm.Undated}, "on"}, {crm.CampaignFilter{Upcoming: true}, "on"},
	}
	s := e.shop()
	s.view(func(ctx context.Context, r crm.Reader) error {
		for _, k := range kinds() {
			for _, f := range filters {
				if reflect.TypeOf(f.filter) != reflect.TypeOf(k.all) {
					continue
				}
				what := fmt.Sprintf("%ss with %+v", k.name, f.filter)
				_, err := k.list(ctx, r, f.filter, crm.ListOptions{})
				e.wantField("List of "+what, err, crm.ErrInvalid, f.field)
				_, err = k.count(ctx, r, f.filter)
				e.wantField("Count of "+what, err, crm.ErrInvalid, f.field)
			}
		}
		return nil
	})
}
