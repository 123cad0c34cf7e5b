package words

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

// TypedDecimal is a number as a field shows it; empty for zero.
func (s *Speaker) TypedDecimal(d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	if s.Lang == language.German {
		return strings.ReplaceAll(d.String(), ".", ",")
	}
	return d.String()
}

// TypedAmount is an amount as a field shows it; empty for no amount.
func (s *Speaker) TypedAmount(m budget.Money) string {
	if !m.IsSet() {
		return ""
	}
	return s.Amount(m)
}

// Percent is a part of one in percent, as a field shows it.
func (s *Speaker) Percent(d decimal.Decimal) string {
	if d.IsZero() {
		return "0"
	}
	return s.TypedDecimal(d.Shift(2))
}

// What numbers look like. A point in German may stand before thousands or be meant before decimals, so that only whole groups
// are thousands, no group follows a zero, and amounts have no more decimals than their currency: 1.000 is a thousand in German
// and no amount of euros in English. No reading is guessed. Blanks may stand between groups too.
var (
	englishNumber = regexp.MustCompile(`^-?(\d+|[1-9]\d{0,2}(,\d{3})+|[1-9]\d{0,2}([ \x{a0}\x{202f}]\d{3})+)(\.\d+)?$`)
	germanNumber  = regexp.MustCompile(`^-?(\d+|[1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,2}([ \x{a0}\x{202f}]\d{3})+)(,\d+)?$`)
)

// maxNumber is how long a number may be, in bytes: longer than any that is stored.
const maxNumber = 40

// Plain is a number that is typed as the reader's language writes it, in digits with a point before the decimals; empty if
// it is none. The example shows how to write one.
func (s *Speaker) Plain(text string) (plain, example string) {
	text = strings.TrimSpace(text)
	groups, point, shape, example := ",", ".", englishNumber, "1,234.50"
	if s.Lang == language.German {
		groups, point, shape, example = ".", ",", germanNumber, "1.234,50"
	}
	if len(text) > maxNumber || !shape.MatchString(text) {
		return "", example
	}
	return strings.NewReplacer(groups, "", " ", "", "\u00a0", "", "\u202f", "", point, ".").Replace(text), example
}
