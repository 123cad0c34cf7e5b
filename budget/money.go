package budget

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"math/big"
	"strconv"

	"github.com/shopspring/decimal"
)

// MaxMinor is the largest amount that may be typed or stored, in minor units
// and either direction: ten trillion euros. Sums may be larger.
const MaxMinor = 1_000_000_000_000_000

// Money is an exact amount in a currency. The zero value is "no amount", which
// is not the amount zero: a budget that nobody has set differs from a budget of
// 0.00. Values are comparable with ==.
//
// An amount is a whole number of minor units (cents), so adding is exact and as
// fast as adding integers; decimals appear at the edges only, and floats nowhere.
type Money struct {
	minor    int64
	currency Currency
}

// NewMoney returns amount in c. More decimals than c has are ErrPrecision, never
// rounded away (trailing zeros are fine); amounts beyond MaxMinor are
// ErrTooLarge; a c that is not a currency is ErrCurrency.
func NewMoney(amount decimal.Decimal, c Currency) (Money, error) {
	if !c.known() {
		return Money{}, wrong(ErrCurrency, "%q, want a three-letter code like EUR or USD", short(string(c)))
	}
	if amount.IsZero() {
		return FromMinor(0, c), nil
	}
	// The exponent comes from the caller and may be anything up to 2^31, so it
	// is judged before anything is scaled by it.
	exponent := int64(amount.Exponent())
	places := int64(amount.NumDigits())
	if places+exponent > 16 {
		return Money{}, tooLarge("an amount of "+strconv.FormatInt(places+exponent, 10)+" digits", c)
	}
	scale := exponent + int64(c.Digits())
	if -scale >= places {
		return Money{}, tooPrecise("an amount below the smallest unit", c)
	}
	minor := amount.Coefficient()
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(max(scale, -scale)), nil)
	if scale >= 0 {
		minor.Mul(minor, power)
	} else {
		var rest big.Int
		if minor.QuoRem(minor, power, &rest); rest.Sign() != 0 {
			return Money{}, tooPrecise(short(amount.String()), c)
		}
	}
	if !minor.IsInt64() || magnitude(minor.Int64()) > MaxMinor {
		return Money{}, tooLarge(short(amount.String()), c)
	}
	return FromMinor(minor.Int64(), c), nil
}

// ParseMoney reads a plain decimal string such as "1234.50" or "-12". Exponents,
// thousands separators, decimal commas, plus signs and bare points are
// ErrAmount; otherwise as NewMoney.
func ParseMoney(amount string, c Currency) (Money, error) {
	if !c.known() {
		return Money{}, wrong(ErrCurrency, "%q, want a three-letter code like EUR or USD", short(string(c)))
	}
	const longest = 64
	text, negative := amount, false
	if len(text) > 0 && text[0] == '-' {
		text, negative = text[1:], true
	}
	var (
		minor    int64
		fraction = -1 // decimals read so far, -1 before the point
		seen     bool // a digit on this side of the point
		excess   bool // a decimal that c does not have
		large    bool
	)
	if len(amount) > longest {
		return Money{}, notAnAmount(amount)
	}
	for i := range len(text) {
		switch b := text[i]; {
		case b == '.' && seen && fraction < 0:
			fraction, seen = 0, false
		case b < '0' || b > '9':
			return Money{}, notAnAmount(amount)
		case fraction == c.Digits():
			seen = true
			excess = excess || b != '0'
		default:
			seen = true
			if fraction >= 0 {
				fraction++
			}
			if minor = minor*10 + int64(b-'0'); minor > MaxMinor {
				large, minor = true, MaxMinor
			}
		}
	}
	if !seen {
		return Money{}, notAnAmount(amount)
	}
	for range c.Digits() - max(fraction, 0) {
		if minor *= 10; minor > MaxMinor {
			large, minor = true, MaxMinor
		}
	}
	switch {
	case excess:
		return Money{}, tooPrecise(short(amount), c)
	case large:
		return Money{}, tooLarge(short(amount), c)
	case negative:
		minor = -minor
	}
	return FromMinor(minor, c), nil
}

// FromMinor returns an amount of minor units, such as 123450 for 1234.50 EUR. It
// is for sums and stored values: the whole of int64 is allowed, and c is taken as
// it is. Without a currency the result is no amount.
func FromMinor(minor int64, c Currency) Money {
	if c == "" {
		return Money{}
	}
	return Money{minor: minor, currency: c}
}

// IsSet reports whether m is an amount; zero is one.
func (m Money) IsSet() bool { return m.currency != "" }

// Minor returns the amount in minor units, 0 for no amount.
func (m Money) Minor() int64 { return m.minor }

// Currency returns the currency of m, "" for no amount.
func (m Money) Currency() Currency { return m.currency }

// Decimal returns the amount as a decimal, 0 for no amount.
func (m Money) Decimal() decimal.Decimal {
	return decimal.New(m.minor, -int32(m.currency.Digits()))
}

