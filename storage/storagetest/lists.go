package storagetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/google/uuid"
)

func listChecks() []check {
	return []check{
		{"Get: returns one record, or ErrNotFound", checkGet},
		{"GetAll: those of the records that exist, in the order of the ids and each once", checkGetAll},
		{"GetAll: takes as many ids as an import has", checkGetAllMany},
		{"List: every order is total, forwards and backwards, ties by id", checkOrders},
		{"List: the zero filter selects what is not archived", checkZeroFilter},
	}
}

func checkGet(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		var missing []uuid.UUID
		for n := range 10 {
			s.insert(k.sample(s, n))
			missing = append(missing, s.newID())
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, want := range s.records(k.name) {
				got, err := k.get(ctx, r, want.Ref().ID)
				e.same("Get", got, want)
				e.same("error", err, nil)
			}
			for _, id := range append(missing, uuid.Nil, uuid.Max) {
				_, err := k.get(ctx, r, id)
				e.wantErr(fmt.Sprintf("Get of %s %s", k.name, id), err, crm.ErrNotFound)
			}
			return nil
		})
	}
}

func checkGetAll(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		for n := range 6 {
			s.insert(k.sample(s, n))
		}
		all := s.records(k.name)
		all = all[len(all)-6:]
		missing := []uuid.UUID{s.newID(), uuid.Nil, uuid.Max}
		asked := ids(all[4], all[1], all[4], all[5], all[0], all[1])
		asked = slices.Insert(asked, 2, missing...)
		s.view(func(ctx context.Context, r crm.Reader) error {
			got, err := k.getAll(ctx, r, asked)
			e.same("GetAll", got, []crm.Record{all[4], all[1], all[5], all[0]})
			e.same("error", err, nil)
			got, err = k.getAll(ctx, r, missing)
			e.same("GetAll of missing records", got, []crm.Record{})
			e.same("error", err, nil)
			return nil
		})
	}
}

func checkGetAllMany(e *env) {
	s := e.shop()
	const many = 3_000
	asked := make([]uuid.UUID, 0, 2*many)
	records := make([]crm.Record, 0, many)
	for n := range many {
		m := crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: fmt.Sprint(n)}
		records = append(records, m)
		asked = append(asked, m.ID.UUID(), s.newID())
	}
	s.insert(records...)
	slices.Reverse(asked)
	slices.Reverse(records)
	s.view(func(ctx context.Context, r crm.Reader) error {
		got, err := kinds()[0].getAll(ctx, r, asked)
		e.same("GetAll", got, records)
		return err
	})
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

// manyRecords inserts records of a kind so that their ids are in no order, and some keys are equal.
func manyRecords(e *env, k kind, n int) *shop {
	s := e.shop()
	all := make([]crm.Record, n)
	for i := range all {
		all[i] = k.sample(s, i)
	}
	rnd := rand.New(rand.NewPCG(7, 7))
	rnd.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })
	s.insert(all...)
	return s
}

func checkOrders(e *env) {
	for _, k := range kinds() {
		s := manyRecords(e, k, 60)
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, o := range orders(k) {
				o.Size = crm.MaxPageSize
				got, err := k.list(ctx, r, k.all, o)
				e.same(fmt.Sprintf("%ss by %q, backwards %t", k.name, o.Sort, o.Desc), got.Items, ordered(s.records(k.name), o.Sort, o.Desc))
				e.same("error", err, nil)
			}
			return nil
		})
	}
}

// orders are all orders of a list.
func orders(k kind) []crm.ListOptions {
	all := []crm.ListOptions{}
	for _, by := range k.sorts {
		all = append(all, crm.ListOptions{Sort: by}, crm.ListOptions{Sort: by, Desc: true})
	}
	return all
}

func checkZeroFilter(e *env) {
	s := e.shop()
	i, c, campaign := s.influencer(), s.cooperation(), s.campaign("Archived")
	m := crm.Member{ID: crm.MemberID(s.newID()), Version: 1, ArchivedOn: day0}
	i.ArchivedOn, c.ArchivedOn, campaign.ArchivedOn = day0, day0, day0
	s.insert(i, c, campaign, m, s.cooperation())
	s.view(func(ctx context.Context, r crm.Reader) error {
		members, err := r.Members().Count(ctx, crm.MemberFilter{})
		e.must("Members", err)
		campaigns, err := r.Campaigns().Count(ctx, crm.CampaignFilter{})
		e.must("Campaigns", err)
		influencers, err := r.Influencers().Count(ctx, crm.InfluencerFilter{})
		e.must("Influencers", err)
		cooperations, err := r.Cooperations().Count(ctx, crm.CooperationFilter{})
		e.must("Cooperations", err)
		e.same("records that are not archived", []int{members, campaigns, influencers, cooperations}, []int{2, 2, 2, 1})
		return nil
	})
}
