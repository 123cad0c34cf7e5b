package xlsxfile

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// AllTabs as Options.Tab reads all visible tabs that have a header together, as those of a workbook with a tab for each month
// or platform. Columns are put together by their headers. A tab without a column for the platform or the campaign, whose name
// is a platform, a month or another name, has that name in each row.
//
// The rows of the second tab have the numbers after those of the first, and so on; a note says where each tab begins.
const AllTabs = "*"

// joinedTabs are tabs that are put together.
type joinedTabs struct {
	table  *sheet.Table
	header int      // the index of the header row
	keys   []string // of the columns: the header, and how often it has come before
	fields []column.Field
	names  []string // of the tabs that were read
	places []sentence.Sentence
	blind  []string // the names of the tabs without a header
}

// readTabs reads all visible tabs that have a header.
func (w *workbook) readTabs(ctx context.Context, o Options) (*sheet.Table, error) {
	j := &joinedTabs{}
	for _, t := range w.parts.tabs {
		if t.hidden {
			continue
		}
		table, err := w.read(ctx, t, o.Limits.Rows)
		if err != nil {
			return nil, err
		}
		header, ok := withTabName(table, t.name, o.Mapping)
		if !ok {
			if len(table.Rows) > 0 {
				j.blind = append(j.blind, fmt.Sprintf("%q", texts.Shorten(t.name)))
			}
			continue
		}
		j.add(t.name, table, header)
		if n := len(j.table.Rows); n > 0 && j.table.Rows[n-1].Number > o.Limits.Rows {
			return nil, sentence.Errorf("%s: it has more than %d rows; split it into smaller files", sheet.ErrTooLarge, o.Limits.Rows)
		}
	}
	if j.table == nil {
		return nil, sentence.Errorf("%s: none of the tabs of the workbook has headers for the influencer and the platform", column.ErrNoHeader)
	}
	notes := []sheet.Note{}
	if len(j.names) > 1 {
		notes = append(notes, sheet.Note{Code: "tabs_together", Text: sentence.Of("the tabs %s are read together", texts.Listed(j.names))})
	}
	for _, place := range j.places {
		notes = append(notes, sheet.Note{Code: "tab_begins", Text: place})
	}
	if len(j.blind) > 0 {
		notes = append(notes,
			sheet.Note{Code: "tabs_left_out", Text: sentence.Of("tabs without a header are left out: %s",
				texts.Listed(j.blind))})
	}
	j.table.Notes = append(notes, j.table.Notes...)
	return j.table, nil
}

// noTabName are the names that spreadsheet programs and people give to a tab without a meaning.
var noTabName = regexp.MustCompile(`(?i)^(sheet|tabelle|blatt|tab|table|feuille|hoja|foglio|arkusz|data|daten|export|import|influencers?|liste?|plan|übersicht|overview)\s*\d*$`)

// withTabName finds the header of a tab. Where it has no column for what the name of the tab says, it gets one. ok is false for a
// tab without a header.
func withTabName(t *sheet.Table, name string, m column.Mapping) (h column.Header, ok bool) {
	platform, isPlatform, _ := cell.ParsePlatform(name)
	h, err := column.FindHeader(t, m)
	if err != nil && isPlatform {
		if h, ok = namingPlatform(t, platform, m); ok {
			return h, true
		}
	}
	if err != nil {
		return h, false
	}
	if _, has := h.Column(column.Campaign); has || isPlatform || noTabName.MatchString(texts.Trim(name)) {
		return h, true
	}
	campaign := texts.Trim(name)
	if month, isMonth := cell.ParseMonthHeader(name); isMonth && month.Year == 0 {
		return h, true // a row without a campaign goes to that of its month anyway
	} else if isMonth {
		campaign = fmt.Sprintf("%s %d", month.Month, month.Year)
	}
	addColumn(t, h.Row, "Campaign", campaign)
	h, err = column.FindHeader(t, m)
	return h, err == nil
}

// namingPlatform gives a tab that is named after a platform a column for it, if that makes one of its first rows a header.
func namingPlatform(t *sheet.Table, platform string, m column.Mapping) (h column.Header, ok bool) {
	best, most := 0, 0
	for _, row := range t.Rows {
		if row.Number > column.HeaderRows {
			break
		}
		row.Cells = append(slices.Clone(row.Cells), sheet.Cell{Text: "Platform"})
		if score := column.HeaderScore(row, m); score > most {
			best, most = row.Number, score
		}
	}
	addColumn(t, best, "Platform", platform)
	h, err := column.FindHeader(t, m)
	return h, err == nil
}

