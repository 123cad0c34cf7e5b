package attribution

import "slices"

// member is a rule of a cooperation, or its UTM set.
type member struct{ deal, rule int32 }

// groups are lists of members that have one pattern or one UTM set, one behind the other.
type groups struct {
	members []member
	ends    []int32 // of each group
}

func (g *groups) of(n int) []member {
	from := int32(0)
	if n > 0 {
		from = g.ends[n-1]
	}
	return g.members[from:g.ends[n]]
}

// grouping puts members with one key together.
type grouping[T any] struct {
	byKey   map[string]int32
	heads   []T
	members []grouped
}

type grouped struct {
	group int32
	member
}

func newGrouping[T any]() *grouping[T] { return &grouping[T]{byKey: map[string]int32{}} }

// add adds a member and returns its group.
func (g *grouping[T]) add(key string, head T, m member) int {
	n, ok := g.byKey[key]
	if !ok {
		n = int32(len(g.heads))
		g.byKey[key] = n
		g.heads = append(g.heads, head)
	}
	g.members = append(g.members, grouped{n, m})
	return int(n)
}

func (g *grouping[T]) groups() groups {
	slices.SortStableFunc(g.members, func(a, b grouped) int { return int(a.group - b.group) })
	all := groups{make([]member, len(g.members)), make([]int32, len(g.heads))}
	for n, m := range g.members {
		all.members[n] = m.member
		all.ends[m.group] = int32(n + 1)
	}
	return all
}
