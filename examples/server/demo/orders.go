package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// OrderOptions are the choices of made up orders.
type OrderOptions struct {
	Seed  uint64
	Days  budget.Period // the days on which they are placed
	Count int           // refunds not counted
}

// LastMonth are orders of the thirty days before a day.
func LastMonth(seed uint64, today budget.Date) OrderOptions {
	return OrderOptions{Seed: seed, Days: budget.Period{Start: today.AddDays(-30), End: today.AddDays(-1)}, Count: 1_500}
}

// Orders makes up orders of a shop that works with the cooperations of a snapshot, in the order in which they were placed, each
// followed by its refund if it has one. Most that came through a cooperation say so rightly; the others have the faults that
// shops see.
func Orders(s attribution.Snapshot, o OrderOptions) iter.Seq[attribution.Order] {
	return func(yield func(attribution.Order) bool) {
		c := newCustomers(s, o)
		all := time.Duration(o.Days.Days()) * 24 * time.Hour
		for n := range o.Count {
			at := midnight(o.Days.Start).Add(all/time.Duration(o.Count)*time.Duration(n) + time.Duration(c.rnd.IntN(60))*time.Second)
			order := attribution.Order{ID: fmt.Sprint(10_001 + n), At: at, Amount: budget.FromMinor(int64(19_00+c.rnd.IntN(160_00)), currency)}
			c.order(&order)
			order.Cancelled = c.rnd.IntN(100) < 3
			if !yield(order) {
				return
			}
			if order.Cancelled || c.rnd.IntN(100) >= 7 {
				continue
			}
			back := order.Amount
			if c.rnd.IntN(2) == 0 {
				back = budget.FromMinor(back.Minor()/2, currency)
			}
			refund := attribution.Order{
				ID: order.ID + "-refund", At: at.Add(time.Duration(2+c.rnd.IntN(12)) * 24 * time.Hour), RefundOf: order.ID, Amount: back,
			}
			if !yield(refund) {
				return
			}
		}
	}
}

// WriteOrders writes orders as JSON, one a line.
func WriteOrders(w io.Writer, orders iter.Seq[attribution.Order]) error {
	encoder := json.NewEncoder(w)
	for o := range orders {
		if err := encoder.Encode(o); err != nil {
			return err
		}
	}
	return nil
}

func midnight(d budget.Date) time.Time { return time.Unix(int64(d.UnixDay())*24*3600, 0).UTC() }

// habit is one way in which an order comes, and how often in a hundred. It reports whether there is a cooperation for it.
type habit struct {
	share int
	order func(*customers, *attribution.Order) bool
}

var habits = []habit{
	{38, (*customers).useCode}, {18, (*customers).followLink}, {12, (*customers).comeAlone}, {5, (*customers).useForeignCode},
	{7, (*customers).mistypeCode}, {4, (*customers).missTheDash}, {4, (*customers).comeTooEarly}, {5, (*customers).comeTooLate},
	{2, (*customers).useUnsigned}, {2, (*customers).useCancelled}, {1, (*customers).useArchived}, {2, (*customers).followMistagged},
}

// order fills an order in. A habit for which there is no cooperation on that day gives way to an order that nobody earned.
func (c *customers) order(o *attribution.Order) {
	n := c.rnd.IntN(100)
	for _, h := range habits {
		if n -= h.share; n < 0 {
			if !h.order(c, o) {
				c.comeAlone(o)
			}
			return
		}
	}
}

func (c *customers) useCode(o *attribution.Order) bool { return c.codeOf(o, c.running, during) }

// comeAlone is an order through no cooperation: from a search, from the newsletter, or from nowhere.
func (c *customers) comeAlone(o *attribution.Order) bool {
	switch c.rnd.IntN(3) {
	case 0:
		o.Codes = []string{newsletterCode}
	case 1:
		o.Touchpoints = []attribution.Touchpoint{{At: o.At.Add(-time.Hour), UTM: utm.Params{
			Source: utm.Of("google"), Medium: utm.Of("cpc"), Campaign: utm.Of("brand"),
		}}}
	}
	return true
}

// useForeignCode has a code that nobody knows, as coupon sites make them up.
func (c *customers) useForeignCode(o *attribution.Order) bool {
	o.Codes = []string{fmt.Sprintf("SUPERDEAL-%04d-%04d", c.rnd.IntN(10_000), c.rnd.IntN(10_000))}
	return true
}

func (c *customers) comeTooEarly(o *attribution.Order) bool { return c.codeInVain(o, c.signed, soon) }
func (c *customers) comeTooLate(o *attribution.Order) bool {
	return c.codeOf(o, c.signed, justOver(c.tailDays))
}
func (c *customers) useUnsigned(o *attribution.Order) bool {
	return c.codeInVain(o, c.unsigned, anyDay)
}
func (c *customers) useCancelled(o *attribution.Order) bool {
	return c.codeInVain(o, c.cancelled, during)
}
func (c *customers) useArchived(o *attribution.Order) bool {
	return c.codeOf(o, c.archived, afterArchiving)
}

// mistypeCode has a letter of a code wrong.
func (c *customers) mistypeCode(o *attribution.Order) bool {
	if !c.codeOf(o, c.running, during) {
		return false
	}
	c.change(o, func(code string) string {
		at := 1 + c.rnd.IntN(len(code)-1)
		return code[:at] + string(rune('A'+c.rnd.IntN(26))) + code[at+1:]
	}, discount.Letter)
	return true
}

// missTheDash has one in a code that has none.
func (c *customers) missTheDash(o *attribution.Order) bool {
	if !c.codeOf(o, c.running, during) {
		return false
	}
	c.change(o, func(code string) string {
		at := len(code) - 2
		return code[:at] + "-" + code[at:]
	}, discount.Separator)
	return true
}

// change makes a slip in an order's code. A code that is too short for one, or that then is another one, stays right.
func (c *customers) change(o *attribution.Order, fn func(string) string, slip discount.Slip) {
	meant := o.Codes[0]
	if len(meant) < 5 {
		return
	}
	typed := fn(meant)
	known := len(c.codes[discount.Rule{Match: discount.Equals, Pattern: typed}.Key()]) > 0
	if !known && discount.SlipOf(typed, meant) == slip {
		o.Codes[0] = typed
	}
}

// followLink comes through a link, some hours before the order.
func (c *customers) followLink(o *attribution.Order) bool {
	of, ok := c.find(o, c.linked, during)
	if ok {
		o.Touchpoints = []attribution.Touchpoint{{At: o.At.Add(-time.Duration(1+c.rnd.IntN(300)) * time.Minute), UTM: of.UTM}}
	}
	return ok
}

// followMistagged comes through a link whose source was typed by hand.
func (c *customers) followMistagged(o *attribution.Order) bool {
	if !c.followLink(o) {
		return false
	}
	visit := &o.Touchpoints[0]
	if source, _ := visit.UTM.Source.Get(); len(source) > 4 {
		visit.UTM.Source = utm.Of(source + source[len(source)-1:])
	}
	return true
}
