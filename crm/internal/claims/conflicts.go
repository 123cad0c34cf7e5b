package claims

import (
	"cmp"
	"iter"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// Conflict is two entries of different influencers that one code satisfies, or that have the same UTM set, on days on
// which both are live.
type Conflict struct {
	Mine, Other Entry
	Severity    discount.Severity
	Days        budget.Period // on which both are live
}

// Witness returns a code in normal form that satisfies both rules, "" for UTM sets.
func (c Conflict) Witness() string {
	if c.Mine.Kind == UTM {
		return ""
	}
	return discount.Compare(c.Mine.Rule(), c.Other.Rule()).Witness
}

// compare orders the conflicts of one cooperation, the worst first.
func (c Conflict) compare(other Conflict) int {
	return cmp.Or(-cmp.Compare(c.Severity, other.Severity), c.Other.Cooperation.Compare(other.Other.Cooperation),
		utmFirst(c.Mine.Kind, other.Mine.Kind), c.Mine.compareKey(other.Mine), c.Other.compareKey(other.Other))
}

func utmFirst(a, b Kind) int {
	switch {
	case a == b:
		return 0
	case a == UTM:
		return -1
	case b == UTM:
		return 1
	}
	return 0
}

// Conflicts is what the entries of one cooperation conflict with.
type Conflicts struct {
	Worst    []Conflict // the blocking and certain ones, worst first
	Total    int        // how many blocking and certain ones there are
	Possible int        // pairs of rules that only a glued code satisfies
}

// Conflicts finds what the entries of a cooperation conflict with. It lists as many of the worst conflicts as the
// limit says, all of them for 0. The cooperation need not be in the index, or may be there with other entries; its own
// entries conflict with none of its own.
func (x *Index) Conflicts(mine []Entry, limit int) Conflicts {
	found := collector{limit: limit}
	possible := x.each(mine, found.add)
	return found.conflicts(possible)
}

// each calls found with each blocking or certain conflict, and counts the possible ones.
func (x *Index) each(mine []Entry, found func(Conflict)) (possible int) {
	for _, e := range mine {
		if !e.valid() {
			continue
		}
		certain := 0 // of those that countGluing counts too
		for c := range x.conflictsOf(e) {
			found(c)
			if canGlue(e.Kind, c.Other.Kind) {
				certain++
			}
		}
		possible += x.countGluing(e) - certain
	}
	return possible
}

// conflictsOf yields the blocking and certain conflicts of an entry. A blocking one comes before all others.
func (x *Index) conflictsOf(mine Entry) iter.Seq[Conflict] {
	return func(yield func(Conflict) bool) {
		for g := range x.candidates(mine) {
			severity := discount.Certain
			if mine.Kind == Equals && g.kind == Equals {
				severity = discount.Blocking
			}
			for _, other := range g.entries {
				if days, meet := mine.Meets(*other); meet && !yield(Conflict{mine, *other, severity, days}) {
					return
				}
			}
		}
	}
}

// Worst yields each cooperation with the severity of its worst conflict, which is certain, blocking or none. The order
// is random. It stops at the first conflict of an entry and so is faster than Conflicts of each cooperation.
func (x *Index) Worst() iter.Seq2[ID, discount.Severity] {
	return func(yield func(ID, discount.Severity) bool) {
		for id, entries := range x.entries {
			worst := discount.NoConflict
			for _, mine := range entries {
				if worst == discount.Blocking || worst == discount.Certain && mine.Kind != Equals || !mine.valid() {
					continue
				}
				for c := range x.conflictsOf(mine) {
					worst = max(worst, c.Severity)
					break
				}
			}
			if !yield(id, worst) {
				return
			}
		}
	}
}

// collector keeps the worst of many conflicts.
type collector struct {
	limit int // 0 for all
	list  []Conflict
	total int
}

func (c *collector) add(found Conflict) {
	c.total++
	c.list = append(c.list, found)
	if c.limit > 0 && len(c.list) >= 2*c.limit {
		c.cut()
	}
}

// cut sorts the list and drops what is beyond the limit.
func (c *collector) cut() {
	slices.SortFunc(c.list, Conflict.compare)
	if c.limit > 0 {
		c.list = c.list[:min(len(c.list), c.limit)]
	}
}

func (c *collector) conflicts(possible int) Conflicts {
	c.cut()
	return Conflicts{Worst: c.list, Total: c.total, Possible: possible}
}
