package crm

import (
	"errors"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Check reports everything that is wrong with a record by itself, as the *Errors that saving it would give. Rules that
// need other records, such as a name that is taken, are not checked. It is for forms and imports that want to know
// before they write. The currency is the workspace's.
func Check(r Record, currency budget.Currency) error {
	mustBeGiven(r != nil, "Check", "a record")
	_, err := Normalize(r, currency)
	return err
}

// Normalize returns a record in the form in which it is stored, such as with cleaned texts, and the errors of Check. A
// value that is wrong stays as it is where it has no such form.
func Normalize[R Record](r R, currency budget.Currency) (R, error) {
	mustBeGiven(any(r) != nil, "Normalize", "a record")
	var err error
	var normal any = r
	switch n := normal.(type) {
	case Workspace:
		err = n.normalize()
		normal = n
	case Member:
		err = n.normalize()
		normal = n
	case Campaign:
		err = n.normalize(currency)
		normal = n
	case Influencer:
		err = n.normalize(currency)
		normal = n
	case Cooperation:
		err = n.normalize(currency)
		normal = n
	default:
		return r, invalidRecord(r, "this kind of record cannot be checked")
	}
	return normal.(R), err
}

// problems collects everything that is wrong with one record, so that a form can show it at once.
type problems struct {
	record Ref
	list   []error
}

func newProblems(r Record) *problems { return &problems{record: r.Ref()} }

func (p *problems) add(field, value, problem string) { p.say(field, value, sentence.Of(problem)) }

func (p *problems) addf(field, value, format string, args ...any) {
	p.say(field, value, sentence.Of(format, args...))
}

// MaxProblems is how many problems of one record are told. One more says that there are others.
const MaxProblems = 100

func (p *problems) say(field, value string, problem sentence.Sentence) {
	switch told := len(p.list); {
	case told < MaxProblems:
		p.list = append(p.list, &Error{Family: ErrInvalid, Record: p.record, Field: field, Value: Shorten(value), Problem: problem})
	case told == MaxProblems:
		p.list = append(p.list, &Error{Family: ErrInvalid, Record: p.record, Problem: sentence.Of("there are more problems; mend these first")})
	}
}

// last is the problem that was added last.
func (p *problems) last() *Error { return p.list[len(p.list)-1].(*Error) }

// err adds the errors of another package about a field.
func (p *problems) err(name, value string, err error) { fieldpath.Each(name, value, err, p.say) }

// result is nil if nothing was wrong.
func (p *problems) result() error { return errors.Join(p.list...) }
