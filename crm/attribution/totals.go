package attribution

import (
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/discount"
)

// Axis is what totals are broken down by.
type Axis string

// The axes. A month is that of the order, or of the refund, in the workspace's time zone; a code is that of the order in its
// normal form, so codes of one use make a line each, up to MaxCodeLines, and orders that a visit credited have none.
const (
	ByCooperation  Axis = "cooperation"
	ByCampaign     Axis = "campaign"
	ByInfluencer   Axis = "influencer"
	ByPlatform     Axis = "platform"
	ByMonth        Axis = "month"
	ByDiscountCode Axis = "code"
)

// Axes are all axes.
func Axes() []Axis {
	return []Axis{ByCooperation, ByCampaign, ByInfluencer, ByPlatform, ByMonth, ByDiscountCode}
}

// MaxCodeLines is how many codes have a line of their own, those that came first. Other codes have one together, whose
// key is "", so that totals take no more memory for a stream of any length in which each customer has a code of his
// own. A code keeps its line when all of it is taken back.
const MaxCodeLines = 100_000

// Line is what the orders of one cooperation, campaign and so on came to.
type Line struct {
	Key       string `json:"key"`  // an id, a platform, a month such as "2026-06", or a code; "" for codes beyond MaxCodeLines
	Name      string `json:"name"` // what people call it
	Orders    int    `json:"orders"`
	Cancelled int    `json:"cancelled"` // of the orders
	Refunds   int    `json:"refunds"`
	// Revenue is what orders brought, without refunds, and Refunded what went back, below zero; each by currency, and exact.
	Revenue  []budget.Money `json:"revenue"`
	Refunded []budget.Money `json:"refunded"`
	// Costs are those of the cooperations that are signed, by currency, whether or not they earned an order; months and
	// codes have none, because a cost belongs to neither.
	Costs []budget.Money `json:"costs"`
	// Target is the revenue target of a campaign, if it has one, and Period its days.
	Target budget.Money  `json:"target,omitzero"`
	Period budget.Period `json:"period,omitzero"`
}

// Totals adds up decisions. What was added can be taken back. It is not safe for use by several goroutines.
type Totals struct {
	index *Index
	rates budget.Rates
	lines map[Axis]map[string]*Line
}

// NewTotals makes totals of decisions of an index. With rates, amounts are converted into the workspace's currency: those of
// orders and refunds on their day, costs as the planning report converts them, on the first day of the cooperation. Without a
// rate, and without rates, currencies are kept apart. The same question must have the same answer as long as the totals are
// in use.
func NewTotals(x *Index, rates budget.Rates) (*Totals, error) {
	t := &Totals{x, rates, map[Axis]map[string]*Line{}}
	for _, axis := range Axes() {
		t.lines[axis] = map[string]*Line{}
	}
	for d := range x.deals() {
		cost := d.Cost
		if d.Cancellation != nil {
			cost = d.Cancellation.Fee
		}
		if d.Status != crm.Signed || !cost.IsSet() {
			continue
		}
		cost, err := t.convert(cost, cmp.Or(d.Period.Start, d.Period.End))
		if err != nil {
			return nil, err
		}
		for axis, key := range t.keys(d) {
			line := t.line(axis, key)
			sum, err := addTo(line.Costs, cost)
			if err != nil {
				return nil, err
			}
			line.Costs = sum
		}
	}
	return t, nil
}

// Add adds the decision of an order, or of a refund. A sum that becomes too large is a crm.ErrInvalid, and nothing is added.
func (t *Totals) Add(o Order, d Decision) error { return t.count(o, d, 1) }

// Remove takes back what Add has added.
func (t *Totals) Remove(o Order, d Decision) error { return t.count(o, d, -1) }

