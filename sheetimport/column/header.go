package column

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// HeaderRows is how many rows from the top may be the header row.
const HeaderRows = 20

// ErrNoHeader says that none of the first twenty rows names the columns that every sheet needs.
var ErrNoHeader error = sentence.Errorf("%s: no header row was found", sheet.ErrUnreadable)

// Header is the row of a sheet that names the columns.
type Header struct {
	Row     int      // the number of the row, as [sheet.Row.Number]; the data begins below
	Columns []Column // the columns that have a header, from left to right
	// KlarTemplate reports that the sheet is Klar's template, in which "Status" is not that of the cooperation.
	KlarTemplate bool
	// Notes tell of columns whose meaning was not obvious.
	Notes []sheet.Note

	noted []int // the index of each column that a note is about
	// costParts is the index of each column that leaveCostParts has found.
	costParts []int
	width     int // cells that a row may have
}

// Column returns the column of a field. At most one column has each field, [Custom] aside; for that, walk
// through Columns.
func (h Header) Column(f Field) (Column, bool) {
	i := slices.IndexFunc(h.Columns, func(c Column) bool { return c.Field == f })
	if i < 0 {
		return Column{}, false
	}
	return h.Columns[i], true
}

// At returns the column at an index, if it has a header.
func (h Header) At(index int) (Column, bool) {
	i, found := slices.BinarySearchFunc(h.Columns, index, func(c Column, index int) int { return c.Index - index })
	if !found {
		return Column{}, false
	}
	return h.Columns[i], true
}

// Check returns why the cells of a row cannot be read by this header, or nil: the row's own error, or extra_cells
// for a row of a text file that has more cells than the sheet has columns. In such a row a delimiter inside a cell, as in
// 1,200.00, has moved the cells after it under the wrong headers, so none of them can be trusted.
func (h Header) Check(r sheet.Row) error {
	if r.Err != nil {
		return r.Err
	}
	if len(r.Cells) <= h.width || r.Blank() {
		return nil
	}
	return cell.NewError("extra_cells", "",
		sentence.Of("the row has %d cells, but the sheet has %d columns", len(r.Cells), h.width),
		sentence.Of("put a cell that holds the delimiter in quotation marks"))
}

// HasNote reports whether one of the notes is about a column.
func (h Header) HasNote(c Column) bool { return slices.Contains(h.noted, c.Index) }

// Unnamed returns the letters of the columns that have data and no header.
func (h Header) Unnamed(data []sheet.Row) []string {
	var letters []string
	next := 0
	for i := range h.width {
		if next < len(h.Columns) && h.Columns[next].Index == i {
			next++
		} else if !sheet.ColumnBlank(data, i) {
			letters = append(letters, sheet.ColumnLetter(i))
		}
	}
	return letters
}

// FindHeader finds the header row among the first twenty rows and the meaning of its columns.
//
// It is the row in which most columns are recognised, and it has to name the influencer (the name, first and last
// name, or the handle) and the platform, which every row of data needs. Headers are known in English and German, in
// any order. Where two columns have one meaning, one keeps it: the one that the mapping names; else, of those with data and with
// cells that can be read so, the one whose header says that it is the last word on an amount or a status ("Final fee"), is more
// than half as full as the other, says it more clearly, or is the first. The other becomes custom, with a note if it says
// anything else. The error for a sheet without such a row is [ErrNoHeader]; it names
// the sheet and says which column is missing and which headers were seen.
//
// The mapping, which may be nil, overrides what the headers say.
func FindHeader(s *sheet.Table, m Mapping) (Header, error) { return FindHeaderIn(s, m, "") }

// FindHeaderIn is [FindHeader] for a workspace with a currency: of columns for one amount in different currencies, as
// "Fee (USD)" is beside "Fee (EUR)", the one in that currency is used.
func FindHeaderIn(s *sheet.Table, m Mapping, currency budget.Currency) (Header, error) {
	var best, top sheet.Row
	bestScore := 0
	for _, row := range s.Rows {
		if row.Number > HeaderRows {
			break
		}
		score := HeaderScore(row, m)
		if score > bestScore {
			best, bestScore = row, score
		}
		if top.Number == 0 && !row.Blank() {
			top = row
		}
	}
	if best.Number == 0 {
		best = top
	}
	best = nameCurrencies(s, joinHeaderRows(s, best))
	columns, klar := readColumns(best, m)
	if missing := missingColumns(columns); len(missing) > 0 {
		err := noHeader(best, columns, missing)
		if s.Name != "" {
			err = sentence.Errorf("%q: %s", texts.Shorten(s.Name), err)
		}
		return Header{}, err
	}
	h := Header{Row: best.Number, Columns: columns, KlarTemplate: klar}
	data := s.Below(best.Number)
	for _, n := range setAsideByTitle(s, h.Row, h.Columns, Custom) {
		c := h.Columns[n]
		h.note(n, "unclear_column", sentence.Of("column %s %q is kept as a custom field: %s", c.Letter, texts.Shorten(c.Header), c.Reason))
	}
	h.leaveOutSecondTable()
	h.checkLinks(data)
	h.leaveVague(data)
	h.leaveCostParts(data)
	h.settleDuplicates(data, currency)
	h.findCodes(data)
	h.findPercentages(data)
	h.leaveInvoiceDiscount(data)
	h.nameHandles(data)
	h.findCurrencies(data)
	h.findMonths(s, data)
	h.readTitleCurrency(s)
	h.findAccounts(data)
	h.noteCards()
	h.noteBoards(data)
	h.noteUnclear()
	h.notePaid()
	h.noteTotals(data)
	h.noteAgencyFees(data)
	if missing := m.missing(columns); len(missing) > 0 {
		h.Notes = append(h.Notes, sheet.Note{Code: "mapped_column_missing",
			Text: sentence.Of("the mapping names columns that the sheet does not have: %s", texts.Listed(missing))})
	}
	h.width = width(len(best.Cells), data)
	if s.Grid {
		h.width = longest(data)
	}
	return h, nil
}

