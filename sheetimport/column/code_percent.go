package column

import (
	"regexp"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

// percentOfCodes is a percentage in the header of a column of codes: "Code (15%)", "Rabattcode 10 %", "20 % off code".
var percentOfCodes = regexp.MustCompile(`(?i)(?:^|[\s(\[])(\d{1,2}(?:[.,]\d)? ?%)(?: ?(?:off|rabatt|discount))?(?:$|[\s)\]])`)

// aboutPercent make a percentage in a header one that not every code takes off.
var aboutPercent = regexp.MustCompile(`(?i)\b(?:up to|bis|max|min|ab|from|or|oder|provision|commission|affiliate|beteiligung|share|cashback|payout)\b|/|–|%.*%`)

// PercentInHeader is what the header of a column of codes says that each of them takes off.
func (c Column) PercentInHeader() (percent decimal.Decimal, ok bool) {
	if c.Field != Code || len(c.Header) > maxHeaderLen {
		return percent, false
	}
	m := percentOfCodes.FindStringSubmatch(c.Header)
	if m == nil || aboutPercent.MatchString(c.Header) {
		return percent, false
	}
	percent, blank, err := cell.ParsePercent(m[1])
	return percent, err == nil && !blank
}
