package words

import (
	"slices"
	"sync"
)

// text is one of the pages, as a format of package fmt, in both languages. The forms for one are for texts whose first
// value is a number that decides.
type text struct {
	English, German       string
	EnglishOne, GermanOne string
}

// texts is the catalogue: the texts of the pages in English, as they stand in templates and code, and in German. A test
// finds texts that are missing and those that nobody says any more.
var texts = slices.Concat(
	frameWords, planningWords, searchWords, campaignWords, cooperationWords, peopleWords, settingsWords, importWords, watchWords, orderWords,
)

// known are the texts of the catalogue by their English ones.
var known = sync.OnceValue(func() map[string]text {
	m := map[string]text{}
	for _, t := range texts {
		m[t.English] = t
	}
	return m
})
