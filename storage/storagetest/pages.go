package storagetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var pageChecks = []check{
	forEachKind("List: with names, the page has the NamesOf its items", func(s *shop, k kind) {
		m, campaign, i := s.member("Away"), s.campaign("Away"), s.influencer()
		m.ArchivedOn, campaign.ArchivedOn, i.ArchivedOn, i.Responsible = day0, day0, day0, m.ID
		c := s.cooperation()
		c.Campaign, c.Influencer, c.Responsible = campaign.ID, i.ID, m.ID
		s.insert(m, campaign, i, c)
		s.withRecords(k, 19)
		read := func(ctx context.Context, r crm.Reader) {
			for _, o := range k.orders() {
				for _, o.Size = range []int{1, 4, crm.MaxPageSize} {
					s.pagesWithNames(ctx, r, k, o)
				}
			}
		}
		s.view(func(ctx context.Context, r crm.Reader) error { read(ctx, r); return nil })
		s.update(func(ctx context.Context, tx crm.Tx) error {
			m.Name, campaign.Name, i.Name = "renamed", "renamed", "renamed"
			err := errors.Join(tx.Update(ctx, nil, m), tx.Update(ctx, nil, campaign), tx.Update(ctx, nil, i))
			s.expect(backend.AtRevision(m, 2), backend.AtRevision(campaign, 2), backend.AtRevision(i, 2))
			read(ctx, tx)
			return err
		})
		s.view(func(ctx context.Context, r crm.Reader) error {
			page, err := r.Cooperations().List(ctx, crm.CooperationFilter{Text: "nothing of the kind"}, crm.ListOptions{WithNames: true})
			s.same("names of an empty page", page.Names, crm.NewPageNames())
			return err
		})
	}),
	forEachKind("List: pages of every size and order add up to the list", func(s *shop, k kind) {
		s.withRecords(k, 19)
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, o := range k.orders() {
				want := ordered(s.records(k.name), o.Sort, o.Desc)
				for _, o.Size = range []int{1, 2, 3, len(want) - 1, len(want), len(want) + 1, crm.MaxPageSize} {
					s.returns(fmt.Sprintf("%ss with %+v", k.name, o), want)(k.pages(ctx, r, k.all, o))
				}
			}
			return nil
		})
	}),
	forEachKind("List: pages in a row neither skip nor repeat a record that is there all the time", func(s *shop, k kind) {
		s.withRecords(k, 24)
		stay := s.records(k.name)
		for _, o := range k.orders() {
			o.Size = 3
			seen := map[crm.Ref]int{}
			var passing []crm.Record
			for round := 0; ; round++ {
				page := s.page(k, o)
				for _, r := range page.Items {
					seen[r.Ref()]++
				}
				if o.Token = page.Next; o.Token == "" || round > 100 {
					break
				}
				// Others come and go, before and after this page.
				for _, r := range passing {
					s.remove(r)
				}
				passing = []crm.Record{k.sample(s, 100+2*round), k.sample(s, 101+2*round)}
				s.insert(passing...)
			}
			for _, r := range stay {
				if seen[r.Ref()] == 0 {
					s.Errorf("%ss by %q, backwards %t: %s was on no page", k.name, o.Sort, o.Desc, r.Ref())
				}
			}
			for ref, n := range seen {
				if n > 1 {
					s.Errorf("%ss by %q, backwards %t: %s was on %d pages", k.name, o.Sort, o.Desc, ref, n)
				}
			}
		}
	}),
	{"List: a page follows the position of the one before, even if its record is gone", func(e *env) {
		for _, k := range kinds {
			for _, o := range k.orders() {
				s := e.shop().withRecords(k, 9)
				all := ordered(s.records(k.name), o.Sort, o.Desc)
				at := len(all) - 2
				for s.inUse(all[at]) || s.isBase(all[at]) {
					at--
				}
				o.Size = at + 1
				o.Token = s.page(k, o).Next
				s.remove(all[at])
				e.same(fmt.Sprintf("second page of %ss with %+v", k.name, o), s.page(k, o).Items, all[at+1:])
			}
		}
	}},
	inShop("List: the size of a page is at most MaxPageSize, and DefaultPageSize if not given", func(s *shop) {
		records := make([]crm.Record, crm.MaxPageSize+1)
		for n := range records {
			records[n] = s.importRun("sheet")
		}
		s.insert(records[1:]...)
		s.insert(records[0])
		for size, want := range map[int]int{0: crm.DefaultPageSize, crm.MaxPageSize: crm.MaxPageSize, 999: 999} {
			first := s.page(importRuns, crm.ListOptions{Size: size})
			s.same(fmt.Sprintf("items of a page of size %d", size), len(first.Items), want)
			rest := s.page(importRuns, crm.ListOptions{Size: crm.MaxPageSize, Token: first.Next})
			s.same("items of the rest", len(rest.Items), len(records)-want)
		}
	}),
	forEachKind("List: bad options are an ErrInvalid", func(s *shop, k kind) {
		s.insert(k.sample(s, 1))
		bad := []crm.ListOptions{
			{Size: -1}, {Size: crm.MaxPageSize + 1}, {Sort: "nothing of the kind"}, {Sort: "name; --"},
			{Token: "x"}, {Token: "===="}, {Token: strings.Repeat("A", 5_000)}, {Token: "e30"}, {Token: "bnVsbA"},
		}
		if !slices.Contains(k.sorts, crm.SortStart) {
			bad = append(bad, crm.ListOptions{Sort: crm.SortStart})
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, o := range bad {
				what := fmt.Sprintf("List of %ss with %.100v", k.name, fmt.Sprint(o))
				s.fails(what, crm.ErrInvalid)(k.list(ctx, r, k.all, o))
			}
			return nil
		})
	}),
	inShop("List: a token of another list, filter or order is an ErrInvalid", func(s *shop) {
		for _, k := range kinds {
			for n := range 4 {
				s.insert(k.sample(s, n))
			}
		}
		for n, k := range kinds {
			for _, o := range k.orders() {
				o.Size = 1
				token := s.page(k, o).Next
				refused := func(what string, k kind, filter any, o crm.ListOptions) {
					o.Size, o.Token = 1, token
					s.view(func(ctx context.Context, r crm.Reader) error {
						s.fails("a token of "+string(kinds[n].name)+"s for "+what, crm.ErrInvalid)(k.list(ctx, r, filter, o))
						return nil
					})
				}
				refused("the other direction", k, k.all, crm.ListOptions{Sort: o.Sort, Desc: !o.Desc})
				for _, by := range k.sorts {
					if by != o.Sort {
						refused("another order", k, k.all, crm.ListOptions{Sort: by, Desc: o.Desc})
					}
				}
				refused("another filter", k, k.other, o)
				if next := kinds[(n+1)%len(kinds)]; o.Sort == crm.SortCreated {
					refused("another list", next, next.all, o)
				}
			}
		}
	}),
	{"List: a token of the same list of another workspace is an ErrInvalid", func(e *env) {
		for _, k := range kinds {
			here, there := e.shop().withRecords(k, 3), e.shop().withRecords(k, 3)
			for _, o := range k.orders() {
				o.Size = 1
				o.Token = there.page(k, o).Next
				here.view(func(ctx context.Context, r crm.Reader) error {
					here.fails(fmt.Sprintf("%ss with a token of another workspace", k.name), crm.ErrInvalid)(k.list(ctx, r, k.all, o))
					return nil
				})
			}
		}
	}},
}

