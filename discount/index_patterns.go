package discount

import "slices"

// patterns is a hash table of patterns, each with the rules that have it. All texts are one, because a million small
// ones would cost the garbage collector more than the look-ups.
type patterns struct {
	text  []byte
	list  []pattern
	next  []int32 // of each rule, another one with the same pattern, or noRule; nil if no two have one
	slots []slots
	rules int
}

// pattern is a pattern of a kind, all that a look-up needs of it in one place.
type pattern struct {
	at    uint64 // where in the text it begins, and in the last bits its kind
	bytes uint32
	first int32 // a rule that has it
}

const noRule = -1

const kindBits = 2

func (p *pattern) kind() kind { return kind(p.at & (1<<kindBits - 1)) }

func (p *pattern) size() int { return int(p.bytes) }

func (p *patterns) init(rules []Rule) {
	size := blockSize
	for _, r := range rules {
		size += len(r.Pattern)
	}
	p.text = make([]byte, 0, size)
	p.list = make([]pattern, 0, len(rules))
	p.slots = make([]slots, len(rules)/slotsTaken+1)
	p.rules = len(rules)
}

// add adds a rule. The normal form of its pattern is written behind the others, and stays there if it is new.
func (p *patterns) add(rule int, k kind, text string, s *secret) {
	from := len(p.text)
	p.text = slices.Grow(appendNormalized(p.text, text), blockSize)
	key := p.text[from:]
	if len(key) == 0 {
		return
	}
	hash := s.hash(k, key)
	known, free := p.look(k, hash, key)
	if known == nil {
		free.take(hash, uint32(len(p.list)))
		p.list = append(p.list, pattern{uint64(from)<<kindBits | uint64(k), uint32(len(key)), int32(rule)})
		return
	}
	p.text = p.text[:from]
	if p.next == nil {
		p.next = slices.Repeat([]int32{noRule}, p.rules)
	}
	p.next[rule], known.first = known.first, int32(rule)
}

// appendRules adds the rules of a pattern to those that were found.
func (p *patterns) appendRules(m matches, of *pattern) matches {
	for rule := of.first; rule != noRule; rule = p.next[rule] {
		if len(m.rules) >= m.limit {
			m.more = true
			break
		}
		m.rules = append(m.rules, int(rule))
		if p.next == nil {
			break
		}
	}
	return m
}

// find returns a pattern, or nil.
func (p *patterns) find(k kind, hash uint64, key []byte) *pattern {
	found, _ := p.look(k, hash, key)
	return found
}

// look returns a pattern, or nil and the slots where it has a place.
func (p *patterns) look(k kind, hash uint64, key []byte) (*pattern, *slots) {
	for at := placeOf(hash, len(p.slots)); ; at++ {
		if at == len(p.slots) {
			at = 0
		}
		here := &p.slots[at]
		for some := here.withTag(hash); some != 0; some &= some - 1 {
			found := &p.list[here.pattern(some)]
			if found.kind() == k && string(p.key(found)) == string(key) {
				return found, nil
			}
		}
		if here.free() != 0 {
			return nil, here
		}
	}
}

func (p *patterns) key(of *pattern) []byte {
	from := int(of.at >> kindBits)
	return p.text[from : from+of.size()]
}
