package pages

import (
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// asked reads a parameter of an address; the zero value without it. What cannot be read is an ErrInvalid.
func asked[T any](q url.Values, name string, parse func(string) (T, error)) (value T, err error) {
	text := q.Get(name)
	if text == "" {
		return value, nil
	}
	if value, err = parse(text); err != nil {
		return value, notForThisAddress(name, text)
	}
	return value, nil
}

// takesOnly refuses an address with a parameter that its list does not have: a list of everything would look like the
// one that was asked for. What a page has done may stand in any address.
func (v *visit) takesOnly(names ...string) error {
	return v.takes(func(name string) bool { return slices.Contains(names, name) })
}

func (v *visit) takes(known func(name string) bool) error {
	for name, values := range v.URL.Query() {
		if !known(name) && !slices.Contains(toasts, name) {
			return notForThisAddress(name, strings.Join(values, " "))
		}
	}
	return nil
}

// pastDay is the day of ?at=; none for now. Nobody knows how the plan will stand on a day that is to come.
func (v *visit) pastDay() (budget.Date, error) {
	day, err := asked(v.URL.Query(), "at", budget.ParseDate)
	if err != nil || day.IsZero() {
		return day, err
	}
	today, err := v.today()
	if err == nil && today.Before(day) {
		return day, errDayToCome
	}
	return day, err
}

// errDayToCome refuses a day after today.
var errDayToCome = refusal.Invalid("at", "", sentence.Of("is still to come; choose today at the latest"))

// notForThisAddress is the error of a parameter that a page does not have, or cannot read.
func notForThisAddress(name, value string) error {
	return refusal.Invalid(name, value, sentence.Of("is not what this address takes; follow a link of a page"))
}
