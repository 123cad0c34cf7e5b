package sheetimport

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/utm"
)

// entry is one row of the sheet after reading: what it says about a cooperation, its influencer and its campaign.
type entry struct {
	reader  *rowReader
	row     int
	cells   sheet.Row
	id      crm.CooperationID // that the row carries
	known   *crm.Cooperation  // the workspace's cooperation with that id: only the cells that differ from it are read
	version int64             // of the cooperation when the row was exported
	verdict Verdict           // "" while the row is good
	of      int
	same    crm.CooperationID // made by a person, that the row is

	campaign          string // the campaign that the row belongs to, also where the cell is blank
	unnamed           bool   // it names no campaign, and belongs to one for its month
	budget, target    budget.Money
	dates             budget.Period // of the campaign
	month             budget.Month  // of a row in a table of budgets
	influencer        string
	person            string // the name of the influencer that the CRM has
	goesTo            string // the name of the campaign in which the row makes a cooperation
	platform          string
	handle, link      string
	followers         *crm.Followers
	email, phone      string
	category          string
	tags              []string
	responsible       string
	status            crm.Status
	cancelled         bool
	noStage           bool             // the deal is cancelled, and the row does not say how firm it was before
	cancellation      crm.Cancellation // as far as the row says
	period            budget.Period
	unscheduled       bool   // its month cannot be read, as a notice says
	otherCurrency     bool   // its cost is from the column of another currency
	unreadDay         string // of a month, which is no day of it
	cost              budget.Money
	utm               utm.Params
	rules             []discount.Rule
	lastTouch         bool
	notes             string
	custom            map[string]string
	problems, notices []Remark
	merged            []mergedAmount
	changes           []Change // what the row creates or changes, once that is known

	assumed []column.Field        // of the values, those that no cell says: a default stands in
	failed  map[column.Field]bool // cells with a problem
	keyText string                // see key
}

// reject rejects a row that was read. Its problems are then only those that reject it.
func (e *entry) reject(f column.Field, code, format string, args ...any) {
	if e.verdict == Conflict {
		e.notices, e.problems = append(e.notices, e.problems...), nil
	}
	e.verdict = Rejected
	e.problems = append(e.problems, e.remark(f, code, sentence.Of(format, args...)))
}

func (e *entry) notice(f column.Field, code, format string, args ...any) {
	e.notices = append(e.notices, e.remark(f, code, sentence.Of(format, args...)))
}

// remark makes a remark about a cell of the row.
func (e *entry) remark(f column.Field, code string, message sentence.Sentence) Remark {
	return e.reader.remark(e.cells, f, code, message)
}

// rowReader reads rows under one header.
type rowReader struct {
	header   column.Header
	currency budget.Currency
	status   crm.Status
	orders   map[column.Field]column.Reading[cell.DateOrder]
	styles   map[column.Field]column.Reading[cell.DecimalStyle]
	decimals cell.DecimalStyle // the caller's choice
	columns  map[column.Field]column.Column
	codes    []column.Column // all that hold discount codes
	custom   []customColumn
	// saysStatus reports that some row has a status, so that a row without one may have lost it.
	saysStatus     bool
	ticksCancelled []column.Column          // see cancelledTicks
	otherStatus    []column.Column          // see otherStatusColumns
	followers      map[string]column.Column // see followersColumns
	halfNames      bool                     // see joinName
	shared         map[string]bool          // see accountsOfSeveral
	date1904       bool
	daysYear       int   // see column.Header.YearOfDays
	typed          bool  // a cell without a value behind it is a text as it was typed
	unread         []int // the index of each column that says nothing about the row
	meanings       column.Meanings
	// workspace tells in which country a phone number without a country code is.
	workspace    crm.Workspace
	zone         *time.Location // that of the workspace, nil if this machine does not know it
	milliseconds []column.Field // see findMilliseconds
}

