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
	clarity       int  // of the header
}

func (r rank) compare(o rank) int {
	for _, pair := range [][2]int{{number(r.blank), number(o.blank)}, {number(r.misfit), number(o.misfit)}, {r.age, o.age}, {r.clarity, o.clarity}} {
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

// clarity is lower the more clearly a header names its field.
func clarity(c Column) int {
	switch t := termOf(c.Header); {
	case t.loose:
		return 1
	case t.vague: // whose cells have proven it
		return 2
	case c.Confidence == Exact:
		return 0
	case c.Confidence == Inferred:
		return 3
	default:
		return 4
	}
}

// leaveVague takes its field from a column whose header means it only where its cells do.
func (h *Header) leaveVague(data []sheet.Row) {
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Confidence != Inferred || !termOf(c.Header).vague {
			continue
		}
		blank := sheet.ColumnBlank(data, c.Index)
		if blank || c.Field == Code && !holdsCodes(data, c.Index) || !fits(*c, data) {
			c.Field, c.Confidence, c.Reason = Custom, NoMatch, sentence.Of("the header can mean %s, but the cells do not say so", c.Field.label())
		}
	}
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

// fits reports whether at least half of the cells of a column can be read as its field. A field that takes any text fits always.
func fits(c Column, data []sheet.Row) bool {
	const enough = 50 // cells
	seen, read := 0, 0
	for _, r := range data {
		shown := r.Cell(c.Index)
		text := texts.Trim(shown.Text)
		if text == "" || cell.IsNoValue(text) || cell.IsBlank(text) {
			continue
		}
		ok, judged := c.Field.reads(shown, text)
		if !judged {
			return true
		}
		if ok {
			read++
		}
		if seen++; seen == enough {
			break
		}
	}
	return 2*read >= seen
}

// reads reports whether a cell can be read as the field, and whether the field has such a rule.
func (f Field) reads(shown sheet.Cell, text string) (ok, judged bool) {
	typed := shown.Raw != nil
	switch {
	case f == Platform:
		_, known, _ := cell.ParsePlatform(text)
		return known, true
	case f == Status:
		return cell.IsStatus(text) || cell.ProposeStatus(text) != "", true
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
