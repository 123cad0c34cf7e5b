package storagetest

import (
	"context"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/google/uuid"
)

func pageChecks() []check {
	return []check{
		{"List: pages of every size and order add up to the list", checkPageSizes},
		{"List: pages in a row neither skip nor repeat a record that is there all the time", checkPagesUnderWrites},
		{"List: a page follows the position of the one before, even if its record is gone", checkPageAfterDelete},
		{"List: the size of a page is at most MaxPageSize, and DefaultPageSize if not given", checkBounds},
		{"List: bad options are an ErrInvalid", checkBadOptions},
		{"List: a token of another list, filter or order is an ErrInvalid", checkForeignTokens},
	}
}

func checkPageSizes(e *env) {
	for _, k := range kinds() {
		s := manyRecords(e, k, 19)
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, o := range orders(k) {
				want := ordered(s.records(k.name), o.Sort, o.Desc)
				for _, o.Size = range []int{1, 2, 3, len(want) - 1, len(want), len(want) + 1, crm.MaxPageSize} {
					got, err := k.pages(ctx, r, k.all, o)
					e.same(fmt.Sprintf("%ss with %+v", k.name, o), got, want)
					e.same("error", err, nil)
				}
			}
			return nil
		})
	}
}

func checkPagesUnderWrites(e *env) {
	for _, k := range kinds() {
		s := manyRecords(e, k, 24)
		stay := s.records(k.name)
		for _, o := range orders(k) {
			o.Size = 3
			seen := map[uuid.UUID]int{}
			var passing []crm.Record
			for round := 0; ; round++ {
				var page crm.Page[crm.Record]
				s.view(func(ctx context.Context, r crm.Reader) (err error) {
					page, err = k.list(ctx, r, k.all, o)
					return err
				})
				for _, r := range page.Items {
					seen[r.Ref().ID]++
				}
				if page.Next == "" || round > 100 {
					break
				}
				o.Token = page.Next
				// Others come and go, before and after this page.
				for _, r := range passing {
					s.remove(r)
				}
				passing = []crm.Record{k.sample(s, 100+2*round), k.sample(s, 101+2*round)}
				s.insert(passing...)
			}
			for _, r := range stay {
				if n := seen[r.Ref().ID]; n != 1 {
					e.Errorf("%ss by %q, backwards %t: %s was on %d pages", k.name, o.Sort, o.Desc, r.Ref(), n)
				}
			}
			for id, n := range seen {
				if n > 1 {
					e.Errorf("%ss by %q, backwards %t: %s was on %d pages", k.name, o.Sort, o.Desc, id, n)
				}
			}
		}
	}
}

func checkPageAfterDelete(e *env) {
	for _, k := range kinds() {
		for _, o := range orders(k) {
			s := manyRecords(e, k, 9)
			all := ordered(s.records(k.name), o.Sort, o.Desc)
			at := len(all) - 1
			for s.inUse(all[at]) || isBase(s, all[at]) || at == len(all)-1 {
				at--
			}
			o.Size = at + 1
			var page crm.Page[crm.Record]
			read := func(ctx context.Context, r crm.Reader) (err error) {
				page, err = k.list(ctx, r, k.all, o)
				return err
			}
			s.view(read)
			s.remove(all[at])
			o.Token = page.Next
			s.view(read)
			e.same(fmt.Sprintf("second page of %ss with %+v", k.name, o), page.Items, all[at+1:])
		}
	}
}

// isBase reports whether a record is one that the shop began with.
func isBase(s *shop, r crm.Record) bool {
	for n := range s.members {
		switch r.Ref() {
		case crm.RefTo(s.members[n]), crm.RefTo(s.campaigns[n]), crm.RefTo(s.influencers[n]):
			return true
		}
	}
	return false
}

func checkBounds(e *env) {
	s := e.shop()
	records := make([]crm.Record, crm.MaxPageSize)
	for n := range records {
		records[n] = crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1, Source: "sheet"}
	}
	s.insert(records...)
	s.insert(crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1, Source: "sheet"})
	s.view(func(ctx context.Context, r crm.Reader) error {
		for size, want := range map[int]int{0: crm.DefaultPageSize, crm.MaxPageSize: crm.MaxPageSize, 999: 999} {
			page, err := r.ImportRuns().List(ctx, crm.ImportRunFilter{}, crm.ListOptions{Size: size})
			e.same(fmt.Sprintf("items of a page of size %d", size), len(page.Items), want)
			e.same("error", err, nil)
			page, err = r.ImportRuns().List(ctx, crm.ImportRunFilter{}, crm.ListOptions{Size: crm.MaxPageSize, Token: page.Next})
			e.same("items of the rest", len(page.Items), min(crm.MaxPageSize+1-want, crm.MaxPageSize))
			e.same("error", err, nil)
		}
		return nil
	})
}

func checkBadOptions(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		s.insert(k.sample(s, 1))
		bad := []crm.ListOptions{
			{Size: -1}, {Size: crm.MaxPageSize + 1}, {Sort: "nothing of the kind"}, {Sort: "name; --"},
			{Token: "x"}, {Token: "===="}, {Token: strings.Repeat("A", 5_000)}, {Token: "e30"}, {Token: "bnVsbA"},
		}
		if len(k.sorts) < 3 {
			bad = append(bad, crm.ListOptions{Sort: crm.SortStart})
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, o := range bad {
				_, err := k.list(ctx, r, k.all, o)
				e.wantErr(fmt.Sprintf("List of %ss with %.100v", k.name, fmt.Sprint(o)), err, crm.ErrInvalid)
			}
			return nil
		})
	}
}

func checkForeignTokens(e *env) {
	s := e.shop()
	all := kinds()
	for _, k := range all {
		for n := range 4 {
			s.insert(k.sample(s, n))
		}
	}
	s.view(func(ctx context.Context, r crm.Reader) error {
		for n, k := range all {
			for _, o := range orders(k) {
				o.Size = 1
				page, err := k.list(ctx, r, k.all, o)
				e.must("List", err)
				refused := func(what string, k kind, filter any, o crm.ListOptions) {
					o.Token = page.Next
					_, err := k.list(ctx, r, filter, o)
					e.wantErr("a token of "+string(all[n].name)+"s for "+what, err, crm.ErrInvalid)
				}
				refused("the other direction", k, k.all, crm.ListOptions{Size: 1, Sort: o.Sort, Desc: !o.Desc})
				for _, by := range k.sorts {
					if by != o.Sort {
						refused("another order", k, k.all, crm.ListOptions{Size: 1, Sort: by, Desc: o.Desc})
					}
				}
				refused("another filter", k, k.otherFilter(), o)
				next := all[(n+1)%len(all)]
				if o.Sort == crm.SortCreated {
					refused("another list", next, next.all, o)
				}
			}
		}
		return nil
	})
}

// otherFilter is a filter that differs from the one that selects everything.
func (k kind) otherFilter() any {
	switch k.all.(type) {
	case crm.MemberFilter:
		return crm.MemberFilter{}
	case crm.CampaignFilter:
		return crm.CampaignFilter{}
	case crm.InfluencerFilter:
		return crm.InfluencerFilter{}
	case crm.CooperationFilter:
		return crm.CooperationFilter{}
	default:
		return crm.ImportRunFilter{Source: "sheet"}
	}
}
