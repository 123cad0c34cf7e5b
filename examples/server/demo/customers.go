package demo

import (
	"math/rand/v2"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
)

// customers order, and choose among the cooperations of a workspace.
type customers struct {
	rnd      *rand.Rand
	codes    owners
	tailDays int
	// Cooperations by what becomes of their orders.
	running, linked, signed, unsigned, cancelled, archived []crm.Cooperation
}

func newCustomers(s attribution.Snapshot, o OrderOptions) *customers {
	c := &customers{
		rnd: rand.New(rand.NewPCG(o.Seed, 1)), codes: ownersOf(s.Cooperations), tailDays: s.Workspace.TailDays,
	}
	for _, of := range s.Cooperations {
		_, coded := codeOf(of)
		_, now := of.Period.Overlap(o.Days)
		switch {
		case of.Cancellation != nil:
			c.cancelled = appendIf(c.cancelled, of, coded)
		case !of.ArchivedOn.IsZero():
			c.archived = appendIf(c.archived, of, coded)
		case of.Status != crm.Signed:
			c.unsigned = appendIf(c.unsigned, of, coded)
		default:
			c.running = appendIf(c.running, of, coded && now)
			c.linked = appendIf(c.linked, of, of.UTM.Usable() && now)
			c.signed = appendIf(c.signed, of, coded)
		}
	}
	return c
}

func appendIf(all []crm.Cooperation, c crm.Cooperation, ok bool) []crm.Cooperation {
	if ok {
		all = append(all, c)
	}
	return all
}

// find looks for a cooperation that fits the day of an order, beginning anywhere.
func (c *customers) find(o *attribution.Order, all []crm.Cooperation, fits func(crm.Cooperation, budget.Date) bool) (crm.Cooperation, bool) {
	if len(all) == 0 {
		return crm.Cooperation{}, false
	}
	from, day := c.rnd.IntN(len(all)), budget.DateOf(o.At)
	fit := func(of crm.Cooperation) bool { return fits(of, day) }
	n := slices.IndexFunc(all[from:], fit)
	if n >= 0 {
		return all[from+n], true
	}
	if n = slices.IndexFunc(all[:from], fit); n >= 0 {
		return all[n], true
	}
	return crm.Cooperation{}, false
}

// codeOf gives an order the code of a cooperation.
func (c *customers) codeOf(o *attribution.Order, all []crm.Cooperation, fits func(crm.Cooperation, budget.Date) bool) bool {
	of, ok := c.find(o, all, fits)
	if !ok {
		return false
	}
	code, _ := codeOf(of)
	o.Codes = []string{code.Pattern}
	return true
}

// codeInVain gives an order the code of a cooperation that does not earn it, and of no other one that does.
func (c *customers) codeInVain(o *attribution.Order, all []crm.Cooperation, fits func(crm.Cooperation, budget.Date) bool) bool {
	return c.codeOf(o, all, func(of crm.Cooperation, day budget.Date) bool {
		return fits(of, day) && !c.codes.others(of, budget.Period{Start: day, End: day}, c.tailDays)
	})
}

func during(c crm.Cooperation, day budget.Date) bool { return c.Period.Contains(day) }

func anyDay(crm.Cooperation, budget.Date) bool { return true }

// afterArchiving is a cooperation in its period that was archived before.
func afterArchiving(c crm.Cooperation, day budget.Date) bool {
	return during(c, day) && c.ArchivedOn.Before(day)
}

// soon is a cooperation that begins within a month.
func soon(c crm.Cooperation, day budget.Date) bool {
	days := c.Period.Start.DaysSince(day)
	return days > 1 && days < 30
}

// justOver is a cooperation that has ended, and its tail days with it, within a month.
func justOver(tailDays int) func(crm.Cooperation, budget.Date) bool {
	return func(c crm.Cooperation, day budget.Date) bool {
		days := day.DaysSince(c.Period.End) - tailDays
		return days > 1 && days < 30
	}
}
