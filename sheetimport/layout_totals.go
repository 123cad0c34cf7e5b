package sheetimport

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// group is a group of rows under a heading that is their status.
type group struct {
	status   string // of the heading; "" if it names none
	rows     bool   // a row of the group has come
	partRow  int    // the number of the last row with a total of a part of the group, 0 if there was none
	totalRow int    // the number of the row with the total of the group, 0 as long as it goes on
}

// total takes a line of totals into account. Between the heading and its rows it changes nothing, and that of a part,
// as "Total Instagram", does not end the group.
func (g *group) total(h column.Header, r sheet.Row) {
	switch {
	case !g.rows || g.totalRow > 0:
	case isPartTotal(h, r, g.status):
		g.partRow = r.Number
	default:
		g.totalRow = r.Number
	}
}

// statusOf is the status that the heading gives to a row without one of its own, "" for none, and what is to be told of
// that: behind a line of totals nobody knows for sure whether a row still belongs to the group.
func (g *group) statusOf(standard crm.Status) (status string, doubt *sheet.Note) {
	stage, cancelled, _, err := cell.ParseStatusNote(g.status)
	switch {
	case g.status == "":
		return "", nil
	case g.totalRow == 0 && g.partRow == 0:
		return g.status, nil
	case g.totalRow == 0:
		return g.status, &sheet.Note{Code: "status_across_total", Text: sentence.Of(
			"the row stands below the total of row %s, which is that of a part, and has the status of its group: %q; "+
				"if it has another one, say so in the row", strconv.Itoa(g.partRow), texts.Shorten(g.status))}
	case err == nil && !cancelled && stage == standard:
		return "", nil // it has that status either way
	}
	return "", &sheet.Note{Code: "status_in_doubt", Text: sentence.Of(
		"the row stands below the total of the group %q, in row %s, and has neither a status nor a heading of its own; it counts as %s; "+
			"if it belongs to that group, say so in the row", texts.Shorten(g.status), strconv.Itoa(g.totalRow), sentence.Of(string(standard)))}
}

// unspecificTotal are words beside one for a total that do not say of what it is.
var unspecificTotal = texts.Set(`sub grand all alle aller cost costs kosten fee fees honorar honorare budget spend amount betrag netto net brutto gross
	in of the der des im for für eur usd gbp chf euro row rows zeilen group gruppe inkl incl including exkl excl excluding zzgl plus ohne without
	vat mwst ust tax deal deals influencer influencers creator creators person personen people kooperation kooperationen cooperations
	kw cw week woche quarter quartal`)

// quarterOfTotal is a quarter, a half or a week beside a word for a total.
var quarterOfTotal = regexp.MustCompile(`^(?:q[1-4]|h[12]|kw\d{1,2}|cw\d{1,2})$`)

// partTotals are words for the total of a part.
var partTotals = texts.Set(`sub subtotal zwischensumme zwischentotal teilsumme`)

// isPartTotal reports whether a line of totals is that of a part of a group, and not of all of it: it names something
// that is neither a month nor the group, as "Total Instagram", or calls itself a subtotal.
func isPartTotal(h column.Header, r sheet.Row, status string) bool {
	if c, ok := h.Column(column.Platform); ok {
		_, known, err := cell.ParsePlatform(texts.Trim(r.Cell(c.Index).Text))
		if err == nil && known {
			return true
		}
	}
	for _, c := range r.Cells {
		text := texts.Trim(c.Text)
		if !isTotalWord(text) && !beginsOrEndsInTotal(text) {
			continue
		}
		rest := totalOf(text)
		if len(rest) == 0 {
			return slices.ContainsFunc(wordsOf(text), func(w string) bool { return partTotals[w] })
		}
		of := strings.Join(rest, " ")
		_, _, notStatus := cell.ParseStatus(of)
		_, isMonth := cell.ParseMonthHeader(of)
		return notStatus != nil && !isMonth && !namesGroup(rest, wordsOf(status))
	}
	return false
}

// namesGroup reports whether a total is that of a group with a status: "abgesagte" below "Abgesagt".
func namesGroup(of, status []string) bool {
	return strings.Join(of, " ") == strings.Join(status, " ") || len(status) == 1 &&
		slices.ContainsFunc(of, func(w string) bool { return strings.HasPrefix(w, status[0]) })
}

// totalOf are the words of a line of totals that say of what it is: "instagram" of "Total Instagram".
func totalOf(text string) []string {
	return slices.DeleteFunc(wordsOf(text), func(w string) bool {
		return totalWords[w] || totalsOf[w] || unspecificTotal[w] || quarterOfTotal.MatchString(w) || !strings.ContainsFunc(w, unicode.IsLetter)
	})
}

// wordsOf are the words of a text in small letters.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
