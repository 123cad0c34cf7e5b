package attribution

import "context"

// Doubts says what else may have been meant by an order that a visit credited: a code of it that belongs to another
// influencer but for a slip, or that did belong to one on other days. As in Diagnose, each finding has the smallest changes
// after which the code counts, which then is more than the visit. An order that a code credited, or nobody, has no doubts. The
// end of ctx is an error, if there is that much to look at.
func (x *Index) Doubts(ctx context.Context, o Order) ([]Finding, error) {
	var d Decision
	winner, err := x.decide(ctx, &o, &d)
	if err != nil || winner == nil || d.By != ByUTM {
		return nil, err
	}
	g := diagnosis{ctx: ctx, index: x, order: &o}
	g.findings.keep = func(f *Finding) bool { return f.By == ByCode && f.Influencer != winner.Influencer }
	if !g.excluded() || !g.mistyped(d.Unknown) {
		return nil, ctx.Err()
	}
	return g.findings.ranked(), nil
}
