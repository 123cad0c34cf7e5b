package keyset

import (
	"fmt"
	"strconv"
	"strings"
)

// A sort key of several parts is one text that is ordered as the parts are one after the other. It ends each part but the
// last with a zero byte, which no part has and which comes before every other byte.

const partEnd = "\x00"

// Join makes a key of parts.
func Join(parts ...string) string { return strings.Join(parts, partEnd) }

// Split takes a key apart.
func Split(key string) []string { return strings.Split(key, partEnd) }

// Number is the part for a number: as long for each, negative ones first.
func Number(n int64) string { return fmt.Sprintf("%020d", uint64(n)^1<<63) }

// ParseNumber reads what Number writes.
func ParseNumber(part string) (int64, bool) {
	n, err := strconv.ParseUint(part, 10, 64)
	return int64(n ^ 1<<63), err == nil && Number(int64(n^1<<63)) == part
}
