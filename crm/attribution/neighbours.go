package attribution

import (
	"maps"
	"slices"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// neighbours are made when the first order is to be explained.
type neighbours struct {
	codes  *discount.Neighbours                // of the codes that rules equal
	groups []int                               // of each code, its group in byPattern
	values [utm.NumFields]*discount.Neighbours // of the values that a field has in UTM sets
	texts  [utm.NumFields][]string             // these values
	loose  *utm.Index                          // for sets that only differ in case; nil where case does not count
}

func (l *layer) makeNeighbours() *neighbours {
	n := &neighbours{}
	var codes []string
	for group := range l.byPattern.ends {
		first := l.byPattern.of(group)[0]
		if r := l.deals[first.deal].Rules[first.rule]; r.Match == discount.Equals {
			codes, n.groups = append(codes, r.Pattern), append(n.groups, group)
		}
	}
	n.codes = discount.NewNeighbours(codes)
	sets := make([]utm.Params, len(l.bySet.ends))
	var known [utm.NumFields]map[string]bool
	for group := range l.bySet.ends {
		sets[group] = l.set(group)
		for _, f := range utm.Fields() {
			if known[f] == nil {
				known[f] = map[string]bool{}
			}
			if value := sets[group].Get(f).String(); value != "" && !known[f][value] {
				known[f][value] = true
				n.texts[f] = append(n.texts[f], value)
			}
		}
	}
	for f := range n.values {
		n.values[f] = discount.NewNeighbours(n.texts[f])
	}
	if l.strict {
		n.loose = utm.NewIndex(sets, false)
	}
	return n
}

// sets finds the groups of sets that have all fields of a visit but one, and that one with a slip.
func (n *neighbours) sets(l *layer, touch utm.Params) []int {
	found := map[int]bool{}
	if n.loose != nil {
		all, _ := n.loose.AppendMatches(nil, touch, maxMatches)
		for _, group := range all {
			found[group] = true
		}
	}
	for _, f := range utm.Fields() {
		for _, near := range n.values[f].Find(touch.Get(f).String(), MaxFindings) {
			meant := touch.With(f, utm.Of(n.texts[f][near.Position]))
			all, _ := l.sets.AppendMatches(nil, meant, maxMatches)
			for _, group := range all {
				if l.set(group).Get(f).String() != "" { // else it describes the visit as it was
					found[group] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}
