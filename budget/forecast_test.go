package budget_test

import (
	"errors"
	"math"
	"testing"

	"github.com/getklar/influencercrm/budget"
)

func TestForecastWith(t *testing.T) {
	t.Parallel()
	jpy := budget.FromMinor(100, "JPY")
	most := budget.FromMinor(math.MaxInt64, "EUR")
	for name, tc := range map[string]struct {
		amounts budget.Amounts
		want    string
		err     error
	}{
		"all stages":       {budget.Amounts{Signed: eur("10"), Negotiating: eur("10"), Draft: eur("10")}, "16.00 EUR", nil},
		"only signed":      {budget.Amounts{Signed: eur("10")}, "10.00 EUR", nil},
		"only negotiating": {budget.Amounts{Negotiating: eur("10")}, "5.00 EUR", nil},
		"only draft":       {budget.Amounts{Draft: jpy}, "10 JPY", nil},
		"no amount":        {budget.Amounts{}, "", nil},
		"a refund":         {budget.Amounts{Signed: eur("1"), Negotiating: eur("-10")}, "-4.00 EUR", nil},
		"mixed":            {budget.Amounts{Negotiating: eur("10"), Draft: jpy}, "", budget.ErrCurrency},
		"too large":        {budget.Amounts{Signed: most, Negotiating: eur("1")}, "", budget.ErrOverflow},
	} {
		got, err := tc.amounts.ForecastWith(budget.DefaultWeights())
		if got.String() != tc.want || !errors.Is(err, tc.err) {
			t.Errorf("%s: %q, %v; want %q, %v", name, got, err, tc.want, tc.err)
		}
	}
}