func newRowReader(s *sheet.Table, h column.Header, currency budget.Currency, o Options) *rowReader {
	x := &rowReader{
		header: h, currency: currency, status: o.Status, decimals: o.DecimalStyle, typed: s.Grid, date1904: s.Date1904,
		meanings: o.Values.Meanings(),
		orders:   map[column.Field]column.Reading[cell.DateOrder]{},
		styles:   map[column.Field]column.Reading[cell.DecimalStyle]{}, columns: map[column.Field]column.Column{},
	}
	for _, c := range h.Columns {
		switch c.Field {
		case column.Custom:
			x.addCustom(c)
			continue
		case column.Ignored:
			x.unread = append(x.unread, c.Index)
			continue
		case column.ImportStatus:
			x.unread = append(x.unread, c.Index)
		}
		if c.Field == column.Code {
			x.codes = append(x.codes, c)
		}
		if !x.has(c.Field) {
			x.columns[c.Field] = c
		}
		x.saysStatus = x.saysStatus || c.Field == column.Status && !sheet.ColumnBlank(s.Below(h.Row), c.Index)
		var texts []string
		for _, r := range s.Below(h.Row) {
			for _, index := range append([]int{c.Index, c.Earlier - 1}, c.OtherCurrencies...) {
				if cell := r.Cell(index); cell.Raw == nil ||
					cell.Raw.Kind == sheet.RawLink { // a number or date has one reading, however it is shown
					texts = append(texts, cell.Text)
				}
			}
		}
		switch {
		case c.Field.IsDate(), c.Field == column.Month:
			x.orders[c.Field] = column.DateReading(texts, s.Locale, o.DateOrder)
		case c.Field.IsMoney():
			x.styles[c.Field] = column.DecimalReading(texts, s.Locale, o.DecimalStyle)
		}
	}
	x.daysYear = h.YearOfDays(s, s.Below(h.Row))
	x.shareOrders()
	x.ticksCancelled, x.otherStatus = x.cancelledTicks(s.Below(h.Row)), x.otherStatusColumns()
	x.followers = x.followersColumns()
	x.halfNames, x.shared = x.holdsHalfNames(s.Below(h.Row)), x.accountsOfSeveral(s.Below(h.Row))
	return x
}

// shareOrders lets the columns of dates that prove their order decide for those that prove none, if they agree: a sheet is
// written by one hand.
func (x *rowReader) shareOrders() {
	var proven column.Reading[cell.DateOrder]
	for _, c := range x.header.Columns {
		ruled := x.orders[c.Field]
		switch {
		case len(ruled.Both) > 0, proven.Value != cell.OrderUnknown && ruled.Value != cell.OrderUnknown && ruled.Value != proven.Value:
			return
		case proven.Value == cell.OrderUnknown && ruled.Value != cell.OrderUnknown:
			proven.Value = ruled.Value
			proven.Because = sentence.Of("dates of column %s %q prove %s", c.Letter, texts.Shorten(c.Header), sentence.Of(ruled.Value.String()))
		}
	}
	for f, ruled := range x.orders {
		if ruled.Value == cell.OrderUnknown {
			x.orders[f] = proven
		}
	}
}

// has reports whether the sheet has a column for a field.
func (x *rowReader) has(f column.Field) bool {
	_, ok := x.columns[f]
	return ok
}

func (x *rowReader) text(r sheet.Row, f column.Field) string {
	c, ok := x.columns[f]
	if !ok {
		return ""
	}
	return f.Text(r.Cell(c.Index))
}

// cell is the cell of a field.
func (x *rowReader) cell(r sheet.Row, f column.Field) sheet.Cell {
	c, ok := x.columns[f]
	if !ok {
		return sheet.Cell{}
	}
	return r.Cell(c.Index)
}

// remark makes a remark about a cell.
func (x *rowReader) remark(r sheet.Row, f column.Field, code string, message sentence.Sentence) Remark {
	if c, ok := x.columns[f]; ok {
		return x.remarkIn(r, c, code, message)
	}
	return Remark{Code: code, Message: message}
}

// remarkIn makes a remark about the cell of a column.
func (x *rowReader) remarkIn(r sheet.Row, c column.Column, code string, message sentence.Sentence) Remark {
	return Remark{Code: code, Message: message, Column: c.Letter, Header: texts.Shorten(c.Header),
		Value: texts.Shorten(texts.Trim(r.Cell(c.Index).Text))}
}

// cellRemarkIn makes a remark of the error of the cell of a column.
func (x *rowReader) cellRemarkIn(r sheet.Row, c column.Column, err error) Remark {
	if bad, ok := errors.AsType[*cell.Error](err); ok {
		return x.remarkIn(r, c, bad.Code, bad.Sentence())
	}
	return x.remarkIn(r, c, "not_valid", sentence.Of("%s", err.Error()))
}

// cellRemark makes a remark of the error of a cell.
func (x *rowReader) cellRemark(r sheet.Row, f column.Field, err error) Remark {
	if bad, ok := errors.AsType[*cell.Error](err); ok {
		return x.remark(r, f, bad.Code, bad.Sentence())
	}
	return x.remark(r, f, "not_valid", sentence.Of("%s", err.Error()))
}

