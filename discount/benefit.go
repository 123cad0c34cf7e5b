package discount

import (
	"github.com/shopspring/decimal"
)

// BenefitKind is the sort of advantage that a code gives to the customer.
type BenefitKind string

// The kinds of benefit.
const (
	Percentage   BenefitKind = "percentage"
	Amount       BenefitKind = "amount"
	FreeShipping BenefitKind = "free_shipping"
	None         BenefitKind = "none"
)

// Benefit describes what a code is worth to the customer. It is a description
// only, never a condition of a rule. The zero value means no benefit, as does
// the kind [None].
type Benefit struct {
	Kind BenefitKind `json:"kind"`

	// Value is the percentage (15 for 15 %), or the amount in the currency of the
	// workspace, in major units (10.50). The other kinds have none. In JSON it is
	// a decimal string.
	Value decimal.Decimal `json:"value,omitzero"`
}

// The bounds of a benefit's value.
const (
	maxPercentage  = 100
	maxAmount      = 10_000_000_000_000 // 10^13, the largest amount of money in major units
	maxDecimals    = 4                  // as many as any currency in ISO 4217 has
	maxExponent    = 64
	maxCoefficient = 256 // bits
)

// Validate checks that the kind is known and the value is in its range: more
// than 0 and at most 100 for a percentage, more than 0 and at most 10^13 for an
// amount, both with at most 4 decimals, and no value for other kinds. Errors are
// of type [*RuleError], with the field "benefit.kind" or "benefit.value", and
// match [ErrInvalid].
func (b Benefit) Validate() error {
	switch b.Kind {
	case Percentage:
		return b.validateValue(maxPercentage, "must be more than 0 and at most 100 percent, with at most 4 decimals")
	case Amount:
		return b.validateValue(maxAmount, "must be an amount of more than 0 and at most 10000000000000, with at most 4 decimals")
	case FreeShipping, None, "":
		if !b.Value.IsZero() {
			return invalid("benefit.value", valueText(b.Value), "must be left out; only a percentage or an amount has a value")
		}
		return nil
	}
	return invalid("benefit.kind", string(b.Kind), "is not known; use percentage, amount, free_shipping or none")
}

func (b Benefit) validateValue(limit int64, problem string) error {
	v := b.Value
	if !withinLimits(v) || v.Sign() <= 0 || v.GreaterThan(decimal.NewFromInt(limit)) || !v.Truncate(maxDecimals).Equal(v) {
		return invalid("benefit.value", valueText(v), problem)
	}
	return nil
}

// IsZero reports whether b describes no benefit. JSON's omitzero asks it.
func (b Benefit) IsZero() bool {
	return b.kind() == None && b.Value.IsZero()
}

// Equal reports whether two benefits say the same: values are compared as
// numbers (10 is 10.00), and the zero Benefit equals one of kind [None].
func (b Benefit) Equal(o Benefit) bool {
	if b.kind() != o.kind() {
		return false
	}
	if !withinLimits(b.Value) || !withinLimits(o.Value) {
		return b.Value.Exponent() == o.Value.Exponent() && b.Value.Coefficient().Cmp(o.Value.Coefficient()) == 0
	}
	return b.Value.Equal(o.Value)
}

func (b Benefit) kind() BenefitKind {
	if b.Kind == "" {
		return None
	}
	return b.Kind
}

// String returns the benefit in words: "15 % off", "10 off", "free shipping",
// and "" for none. Amounts come without currency, which the rule does not know.
func (b Benefit) String() string {
	switch b.kind() {
	case Percentage:
		return valueText(b.Value) + " % off"
	case Amount:
		return valueText(b.Value) + " off"
	case FreeShipping:
		return "free shipping"
	case None:
		return ""
	}
	return shorten(string(b.Kind))
}

// withinLimits reports whether a number can be compared and written at a
// reasonable price. A decimal of a few bytes can stand for 1e2000000000, whose
// zeros would fill the memory.
func withinLimits(v decimal.Decimal) bool {
	return -maxExponent <= v.Exponent() && v.Exponent() <= maxExponent &&
		v.Coefficient().BitLen() <= maxCoefficient
}

func valueText(v decimal.Decimal) string {
	if !withinLimits(v) {
		return "a number of too many digits"
	}
	return v.String()
}
