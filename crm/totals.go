package crm

import (
	"cmp"
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
)

// Totals are counts and sums of the cooperations that a filter selects, for the foot of a list or the head of a board.
type Totals struct {
	// Count is how many the filter selects, as CountCooperations has it.
	Count int `json:"count"`

	// Amounts are the sums by status in the workspace's currency, and Counts what each counts, as the planning report has
	// them: of a cancelled cooperation that was signed the fee counts as signed; one that was not has left the budget, and is
	// in Count only. Counts.Unpriced is how many have an amount in another currency, of which the report leaves out those
	// of 0.
	Amounts budget.Amounts `json:"amounts"`
	Counts  budget.Counts  `json:"counts"`
	// Allocated is the sum of all statuses.
	Allocated budget.Money `json:"allocated"`

	Cancelled int          `json:"cancelled"` // how many are cancelled, whatever their status
	Fees      budget.Money `json:"fees"`      // of those that count, in Amounts.Signed
	NoAmount  int          `json:"no_amount"` // how many in Counts have no cost, or no fee

	// Others are the sums in other currencies, which are in no other sum, by currency.
	Others []CurrencyTotals `json:"others"`
}

// CurrencyTotals are the sums in one currency.
type CurrencyTotals struct {
	Currency  budget.Currency `json:"currency"`
	Amounts   budget.Amounts  `json:"amounts"`
	Counts    budget.Counts   `json:"counts"`
	Allocated budget.Money    `json:"allocated"`
	Fees      budget.Money    `json:"fees"`
}

// Totals adds up all cooperations that a filter selects, in one query. A filter that asks for a state without saying
// on which day means today. Sums that do not fit into an amount are an ErrInvalid.
func (s *Service) Totals(ctx context.Context, ws WorkspaceID, f CooperationFilter) (Totals, error) {
	return read(ctx, s, ws, "total cooperations", func(ctx context.Context, r Reader) (Totals, error) {
		w, err := r.Workspace(ctx)
		if err != nil {
			return Totals{}, err
		}
		if f.State != "" && f.On.IsZero() {
			if f.On, err = today(w, s.env.now()); err != nil {
				return Totals{}, err
			}
		}
		sums, err := r.Sums(ctx, f)
		if err != nil {
			return Totals{}, err
		}
		return totalsOf(w.Currency, sums)
	})
}

func totalsOf(currency budget.Currency, sums []Sum) (Totals, error) {
	t := Totals{Others: []CurrencyTotals{}}
	own := newCurrencyTotals(currency)
	for _, s := range sums {
		t.Count += s.Count
		if s.Cancelled {
			t.Cancelled += s.Count
			if s.Status != Signed {
				continue
			}
		}
		counts := counted(s.Status, s.Count)
		in := &own
		switch c := s.Amount.Currency(); {
		case c == "":
			t.NoAmount += s.Count
		case c != currency:
			counts.Unpriced = s.Count
			in = otherCurrency(&t.Others, c)
			addCounts(&in.Counts, counted(s.Status, s.Count))
		}
		addCounts(&own.Counts, counts)
		if err := in.add(s); err != nil {
			return Totals{}, SumTooLarge(in.Currency)
		}
	}
	slices.SortFunc(t.Others, func(a, b CurrencyTotals) int { return cmp.Compare(a.Currency, b.Currency) })
	t.Amounts, t.Counts, t.Allocated, t.Fees = own.Amounts, own.Counts, own.Allocated, own.Fees
	return t, nil
}

func newCurrencyTotals(c budget.Currency) CurrencyTotals {
	none := budget.FromMinor(0, c)
	return CurrencyTotals{
		Currency: c, Allocated: none, Fees: none, Amounts: budget.Amounts{Signed: none, Negotiating: none, Draft: none},
	}
}

// otherCurrency finds or adds the totals of a currency.
func otherCurrency(all *[]CurrencyTotals, c budget.Currency) *CurrencyTotals {
	at := slices.IndexFunc(*all, func(t CurrencyTotals) bool { return t.Currency == c })
	if at < 0 {
		at = len(*all)
		*all = append(*all, newCurrencyTotals(c))
	}
	return &(*all)[at]
}

// add adds an amount of the currency, or none.
func (t *CurrencyTotals) add(s Sum) (err error) {
	var of *budget.Money
	switch s.Status {
	case Signed:
		of = &t.Amounts.Signed
	case Negotiating:
		of = &t.Amounts.Negotiating
	case Draft:
		of = &t.Amounts.Draft
	default: // a store does not check statuses
		return nil
	}
	if *of, err = of.Add(s.Amount); err != nil {
		return err
	}
	if s.Cancelled {
		if t.Fees, err = t.Fees.Add(s.Amount); err != nil {
			return err
		}
	}
	t.Allocated, err = t.Allocated.Add(s.Amount)
	return err
}

func counted(status Status, n int) (c budget.Counts) {
	switch status {
	case Signed:
		c.Signed = n
	case Negotiating:
		c.Negotiating = n
	case Draft:
		c.Draft = n
	}
	return c
}

func addCounts(to *budget.Counts, c budget.Counts) {
	to.Signed += c.Signed
	to.Negotiating += c.Negotiating
	to.Draft += c.Draft
	to.Unpriced += c.Unpriced
}
