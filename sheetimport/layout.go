package sheetimport

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// arrange turns a sheet of another layout into one with a cooperation in each row: months as columns, a column of accounts for
// each platform, and campaigns that are named in the first row of a group only. The rows keep their numbers, so that several
// may have one.
func arrange(s *sheet.Table, o Options) error {
	header, found := findHeader(s, o.Mapping)
	if !found {
		return nil // what is wrong is told where the plan is made
	}
	if statusOfHeadings(s, header, o.Status) {
		if header, found = findHeader(s, o.Mapping); !found {
			return nil
		}
	}
	if err := splitMonths(s, header); err != nil {
		return err
	}
	fillDown(s, header, o.FillDown)
	return nil
}

// findHeader finds the header, after making rows of accounts that stand in columns.
func findHeader(s *sheet.Table, m column.Mapping) (h column.Header, found bool) {
	h, err := column.FindHeader(s, m)
	if err == nil {
		return h, true
	}
	if wide, ok := column.FindWideAccounts(s, m); ok {
		if !splitAccounts(s, wide) {
			return h, false
		}
	} else if linked, links, ok := column.FindLinkedAccounts(s, m); ok {
		namePlatforms(s, linked, func(row sheet.Row) string {
			return column.PlatformOfLink(texts.Trim(column.ProfileLink.Text(row.Cell(links.Index))))
		}, "platforms_from_links",
			sentence.Of("the sheet has no column for the platform; that of each row is the one to which the link in column %s %q leads",
				links.Letter, texts.Shorten(links.Header)))
	} else if named, formats, ok := column.FindFormats(s, m); ok {
		namePlatforms(s, named, func(row sheet.Row) string { return column.PlatformOfFormat(row.Cell(formats.Index).Text) },
			"platforms_from_formats", sentence.Of("the sheet has no column for the platform; that of each row is the one that column %s %q names",
				formats.Letter, texts.Shorten(formats.Header)))
	} else {
		return h, false
	}
	h, err = column.FindHeader(s, m)
	return h, err == nil
}

// namePlatforms gives a sheet a column for the platform of each row, and says where it comes from.
func namePlatforms(s *sheet.Table, h column.Header, platformOf func(sheet.Row) string, code string, from sentence.Sentence) {
	r := rearrange(s, h, nil, "Platform")
	for row := range r.data {
		r.add(row, sheet.Cell{Text: account.PlatformName(platformOf(row))})
	}
	r.done(code, from)
}

// rearranged is a sheet that is put together anew, with cells behind those of its header.
type rearranged struct {
	table  *sheet.Table
	header column.Header
	clear  []int // the indexes of the columns whose cells have moved
	base   int   // the index of the first new column
	rows   []sheet.Row
}

func rearrange(s *sheet.Table, h column.Header, clear []int, headers ...string) *rearranged {
	r := &rearranged{table: s, header: h, clear: clear}
	for _, row := range s.Rows {
		if h.Check(row) == nil {
			r.base = max(r.base, len(row.Cells))
		}
	}
	for _, row := range s.Rows {
		if row.Number > h.Row {
			break
		}
		if row.Number == h.Row {
			var cells []sheet.Cell
			for _, text := range headers {
				cells = append(cells, sheet.Cell{Text: text})
			}
			row = r.with(row, cells...)
		}
		r.rows = append(r.rows, row)
	}
	return r
}

// with returns a row with new cells behind its own.
func (r *rearranged) with(row sheet.Row, cells ...sheet.Cell) sheet.Row {
	all := make([]sheet.Cell, r.base+len(cells))
	copy(all, row.Cells)
	for _, i := range r.clear {
		all[i] = sheet.Cell{}
	}
	copy(all[r.base:], cells)
	row.Cells = all
	return row
}

