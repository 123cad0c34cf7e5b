package words

import (
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
	"golang.org/x/text/number"

	"github.com/getklar/influencercrm/budget/render"
)

// Speaker says texts, numbers, days and words of the domain in one language. Amounts and sentences on budgets it says as
// reports do.
type Speaker struct {
	*render.Speaker
	Lang    language.Tag
	numbers *message.Printer
}

// In speaks English or German.
func In(lang language.Tag) *Speaker {
	return &Speaker{Speaker: render.NewSpeaker(lang), Lang: lang, numbers: printers()[lang]}
}

// printers say the texts of the catalogue. They are made at their first use.
var printers = sync.OnceValue(func() map[language.Tag]*message.Printer {
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	set := func(lang language.Tag, key, text, one string) {
		if one == "" {
			_ = b.SetString(lang, key, text) // a test says each
			return
		}
		_ = b.Set(lang, key, plural.Selectf(1, "%d", "=1", one, plural.Other, text))
	}
	for _, t := range texts {
		set(language.English, t.English, t.English, t.EnglishOne)
		set(language.German, t.English, t.German, t.GermanOne)
	}
	return map[language.Tag]*message.Printer{
		language.English: message.NewPrinter(language.English, message.Catalog(b)),
		language.German:  message.NewPrinter(language.German, message.Catalog(b)),
	}
})

// Say is a text in the language. What the catalogue lacks stays English.
func (s *Speaker) Say(format string, args ...any) string {
	t, ok := known()[format]
	switch {
	case len(args) > 0:
		return s.numbers.Sprintf(format, args...)
	case ok && s.Lang == language.German:
		return t.German
	default:
		return format
	}
}

// Number is a whole number, such as 1,234.
func (s *Speaker) Number(n any) string { return s.numbers.Sprint(number.Decimal(n)) }
