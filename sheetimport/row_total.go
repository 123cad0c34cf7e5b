package sheetimport

import (
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// isTotal reports whether the row is a line of totals. It names no influencer, and a cell holds a word for a total: alone in
// any column, or among others ("Total June", "Summe Juli") in the first cell of the row that is not blank or in that of the
// name, if the row has no handle, date or code as a cooperation would. It may name a platform of which it is the total.
func isTotal(h column.Header, r sheet.Row) bool {
	says := func(f column.Field) string {
		c, ok := h.Column(f)
		if !ok {
			return ""
		}
		return texts.Trim(f.Text(r.Cell(c.Index)))
	}
	bare := true // it has nothing that only a cooperation has
	for _, f := range []column.Field{column.Handle, column.ProfileLink, column.Start, column.End, column.Code, column.Email} {
		t := says(f)
		bare = bare && (t == "" || cell.IsBlank(t) || isTotalWord(t))
	}
	for _, f := range []column.Field{column.Influencer, column.FirstName, column.LastName, column.Platform, column.CRMID} {
		t := says(f)
		ofPlatform := f == column.Platform && bare && isTotalOf(says(column.Influencer), t)
		if t != "" && !cell.IsBlank(t) && !isTotalWord(t) && !ofPlatform && (f == column.Platform || !beginsOrEndsInTotal(t)) {
			return false
		}
	}
	if t := says(column.Platform); t != "" && isTotalOf(says(column.Influencer), t) {
		return true
	}
	first := ""
	for _, c := range r.Cells {
		t := texts.Trim(c.Text)
		if isTotalWord(t) {
			return true
		}
		if first == "" {
			first = t
		}
	}
	if name := says(column.Influencer); !beginsOrEndsInTotal(first) && beginsOrEndsInTotal(name) {
		first = name
	}
	if !beginsOrEndsInTotal(first) {
		return false
	}
	for _, f := range []column.Field{column.Handle, column.ProfileLink, column.Start, column.End, column.Code, column.Email} {
		if t := says(f); t != "" && t != first && !cell.IsBlank(t) {
			return false
		}
	}
	return true
}

// totalWords are the words for a total, and totalsOf those of them that stand among other words.
var (
	totalWords = texts.Set(`total totals subtotal sum sums summe summen gesamt gesamtsumme zwischensumme totale insgesamt endsumme
		teilsumme gesamtbetrag gesamtkosten σ ∑ zwischentotal gesamttotal`)
	totalsOf = texts.Set(`total totals subtotal sum summe gesamt gesamtsumme zwischensumme insgesamt teilsumme`)
)

// isTotalWord reports whether a text is a word for a total and nothing else.
func isTotalWord(t string) bool {
	t = strings.TrimRight(strings.ToLower(t), ":=. ")
	switch t {
	case "grand total", "sub total", "total sum", "sum total", "total amount", "total costs", "total cost", "in total":
		return true
	}
	return totalWords[t]
}

// beginsOrEndsInTotal reports whether the first or the last word of a text is one for a total: "Total Sun", "Juli gesamt".
func beginsOrEndsInTotal(t string) bool {
	const most = 60 // bytes
	if len(t) > most {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(t), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return len(words) > 0 && (totalsOf[words[0]] || totalsOf[words[len(words)-1]] || words[0] == "grand" &&
		len(words) > 1 && words[1] == "total")
}

// allPlatforms stand in the column of platforms of a total.
var allPlatforms = texts.Set(`all alle both beide total gesamt`)

// isTotalOf reports whether a name is that of a total of a platform, or of all: "Total" or "TOTAL INSTAGRAM" beside "Instagram",
// "Gesamtsumme" beside "Alle Plattformen".
func isTotalOf(name, platform string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = slices.DeleteFunc(words, func(w string) bool { return w == "grand" })
	if len(words) == 0 || !totalWords[words[0]] {
		return false
	}
	if of := strings.Fields(strings.ToLower(platform)); len(of) > 0 && allPlatforms[of[0]] {
		return true
	}
	on, known, err := cell.ParsePlatform(platform)
	if err != nil || !known {
		return false
	}
	if len(words) == 1 {
		return true
	}
	of, known, err := cell.ParsePlatform(strings.Join(words[1:], " "))
	return err == nil && known && of == on
}
