package claims

import (
	"cmp"
	"iter"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// Conflict is two entries of different influencers that one code satisfies, or two codes that a shop may take for one, or
// that have the same UTM set, on days on which both are live.
type Conflict struct {
	Mine, Other Entry
	Severity    discount.Severity
	Days        budget.Period // on which both are live
}

// Cause returns why a shop may take two codes for one, "" where no two codes are in conflict.
func (c Conflict) Cause() discount.Cause {
	if c.Mine.Kind != Equals || c.Other.Kind != Equals {
		return ""
	}
	return discount.CauseOf(c.Mine.Key, c.Other.Key)
}

// Witness returns a code in normal form that satisfies both rules, "" for UTM sets. Of two codes that a shop may take for
// one it is the one that [discount.Comparison.Compare] returns.
func (c Conflict) Witness() string {
	switch {
	case c.Mine.Kind == UTM:
		return ""
	case c.Cause() != "":
		return min(c.Mine.Key, c.Other.Key)
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
	Worst    []Conflict // the blocking, certain and loose ones, worst first
	Total    int        // how many blocking, certain and loose ones there are
	Possible int        // pairs of rules that only a glued code satisfies
}

// Conflicts finds what the entries of a cooperation conflict with. It lists as many of the worst conflicts as the
// limit says, all of them for 0; the others are counted, but take no memory. The cooperation need not be in the index,
// or may be there with other entries; its own entries conflict with none of its own.
func (x *Index) Conflicts(mine []Entry, limit int) Conflicts {
	found, possible := worstList{limit: limit}, 0
	for n := range mine {
		e := &mine[n]
		if !e.valid() {
			continue
		}
		certain := 0 // of those that countGluing counts too
		for h := range x.conflictsOf(e) {
			found.add(e, h)
			if canGlue(e.Kind, h.kind) {
				certain++
			}
		}
		possible += x.countGluing(e) - certain
	}
	return Conflicts{Worst: found.sorted(), Total: found.total, Possible: possible}
}

// Blocking finds the blocking conflicts of the entries of a cooperation, but for those that it has with other entries,
// before, too. It lists as many as the limit says, all of them for 0.
func (x *Index) Blocking(mine, before []Entry, limit int) []Conflict {
	found := worstList{limit: limit}
	for n := range mine {
		e := &mine[n]
		if e.Kind != Equals || !e.valid() {
			continue
		}
		had := slices.IndexFunc(before, func(b Entry) bool { return b.Kind == Equals && b.Key == e.Key })
		for h := range x.conflictsOf(e) {
			if h.severity != discount.Blocking {
				break // those that follow are milder
			}
			if had >= 0 {
				if _, meet := h.other.meets(&before[had]); meet {
					continue
				}
			}
			found.add(e, h)
		}
	}
	return found.sorted()
}

// hit is a conflict of an entry with a member of a group.
type hit struct {
	*term
	other    *member
	severity discount.Severity
	days     budget.Period
}

// conflictsOf yields the blocking, certain and loose conflicts of an entry, the worst first.
func (x *Index) conflictsOf(mine *Entry) iter.Seq[hit] {
	return func(yield func(hit) bool) {
		for g, severity := range x.candidates(mine) {
			for other, days := range g.meeting(mine) {
				if !yield(hit{g.term, other, severity, days}) {
					return
				}
			}
		}
	}
}

// meeting yields the members of other influencers that are live on a day on which an entry is.
func (g *group) meeting(mine *Entry) iter.Seq2[*member, budget.Period] {
	return func(yield func(*member, budget.Period) bool) {
		for _, block := range g.blocks {
			for n := range block {
				if days, meet := block[n].meets(mine); meet && !yield(&block[n], days) {
					return
				}
			}
		}
	}
}

// members is meeting for the group of a term.
func (x *Index) members(t *term, mine *Entry) iter.Seq2[*member, budget.Period] {
	return x.group(t.kind, t.hash, t.key).meeting(mine)
}

// worstList keeps the worst of many conflicts, in order if there is a limit.
type worstList struct {
	limit int // 0 for all
	list  []Conflict
	total int
}

func (w *worstList) add(mine *Entry, h hit) {
	w.total++
	full := w.limit > 0 && len(w.list) == w.limit
	if full {
		last := &w.list[w.limit-1]
		if h.severity < last.Severity ||
			h.severity == last.Severity && h.other.cooperation.Compare(last.Other.Cooperation) > 0 {
			return
		}
	}
	c := Conflict{*mine, h.other.entry(h.term), h.severity, h.days}
	if w.limit == 0 {
		w.list = append(w.list, c)
		return
	}
	at, _ := slices.BinarySearchFunc(w.list, c, Conflict.compare)
	if full {
		if at == w.limit {
			return
		}
		w.list = w.list[:w.limit-1]
	}
	w.list = slices.Insert(w.list, at, c)
}

func (w *worstList) sorted() []Conflict {
	if w.limit == 0 {
		slices.SortFunc(w.list, Conflict.compare)
	}
	return w.list
}
