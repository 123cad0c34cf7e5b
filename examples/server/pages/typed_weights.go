package pages

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
)

// percent is a part of one in percent, as a field shows it.
func (f *face) percent(d decimal.Decimal) string {
	if d.IsZero() {
		return "0"
	}
	return f.typedDecimal(d.Shift(2))
}

// weight reads a percentage of a field as a part of one, as JSON has it. An empty field is nothing of it.
func (v *visit) weight(f *form, name string) string {
	d := v.decimal(f, name)
	if strings.TrimSpace(f.Get(name)) != "" && (d.IsNegative() || d.GreaterThan(decimal.NewFromInt(100))) {
		f.wrong(name, v.say("must be between 0 and 100 percent"))
	}
	return d.Shift(-2).String()
}

// dayOf is the day of a time in a zone.
func dayOf(t time.Time, zone *time.Location) budget.Date { return budget.DateOf(t.In(zone)) }
