package written_test

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/written"
)

func TestAmount(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		lang, want string
		amount     budget.Money
	}{
		{"en", "16,114.81", budget.FromMinor(1_611_481, "EUR")},
		{"de", "16.114,81", budget.FromMinor(1_611_481, "EUR")},
		{"de-CH", "16’114.81", budget.FromMinor(1_611_481, "EUR")},
		{"de", "-0,05", budget.FromMinor(-5, "EUR")},
		{"de", "1.000", budget.FromMinor(1_000, "JPY")},
		{"de", "10.000.000.000.000,00", budget.FromMinor(budget.MaxMinor, "EUR")},
		{"de", "-", budget.Money{}},
	} {
		if got := written.Of(language.MustParse(test.lang)).Amount(test.amount); got != test.want {
			t.Errorf("%s in %s: %q, want %q", test.amount, test.lang, got, test.want)
		}
	}
}
