package crm

import (
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// problems collects everything that is wrong with one record, so that a form can show it at once.
type problems struct {
	record Ref
	list   []error
}

func newProblems(r Record) *problems { return &problems{record: r.Ref()} }

func (p *problems) add(field, value, problem string) {
	p.list = append(p.list, &Error{Family: ErrInvalid, Record: p.record, Field: field, Value: Shorten(value), Problem: problem})
}

func (p *problems) addf(field, value, format string, args ...any) {
	p.add(field, value, fmt.Sprintf(format, args...))
}

// last is the problem that was added last.
func (p *problems) last() *Error { return p.list[len(p.list)-1].(*Error) }

// err reports a lower room's error about a field in its own words. Where that room already names
// the part of the value that is wrong, the part is added to the field's name.
func (p *problems) err(field, value string, err error) {
	switch e := err.(type) {
	case nil:
	case interface{ Unwrap() []error }:
		for _, each := range e.Unwrap() {
			p.err(field, value, each)
		}
	case *utm.FieldError:
		p.add(field+"."+e.Field.String(), e.Value, e.Problem)
	case *discount.RuleError:
		if e.Field != "code" { // a code that is no part of a rule
			field += "." + e.Field
		}
		p.add(field, e.Value, e.Problem)
	default:
		p.add(field, value, err.Error())
	}
}

// result is nil if nothing was wrong.
func (p *problems) result() error { return errors.Join(p.list...) }
