package api

import (
	"context"
	"slices"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
)

// maxListed is how many groups of misses and of doubts, and how many failures, an answer lists.
const maxListed = 1_000

// results are what the orders of a request came to.
type results struct {
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
	Misses     []miss `json:"misses"`
	MoreMisses int    `json:"more_misses,omitzero"` // that are not listed
	// Doubts say whom orders that a visit credited may have been meant for, such as by a mistyped code.
	Doubts     []miss `json:"doubts"`
	MoreDoubts int    `json:"more_doubts,omitzero"` // that are not listed
	// Totals are those of the axes that were asked for.
	Totals []axisTotals `json:"totals"`
}

// axisTotals are what the orders came to by one axis. Lines without an order or refund are left out.
type axisTotals struct {
	Axis  attribution.Axis   `json:"axis"`
	Lines []attribution.Line `json:"lines"`
}

// miss is a group of orders with one explanation.
type miss struct {
	Finding finding        `json:"finding"` // of the first one; its fixes mend the whole group
	Orders  int            `json:"orders"`
	Amounts []budget.Money `json:"amounts"` // of the orders, by currency
}

// finding is an explanation with its sentence.
type finding struct {
	attribution.Finding
	Text string `json:"text"` // in the language of the request, without the fixes
}

func findings(all []attribution.Finding, lang language.Tag) []finding {
	said := make([]finding, len(all))
	for n, f := range all {
		said[n] = finding{f, f.Text().In(lang)}
	}
	return said
}

// tally adds up what orders come to.
type tally struct {
	results
	index          *attribution.Index
	totals         *attribution.Totals // nil if nobody asked for them
	axes           []attribution.Axis
	misses, doubts attribution.Misses
}

func newTally(x *attribution.Index, axes []attribution.Axis, rates budget.Rates) (*tally, error) {
	t := &tally{index: x, axes: axes}
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

// add adds an order. If it cannot be added, nothing of it is.
func (t *tally) add(ctx context.Context, d attribution.Decided) error {
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

func (t *tally) count(d attribution.Decided, explained bool) {
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

// result is all that was added.
func (t *tally) result(lang language.Tag) results {
	r := t.results
	currency := t.index.Workspace().Currency
	r.Misses, r.MoreMisses = misses(t.misses.Groups(currency), lang)
	r.Doubts, r.MoreDoubts = misses(t.doubts.Groups(currency), lang)
	r.Totals = []axisTotals{}
	for _, axis := range t.axes {
		lines := slices.DeleteFunc(t.totals.Lines(axis), func(l attribution.Line) bool { return l.Orders+l.Refunds == 0 })
		r.Totals = append(r.Totals, axisTotals{axis, lines})
	}
	return r
}

func misses(groups []attribution.Miss, lang language.Tag) (listed []miss, more int) {
	if len(groups) > maxListed {
		groups, more = groups[:maxListed], len(groups)-maxListed
	}
	listed = make([]miss, len(groups))
	for n, m := range groups {
		listed[n] = miss{finding{m.Finding, m.Finding.Text().In(lang)}, m.Orders, m.Amounts}
	}
	return listed, more
}
