package export

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/internal/records"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// xlsxWriter writes sheets as the tabs of an Excel workbook, one after the other, straight into the ZIP file. It is not
// excelize because that takes the number of a cell as a float or not at all while it streams: here an amount goes into the
// file as its digits, so that what stands there is exact.
type xlsxWriter struct {
	zip  *zip.Writer
	b    *bufio.Writer
	tabs int // that have begun
	rows int // of the last one
}

// The styles of cells, in the order of xlsxStyles. All texts have the one in which Excel leaves what is typed alone: it
// would make a date of the code MAR10.
const (
	styleText = iota
	styleDate
	styleWhole
	styleDigits // and those after it: with one digit after the point, with two …
)

// maxStyledDigits is the most digits after the point that an exported amount has.
const maxStyledDigits = 4

const xlsxNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

// xlsxPart is a file of the workbook.
type xlsxPart struct{ name, text string }

// xlsxParts are the parts of the workbook beside its sheets.
func xlsxParts(tabs []string) []xlsxPart {
	const (
		relations  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
		relation   = `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`
		override   = `<Override PartName="/xl/%s.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml"/>`
		attributes = `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`
	)
	var sheets, types, targets strings.Builder
	for n, tab := range tabs {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, tab, n+1, n+1)
		fmt.Fprintf(&types, override, fmt.Sprintf("worksheets/sheet%d", n+1), "worksheet")
		fmt.Fprintf(&targets, relation, n+1, "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", n+1))
	}
	fmt.Fprintf(&targets, relation, len(tabs)+1, "styles", "styles.xml")
	return []xlsxPart{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			fmt.Sprintf(override, "workbook", "sheet.main") + fmt.Sprintf(override, "styles", "styles") + types.String() + `</Types>`},
		{"_rels/.rels", relations + fmt.Sprintf(relation, 1, "officeDocument", "xl/workbook.xml") + `</Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + xlsxNamespace + attributes + `<sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations + targets.String() + `</Relationships>`},
		{"xl/styles.xml", xlsxStyles()},
	}
}

// xlsxStyles are the styles of the constants above. Format 49 is text, and formats of one's own begin at 164.
func xlsxStyles() string {
	formats := []string{"yyyy-mm-dd", "0"}
	for digits := 1; digits <= maxStyledDigits; digits++ {
		formats = append(formats, "0."+strings.Repeat("0", digits))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<styleSheet xmlns="%s"><numFmts count="%d">`, xlsxNamespace, len(formats))
	for n, format := range formats {
		fmt.Fprintf(&b, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+n, format)
	}
	b.WriteString(`</numFmts><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>` +
		`<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>` +
		`<cellStyleXfs count="1"><xf/></cellStyleXfs>`)
	fmt.Fprintf(&b, `<cellXfs count="%d"><xf numFmtId="49" applyNumberFormat="1"/>`, 1+len(formats))
	for n := range formats {
		fmt.Fprintf(&b, `<xf numFmtId="%d" applyNumberFormat="1"/>`, 164+n)
	}
	b.WriteString(`</cellXfs></styleSheet>`)
	return b.String()
}

// newXLSXWriter begins a workbook with these tabs, whose names need no escapes, and the first of them.
func newXLSXWriter(w io.Writer, tabs ...string) (*xlsxWriter, error) {
	x := &xlsxWriter{zip: zip.NewWriter(w)}
	for _, part := range xlsxParts(tabs) {
		file, err := x.zip.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(file, xml.Header+part.text); err != nil {
			return nil, err
		}
	}
	return x, x.begin()
}

// begin begins the next tab.
func (x *xlsxWriter) begin() error {
	x.tabs++
	x.rows = 0
	file, err := x.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", x.tabs))
	if err != nil {
		return err
	}
	x.b = bufio.NewWriterSize(file, 64<<10)
	_, err = fmt.Fprintf(x.b, `%s<worksheet xmlns="%s"><sheetData>`, xml.Header, xlsxNamespace)
	return err
}

// next ends a tab and begins the one after it.
func (x *xlsxWriter) next() error {
	if err := x.end(); err != nil {
		return err
	}
	return x.begin()
}

func (x *xlsxWriter) end() error {
	if _, err := x.b.WriteString("</sheetData></worksheet>"); err != nil {
		return err
	}
	return x.b.Flush()
}

func (x *xlsxWriter) row(cells []records.Cell) error {
	x.rows++
	fmt.Fprintf(x.b, `<row r="%d">`, x.rows)
	for n, c := range cells {
		if c.Text != "" {
			x.cell(sheet.ColumnLetter(n)+strconv.Itoa(x.rows), c)
		}
	}
	_, err := x.b.WriteString("</row>") // the buffer keeps the first error
	return err
}

func (x *xlsxWriter) cell(at string, c records.Cell) {
	serial, isDate := serialOf(c.Date)
	switch {
	case isDate:
		fmt.Fprintf(x.b, `<c r="%s" s="%d"><v>%d</v></c>`, at, styleDate, serial)
	case c.Number:
		style := styleWhole
		if c.Digits > 0 {
			style = styleDigits + c.Digits - 1
		}
		fmt.Fprintf(x.b, `<c r="%s" s="%d"><v>%s</v></c>`, at, style, c.Text)
	default:
		fmt.Fprintf(x.b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">`, at, styleText)
		writeXLSXText(x.b, c.Escaped())
		x.b.WriteString(`</t></is></c>`)
	}
}

func (x *xlsxWriter) close() error {
	if err := x.end(); err != nil {
		return err
	}
	return x.zip.Close()
}

// serialOf is the number by which Excel keeps a date. Before March 1900 its calendar is not that of the world, which had
// no 29 February 1900; such a date stays a text.
func serialOf(d budget.Date) (int, bool) {
	const unixDay, march1900 = 25_569, 61
	if d.IsZero() {
		return 0, false
	}
	serial := int(d.UnixDay()) + unixDay
	return serial, serial >= march1900
}

// writeXLSXText writes a text as a workbook holds it. What XML cannot carry, and the carriage return that readers of XML
// drop, is written as Excel does, "_x000D_"; so a text that looks like that has to be taken apart.
func writeXLSXText(b *bufio.Writer, text string) {
	for n := 0; n < len(text); {
		r, size := utf8.DecodeRuneInString(text[n:])
		switch {
		case r == '\r' || r < ' ' && r != '\n' && r != '\t' || r == '\uFFFE' || r == '\uFFFF':
			fmt.Fprintf(b, "_x%04X_", r)
		case r == '_' && looksEscaped(text[n:]):
			b.WriteString("_x005F_")
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		default:
			b.WriteString(text[n : n+size])
		}
		n += size
	}
}

// looksEscaped reports whether a text begins like "_x000D_".
func looksEscaped(text string) bool {
	const length = len("_x000D_")
	if len(text) < length || text[1] != 'x' || text[length-1] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:length-1], 16, 16)
	return err == nil
}
