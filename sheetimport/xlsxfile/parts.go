package xlsxfile

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// workbookParts is what a workbook says about its tabs and about what its numbers are.
type workbookParts struct {
	tabs     []tab
	date1904 bool
	// stale says that the file is to be calculated anew, or that its calculation did not come to an end: a 0 that it
	// stores for the result of a formula may not have been calculated.
	stale   bool
	styles  string // the name of the part with the formats
	strings string // the name of the part with the texts that cells share
}

// currencyOf is the currency that the format shows beside a value.
func (f numberFormat) currencyOf(value decimal.Decimal) string {
	if f.conditional || strings.Contains(f.code, ";") {
		return cell.CurrencyInFormat(f.code, value)
	}
	return f.currency
}

// kindOf is the kind of a number that has the format, which is that of its section: [<1]0%;0.00 has two.
func (f numberFormat) kindOf(value decimal.Decimal) sheet.RawKind {
	if !f.conditional || !isNumber(f.kind) {
		return f.kind
	}
	if n, section := cell.SectionOf(f.code, value); n >= 0 {
		if kind := kindOfFormat(section); isNumber(kind) {
			return kind
		}
	}
	return f.kind
}

// isNumber reports whether a kind is a number and no date.
func isNumber(k sheet.RawKind) bool { return k == sheet.RawNumber || k == sheet.RawPercent }

// misread reports whether excelize shows a value in another way than the conditions of the format say: it takes the first
// section, and the second for a value below zero. Of the second it leaves out the sign, and all if there is a condition.
func (f numberFormat) misread(value decimal.Decimal) bool {
	if !f.conditional {
		return false
	}
	taken := 0
	if value.IsNegative() && strings.Contains(f.code, ";") {
		taken = 1
	}
	right, section := cell.SectionOf(f.code, value)
	return right != taken || taken == 1 && (conditionalFormat.MatchString(section) || !signed.MatchString(section))
}

// signed matches a section that writes the sign of a value below zero, or has the value in brackets.
var signed = regexp.MustCompile(`^(\[[^\]]*\])*[\\"]?[-−(]`)

// numberFormat is what the format of a number tells beside how many digits it shows.
type numberFormat struct {
	kind     sheet.RawKind
	code     string // see cell.CurrencyInFormat
	currency string // of a format that has one section
	general  bool   // the format of a cell that has no other
	exponent bool   // it shows 100000 as 1E+05
	// conditional says that its sections have conditions such as [<0], which excelize does not know.
	conditional bool
	// struck says that the font of the cell has a line through it.
	struck bool
}

// font is what is read of a font: whether it draws a line through its text.
type font struct {
	Strike *struct {
		Value string `xml:"val,attr"`
	} `xml:"strike"`
}

func (f font) struck() bool {
	return f.Strike != nil && (f.Strike.Value == "" || isTrue(f.Strike.Value))
}

// tab is one sheet of a workbook.
type tab struct {
	name   string
	hidden bool
	part   string // the name of its file inside the workbook
	plain  string // its name in the workbook that excelize reads
}

// relationships are the other parts and pages that a part of a workbook names.
type relationships struct {
	Links []relationship `xml:"Relationship"`
}

type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// is reports whether the type of a relationship ends in a word, as it does in both forms of the format.
func (r relationship) is(word string) bool { return strings.HasSuffix(r.Type, "/"+word) }

