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
	byLength *btree.BTreeG[*term]         // by number of characters, then key
	lengths  [discount.MaxCodeLen + 1]int // terms by number of characters
	first    *btree.Map[int32, int]       // entries by their first day
	last     *btree.Map[int32, int]       // entries by their last day, if they have one
}

func newPatterns() *patterns {
	return &patterns{
		byLength: newTree(func(a, b *term) int { return cmp.Or(cmp.Compare(a.chars, b.chars), cmp.Compare(a.key, b.key)) }),
		first:    &btree.Map[int32, int]{}, last: &btree.Map[int32, int]{},
	}
}

func (p *patterns) copy() *patterns {
	return &patterns{p.byLength.Copy(), p.lengths, p.first.Copy(), p.last.Copy()}
}

// add adds a term that is new.
func (p *patterns) add(t *term) {
	p.byLength.Set(t)
	p.lengths[t.chars]++
}

// remove is the reverse of add.
func (p *patterns) remove(t *term) {
	p.byLength.Delete(t)
	p.lengths[t.chars]--
}

// count counts an entry that comes, or -1 one that goes.
func (p *patterns) count(days budget.Period, by int) {
	if days.Start.IsZero() {
		return
	}
	count(p.first, days.Start, by)
	if !days.End.IsZero() {
		count(p.last, days.End, by)
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

// longer yields the patterns with more characters than given.
func (p *patterns) longer(length int) iter.Seq[*term] {
	return func(yield func(*term) bool) { p.byLength.Ascend(&term{chars: length + 1}, yield) }
}

// live counts the patterns that are live on one of some days: those that have begun when the days end, without those
// that have ended when the days begin.
func (p *patterns) live(days budget.Period) int {
	end := int32(math.MaxInt32)
	if !days.End.IsZero() {
		end = days.End.UnixDay()
	}
	return upTo(p.first, end) - upTo(p.last, days.Start.UnixDay()-1)
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
func (x *Index) countGluing(mine *Entry) (n int) {
	if mine.Days.Start.IsZero() || x.patterns[mine.Kind] == nil {
		return 0
	}
	fits := discount.MaxCodeLen - utf8.RuneCountInString(mine.Key)
	for p := range x.gluing(mine.Kind) {
		n += p.live(mine.Days)
		for t := range p.longer(fits) {
			if discount.Compare(mine.Rule(), t.rule()).Severity != discount.NoConflict {
				continue
			}
			for range x.members(t, mine) {
				n--
			}
		}
	}
	x.ofInfluencer.Ascend(patternOfOwner{influencer: mine.Influencer}, func(other patternOfOwner) bool {
		if other.influencer != mine.Influencer {
			return false
		}
		n -= gluesWith(mine, other.kind, other.days)
		return true
	})
	own, _ := x.owned.Get(owned{cooperation: mine.Cooperation})
	for at, c := range own.claims {
		if c.influencer != mine.Influencer && own.entry(at).valid() { // the cooperation has gone from one to another
			n -= gluesWith(mine, c.kind, c.days)
		}
	}
	return n
}

// gluesWith is 1 for an entry that live counts as one that can be glued with another, else 0.
func gluesWith(mine *Entry, kind Kind, days budget.Period) int {
	if _, both := mine.Days.Overlap(days); both && canGlue(mine.Kind, kind) {
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
	for p := range x.gluing(mine.Kind) {
		for t := range p.longer(0) {
			if discount.Compare(mine.Rule(), t.rule()).Severity != discount.Possible {
				continue
			}
			for other, days := range x.members(t, &mine) {
				list = append(list, Conflict{Mine: mine, Other: other.entry(t), Severity: discount.Possible, Days: days})
			}
		}
	}
	slices.SortFunc(list, func(a, b Conflict) int { return a.Other.Compare(b.Other) })
	more = max(0, len(list)-limit)
	return list[:len(list)-more], more
}
