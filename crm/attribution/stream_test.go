package attribution_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"testing"

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

// A stream is decided as one order after the other is, in the same order, on any number of cores.
func TestDecideAllIsDecide(t *testing.T) {
	x := index(t, crm.Workspace{TailDays: 3}, manyDeals...)
	var orders []attribution.Order
	var want []string
	for n := range 2_000 {
		o := numbered(fmt.Sprint(n), order(manyOrders[n%len(manyOrders)]))
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