// require notes a cell that rejects the row if it cannot be read.
func (x *rowReader) require(e *entry, r sheet.Row, f column.Field, err error) {
	if err != nil {
		x.problem(e, f, x.cellRemark(r, f, err))
	}
}

func (x *rowReader) problem(e *entry, f column.Field, m Remark) {
	if e.failed == nil {
		e.failed = map[column.Field]bool{}
	}
	e.failed[f] = true
	e.problems = append(e.problems, m)
}

// leftOut is the remark about a cell that does not reject its row.
func (m Remark) leftOut() Remark {
	m.Message = sentence.Of("%s; the cell is left out", m.Message)
	return m
}

// leaveOut notes a cell that is left out if it cannot be read.
func (x *rowReader) leaveOut(e *entry, r sheet.Row, f column.Field, err error) {
	if err != nil {
		e.notices = append(e.notices, x.cellRemark(r, f, err).leftOut())
	}
}

func (x *rowReader) notice(e *entry, r sheet.Row, f column.Field, code, format string, args ...any) {
	e.notices = append(e.notices, x.remark(r, f, code, sentence.Of(format, args...)))
}

// read reads one row.
func (x *rowReader) read(r sheet.Row) *entry {
	e := &entry{}
	x.readInto(e, r)
	return e
}

func (x *rowReader) readInto(e *entry, r sheet.Row) {
	e.reader, e.row, e.cells, e.custom = x, r.Number, r, map[string]string{}
	if err := x.header.Check(r); err != nil {
		e.problems = append(e.problems, x.cellRemark(r, "", err))
		e.verdict = Rejected
		return
	}
	if x.isBlank(r) {
		e.verdict = Skipped
		return
	}
	if isTotal(x.header, r) {
		e.verdict = Skipped
		e.notices = append(e.notices, Remark{Code: "total_row", Message: sentence.Of("a line of totals, not a cooperation")})
		return
	}
	if word, ok := statusHeading(x.header, r); ok {
		e.verdict = Skipped
		e.notices = append(e.notices, Remark{Code: "status_heading", Message: sentence.Of(
			"%q is a heading, not a cooperation; the rows below it, up to the next heading or the total of the group, have that status, unless they say another",
			texts.Shorten(word))})
		return
	}
	if x.header.Repeats(r) {
		e.verdict = Skipped
		e.notices = append(e.notices, Remark{Code: "repeated_header", Message: sentence.Of("the headers once more, not a cooperation")})
		return
	}
	for _, n := range r.Notes {
		e.notices = append(e.notices, Remark{Code: n.Code, Message: n.Text})
	}
	r = x.withEarlier(e, r)
	r = x.withDaysOfMilliseconds(x.withYears(e, x.withOtherCurrency(e, r)))
	r = x.withMeanings(r)
	r = x.withoutNoValues(e, r)
	x.readWho(e, r)
	x.readPerson(e, r)
	x.readTerms(e, r)
	x.readTracking(e, r)
	x.readCustom(e, r)
	x.check(e, r)
	if len(e.problems) > 0 {
		e.verdict = Rejected
	}
}

// isBlank reports whether the row is blank but for the columns that an import wrote or that are left out, and for what stands in
// each row of a form before anybody fills it in: a running number, a box that is not ticked, and the 0.00 of a formula.
func (x *rowReader) isBlank(r sheet.Row) bool {
	for i, c := range r.Cells {
		if text := texts.Trim(c.Text); text != "" && !slices.Contains(x.unread, i) && !x.isFormText(i, text) {
			return false
		}
	}
	return true
}

// isFormText reports whether a text of a column stands there before anybody fills the row in.
func (x *rowReader) isFormText(index int, text string) bool {
	c, ok := x.header.At(index)
	switch {
	case !ok: // a running number without a header
		return texts.IsDigits(strings.TrimSuffix(text, "."))
	case c.Field == column.Custom && runningNumbers[column.NormalizeHeader(c.Header)]:
		return texts.IsDigits(strings.TrimSuffix(text, "."))
	case c.Field == column.LastTouch, c.Field == column.Custom && strings.HasPrefix(strings.ToLower(text), "fals"):
		return strings.EqualFold(text, "false") || strings.EqualFold(text, "falsch")
	case c.Field.IsMoney(), c.Field == column.Custom:
		a, err := cell.ParseAmount(text, cell.StyleUnknown, x.currency)
		return err == nil && (a.Blank || a.Value.IsZero())
	}
	return false
}
