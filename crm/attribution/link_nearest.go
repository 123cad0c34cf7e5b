package attribution

import (
	"context"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/utm"
)

// UTMValue is a finding about a visit that has another value in one field of a UTM set, which no slip explains. Diagnose
// does not look for it: an order may have come through a link of somebody who is not in the CRM. Nearest does.
const UTMValue FindingKind = "utm_value"

// Nearest explains an order that nobody is credited with, as Diagnose does, and besides by the UTM sets that one of its
// visits has but for the value of one field. It is for somebody who asks about one order or link: of many orders it would
// explain those of people who are not in the CRM.
func (x *Index) Nearest(ctx context.Context, o Order) ([]Finding, error) {
	explained, err := x.Diagnose(ctx, o)
	if err != nil {
		return nil, err
	}
	g := diagnosis{ctx: ctx, index: x, order: &o}
	for _, f := range explained {
		g.findings.add(f)
	}
	decided, err := x.Decide(o)
	if err != nil || !decided.Cooperation.IsZero() || o.RefundOf != "" {
		return explained, err
	}
	for at, touch := range o.Touchpoints {
		if touch.At.After(o.At) {
			continue
		}
		day := x.day(o.At)
		if !touch.At.IsZero() {
			day = x.day(touch.At)
		}
		for l := range x.layers() {
			for d := range x.members(l, &l.bySet, l.others().find(touch.UTM)) {
				fixes := x.linkFixes(d, touch.UTM)
				f := Finding{Kind: UTMValue, By: ByUTM, Touchpoint: at, Fixes: append(fixes, x.revive(d, day)...)}
				if len(fixes) == 1 && !g.add(d, f) {
					return nil, ctx.Err()
				}
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
