package attribution_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
)

func TestRadar(t *testing.T) {
	t.Parallel()
	const june, visit = "06-01..06-30", " @06-01T10:00 term=a"
	var early, late, weeks, quiet []string
	for n := range 5 {
		early = append(early, fmt.Sprintf("05-2%dT12:00 PAM10", n))
		late = append(late, fmt.Sprintf("07-0%dT12:00 PAM10", n+1))
		quiet = append(quiet, fmt.Sprintf("06-0%dT12:00 PAM10", n+1))
	}
	for _, day := range []int{2, 9, 16, 23, 23, 23, 24, 24, 25, 26} { // one a week, then seven
		weeks = append(weeks, fmt.Sprintf("06-%02dT12:00 pam10", day))
	}
	join := func(lists ...[]string) (all []string) {
		for _, list := range lists {
			all = append(all, list...)
		}
		return all
	}
	with := func(suffix string, list []string) (all []string) {
		for _, o := range list {
			all = append(all, o+suffix)
		}
		return all
	}
	for _, test := range []struct {
		name    string
		deals   []string
		orders  []string
		options *attribution.RadarOptions
		want    []string
	}{
		{"nothing stands out", []string{"A " + june + " =PAM10"}, quiet, nil, nil},
		{"before and after its days", []string{"A " + june + " =PAM10"}, join(early, quiet, late), nil, []string{
			"early_use pam10 A: 5 orders, [500.00 EUR], 2026-05-20 to 2026-05-24, 12 days, of others 0 of 0, 0 in 0 weeks",
			"late_use pam10 A: 5 orders, [500.00 EUR], 2026-07-01 to 2026-07-05, 5 days, of others 0 of 0, 0 in 0 weeks",
		}},
		{"too few", []string{"A " + june + " =PAM10"}, early[:4], nil, nil},
		{"few enough where the host says so", []string{"A " + june + " =PAM10"}, early[:1], &attribution.RadarOptions{MinOrders: 1}, []string{
			"early_use pam10 A: 1 orders, [100.00 EUR], 2026-05-20 to 2026-05-20, 12 days, of others 0 of 0, 0 in 0 weeks",
		}},
		{"handed on to another", []string{"A " + june + " =PAM10", "B 07-01..07-31 =PAM10"}, join(quiet, late), nil, nil},
		{"no touch where others have one", []string{"A " + june + " =PAM10 utm:term=a", "B " + june + " =TOM10 utm:term=b"},
			join(with(" @06-01T10:00 term=x", quiet), []string{"06-10T12:00 TOM10 @06-10T10:00 term=b",
				"06-10T12:00 TOM10 @06-10T10:00 term=x", "06-10T12:00 TOM10"}), nil, []string{
				"no_touch pam10 A: 5 orders, [500.00 EUR], 2026-06-01 to 2026-06-05, 0 days, of others 1 of 2, 0 in 0 weeks",
			}},
		{"no touch where nobody has one", []string{"A " + june + " =PAM10 utm:term=a"}, with(" @06-01T10:00 term=x", quiet), nil, nil},
		{"one touch is enough", []string{"A " + june + " =PAM10 utm:term=a"}, join(with(" @06-01T10:00 term=x", quiet),
			with(visit, quiet[4:])), nil, nil},
		{"a sudden week", []string{"A " + june + " =PAM10"}, weeks, nil, []string{
			"sudden_use pam10 A: 7 orders, [700.00 EUR], 2026-06-23 to 2026-06-26, 0 days, of others 0 of 0, 3 in 3 weeks",
		}},
		{"not as sudden as the host says", []string{"A " + june + " =PAM10"}, weeks, &attribution.RadarOptions{Multiple: 8}, nil},
		{"the first weeks", []string{"A " + june + " =PAM10"}, weeks[2:], nil, nil},
	} {
		x := index(t, crm.Workspace{}, test.deals...)
		radar := attribution.NewRadar(x, test.options)
		for _, text := range test.orders {
			o := order(text)
			if err := radar.Add(o, must(x.Decide(o))); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		leaks, more := radar.Leaks(100)
		for _, l := range leaks {
			got = append(got,
				fmt.Sprintf("%s %s %s: %d orders, %v, %s to %s, %d days, of others %d of %d, %d in %d weeks", l.Kind,
					l.Code, name(l.Cooperation),
					l.Orders, l.Amounts, l.First, l.Last, l.Days, l.OthersTouched, l.Others, l.Before, l.Weeks))
		}
		if diff := cmp.Diff(test.want, got); diff != "" || more != 0 {
			t.Errorf("%s, and %d more (-want +got):\n%s", test.name, more, diff)
		}
		if len(got) > 1 {
			if one, more := radar.Leaks(1); len(one) != 1 || more != len(got)-1 {
				t.Errorf("%s: one of them and %d more", test.name, more)
			}
		}
	}
}

// An order whose code many share has a touch of the influencer who earned it, also where that is none of the candidates that
// its decision lists.
func TestRadarSeesTouchesThatAreNotListed(t *testing.T) {
	t.Parallel()
	deals := []string{"A 06-02..06-30 =SALE10 utm:term=a", "Z 06-01..06-30 =TOM10 utm:term=z"}
	for range 2 * attribution.MaxCandidates {
		deals = append(deals, "B 06-01..06-30 *SALE")
	}
	x := index(t, crm.Workspace{}, deals...)
	r := attribution.NewRadar(x, nil)
	if leaks, more := r.Leaks(-1); len(leaks) > 0 || more > 0 {
		t.Errorf("of no orders: %+v", leaks)
	}
	for _, text := range append(slices.Repeat([]string{"06-10T12:00 SALE10 @06-10T10:00 term=a"}, 5), "06-10T12:00 TOM10 @06-10T10:00 term=z") {
		o := order(text)
		d := must(x.Decide(o))
		if err := r.Add(o, d); err != nil {
			t.Fatal(err)
		}
	}
	if leaks, more := r.Leaks(10); len(leaks) > 0 || more > 0 {
		t.Errorf("got %+v", leaks)
	}
}
