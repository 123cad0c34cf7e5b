package sheetimport

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// deal is one row of the sheet, read: what it says about a cooperation and the records around it.
type deal struct {
	reader  *rowReader
	row     int
	cells   Row
	id      crm.CooperationID // that the row carries
	known   *crm.Cooperation  // the workspace's cooperation with that id: only the cells that differ from it are read
	version int64             // of the cooperation when the row was exported
	verdict Verdict           // "" while the row is good
	of      int

	campaign          string // the campaign that the row belongs to, also where the cell is blank
	budget, target    budget.Money
	influencer        string
	platform          string
	handle, link      string
	followers         *crm.Followers
	email, phone      string
	category          string
	tags              []string
	responsible       string
	status            crm.Status
	cancelled         bool
	cancellation      crm.Cancellation // as far as the row says
	period            budget.Period
	cost              budget.Money
	utm               utm.Params
	rules             []discount.Rule
	lastTouch         bool
	notes             string
	custom            map[string]string
	problems, notices []Remark
	changes           []Change // what the row creates or changes, once that is known

	assumed []Field        // of the values, those that no cell says: a default stands in
	failed  map[Field]bool // cells with a problem
	keyText string         // see key
}

// reject takes a row out after it was read. Its problems are then only what rejects it.
func (d *deal) reject(f Field, code, format string, args ...any) {
	if d.verdict == Conflict {
		d.notices, d.problems = append(d.notices, d.problems...), nil
	}
	d.verdict = Rejected
	d.problems = append(d.problems, d.remark(f, code, format, args...))
}

func (d *deal) notice(f Field, code, format string, args ...any) {
	d.notices = append(d.notices, d.remark(f, code, format, args...))
}

// remark makes a remark about a cell of the row.
func (d *deal) remark(f Field, code, format string, args ...any) Remark {
	return d.reader.remark(d.cells, f, code, fmt.Sprintf(format, args...))
}

// rowReader reads rows under one header.
type rowReader struct {
	header   Header
	currency budget.Currency
	status   crm.Status
	orders   map[Field]ruling[DateOrder]
	styles   map[Field]ruling[DecimalStyle]
	columns  map[Field]Column
	custom   []customColumn
	typed    bool  // a cell without a value behind it is a text as it was typed
	unread   []int // the index of each column that says nothing about the row
}

func newRowReader(s *Sheet, h Header, currency budget.Currency, o Options) *rowReader {
	x := &rowReader{
		header: h, currency: currency, status: o.Status, typed: s.Grid,
		orders: map[Field]ruling[DateOrder]{}, styles: map[Field]ruling[DecimalStyle]{}, columns: map[Field]Column{},
	}
	for _, c := range h.Columns {
		switch c.Field {
		case FieldCustom:
			x.addCustom(c)
			continue
		case FieldIgnored:
			x.unread = append(x.unread, c.Index)
			continue
		case FieldImportStatus:
			x.unread = append(x.unread, c.Index)
		}
		x.columns[c.Field] = c
		var texts []string
		for _, r := range s.below(h.Row) {
			if cell := r.Cell(c.Index); cell.Raw == nil || cell.Raw.Kind == RawLink { // a number or date has one reading, however it is shown
				texts = append(texts, cell.Text)
			}
		}
		switch {
		case c.Field == FieldStart || c.Field == FieldEnd || c.Field == FieldCancelledOn:
			x.orders[c.Field] = dateRuling(texts, s.Locale, o.DateOrder)
		case c.Field.isMoney():
			x.styles[c.Field] = decimalRuling(texts, s.Locale, o.DecimalStyle)
		}
	}
	return x
}

// has reports whether the sheet has a column for a field.
func (x *rowReader) has(f Field) bool {
	_, ok := x.columns[f]
	return ok
}

func (x *rowReader) text(r Row, f Field) string {
	c, ok := x.columns[f]
	if !ok {
		return ""
	}
	return r.Cell(c.Index).textFor(f)
}

