package crm

import (
	"context"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// listOn reads a page of a list whose filter may need a day, today's if the caller gives none. The page tokens of such
// a list carry its day, so that a list which began before midnight goes on with the day on which it began. Such a token
// also belongs to the list of that day if the caller gives it. With another day it is refused, because the day is a part
// of the filter that it belongs to.
func listOn[T Record](ctx context.Context, s *Service, r Reader, day *budget.Date, needed bool, o *ListOptions,
	list func() (Page[T], error)) (Page[T], error) {
	if !needed || !day.IsZero() {
		if rest, ok := strings.CutPrefix(o.Token, day.String()+dayEnd); ok && needed && rest != "" {
			o.Token = rest
		}
		return list()
	}
	if o.Token == "" {
		if err := s.defaultToToday(ctx, r, day, needed); err != nil {
			return Page[T]{}, err
		}
	} else {
		began, rest, found := strings.Cut(o.Token, dayEnd)
		on, err := budget.ParseDate(began)
		if !found || rest == "" || err != nil {
			p := &problems{record: Ref{Kind: kindOf[T]()}}
			p.add("token", o.Token, notOfThisList)
			return Page[T]{}, p.result()
		}
		*day, o.Token = on, rest
	}
	page, err := list()
	if page.Next != "" {
		page.Next = day.String() + dayEnd + page.Next
	}
	return page, err
}

// dayEnd ends the day in a page token. No other part of a token has it.
const dayEnd = "."
