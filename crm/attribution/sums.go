package attribution

import (
	"cmp"
	"errors"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
)

// in is the sum in one currency, in minor units.
func in(sums []budget.Money, c budget.Currency) int64 {
	for _, sum := range sums {
		if sum.Currency() == c {
			return sum.Minor()
		}
	}
	return 0
}

// addTo adds an amount to sums that are apart by currency. The sums that were given stay as they are. A sum that is too large
// is a crm.ErrInvalid of the amount.
func addTo(sums []budget.Money, m budget.Money) ([]budget.Money, error) {
	n, found := slices.BinarySearchFunc(sums, m.Currency(), func(sum budget.Money, c budget.Currency) int {
		return cmp.Compare(sum.Currency(), c)
	})
	if !found {
		return slices.Insert(slices.Clone(sums), n, m), nil
	}
	sum, err := sums[n].Add(m)
	if err != nil {
		return nil, invalidAmount(m, err)
	}
	sums = slices.Clone(sums)
	sums[n] = sum
	return sums, nil
}

// invalidAmount is the error of an amount that cannot be counted; errors of a host's rates stay what they are.
func invalidAmount(m budget.Money, err error) error {
	if _, ok := errors.AsType[*budget.Error](err); !ok {
		return err
	}
	var errs []error
	fieldpath.Each("amount", m.Amount(), err, func(field, value string, problem sentence.Sentence) {
		errs = append(errs, &crm.Error{Family: crm.ErrInvalid, Field: field, Value: value, Problem: problem})
	})
	return errors.Join(errs...)
}
