package sheetimport

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// A new percentage of a row holds for the codes that somebody has renamed in the CRM too; of several it goes by the code.
func TestPercentagesOfRenamedCodes(t *testing.T) {
	t.Parallel()
	rule := func(code string, percent int64) discount.Rule {
		return discount.Rule{Match: discount.Equals, Pattern: code, Benefit: discount.Benefit{Kind: discount.Percentage,
			Value: decimal.NewFromInt(percent)}}
	}
	for name, test := range map[string]struct{ has, from, want []discount.Rule }{
		"renamed": {[]discount.Rule{rule("BETA", 10)}, []discount.Rule{rule("ANNA", 15)}, []discount.Rule{rule("BETA", 15)}},
		"several": {
			[]discount.Rule{rule("A1", 10), rule("B1", 10)}, []discount.Rule{rule("b1", 20), rule("A1", 15)},
			[]discount.Rule{rule("A1", 15), rule("B1", 20)},
		},
	} {
		c := crm.Cooperation{Rules: test.has}
		takeField(&c, crm.Cooperation{Rules: test.from}, string(column.Percentage))
		if diff := cmp.Diff(test.want, c.Rules); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
