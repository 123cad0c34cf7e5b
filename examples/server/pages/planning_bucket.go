package pages

import (
	"math"
	"slices"

	"github.com/getklar/influencercrm/budget"
)

// What the page of a cell lists instead of all its cooperations.
const (
	ofUnscheduled = "unscheduled" // without dates
	ofUnpriced    = "unpriced"    // in a currency without a rate
)

// bucketPart is the part of a bucket that an address asks for: of a campaign, of a month, and from where on.
type bucketPart struct {
	campaign string       // empty for all
	month    budget.Month // zero for all
	after    budget.ItemShare
}

// planBucket lists the cooperations of the plan that are in no month, because they have no dates, or in no sum, because
// their currency has no rate. What is unscheduled is in no month, so an address that asks for both is refused.
func (v *visit) planBucket(r *budget.Report, of string, part bucketPart) (answer, error) {
	d, title := itemsData{Campaign: part.campaign, Month: part.month}, v.say("Unscheduled")
	in := func(s budget.ItemShare) bool { return s.Month.IsZero() }
	switch {
	case of == ofUnscheduled && part.month.IsZero():
		d.Line = r.Unscheduled
	case of == ofUnscheduled:
		return nil, notForThisAddress("month", part.month.String())
	case of == ofUnpriced:
		d.Unpriced, title = true, v.say("Without a rate")
		listed := map[string]bool{part.after.Item: true} // once, also over several months
		in = func(s budget.ItemShare) bool {
			known := listed[s.Item]
			listed[s.Item] = true
			return s.Unpriced && !known
		}
	default:
		return nil, notForThisAddress("of", of)
	}
	if err := v.narrowBucket(&d, r); err != nil {
		return nil, err
	}
	costs := map[string]budget.Money{}
	for _, u := range r.Unpriced {
		costs[u.Item] = u.Cost
	}
	shares, _ := r.ItemsAfter(part.campaign, part.month, part.after, math.MaxInt)
	shares = slices.DeleteFunc(shares, func(s budget.ItemShare) bool { return !in(s) })
	if len(shares) > pageSize {
		shares = shares[:pageSize]
		d.Next = v.sharesAfter(shares[pageSize-1])
	}
	for _, s := range shares {
		d.Shares = append(d.Shares, share{s, costs[s.Item]})
	}
	return view{page: "planning_items", title: title, data: d}, nil
}

// narrowBucket says of which campaign or month a bucket is, and gives it the line of that campaign.
func (v *visit) narrowBucket(d *itemsData, r *budget.Report) error {
	if !d.Month.IsZero() {
		d.Of = v.face.Month(d.Month)
	}
	if d.Campaign == "" {
		return nil
	}
	whole, planned := r.LineOf(d.Campaign, budget.Month{})
	if !planned {
		line, err := v.emptyLine(r, d.Campaign)
		if err != nil {
			return err
		}
		whole, d.Line = line, budget.Line{Health: budget.NoBudget}
	}
	if d.Of == "" {
		d.Of = whole.Label
	} else {
		d.Of = whole.Label + ", " + d.Of
	}
	if planned && !d.Unpriced {
		part, err := r.Filter(budget.Filter{Campaigns: []string{d.Campaign}})
		if err != nil {
			return err
		}
		d.Line = part.Unscheduled
	}
	return nil
}