// HeaderScore says how much a row looks like a header row: two for each field that a header names exactly, one for
// one that can be told, and far more for a row that has the columns that every sheet needs.
func HeaderScore(row sheet.Row, m Mapping) int {
	columns, _ := readColumns(row, m)
	score := 0
	seen := map[Field]bool{}
	for _, c := range columns {
		if c.Field == Custom || seen[c.Field] {
			continue
		}
		seen[c.Field] = true
		score++
		if c.Confidence == Exact {
			score++
		}
	}
	if score > 0 && len(missingColumns(columns)) == 0 {
		score += completeHeader
	}
	return score
}

// completeHeader is what a row scores for having the columns that every sheet needs.
const completeHeader = 1_000

// missingColumns says which required columns the headers lack.
func missingColumns(columns []Column) []sentence.Sentence {
	var missing []sentence.Sentence
	// A plain "Link" is as well one to a post or a page of the shop.
	linked := slices.ContainsFunc(columns, func(c Column) bool { return c.Field == ProfileLink && c.Confidence != Inferred })
	if !hasField(columns, Influencer) && !hasField(columns, Handle) && !linked &&
		(!hasField(columns, FirstName) || !hasField(columns, LastName)) {
		missing = append(missing, sentence.Of(`the influencer's name ("Influencer", "Creator", "Name")`))
	}
	if !hasField(columns, Platform) {
		missing = append(missing, sentence.Of(`the platform ("Platform", "Plattform", "Kanal")`))
	}
	return missing
}

func noHeader(row sheet.Row, columns []Column, missing []sentence.Sentence) error {
	text := sentence.Of("none of the first %d rows has a column for %s", HeaderRows, missing[0])
	if len(missing) > 1 {
		text = sentence.Of("none of the first %d rows has a column for %s and one for %s", HeaderRows, missing[0], missing[1])
	}
	if row.Err != nil {
		return sentence.Errorf("%s: %s; row %s could not be read: %s", ErrNoHeader, text, strconv.Itoa(row.Number), row.Err)
	}
	if len(columns) == 0 {
		return sentence.Errorf("%s: %s; the rows are blank; add a row with the names of the columns", ErrNoHeader, text)
	}
	const most = 12
	var seen []string
	wide := false
	for _, c := range columns {
		seen = append(seen, fmt.Sprintf("%q", texts.Shorten(c.Header)))
		wide = wide || isPlatformHeader(c.Header)
	}
	headers := sentence.Of("%s", strings.Join(seen, ", "))
	if more := len(seen) - most; more > 0 {
		headers = sentence.Of("%s, and %d more", strings.Join(seen[:most], ", "), more)
	}
	todo := sentence.Of("rename the columns, or add the missing one")
	switch {
	case wide && !hasField(columns, Platform):
		todo = sentence.Of(`a sheet with a column for each platform needs one row for each platform instead, with the columns "Platform" and "Handle"`)
	case len(missing) > 1:
		todo = sentence.Of("rename the columns, or add the missing ones")
	}
	return sentence.Errorf("%s: %s; row %s has %s; %s", ErrNoHeader, text, strconv.Itoa(row.Number), headers, todo)
}

// longest returns how many cells the longest row has.
func longest(rows []sheet.Row) int {
	n := 0
	for _, r := range rows {
		n = max(n, len(r.Cells))
	}
	return n
}

// width returns how many cells a row may have: as many as the header row, or more if rows of that length have only
// blank cells beyond the header and most rows are so long, as when each line of data ends in a delimiter.
func width(header int, data []sheet.Row) int {
	counts := map[int]int{}
	for _, r := range data {
		if len(r.Cells) > header {
			counts[len(r.Cells)]++
		}
	}
	for n, count := range counts {
		if 2*count > len(data) && !slices.ContainsFunc(data, func(r sheet.Row) bool {
			return len(r.Cells) == n && !sheet.Row{Cells: r.Cells[header:]}.Blank()
		}) {
			return n
		}
	}
	return header
}