// Sign returns -1, 0 or +1 like the amount; 0 for no amount.
func (m Money) Sign() int { return cmp.Compare(m.minor, 0) }

// Add returns m + o. No amount is the neutral element, so that a sum may start
// from Money{}: adding it changes nothing. Different currencies are ErrCurrency,
// a sum beyond int64 is ErrOverflow.
func (m Money) Add(o Money) (Money, error) {
	switch {
	case !o.IsSet():
		return m, nil
	case !m.IsSet():
		return o, nil
	case m.currency != o.currency:
		return Money{}, mixed(m, o)
	}
	sum := m.minor + o.minor
	if (sum > m.minor) != (o.minor > 0) {
		return Money{}, wrong(ErrOverflow, "%s + %s", m, o)
	}
	return Money{minor: sum, currency: m.currency}, nil
}

// Sub returns m - o under the rules of Add.
func (m Money) Sub(o Money) (Money, error) {
	switch {
	case !o.IsSet():
		return m, nil
	case !m.IsSet():
		return o.Neg()
	case m.currency != o.currency:
		return Money{}, mixed(m, o)
	}
	difference := m.minor - o.minor
	if (difference < m.minor) != (o.minor > 0) {
		return Money{}, wrong(ErrOverflow, "%s - %s", m, o)
	}
	return Money{minor: difference, currency: m.currency}, nil
}

// Neg returns -m. Only the most negative amount has no counterpart (ErrOverflow).
func (m Money) Neg() (Money, error) {
	if m.minor == math.MinInt64 {
		return Money{}, wrong(ErrOverflow, "-(%s)", m)
	}
	return Money{minor: -m.minor, currency: m.currency}, nil
}

// Compare returns -1, 0 or +1 as m is less than, equal to or more than o. Amounts
// in different currencies, and an amount and no amount, cannot be compared
// (ErrCurrency).
func (m Money) Compare(o Money) (int, error) {
	if m.currency != o.currency {
		return 0, mixed(m, o)
	}
	return cmp.Compare(m.minor, o.minor), nil
}

// Amount returns the number alone, with the decimals of its currency: "1234.50".
// It is "" for no amount.
func (m Money) Amount() string {
	if !m.IsSet() {
		return ""
	}
	return string(m.appendAmount(make([]byte, 0, 24)))
}

// String returns "1234.50 EUR", and "" for no amount.
func (m Money) String() string {
	if !m.IsSet() {
		return ""
	}
	buf := m.appendAmount(make([]byte, 0, 32))
	return string(append(append(buf, ' '), m.currency...))
}

func (m Money) appendAmount(buf []byte) []byte {
	if m.minor < 0 {
		buf = append(buf, '-')
	}
	unit := uint64(m.currency.unit())
	whole, rest := magnitude(m.minor)/unit, magnitude(m.minor)%unit
	buf = strconv.AppendUint(buf, whole, 10)
	if unit == 1 {
		return buf
	}
	buf = append(buf, '.')
	for place := unit / 10; place > 0; place /= 10 {
		buf = append(buf, '0'+byte(rest/place%10))
	}
	return buf
}

// moneyJSON is the shape of an amount in JSON. The amount is a string because
// many JSON readers turn numbers into floats.
type moneyJSON struct {
	Amount   string   `json:"amount"`
	Currency Currency `json:"currency"`
}

// MarshalJSON writes {"amount":"1234.50","currency":"EUR"}, and null for no
// amount. With `json:",omitzero"` a field without an amount is left out.
func (m Money) MarshalJSON() ([]byte, error) {
	if !m.IsSet() {
		return []byte("null"), nil
	}
	return json.Marshal(moneyJSON{m.Amount(), m.currency})
}

// UnmarshalJSON reads what MarshalJSON writes, under the rules of ParseMoney: it
// is how records come in, so MaxMinor holds.
func (m *Money) UnmarshalJSON(data []byte) error {
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		*m = Money{}
		return nil
	}
	var in moneyJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return wrong(ErrAmount, `%q, want {"amount":"12.50","currency":"EUR"}`, short(string(data)))
	}
	c, err := ParseCurrency(string(in.Currency))
	if err != nil {
		return err
	}
	parsed, err := ParseMoney(in.Amount, c)
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}

// magnitude is |n| without the exception that int64 makes for its least value.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func notAnAmount(s string) error {
	return wrong(ErrAmount, "%q, want a plain number like 1234.50", short(s))
}

func tooPrecise(amount string, c Currency) error {
	return wrong(ErrPrecision, "%s, %s has %d", amount, c, c.Digits())
}

func tooLarge(amount string, c Currency) error {
	return wrong(ErrTooLarge, "%s, want at most %s", amount, FromMinor(MaxMinor, c))
}

func mixed(m, o Money) error {
	describe := func(m Money) string {
		if !m.IsSet() {
			return "no amount"
		}
		return m.String()
	}
	return wrong(ErrCurrency, "%s and %s do not go together", describe(m), describe(o))
}