// addColumn writes a value into each row below a header that is not blank, behind the last column.
func addColumn(t *sheet.Table, header int, name, value string) {
	width := 0
	for _, r := range t.Rows {
		width = max(width, len(r.Cells))
	}
	for n := range t.Rows {
		r := &t.Rows[n]
		text := value
		if r.Number == header {
			text = name
		}
		if r.Number < header || r.Err != nil || r.Blank() {
			continue
		}
		cells := make([]sheet.Cell, width+1)
		copy(cells, r.Cells)
		cells[width].Text = text
		r.Cells = cells
	}
}

// add puts a tab below those before it.
func (j *joinedTabs) add(name string, t *sheet.Table, h column.Header) {
	j.names = append(j.names, fmt.Sprintf("%q", texts.Shorten(name)))
	keys := keysOf(h)
	if j.table == nil {
		j.table = t
		j.header = slices.IndexFunc(t.Rows, func(r sheet.Row) bool { return r.Number == h.Row })
		widest := 0 // a cell that stands beyond the header must not come under that of another tab
		for _, r := range t.Rows {
			widest = max(widest, len(r.Cells))
		}
		j.keys = make([]string, widest)
		j.fields = make([]column.Field, len(j.keys))
		for n, c := range h.Columns {
			if c.Index < len(j.keys) { // a header from the row above may stand beyond
				j.keys[c.Index], j.fields[c.Index] = keys[n], c.Field
			}
		}
		return
	}
	j.table.Tab += ", " + t.Tab
	place := map[int]int{} // of the columns of the tab among all
	for n, c := range h.Columns {
		place[c.Index] = j.place(keys[n], c)
	}
	last := 0
	if n := len(j.table.Rows); n > 0 {
		last = j.table.Rows[n-1].Number
	}
	j.places = append(j.places, sentence.Of("row %s of the tab %q counts as row %s", strconv.Itoa(h.Row+1),
		texts.Shorten(name), strconv.Itoa(last+1)))
	stray := 0
	for _, r := range t.Below(h.Row) {
		r.Number += last - h.Row
		cells := make([]sheet.Cell, len(j.keys))
		for i, c := range r.Cells {
			if c.MergedRow > 0 {
				c.MergedRow += int32(last - h.Row) //nolint:gosec // a sheet has no more rows than a workbook can have
			}
			if to, ok := place[i]; ok {
				cells[to] = c
			} else if texts.Trim(c.Text) != "" {
				stray++
			}
		}
		if r.Cells = cells; r.Err != nil {
			r.Cells = nil
		}
		j.table.Rows = append(j.table.Rows, r)
	}
	j.table.Notes = append(j.table.Notes, t.Notes...)
	if stray > 0 {
		j.table.Notes = append(j.table.Notes, sheet.Note{Code: "cells_without_header", Text: sentence.Of(
			"%d cells of the tab %q stand under no header and are left out", stray, texts.Shorten(name))})
	}
}

// keysOf names the columns of a header: what is called the same is told apart by its place among them.
func keysOf(h column.Header) []string {
	seen := map[string]int{}
	keys := make([]string, len(h.Columns))
	for n, c := range h.Columns {
		name := column.NormalizeHeader(c.Header)
		seen[name]++
		keys[n] = name + "\x00" + strconv.Itoa(seen[name])
	}
	return keys
}

// place returns the index of the column that a column of another tab belongs to: that with its header, else that with its field,
// else a new one.
func (j *joinedTabs) place(key string, c column.Column) int {
	if at := slices.Index(j.keys, key); at >= 0 {
		return at
	}
	if c.Field != column.Custom && c.Field != column.Ignored {
		if at := slices.Index(j.fields, c.Field); at >= 0 {
			return at
		}
	}
	header := &j.table.Rows[j.header]
	for len(header.Cells) < len(j.keys) {
		header.Cells = append(header.Cells, sheet.Cell{})
	}
	header.Cells = append(header.Cells, sheet.Cell{Text: c.Header})
	j.keys, j.fields = append(j.keys, key), append(j.fields, c.Field)
	return len(j.keys) - 1
}
