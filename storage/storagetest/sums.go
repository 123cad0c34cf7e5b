package storagetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

var sumChecks = []check{
	inTwoShops("Sums: adds up the cooperations that a filter selects, by status, currency and whether they are cancelled", func(a, b *shop) {
		a.withRecords(cooperations, filtered)
		a.view(func(ctx context.Context, r crm.Reader) error {
			d, groups := newDraw(a, 5), 0
			filters := []crm.CooperationFilter{{}, {Archive: crm.ActiveOrNot}, {Archive: crm.ArchivedOnly}}
			for field := range cooperations.fields {
				filters = append(filters, cooperations.filter(d, field).(crm.CooperationFilter))
			}
			for _, f := range filters {
				want := a.sums(f)
				groups = max(groups, len(want))
				a.returns(fmt.Sprintf("sums with %+v", f), want)(r.Sums(ctx, f))
			}
			if groups < 8 {
				a.Fatalf("the samples make at most %d groups, which prove nothing", groups)
			}
			return nil
		})
		b.view(func(ctx context.Context, r crm.Reader) error {
			b.returns("sums of no cooperations", []crm.Sum{})(r.Sums(ctx, crm.CooperationFilter{}))
			return nil
		})
	}),
	inShop("Sums: sees what the unit has written", func(s *shop) {
		c := s.cooperation()
		c.Status, c.Cost = crm.Draft, budget.FromMinor(5, "EUR")
		s.insert(c)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			c.Cancellation = &crm.Cancellation{On: day0, Fee: budget.FromMinor(-3, "EUR"), Status: crm.Signed}
			one := s.cooperation()
			one.Status = crm.Negotiating
			err := errors.Join(tx.Update(ctx, nil, c), tx.Insert(ctx, one))
			changed := c
			changed.Version++
			s.expect(changed, one)
			s.returns("sums in the unit", s.sums(crm.CooperationFilter{}))(tx.Sums(ctx, crm.CooperationFilter{}))
			return err
		})
		s.returns("sums afterwards", s.sums(crm.CooperationFilter{}))(s.store.Reader(s.id).Sums(s.ctx, crm.CooperationFilter{}))
	}),
	inShop("Sums: a sum up to the largest amount is exact, and a larger one an ErrInvalid", func(s *shop) {
		add := func(status crm.Status, currency budget.Currency, amounts ...int64) {
			for _, minor := range amounts {
				c := s.cooperation()
				c.Status, c.Cost = status, budget.FromMinor(minor, currency)
				s.insert(c)
			}
		}
		add(crm.Draft, "EUR", math.MaxInt64-3, 1, 2)
		add(crm.Signed, "EUR", math.MaxInt64, 999_999_999, -999_999_999)
		add(crm.Draft, "USD", math.MinInt64+1, -1)
		add(crm.Signed, "JPY", 999_999_999, 1, 999_999_999, 1)
		reader := s.store.Reader(s.id)
		s.returns("sums", s.sums(crm.CooperationFilter{}))(reader.Sums(s.ctx, crm.CooperationFilter{}))
		add(crm.Draft, "EUR", 1)
		add(crm.Draft, "USD", -1)
		_, err := reader.Sums(s.ctx, crm.CooperationFilter{})
		s.wantField("Sums of too much", err, crm.ErrInvalid, "cost")
		f := crm.CooperationFilter{Statuses: []crm.Status{crm.Signed}}
		s.returns("sums of less", s.sums(f))(reader.Sums(s.ctx, f))
	}),
	inShop("Sums: a bad filter is an ErrInvalid", func(s *shop) {
		s.view(func(ctx context.Context, r crm.Reader) error {
			_, err := r.Sums(ctx, crm.CooperationFilter{Archive: "x"})
			s.wantField("Sums", err, crm.ErrInvalid, "archive")
			_, err = r.Sums(ctx, crm.CooperationFilter{State: crm.Running})
			s.wantField("Sums", err, crm.ErrInvalid, "on")
			return nil
		})
	}),
}

// sums adds the model up, naively.
func (s *shop) sums(f crm.CooperationFilter) []crm.Sum {
	all := []crm.Sum{}
	for _, r := range s.records(crm.KindCooperation) {
		if !cooperations.matches(s, f, r) {
			continue
		}
		c := r.(crm.Cooperation)
		one := crm.Sum{Status: c.Status, Count: 1, Amount: c.Cost}
		if off := c.Cancellation; off != nil {
			one = crm.Sum{Status: off.Status, Cancelled: true, Count: 1, Amount: off.Fee}
		}
		at := slices.IndexFunc(all, func(o crm.Sum) bool {
			return o.Status == one.Status && o.Cancelled == one.Cancelled && o.Amount.Currency() == one.Amount.Currency()
		})
		if at < 0 {
			all = append(all, one)
			continue
		}
		all[at].Count++
		all[at].Amount = budget.FromMinor(all[at].Amount.Minor()+one.Amount.Minor(), one.Amount.Currency())
	}
	slices.SortFunc(all, func(a, b crm.Sum) int {
		key := func(s crm.Sum) string {
			return fmt.Sprintf("%s\x00%s\x00%t", s.Status, s.Amount.Currency(), s.Cancelled)
		}
		return strings.Compare(key(a), key(b))
	})
	return all
}
