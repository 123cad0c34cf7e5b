package discount

import "math/bits"

// slots are eight places of a hash table. Each has a byte of the hash of what stands there, so that one look at all of them says
// of most texts that they are in none.
type slots struct {
	tags     uint64 // a byte each; 0 is free
	patterns [8]uint32
}

// slotsTaken is how many of the eight are taken on average. A search goes on behind slots that are all taken, which few are then.
const slotsTaken = 5

func tag(hash uint64) uint64 { return hash&0x7f | 0x80 }

// withTag has the high bit of each slot with the tag of a hash, and at times that of one behind such a slot.
func (s *slots) withTag(hash uint64) uint64 {
	differ := s.tags ^ tag(hash)*eachByte
	return (differ - eachByte) &^ differ & highBits
}

// free has the high bit of each slot that is free.
func (s *slots) free() uint64 { return ^s.tags & highBits }

// pattern returns the number of the pattern in the first one of some slots.
func (s *slots) pattern(some uint64) uint32 { return s.patterns[bits.TrailingZeros64(some)/8] }

// take puts a pattern into the first free slot.
func (s *slots) take(hash uint64, pattern uint32) {
	n := bits.TrailingZeros64(s.free()) / 8
	s.tags |= tag(hash) << (8 * n)
	s.patterns[n] = pattern
}
