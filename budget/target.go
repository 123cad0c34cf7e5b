package budget

import "github.com/shopspring/decimal"

// CostShare returns the planned cost as a share of the revenue target, such as 0.125 for 1,000 of 8,000, rounded half away
// from zero to four decimals. All stages count. ok is false without a target, or with one of zero.
func (l Line) CostShare() (share decimal.Decimal, ok bool) {
	if l.Target.Sign() <= 0 {
		return decimal.Decimal{}, false
	}
	const digits = 4
	return decimal.New(l.TargetCost.minor, 0).DivRound(decimal.New(l.Target.minor, 0), digits), true
}

// setTarget gives the line of a campaign its target. What it costs is all of its cost.
func (l *Line) setTarget(target Money) {
	if target.IsSet() {
		l.Target, l.TargetCost = target, l.Allocated()
	}
}

// addTarget adds the target of a campaign's line to a total, with the cost of that campaign: what others cost
// earns something else.
func (l *Line) addTarget(campaign Line) {
	if campaign.Target.IsSet() {
		l.Target = FromMinor(l.Target.minor+campaign.Target.minor, campaign.Target.currency)
		l.TargetCost = FromMinor(l.TargetCost.minor+campaign.TargetCost.minor, campaign.Target.currency)
	}
}
