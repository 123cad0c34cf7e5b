// Package fieldpath names the field of a record that an error is about.
package fieldpath

import (
	"fmt"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Index names an item of a list, or a part of the item: profiles[1].handle.
func Index(list string, n int, part string) string {
	if part != "" {
		part = "." + part
	}
	return fmt.Sprintf("%s[%d]%s", list, n, part)
}

// Each reports the errors that another package has about the value of a field, in its own words. If an error already
// names the part of the value that is wrong, the part is added to the name of the field.
func Each(field, value string, err error, report func(field, value, problem string)) {
	switch e := err.(type) {
	case nil:
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			Each(field, value, one, report)
		}
	case *utm.FieldError:
		report(field+"."+e.Field.String(), e.Value, e.Problem)
	case *discount.RuleError:
		if e.Field != "code" { // a code outside of a rule
			field += "." + e.Field
		}
		report(field, e.Value, e.Problem)
	default:
		report(field, value, err.Error())
	}
}
