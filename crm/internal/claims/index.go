package claims

import (
	"cmp"
	"hash/maphash"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/tidwall/btree"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// Index is one version of the entries of a workspace. Create the first one with [New], and the next one with
// [Index.Copy].
type Index struct {
	// copying is held while Copy marks the trees as shared, which takes as long for a large index as for a small one.
	copying sync.Mutex

	size         int
	owned        *btree.BTreeG[owned]
	groups       *btree.Map[uint64, *group] // by the hash of their terms
	hash         func(Kind, string) uint64
	suffixes     suffixes
	loose        looseTerms
	patterns     map[Kind]*patterns            // by patternKinds
	ofInfluencer *btree.BTreeG[patternOfOwner] // the patterns of each influencer
	severities   *derivation
}

// owned is what one cooperation claims. The list never changes, because versions share it.
type owned struct {
	cooperation ID
	claims      []claim
}

// claim is an entry without its cooperation.
type claim struct {
	*term
	influencer ID
	days       budget.Period
}

func (o owned) entry(n int) Entry {
	c := o.claims[n]
	return Entry{Cooperation: o.cooperation, Influencer: c.influencer, Kind: c.kind, Key: c.key, Days: c.days}
}

// patternOfOwner is a pattern of an influencer.
type patternOfOwner struct {
	influencer, cooperation ID
	*term
	days budget.Period
}

func (p patternOfOwner) compare(other patternOfOwner) int {
	if order := cmp.Or(p.influencer.Compare(other.influencer), p.cooperation.Compare(other.cooperation)); order != 0 {
		return order
	}
	if p.term == nil || other.term == nil { // where a walk begins
		return cmp.Compare(b2i(p.term != nil), b2i(other.term != nil))
	}
	return cmp.Or(cmp.Compare(p.kind, other.kind), cmp.Compare(p.key, other.key))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func newTree[T any](compare func(a, b T) int) *btree.BTreeG[T] {
	return btree.NewBTreeGOptions(func(a, b T) bool { return compare(a, b) < 0 }, btree.Options{NoLocks: true})
}

// loadTree makes a tree of items in order. Load leaves the nodes of a tree half empty, so every second item is left to
// fill them: an index takes a third less memory.
func loadTree[T any](compare func(a, b T) int, sorted []T) *btree.BTreeG[T] {
	tree := newTree(compare)
	for n := 0; n < len(sorted); n += 2 {
		tree.Load(sorted[n])
	}
	var hint btree.PathHint
	for n := 1; n < len(sorted); n += 2 {
		tree.SetHint(sorted[n], &hint)
	}
	return tree
}

// New returns an index of entries, for a shop that compares codes in one way. A cooperation that claims the same twice
// claims it once.
func New(entries []Entry, comparison discount.Comparison) *Index {
	seed := maphash.MakeSeed()
	return newIndex(entries, comparison, func(kind Kind, key string) uint64 {
		return maphash.String(seed, key) + uint64(slices.Index(kinds[:], kind))
	})
}

func newIndex(entries []Entry, comparison discount.Comparison, hash func(Kind, string) uint64) *Index {
	x := &Index{
		groups: &btree.Map[uint64, *group]{}, hash: hash, loose: newLooseTerms(comparison), patterns: map[Kind]*patterns{},
		severities: newDerivation(nil),
	}
	for _, kind := range patternKinds {
		x.patterns[kind] = newPatterns()
	}
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b Entry) int { return a.Cooperation.Compare(b.Cooperation) })
	type says struct {
		kind Kind
		key  string
	}
	terms := map[says]*term{}
	members := map[*term][]member{}
	all, patternsOfAll := []owned{}, []patternOfOwner{}
	for len(entries) > 0 {
		id, n := entries[0].Cooperation, 1
		for n < len(entries) && entries[n].Cooperation == id {
			n++
		}
		own := withoutRepeats(entries[:n])
		entries = entries[n:]
		o := owned{id, make([]claim, len(own))}
		for i, e := range own {
			t := terms[says{e.Kind, e.Key}]
			if t == nil {
				t = x.newTerm(e)
				terms[says{e.Kind, e.Key}] = t
			}
			o.claims[i] = claim{t, e.Influencer, e.Days}
			if !e.valid() {
				continue
			}
			members[t] = append(members[t], member{id, e.Influencer, e.Days})
			if p := x.patterns[e.Kind]; p != nil {
				p.count(e.Days, 1)
				patternsOfAll = append(patternsOfAll, patternOfOwner{e.Influencer, id, t, e.Days})
			}
		}
		x.size += len(own)
		all = append(all, o)
	}
	x.owned = loadTree(func(a, b owned) int { return a.cooperation.Compare(b.cooperation) }, all)
	slices.SortFunc(patternsOfAll, patternOfOwner.compare)
	x.ofInfluencer = loadTree(patternOfOwner.compare, patternsOfAll)
	used := make([]*term, 0, len(members))
	for t := range members {
		used = append(used, t)
	}
	slices.SortFunc(used, func(a, b *term) int { return cmp.Compare(a.hash, b.hash) })
	for n := 0; n < len(used); n += 2 {
		x.addGroup(newGroup(used[n], members[used[n]]))
	}
	for n := 1; n < len(used); n += 2 {
		x.addGroup(newGroup(used[n], members[used[n]]))
	}
	x.suffixes = newSuffixes(used)
	for _, t := range used {
		x.loose.add(t)
	}
	return x
}

// addGroup adds a group to an index without it.
func (x *Index) addGroup(g *group) {
	x.putGroup(g)
	if p := x.patterns[g.kind]; p != nil {
		p.add(g.term)
	}
}

