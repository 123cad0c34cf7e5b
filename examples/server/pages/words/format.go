package words

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
)

// Day is a day such as 1 Jun 2026, or 01.06.2026.
func (s *Speaker) Day(d budget.Date) string {
	if d.IsZero() {
		return ""
	}
	return sentence.Of("%s", d).Spoken(s.Lang)
}

// Problem says an error, with what is wrong with each field as pages say it.
func (s *Speaker) Problem(err error) web.Problem {
	p := web.ProblemOf(err, s.Lang)
	for n, e := range crm.FieldErrors(err) {
		if n < len(p.Errors) && !e.Problem.IsZero() {
			p.Errors[n].Problem = e.Problem.Spoken(s.Lang)
		}
	}
	return p
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// Days is a period such as 1 Jun – 14 Jun 2026.
func (s *Speaker) Days(p budget.Period) string {
	switch {
	case p.IsZero():
		return s.Say("no dates")
	case p.Start.IsZero():
		return s.Say("until %s", s.Day(p.End))
	case p.End.IsZero():
		return s.Say("from %s", s.Day(p.Start))
	case p.Start == p.End:
		return s.Day(p.Start)
	}
	return s.sameYear(p) + " – " + s.Day(p.End)
}

// sameYear is the start of a period, without the year if the end has the same.
func (s *Speaker) sameYear(p budget.Period) string {
	d := p.Start
	switch {
	case d.Year() != p.End.Year():
		return s.Day(d)
	case s.Lang == language.German:
		return twoDigits(d.Day()) + "." + twoDigits(int(d.Month().TimeMonth())) + "."
	}
	return strconv.Itoa(d.Day()) + " " + d.Month().TimeMonth().String()[:3]
}

// Month is a month such as June 2026; without one it is what has no dates.
func (s *Speaker) Month(m budget.Month) string {
	if m.IsZero() {
		return s.Say("no dates")
	}
	return s.Speaker.Month(m)
}

// Status is the word for a budget.Stage, or for its name in a template.
func (s *Speaker) Status(stage any) string {
	switch budget.Stage(fmt.Sprint(stage)) {
	case budget.Signed:
		return s.Say("Signed")
	case budget.Negotiating:
		return s.Say("Negotiating")
	default:
		return s.Say("Draft")
	}
}

// Health is the word for how a budget stands.
func (s *Speaker) Health(h budget.Health) string {
	switch h {
	case budget.OK:
		return s.Say("Within budget")
	case budget.AtRisk:
		return s.Say("At risk")
	case budget.Over:
		return s.Say("Over budget")
	default:
		return s.Say("No budget")
	}
}

// Missed says by how much a month became dearer, or less dear, than it was expected to be.
func (s *Speaker) Missed(m budget.Money) string {
	switch {
	case !m.IsSet():
		return "–"
	case m.Sign() > 0:
		return s.Say("%s more", s.Amount(m))
	case m.Sign() < 0:
		return s.Say("%s less", strings.TrimPrefix(s.Amount(m), "-"))
	}
	return s.Say("as expected")
}

// Capital begins a word with a capital letter.
func Capital(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[0])) + string(r[1:])
}
