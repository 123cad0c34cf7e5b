package discount

import (
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// looseKey returns the key of a code in normal form under which databases see it that know neither accents nor variants
// of a letter or digit: the primary weights of Unicode's collation algorithm. Weights of letters and digits in ASCII are
// written as these, so the key of a code in ASCII is the code itself, and that of "rené10" is "rene10".
func looseKey(key string) string {
	if _, ascii := inspectASCII(key); ascii {
		return key
	}
	c := collators.Get().(*looseCollator)
	defer collators.Put(c)
	return c.key(key)
}

// collators are kept because making one takes as long as some fifty keys.
var collators = sync.Pool{New: func() any { return newLooseCollator() }}

// looseWeight is how many bytes of a key stand for a character that is not in ASCII.
const looseWeight = 4

type looseCollator struct {
	collator *collate.Collator
	buffer   collate.Buffer
	ascii    map[uint32]byte // the characters in ASCII by their weight
}

func newLooseCollator() *looseCollator {
	c := &looseCollator{collator: collate.New(language.Und, collate.Loose), ascii: map[uint32]byte{}}
	for r := byte(' '); r <= '~'; r++ {
		if weights := c.weights(string(r)); 'A' <= r && r <= 'Z' || len(weights) == 0 {
			continue // the capital has the weight of its letter
		} else if w, rest := cutWeight(weights); len(rest) == 0 {
			c.ascii[w] = r
		}
	}
	return c
}

// weights returns the primary weights of a text as the collator writes them. They stand until the next call.
func (c *looseCollator) weights(text string) []byte {
	c.buffer.Reset()
	return c.collator.KeyFromString(&c.buffer, text)
}

// cutWeight reads the first weight: two bytes, or three if the first has its highest bit set.
func cutWeight(weights []byte) (w uint32, rest []byte) {
	n := 2
	if weights[0] >= 0x80 {
		n = 3
	}
	n = min(n, len(weights))
	for _, b := range weights[:n] {
		w = w<<8 | uint32(b)
	}
	return w, weights[n:]
}

func (c *looseCollator) key(text string) string {
	var b strings.Builder
	for weights := c.weights(text); len(weights) > 0; {
		var w uint32
		w, weights = cutWeight(weights)
		if r, ok := c.ascii[w]; ok {
			b.WriteByte(r)
		} else {
			b.Write([]byte{0xFF, byte(w >> 16), byte(w >> 8), byte(w)}) // looseWeight bytes; no text in UTF-8 has 0xFF
		}
	}
	return b.String()
}
