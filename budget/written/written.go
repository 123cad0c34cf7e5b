// Package written writes values as a language does: amounts such as 16,114.81 or 16.114,81, and in German days, such as
// 01.06.2026, and what stands in quotation marks.
//
// It is apart from budget/render for the sentences of package crm/sentence, which need no tables and drawings.
package written

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"github.com/getklar/influencercrm/budget"
)

// Numerals are those of a language. They are safe for concurrent use.
type Numerals struct {
	printer *message.Printer
	decimal string // what stands before the decimals
}

// Of returns the numerals of a language, in the way of its region if it has one.
func Of(lang language.Tag) Numerals {
	n := Numerals{printer: message.NewPrinter(lang)}
	n.decimal = strings.Trim(n.printer.Sprint(number.Decimal(0, number.Scale(1))), "0")
	return n
}

// Decimal is what stands before the decimals.
func (n Numerals) Decimal() string { return n.decimal }

// Amount returns the number of an amount, such as "16,114.81", without its currency; "-" for no amount.
func (n Numerals) Amount(m budget.Money) string {
	whole, fraction := n.Split(m)
	return whole + fraction
}

// Split returns the number of an amount up to its decimals, and the rest.
func (n Numerals) Split(m budget.Money) (whole, fraction string) {
	if !m.IsSet() {
		return "-", ""
	}
	whole, fraction, point := strings.Cut(m.Amount(), ".")
	digits, negative := strings.CutPrefix(whole, "-")
	if whole = n.grouped(digits); negative {
		whole = "-" + whole
	}
	if point {
		fraction = n.decimal + fraction
	}
	return whole, fraction
}

// grouped writes a number of digits in groups, such as 16,114. It is a whole number and goes through no float.
func (n Numerals) grouped(digits string) string {
	whole, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return digits
	}
	return n.printer.Sprint(number.Decimal(whole))
}
