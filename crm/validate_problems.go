package crm

import (
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm/internal/fieldpath"
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

// err reports the errors that another package has about a field.
func (p *problems) err(name, value string, err error) { fieldpath.Each(name, value, err, p.add) }

// result is nil if nothing was wrong.
func (p *problems) result() error { return errors.Join(p.list...) }
