package attribution

import (
	"cmp"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// LeakKind is by what the use of a code stands out.
type LeakKind string

// The kinds.
const (
	EarlyUse  LeakKind = "early_use"  // on days before those of its cooperation, when nobody else had it
	LateUse   LeakKind = "late_use"   // on days after them
	NoTouch   LeakKind = "no_touch"   // by customers whose visits are known, none of which came through the influencer
	SuddenUse LeakKind = "sudden_use" // in a week many times as often as in the weeks before
)

// Leak is a code whose use stands out, as it does when a coupon site has found it, with the figures that say so. It is no
// proof: a post that everybody shares looks the same.
type Leak struct {
	Kind        LeakKind          `json:"kind"`
	Code        string            `json:"code"` // in its normal form
	Cooperation crm.CooperationID `json:"cooperation"`
	Influencer  crm.InfluencerID  `json:"influencer"`
	// Orders are those that stand out, with their amounts by currency, without those of cancelled orders.
	Orders  int            `json:"orders"`
	Amounts []budget.Money `json:"amounts"`
	// First and Last are the days of the first and the last of them.
	First budget.Date `json:"first"`
	Last  budget.Date `json:"last"`
	// Days is by how many days the farthest one missed the days of the cooperation, of an EarlyUse or LateUse.
	Days int `json:"days,omitzero"`
	// Others are the orders with visits by all other codes, and OthersTouched those of them that had one through the
	// influencer of the code, of a NoTouch.
	Others        int `json:"others,omitzero"`
	OthersTouched int `json:"others_touched,omitzero"`
	// Before is how many orders there were in the Weeks before, of a SuddenUse.
	Before int `json:"before,omitzero"`
	Weeks  int `json:"weeks,omitzero"`
}

// RadarOptions say from when on a use stands out. Zero is the default.
type RadarOptions struct {
	MinOrders int // that stand out; 5 unless it is said
	Multiple  int // of the mean of the weeks before, for a SuddenUse; 4 unless it is said
}

// The weeks that a SuddenUse is held against: the last ones before it since the code was first used.
const (
	minWeeks = 2
	maxWeeks = 4
)

// Radar looks for codes that have leaked. It remembers each code that is used with its orders of each week. It is not safe
// for use by several goroutines.
type Radar struct {
	index   *Index
	options RadarOptions
	uses    map[useKey]*use
	visits  int // orders by codes that have visits
	touched int // of them, with one through the influencer
}

type useKey struct {
	code        string
	cooperation crm.CooperationID
}

// use is what is known of a code of a cooperation.
type use struct {
	influencer crm.InfluencerID
	outside    [2]standing // early and late
	untouched  standing    // orders with visits, none of the influencer
	touched    int         // orders with one
	weeks      map[budget.Date]*standing
}

// standing is some orders that may stand out.
type standing struct {
	orders      int
	amounts     []budget.Money
	first, last budget.Date
	days        int
}

// NewRadar makes a radar for decisions of an index. Nil options are the defaults.
func NewRadar(x *Index, o *RadarOptions) *Radar {
	r := &Radar{index: x, uses: map[useKey]*use{}}
	if o != nil {
		r.options = *o
	}
	r.options.MinOrders = max(cmp.Or(r.options.MinOrders, 5), 1)
	r.options.Multiple = max(cmp.Or(r.options.Multiple, 4), 1)
	return r
}

// Add adds an order with its decision, in any order. Refunds are left out.
func (r *Radar) Add(o Order, d Decision) error {
	if d.RefundOf != "" {
		return nil
	}
	day := r.index.day(o.At)
	for _, c := range d.Candidates {
		if c.By == ByCode && (c.Lost == TooEarly || c.Lost == TooLate) && discount.Normalize(c.Code) != discount.Normalize(d.Code) {
			side := 0
			if c.Lost == TooLate {
				side = 1
			}
			if err := r.use(c.Code, c.Cooperation, c.Influencer).outside[side].add(&o, day, c.Days); err != nil {
				return err
			}
		}
	}
	if d.By != ByCode {
		return nil
	}
	u := r.use(d.Code, d.Cooperation, d.Influencer)
	monday := day.Monday()
	if u.weeks[monday] == nil {
		u.weeks[monday] = &standing{}
	}
	if err := u.weeks[monday].add(&o, day, 0); err != nil || len(o.Touchpoints) == 0 {
		return err
	}
	r.visits++
	if r.hasTouch(&o, &d) {
		r.touched++
		u.touched++
		return nil
	}
	return u.untouched.add(&o, day, 0)
}

// hasTouch reports whether one of the visits before an order came through the influencer whom it is credited to.
func (r *Radar) hasTouch(o *Order, d *Decision) (found bool) {
	if d.More == 0 {
		return slices.ContainsFunc(d.Candidates, func(c Candidate) bool {
			return c.By == ByUTM && c.Influencer == d.Influencer && c.Lost != AfterOrder
		})
	}
	r.index.visitClaims(o, func(c claim) bool { // the claims by code may have left no room for it in the list
		found = c.Influencer == d.Influencer && c.lost != AfterOrder
		return !found
	})
	return found
}

func (r *Radar) use(code string, c crm.CooperationID, i crm.InfluencerID) *use {
	key := useKey{discount.Normalize(code), c}
	u := r.uses[key]
	if u == nil {
		u = &use{influencer: i, weeks: map[budget.Date]*standing{}}
		r.uses[key] = u
	}
	return u
}

func (s *standing) add(o *Order, day budget.Date, days int) error {
	if o.Amount.IsSet() && !o.Cancelled {
		sums, err := addTo(s.amounts, o.Amount)
		if err != nil {
			return err
		}
		s.amounts = sums
	}
	if s.orders == 0 || day.Before(s.first) {
		s.first = day
	}
	if s.orders == 0 || day.After(s.last) {
		s.last = day
	}
	s.orders++
	s.days = max(s.days, days)
	return nil
}

// Leaks returns at most limit codes that stand out, those with most orders first, and how many more there are; a limit below
// one lists none. A code that stands out by several kinds comes several times. Of a SuddenUse the week counts that is the
// greatest multiple of those before.
func (r *Radar) Leaks(limit int) (leaks []Leak, more int) {
	leaks = []Leak{}
	for key, u := range r.uses {
		found := func(kind LeakKind, s *standing) *Leak {
			leaks = append(leaks, Leak{
				Kind: kind, Code: key.code, Cooperation: key.cooperation, Influencer: u.influencer, Orders: s.orders,
				Amounts: append([]budget.Money{}, s.amounts...), First: s.first, Last: s.last, Days: s.days,
			})
			return &leaks[len(leaks)-1]
		}
		for side, kind := range []LeakKind{EarlyUse, LateUse} {
			if s := &u.outside[side]; s.orders >= r.options.MinOrders {
				found(kind, s)
			}
		}
		if u.touched == 0 && u.untouched.orders >= r.options.MinOrders && r.touched > 0 {
			leak := found(NoTouch, &u.untouched)
			leak.Others, leak.OthersTouched = r.visits-u.untouched.orders, r.touched
		}
		if s, before, weeks := r.sudden(u); s != nil {
			leak := found(SuddenUse, s)
			leak.Before, leak.Weeks = before, weeks
		}
	}
	slices.SortFunc(leaks, func(a, b Leak) int {
		return cmp.Or(cmp.Compare(b.Orders, a.Orders), cmp.Compare(a.Code, b.Code),
			a.Cooperation.Compare(b.Cooperation), cmp.Compare(a.Kind, b.Kind))
	})
	if limit = max(limit, 0); len(leaks) > limit {
		leaks, more = leaks[:limit], len(leaks)-limit
	}
	return leaks, more
}

// sudden finds the week that is the greatest multiple of the mean of those before it, if that is great enough.
func (r *Radar) sudden(u *use) (found *standing, before, weeks int) {
	mondays := slices.SortedFunc(maps.Keys(u.weeks), budget.Date.Compare)
	for _, monday := range mondays {
		s, sum, n := u.weeks[monday], 0, 0
		for n = 0; n < maxWeeks && !monday.AddDays(-7*(n+1)).Before(mondays[0]); n++ {
			if earlier := u.weeks[monday.AddDays(-7*(n+1))]; earlier != nil {
				sum += earlier.orders
			}
		}
		if n < minWeeks || s.orders < r.options.MinOrders || s.orders*n < r.options.Multiple*sum {
			continue
		}
		// s.orders/(sum/n) is greater than that of the one found before.
		if found == nil || s.orders*n*before > found.orders*weeks*sum {
			found, before, weeks = s, sum, n
		}
	}
	return found, before, weeks
}
