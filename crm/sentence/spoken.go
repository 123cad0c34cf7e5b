package sentence

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/written"
	"github.com/getklar/influencercrm/discount"
)

// Quoted is a value that stands in the quotation marks of the language: "x", or „x“. A text that is formatted with %q
// has them too.
type Quoted string

// String returns the text in the quotation marks of English.
func (q Quoted) String() string { return `"` + string(q) + `"` }

// Moment is a time to the minute, as a value of a sentence. It is written with its zone where that is UTC, because
// people read another clock.
type Moment time.Time

// String returns a moment like 2026-06-01 10:00 UTC.
func (m Moment) String() string { return m.in("2006-01-02 15:04") }

func (m Moment) in(layout string) string {
	if time.Time(m).Location() == time.UTC {
		layout += " MST"
	}
	return time.Time(m).Format(layout)
}

// StageWord is the word for how certain a cooperation is, as pages and reports show it.
func StageWord(s budget.Stage) Sentence {
	switch s {
	case budget.Signed:
		return Of("Signed")
	case budget.Negotiating:
		return Of("Negotiating")
	case budget.Draft:
		return Of("Draft")
	}
	return Of("%s", string(s))
}

// MatchWord is the word for the way in which a discount rule compares: "starts with".
func MatchWord(m discount.Match) Sentence {
	switch m {
	case discount.Equals:
		return Of("equals")
	case discount.Contains:
		return Of("contains")
	case discount.StartsWith:
		return Of("starts with")
	case discount.EndsWith:
		return Of("ends with")
	}
	return Of("%s", strings.ReplaceAll(string(m), "_", " "))
}

// inEnglish returns a value as an English sentence for people has it.
func inEnglish(value any) any {
	switch v := value.(type) {
	case Sentence:
		return v.Spoken(language.English)
	case List:
		parts := make([]string, len(v))
		for n, part := range v {
			parts[n] = part.Spoken(language.English)
		}
		return strings.Join(parts, "; ")
	case Moment:
		return v.in("2 Jan 2006 15:04")
	}
	return written.English(value)
}

// inGerman returns a value as a German sentence has it. A text stays as it is.
func inGerman(value any) any {
	switch v := value.(type) {
	case Sentence:
		return v.In(language.German)
	case List:
		return v.In(language.German)
	case Quoted:
		return written.GermanQuotes(string(v))
	case Moment:
		return v.in("02.01.2006 15:04")
	case budget.Month:
		if v.IsZero() {
			return ""
		}
		return Of(v.TimeMonth().String()).In(language.German) + " " + strconv.Itoa(v.Year())
	case budget.Stage:
		return StageWord(v).In(language.German)
	case discount.Match:
		return MatchWord(v).In(language.German)
	case discount.Rule:
		_, pattern, _ := strings.Cut(v.String(), strings.ReplaceAll(string(v.Match), "_", " ")+" ")
		return MatchWord(v.Match).In(language.German) + " " + pattern
	}
	return written.German(value)
}

// inGermanQuoted returns a value that is formatted with %q.
func inGermanQuoted(value any) any { return written.GermanQuotes(inGerman(value)) }
