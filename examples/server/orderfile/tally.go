package orderfile

import (
	"context"
	"iter"
	"slices"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
)

// MaxListed is how many groups of misses and of doubts, and how many failures, an answer lists.
const MaxListed = 1_000

// Results are what the orders of a request came to.
type Results struct {
	Orders      int `json:"orders"`  // that were decided, without refunds
	Refunds     int `json:"refunds"` // that were decided
	ByCode      int `json:"by_code"`
	ByUTM       int `json:"by_utm"`
	Nobody      int `json:"nobody"`       // orders that are credited to nobody
	Cancelled   int `json:"cancelled"`    // of those that are credited to nobody
	Unexplained int `json:"unexplained"`  // of those that are credited to nobody, without the cancelled ones
	Ambiguous   int `json:"ambiguous"`    // orders that could as well be credited to another cooperation
	LostRefunds int `json:"lost_refunds"` // refunds of orders that nobody earned, or that are not there
	Failed      int `json:"failed"`       // orders and refunds that could not be read or decided
	// Misses say what the orders lack that are credited to nobody, those with most money first.
	Misses     []Miss `json:"misses"`
	MoreMisses int    `json:"more_misses,omitzero"` // that are not listed
	// OtherMisses are orders of further explanations, beyond attribution.MaxMisses.
	OtherMisses Others `json:"other_misses,omitzero"`
	// Doubts say whom orders that a visit credited may have been meant for, such as by a mistyped code.
	Doubts     []Miss `json:"doubts"`
	MoreDoubts int    `json:"more_doubts,omitzero"` // that are not listed
	// OtherDoubts are to Doubts what OtherMisses are to Misses.
	OtherDoubts Others `json:"other_doubts,omitzero"`
	// Totals are those of the axes that were asked for.
	Totals []AxisTotals `json:"totals"`
}

// AxisTotals are what the orders came to by one axis. Lines without an order or refund are left out.
type AxisTotals struct {
	Axis  attribution.Axis   `json:"axis"`
	Lines []attribution.Line `json:"lines"`
}

// Miss is a group of orders with one explanation.
type Miss struct {
	Finding Finding        `json:"finding"` // of the first one; its fixes mend the whole group
	Orders  int            `json:"orders"`
	Amounts []budget.Money `json:"amounts"` // of the orders, by currency
}

// Others are orders that are counted together.
type Others struct {
	Orders  int            `json:"orders"`
	Amounts []budget.Money `json:"amounts"` // by currency
}

// Finding is an explanation with its sentence.
type Finding struct {
	attribution.Finding
	Text string `json:"text"` // in the language of the request, without the fixes
}

// Findings says explanations in a language.
func Findings(all []attribution.Finding, lang language.Tag) []Finding {
	said := make([]Finding, len(all))
	for n, f := range all {
		said[n] = Finding{f, f.Text().In(lang)}
	}
	return said
}

// Tally adds up what orders come to.
type Tally struct {
	Results
	index          *attribution.Index
	totals         *attribution.Totals // nil if nobody asked for them
	axes           []attribution.Axis
	misses, doubts attribution.Misses
}

// NewTally makes a tally with the axes by which orders are added up.
func NewTally(x *attribution.Index, axes []attribution.Axis, rates budget.Rates) (*Tally, error) {
	t := &Tally{index: x, axes: axes}
	for _, axis := range axes {
		if !slices.Contains(attribution.Axes(), axis) {
			return nil, noAxis(string(axis))
		}
	}
	if len(axes) == 0 {
		return t, nil
	}
	var err error
	t.totals, err = attribution.NewTotals(x, rates)
	return t, err
}

// Decide decides orders, as Index.DecideAll does, to be added.
func (t *Tally) Decide(ctx context.Context, all Orders) iter.Seq2[attribution.Decided, error] {
	return t.index.DecideAll(ctx, all.Each())
}

// Add adds an order. If it cannot be added, nothing of it is.
func (t *Tally) Add(ctx context.Context, d attribution.Decided) error {
	var found []attribution.Finding
	var err error
	group := &t.misses
	switch {
	case d.Decision.By == attribution.ByUTM && d.Order.RefundOf == "":
		group = &t.doubts
		found, err = t.index.Doubts(ctx, d.Order)
	case d.Decision.Cooperation.IsZero():
		found, err = t.index.Diagnose(ctx, d.Order)
	}
	if err == nil {
		_, err = group.Add(d.Order, found)
	}
	if err == nil && t.totals != nil {
		err = t.totals.Add(d.Order, d.Decision)
	}
	if err == nil {
		t.count(d, len(found) > 0)
	}
	return err
}

func (t *Tally) count(d attribution.Decided, explained bool) {
	nobody := d.Decision.Cooperation.IsZero()
	if d.Order.RefundOf != "" {
		t.Refunds++
		if nobody {
			t.LostRefunds++
		}
		return
	}
	t.Orders++
	if d.Decision.Ambiguous {
		t.Ambiguous++
	}
	switch d.Decision.By {
	case attribution.ByCode:
		t.ByCode++
	case attribution.ByUTM:
		t.ByUTM++
	default:
		t.Nobody++
		if d.Order.Cancelled {
			t.Cancelled++
		} else if !explained {
			t.Unexplained++
		}
	}
}

// Result is all that was added.
func (t *Tally) Result(lang language.Tag) Results {
	r := t.Results
	currency := t.index.Workspace().Currency
	r.Misses, r.MoreMisses = misses(t.misses.Groups(currency), lang)
	r.OtherMisses.Orders, r.OtherMisses.Amounts = t.misses.Rest()
	r.Doubts, r.MoreDoubts = misses(t.doubts.Groups(currency), lang)
	r.OtherDoubts.Orders, r.OtherDoubts.Amounts = t.doubts.Rest()
	r.Totals = []AxisTotals{}
	for _, axis := range t.axes {
		lines := slices.DeleteFunc(t.totals.Lines(axis), func(l attribution.Line) bool { return l.Orders+l.Refunds == 0 })
		r.Totals = append(r.Totals, AxisTotals{axis, lines})
	}
	return r
}

func misses(groups []attribution.Miss, lang language.Tag) (listed []Miss, more int) {
	if len(groups) > MaxListed {
		groups, more = groups[:MaxListed], len(groups)-MaxListed
	}
	listed = make([]Miss, len(groups))
	for n, m := range groups {
		listed[n] = Miss{Finding{m.Finding, m.Finding.Text().In(lang)}, m.Orders, m.Amounts}
	}
	return listed, more
}