// page reads one page of all records of a kind.
func (s *shop) page(k kind, o crm.ListOptions) (page crm.Page[crm.Record]) {
	s.Helper()
	s.view(func(ctx context.Context, r crm.Reader) (err error) {
		page, err = k.list(ctx, r, k.all, o)
		return err
	})
	return page
}

// pagesWithNames reads a list page by page, each with names and without.
func (s *shop) pagesWithNames(ctx context.Context, r crm.Reader, k kind, o crm.ListOptions) {
	s.Helper()
	for {
		o.WithNames = false
		plain, err := k.list(ctx, r, k.all, o)
		s.same("names that nobody asked for", plain.Names, (*crm.PageNames)(nil))
		o.WithNames = true
		page, err2 := k.list(ctx, r, k.all, o)
		if err := errors.Join(err, err2); err != nil {
			s.Fatalf("%ss with %+v: %v", k.name, o, err)
		}
		plain.Names = s.namesOf(page.Items)
		s.same(fmt.Sprintf("%ss with %+v", k.name, o), page, plain)
		if o.Token = page.Next; o.Token == "" || s.Failed() {
			return
		}
	}
}

// namesOf takes from the model the names that records refer to.
func (s *shop) namesOf(records []crm.Record) *crm.PageNames {
	names := crm.NewPageNames()
	member := func(id crm.MemberID) {
		if !id.IsZero() {
			names.Members[id] = s.model[crm.RefTo(id)].(crm.Member).Name
		}
	}
	for _, r := range records {
		switch r := r.(type) {
		case crm.Influencer:
			member(r.Responsible)
		case crm.Cooperation:
			names.Campaigns[r.Campaign] = s.model[crm.RefTo(r.Campaign)].(crm.Campaign).Name
			names.Influencers[r.Influencer] = s.model[crm.RefTo(r.Influencer)].(crm.Influencer).Name
			member(r.Responsible)
		}
	}
	return names
}
