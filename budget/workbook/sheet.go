package workbook

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/budget"
)

// defineStyles makes the formats of cells. That of texts is the one in which Excel leaves alone what is typed.
func (b *book) defineStyles() {
	const asText = 49
	amount := "#,##0"
	if digits := b.r.Currency.Digits(); digits > 0 {
		amount += "." + strings.Repeat("0", digits)
	}
	if currency := letters(string(b.r.Currency)); currency != "" {
		amount += " [$" + currency + "]"
	}
	count, month, percent := "#,##0", "yyyy-mm", "0.0%"
	bold := &excelize.Font{Bold: true, Family: "Calibri", Size: 11}
	line := []excelize.Border{{Type: "top", Style: 1, Color: "808080"}}
	define := func(to *int, s *excelize.Style) {
		id, err := b.f.NewStyle(s)
		b.keep(err)
		*to = id
	}
	left := &excelize.Alignment{Horizontal: "left", Indent: 1} // away from the numbers before them
	define(&b.text, &excelize.Style{NumFmt: asText, Alignment: left})
	define(&b.head, &excelize.Style{NumFmt: asText, Font: bold, Alignment: &excelize.Alignment{WrapText: true,
		Vertical: "top", Horizontal: "left", Indent: 1}})
	define(&b.headAmount, &excelize.Style{NumFmt: asText, Font: bold, Alignment: &excelize.Alignment{WrapText: true,
		Vertical: "top", Horizontal: "right"}})
	define(&b.amount, &excelize.Style{CustomNumFmt: &amount})
	define(&b.percent, &excelize.Style{CustomNumFmt: &percent})
	define(&b.count, &excelize.Style{CustomNumFmt: &count})
	define(&b.month, &excelize.Style{CustomNumFmt: &month})
	define(&b.textTotal, &excelize.Style{NumFmt: asText, Alignment: left, Font: bold, Border: line})
	define(&b.amountTotal, &excelize.Style{CustomNumFmt: &amount, Font: bold, Border: line})
	define(&b.percentTotal, &excelize.Style{CustomNumFmt: &percent, Font: bold, Border: line})
	define(&b.countTotal, &excelize.Style{CustomNumFmt: &count, Font: bold, Border: line})
}

// letters are those of a currency's code, so that no other one can end the format that it stands in.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s)
}

// head is the header of a column: of texts, or of numbers, which stand at the right.
type head struct {
	text   string
	number bool
	width  float64
}

// begin starts a sheet with its headers.
func (b *book) begin(name string, heads ...head) {
	b.sheet, b.row = b.sheetName(name), 0
	if len(b.sheets) == 1 {
		b.keep(b.f.SetSheetName(b.f.GetSheetName(0), b.sheet))
	} else {
		_, err := b.f.NewSheet(b.sheet)
		b.keep(err)
	}
	cells := make([]cell, len(heads))
	for i, head := range heads {
		if cells[i] = (cell{text: head.text, style: b.head}); head.number {
			cells[i].style = b.headAmount
		}
		column, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.f.SetColWidth(b.sheet, column, column, head.width))
	}
	b.write(cells)
	b.layPages()
	b.keep(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted(b.sheet) + "!$1:$1", Scope: b.sheet}))
	b.keep(b.f.SetPanes(b.sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
}

// layPages lets a printed sheet have all its columns on one page.
func (b *book) layPages() {
	landscape, a4, one, many, fit := "landscape", 9, 1, 0, true
	b.keep(b.f.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &many}))
	b.keep(b.f.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

// sheetName returns a name that Excel accepts and that no other sheet has.
func (b *book) sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < ' ' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	taken := slices.ContainsFunc(b.sheets, func(other string) bool { return strings.EqualFold(name, other) })
	if name == "" || taken || len(utf16.Encode([]rune(name))) > excelize.MaxSheetNameLength {
		name = "Sheet" + strconv.Itoa(len(b.sheets)+1)
	}
	b.sheets = append(b.sheets, name)
	return name
}

// cell is a text, or a number by its digits. The zero cell is blank.
type cell struct {
	text, digits string
	style        int
}

// write writes the next row.
func (b *book) write(cells []cell) {
	b.row++
	for i, c := range cells {
		if c == (cell{}) || b.err != nil {
			continue
		}
		at, err := excelize.CoordinatesToCellName(i+1, b.row)
		b.keep(err)
		if c.digits != "" {
			b.keep(b.f.SetCellDefault(b.sheet, at, c.digits))
		} else if c.text != "" {
			b.keep(b.f.SetCellStr(b.sheet, at, plain(c.text)))
		}
		b.keep(b.f.SetCellStyle(b.sheet, at, at, c.style))
	}
}

// escape is how a workbook writes a character that XML cannot carry.
var escape = regexp.MustCompile(`^_x[0-9A-Fa-f]{4}_`)

// plain returns a text that is read as it is: an underscore that would begin an escape is one itself.
func plain(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	if !strings.Contains(text, "_x") {
		return text
	}
	var out strings.Builder
	for n, r := range text {
		if r == '_' && escape.MatchString(text[n:]) {
			out.WriteString("_x005F")
		}
		out.WriteRune(r)
	}
	return out.String()
}

func (b *book) textCell(s string) cell { return cell{text: s, style: b.text} }

// amountCell is blank for no amount.
func (b *book) amountCell(m budget.Money) cell { return cell{digits: m.Amount(), style: b.amount} }

func (b *book) countCell(n int) cell { return cell{digits: strconv.Itoa(n), style: b.count} }

// monthCell is the first day of a month, as Excel counts days. Its calendar is that of the world from March 1900 on;
// an earlier month is a text.
func (b *book) monthCell(m budget.Month) cell {
	const unixDay, march1900 = 25_569, 61
	if m.IsZero() {
		return cell{}
	}
	serial := int(m.First().UnixDay()) + unixDay
	if serial < march1900 {
		return b.textCell(m.String())
	}
	return cell{digits: strconv.Itoa(serial), style: b.month}
}

// total gives a row the looks of a total.
func (b *book) total(cells []cell) []cell {
	for i := range cells {
		switch cells[i].style {
		case b.amount:
			cells[i].style = b.amountTotal
		case b.percent:
			cells[i].style = b.percentTotal
		case b.count:
			cells[i].style = b.countTotal
		default:
			cells[i].style = b.textTotal
		}
	}
	return cells
}
