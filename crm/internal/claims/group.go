package claims

import (
	"slices"
	"sort"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// term is what entries say: a kind and a key.
type term struct {
	kind  Kind
	key   string
	chars int // of the key
	hash  uint64
}

func (t *term) says(kind Kind, key string) bool { return t.key == key && t.kind == kind }

func (t *term) rule() discount.Rule {
	return discount.Rule{Match: discount.Match(t.kind), Pattern: t.key}
}

// member is an entry of a group. What it says is the term of the group.
type member struct {
	cooperation, influencer ID
	days                    budget.Period
}

// meets is [Entry.Meets].
func (m *member) meets(e *Entry) (budget.Period, bool) {
	if m.influencer == e.Influencer || m.cooperation == e.Cooperation {
		return budget.Period{}, false
	}
	return e.Days.Overlap(m.days)
}

func (m *member) entry(t *term) Entry {
	return Entry{Cooperation: m.cooperation, Influencer: m.influencer, Kind: t.kind, Key: t.key, Days: m.days}
}

// group is the entries of all cooperations that say the same, ordered by cooperation. It never changes, because
// versions of an index share it: with and without return another group, which shares all blocks but one.
type group struct {
	*term
	blocks [][]member // none is empty
	next   *group     // with the same hash
}

// maxBlock is how many members a block has at most.
const maxBlock = 64

// find returns the place of a cooperation, or where it would be.
func (g *group) find(cooperation ID) (block, at int, found bool) {
	block = max(0, sort.Search(len(g.blocks), func(n int) bool {
		return g.blocks[n][0].cooperation.Compare(cooperation) > 0
	})-1)
	if block < len(g.blocks) {
		at, found = slices.BinarySearchFunc(g.blocks[block], cooperation, func(m member, id ID) int {
			return m.cooperation.Compare(id)
		})
	}
	return block, at, found
}

// with returns the group with one member more. The cooperation must not be in it.
func (g *group) with(m member) *group {
	with := *g
	n, at, _ := g.find(m.cooperation)
	if n == len(g.blocks) {
		with.blocks = [][]member{{m}}
		return &with
	}
	block := make([]member, 0, len(g.blocks[n])+1)
	block = append(append(append(block, g.blocks[n][:at]...), m), g.blocks[n][at:]...)
	if len(block) <= maxBlock {
		with.blocks = slices.Clone(g.blocks)
		with.blocks[n] = block
		return &with
	}
	with.blocks = make([][]member, 0, len(g.blocks)+1)
	with.blocks = append(with.blocks, g.blocks[:n]...)
	with.blocks = append(with.blocks, slices.Clone(block[:maxBlock/2]), slices.Clone(block[maxBlock/2:]))
	with.blocks = append(with.blocks, g.blocks[n+1:]...)
	return &with
}

// without returns the group without a cooperation, nil if nobody is left.
func (g *group) without(cooperation ID) *group {
	n, at, found := g.find(cooperation)
	if !found {
		return g
	}
	without := *g
	if len(g.blocks[n]) == 1 {
		if len(g.blocks) == 1 {
			return nil
		}
		without.blocks = slices.Delete(slices.Clone(g.blocks), n, n+1)
		return &without
	}
	without.blocks = slices.Clone(g.blocks)
	without.blocks[n] = slices.Delete(slices.Clone(g.blocks[n]), at, at+1)
	return &without
}

// newGroup returns a group of members that are in order.
func newGroup(t *term, members []member) *group {
	g := &group{term: t}
	if len(members) <= maxBlock {
		g.blocks = [][]member{members}
		return g
	}
	for block := range slices.Chunk(members, maxBlock*3/4) {
		g.blocks = append(g.blocks, slices.Clone(block))
	}
	return g
}
