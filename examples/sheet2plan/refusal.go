package main

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// refusal is an error of this program itself: one of ownGerman's texts with its values.
type refusal struct {
	error  // in English
	format string
	values []any
}

// refuse is fmt.Errorf for a text that ownGerman has.
func refuse(format string, values ...any) error {
	return refusal{fmt.Errorf(format, values...), format, values}
}

// Unwrap returns the error among the values, if there is one.
func (r refusal) Unwrap() error { return errors.Unwrap(r.error) }

// german is the text in German, with the values that have one.
func (r refusal) german() string {
	values := make([]any, len(r.values))
	for n, v := range r.values {
		switch v := v.(type) {
		case error:
			values[n] = inGerman{v}
		case word:
			values[n] = ownGerman[string(v)]
		case choices:
			values[n] = v.joined(ownGerman[" or "])
		default:
			values[n] = v
		}
	}
	return fmt.Errorf(ownGerman[r.format], values...).Error()
}

// word is a value of a refusal that ownGerman has.
type word string

// choices are a value of a refusal, of which any will do.
type choices []string

func (c choices) String() string { return c.joined(" or ") }

func (c choices) joined(or string) string {
	last := len(c) - 1
	if last < 1 {
		return strings.Join(c, "")
	}
	return strings.Join(c[:last], ", ") + or + c[last]
}

// inGerman is an error whose text is in German, as far as it is known.
type inGerman struct{ error }

func (e inGerman) Error() string {
	if own, ok := errors.AsType[refusal](e.error); ok {
		return own.german()
	}
	if wrong, ok := errors.AsType[*budget.Error](e.error); ok && len(crm.FieldErrors(e.error)) == 0 {
		family, what := sentence.Of(wrong.Family.Error()), sentence.Of(wrong.Format, wrong.Args...)
		return sentence.Of("%s: %s", family, what).In(language.German)
	}
	return crm.Explain(e.error, language.German)
}

func (e inGerman) Unwrap() error { return e.error }
