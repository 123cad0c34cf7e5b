package attribution

import (
	"maps"
	"slices"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// neighbours are made when the first order is to be explained.
type neighbours struct {
	codes   *discount.Neighbours // of the codes that rules equal
	groups  []int                // of each code, its group in byPattern
	without map[lessOne][]int32  // groups in bySet by their set without one field
	shapes  map[shape]bool       // of these sets
	loose   *utm.Index           // for sets that only differ in case; nil where case does not count
}

func (x *Index) makeNeighbours() *neighbours {
	n := &neighbours{without: map[lessOne][]int32{}, shapes: map[shape]bool{}}
	var codes []string
	for group := range x.byPattern.ends {
		first := x.byPattern.of(group)[0]
		if r := x.deals[first.deal].Rules[first.rule]; r.Match == discount.Equals {
			codes, n.groups = append(codes, r.Pattern), append(n.groups, group)
		}
	}
	n.codes = discount.NewNeighbours(codes)
	sets := make([]utm.Params, len(x.bySet.ends))
	for group := range x.bySet.ends {
		set := x.deals[x.bySet.of(group)[0].deal].UTM
		sets[group] = set
		for _, f := range utm.Fields() {
			if of := shapeOf(set); of>>f&1 == 1 {
				key := lessOne{f, of, utm.Key(set.With(f, utm.Value{}))}
				n.without[key] = append(n.without[key], int32(group))
				n.shapes[of] = true
			}
		}
	}
	if x.options.StrictUTM {
		n.loose = utm.NewIndex(sets, false)
	}
	return n
}

// lessOne is a set of a shape without one of its fields.
type lessOne struct {
	missing utm.Field
	shape   shape
	key     string // of the others
}

// shape is which fields of a set are not empty, a bit for each.
type shape uint8

func shapeOf(p utm.Params) (s shape) {
	for _, f := range utm.Fields() {
		if (utm.Params{Source: p.Get(f)}).Specificity() == 1 {
			s |= 1 << f
		}
	}
	return s
}

// maxInspected bounds how many sets that lack one field of a visit are looked at: a campaign may have thousands.
const maxInspected = 1_000

// sets finds the groups of sets that have all fields of a visit but one, and that one with a slip.
func (n *neighbours) sets(x *Index, touch utm.Params) []int {
	found := map[int]bool{}
	if n.loose != nil {
		all, _ := n.loose.AppendMatches(nil, touch, maxMatches)
		for _, group := range all {
			found[group] = true
		}
	}
	for of := range n.shapes {
		if of&^shapeOf(touch) != 0 {
			continue
		}
		for _, f := range utm.Fields() {
			if of>>f&1 == 0 {
				continue
			}
			groups := n.without[lessOne{f, of, utm.Key(part(touch, of&^(1<<f)))}]
			for _, group := range groups[:min(len(groups), maxInspected)] {
				want := x.deals[x.bySet.of(int(group))[0].deal].UTM.Get(f)
				if discount.SlipOf(touch.Get(f).String(), want.String()) != "" {
					found[int(group)] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// part is what a set has in some of its fields.
func part(p utm.Params, of shape) (rest utm.Params) {
	for _, f := range utm.Fields() {
		if of>>f&1 == 1 {
			rest = rest.With(f, p.Get(f))
		}
	}
	return rest
}
