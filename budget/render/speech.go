package render

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/written"
)

// speech is how a view says things: its texts in the reader's language, and how it writes numbers.
type speech struct {
	numerals written.Numerals
	say      func(string, ...any) string
	lang     language.Tag // of the texts; und if only who says them knows
}

// newSpeech speaks a language. Words of a host's own come before it, and so do decimal commas.
func newSpeech(lang language.Tag, say func(string, ...any) string, comma bool) speech {
	words, digits := spoken(lang)
	if comma {
		_, digits = spoken(language.German)
	}
	s := speech{numerals: written.Of(digits), say: say, lang: lang}
	switch {
	case say != nil:
	case words == language.German:
		s.say, s.lang = inGerman, words
	default:
		s.say, s.lang = inEnglish, words
	}
	return s
}

// inEnglish is what Say does by default. Without values a format is the text.
func inEnglish(format string, args ...any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// month is a month for people, such as June 2026.
func (s *speech) month(m budget.Month) string {
	return s.say(m.TimeMonth().String()) + " " + strconv.Itoa(m.Year())
}

// title is the first line of a report.
func (s *speech) title(r *budget.Report) string {
	currency, forecast := visible(string(r.Currency)), s.amount(r.Total.Forecast)
	if r.Today.IsZero() {
		return s.say("Budget in %s, forecast %s", currency, forecast)
	}
	return s.say("Budget in %s on %s, forecast %s", currency, r.Today, forecast)
}

// covered says how much of the plan has a budget, unless all of it has.
func (s *speech) covered(r *budget.Report) string {
	var out strings.Builder
	t := text{speech: *s, w: bufio.NewWriter(&out)}
	t.coverage(r)
	_ = t.w.Flush() // into memory
	return strings.TrimSpace(out.String())
}

// next says how the month after the report's day stands, and nothing in a report without a day.
func (s *speech) next(r *budget.Report) string {
	if r.Today.IsZero() {
		return ""
	}
	next := r.Today.Month().Next()
	standing := s.say("nothing planned")
	if at := slices.IndexFunc(r.Months, func(l budget.Line) bool { return l.Month == next }); at >= 0 {
		t := text{speech: *s}
		standing = t.standing(r.Months[at])
	}
	return s.month(next) + ": " + standing
}

// Words returns the texts of reports in a language that a TextOptions.Lang can be: what Say does without one of a host's
// own. Text that it does not know stays English.
func Words(lang language.Tag) func(format string, args ...any) string {
	s := newSpeech(lang, nil, false)
	return s.say
}
