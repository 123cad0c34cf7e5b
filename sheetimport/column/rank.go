package column

import (
	"errors"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// rank orders columns that look like one field: the one that a careful reader would take is first.
type rank struct {
	blank, misfit bool // its cells are empty, or are none of the field
	age           int  // what the header says of a version: -1 the last word, 0 nothing, 1 an earlier one
	sparse        bool // it has less than half of the cells of another one
	clarity       int  // of the header
}

func (r rank) compare(o rank) int {
	for _, pair := range [][2]int{{number(r.blank), number(o.blank)}, {number(r.misfit), number(o.misfit)}, {r.age, o.age}, {number(r.sparse), number(o.sparse)}, {r.clarity, o.clarity}} {
		if pair[0] != pair[1] {
			return pair[0] - pair[1]
		}
	}
	return 0
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// rankOf looks at the header and the cells of a column.
func rankOf(c Column, data []sheet.Row) rank {
	if c.Confidence == Given {
		return rank{age: -2}
	}
	return rank{blank: sheet.ColumnBlank(data, c.Index), misfit: !fits(c, data), age: age(c.Header), clarity: clarity(c)}
}

// filled counts the cells of a column that hold something.
func filled(data []sheet.Row, index int) (n int) {
	for _, r := range data {
		if t := texts.Trim(r.Cell(index).Text); t != "" && !cell.IsBlank(t) && !cell.IsNoValue(t) {
			n++
		}
	}
	return n
}

// clarity is lower the more clearly a header names its field.
func clarity(c Column) int {
	switch t := termOf(c.Header); {
	case t.loose:
		return 1
	case t.vague: // whose cells have proven it
		return 4
	case c.Confidence == Exact:
		return 0
	case c.Confidence == Inferred:
		return 2
	default:
		return 3
	}
}

// leaveVague takes its field from a column whose header means it only where its cells do.
func (h *Header) leaveVague(data []sheet.Row) {
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Confidence != Inferred || !termOf(c.Header).vague {
			continue
		}
		seen, read := readable(*c, data)
		if seen == 0 || read < seen || c.Field == Code && (!holdsCodes(data, c.Index) || !holdsDigits(data, c.Index)) {
			c.Field, c.Confidence, c.Reason = Custom, NoMatch, sentence.Of("the header can mean %s, but the cells do not say so", c.Field.label())
		}
	}
}

// holdsDigits reports whether most cells of a column have a digit, as most codes do.
func holdsDigits(data []sheet.Row, index int) bool {
	seen, digits := 0, 0
	for _, r := range data {
		if t := texts.Trim(r.Cell(index).Text); t != "" && !cell.IsNoCode(t) {
			seen++
			if strings.ContainsAny(t, "0123456789") {
				digits++
			}
		}
	}
	return 2*digits > seen
}

// Words in a header that say which of two columns came later, in the form of headerKey. Stems are the beginnings of German words.
var (
	lastWords = texts.Set(`final finalised finalized new current latest updated revised agreed negotiated confirmed actual ist istkosten
		endpreis`)
	lastStems    = []string{"final", "neue", "aktuell", "vereinbart", "verhandelt", "bestaetigt", "tatsaechlich"}
	earlierWords = texts.Set(`old previous prev original initial proposed planned requested estimated quoted alt plan soll gross
		brutto bruttokosten plankosten`)
	earlierStems = []string{"alte", "urspruenglich", "bisherig", "geplant", "vorgeschlagen", "geschaetzt"}
)

// sharesNoun reports whether a header has a word in common with another one, but for those that say which came later: "Final
// price" is the last word on "Price", and none on "Fee".
func sharesNoun(header string, others []string) bool {
	words := nouns(header)
	return slices.ContainsFunc(others, func(o string) bool {
		return slices.ContainsFunc(nouns(o), func(w string) bool { return slices.Contains(words, w) })
	})
}

// nouns are the words of a header without those that say which came later.
func nouns(header string) []string {
	return slices.DeleteFunc(strings.Fields(headerKey(headerWords(header))), func(w string) bool { return age(w) != 0 })
}

// age says whether a header names the last version of something, as in "Final fee", or an earlier one.
func age(header string) int {
	words := strings.Fields(headerKey(headerWords(header)))
	has := func(set map[string]bool, stems []string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return set[w] || slices.ContainsFunc(stems, func(s string) bool { return strings.HasPrefix(w, s) })
		})
	}
	switch {
	case has(earlierWords, earlierStems):
		return 1
	case has(lastWords, lastStems), slices.Contains(words, "neu"):
		return -1
	}
	return 0
}

// fits reports whether any cell of a column can be read as its field. A field that takes any text fits always.
func fits(c Column, data []sheet.Row) bool {
	seen, read := readable(c, data)
	return seen == 0 || read > 0
}

// readable counts cells of a column that hold something, and those of them that can be read as its field.
func readable(c Column, data []sheet.Row) (seen, read int) {
	const enough = 200 // cells
	for _, r := range data {
		shown := r.Cell(c.Index)
		text := texts.Trim(shown.Text)
		if text == "" || cell.IsNoValue(text) || cell.IsBlank(text) {
			continue
		}
		ok, judged := c.Field.reads(shown, text)
		if ok || !judged {
			read++
		}
		if seen++; seen == enough {
			break
		}
	}
	return seen, read
}

// reads reports whether a cell can be read as the field, and whether the field has such a rule.
func (f Field) reads(shown sheet.Cell, text string) (ok, judged bool) {
	typed := shown.Raw != nil
	switch {
	case f == Platform:
		_, known, _ := cell.ParsePlatform(text)
		return known, true
	case f == Followers:
		_, _, err := cell.ParseCount(text)
		return err == nil, true
	case f.IsMoney():
		_, none := cell.NoAmount(text)
		_, err := cell.ReadAmount(shown, text, cell.StyleUnknown, "")
		return none || err == nil || isAmbiguous(err), true
	case f.IsDate():
		_, err := cell.ParseDate(text, cell.OrderUnknown)
		_, _, ranged, noRange := cell.ParseDateRange(text, cell.OrderUnknown)
		return typed && shown.Raw.Kind == sheet.RawDate || err == nil || isAmbiguous(err) || ranged && (noRange == nil || isAmbiguous(noRange)), true
	}
	return true, false
}

// isAmbiguous reports whether a cell has several readings, of which the rest of the column decides.
func isAmbiguous(err error) bool {
	bad, ok := errors.AsType[*cell.Error](err)
	return ok && len(bad.Readings) > 0
}
