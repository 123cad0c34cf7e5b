package pages

import (
	"strings"

	"github.com/shopspring/decimal"
)

// weight reads a percentage of a field as a part of one, as JSON has it. An empty field is nothing of it.
func (v *visit) weight(f *form, name string) string {
	d := v.decimal(f, name)
	if strings.TrimSpace(f.Get(name)) != "" && (d.IsNegative() || d.GreaterThan(decimal.NewFromInt(100))) {
		f.wrong(name, v.say("must be between 0 and 100 percent"))
	}
	return d.Shift(-2).String()
}
