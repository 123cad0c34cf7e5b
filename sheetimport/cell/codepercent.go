package cell

import (
	"regexp"

	"github.com/getklar/influencercrm/discount"
)

// Beside a code people write what it takes off: "ANNA15 (15%)", "ANNA15 - 15 % off", "ANNA15: 15% Rabatt". A dash without a
// blank is a part of the code: nobody can tell whether "ANNA-15%" is the code ANNA or ANNA-15.
var (
	percentBeside = regexp.MustCompile(`^(.*[^\s([=:→–—-])(?:\s+(?:[–—-]+\s*)?|\s*[=:→]\s*|\s*[([]\s*)(\d.*)$`)
	percentAlone  = regexp.MustCompile(`^[-([]?\s*(\d+(?:[.,]\d+)? ?%)(?: ?(?i:off|discount|rabatt|nachlass))?\s*[)\]]?$`)
)

// cutPercentOff takes the percentage beside a code off.
func cutPercentOff(part string) (code string, b discount.Benefit, ok bool) {
	m := percentBeside.FindStringSubmatch(part)
	if m == nil {
		return "", b, false
	}
	b, ok = percentOff(m[2])
	return m[1], b, ok
}

// percentOff reads what a code takes off where it stands alone.
func percentOff(text string) (b discount.Benefit, ok bool) {
	m := percentAlone.FindStringSubmatch(text)
	if m == nil {
		return b, false
	}
	percent, blank, err := ParsePercent(m[1])
	if err != nil || blank {
		return b, false
	}
	return discount.Benefit{Kind: discount.Percentage, Value: percent}, true
}