// data is each row below the header that can be read. The others keep their errors and are passed over, as are blank ones.
func (r *rearranged) data(yield func(sheet.Row) bool) {
	for _, row := range r.table.Below(r.header.Row) {
		if err := r.header.Check(row); err != nil {
			row.Err, row.Cells = err, nil
			r.rows = append(r.rows, row)
		} else if row.Blank() {
			r.rows = append(r.rows, row)
		} else if !yield(row) {
			return
		}
	}
}

func (r *rearranged) add(row sheet.Row, cells ...sheet.Cell) {
	r.rows = append(r.rows, r.with(row, cells...))
}

// done puts the new rows into the sheet, with a note.
func (r *rearranged) done(code string, text sentence.Sentence) {
	r.table.Rows = r.rows
	r.table.Notes = append(r.table.Notes, sheet.Note{Code: code, Text: text})
}

// headerRow is the row of a header.
func headerRow(s *sheet.Table, h column.Header) sheet.Row {
	return s.Rows[slices.IndexFunc(s.Rows, func(r sheet.Row) bool { return r.Number == h.Row })]
}

// splitMonths makes a row of each amount in a sheet that has a column for each month: a cooperation of that month, from its
// first to its last day.
func splitMonths(s *sheet.Table, h column.Header) error {
	const enough = 2 // columns
	months := column.MonthColumns(h.Columns, headerRow(s, h))
	if len(months) < enough {
		return nil
	}
	if _, dated := h.Column(column.Start); dated {
		return nil
	}
	var clear []int
	for _, c := range h.Columns {
		total := isTotalWord(c.Header) || beginsOrEndsInTotal(c.Header)
		if c.Field == column.Cost && !total && c.Confidence != column.Given {
			return nil // the amounts of the months are something else
		}
		if c.Field == column.Custom && total || c.Field == column.Cost {
			clear = append(clear, c.Index)
		}
	}
	var letters []string
	for _, m := range months {
		clear, letters = append(clear, m.Index), append(letters, m.Letter)
	}
	if err := setYears(s, h, months, letters); err != nil {
		return err
	}
	if holdCounts(s, h, months) {
		return sentence.Errorf("%s: columns %s are months with small whole numbers, which are costs or count posts; name the currency in a cell or header, or leave the columns out",
			sheet.ErrUnreadable, texts.Listed(letters))
	}
	r := rearrange(s, h, clear, "Posting date", "End date", "Fixed costs")
	for row := range r.data {
		if isTotal(h, row) {
			r.add(row)
			continue
		}
		amounts := amountsOf(row, months)
		for _, a := range amounts {
			r.add(row, dateCell(a.first), dateCell(a.last), a.cell)
		}
		if len(amounts) == 0 {
			row.Cells, row.Err = nil, cell.NewError("no_month", "", sentence.Of("the row has no amount in any month"),
				sentence.Of("write one, or delete the row"))
			r.rows = append(r.rows, row)
		}
	}
	r.done("months_as_columns",
		sentence.Of("columns %s are months; each amount in them is a cooperation of that month, from its first to its last day",
			texts.Listed(letters)))
	return nil
}

// countHeaders are headers of what is counted, in the form of NormalizeHeader.
var countHeaders = texts.Set(`posts postings reels stories videos anzahl quantity qty menge stück`)

// holdCounts reports whether the cells of the months count posts: a header says that the sheet does, they are small
// whole numbers, and none names a currency.
func holdCounts(s *sheet.Table, h column.Header, months []column.MonthColumn) bool {
	const most = 20
	found := false
	if !slices.ContainsFunc(h.Columns, func(c column.Column) bool {
		return slices.ContainsFunc(strings.Fields(column.NormalizeHeader(c.Header)), func(w string) bool { return countHeaders[w] })
	}) {
		return false
	}
	for _, row := range s.Below(h.Row) {
		for _, m := range months {
			c := row.Cell(m.Index)
			if isNoAmount(c) {
				continue
			}
			text := texts.Trim(column.Cost.Text(c))
			n, err := strconv.Atoi(text)
			if err != nil || n > most || len(cell.CurrenciesIn(texts.Trim(c.Text))) > 0 {
				return false
			}
			found = true
		}
	}
	return found
}

