package render

import (
	"cmp"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"github.com/getklar/influencercrm/budget/written"
)

// languages are those that reports speak by themselves. The first is that of all other readers.
var languages = []language.Tag{language.English, language.German}

// spoken returns the one of the languages that fits a reader best, and the language that writes numbers as the
// reader does: 1’234.50 for de-CH, but 1,234.50 where the words are English for want of the reader's own.
func spoken(lang language.Tag) (words, numbers language.Tag) {
	_, index, _ := language.NewMatcher(languages).Match(lang)
	words = languages[index]
	base, _ := lang.Base()
	if spoken, _ := words.Base(); base != spoken {
		return words, words
	}
	region, _ := lang.Region()
	numbers, err := language.Compose(base, region) // without the extensions that ask for other digits
	if err != nil {
		numbers = words
	}
	return words, numbers
}

// germanPrinter is made at its first use, because most programs speak one language.
var germanPrinter = sync.OnceValue(func() *message.Printer {
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	for english, text := range german {
		_ = b.SetString(language.German, english, written.WithoutQuotes(text)) // a test formats each
	}
	return message.NewPrinter(language.German, message.Catalog(b))
})

// inGerman says a text in German as inEnglish does in English.
func inGerman(format string, args ...any) string {
	text, known := german[format]
	switch {
	case len(args) == 0:
		return cmp.Or(text, format)
	case known:
		quoted, values := written.QuotedArgs(format), make([]any, len(args))
		for n, arg := range args {
			if values[n] = written.German(arg); quoted[n] {
				values[n] = written.GermanQuotes(arg)
			}
		}
		return germanPrinter().Sprintf(format, values...)
	}
	return inEnglish(format, args...)
}
