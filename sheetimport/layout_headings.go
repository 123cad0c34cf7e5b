package sheetimport

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// statusHeading returns the status that stands as a heading above a group of rows, as boards export their groups: "Declined" or
// "--- Abgesagt (3) ---" alone in its row, in the column of the names or before it.
func statusHeading(h column.Header, r sheet.Row) (word string, ok bool) {
	word, isHeading := heading(h, r)
	if !isHeading {
		return "", false
	}
	stage, cancelled, _, err := cell.ParseStatusNote(word)
	if bad, isBad := errors.AsType[*cell.Error](err); isBad {
		return word, bad.Code == "ambiguous_status" // which the rows below it are told
	}
	return word, err == nil && (stage != "" || cancelled)
}

// heading returns a text that stands alone in its row where a heading does, without the signs around it.
func heading(h column.Header, r sheet.Row) (word string, ok bool) {
	only := onlyText(r)
	if r.Err != nil || only == "" || isTotal(h, r) {
		return "", false
	}
	at := slices.IndexFunc(r.Cells, func(c sheet.Cell) bool { return texts.Trim(c.Text) != "" })
	last := h.Columns[0].Index
	for _, f := range []column.Field{column.Influencer, column.FirstName, column.LastName, column.Handle} {
		if c, has := h.Column(f); has {
			last = max(last, c.Index)
			break
		}
	}
	const signs = " -–—=*#:>•▸▼▾|_~"
	return strings.Trim(rowsInGroup.ReplaceAllString(strings.Trim(only, signs), ""), signs), at <= last
}

// rowsInGroup is the number of rows that boards write behind the heading of a group: "Declined (3)".
var rowsInGroup = regexp.MustCompile(`\s*[(\[]\d+[)\]]$`)

// isMonthLine reports whether a row is the heading of a month with what its cooperations come to beside it: "May 2025"
// where names stand, and no platform.
func isMonthLine(h column.Header, r sheet.Row) bool {
	name, named := h.Column(column.Influencer)
	platform, ok := h.Column(column.Platform)
	if !named || !ok || texts.Trim(r.Cell(platform.Index).Text) != "" {
		return false
	}
	month, ok := cell.ParseMonthHeader(r.Cell(name.Index).Text)
	return ok && month.Year != 0
}

// titlesOfPlans are statuses that are the title of a sheet too. In a board the headers come again below.
var titlesOfPlans = texts.Set(`planung planning`)

// headingAbove is the status that stands alone right above the headers, "" if none does: boards write the name of each
// group above its headers, also that of the first.
func headingAbove(s *sheet.Table, h column.Header) (status string, row int) {
	at := slices.IndexFunc(s.Rows, func(r sheet.Row) bool { return r.Number == h.Row })
	for n := at - 1; n >= 0; n-- {
		if s.Rows[n].Blank() {
			continue
		}
		word, known := statusHeading(h, s.Rows[n])
		isTitle := titlesOfPlans[strings.ToLower(word)] && !slices.ContainsFunc(s.Below(h.Row), h.Repeats)
		if !known || isTitle {
			return "", 0
		}
		return word, s.Rows[n].Number
	}
	return "", 0
}

// statusOfHeadings gives the rows of a group the status that is its heading, where they have none of their own. Without
// it, those under "Declined" would count as signed. The next heading, whatever it says, ends a group, and so does the
// line of totals of all of its rows; what stands below that of a part, or below that of all without a heading, is told
// on its row (layout_totals.go). It reports whether any row got a status.
func statusOfHeadings(s *sheet.Table, h column.Header, standard crm.Status) bool {
	status := map[int]string{} // by the index of the row
	var words []string
	var numbers []int
	above, titleRow := headingAbove(s, h)
	of, rows := group{status: above}, s.Below(h.Row)
	own, hasColumn := h.Column(column.Status)
	for n, row := range rows {
		if row.Err != nil || row.Blank() || h.Repeats(row) {
			continue
		}
		if isTotal(h, row) {
			of.total(h, row)
			continue
		}
		if isMonthLine(h, row) {
			of = group{}
			continue
		}
		if _, isHeading := heading(h, row); isHeading {
			word, known := statusHeading(h, row)
			if of = (group{}); known {
				of.status = word
			}
			continue
		}
		of.rows = true
		if hasColumn && texts.Trim(row.Cell(own.Index).Text) != "" {
			continue
		}
		word, doubt := of.statusOf(standard)
		if doubt != nil {
			rows[n].Notes = append(rows[n].Notes, *doubt)
		}
		if word == "" {
			continue
		}
		status[n] = word
		numbers = append(numbers, row.Number)
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	if len(status) == 0 {
		return false
	}
	if fromTitle := above != "" && slices.Contains(words, above) && !slices.ContainsFunc(rows, h.Repeats); fromTitle { // no board
		s.Notes = append(s.Notes, sheet.Note{Code: "status_from_title", Text: sentence.Of(
			"%q in row %s stands above the headers, where titles stand too; the rows without a status of their own have it as theirs; "+
				"if it is a title, add a column \"Status\"", texts.Shorten(above), strconv.Itoa(titleRow))})
	}
	text := sentence.Of("%s: without a status of their own; they have the one that is the heading of their group: %s",
		texts.Numbered(numbers), texts.Listed(words))
	if hasColumn {
		for n, word := range status {
			cells := slices.Clone(rows[n].Cells)
			for len(cells) <= own.Index {
				cells = append(cells, sheet.Cell{})
			}
			cells[own.Index] = sheet.Cell{Text: word}
			rows[n].Cells = cells
		}
		s.Notes = append(s.Notes, sheet.Note{Code: "status_from_headings", Text: text})
		return true
	}
	headers := []string{"Deal status"}
	r := rearrange(s, h, nil, headers...)
	byRow := map[int]string{}
	for n, word := range status {
		byRow[rows[n].Number] = word
	}
	for row := range r.data {
		if word, ok := byRow[row.Number]; ok {
			r.add(row, sheet.Cell{Text: word})
		} else {
			r.add(row)
		}
	}
	r.done("status_from_headings", text)
	return true
}
