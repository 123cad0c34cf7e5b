package claims

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/tidwall/btree"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// patterns is what the index knows of the patterns of one kind beside their groups: how long they are, and how many
// are live when.
type patterns struct {
	byLength *btree.BTreeG[*group]        // by number of characters, then key
	lengths  [discount.MaxCodeLen + 1]int // groups by number of characters
	first    btree.Map[int32, int]        // entries by their first day
	last     btree.Map[int32, int]        // entries by their last day, if they have one
}

func newPatterns() *patterns {
	return &patterns{byLength: btree.NewBTreeGOptions(func(a, b *group) bool {
		return cmp.Or(cmp.Compare(a.chars, b.chars), cmp.Compare(a.key, b.key)) < 0
	}, btree.Options{NoLocks: true})}
}

// add counts an entry that has come to a group.
func (p *patterns) add(g *group, e *Entry) {
	if len(g.entries) == 1 {
		p.byLength.Set(g)
		p.lengths[g.chars]++
	}
	p.count(e.Days, 1)
}

// remove is the reverse of add.
func (p *patterns) remove(g *group, e *Entry) {
	if len(g.entries) == 0 {
		p.byLength.Delete(g)
		p.lengths[g.chars]--
	}
	p.count(e.Days, -1)
}

func (p *patterns) count(days budget.Period, by int) {
	if days.Start.IsZero() {
		return
	}
	count(&p.first, days.Start, by)
	if !days.End.IsZero() {
		count(&p.last, days.End, by)
	}
}

func count(days *btree.Map[int32, int], day budget.Date, by int) {
	n, _ := days.Get(day.UnixDay())
	if n += by; n == 0 {
		days.Delete(day.UnixDay())
	} else {
		days.Set(day.UnixDay(), n)
	}
}

// has reports whether there are patterns of so many characters.
func (p *patterns) has(length int) bool { return p.lengths[length] > 0 }

// longer yields the groups of patterns with more characters than given.
func (p *patterns) longer(length int) iter.Seq[*group] {
	return func(yield func(*group) bool) { p.byLength.Ascend(&group{chars: length + 1}, yield) }
}

// live counts the patterns that are live on one of some days: those that have begun when the days end, without those
// that have ended when the days begin.
func (p *patterns) live(days budget.Period) int {
	end := int32(math.MaxInt32)
	if !days.End.IsZero() {
		end = days.End.UnixDay()
	}
	return upTo(&p.first, end) - upTo(&p.last, days.Start.UnixDay()-1)
}

func upTo(days *btree.Map[int32, int], last int32) (sum int) {
	days.Scan(func(day int32, n int) bool {
		if day <= last {
			sum += n
		}
		return day < last
	})
	return sum
}

// gluing yields the patterns that can conflict with a rule of some kind without one satisfying the other.
func (x *Index) gluing(kind Kind) iter.Seq[*patterns] {
	return func(yield func(*patterns) bool) {
		for _, other := range patternKinds {
			if canGlue(kind, other) && !yield(x.patterns[other]) {
				return
			}
		}
	}
}

// countGluing counts the entries of other influencers that some code satisfies together with one, while both are live;
// those where one pattern satisfies the other rule are counted too. It looks one by one only at entries of the same
// influencer and at patterns that are too long to fit into one code with this one.
func (x *Index) countGluing(mine Entry) (n int) {
	if mine.Days.Start.IsZero() || x.patterns[mine.Kind] == nil {
		return 0
	}
	fits := discount.MaxCodeLen - utf8.RuneCountInString(mine.Key)
	for p := range x.gluing(mine.Kind) {
		n += p.live(mine.Days)
		for g := range p.longer(fits) {
			for _, other := range g.entries {
				_, meet := mine.Meets(*other)
				if meet && discount.Compare(mine.Rule(), other.Rule()).Severity == discount.NoConflict {
					n--
				}
			}
		}
	}
	for _, other := range x.ofInfluencer[mine.Influencer] {
		n -= gluesWith(mine, *other)
	}
	for _, other := range x.entries[mine.Cooperation] {
		if other.Influencer != mine.Influencer && other.valid() { // the cooperation has gone from one to another
			n -= gluesWith(mine, other)
		}
	}
	return n
}

// gluesWith is 1 for an entry that live counts as one that can be glued with another, else 0.
func gluesWith(mine, other Entry) int {
	if _, both := mine.Days.Overlap(other.Days); both && canGlue(mine.Kind, other.Kind) {
		return 1
	}
	return 0
}

// Possible lists the conflicts of one entry that are only [discount.Possible], by the other cooperation and its rule,
// and says how many there are beyond the limit. It compares the entry with all patterns.
func (x *Index) Possible(mine Entry, limit int) (list []Conflict, more int) {
	if !mine.valid() {
		return nil, 0
	}
	var met []Conflict
	for p := range x.gluing(mine.Kind) {
		for g := range p.longer(0) {
			for _, other := range g.entries {
				if days, meet := mine.Meets(*other); meet {
					met = append(met, Conflict{Mine: mine, Other: *other, Severity: discount.Possible, Days: days})
				}
			}
		}
	}
	slices.SortFunc(met, func(a, b Conflict) int { return a.Other.Compare(b.Other) })
	for _, c := range met {
		switch {
		case discount.Compare(mine.Rule(), c.Other.Rule()).Severity != discount.Possible:
		case len(list) < limit:
			list = append(list, c)
		default:
			more++
		}
	}
	return list, more
}
