package sheetimport

import (
	"strings"

	"github.com/getklar/influencercrm/discount"
	"github.com/shopspring/decimal"
)

// ParsePercent reads a percentage: "15%", "15 %", "12,5 %", or 15 in a column whose header says that it holds
// percentages. A bare number of 1 or less is an error, because a spreadsheet stores 15 % as 0.15; so is more than 100.
func ParsePercent(text string) (percent decimal.Decimal, blank bool, err error) {
	t, err := ParseText(text)
	if err != nil || isNothing(t) {
		return decimal.Decimal{}, err == nil, err
	}
	fail := func(code, problem string, readings ...string) (decimal.Decimal, bool, error) {
		return decimal.Decimal{}, false, cellError(code, t, problem, "write it like 15 %", readings...)
	}
	number, signed := strings.CutSuffix(t, "%")
	numbers := readings(trim(number), StyleUnknown)
	if len(numbers) != 1 {
		return fail("not_a_percentage", "is not a percentage")
	}
	percent, err = decimal.NewFromString(numbers[0].String())
	hundred := decimal.NewFromInt(100)
	switch {
	case err != nil || percent.GreaterThan(hundred):
		return fail("not_a_percentage", "is not a percentage between 0 and 100")
	case percent.IsZero():
		return decimal.Decimal{}, true, nil
	case !signed && percent.LessThanOrEqual(decimal.NewFromInt(1)):
		return fail("ambiguous_percentage", "can be read in two ways", percent.String()+" %", percent.Mul(hundred).String()+" %")
	}
	return percent, false, nil
}

// parseMatch reads a cell that says how a code is compared.
func parseMatch(text string) (discount.Match, error) {
	t, err := ParseText(text)
	if err != nil {
		return "", err
	}
	for _, g := range germanMatches {
		if strings.EqualFold(t, g.words) {
			return g.match, nil
		}
	}
	m, err := discount.ParseMatch(t)
	if err != nil {
		return "", cellError("unknown_match", t, "does not say how a code is compared", `write "equals", "contains", "starts with" or "ends with"`)
	}
	return m, nil
}
