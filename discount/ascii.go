package discount

import "encoding/binary"

// wordSize is how many characters in ASCII are taken at a time, in one machine word, because each look-up in an [Index] goes
// through those of its code.
const wordSize = 8

// blockSize is how many bytes of a text are taken without a loop: as many as most codes have.
const blockSize = 2 * wordSize

// eachByte has a 1 in each byte of a word, highBits the highest bit.
const (
	eachByte = 0x0101010101010101
	highBits = 0x80 * eachByte
)

// lowerASCII writes a text in ASCII in lower case, and reports whether it is one. It writes whole blocks.
func lowerASCII(to []byte, text string) (ascii bool) {
	seen := uint64(0)
	for ; len(text) > blockSize; to, text = to[blockSize:], text[blockSize:] {
		seen |= lowerBlock(to, text)
	}
	return (seen|lowerBlock(to, text))&highBits == 0
}

// lowerBlock is lowerASCII for a block, or less. It returns the bits that there were.
func lowerBlock(to []byte, text string) (seen uint64) {
	first, second := firstWords(text)
	to = to[:blockSize]
	binary.LittleEndian.PutUint64(to, lowerWord(first))
	binary.LittleEndian.PutUint64(to[wordSize:], lowerWord(second))
	return first | second
}

// lowerWord makes the characters of a word lower case.
func lowerWord(w uint64) uint64 {
	// With this added, the highest bit of a byte tells whether it is A or more, and whether it is more than Z.
	capitals := (w + (0x80-'A')*eachByte) &^ (w + (0x80-'Z'-1)*eachByte) & highBits
	return w | capitals>>2 // which is 'a' - 'A' in each
}

// firstWords returns the first two words of a text, with zeros behind its end. It reads words that overlap, so that it needs
// no loop.
func firstWords(text string) (first, second uint64) {
	switch n := len(text); {
	case n >= blockSize:
		return stringWord(text), stringWord(text[wordSize:])
	case n >= wordSize:
		return stringWord(text), stringWord(text[n-wordSize:]) >> (8 * (blockSize - n))
	case n >= wordSize/2:
		return stringHalf(text) | stringHalf(text[n-wordSize/2:])<<(8*(n-wordSize/2)), 0
	case n > 0: // the first one, the middle one and the last one are all
		return uint64(text[0]) | uint64(text[n/2])<<(8*(n/2)) | uint64(text[n-1])<<(8*(n-1)), 0
	}
	return 0, 0
}

// stringWord is word for the beginning of a string. The compiler makes one read of it.
func stringWord(s string) uint64 {
	return stringHalf(s[:wordSize]) | stringHalf(s[wordSize/2:wordSize])<<32
}

func stringHalf(s string) uint64 {
	_ = s[3] // one check for all
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
