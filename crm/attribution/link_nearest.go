package attribution

import (
	"context"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/utm"
)

// UTMValue is a finding about a link that has another value in one field of a UTM set, which no slip explains. Only
// links are explained by it: an order may have come through a link of somebody who is not in the CRM.
const UTMValue FindingKind = "utm_value"

// nearest explains a visit that nobody is credited with, as Diagnose does, and by UTM sets that have another value in
// one field.
func (x *Index) nearest(ctx context.Context, o Order) ([]Finding, error) {
	explained, err := x.Diagnose(ctx, o)
	if err != nil {
		return nil, err
	}
	g := diagnosis{ctx: ctx, index: x, order: &o}
	for _, f := range explained {
		g.findings.add(f)
	}
	touch, day := o.Touchpoints[0].UTM, x.day(o.At)
	for l := range x.layers() {
		for d := range x.members(l, &l.bySet, l.others().find(touch)) {
			fixes := x.linkFixes(d, touch)
			if len(fixes) == 1 && !g.add(d, Finding{Kind: UTMValue, By: ByUTM, Fixes: append(fixes, x.revive(d, day)...)}) {
				return nil, ctx.Err()
			}
		}
	}
	return append([]Finding{}, g.findings.ranked()...), nil
}

// otherValues finds sets by all of their fields but one. It is made when the first link is to be explained.
type otherValues struct {
	without [utm.NumFields]*utm.Index // of the sets, each without the field
}

func (l *layer) makeOtherValues() *otherValues {
	o := &otherValues{}
	for _, f := range utm.Fields() {
		sets := make([]utm.Params, len(l.bySet.ends))
		for group := range sets {
			if set := l.set(group); set.Get(f).String() != "" {
				sets[group] = set.With(f, utm.Value{})
			}
		}
		o.without[f] = utm.NewIndex(sets, l.strict)
	}
	return o
}

// find returns the groups of sets that have all fields of a visit but one. The others have to tell whose the visit is:
// where more than MaxFindings sets have them, such as those of a campaign with a term for each influencer, they do not.
func (o *otherValues) find(touch utm.Params) []int {
	found := map[int]bool{}
	for _, f := range utm.Fields() {
		groups, more := o.without[f].AppendMatches(nil, touch, MaxFindings)
		if more {
			continue
		}
		for _, group := range groups {
			found[group] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}