// cell is the cell of a field.
func (x *rowReader) cell(r Row, f Field) Cell {
	c, ok := x.columns[f]
	if !ok {
		return Cell{}
	}
	return r.Cell(c.Index)
}

// remark makes a remark about a cell.
func (x *rowReader) remark(r Row, f Field, code, message string) Remark {
	m := Remark{Code: code, Message: message}
	if c, ok := x.columns[f]; ok {
		m.Column, m.Header, m.Value = c.Letter, c.Header, shorten(trim(r.Cell(c.Index).Text))
	}
	return m
}

// cellRemark makes a remark of the error of a cell.
func (x *rowReader) cellRemark(r Row, f Field, err error) Remark {
	code := "not_valid"
	var cell *CellError
	if errors.As(err, &cell) {
		code = cell.Code
	}
	return x.remark(r, f, code, err.Error())
}

// require notes a cell that rejects the row if it cannot be read.
func (x *rowReader) require(d *deal, r Row, f Field, err error) {
	if err != nil {
		x.problem(d, f, x.cellRemark(r, f, err))
	}
}

func (x *rowReader) problem(d *deal, f Field, m Remark) {
	if d.failed == nil {
		d.failed = map[Field]bool{}
	}
	d.failed[f] = true
	d.problems = append(d.problems, m)
}

// leftOut ends the message about a cell that does not reject its row.
const leftOut = "; the cell is left out"

// prefer notes a cell that is left out if it cannot be read.
func (x *rowReader) prefer(d *deal, r Row, f Field, err error) {
	if err != nil {
		m := x.cellRemark(r, f, err)
		m.Message += leftOut
		d.notices = append(d.notices, m)
	}
}

func (x *rowReader) notice(d *deal, r Row, f Field, code, format string, args ...any) {
	d.notices = append(d.notices, x.remark(r, f, code, fmt.Sprintf(format, args...)))
}

// read reads one row.
func (x *rowReader) read(r Row) *deal {
	d := &deal{}
	x.readInto(d, r)
	return d
}

func (x *rowReader) readInto(d *deal, r Row) {
	d.reader, d.row, d.cells, d.custom = x, r.Number, r, map[string]string{}
	if err := x.header.Check(r); err != nil {
		d.problems = append(d.problems, x.cellRemark(r, "", err))
		d.verdict = Rejected
		return
	}
	if x.isBlank(r) {
		d.verdict = Skipped
		return
	}
	if x.isTotal(r) {
		d.verdict = Skipped
		d.notices = append(d.notices, Remark{Code: "total_row", Message: "a line of totals, not a cooperation"})
		return
	}
	r = x.withoutFillers(d, r)
	x.readWho(d, r)
	x.readPerson(d, r)
	x.readTerms(d, r)
	x.readTracking(d, r)
	x.readCustom(d, r)
	x.check(d, r)
	if len(d.problems) > 0 {
		d.verdict = Rejected
	}
}

// isBlank reports whether nothing stands in the row but what an import wrote there, or what is left out.
func (x *rowReader) isBlank(r Row) bool {
	for i, c := range r.Cells {
		if trim(c.Text) != "" && !slices.Contains(x.unread, i) {
			return false
		}
	}
	return true
}

// isTotal recognises a line of totals: nobody is named, and a cell begins with such a word.
func (x *rowReader) isTotal(r Row) bool {
	for _, f := range []Field{FieldInfluencer, FieldFirstName, FieldLastName, FieldPlatform, FieldCRMID} {
		if t := trim(x.text(r, f)); t != "" && !isTotalWord(t) {
			return false
		}
	}
	for _, c := range r.Cells {
		if isTotalWord(trim(c.Text)) {
			return true
		}
	}
	return false
}

func isTotalWord(t string) bool {
	switch strings.TrimRight(strings.ToLower(t), ": ") {
	case "total", "totals", "grand total", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "zwischensumme":
		return true
	}
	return false
}