// monthAmount is the amount of one month, or of several that one cell is merged over.
type monthAmount struct {
	first, last string // days
	cell        sheet.Cell
}

// amountsOf are the amounts of a row. A cell that is merged over several months is one amount for all of their days.
func amountsOf(row sheet.Row, months []column.MonthColumn) []monthAmount {
	var amounts []monthAmount
	before := -1 // the index of the column of the last amount
	for _, m := range months {
		c := row.Cell(m.Index)
		if isNoAmount(c) {
			continue
		}
		first, last := m.Days()
		if n := len(amounts) - 1; c.MergedAcross && n >= 0 && before == m.Index-1 && first > amounts[n].last {
			amounts[n].last = last
		} else {
			amounts = append(amounts, monthAmount{first, last, c})
		}
		before = m.Index
	}
	return amounts
}

func dateCell(day string) sheet.Cell {
	return sheet.Cell{Text: day, Raw: &sheet.RawValue{Kind: sheet.RawDate, Value: day}}
}

var zero = regexp.MustCompile(`^[^\d\pL]*0+(?:[.,]0+)?(?:[^\d]*|,-)$`)

// isNoAmount reports whether the cell of a month says that there is nothing in it.
func isNoAmount(c sheet.Cell) bool {
	t := texts.Trim(c.Text)
	return t == "" || cell.IsBlank(t) || zero.MatchString(t) || c.Is(sheet.RawNumber) && strings.Trim(c.Raw.Value, "0.") == ""
}

// setYears gives months without a year the one that the rows above the header or the name of the sheet say.
func setYears(s *sheet.Table, h column.Header, months []column.MonthColumn, letters []string) error {
	if !slices.ContainsFunc(months, func(m column.MonthColumn) bool { return m.Year == 0 }) {
		return nil
	}
	year := column.YearOfTitle(s, h.Row)
	if year == 0 {
		return sentence.Errorf("%s: columns %s are months without a year; write it into the headers, like June 2026",
			sheet.ErrUnreadable, texts.Listed(letters))
	}
	for n := range months {
		if months[n].Year == 0 {
			months[n].Year = year
		}
	}
	return nil
}

// splitAccounts makes a row of each account in a sheet that has a column of accounts for each platform. If the sheet has deals,
// a row is about one of them, and with accounts on several platforms nobody knows where it is posted. A list of people
// without deals comes in as drafts. It returns false, and changes nothing, if numbers in these columns may be followers or fees.
func splitAccounts(s *sheet.Table, w column.WideAccounts) bool {
	var clear []int
	var names []string
	counts := map[int]bool{} // the columns that have numbers of followers
	for _, p := range w.Platforms {
		clear, names = append(clear, p.Index), append(names, p.Header)
		counts[p.Index] = holdsCounts(s.Below(w.Row), p.Index)
	}
	deals := w.HasDeals()
	counted := slices.ContainsFunc(w.Platforms, func(p column.PlatformColumn) bool { return counts[p.Index] })
	if _, priced := w.Column(column.Cost); deals && counted && !priced {
		return false // the numbers are followers, or what is paid
	}
	headers := []string{"Platform"}
	_, hasHandle := w.Column(column.Handle)
	if !hasHandle {
		headers = append(headers, "Handle")
	}
	if counted {
		headers = append(headers, "Followers")
	}
	if !deals {
		headers = append(headers, "Deal status")
	}
	r := rearrange(s, w.Header, clear, headers...)
	for row := range r.data {
		var accounts [][]sheet.Cell
		for _, p := range w.Platforms {
			c := row.Cell(p.Index)
			text := texts.Trim(c.Text)
			if text == "" || cell.IsBlank(text) || cell.IsNoValue(text) {
				continue
			}
			answer, err := cell.ParseYesNo(text)
			if err == nil && !answer {
				continue
			}
			values := map[string]sheet.Cell{"Platform": {Text: p.Platform}, "Deal status": {Text: "draft"}}
			switch {
			case counts[p.Index]:
				values["Followers"] = c
			case err != nil: // not only a tick
				values["Handle"] = c
			}
			cells := make([]sheet.Cell, len(headers))
			for n, h := range headers {
				cells[n] = values[h]
			}
			accounts = append(accounts, cells)
		}
		switch {
		case len(accounts) == 0:
			r.add(row)
		case len(accounts) > 1 && deals:
			row.Cells, row.Err = nil,
				cell.NewError("several_accounts", "",
					sentence.Of("the row has accounts on several platforms, and does not say on which one the deal is"),
					sentence.Of(`write one row for each platform, or add a column "Platform"`))
			r.rows = append(r.rows, row)
		default:
			for _, cells := range accounts {
				row.Part = cells[0].Text
				r.add(row, cells...)
			}
		}
	}
	text := sentence.Of("the sheet has a column of accounts for each platform (%s); each account is read as a row of its own",
		texts.Listed(names))
	if !deals {
		text = sentence.Of("the sheet is a list of people with a column of accounts for each platform (%s), and has no deals; each account comes in with a draft",
			texts.Listed(names))
	}
	r.done("accounts_as_columns", text)
	return true
}

