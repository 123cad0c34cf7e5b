package claims

import (
	"slices"
	"unicode/utf8"
)

// Index holds entries. Create one with [New].
type Index struct {
	entries      map[ID][]Entry // by cooperation
	size         int
	groups       map[Kind]map[string]*group // by key
	suffixes     suffixes
	patterns     map[Kind]*patterns // by patternKinds
	ofInfluencer map[ID][]*Entry    // the patterns of each influencer
}

// group is the entries of all cooperations that say the same.
type group struct {
	kind    Kind
	key     string
	chars   int // of the key
	entries []*Entry
}

// New returns an index of entries.
func New(entries []Entry) *Index {
	x := &Index{
		entries: map[ID][]Entry{}, ofInfluencer: map[ID][]*Entry{},
		groups: map[Kind]map[string]*group{}, patterns: map[Kind]*patterns{},
	}
	for _, kind := range kinds {
		x.groups[kind] = map[string]*group{}
	}
	for _, kind := range patternKinds {
		x.patterns[kind] = newPatterns()
	}
	for _, e := range entries {
		x.entries[e.Cooperation] = append(x.entries[e.Cooperation], e)
	}
	groups := []*group{}
	for _, own := range x.entries {
		groups = append(groups, x.add(own)...)
	}
	x.suffixes = newSuffixes(groups)
	return x
}

// Len returns how many entries there are.
func (x *Index) Len() int { return x.size }

// Entries returns the entries of a cooperation, which the caller does not change.
func (x *Index) Entries(cooperation ID) []Entry { return x.entries[cooperation] }

// Replace sets the entries of a cooperation.
func (x *Index) Replace(cooperation ID, entries []Entry) {
	if slices.Equal(x.entries[cooperation], entries) {
		return
	}
	x.remove(x.entries[cooperation])
	delete(x.entries, cooperation)
	if len(entries) > 0 {
		x.entries[cooperation] = slices.Clone(entries)
		for _, g := range x.add(x.entries[cooperation]) {
			x.suffixes.add(g)
		}
	}
}

// add puts the entries of a cooperation into their groups and returns the groups that are new. Entries that are not
// valid conflict with nothing and are left out.
func (x *Index) add(entries []Entry) (created []*group) {
	x.size += len(entries)
	for n := range entries {
		e := &entries[n]
		if !e.valid() {
			continue
		}
		g := x.groups[e.Kind][e.Key]
		if g == nil {
			g = &group{kind: e.Kind, key: e.Key, chars: utf8.RuneCountInString(e.Key)}
			x.groups[e.Kind][e.Key] = g
			created = append(created, g)
		}
		g.entries = append(g.entries, e)
		if p := x.patterns[e.Kind]; p != nil {
			p.add(g, e)
			x.ofInfluencer[e.Influencer] = append(x.ofInfluencer[e.Influencer], e)
		}
	}
	return created
}

// remove is the reverse of add.
func (x *Index) remove(entries []Entry) {
	x.size -= len(entries)
	for n := range entries {
		e := &entries[n]
		if !e.valid() {
			continue
		}
		g := x.groups[e.Kind][e.Key]
		g.entries = without(g.entries, e)
		if p := x.patterns[e.Kind]; p != nil {
			p.remove(g, e)
			if x.ofInfluencer[e.Influencer] = without(x.ofInfluencer[e.Influencer], e); len(x.ofInfluencer[e.Influencer]) == 0 {
				delete(x.ofInfluencer, e.Influencer)
			}
		}
		if len(g.entries) == 0 {
			x.suffixes.remove(g)
			delete(x.groups[e.Kind], e.Key)
		}
	}
}

func without(entries []*Entry, e *Entry) []*Entry {
	return slices.DeleteFunc(entries, func(other *Entry) bool { return other == e })
}
