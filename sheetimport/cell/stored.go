package cell

import (
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// DateSystem says from which day a spreadsheet program counts the days of a date.
type DateSystem uint8

// The systems of dates.
const (
	From1899 DateSystem = iota // Google: day 1 is 31 December 1899
	From1900                   // Excel: day 1 is 1 January 1900, and there is a 29 February 1900, which never was
	From1904                   // Excel on an old Mac: day 0 is 1 January 1904
)

// day1899 is 30 December 1899 in days since 1970, the day 0 of all systems from March 1900 on.
const day1899 = -25_569

// DayOfSerial is the day of a number by which a spreadsheet program stores a date. What stands behind its point is the
// time of day: see [MinuteOfSerial]. It is false for a day that no record has.
func DayOfSerial(number decimal.Decimal, system DateSystem) (d budget.Date, ok bool) {
	const last = 109_939 // 31 December 2200
	whole := number.Floor()
	if whole.GreaterThan(decimal.NewFromInt(last)) || whole.IsNegative() {
		return budget.Date{}, false
	}
	days := int32(whole.IntPart())
	switch {
	case system == From1904:
		days += 1_462
	case system == From1900 && (days < 1 || days == 60):
		return budget.Date{}, false
	case system == From1900 && days < 60:
		days++
	}
	d = budget.FromUnixDay(days + day1899)
	return d, d.Year() >= budget.MinYear && d.Year() <= budget.MaxYear
}

// MinuteOfSerial is the time of day of such a number, in minutes since midnight.
func MinuteOfSerial(number decimal.Decimal) int {
	return int(number.Sub(number.Floor()).Mul(decimal.NewFromInt(24*60)).Round(0).IntPart()) % (24 * 60)
}

// StoredNumber reads a number as a spreadsheet program stores it: in binary, of which no more than [sheet.MaxExactDigits]
// digits count. It is false for what no cell can hold.
func StoredNumber(text string) (decimal.Decimal, bool) {
	const longest, largest, smallest = 64, 30, -400
	if len(text) > longest {
		return decimal.Decimal{}, false
	}
	number, err := decimal.NewFromString(text)
	if err != nil || number.Exponent() > largest || number.Exponent() < smallest {
		return decimal.Decimal{}, false
	}
	number = exactDigits(number)
	if number.Exponent() < -largest {
		number = number.Round(largest)
	}
	return number, true
}

// exactDigits rounds a number to the digits that a program keeps, as half away from zero.
func exactDigits(number decimal.Decimal) decimal.Decimal {
	if more := number.NumDigits() - sheet.MaxExactDigits; more > 0 {
		number = number.Round(-(number.Exponent() + int32(more)))
	}
	return number
}
