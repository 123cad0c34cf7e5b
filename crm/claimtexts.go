package crm

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"
	"strings"
)

// claimTexts has the keys of all rules in order, and so the keys with a given beginning side by side;
// and with them, from each character on, what remains of them, for a piece in the middle and at the end.
type claimTexts struct {
	index *ClaimIndex
	whole ordered[place]
	tails ordered[place]
}

// place is where a text begins: in the key of a group, at a byte.
type place struct {
	group uint32
	at    uint8 // a code has at most 64 characters of 4 bytes
}

func newClaimTexts(x *ClaimIndex) *claimTexts {
	t := &claimTexts{index: x}
	t.whole.compare, t.tails.compare = t.order, t.order
	// Most texts differ in their first bytes, which are compared faster as a number.
	type started struct {
		start uint64
		place place
	}
	all := []started{}
	for g := range x.groups {
		for _, p := range t.places(uint32(g)) {
			var start [8]byte
			copy(start[:], t.text(p))
			all = append(all, started{binary.BigEndian.Uint64(start[:]), p})
		}
	}
	slices.SortFunc(all, func(a, b started) int {
		if a.start != b.start {
			return cmp.Compare(a.start, b.start)
		}
		return t.order(a.place, b.place)
	})
	whole, tails := []place{}, make([]place, len(all))
	for n, s := range all {
		if tails[n] = s.place; s.place.at == 0 {
			whole = append(whole, s.place)
		}
	}
	t.whole.fill(whole)
	t.tails.fill(tails)
	return t
}

func (t *claimTexts) text(p place) string { return t.index.groups[p.group].key[p.at:] }

func (t *claimTexts) order(a, b place) int {
	return cmp.Or(strings.Compare(t.text(a), t.text(b)), cmp.Compare(a.group, b.group))
}

// places are those of a group's key, the first one at its beginning. A UTM set has none.
func (t *claimTexts) places(g uint32) []place {
	if t.index.groups[g].kind == ClaimUTM {
		return nil
	}
	places := make([]place, 0, len(t.index.groups[g].key))
	for at := range t.index.groups[g].key {
		places = append(places, place{g, uint8(at)})
	}
	return places
}

func (t *claimTexts) enter(g uint32) {
	for _, p := range t.places(g) {
		t.tails.insert(p)
		if p.at == 0 {
			t.whole.insert(p)
		}
	}
}

func (t *claimTexts) leave(g uint32) {
	for _, p := range t.places(g) {
		t.tails.remove(p)
		if p.at == 0 {
			t.whole.remove(p)
		}
	}
}

// satisfying yields the groups whose keys satisfy a pattern, each once.
func (t *claimTexts) satisfying(pattern claimKey) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		texts := &t.tails
		switch pattern.kind {
		case ClaimStartsWith:
			texts = &t.whole
		case ClaimContains, ClaimEndsWith:
		default:
			return
		}
		for p := range texts.from(func(p place) bool { return t.text(p) < pattern.key }) {
			text := t.text(p)
			if !strings.HasPrefix(text, pattern.key) || pattern.kind == ClaimEndsWith && text != pattern.key {
				return
			}
			again := pattern.kind == ClaimContains && strings.Index(t.index.groups[p.group].key, pattern.key) < int(p.at)
			if !again && !yield(p.group) {
				return
			}
		}
	}
}
