package attribution

import "context"

// Doubts says what else may have been meant by an order that a visit credited: a code of it that belongs to another
// influencer but for a slip, or that did belong to one on other days. As in Diagnose, each finding has the smallest changes
// after which the code counts, which then is more than the visit. An order that a code credited, or nobody, has no doubts.
func (x *Index) Doubts(o Order) ([]Finding, error) {
	d, winner, err := x.decide(context.Background(), &o)
	if err != nil || winner == nil || d.By != ByUTM {
		return nil, err
	}
	g := newDiagnosis(x, &o)
	g.skip = func(f *Finding) bool { return f.By != ByCode || f.Influencer == winner.Influencer }
	g.excluded()
	g.mistyped(d.Unknown)
	return g.ranked(), nil
}
