package attribution_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
)

func name(id crm.CooperationID) string {
	if id.IsZero() {
		return "nobody"
	}
	return string(rune(id[15]))
}

// movesSaid says moves as tests write them: "A → B 2 orders, 1 refunds, [150.00 EUR] of [1 2]".
func movesSaid(i attribution.Impact) (said []string) {
	for _, m := range i.Moves {
		said = append(said, fmt.Sprintf("%s → %s %d orders, %d refunds, %v of %v", name(m.From), name(m.To), m.Orders,
			m.Refunds, m.Amounts, m.Examples))
	}
	return said
}

func TestImpact(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{Currency: "EUR"}, "A 06-01..06-30 ^PAM", "B draft 06-01..06-30 =PAMELA10", "C 06-01..06-30 =TOM10")
	cancelled := numbered("5", order("06-12T12:00 PAMELA10"))
	cancelled.Cancelled = true
	orders := []attribution.Order{
		numbered("1", order("06-10T12:00 PAMELA10")), refund("r1", "1", "30.00"), numbered("2", order("06-11T12:00 pamela10")),
		numbered("3", order("06-10T12:00 PAM10")), numbered("4", order("06-10T12:00 TOM10")), cancelled,
		numbered("6", order("- PAMELA10")), refund("r9", "9", "5.00"),
	}
	for _, test := range []struct {
		name    string
		changed []crm.Record
		want    []string
	}{
		{"nothing", nil, nil},
		{"a draft that is signed", []crm.Record{deal("B 06-01..06-30 =PAMELA10")},
			[]string{"A → B 3 orders, 1 refunds, [170.00 EUR] of [1 2 5]"}},
		{"days that end earlier", []crm.Record{deal("A 06-01..06-10 ^PAM")}, []string{"A → nobody 2 orders, 0 refunds, [100.00 EUR] of [2 5]"}},
		{"two at once", []crm.Record{deal("A 06-01..06-30 =PAM10"), deal("C 06-01..06-30 =TOM")}, []string{
			"A → nobody 3 orders, 1 refunds, [170.00 EUR] of [1 2 5]", "C → nobody 1 orders, 0 refunds, [100.00 EUR] of [4]",
		}},
		{"one that is new", []crm.Record{deal("D 06-11..06-30 =PAMELA10")}, []string{"A → D 2 orders, 0 refunds, [100.00 EUR] of [2 5]"}},
	} {
		got := must(x.Impact(t.Context(), must(x.With(test.changed...)), stream(orders, errors.New("a line"))))
		if diff := cmp.Diff(test.want, movesSaid(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if got.Orders != 9 || got.Failed != 2 {
			t.Errorf("%s: %d orders, %d failed", test.name, got.Orders, got.Failed)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := x.Impact(ended, x, stream(orders, nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

// What moves is what two decisions of each order differ in.
func TestImpactIsDecidingTwice(t *testing.T) {
	t.Parallel()
	drawn := func(t *rapid.T, name rune) string {
		return fmt.Sprintf("%c %s %s %s", name, rapid.SampledFrom([]string{"draft", "signed", "signed"}).Draw(t, "status"),
			rapid.SampledFrom([]string{"06-01..06-30", "06-10..06-20", "05-01.."}).Draw(t, "days"), someCodes().Draw(t, "code"))
	}
	rapid.Check(t, func(t *rapid.T) {
		var deals []string
		for n := range rapid.IntRange(1, 4).Draw(t, "deals") {
			deals = append(deals, drawn(t, 'A'+rune(n)))
		}
		x := indexOf(crm.Workspace{Currency: "EUR"}, deals)
		y := must(x.With(deal(drawn(t, 'A')), deal(drawn(t, 'X'))))
		var orders []attribution.Order
		for n := range rapid.IntRange(0, 600).Draw(t, "orders") {
			o := numbered(fmt.Sprint(n), order(fmt.Sprintf("06-%02dT12:00 %s", 1+n%28, []string{"PAM10", "EMMA10", "PAM15", "X"}[n%4])))
			if n%5 == 4 {
				o = refund(fmt.Sprint(n), fmt.Sprint(n*7%600), "10.00")
			}
			orders = append(orders, o)
		}
		var before []attribution.Decision
		for d := range x.DecideAll(t.Context(), stream(orders, nil)) {
			before = append(before, d.Decision)
		}
		moved, sum, n := 0, budget.FromMinor(0, "EUR"), 0
		for d := range y.DecideAll(t.Context(), stream(orders, nil)) {
			was, is := before[n], d.Decision
			if n++; was.Cooperation == is.Cooperation {
				continue
			}
			moved++
			if credit := is.Credit; credit.IsSet() {
				sum = must(sum.Add(credit))
			} else if was.Credit.IsSet() {
				sum = must(sum.Add(was.Credit))
			}
		}
		got, gotSum := must(x.Impact(t.Context(), y, stream(orders, nil))), budget.FromMinor(0, "EUR")
		for _, m := range got.Moves {
			for _, amount := range m.Amounts {
				gotSum = must(gotSum.Add(amount))
			}
		}
		if got.Moved != moved || got.Orders != len(orders) || gotSum != sum {
			t.Fatalf("%d of %d moved, %s; want %d of %d, %s", got.Moved, got.Orders, gotSum, moved, len(orders), sum)
		}
	})
}

func TestBackTest(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{Currency: "EUR"}, "A 06-01..06-30 =PAM10", "B 06-01..06-30 =PAMELA10", "C draft 06-01..06-30 =PAMPAM *PAMX")
	cancelled := numbered("5", order("06-12T12:00 PAMELA10"))
	cancelled.Cancelled = true
	orders := []attribution.Order{
		numbered("1", order("06-10T12:00 PAMELA10 pamela10 TOM")), refund("r1", "1", "30.00"), numbered("2", order("06-11T12:00 pamela10")),
		numbered("3", order("05-10T12:00 PAM10")), numbered("4", order("06-10T12:00 SPAM")), cancelled, numbered("6", order("- PAM10")),
		numbered("7", order("06-10T12:00 pampam")), numbered("8", order("06-10T12:00 PAMX")), numbered("9", order("06-10T12:00 TOM")),
		numbered("10", order("06-10T12:00 PAM10")),
	}
	got := must(x.BackTest(t.Context(), crm.InfluencerID{15: 'A'},
		discount.Rule{Match: discount.Contains, Pattern: "PAM"}, stream(orders, nil)))
	said := []string{fmt.Sprintf("%d of %d, %d failed", got.Found, got.Orders, got.Failed)}
	for _, c := range got.Codes {
		said = append(said, fmt.Sprintf("%s of %s %t: %d orders, %v", c.Code, name(c.Cooperation), c.Foreign, c.Orders, c.Amounts))
	}
	want := []string{
		"8 of 10, 1 failed",
		"pamela10 of B true: 3 orders, [200.00 EUR]", "pampam of nobody true: 1 orders, [100.00 EUR]",
		"pam10 of nobody false: 1 orders, [100.00 EUR]", "pam10 of A false: 1 orders, [100.00 EUR]",
		"pamx of nobody false: 1 orders, [100.00 EUR]", "spam of nobody false: 1 orders, [100.00 EUR]",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, test := range []struct {
		rule   discount.Rule
		fields []string
	}{
		{discount.Rule{Match: discount.Contains, Pattern: "P"}, []string{"rule.pattern"}}, // finds nearly all codes
		{discount.Rule{Match: "regexp", Pattern: ""}, []string{"rule.match", "rule.pattern"}},
	} {
		_, err := x.BackTest(t.Context(), crm.InfluencerID{}, test.rule, stream(orders, nil))
		var fields []string
		for _, e := range crm.FieldErrors(err) {
			fields = append(fields, e.Field)
		}
		if diff := cmp.Diff(test.fields, fields); diff != "" || !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("%v: %v, fields (-want +got):\n%s", test.rule, err, diff)
		}
	}
}

// An order or a refund that comes twice, as in two exports that overlap, moves once and is found once.
func TestWhatComesTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{Currency: "EUR"}, "A 06-01..06-30 =PAM10", "B draft 06-01..06-30 =PAM10")
	one, back := numbered("1", order("06-10T12:00 PAM10")), refund("r1", "1", "30.00")
	export := []attribution.Order{one, back, one, back}
	i := must(x.Impact(t.Context(), must(x.With(deal("A draft 06-01..06-30 =PAM10"), deal("B 06-01..06-30 =PAM10"))), stream(export, nil)))
	if diff := cmp.Diff([]string{"A → B 1 orders, 1 refunds, [70.00 EUR] of [1]"}, movesSaid(i)); diff != "" || i.Orders != 4 || i.Failed != 2 {
		t.Errorf("%d orders, %d failed (-want +got):\n%s", i.Orders, i.Failed, diff)
	}
	unnamed := numbered("", one)
	b := must(x.BackTest(t.Context(), crm.InfluencerID{15: 'A'}, discount.Rule{Match: discount.StartsWith, Pattern: "PAM"},
		stream(append(export, unnamed, unnamed), nil)))
	if b.Orders != 4 || b.Failed != 1 || b.Found != 3 || len(b.Codes) != 1 || fmt.Sprint(b.Codes[0].Amounts) != "[300.00 EUR]" {
		t.Errorf("found %+v", b)
	}
}

// What would happen to last month's orders if Pam's rule were wider.
func ExampleIndex_Impact() {
	x := indexOf(crm.Workspace{Currency: "EUR"}, []string{"P 06-01..06-30 =PAM10", "E 06-01..06-30 *PAMELA"})
	orders := []attribution.Order{numbered("1001", order("06-10T12:00 PAMELA10")), numbered("1002", order("06-10T12:00 PAM10"))}
	after, err := x.With(deal("P 06-01..06-30 ^PAM"))
	if err != nil {
		panic(err)
	}
	impact, err := x.Impact(context.Background(), after, stream(orders, nil))
	if err != nil {
		panic(err)
	}
	for _, m := range impact.Moves {
		fmt.Printf("%s from %s to %s: %v\n", m.Amounts, x.Name(crm.RefTo(m.From)), after.Name(crm.RefTo(m.To)), m.Examples)
	}
	// Output:
	// [100.00 EUR] from E to P: [1001]
}
