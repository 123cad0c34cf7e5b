package orders

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/sentence"
)

// table reads the orders of a CSV file, one or more lines each.
type table struct {
	csv     *csv.Reader
	limit   *limitedReader
	skipped int // lines before the header
	line    int // where the line begins that was read last
	header  []string
	columns [numFields][]int
	format  tableFormat
	options *Options

	ahead    row // the line after the order that was read last
	aheadErr error
	hasAhead bool
}

// tableFormat is what one kind of CSV file makes of its lines.
type tableFormat interface {
	// check returns what keeps a file with these columns from being read.
	check(t *table) *Error
	// continues reports whether a line belongs to the order of the line before it.
	continues(first, next row) bool
	// orders makes an order and its refunds of the order's first line and the codes of all of them.
	orders(first row, codes []string) ([]attribution.Order, *Error)
}

// row is a line of the file.
type row struct {
	table *table
	line  int
	cells []string
}

// get returns the first cell that says something about a field, and the header of its column. Space around a cell does not
// count.
func (r row) get(f field) (text, header string) {
	for text, header := range r.each(f) {
		return text, header
	}
	return "", r.table.name(f)
}

// text is get without the header.
func (r row) text(f field) string {
	text, _ := r.get(f)
	return text
}

// each yields the cells that say something about a field, with their headers.
func (r row) each(f field) iter.Seq2[string, string] {
	return func(yield func(text, header string) bool) {
		for _, n := range r.table.columns[f] {
			if text := strings.TrimSpace(r.cells[n]); text != "" && !yield(withoutGuard(text), r.table.header[n]) {
				return
			}
		}
	}
}

// withoutGuard is a cell without the apostrophe that WooCommerce puts before a sign, so that no spreadsheet takes the cell
// for a formula.
func withoutGuard(text string) string {
	if len(text) > 1 && text[0] == '\'' && strings.IndexByte("=+-@", text[1]) >= 0 {
		return text[1:]
	}
	return text
}

// has reports whether the file has a column for a field.
func (t *table) has(f field) bool { return len(t.columns[f]) > 0 }

// name is the header of a field's column.
func (t *table) name(f field) string {
	if at := t.columns[f]; len(at) > 0 {
		return t.header[at[0]]
	}
	return ""
}

// openTable reads the header of a CSV file.
func openTable(r *bufio.Reader, line int, o *Options) (*table, error) {
	header, skipped, err := peekHeader(r)
	if err != nil {
		return nil, err
	}
	line += skipped
	format, comma, columns := matchHeader(header, o.Format)
	t := &table{skipped: line - 1, options: o, limit: &limitedReader{r: r, left: MaxOrder}}
	t.csv = csv.NewReader(t.limit)
	t.csv.Comma = comma
	t.csv.FieldsPerRecord = -1 // read says what is wrong with a line
	if t.header, err = t.csv.Read(); err != nil {
		if bad, ok := errors.AsType[*Error](t.failed(err)); ok {
			bad.Family = ErrFile
			return nil, bad
		}
		return nil, badFile(line, sentence.Of("the file is empty; it should hold orders"))
	}
	t.line = line
	if len(t.header) > MaxColumns {
		return nil, badFile(line, sentence.Of("has %d columns; at most %d are read", len(t.header), MaxColumns))
	}
	for n := range t.header {
		t.header[n] = strings.TrimSpace(t.header[n])
	}
	keys := columnKeys(t.header)
	for _, c := range columns {
		t.columns[c.field] = c.find(keys)
	}
	switch format {
	case Shopify:
		t.format = shopifyOrders{o}
	case WooCommerce:
		t.format = wooOrders{o}
	default:
		return nil, badFile(line, sentence.Of("the file is none of the known formats: JSON lines of orders, Klar's order JSON, "+
			"or the CSV export of orders of Shopify or WooCommerce with its header"))
	}
	if bad := t.format.check(t); bad != nil {
		return nil, bad.at(line, "")
	}
	return t, nil
}

// peekHeader returns the first line without reading it, and the number of lines that it has read before it: Excel's sep=;
// stands there.
func peekHeader(r *bufio.Reader) (header string, skipped int, _ error) {
	for {
		window, whole, err := seen(r)
		if err != nil {
			return "", 0, err
		}
		line, _, ended := bytes.Cut(window, []byte("\n"))
		switch {
		case !ended && len(window) == MaxHeader:
			return "", 0, badFile(1, sentence.Of("is longer than %d bytes, and no header of a CSV file is; check that the file "+
				"holds orders", MaxHeader))
		case !ended && !whole:
			continue
		case ended && skipped == 0 && len(line) < len("sep=;\r\n") && bytes.HasPrefix(line, []byte("sep=")):
			skipped++
			_, _ = r.Discard(len(line) + 1) // they are there
		default:
			return string(line), skipped, nil
		}
	}
}

