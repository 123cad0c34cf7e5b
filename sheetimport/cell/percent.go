package cell

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// ParsePercent reads a percentage: "15%", "15 %", "12,5 %", or 15 in a column whose header says that it holds
// percentages. A bare number of 1 or less is an error, because a spreadsheet stores 15 % as 0.15; so is more than 100.
func ParsePercent(text string) (percent decimal.Decimal, blank bool, err error) {
	t, err := ParseText(text)
	if err != nil || IsBlank(t) {
		return decimal.Decimal{}, err == nil, err
	}
	fail := func(code string, problem sentence.Sentence, readings ...string) (decimal.Decimal, bool, error) {
		return decimal.Decimal{}, false, NewError(code, t, problem, sentence.Of("write it like 15 %"), readings...)
	}
	number, signed := strings.CutSuffix(t, "%")
	numbers := readings(texts.Trim(number), StyleUnknown)
	if len(numbers) != 1 {
		return fail("not_a_percentage", sentence.Of("is not a percentage"))
	}
	percent, err = decimal.NewFromString(numbers[0].String())
	hundred := decimal.NewFromInt(100)
	switch {
	case err != nil || percent.GreaterThan(hundred):
		return fail("not_a_percentage", sentence.Of("is not a percentage between 0 and 100"))
	case percent.IsZero():
		return decimal.Decimal{}, true, nil
	case !signed && percent.LessThanOrEqual(decimal.NewFromInt(1)):
		return fail("ambiguous_percentage", twoReadings, percent.String()+" %", percent.Mul(hundred).String()+" %")
	}
	return percent, false, nil
}
