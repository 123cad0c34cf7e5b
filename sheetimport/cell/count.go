package cell

import (
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
)

var wantCount = sentence.Of("write it in digits, like 88139")

// ParseCount reads a whole number such as a number of followers. Separators in it are group separators: 88.139 and
// 88,139 are both 88139. Before a word for thousands and more they are decimal marks, unless three digits follow: 12,5k,
// 120 Tsd. and 1.2M are 12500, 120000 and 1200000, and 1,234k is ambiguous_count with both readings. 12.5 is an error, as
// are ">100k", "10k-15k" and "about 500".
func ParseCount(text string) (n int64, blank bool, err error) {
	t, err := ParseText(text)
	if err != nil {
		return 0, false, err
	}
	if IsBlank(t) {
		return 0, true, nil
	}
	found := countReadings(t)
	switch {
	case len(found) == 0:
		return 0, false, NewError("not_a_count", t, sentence.Of("is not a whole number"), wantCount)
	case len(found) > 1:
		return 0, false, NewError("ambiguous_count", t, twoReadings, wantCount, found...)
	case len(found[0]) > maxWholeDigits:
		return 0, false, NewError("too_large", t, sentence.Of("is too large for a count"), wantCount)
	}
	n, err = strconv.ParseInt(found[0], 10, 64)
	return n, false, err
}

// countReadings are the whole numbers that a text can mean.
func countReadings(t string) []string {
	last := strings.LastIndexAny(t, "0123456789")
	zeros, rest := cutMultiple(t[last+1:])
	if zeros > 0 && rest == "" {
		t = t[:last+1]
	}
	var found []string
	for _, r := range readings(t, StyleUnknown) {
		// Up to two zeros may follow, as in 88139.0; three digits would be a group.
		if zeros == 0 && len(r.fraction) > 2 {
			continue
		}
		if r = r.times(zeros).trimZeros(); r.fraction == "" {
			found = append(found, r.whole)
		}
	}
	return found
}