// matchHeader finds the format, and the delimiter, with which a header has most of the columns that are known.
func matchHeader(header string, only Format) (best Format, comma rune, columns []column) {
	most := 1 // one name is a coincidence
	if only != "" {
		most = 0
	}
	comma = ','
	for _, delimiter := range ",;\t|" {
		names := strings.Split(strings.ReplaceAll(header, `"`, ""), string(delimiter))
		if len(names) > MaxColumns {
			continue
		}
		keys := columnKeys(names)
		for _, known := range []struct {
			format  Format
			columns []column
		}{{Shopify, shopifyColumns}, {WooCommerce, wooColumns}} {
			if only != "" && only != known.format {
				continue
			}
			found := 0
			for _, c := range known.columns {
				if len(c.find(keys)) > 0 {
					found++
				}
			}
			if found > most {
				most, best, comma, columns = found, known.format, delimiter, known.columns
			}
		}
	}
	return best, comma, columns
}

// need returns an error if the file lacks a column for one of some fields.
func (t *table) need(columns []column, fields ...field) *Error {
	for _, c := range columns {
		for _, f := range fields {
			if c.field == f && !t.has(f) {
				return badFile(0, sentence.Of("the column %q is missing; export the orders with it", c.headers[0]))
			}
		}
	}
	return nil
}

func (t *table) next() ([]attribution.Order, error) {
	first, err := t.take()
	if err != nil {
		return nil, err
	}
	codes, bad := newCodes(t.options), (*Error)(nil)
	for line := first; ; {
		if bad == nil {
			bad = codes.addRow(line)
		}
		if bad != nil {
			bad = bad.at(line.line, first.text(fieldID))
		}
		line, err = t.take()
		if err != nil || !t.format.continues(first, line) {
			t.ahead, t.aheadErr, t.hasAhead = line, err, true
			break
		}
	}
	if bad != nil {
		return nil, bad
	}
	orders, bad := t.format.orders(first, codes.all)
	if bad != nil {
		return nil, bad.at(first.line, first.text(fieldID))
	}
	return orders, nil
}

// take returns the next line that is not blank.
func (t *table) take() (row, error) {
	if t.hasAhead {
		t.hasAhead = false
		return t.ahead, t.aheadErr
	}
	for {
		t.limit.left = MaxOrder
		cells, err := t.csv.Read()
		if err != nil {
			return row{}, t.failed(err)
		}
		line, _ := t.csv.FieldPos(0)
		line += t.skipped
		t.line = line
		switch {
		case blank(cells):
			continue
		case len(cells) != len(t.header):
			return row{}, wrong("", "", sentence.Of("has %d cells and the header %d; check the quotation marks of this line and the "+
				"ones before", len(cells), len(t.header))).at(line, "")
		}
		for n, text := range cells {
			if !utf8.ValidString(text) {
				return row{}, wrong(t.header[n], "", sentence.Of("is not valid text (UTF-8)")).at(line, "")
			}
		}
		return row{t, line, cells}, nil
	}
}

func blank(cells []string) bool {
	for _, text := range cells {
		if strings.TrimSpace(text) != "" {
			return false
		}
	}
	return true
}

// failed is the error for one of the CSV reader, and io.EOF at its end.
func (t *table) failed(err error) error {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.Is(err, errTooLong):
		return badFile(t.line+1, sentence.Of("is longer than %d bytes; a quotation mark that nothing closes may stand in it", MaxOrder))
	case !errors.As(err, &parse):
		return broken(t.line, err)
	}
	e := wrong("", "", sentence.Of("has a quotation mark that does not fit; put the cell in quotation marks and double those inside"))
	if parse.Line > parse.StartLine {
		e.Problem = sentence.Of("has a quotation mark that is not closed before line %d, and the lines between were not read; close "+
			"it or take it out", t.skipped+parse.Line)
	}
	t.line = t.skipped + parse.Line
	return e.at(t.skipped+parse.StartLine, "")
}

// limitedReader ends with errTooLong when more is read than the longest line has. It is set anew for each line.
type limitedReader struct {
	r    io.Reader
	left int
}

var errTooLong = errors.New("line too long")

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLong
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}
