package discount

import "math/bits"

// patterns is a hash table of patterns, each with the rules that have it. All texts are one, because a million small
// ones would cost the garbage collector more than the look-ups.
type patterns struct {
	text  []byte
	ends  []uint64 // of each pattern in text; it begins where the one before ends
	kinds []kind
	first []int32  // of each pattern, a rule
	next  []int32  // of each rule, another one with the same pattern, or noRule
	slots []uint64 // the high half of a hash and the number of a pattern, counted from 1; 0 is empty
}

const noRule = -1

func (p *patterns) init(rules []Rule) {
	size := 0
	for _, r := range rules {
		size += len(r.Pattern)
	}
	p.text = make([]byte, 0, size)
	p.ends = make([]uint64, 0, len(rules))
	p.kinds = make([]kind, 0, len(rules))
	p.first = make([]int32, 0, len(rules))
	p.next = make([]int32, len(rules))
	p.slots = make([]uint64, powerOfTwo(len(rules)+len(rules)/2+1)) // at most two of three are taken
}

// begin writes the normal form of a pattern behind the others, where add keeps it.
func (p *patterns) begin(pattern string) []byte {
	from := len(p.text)
	return appendNormalized(p.text, pattern)[from:]
}

func (p *patterns) add(rule int, k kind, hash uint64, key []byte) {
	n, at, ok := p.look(k, hash, key)
	if !ok {
		n = len(p.first)
		p.text = append(p.text, key...)
		p.ends = append(p.ends, uint64(len(p.text)))
		p.kinds = append(p.kinds, k)
		p.first = append(p.first, int32(rule))
		p.next[rule] = noRule
		p.slots[at] = hash&^lowHalf | uint64(n+1)
		return
	}
	p.next[rule] = p.first[n]
	p.first[n] = int32(rule)
}

const lowHalf = 1<<32 - 1

// find returns the number of a pattern.
func (p *patterns) find(k kind, hash uint64, key []byte) (n int, ok bool) {
	n, _, ok = p.look(k, hash, key)
	return n, ok
}

// look returns the number of a pattern, or the slot that it would have.
func (p *patterns) look(k kind, hash uint64, key []byte) (n, at int, ok bool) {
	mask := len(p.slots) - 1
	for at = int(hash) & mask; ; at = (at + 1) & mask {
		slot := p.slots[at]
		if slot == 0 {
			return 0, at, false
		}
		if (slot^hash)>>32 == 0 {
			n = int(slot&lowHalf) - 1
			if p.kinds[n] == k && string(p.key(n)) == string(key) {
				return n, at, true
			}
		}
	}
}

func (p *patterns) key(n int) []byte {
	from := uint64(0)
	if n > 0 {
		from = p.ends[n-1]
	}
	return p.text[from:p.ends[n]]
}

// powerOfTwo returns the next power of two that is not less.
func powerOfTwo(n int) int { return 1 << bits.Len(uint(n-1)) }
