package attribution

import "github.com/getklar/influencercrm/crm"

// OtherSource is a finding about a cooperation that earns the order and is kept in the workspace's other data source, which
// does not count; see Options.Other. Its fix takes the cooperation to the one that counts.
const OtherSource FindingKind = "other_source"

// inOtherSource explains an order that a cooperation of the other data source earns.
func (g *diagnosis) inOtherSource() error {
	other := g.index.options.Other
	if other == nil {
		return nil
	}
	var d Decision
	winner, err := other.decide(g.ctx, g.order, &d)
	if err != nil || winner == nil || g.index.deal(winner.ID) != nil {
		return err
	}
	c := d.Candidates[0]
	from, to := crm.SheetSource, crm.CRMSource
	if g.index.workspace.Sources.Active() == crm.SheetSource {
		from, to = to, from
	}
	g.findings.add(Finding{
		Kind: OtherSource, Cooperation: winner.ID, Influencer: winner.Influencer, By: c.By, Code: c.Code, Rule: c.Rule,
		Touchpoint: c.Touchpoint, Fixes: []Fix{{winner.Ref(), "source", string(from), string(to)}},
	})
	return nil
}
