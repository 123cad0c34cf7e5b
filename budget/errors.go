package budget

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// What can be wrong with a value or a plan. Every error of this package wraps
// one of these, so that errors.Is tells them apart; the message adds the value
// and what would be right.
var (
	ErrDate      = errors.New("not a date")
	ErrMonth     = errors.New("not a month")
	ErrPeriod    = errors.New("not a period")
	ErrCurrency  = errors.New("wrong currency")
	ErrAmount    = errors.New("not an amount")
	ErrPrecision = errors.New("more decimals than the currency has")
	ErrTooLarge  = errors.New("amount too large")
	ErrOverflow  = errors.New("sum too large")
	ErrStage     = errors.New("unknown stage")
	ErrSpread    = errors.New("unknown spread")
	ErrWeights   = errors.New("wrong forecast weight")
	ErrRate      = errors.New("wrong exchange rate")
	ErrAxis      = errors.New("unknown axis")
	ErrOrder     = errors.New("unknown order")
	ErrPlan      = errors.New("plan does not fit together")
)

// Error is an error of this package: what is wrong with a value. Its text is that of the family, then the format with
// its values, which stand apart for who translates it.
type Error struct {
	Family error // one of the errors above
	Format string
	Args   []any
}

// Error reads like `not a date: "2026-6-1", want year-month-day like 2026-06-01`.
func (e *Error) Error() string { return e.Family.Error() + ": " + fmt.Sprintf(e.Format, e.Args...) }

// Unwrap returns the family.
func (e *Error) Unwrap() error { return e.Family }

func wrong(family error, format string, args ...any) error { return &Error{family, format, args} }

// short cuts what a caller typed to a length that an error message can carry.
func short(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