// holdsCounts reports whether a column named after a platform holds numbers of followers and not accounts.
func holdsCounts(data []sheet.Row, index int) bool {
	any := false
	for _, row := range data {
		t := texts.Trim(row.Cell(index).Text)
		if t == "" || cell.IsBlank(t) || cell.IsNoValue(t) {
			continue
		}
		n, _, err := cell.ParseCount(t)
		if err != nil {
			return false
		}
		any = any || n > 1
	}
	return any
}

// fillDown looks for campaigns that are named in the first row of a group only. It is done on request, because a row without a
// campaign can also be one of an always-on programme; else a note offers it.
func fillDown(s *sheet.Table, h column.Header, asked bool) {
	c, ok := h.Column(column.Campaign)
	if !ok {
		return
	}
	named, blank, first := 0, 0, true
	seen := map[string]bool{}
	again := false // a name that comes back after another belongs to its own row only
	last := ""
	var fill []*sheet.Row
	with := map[*sheet.Row]string{}
	rows := s.Below(h.Row)
	for n := range rows {
		row := &rows[n]
		if row.Err != nil || row.Blank() || isTotal(h, *row) || h.Repeats(*row) {
			continue
		}
		text := texts.Trim(row.Cell(c.Index).Text)
		if text == "" {
			if first && !asked {
				return // the first row has no name that could hold for others
			}
			if first {
				continue // it has none above it
			}
			blank++
			fill, with[row] = append(fill, row), last
			continue
		}
		named++
		again = again || text != last && seen[text]
		first, last, seen[text] = false, text, true
	}
	if blank == 0 {
		return
	}
	switch {
	case asked:
		for _, row := range fill {
			cells := slices.Clone(row.Cells)
			for len(cells) <= c.Index {
				cells = append(cells, sheet.Cell{})
			}
			cells[c.Index] = sheet.Cell{Text: with[row]}
			row.Cells = cells
		}
		s.Notes = append(s.Notes, sheet.Note{Code: "filled_down", Text: sentence.Of(
			"%d rows without a campaign belong to the one that is named above them in column %s %q", blank, c.Letter, texts.Shorten(c.Header))})
	case !again && blank >= named:
		s.Notes = append(s.Notes, sheet.Note{Code: "campaign_groups", Text: sentence.Of(
			"column %s %q seems to name a campaign in the first row of a group only; filling it down can be asked for, and without that the other rows go to the campaigns of their months",
			c.Letter, texts.Shorten(c.Header))})
	}
}
