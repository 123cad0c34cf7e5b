package attribution

import (
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
)

// ratioDigits is to how many decimals ratios are rounded, half away from zero.
const ratioDigits = 4

// Net is what the line brought in a currency, less refunds.
func (l Line) Net(c budget.Currency) budget.Money {
	return budget.FromMinor(in(l.Revenue, c)+in(l.Refunded, c), c)
}

// RevenuePerCost is the net revenue for one unit of cost, both in one currency: the return on ad spend. ok is false if
// nothing was spent in it.
func (l Line) RevenuePerCost(c budget.Currency) (ratio decimal.Decimal, ok bool) {
	return ratioOf(l.Net(c).Minor(), in(l.Costs, c))
}

// CostPerOrder is what an order that was not cancelled has cost, rounded half away from zero. ok is false if there is none,
// and if nothing was spent in the currency.
func (l Line) CostPerOrder(c budget.Currency) (cost budget.Money, ok bool) {
	orders, spent := l.Orders-l.Cancelled, in(l.Costs, c)
	if orders == 0 || spent == 0 {
		return budget.Money{}, false
	}
	each := decimal.New(spent, 0).DivRound(decimal.New(int64(orders), 0), 0)
	return budget.FromMinor(each.IntPart(), c), true
}

// TargetReached is the share of a campaign's revenue target that its net revenue in the target's currency is: 0.25 for a
// quarter, below zero if more went back than came. ok is false without a target, and for one of zero.
func (l Line) TargetReached() (share decimal.Decimal, ok bool) {
	if !l.Target.IsSet() {
		return decimal.Decimal{}, false
	}
	return ratioOf(l.Net(l.Target.Currency()).Minor(), l.Target.Minor())
}

// Due is where a campaign's revenue should be by the end of a day if its target came evenly over its days; see budget.UpTo.
// It is not set without a target or without days.
func (l Line) Due(day budget.Date) budget.Money { return budget.UpTo(l.Target, l.Period, day) }

func ratioOf(part, whole int64) (ratio decimal.Decimal, ok bool) {
	if whole == 0 {
		return decimal.Decimal{}, false
	}
	return decimal.New(part, 0).DivRound(decimal.New(whole, 0), ratioDigits), true
}