// partFrom is the name of the part to which a relationship of another part leads.
func (r relationship) partFrom(part string) string {
	target := strings.ReplaceAll(r.Target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join(path.Dir(part), target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// relationshipsOf is the name of the part with the relationships of a part.
func relationshipsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// workbookPart finds the part with the list of tabs: the one that the package names, else the one that Excel writes.
func (w *workbook) workbookPart() string {
	var links relationships
	_ = w.decode("_rels/.rels", &links) // then it is where Excel writes it
	for _, l := range links.Links {
		if l.is("officeDocument") {
			return l.partFrom("")
		}
	}
	return "xl/workbook.xml"
}

// maxTabs bounds the tabs that are looked at; a workbook of a team has a handful.
const maxTabs = 255

func (w *workbook) readParts() error {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Calculation struct {
			OnLoad    string `xml:"fullCalcOnLoad,attr"`
			Always    string `xml:"forceFullCalc,attr"`
			Completed string `xml:"calcCompleted,attr"`
		} `xml:"calcPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			// The strict form of the format has another name for the same attribute.
			StrictID string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links relationships
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
			Font   int `xml:"fontId,attr"`
		} `xml:"cellXfs>xf"`
		Fonts []font `xml:"fonts>font"`
	}
	main := w.workbookPart()
	if _, err := w.open(main); err != nil {
		return sentence.Errorf("%s: it is a ZIP file, but no Excel workbook (.xlsx); save the sheet as .xlsx or CSV", sheet.ErrUnreadable)
	}
	if err := w.decode(main, &book); err != nil {
		return partError(err, sentence.Of("the list of tabs"))
	}
	if err := w.decode(relationshipsOf(main), &links); err != nil {
		return partError(err, sentence.Of("the list of tabs"))
	}
	w.parts.styles, w.parts.strings = path.Join(path.Dir(main), "styles.xml"), path.Join(path.Dir(main), "sharedStrings.xml")
	parts := map[string]string{}
	for _, l := range links.Links {
		switch part := l.partFrom(main); {
		case l.is("worksheet"):
			parts[l.ID] = part
		case l.is("styles"):
			w.parts.styles = part
		case l.is("sharedStrings"):
			w.parts.strings = part
		}
	}
	if err := w.decode(w.parts.styles, &styles); err != nil && !errors.Is(err, errNoPart) {
		return partError(err, sentence.Of("the list of formats"))
	}
	w.parts.date1904 = isTrue(book.Properties.Date1904)
	c := book.Calculation
	w.parts.stale = isTrue(c.OnLoad) || isTrue(c.Always) || c.Completed != "" && !isTrue(c.Completed)
	for _, s := range book.Sheets {
		id := s.ID
		if id == "" {
			id = s.StrictID
		}
		if part := parts[id]; part != "" && len(w.parts.tabs) < maxTabs {
			w.parts.tabs = append(w.parts.tabs, tab{name: s.Name, hidden: s.State != "" && s.State != "visible", part: part,
				plain: fmt.Sprint("Tab", len(w.parts.tabs)+1)})
		}
	}
	custom := map[int]numberFormat{}
	for _, f := range styles.Formats {
		custom[f.ID] = numberFormat{kind: kindOfFormat(f.Code), code: f.Code,
			general: strings.EqualFold(f.Code, "general"), exponent: exponentFormat.MatchString(f.Code),
			conditional: conditionalFormat.MatchString(f.Code)}
	}
	for _, c := range styles.Cells {
		format, ok := custom[c.Format]
		if !ok {
			format = numberFormat{kind: builtinKind(c.Format), general: c.Format == 0}
			if c.Format >= 5 && c.Format <= 8 || c.Format == 42 || c.Format == 44 {
				format.code = "$0" // the standard has them in dollars
			}
		}
		if !strings.Contains(format.code, ";") {
			format.currency = cell.CurrencyInFormat(format.code, decimal.Zero)
		}
		format.struck = c.Font >= 0 && c.Font < len(styles.Fonts) && styles.Fonts[c.Font].struck()
		w.formats = append(w.formats, format)
	}
	return nil
}

// exponentFormat matches the format of a number in scientific notation.
var exponentFormat = regexp.MustCompile(`^[#0?.,]+[Ee][+-][#0?]+(;|$)`)

// conditionalFormat matches the condition of a section.
var conditionalFormat = regexp.MustCompile(`\[[<>=]`)

// isTrue reads an attribute of the two ways in which XML writes a truth value.
func isTrue(text string) bool { return text == "1" || text == "true" }

var errNoPart = errors.New("there is no such part")

// file finds a part by its name, which some programs write in other cases, with backslashes or with a slash in front.
func (w *workbook) file(part string) (*zip.File, error) {
	for _, f := range w.zip.File {
		if strings.EqualFold(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"), part) {
			return f, nil
		}
	}
	return nil, errNoPart
}

func (w *workbook) open(part string) (io.ReadCloser, error) {
	f, err := w.file(part)
	if err != nil {
		return nil, err
	}
	return f.Open()
}

// maxPart bounds the parts that stand in memory whole.
const maxPart = 16 << 20

func (w *workbook) decode(part string, into any) error {
	r, err := w.open(part)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // it was only read
	limited := &io.LimitedReader{R: r, N: maxPart + 1}
	if err = xml.NewDecoder(limited).Decode(into); err != nil && limited.N <= 0 {
		return sheet.ErrTooLarge // and not a part that ends early
	}
	return err
}

// builtinKind is the kind of number that a format has which Excel knows by its number alone. A time of day is of no kind.
func builtinKind(id int) sheet.RawKind {
	switch {
	case id == 9 || id == 10:
		return sheet.RawPercent
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return sheet.RawDate
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return ""
	}
	return sheet.RawNumber
}

// kindOfFormat is the kind of number that a format shows, such as "yyyy-mm-dd" or "0.0%".
func kindOfFormat(code string) sheet.RawKind {
	var letters strings.Builder // those of the first section that stand for something
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		c := code[i]
		switch {
		case quoted:
			quoted = c != '"'
		case bracket:
			bracket = c != ']'
		case c == '"':
			quoted = true
		case c == '[': // a color, a condition, a locale, or elapsed time
			bracket = true
			inside, _, _ := strings.Cut(strings.ToLower(code[i+1:]), "]")
			if inside != "" && (strings.Trim(inside, "h") == "" || strings.Trim(inside, "m") == "" || strings.Trim(inside, "s") == "") {
				letters.WriteByte('h') // [hh], but not [Magenta]
			}
		case c == '\\' || c == '_' || c == '*':
			i++ // the next character is shown, or stands for its width
		case c == ';':
			i = len(code)
		default:
			letters.WriteByte(c)
		}
	}
	text := strings.ToLower(letters.String())
	text = strings.NewReplacer("general", "", "standard", "", "am/pm", "h", "a/p", "h").Replace(text)
	switch {
	case strings.ContainsAny(text, "yd"), strings.Contains(text, "mmm"), strings.Contains(text, "m") && !strings.ContainsAny(text, "hs"):
		return sheet.RawDate
	case strings.ContainsAny(text, "hs"):
		return "" // a time of day
	case strings.Contains(text, "%"):
		return sheet.RawPercent
	}
	return sheet.RawNumber
}

// columnIndex reads the letters of a cell's name, as B in B7, and false if there are none or too many.
func columnIndex(name string) (index int, ok bool) {
	n := 0
	for ; n < len(name) && name[n] >= 'A' && name[n] <= 'Z'; n++ {
		if n == 3 {
			return 0, false
		}
		index = index*26 + int(name[n]-'A') + 1
	}
	return index - 1, n > 0
}

// cellName splits B7 into column 1 and row 7.
func cellName(name string) (column, row int, ok bool) {
	column, ok = columnIndex(name)
	row, err := strconv.Atoi(strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return column, row, ok && err == nil && row > 0
}