func (t *Totals) count(o Order, d Decision, by int) error {
	deal := t.index.deal(d.Cooperation)
	if deal == nil {
		return nil
	}
	credit, err := t.convert(d.Credit, t.index.day(o.At))
	if err != nil {
		return err
	}
	if by < 0 && credit.IsSet() {
		if credit, err = credit.Neg(); err != nil {
			return err
		}
	}
	keys := t.keys(deal)
	month := t.index.day(o.At).Month().String()
	keys[ByMonth] = named{key: month, name: month}
	if d.Code != "" {
		code := discount.Normalize(d.Code)
		if lines := t.lines[ByDiscountCode]; lines[code] == nil && len(lines) >= MaxCodeLines {
			code = ""
		}
		keys[ByDiscountCode] = named{key: code, name: code}
	}
	// All sums are made before one is kept, so that an overflow leaves nothing half done.
	sums := map[*[]budget.Money][]budget.Money{}
	for axis, key := range keys {
		line := t.line(axis, key)
		list := &line.Revenue
		if d.RefundOf != "" {
			list = &line.Refunded
		}
		if credit.IsSet() {
			sum, err := addTo(*list, credit)
			if err != nil {
				return err
			}
			sums[list] = sum
		}
	}
	for list, sum := range sums {
		*list = sum
	}
	for axis, key := range keys {
		line := t.line(axis, key)
		switch {
		case d.RefundOf != "":
			line.Refunds += by
		case o.Cancelled:
			line.Cancelled += by
			line.Orders += by
		default:
			line.Orders += by
		}
	}
	return nil
}

// convert writes an amount in the workspace's currency, if there is a rate.
func (t *Totals) convert(m budget.Money, on budget.Date) (budget.Money, error) {
	if !m.IsSet() || t.rates == nil {
		return m, nil
	}
	in, ok, err := m.In(t.index.workspace.Currency, t.rates, on)
	switch {
	case err != nil:
		return m, invalidAmount(m, err)
	case !ok:
		return m, nil
	}
	return in, nil
}

// named is the key of a line with what people call it.
type named struct {
	key, name string
	target    budget.Money
	period    budget.Period
}

// keys are the lines that a cooperation belongs to.
func (t *Totals) keys(d *deal) map[Axis]named {
	keys := map[Axis]named{
		ByCooperation: {key: d.ID.String(), name: d.Name}, ByCampaign: {key: d.Campaign.String()}, ByInfluencer: {key: d.Influencer.String()},
	}
	if c := t.index.campaign(d.Campaign); c != nil {
		keys[ByCampaign] = named{c.ID.String(), c.Name, c.RevenueTarget, c.Period}
	}
	if i := t.index.person(d.Influencer); i != nil {
		keys[ByInfluencer] = named{key: i.ID.String(), name: i.Name}
	}
	platform := t.index.platform(d)
	keys[ByPlatform] = named{key: platform, name: account.PlatformName(platform)}
	return keys
}

func (t *Totals) line(axis Axis, of named) *Line {
	line := t.lines[axis][of.key]
	if line == nil {
		line = &Line{Key: of.key, Name: of.name, Target: of.target, Period: of.period, Revenue: []budget.Money{},
			Refunded: []budget.Money{}, Costs: []budget.Money{}}
		t.lines[axis][of.key] = line
	}
	return line
}

// Lines returns the lines of an axis that have an order, a refund or a cost, by name and key.
func (t *Totals) Lines(axis Axis) []Line {
	all := []Line{}
	for _, line := range t.lines[axis] {
		if line.Orders == 0 && line.Refunds == 0 && len(line.Costs) == 0 {
			continue
		}
		shown := *line
		shown.Revenue, shown.Refunded = withoutZeros(line.Revenue), withoutZeros(line.Refunded)
		all = append(all, shown)
	}
	slices.SortFunc(all, func(a, b Line) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key)) })
	return all
}

// withoutZeros leaves out the currencies of which nothing is left.
func withoutZeros(sums []budget.Money) []budget.Money {
	return slices.DeleteFunc(slices.Clone(sums), func(m budget.Money) bool { return m.Sign() == 0 })
}
