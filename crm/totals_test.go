package crm_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

var sameTotals = cmpopts.EquateComparable(budget.Money{})

func TestTotals(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer, pam := s.campaign("Summer"), s.influencer("Pam")
	none, euros := budget.FromMinor(0, "EUR"), func(minor int64) budget.Money { return budget.FromMinor(minor, "EUR") }
	totals := func(f crm.CooperationFilter) crm.Totals { return must(s.crm.Totals(ctx, s.ws, f))(t) }
	nothing := crm.Totals{
		Amounts:   budget.Amounts{Signed: none, Negotiating: none, Draft: none},
		Allocated: none, Fees: none, Others: []crm.CurrencyTotals{},
	}
	if diff := cmp.Diff(nothing, totals(crm.CooperationFilter{}), sameTotals); diff != "" {
		t.Errorf("of nothing (-want +got):\n%s", diff)
	}
	book := func(status crm.Status, cost budget.Money) crm.Cooperation {
		return s.book(crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID, Status: status, Cost: cost,
			Period: days("2026-06-01", "2026-06-30")})
	}
	book(crm.Signed, euros(100_00))
	off := book(crm.Signed, euros(500_00))
	must(s.crm.Cancel(ctx, s.ws, off.ID, off.Version, crm.Cancellation{On: day("2026-05-20"), Fee: euros(50_00)}, "no time"))(t)
	gone := book(crm.Negotiating, euros(70_00))
	must(s.crm.Cancel(ctx, s.ws, gone.ID, gone.Version, crm.Cancellation{On: day("2026-05-20"), Fee: euros(7_00)}, ""))(t)
	book(crm.Negotiating, euros(20_00))
	book(crm.Draft, budget.Money{})
	want := crm.Totals{
		Count: 5,
		Amounts: budget.Amounts{
			Signed: euros(150_00), Negotiating: euros(20_00), Draft: none,
		},
		Counts:    budget.Counts{Signed: 2, Negotiating: 1, Draft: 1},
		Allocated: euros(170_00), Cancelled: 2, Fees: euros(50_00), NoAmount: 1, Others: []crm.CurrencyTotals{},
	}
	if diff := cmp.Diff(want, totals(crm.CooperationFilter{}), sameTotals); diff != "" {
		t.Errorf("of all (-want +got):\n%s", diff)
	}
	running := totals(crm.CooperationFilter{State: crm.Planned, Statuses: []crm.Status{crm.Signed, crm.Draft}, Cancelled: crm.NotCancelled})
	if running.Count != 2 || running.Allocated != euros(100_00) {
		t.Errorf("of planned ones that are signed or drafts: %+v", running)
	}
	_, err := s.crm.Totals(ctx, s.ws, crm.CooperationFilter{Statuses: []crm.Status{"sold"}})
	wantField(t, err, crm.ErrInvalid, "statuses")
	_, err = s.crm.Totals(ctx, crm.WorkspaceID{9}, crm.CooperationFilter{})
	if !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("of no workspace: %v", err)
	}
}

// Amounts of several currencies are never mixed, and those of the workspace are the planning report's.
func TestTotalsAreTheReports(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		summer, pam := s.campaign("Summer"), s.influencer("Pam")
		records := []crm.Record{}
		statuses := rapid.SampledFrom(budget.Stages())
		amounts := rapid.Custom(func(t *rapid.T) budget.Money {
			if rapid.IntRange(0, 4).Draw(t, "none") == 0 {
				return budget.Money{}
			}
			return budget.FromMinor(rapid.Int64Range(1, 1_000_00).Draw(t, "minor"),
				rapid.SampledFrom([]budget.Currency{"EUR", "EUR", "USD", "JPY"}).Draw(t, "currency"))
		})
		other := map[budget.Currency]int64{}
		count := func(m budget.Money) {
			if m.Currency() != "EUR" && m.IsSet() {
				other[m.Currency()] += m.Minor()
			}
		}
		n := rapid.IntRange(0, 20).Draw(t, "cooperations")
		for i := range n {
			c := crm.Cooperation{ID: crm.CooperationID{byte(i + 1)}, Version: 1, Campaign: summer.ID, Influencer: pam.ID,
				Status: statuses.Draw(t, "status"), Cost: amounts.Draw(t, "cost")}
			if rapid.IntRange(0, 3).Draw(t, "cancelled") == 0 {
				c.Cancellation = &crm.Cancellation{On: day("2026-05-20"), Fee: amounts.Draw(t, "fee"), Status: c.Status}
				if c.Status == crm.Signed {
					count(c.Cancellation.Fee)
				}
			} else {
				count(c.Cost)
			}
			records = append(records, c)
		}
		s.ok(s.store.Update(ctx, s.ws, func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, records...) }))
		got := must(s.crm.Totals(ctx, s.ws, crm.CooperationFilter{}))(t)
		report := must(s.crm.Report(ctx, s.ws, nil))(t)
		if diff := cmp.Diff(report.Total.Amounts, got.Amounts, sameTotals) + cmp.Diff(report.Total.Counts, got.Counts); diff != "" || got.Allocated != report.Total.Allocated() || got.Count != n {
			t.Fatalf("of %d, allocated %s (-report +totals):\n%s", got.Count, got.Allocated, diff)
		}
		for _, o := range got.Others {
			if o.Allocated != budget.FromMinor(other[o.Currency], o.Currency) {
				t.Fatalf("in %s: %s, want %d", o.Currency, o.Allocated, other[o.Currency])
			}
		}
		if len(got.Others) != len(other) {
			t.Fatalf("other currencies: %v, want %v", got.Others, other)
		}
	})
}

func TestWholeSum(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		high, low, want int64
		tooLarge        bool
	}{
		{0, 0, 0, false}, {1, 1, crm.SumPart + 1, false}, {-1, crm.SumPart - 1, -1, false}, {0, 3 * crm.SumPart, 3 * crm.SumPart, false},
		{math.MaxInt64 / crm.SumPart, math.MaxInt64 % crm.SumPart, math.MaxInt64, false},
		{math.MinInt64 / crm.SumPart, math.MinInt64 % crm.SumPart, math.MinInt64, false},
		{math.MaxInt64 / crm.SumPart, math.MaxInt64%crm.SumPart + 1, 0, true},
		{math.MinInt64 / crm.SumPart, math.MinInt64%crm.SumPart - 1, 0, true},
		{math.MaxInt64/crm.SumPart + 1, -crm.SumPart, math.MaxInt64 / crm.SumPart * crm.SumPart, false},
		{1 << 40, 0, 0, true}, {-1 << 40, 0, 0, true},
	} {
		got, err := crm.WholeSum(test.high, test.low, "EUR")
		if test.tooLarge {
			wantField(t, err, crm.ErrInvalid, "cost")
		} else if err != nil || got != budget.FromMinor(test.want, "EUR") {
			t.Errorf("%d, %d: %s, %v, want %d", test.high, test.low, got, err, test.want)
		}
	}
}

// wantField reports an error that is not of a family or does not name a field.
func wantField(t *testing.T, err, family error, field string) {
	t.Helper()
	if problems := crm.FieldErrors(err); !errors.Is(err, family) || len(problems) != 1 || problems[0].Field != field {
		t.Errorf("error %v, want %v for %s", err, family, field)
	}
}
