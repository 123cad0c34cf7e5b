package sheetimport

import (
	"strings"
	"unicode/utf8"
)

// split cuts the row that begins at start. It returns where the next row begins.
//
// After an error that is the line after the one in which the bad cell began: a quote that nobody closed would
// otherwise swallow the rest of the file.
func (s *splitter) split(start int) (cells []Cell, next int, err error) {
	end := s.lineEnd(start)
	if s.withoutCR(start, end) == start {
		return nil, end + 1, nil // a blank line
	}
	row := cellList{limits: s.limits, cells: make([]Cell, 0, min(s.width, s.limits.Columns))}
	for pos := start; ; {
		text, stop, err := s.cell(pos)
		if err == nil {
			err = row.add(text)
		}
		if err != nil {
			return nil, s.lineEnd(pos) + 1, err
		}
		if stop >= len(s.text) || s.text[stop] != s.comma {
			return row.cells, stop + 1, nil
		}
		pos = stop + 1
	}
}

// cellList collects the cells of a row within the limits.
type cellList struct {
	limits Limits
	cells  []Cell
}

func (l *cellList) add(text string) error {
	if len(text) > l.limits.CellLen && utf8.RuneCountInString(text) > l.limits.CellLen {
		return cellError("cell_too_long", text, "is a cell with too many characters", "shorten the cell")
	}
	if len(l.cells) < l.limits.Columns {
		l.cells = append(l.cells, Cell{Text: text})
		return nil
	}
	if trim(text) == "" {
		return nil
	}
	return cellError("too_many_columns", text, "stands beyond the last column that is read",
		"delete the columns that are not needed")
}

// lineEnd returns the position of the line's end at or after pos, or the end of the text.
func (s *splitter) lineEnd(pos int) int {
	if i := strings.IndexByte(s.text[pos:], s.eol); i >= 0 {
		return pos + i
	}
	return len(s.text)
}

// withoutCR returns the end of text[start:end] without the carriage return of a Windows line end.
func (s *splitter) withoutCR(start, end int) int {
	if s.eol == '\n' && end > start && s.text[end-1] == '\r' {
		return end - 1
	}
	return end
}

// cell reads one cell from pos on. It returns the text and the position of the delimiter or line end after it.
func (s *splitter) cell(pos int) (text string, stop int, err error) {
	open := pos
	for open < len(s.text) && s.text[open] == ' ' {
		open++
	}
	if open < len(s.text) && s.text[open] == '"' {
		return s.quoted(open + 1)
	}
	end := s.lineEnd(pos)
	if i := strings.IndexByte(s.text[pos:end], s.comma); i >= 0 {
		stop = pos + i
		text = s.text[pos:stop]
	} else {
		stop = end
		text = s.text[pos:s.withoutCR(pos, end)]
	}
	if strings.IndexByte(text, '"') >= 0 {
		return "", 0, s.strayQuote(pos)
	}
	return text, stop, nil
}

// quoted reads a quoted cell from the character after its opening quote on.
func (s *splitter) quoted(start int) (text string, stop int, err error) {
	doubled := false
	// Four bytes for each character is the most that a cell within its limit can have.
	last := min(len(s.text), start+4*s.limits.CellLen+4)
	for pos := start; ; {
		i := strings.IndexByte(s.text[pos:last], '"')
		if i < 0 {
			return "", 0, s.strayQuote(start - 1)
		}
		pos += i
		if pos+1 < len(s.text) && s.text[pos+1] == '"' {
			doubled = true
			pos += 2
			if pos > last {
				return "", 0, s.strayQuote(start - 1)
			}
			continue
		}
		text = s.text[start:pos]
		stop = pos + 1
		break
	}
	for stop < len(s.text) && s.text[stop] == ' ' {
		stop++
	}
	if stop < len(s.text) && s.text[stop] == '\r' && (stop+1 == len(s.text) || s.text[stop+1] == s.eol) {
		stop++
	}
	if stop < len(s.text) && s.text[stop] != s.comma && s.text[stop] != s.eol || s.swallowsRows(text) {
		return "", 0, s.strayQuote(start - 1)
	}
	if doubled {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	return strings.ReplaceAll(text, "\r\n", "\n"), stop, nil // as a workbook has it, whatever the line ends of the file
}

// swallowsRows reports whether a quoted text holds a whole line with just as many delimiters as the header row has. Two
// stray quotes some rows apart look like the ends of one cell; taking it for one would lose the rows between. These have
// no quotes, so the number is exact.
func (s *splitter) swallowsRows(text string) bool {
	const narrow = 4 // columns; below, a list in a note could look like a row
	if s.width < narrow {
		return false
	}
	_, text, _ = strings.Cut(text, string(s.eol))
	for {
		line, rest, whole := strings.Cut(text, string(s.eol))
		if !whole {
			return false
		}
		if strings.Count(line, string(s.comma)) == s.width-1 {
			return true
		}
		text = rest
	}
}

func (s *splitter) strayQuote(pos int) error {
	around := s.text[pos:min(s.lineEnd(pos), pos+4*maxShownLen)]
	return cellError("stray_quote", strings.ToValidUTF8(around, "\uFFFD"), `holds a quotation mark that is not closed or not at the end of its cell`,
		`put the whole cell in quotation marks and write each one inside it twice`)
}
