package attribution_test

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
)

// A sum that is too large is told as what is wrong with the amount that made it so, whoever adds up.
func TestSumsThatAreTooLarge(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{Currency: "EUR"}, "A 06-01..06-30 =PAM10", "B 06-01..06-30 =EMMA10")
	most := func(id, text string) attribution.Order {
		o := numbered(id, order(text))
		o.Amount = budget.FromMinor(math.MaxInt64, "EUR")
		return o
	}
	pam, missed := []attribution.Order{most("1", "06-10T12:00 PAM10"), most("2", "06-11T12:00 PAM10")}, most("3", "07-01T12:00 PAM10")
	after := must(x.With(deal("A draft 06-01..06-30 =PAM10")))
	totals, radar := must(attribution.NewTotals(x, nil)), attribution.NewRadar(x, nil)
	var misses attribution.Misses
	for name, add := range map[string]func() error{
		"totals": func() error {
			first := totals.Add(pam[0], must(x.Decide(pam[0])))
			before := totals.Lines(attribution.ByCampaign)
			err := errors.Join(first, totals.Add(pam[1], must(x.Decide(pam[1]))))
			if diff := cmp.Diff(before, totals.Lines(attribution.ByCampaign), cmp.AllowUnexported(budget.Money{}), cmp.Comparer(sameDate)); diff != "" {
				t.Errorf("something was added (-before +after):\n%s", diff)
			}
			return err
		},
		"radar": func() error {
			return errors.Join(radar.Add(pam[0], must(x.Decide(pam[0]))), radar.Add(pam[1], must(x.Decide(pam[1]))))
		},
		"misses": func() error {
			findings := must(x.Diagnose(t.Context(), missed))
			must(misses.Add(missed, findings))
			_, err := misses.Add(missed, findings)
			return err
		},
		"impact": func() error {
			_, err := x.Impact(t.Context(), after, stream(pam, nil))
			return err
		},
		"back-test": func() error {
			_, err := x.BackTest(t.Context(), crm.InfluencerID{}, discount.Rule{Match: discount.Equals, Pattern: "PAM10"}, stream(pam, nil))
			return err
		},
	} {
		err := add()
		fields := crm.FieldErrors(err)
		if !errors.Is(err, crm.ErrInvalid) || len(fields) != 1 || fields[0].Field != "amount" || fields[0].Code() != "sum_too_large" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
