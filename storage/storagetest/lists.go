package storagetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

var listChecks = []check{
	inShop("List: a brief list leaves out the plans of import runs, and nothing else", func(s *shop) {
		run := importRuns.full(s).(crm.ImportRun)
		run.Plan = []byte(`{"rows":[]}`)
		s.insert(run)
		brief := s.model[run.Ref()].(crm.ImportRun)
		brief.Plan = nil
		for _, desc := range []bool{false, true} {
			page, err := s.store.Reader(s.id).ImportRuns().List(s.ctx, crm.ImportRunFilter{Source: run.Source},
				crm.ListOptions{Brief: true, Desc: desc})
			if err != nil {
				s.Fatal(err)
			}
			s.same("runs", page.Items, []crm.ImportRun{brief})
		}
		page, err := s.store.Reader(s.id).Cooperations().List(s.ctx, crm.CooperationFilter{}, crm.ListOptions{})
		s.returns("cooperations", page)(s.store.Reader(s.id).Cooperations().List(s.ctx, crm.CooperationFilter{}, crm.ListOptions{Brief: true}))
		if err != nil {
			s.Fatal(err)
		}
	}),
	forEachKind("Get: returns one record, or ErrNotFound", func(s *shop, k kind) {
		missing := []uuid.UUID{uuid.Nil, uuid.Max}
		for n := range 10 {
			s.insert(k.sample(s, n))
			missing = append(missing, s.newID())
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, want := range s.records(k.name) {
				s.returns("Get", want)(k.get(ctx, r, want.Ref().ID))
			}
			for _, id := range missing {
				s.fails(fmt.Sprintf("Get of %s %s", k.name, id), crm.ErrNotFound)(k.get(ctx, r, id))
			}
			return nil
		})
	}),
	forEachKind("GetAll: those of the records that exist, in the order of the ids and each once", func(s *shop, k kind) {
		for n := range 6 {
			s.insert(k.sample(s, n))
		}
		all := s.records(k.name)
		all = all[len(all)-6:]
		missing := []uuid.UUID{s.newID(), uuid.Nil, uuid.Max}
		asked := slices.Insert(ids(all[4], all[1], all[4], all[5], all[0], all[1]), 2, missing...)
		s.view(func(ctx context.Context, r crm.Reader) error {
			s.returns("GetAll", []crm.Record{all[4], all[1], all[5], all[0]})(k.getAll(ctx, r, asked))
			s.returns("GetAll of missing records", []crm.Record{})(k.getAll(ctx, r, missing))
			return nil
		})
	}),
	inShop("GetAll: takes as many ids as an import has", func(s *shop) {
		var asked []uuid.UUID
		var records []crm.Record
		for n := range 3_000 {
			m := s.member(fmt.Sprint(n))
			records = append(records, m)
			asked = append(asked, m.ID.UUID(), s.newID())
		}
		s.insert(records...)
		slices.Reverse(asked)
		slices.Reverse(records)
		s.view(func(ctx context.Context, r crm.Reader) error {
			s.returns("GetAll", records)(members.getAll(ctx, r, asked))
			return nil
		})
	}),
	forEachKind("List: every order is total, forwards and backwards, ties by id", func(s *shop, k kind) {
		s.withRecords(k, 60)
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, o := range k.orders() {
				o.Size = crm.MaxPageSize
				want := crm.Page[crm.Record]{Items: ordered(s.records(k.name), o.Sort, o.Desc)}
				s.returns(fmt.Sprintf("%ss by %q, backwards %t", k.name, o.Sort, o.Desc), want)(k.list(ctx, r, k.all, o))
			}
			return nil
		})
	}),
	inShop("List: the zero filter selects what is not archived", func(s *shop) {
		m, campaign, i, c := s.member(""), s.campaign("Archived"), s.influencer(), s.cooperation()
		m.ArchivedOn, campaign.ArchivedOn, i.ArchivedOn, c.ArchivedOn = day0, day0, day0, day0
		s.insert(m, campaign, i, c, s.cooperation())
		s.view(func(ctx context.Context, r crm.Reader) error {
			s.returns("members that are not archived", 2)(members.count(ctx, r, crm.MemberFilter{}))
			s.returns("campaigns that are not archived", 2)(campaigns.count(ctx, r, crm.CampaignFilter{}))
			s.returns("influencers that are not archived", 2)(influencers.count(ctx, r, crm.InfluencerFilter{}))
			s.returns("cooperations that are not archived", 1)(cooperations.count(ctx, r, crm.CooperationFilter{}))
			return nil
		})
	}),
}

// ordered sorts records as crm says it: by the folded key, then by id; backwards as a whole.
func ordered(records []crm.Record, by crm.Sort, desc bool) []crm.Record {
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, func(a, b crm.Record) int {
		if c := strings.Compare(a.SortKey(by), b.SortKey(by)); c != 0 {
			return c
		}
		return byID(a, b)
	})
	if desc {
		slices.Reverse(sorted)
	}
	return sorted
}
