package sentence

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"github.com/getklar/influencercrm/budget/written"
)

// Entry is a line of the catalogue.
type Entry struct {
	// Code is stable and in snake case. Sentences that mean the same to a program share one. Words and parts of
	// sentences have none.
	Code string
	// English is the format of package fmt that [Of] is given, and German its translation. Its verbs have indexes where
	// the order differs.
	English, German string
	// EnglishOne and GermanOne are the forms for 1, where the first value is a number that decides.
	EnglishOne, GermanOne string
}

// isOne reports whether the values ask for the form for 1.
func (e Entry) isOne(args []any) bool { return e.EnglishOne != "" && len(args) > 0 && args[0] == 1 }

// All returns the catalogue: first the entries with codes, ordered by code and text, then words.
func All() []Entry { return slices.Clone(catalogue().all) }

// line is an entry with what is known of its format.
type line struct {
	Entry
	quoted map[int]bool // the values that stand in quotation marks
}

type translations struct {
	all     []Entry
	entries map[string]line // by the English format
	matcher language.Matcher
	german  *message.Printer
}

// catalogue is made at its first use, because most programs that import the library translate nothing.
var catalogue = sync.OnceValue(func() *translations {
	c := &translations{
		entries: map[string]line{},
		matcher: language.NewMatcher([]language.Tag{language.English, language.German}),
	}
	german := catalog.NewBuilder(catalog.Fallback(language.English))
	for e := range rooms() {
		c.all = append(c.all, e)
		c.entries[e.English] = line{e, written.QuotedArgs(e.English)}
		if e.GermanOne != "" {
			_ = german.Set(language.German, e.English,
				plural.Selectf(1, "%d", plural.One, written.WithoutQuotes(e.GermanOne), plural.Other,
					written.WithoutQuotes(e.German)))
			continue
		}
		_ = german.SetString(language.German, e.English, written.WithoutQuotes(e.German)) // a test formats each
	}
	slices.SortFunc(c.all, func(a, b Entry) int {
		if (a.Code == "") != (b.Code == "") {
			return -strings.Compare(a.Code, b.Code)
		}
		return strings.Compare(a.Code+"\x00"+a.English, b.Code+"\x00"+b.English)
	})
	c.german = message.NewPrinter(language.German, message.Catalog(german))
	return c
})

func (t *translations) isEnglish(lang language.Tag) bool {
	_, index, _ := t.matcher.Match(lang)
	return index == 0
}

// rooms are the entries of all packages.
func rooms() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for _, room := range [][]Entry{
			ofRecords, ofValues, ofSheets, ofSources, ofHistory, ofPictures, ofReports, ofPlans, ofRequests, ofImports, ofTransfers,
			ofServer,
			ofRefused, ofTimes, ofNames, ofDoubts, ofMonths, ofTold, ofCells, ofCharts, ofBudgets, ofAttribution, ofAttributionRequests, ofLinks, ofOrders,
			ofSummaries, words,
		} {
			for _, e := range room {
				if !yield(e) {
					return
				}
			}
		}
	}
}
