package pages

import (
	"fmt"
	"strconv"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
)

// day is a day such as 1 Jun 2026, or 01.06.2026.
func (f *face) day(d budget.Date) string {
	if d.IsZero() {
		return ""
	}
	return sentence.Of("%s", d).Spoken(f.lang)
}

// problemOf says an error, with what is wrong with each field as pages say it.
func (f *face) problemOf(err error) web.Problem {
	p := web.ProblemOf(err, f.lang)
	for n, e := range crm.FieldErrors(err) {
		if n < len(p.Errors) && !e.Problem.IsZero() {
			p.Errors[n].Problem = e.Problem.Spoken(f.lang)
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

// days is a period such as 1 Jun – 14 Jun 2026.
func (f *face) days(p budget.Period) string {
	switch {
	case p.IsZero():
		return f.say("no dates")
	case p.Start.IsZero():
		return f.say("until %s", f.day(p.End))
	case p.End.IsZero():
		return f.say("from %s", f.day(p.Start))
	case p.Start == p.End:
		return f.day(p.Start)
	}
	return f.sameYear(p) + " – " + f.day(p.End)
}

// sameYear is the start of a period, without the year if the end has the same.
func (f *face) sameYear(p budget.Period) string {
	d := p.Start
	switch {
	case d.Year() != p.End.Year():
		return f.day(d)
	case f.lang == language.German:
		return twoDigits(d.Day()) + "." + twoDigits(int(d.Month().TimeMonth())) + "."
	}
	return strconv.Itoa(d.Day()) + " " + d.Month().TimeMonth().String()[:3]
}

// month is a month such as June 2026; without one it is what has no dates.
func (f *face) month(m budget.Month) string {
	if m.IsZero() {
		return f.say("no dates")
	}
	return f.speaker.Month(m)
}

// status is the word for a budget.Stage, or for its name in a template.
func (f *face) status(s any) string {
	switch budget.Stage(fmt.Sprint(s)) {
	case budget.Signed:
		return f.say("Signed")
	case budget.Negotiating:
		return f.say("Negotiating")
	default:
		return f.say("Draft")
	}
}

func (f *face) health(h budget.Health) string {
	switch h {
	case budget.OK:
		return f.say("Within budget")
	case budget.AtRisk:
		return f.say("At risk")
	case budget.Over:
		return f.say("Over budget")
	default:
		return f.say("No budget")
	}
}

// platformName is a platform as people write it.
func platformName(platform string) string { return account.PlatformName(platform) }
