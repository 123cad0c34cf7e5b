package attribution

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// maxHeldFindings bounds the findings that are held at once, of which there may be one for each cooperation of a workspace.
const maxHeldFindings = 4 * MaxFindings

// findings are the best explanations of an order so far. Of one cooperation and one code or visit the best one counts.
type findings struct {
	keep func(*Finding) bool // whether one counts at all; nil for all
	held []Finding
	full bool // the first MaxFindings are the best so far, in order; what is worse need not be held
}

func (f *findings) add(found Finding) {
	if f.keep != nil && !f.keep(&found) || f.full && compareFindings(&found, &f.held[MaxFindings-1]) > 0 {
		return
	}
	if f.held = append(f.held, found); len(f.held) >= maxHeldFindings {
		f.held = f.ranked()
		f.full = len(f.held) == MaxFindings
	}
}

// ranked are the findings that are listed, the best first.
func (f *findings) ranked() []Finding {
	slices.SortStableFunc(f.held, func(a, b Finding) int { return compareFindings(&a, &b) })
	type explained struct {
		cooperation crm.CooperationID
		code        string
		visit       int
	}
	seen := make(map[explained]bool, len(f.held))
	f.held = slices.DeleteFunc(f.held, func(found Finding) bool {
		key := explained{found.Cooperation, discount.Normalize(found.Code), found.Touchpoint}
		again := seen[key]
		seen[key] = true
		return again
	})
	return f.held[:min(len(f.held), MaxFindings)]
}

// kindOrder is the order of findings that need as many changes: what is likelier, and easier to mend, first.
var kindOrder = func() map[FindingKind]int {
	order := map[FindingKind]int{}
	for n, kinds := range [][]FindingKind{
		{FindingKind(TooLate), FindingKind(TooEarly)}, {FindingKind(NotSigned)}, {OtherSource},
		{FindingKind(discount.LookAlike)}, {FindingKind(discount.Letter)},
		{FindingKind(discount.Swapped)}, {FindingKind(discount.Separator)}, {FindingKind(discount.Accent)}, {FindingKind(discount.Added)},
		{UTMCase}, {UTMField}, {FindingKind(NoDates)}, {IgnoredCode}, {FindingKind(Cancelled)}, {FindingKind(Archived)},
		{UTMValue},
	} {
		for _, kind := range kinds {
			order[kind] = n
		}
	}
	return order
}()

// compareFindings orders findings, the best first: one order for all, so that it does not matter which is found first.
func compareFindings(a, b *Finding) int {
	order := cmp.Or(
		cmp.Compare(len(a.Fixes), len(b.Fixes)), cmp.Compare(kindOrder[a.Kind], kindOrder[b.Kind]), cmp.Compare(a.Days, b.Days),
		bytes.Compare(a.Cooperation[:], b.Cooperation[:]), cmp.Compare(a.Touchpoint, b.Touchpoint), cmp.Compare(a.Code, b.Code),
	)
	if order == 0 {
		order = cmp.Compare(a.Rule.String(), b.Rule.String())
	}
	return order
}
