package xlsxfile

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/source"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// read reads the first rows of a tab.
func (w *workbook) read(ctx context.Context, t tab, rows int) (*sheet.Table, error) {
	part, err := w.open(t.part)
	if err != nil {
		return nil, damagedPart(sentence.Of("the tab %q", texts.Shorten(t.name)))
	}
	defer part.Close() //nolint:errcheck // it was only read
	shown, err := unpanicked(func() (*excelize.Rows, error) { return w.book.Rows(t.plain) })
	if err != nil {
		return nil, damagedPart(sentence.Of("the tab %q", texts.Shorten(t.name)))
	}
	defer shown.Close() //nolint:errcheck // it was only read
	r := &tabReader{workbook: w, behind: xml.NewDecoder(part), shown: shown,
		sheet: &sheet.Table{Tab: t.name, Grid: true, Date1904: w.parts.date1904}, most: rows}
	r.readLinks(t.part)
	if err := r.readAll(ctx); err != nil {
		if errors.Is(err, sheet.ErrUnreadable) || ctx.Err() != nil {
			return nil, err
		}
		return nil, damagedPart(sentence.Of("the tab %q", texts.Shorten(t.name)))
	}
	r.setLinks()
	r.spreadArrays()
	r.spreadMerged()
	r.noteHidden()
	return r.sheet, nil
}

// tabReader goes through a tab twice at the same time: through what its cells show, and through what lies behind them.
type tabReader struct {
	*workbook
	behind    *xml.Decoder
	shown     *excelize.Rows
	at        int // the row that shown has come to
	last      int // the number of the last row in behind, blank or not
	counted   int // that of the same row in shown, where a row without a number is always the next one
	sheet     *sheet.Table
	most      int // rows to read
	hidden    []int
	merged    []cellRange
	arrays    []cellRange // of formulas with several results
	links     map[string]string
	linked    []cellRange // cells with a link, and addresses are those of each
	addresses []string
}

type cellRange struct{ left, top, right, bottom int } // columns from 0, rows from 1, all inclusive

// maxRanges bounds the ranges of a kind that are read of a tab.
const maxRanges = 10_000

