package attribution_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
)

// stream yields orders, and an error at the end if there is one.
func stream(orders []attribution.Order, err error) iter.Seq2[attribution.Order, error] {
	return func(yield func(attribution.Order, error) bool) {
		for _, o := range orders {
			if !yield(o, nil) {
				return
			}
		}
		if err != nil {
			yield(attribution.Order{}, err)
		}
	}
}

// collect says each decision of a stream in one line.
func collect(decisions iter.Seq2[attribution.Decided, error]) (said []string) {
	for decided, err := range decisions {
		d := decided.Decision
		if decided.Order.ID != d.Order {
			said = append(said, fmt.Sprintf("%s comes with the order %s", d.Order, decided.Order.ID))
		}
		if err != nil {
			said = append(said, fmt.Sprintf("%s: %v", d.Order, err))
			continue
		}
		said = append(said, fmt.Sprintf("%s: %s, %s", d.Order, outcome(d), d.Credit))
	}
	return said
}

func numbered(id string, o attribution.Order) attribution.Order {
	o.ID = id
	return o
}

func refund(id, of, amount string) attribution.Order {
	o := numbered(id, order("06-20T12:00 EMMA10")) // its own code does not count
	o.RefundOf, o.Amount = of, must(budget.ParseMoney(amount, "EUR"))
	return o
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestRefundsFollowTheirOrders(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 =PAM10", "B 06-01..06-30 =EMMA10 utm:term=b")
	cancelled := numbered("4", order("06-10T12:00 PAM10"))
	cancelled.Cancelled = true
	got := collect(x.DecideAll(t.Context(), stream([]attribution.Order{
		refund("r0", "1", "5.00"), // before its order
		numbered("1", order("06-10T12:00 PAM10")),
		refund("r1", "1", "20.00"),
		numbered("2", order("06-10T12:00 @06-09T12:00 term=b")),
		refund("r2", "2", "100.00"),
		numbered("3", order("06-10T12:00 SALE")),
		refund("r3", "3", "100.00"), // of an order that nobody earned
		cancelled,
		refund("r4", "4", "100.00"),
		refund("r9", "9", "1.00"), // of an order that never comes
		numbered("5", order("- PAM10")),
	}, errors.New("the file ends in a line"))))
	want := []string{
		"1: A code, 100.00 EUR", "r0: A code, -5.00 EUR", "r1: A code, -20.00 EUR",
		"2: B utm, 100.00 EUR", "r2: B utm, -100.00 EUR",
		"3: nobody, ", "r3: nobody, ",
		"4: A code, 0.00 EUR", "r4: A code, 0.00 EUR",
		"5: at \"\": an order without a time cannot be judged on its day; give the time at which it was placed",
		": the file ends in a line",
		"r9: nobody, ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"r9: nobody, "}, collect(x.DecideAll(t.Context(), stream([]attribution.Order{refund("r9", "9", "1.00")}, nil)))); diff != "" {
		t.Errorf("a refund alone (-want +got):\n%s", diff)
	}
}

// An order is credited once, however often it comes, and what is wrong with an amount is told.
func TestDecideAllRefuses(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 =PAM10")
	below := numbered("2", order("06-10T12:00 PAM10"))
	below.Amount = budget.FromMinor(-1, "EUR")
	without := refund("r1", "1", "5.00")
	without.Amount = budget.Money{}
	got := collect(x.DecideAll(t.Context(), stream([]attribution.Order{
		numbered("1", order("06-10T12:00 PAM10")), numbered("1", order("06-10T12:00 PAM10")), below, without, refund("r2", "1", "-5.00"),
	}, nil)))
	want := []string{
		"1: A code, 100.00 EUR",
		`1: id "1": an order with this id came before; it is credited once`,
		`2: amount "-0.01": is below zero; write what goes back as a refund of the order, with an amount above zero`,
		`r1: amount "": a refund needs the amount that goes back`,
		`r2: amount "-5.00": is below zero; write what goes back as a refund of the order, with an amount above zero`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A stream remembers as many of the last orders as it is told to, and at most twice as many.
func TestDecideAllForgets(t *testing.T) {
	t.Parallel()
	s := snapshot(crm.Workspace{}, []string{"A 06-01..06-30 =PAM10"})
	x := must(attribution.NewIndex(s, &attribution.Options{Remember: 4}))
	buy := func(id string) attribution.Order { return numbered(id, order("06-10T12:00 PAM10")) }
	got := collect(x.DecideAll(t.Context(), stream([]attribution.Order{
		refund("r0", "1", "5.00"), buy("1"), refund("r9", "9", "5.00"), buy("2"), refund("r1", "1", "5.00"),
		buy("3"), buy("4"), buy("3"), buy("5"), refund("r3", "3", "5.00"), buy("6"), refund("r2", "2", "5.00"), buy("2"),
	}, nil)))
	want := []string{
		"1: A code, 100.00 EUR", "r0: A code, -5.00 EUR", "2: A code, 100.00 EUR", "r1: A code, -5.00 EUR",
		"3: A code, 100.00 EUR", "4: A code, 100.00 EUR",
		`3: id "3": an order with this id came before; it is credited once`,
		"r9: nobody, ", // it has waited long enough
		"5: A code, 100.00 EUR", "r3: A code, -5.00 EUR", "6: A code, 100.00 EUR",
		"2: A code, 100.00 EUR", "r2: A code, -5.00 EUR", // the first one is forgotten
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What a stream forgets changes nothing as long as refunds and repeated orders are no further from their orders than it
// remembers.
func TestForgettingChangesNothingNearby(t *testing.T) {
	t.Parallel()
	s := snapshot(crm.Workspace{}, []string{"A 06-01..06-30 =PAM10", "B 06-01..06-30 =EMMA10 utm:term=b"})
	rapid.Check(t, func(t *rapid.T) {
		const distance = 8
		var orders []attribution.Order
		for n := range rapid.IntRange(0, 80).Draw(t, "orders") {
			of := fmt.Sprint(max(0, n-rapid.IntRange(-distance/2, distance/2).Draw(t, "distance")))
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				orders = append(orders, refund(rapid.SampledFrom([]string{"r1", "r2"}).Draw(t, "refund"), of, "5.00"))
			default:
				text := rapid.SampledFrom([]string{"06-10T12:00 PAM10", "06-10T12:00 EMMA10", "06-10T12:00 SALE"}).Draw(t, "order")
				orders = append(orders, numbered(of, order(text)))
			}
		}
		all := func(remember int) (said []string) {
			x := must(attribution.NewIndex(s, &attribution.Options{Remember: remember}))
			said = collect(x.DecideAll(context.Background(), stream(orders, nil)))
			slices.Sort(said) // refunds of orders that never come wait less
			return said
		}
		if diff := cmp.Diff(all(0), all(2*distance)); diff != "" {
			t.Fatalf("(-all +last ones):\n%s", diff)
		}
	})
}

// Two exports that overlap count each order and each refund once, whichever of a refund and its order comes first. What has no
// id, or the id of something else, is not taken for it.
func TestOverlappingExportsCountOnce(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{Currency: "EUR"}, "A 06-01..06-30 =PAM10")
	one, two := numbered("1", order("06-10T12:00 PAM10")), numbered("2", order("06-10T12:00 PAM10"))
	const orderTwice = `1: id "1": an order with this id came before; it is credited once`
	const refundTwice = `r1: id "r1": a refund with this id of the same order came before; it is taken back once`
	for _, test := range []struct {
		name   string
		orders []attribution.Order
		want   []string
		net    string
	}{
		{"two exports", []attribution.Order{one, refund("r1", "1", "100.00"), one, refund("r1", "1", "100.00")},
			[]string{"1: A code, 100.00 EUR", "r1: A code, -100.00 EUR", orderTwice, refundTwice}, "0.00 EUR"},
		{"refunds before their order", []attribution.Order{refund("r1", "1", "30.00"), refund("r1", "1", "30.00"), one,
			one, refund("r1", "1", "30.00")},
			[]string{refundTwice, "1: A code, 100.00 EUR", "r1: A code, -30.00 EUR", orderTwice, refundTwice}, "70.00 EUR"},
		{"without an order", []attribution.Order{refund("r1", "9", "30.00"), refund("r1", "9", "30.00")},
			[]string{refundTwice, "r1: nobody, "}, ""},
		{"two refunds of one order", []attribution.Order{one, refund("r1", "1", "30.00"), refund("r2", "1", "30.00")},
			[]string{"1: A code, 100.00 EUR", "r1: A code, -30.00 EUR", "r2: A code, -30.00 EUR"}, "40.00 EUR"},
		{"numbered from 1 in each order", []attribution.Order{one, refund("1", "1", "30.00"), two,
			refund("1", "2", "30.00"), refund("2", "1", "30.00")},
			[]string{"1: A code, 100.00 EUR", "1: A code, -30.00 EUR", "2: A code, 100.00 EUR", "1: A code, -30.00 EUR",
				"2: A code, -30.00 EUR"}, "110.00 EUR"},
		{"without ids", []attribution.Order{one, refund("", "1", "30.00"), refund("", "1", "30.00")},
			[]string{"1: A code, 100.00 EUR", ": A code, -30.00 EUR", ": A code, -30.00 EUR"}, "40.00 EUR"},
		{"a refund that is mended", []attribution.Order{one, refund("r1", "1", "-30.00"), refund("r1", "1", "30.00")}, []string{
			"1: A code, 100.00 EUR",
			`r1: amount "-30.00": is below zero; write what goes back as a refund of the order, with an amount above zero`,
			"r1: A code, -30.00 EUR",
		}, "70.00 EUR"},
	} {
		totals := must(attribution.NewTotals(x, nil))
		got := collect(func(yield func(attribution.Decided, error) bool) {
			for d, err := range x.DecideAll(t.Context(), stream(test.orders, nil)) {
				if err == nil {
					err = totals.Add(d.Order, d.Decision)
				} else if !strings.Contains(err.Error(), "below zero") && !errors.Is(err, crm.ErrAlreadyExists) {
					t.Errorf("%s: %v", test.name, err)
				}
				if !yield(d, err) {
					return
				}
			}
		})
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		net := ""
		for _, l := range totals.Lines(attribution.ByCooperation) {
			net += l.Net("EUR").String()
		}
		if net != test.net {
			t.Errorf("%s: net %s, want %s", test.name, net, test.net)
		}
	}
}

// Who stops listening, or panics, is not waited for, and what a source panics with reaches the consumer.
func TestDecideAllPassesAPanicOn(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, manyDeals...)
	defer func() {
		if got := recover(); got != "the source is broken" {
			t.Errorf("recovered %v", got)
		}
	}()
	for range x.DecideAll(t.Context(), func(yield func(attribution.Order, error) bool) {
		yield(order(manyOrders[0]), nil)
		panic("the source is broken")
	}) {
		continue
	}
}

// Visits beyond the latest hundred, and codes beyond the first hundred, do not count.
func TestDecideIsBounded(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 utm:term=a =PAM10", "B 06-01..06-30 utm:term=b")
	o := order("06-10T12:00 @06-09T12:00 term=b")
	for n := range attribution.MaxVisits {
		o.Touchpoints = append(o.Touchpoints,
			attribution.Touchpoint{At: o.Touchpoints[0].At.Add(time.Duration(n+1) * time.Second),
				UTM: params("term=a")})
	}
	if got := outcome(must(x.Decide(o))); got != "A utm" {
		t.Errorf("a hundred visits: %s", got)
	}
	o.Touchpoints = o.Touchpoints[:attribution.MaxVisits]
	if got := outcome(must(x.Decide(o))); got != "A utm; B earlier_visit" {
		t.Errorf("one visit less: %s", got)
	}
	o = order("06-10T12:00" + strings.Repeat(" SALE", attribution.MaxCodes) + " PAM10")
	if got := outcome(must(x.Decide(o))); got != "nobody" {
		t.Errorf("a hundred codes before: %s", got)
	}
}

// A stream is decided as one order after the other is, in the same order, on any number of cores.
func TestDecideAllIsDecide(t *testing.T) {
	x := index(t, crm.Workspace{TailDays: 3}, manyDeals...)
	var orders []attribution.Order
	var want []string
	for n := range 2_000 {
		if n%5 == 4 { // of any order before
			of := orders[n*7%n]
			for of.RefundOf != "" {
				of = orders[n-1]
			}
			back := refund(fmt.Sprint(n), of.ID, "5.00")
			orders, want = append(orders, back), append(want, refundOf(must(x.Decide(of)), of, back))
			continue
		}
		o := numbered(fmt.Sprint(n), order(manyOrders[n%len(manyOrders)]))
		o.Cancelled = n%11 == 0
		orders = append(orders, o)
		want = append(want, fmt.Sprintf("%s: %s, %s", o.ID, outcome(must(x.Decide(o))), must(x.Decide(o)).Credit))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, cores := range []int{1, 2, 5} {
		runtime.GOMAXPROCS(cores)
		if diff := cmp.Diff(want, collect(x.DecideAll(t.Context(), stream(orders, nil)))); diff != "" {
			t.Errorf("%d cores (-want +got):\n%s", cores, diff)
		}
	}
}

// refundOf is what is said of a refund whose order was decided so.
func refundOf(d attribution.Decision, of, back attribution.Order) string {
	switch {
	case d.Cooperation.IsZero():
		return back.ID + ": nobody, "
	case of.Cancelled:
		return fmt.Sprintf("%s: %s %s, 0.00 EUR", back.ID, name(d.Cooperation), d.By)
	}
	return fmt.Sprintf("%s: %s %s, -%s", back.ID, name(d.Cooperation), d.By, back.Amount)
}

var manyDeals = []string{
	"A 06-01..06-30 =PAM10 utm:term=a", "B 06-05..06-30 ^PAM utm:campaign=s&term=b", "C draft 06-01..06-30 =EMMA10",
	"D 06-01..06-30 *AM", "E 05-01..05-31 =PAM10", "F 06-01.. inherited =PAM10 last_touch", "G cancelled 06-01..06-30 utm:term=g",
}

var manyOrders = []string{
	"06-10T12:00 PAM10", "06-10T12:00 EMMA10 PAM20", "05-10T12:00 PAM10", "06-10T12:00 @06-09T12:00 term=b&campaign=s @06-09T13:00 term=a",
	"06-10T12:00 SALE @06-09T12:00 term=g", "07-02T12:00 pam10", "07-09T12:00 ham",
}

// Who stops listening is not waited for.
func TestDecideAllStops(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, manyDeals...)
	endless := func(yield func(attribution.Order, error) bool) {
		for yield(order(manyOrders[0]), nil) {
		}
	}
	for range x.DecideAll(t.Context(), endless) {
		break
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, err := range x.DecideAll(ctx, endless) {
		if n++; n == 1_000 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("the last error is %v", last)
	}
}

// Whom an order is credited to does not follow from the order in which cooperations, or touchpoints of different times,
// were given.
func TestDecideIsIndependentOfTheOrderOfItsInput(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := order(rapid.SampledFrom(manyOrders).Draw(t, "order"))
		shuffled := rapid.Permutation(manyDeals).Draw(t, "deals")
		other := o
		other.Touchpoints = rapid.Permutation(o.Touchpoints).Draw(t, "touchpoints")
		want, got := must(indexOf(crm.Workspace{}, manyDeals).Decide(o)), must(indexOf(crm.Workspace{}, shuffled).Decide(other))
		if outcome(want) != outcome(got) {
			t.Fatalf("%q and %q", outcome(want), outcome(got))
		}
	})
}

// A code also counts as the last visit where its cooperation has that set.
func TestLastTouch(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 =PAM10 last_touch utm:term=a", "B 06-01..06-30 =EMMA10")
	for text, want := range map[string]*attribution.LastTouch{
		"06-10T12:00 PAM10":                 {Campaign: "Summer", Influencer: "Person A", Platform: "TikTok"},
		"06-10T12:00 EMMA10":                nil,
		"06-10T12:00 @06-09T12:00 term=a":   nil,
		"07-10T12:00 PAM10":                 nil,
		"06-10T12:00 emma10 PAM10 EMMA10 x": nil,
	} {
		if diff := cmp.Diff(want, must(x.Decide(order(text))).LastTouch); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// What a decision lists is bounded, the winner is not.
func TestCandidatesAreBounded(t *testing.T) {
	t.Parallel()
	var deals []string
	for range 2 * attribution.MaxCandidates {
		deals = append(deals, "X draft 06-01..06-30 =PAM10")
	}
	d := must(index(t, crm.Workspace{}, append(deals, "Y 06-01..06-30 =PAM10")...).Decide(order("06-10T12:00 PAM10 SALE")))
	if d.Cooperation[15] != 'Y' || len(d.Candidates) != attribution.MaxCandidates || d.More != attribution.MaxCandidates+1 {
		t.Errorf("%s, %d candidates, %d more", outcome(d), len(d.Candidates), d.More)
	}
	if diff := cmp.Diff([]string{"SALE"}, slices.Clone(d.Unknown)); diff != "" {
		t.Errorf("unknown codes (-want +got):\n%s", diff)
	}
}