func (x *Index) newTerm(e Entry) *term {
	return &term{kind: e.Kind, key: e.Key, chars: utf8.RuneCountInString(e.Key), hash: x.hash(e.Kind, e.Key)}
}

// withoutRepeats returns entries of one cooperation without those that say the same as an earlier one.
func withoutRepeats(entries []Entry) []Entry {
	once := make([]Entry, 0, len(entries))
	for _, e := range entries {
		if !slices.ContainsFunc(once, func(o Entry) bool { return o.Kind == e.Kind && o.Key == e.Key }) {
			once = append(once, e)
		}
	}
	return once
}

// Copy returns the next version of the index, with the same entries. The two share what they have in common: copying
// is O(1), and changing one leaves the other as it is. An index that has been copied may be read and copied by many at
// once and is not to be changed any more.
func (x *Index) Copy() *Index {
	x.copying.Lock()
	defer x.copying.Unlock()
	c := &Index{
		size: x.size, owned: x.owned.Copy(), groups: x.groups.Copy(), hash: x.hash,
		suffixes: x.suffixes.copy(), loose: x.loose.copy(), patterns: map[Kind]*patterns{},
		ofInfluencer: x.ofInfluencer.Copy(), severities: newDerivation(x.severities),
	}
	for kind, p := range x.patterns {
		c.patterns[kind] = p.copy()
	}
	return c
}

// Len returns how many entries there are.
func (x *Index) Len() int { return x.size }

// Entries returns the entries of a cooperation.
func (x *Index) Entries(cooperation ID) []Entry {
	o, _ := x.owned.Get(owned{cooperation: cooperation})
	entries := make([]Entry, len(o.claims))
	for n := range o.claims {
		entries[n] = o.entry(n)
	}
	return entries
}

// Has reports whether the entries of a cooperation are these, in this order.
func (x *Index) Has(cooperation ID, entries []Entry) bool {
	o, _ := x.owned.Get(owned{cooperation: cooperation})
	if len(o.claims) != len(entries) {
		return false
	}
	for n, e := range entries {
		if o.entry(n) != e {
			return false
		}
	}
	return true
}

// Replace sets the entries of a cooperation.
func (x *Index) Replace(cooperation ID, entries []Entry) {
	entries = withoutRepeats(entries)
	if x.Has(cooperation, entries) {
		return
	}
	before, _ := x.owned.Delete(owned{cooperation: cooperation})
	x.remove(owned{cooperation, before.claims})
	x.severities.changed(cooperation, before.claims, x.size)
	if len(entries) > 0 {
		x.add(cooperation, entries)
	}
}

// add puts the entries of a cooperation into their groups. Entries that are not valid conflict with nothing and are in
// no group.
func (x *Index) add(cooperation ID, entries []Entry) {
	o := owned{cooperation, make([]claim, len(entries))}
	x.size += len(entries)
	for n, e := range entries {
		g := x.group(e.Kind, x.hash(e.Kind, e.Key), e.Key)
		valid := g != nil || e.valid()
		if g == nil {
			g = &group{term: x.newTerm(e)}
			if valid {
				x.suffixes.add(g.term)
				x.loose.add(g.term)
				if p := x.patterns[e.Kind]; p != nil {
					p.add(g.term)
				}
			}
		}
		o.claims[n] = claim{g.term, e.Influencer, e.Days}
		if !valid {
			continue
		}
		x.putGroup(g.with(member{cooperation, e.Influencer, e.Days}))
		if p := x.patterns[e.Kind]; p != nil {
			p.count(e.Days, 1)
			x.ofInfluencer.Set(patternOfOwner{e.Influencer, cooperation, g.term, e.Days})
		}
	}
	x.owned.Set(o)
}

// remove takes the claims of a cooperation out of their groups.
func (x *Index) remove(o owned) {
	x.size -= len(o.claims)
	for _, c := range o.claims {
		g := x.group(c.kind, c.hash, c.key)
		if g == nil {
			continue // it is not valid
		}
		p := x.patterns[c.kind]
		if p != nil {
			p.count(c.days, -1)
			x.ofInfluencer.Delete(patternOfOwner{influencer: c.influencer, cooperation: o.cooperation, term: c.term})
		}
		if rest := g.without(o.cooperation); rest != nil {
			x.putGroup(rest)
			continue
		}
		x.dropGroup(g)
		x.suffixes.remove(g.term)
		x.loose.remove(g.term)
		if p != nil {
			p.remove(g.term)
		}
	}
}

// group returns the group of a kind and key with this hash, nil if there is none.
func (x *Index) group(kind Kind, hash uint64, key string) *group {
	g, _ := x.groups.Get(hash)
	for g != nil && !g.says(kind, key) {
		g = g.next
	}
	return g
}

// putGroup adds a group or replaces the one that says the same.
func (x *Index) putGroup(g *group) {
	put := *g
	first, _ := x.groups.Get(g.hash)
	put.next = first.chainWithout(g.term)
	x.groups.Set(g.hash, &put)
}

func (x *Index) dropGroup(g *group) {
	first, _ := x.groups.Get(g.hash)
	if rest := first.chainWithout(g.term); rest != nil {
		x.groups.Set(g.hash, rest)
	} else {
		x.groups.Delete(g.hash)
	}
}

// chainWithout returns the groups with one hash without that of a term. Other versions keep the chain as it was.
func (g *group) chainWithout(t *term) *group {
	switch {
	case g == nil:
		return nil
	case g.says(t.kind, t.key):
		return g.next
	}
	rest := *g
	rest.next = g.next.chainWithout(t)
	return &rest
}
