// Package fieldpath names the field of a record that an error is about.
package fieldpath

import (
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
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
func Each(field, value string, err error, report func(field, value string, problem sentence.Sentence)) {
	switch e := err.(type) {
	case nil:
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			Each(field, value, one, report)
		}
	case *utm.FieldError:
		report(field+"."+e.Field.String(), e.Value, sentence.Of(e.Format, e.Args...))
	case *discount.RuleError:
		if e.Field != "code" && e.Field != "comparison" && e.Field != "severity" { // these are the whole value, and not a part of a rule
			field += "." + e.Field
		}
		report(field, e.Value, sentence.Of(e.Format, e.Args...))
	default:
		if of, ok := errors.AsType[*budget.Error](err); ok {
			report(field, value, sentence.Of("%s: %s", sentence.Of(of.Family.Error()), sentence.Of(of.Format, of.Args...)))
			return
		}
		report(field, value, sentence.Of(err.Error()))
	}
}
