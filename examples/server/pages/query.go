package pages

import (
	"net/url"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// asked reads a parameter of an address; the zero value without it. What cannot be read is an ErrInvalid.
func asked[T any](q url.Values, name string, parse func(string) (T, error)) (value T, err error) {
	text := q.Get(name)
	if text == "" {
		return value, nil
	}
	if value, err = parse(text); err != nil {
		return value, &crm.Error{Family: crm.ErrInvalid, Field: name, Value: crm.Shorten(text), Problem: sentence.OfError(err)}
	}
	return value, nil
}

// pastDay is the day of ?at=; none for now.
func pastDay(q url.Values) (budget.Date, error) { return asked(q, "at", budget.ParseDate) }
