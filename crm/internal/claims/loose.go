package claims

import (
	"slices"

	"github.com/tidwall/btree"

	"github.com/getklar/influencercrm/discount"
)

// looseTerms finds the codes that a shop may take for one. It holds only those that are not their own loose key, which
// most are, by that key: a code that is one, such as rene10, is found by its group.
type looseTerms struct {
	comparison discount.Comparison
	byKey      *btree.Map[string, []*term] // the lists never change, because versions of an index share them
}

func newLooseTerms(c discount.Comparison) looseTerms {
	return looseTerms{c, &btree.Map[string, []*term]{}}
}

func (l looseTerms) copy() looseTerms { return looseTerms{l.comparison, l.byKey.Copy()} }

// key returns the loose key of a term, and whether the term is in a list.
func (l looseTerms) key(t *term) (key string, listed bool) {
	if t.kind != Equals {
		return "", false
	}
	key = l.comparison.LooseKey(t.key)
	return key, key != t.key
}

func (l looseTerms) add(t *term) {
	if key, listed := l.key(t); listed {
		list, _ := l.byKey.Get(key)
		l.byKey.Set(key, append(slices.Clone(list), t))
	}
}

func (l looseTerms) remove(t *term) {
	key, listed := l.key(t)
	if !listed {
		return
	}
	list, _ := l.byKey.Get(key)
	rest := slices.DeleteFunc(slices.Clone(list), func(o *term) bool { return o.key == t.key })
	if len(rest) == 0 {
		l.byKey.Delete(key)
	} else {
		l.byKey.Set(key, rest)
	}
}

// looseGroup is the entries that say another code than an entry, which a shop may take for the same.
type looseGroup struct {
	*group
	severity discount.Severity // Blocking or Loose
}

// looseGroups returns the groups of the codes that a shop may take for that of an entry, the blocking ones first.
func (x *Index) looseGroups(mine *Entry) (found []looseGroup) {
	if mine.Kind != Equals {
		return nil
	}
	take := func(g *group) {
		proof := x.loose.comparison.Compare(mine.Rule(), g.rule())
		found = append(found, looseGroup{g, proof.Severity})
	}
	key := x.loose.comparison.LooseKey(mine.Key)
	if key != mine.Key {
		if g := x.group(Equals, x.hash(Equals, key), key); g != nil {
			take(g)
		}
	}
	list, _ := x.loose.byKey.Get(key)
	for _, t := range list {
		if t.key != mine.Key {
			take(x.group(t.kind, t.hash, t.key))
		}
	}
	slices.SortStableFunc(found, func(a, b looseGroup) int { return int(b.severity) - int(a.severity) })
	return found
}