func (r *tabReader) readAll(ctx context.Context) error {
	for {
		token, err := r.behind.Token()
		if err == io.EOF { //nolint:errorlint // as the decoder gives it
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			done, err := r.readRow(start)
			if err != nil {
				return err
			}
			if done {
				return nil
			}
			if len(r.sheet.Rows)%256 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
		case "mergeCell":
			r.merged = appendRange(r.merged, attribute(start, "ref"))
		case "hyperlink":
			if link := r.links[relationshipID(start)]; link != "" {
				r.linked = appendRange(r.linked, attribute(start, "ref"))
				if len(r.addresses) < len(r.linked) {
					r.addresses = append(r.addresses, link)
				}
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// storedCell is a cell as it is stored.
type storedCell struct {
	column int
	raw    *sheet.RawValue
	shown  string // if it is not what excelize says
	filled bool
	zero   bool // the result of a formula, stored as 0
	// exponent says that the cell has a format in scientific notation, which excelize does not know in every form.
	exponent bool
	struck   bool
}

// readFormula reads what the formula of a cell tells beside its result, or in the place of a result that the file does
// not hold.
func (r *tabReader) readFormula(c *storedCell, formula string, pending bool) {
	link, text := texts.HyperlinkOf(formula)
	switch {
	case pending && text != "":
		c.raw, c.shown = nil, text
	case pending:
		c.raw = &sheet.RawValue{Kind: sheet.RawPending, Value: texts.Shorten(formula)}
		c.shown = "=" + cmp.Or(texts.Shorten(formula), "…")
	}
	c.filled = c.filled || pending
	if link != "" && c.raw == nil {
		c.raw = &sheet.RawValue{Kind: sheet.RawLink, Value: link}
	}
}

// readRow reads one row. It is done behind the last row that is wanted.
func (r *tabReader) readRow(start xml.StartElement) (done bool, err error) {
	number := 0
	if text := attribute(start, "r"); text != "" {
		if number, err = strconv.Atoi(text); err != nil || number <= r.last {
			return false, errors.New("rows out of order")
		}
	}
	if number > r.most && r.most < r.limits.Rows {
		return true, nil
	}
	cells, named, err := r.storedCells(number)
	if err != nil {
		return false, err
	}
	// A row without a number has that of its cells, or else follows the one before it, blank ones included.
	if r.counted++; number > 0 {
		r.counted = number
	}
	number = cmp.Or(number, named, r.last+1)
	if number <= r.last {
		return false, errors.New("rows out of order")
	}
	r.last = number
	if number > r.most && r.most < r.limits.Rows {
		return true, nil
	}
	if !slices.ContainsFunc(cells, func(c storedCell) bool { return c.filled }) {
		return false, nil // a format is no content; if rows follow, this one is blank
	}
	if number > r.limits.Rows {
		return false,
			sentence.Errorf("%s: row %s has a cell, and at most %d rows are read; delete what stands far below, or split the sheet",
				sheet.ErrTooLarge, strconv.Itoa(number), r.limits.Rows)
	}
	for len(r.sheet.Rows) < number-1 {
		r.sheet.Rows = append(r.sheet.Rows, sheet.Row{Number: len(r.sheet.Rows) + 1})
	}
	row := sheet.Row{Number: number, Hidden: isTrue(attribute(start, "hidden"))}
	if row.Hidden {
		r.hidden = append(r.hidden, number)
	}
	if beyond := slices.IndexFunc(cells, func(c storedCell) bool { return c.filled && c.column >= r.limits.Columns }); beyond >= 0 {
		row.Err = cell.NewError("too_many_columns", "", sentence.Of("the row has a cell in column %s, and only %d columns are read",
			sheet.ColumnLetter(cells[beyond].column), r.limits.Columns), sentence.Of("delete the columns that are not needed"))
		r.sheet.Rows = append(r.sheet.Rows, row)
		return false, nil
	}
	texts, err := r.textsOf(r.counted)
	if err != nil {
		return false, err
	}
	row.Cells, row.Err = r.combine(texts, cells)
	r.sheet.Rows = append(r.sheet.Rows, row)
	return false, nil
}

// textsOf moves on to a row and returns what its cells show.
func (r *tabReader) textsOf(number int) ([]string, error) {
	for r.at < number {
		more, err := unpanicked(func() (bool, error) { return r.shown.Next(), r.shown.Error() })
		if err != nil || !more {
			return nil, errors.Join(err, errors.New("fewer rows than there are"))
		}
		r.at++
		if r.at < number {
			continue
		}
		return unpanicked(func() ([]string, error) { return r.shown.Columns() })
	}
	return nil, errors.New("rows out of order")
}

func (r *tabReader) combine(texts []string, cells []storedCell) ([]sheet.Cell, error) {
	list := source.Cells{Limits: r.limits}
	for _, text := range texts {
		if err := list.Add(text); err != nil {
			return nil, err
		}
	}
	for _, c := range cells {
		if c.column >= len(list.List) {
			continue
		}
		cell := &list.List[c.column]
		cell.Struck = c.struck && c.filled
		if cell.Raw, cell.ZeroFormula = c.raw, c.zero; c.shown != "" {
			cell.Text, cell.ZeroFormula = c.shown, false
		} else if c.exponent && c.raw != nil && cell.Text == c.raw.Value {
			if f, err := strconv.ParseFloat(c.raw.Value, 64); err == nil {
				cell.Text = strconv.FormatFloat(f, 'E', 0, 64)
			}
		}
	}
	return list.List, nil
}

// storedCells reads the cells up to the end of the row with a number, or 0 for one without. Named is the number that the
// cells give their row, 0 if none does.
func (r *tabReader) storedCells(number int) (_ []storedCell, named int, _ error) {
	var cells []storedCell
	next := 0
	for {
		token, err := r.behind.Token()
		if err != nil {
			return nil, 0, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "row" {
				return cells, named, nil
			}
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			column := next
			if name := attribute(t, "r"); name != "" {
				var ok bool
				if column, ok = columnIndex(name); !ok || column < next {
					return nil, 0, errors.New("cells out of order")
				}
				if _, row, ok := cellName(name); ok {
					if expected := cmp.Or(number, named, row); row != expected {
						return nil, 0,
							sentence.Errorf("%s: the cell %s stands in row %s of the file, so its place is not clear; open it in Excel and save it again",
								sheet.ErrUnreadable, texts.Shorten(name), strconv.Itoa(expected))
					}
					named = row
				}
			}
			next = column + 1
			cell, err := r.storedCell(t)
			if err != nil {
				return nil, 0, err
			}
			cell.column = column
			cells = append(cells, cell)
		}
	}
}

// storedCell reads one cell up to its end.
func (r *tabReader) storedCell(start xml.StartElement) (c storedCell, err error) {
	var value, formula strings.Builder
	within, isFormula, stored := "", false, false
	style, kind := attribute(start, "s"), attribute(start, "t")
	for {
		token, err := r.behind.Token()
		if err != nil {
			return c, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			within = t.Name.Local
			isFormula = isFormula || within == "f"
			stored = stored || within == "v" || within == "is"
			if within == "f" && attribute(t, "t") == "array" {
				r.arrays = appendRange(r.arrays, attribute(t, "ref"))
			}
		case xml.CharData:
			switch within {
			case "v":
				if value.Len()+len(t) <= 4*r.limits.CellLen {
					value.Write(t)
				}
				c.filled = c.filled || len(t) > 0
			case "f":
				if formula.Len()+len(t) <= 4*r.limits.CellLen {
					formula.Write(t)
				}
			case "t":
				c.filled = c.filled || len(t) > 0
			}
		case xml.EndElement:
			within = ""
			if t.Name.Local == "c" {
				text := value.String()
				c.raw = r.rawValue(kind, style, strings.TrimSpace(text))
				format := r.format(style)
				c.showExponent(format.general)
				c.exponent, c.struck = format.exponent, format.struck
				c.showStored(kind, text, format)
				if !isFormula {
					return c, nil
				}
				// A formula may come to an empty text, which is a result that is stored. A file that asks to be
				// calculated anew has 0 or nothing for every result that is not known.
				isNumber, isText := kind == "" || kind == "n", kind == "str"
				number, err := decimal.NewFromString(value.String())
				c.zero = (isNumber || isText && r.parts.stale) && err == nil && number.IsZero()
				empty := value.Len() == 0 && kind != "inlineStr"
				r.readFormula(&c, formula.String(), r.parts.stale && c.zero || empty && (!stored || !isText || r.parts.stale))
				return c, nil
			}
		}
	}
}

// rawValue is what lies behind a cell of a type, with a style.
func (r *tabReader) rawValue(kind, style, value string) *sheet.RawValue {
	if value == "" {
		return nil
	}
	switch kind {
	case "b":
		return &sheet.RawValue{Kind: sheet.RawYesNo, Value: strconv.FormatBool(isTrue(value))}
	case "e":
		return &sheet.RawValue{Kind: sheet.RawError, Value: value}
	case "d":
		if len(value) >= 10 {
			if day, err := budget.ParseDate(value[:10]); err == nil {
				return &sheet.RawValue{Kind: sheet.RawDate, Value: day.String(), Minute: minuteOf(value[10:])}
			}
		}
		return nil
	case "s", "str", "inlineStr":
		return nil // a text
	}
	// A type that the format does not have, such as the 1 of @microsoft/connected-workbooks, is a number like none.
	number, ok := cell.StoredNumber(value)
	if !ok {
		return nil
	}
	format := r.format(style)
	shownAs := format.kindOf(number)
	switch shownAs {
	case "":
		return nil
	case sheet.RawDate:
		system := cell.From1900
		if r.parts.date1904 {
			system = cell.From1904
		}
		day, ok := cell.DayOfSerial(number, system)
		if !ok {
			return nil
		}
		return &sheet.RawValue{Kind: sheet.RawDate, Value: day.String(), Minute: cell.MinuteOfSerial(number)}
	}
	// The text has no exponent, and no zeros at its end.
	return &sheet.RawValue{Kind: shownAs, Value: number.String(), Currency: format.currencyOf(number)}
}

// format is the number format of a style. A cell without a style has the first one.
func (r *tabReader) format(style string) numberFormat {
	if n, err := strconv.Atoi(cmp.Or(style, "0")); err == nil && n >= 0 && n < len(r.formats) {
		return r.formats[n]
	}
	return numberFormat{kind: sheet.RawNumber, general: true}
}

// minuteOf is the time of day of a date in ISO form, 0 if it has none.
func minuteOf(text string) int {
	at, err := time.Parse("T15:04", text[:min(len(text), len("T15:04"))])
	if err != nil {
		return 0
	}
	return at.Hour()*60 + at.Minute()
}

// appendRange adds a range such as A1:B7, or a single cell.
func appendRange(ranges []cellRange, ref string) []cellRange {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		to = from
	}
	if len(ranges) >= maxRanges {
		return ranges
	}
	left, top, first := cellName(from)
	right, bottom, second := cellName(to)
	if first && second && left <= right && top <= bottom {
		ranges = append(ranges, cellRange{left, top, right, bottom})
	}
	return ranges
}

// relationshipID is the id by which an element names another part of the workbook.
func relationshipID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// readLinks reads where the hyperlinks of the tab lead, by the ids of their relationships. Most tabs have none, and a
// list that cannot be read costs the links alone.
func (r *tabReader) readLinks(part string) {
	var links relationships
	if err := r.decode(relationshipsOf(part), &links); err != nil {
		return
	}
	r.links = map[string]string{}
	for _, l := range links.Links {
		if l.is("hyperlink") && texts.IsWebLink(l.Target) && len(r.links) < maxRanges {
			r.links[l.ID] = l.Target
		}
	}
}

// setLinks gives texts the address to which they lead.
func (r *tabReader) setLinks() {
	r.eachOf(r.linked, func(n int, _ int, c *sheet.Cell) {
		if link := r.addresses[n]; c.Raw == nil && texts.Trim(c.Text) != "" && texts.Trim(c.Text) != link {
			c.Raw = &sheet.RawValue{Kind: sheet.RawLink, Value: link}
		}
	})
}

// eachOf calls fn with the cells of ranges that the sheet has, the number of the range and that of the row.
func (r *tabReader) eachOf(ranges []cellRange, fn func(n, row int, c *sheet.Cell)) {
	left := maxSpread
	for n, m := range ranges {
		for at := m.top; at <= min(m.bottom, len(r.sheet.Rows)); at++ {
			cells := r.sheet.Rows[at-1].Cells
			for column := m.left; column <= min(m.right, len(cells)-1) && left > 0; column++ {
				fn(n, at, &cells[column])
				left--
			}
		}
	}
}

// spreadArrays marks the results of array formulas that are 0, and those that the file does not hold: only the first cell
// of each has the formula.
func (r *tabReader) spreadArrays() {
	r.eachOf(r.arrays, func(n, _ int, c *sheet.Cell) {
		m := r.arrays[n]
		first := r.sheet.Rows[m.top-1].Cell(m.left)
		if !c.Is(sheet.RawNumber) || c.Raw.Value != "0" {
			return
		}
		if c.ZeroFormula = true; r.parts.stale && first.Is(sheet.RawPending) {
			*c = first
		}
	})
}

// maxSpread bounds the cells that merged ranges fill.
const maxSpread = 1_000_000

// spreadMerged gives every cell of a merged range what its first one holds, as far as the sheet goes.
func (r *tabReader) spreadMerged() {
	left := maxSpread
	for _, m := range r.merged {
		if m.top > len(r.sheet.Rows) {
			continue
		}
		first := r.sheet.Rows[m.top-1].Cell(m.left)
		if texts.Trim(first.Text) == "" {
			continue
		}
		for n := m.top; n <= min(m.bottom, len(r.sheet.Rows)); n++ {
			row := &r.sheet.Rows[n-1]
			if row.Err != nil {
				continue
			}
			for column := m.left; column <= min(m.right, r.limits.Columns-1) && left > 0; column++ {
				for len(row.Cells) <= column {
					row.Cells = append(row.Cells, sheet.Cell{})
				}
				row.Cells[column] = first
				if n != m.top || column != m.left {
					row.Cells[column].Merged, row.Cells[column].MergedRow = true, int32(m.top)
				}
				row.Cells[column].MergedAcross = column != m.left
				left--
			}
		}
	}
}

func (r *tabReader) noteHidden() {
	if n := len(r.hidden); n > 0 {
		r.sheet.Notes = append(r.sheet.Notes, sheet.Note{Code: "hidden_rows",
			Text: sentence.Of("%s hidden in the sheet and read like the others", texts.Numbered(r.hidden))})
	}
}
