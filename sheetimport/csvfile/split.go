package csvfile

import (
	"errors"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/source"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// cellBytes is the most that a cell within its limit can have: four bytes for each character.
func cellBytes(l *sheet.Limits) int { return 4 * l.CellLen }

// split cuts the row that begins at start. It returns where the next row begins.
//
// A mark inside a cell that does not begin with one stands for itself, as in Ana "Nana" Ruiz, unless the row then has not the
// cells of the header: a delimiter between such marks has cut a cell in two.
//
// After an error that is the line after the one in which the bad cell began: a quote that nobody closed would
// otherwise swallow the rest of the file.
//
// Two stray quotes some rows apart look like the ends of one cell, and taking it for one would lose the rows between. A
// list in a note looks the same from inside. The row around it tells them apart: around a note it has the cells of the
// header. Around stray quotes it has them only if both stand in one column, and then the text ends like a row.
func (s *splitter) split(start int) (cells []sheet.Cell, next int, err error) {
	cells, next, err = s.splitQuoted(start)
	if bad, ok := errors.AsType[*cell.Error](err); ok && bad.Code == "stray_quote" && s.comma == '\t' {
		if literal, ok := s.splitLiteral(start); ok {
			return literal, s.lineEnd(start) + 1, nil
		}
	}
	return cells, next, err
}

// splitLiteral cuts a line at its delimiters alone, whatever its quotation marks. ok says that it has the cells of the header.
func (s *splitter) splitLiteral(start int) (cells []sheet.Cell, ok bool) {
	row := source.Cells{Limits: s.limits, List: make([]sheet.Cell, 0, min(s.width, s.limits.Columns))}
	for text := range strings.SplitSeq(s.text[start:s.lineEnd(start)], string(s.comma)) {
		if row.Add(text) != nil {
			return nil, false
		}
	}
	return row.List, len(row.List) == s.width
}

// splitQuoted cuts a row whose cells may be in quotation marks.
func (s *splitter) splitQuoted(start int) (cells []sheet.Cell, next int, err error) {
	end := s.lineEnd(start)
	if end == start {
		return nil, end + 1, nil // a blank line
	}
	row := source.Cells{Limits: s.limits, List: make([]sheet.Cell, 0, min(s.width, s.limits.Columns))}
	bare := -1    // where the first cell with quotation marks inside begins
	odd := false  // such a cell has a mark without a partner, which may be that of a mark that another row has opened
	list := -1    // where the first cell with a list in it begins
	rows := false // such a cell ends like a row
	for pos := start; ; {
		text, stop, err := s.cell(pos)
		if err == nil {
			err = row.Add(text)
		}
		if quotes := strings.Count(text, `"`); err == nil && quotes > 0 && !s.isQuoted(pos) {
			if odd = odd || quotes%2 == 1; bare < 0 {
				bare = pos
			}
		}
		if err == nil && s.holdsList(text) {
			if list < 0 {
				list = pos
			}
			rows = rows || s.endsInRow(text, len(row.List)-1)
		}
		last := err == nil && (stop >= len(s.text) || s.text[stop] != s.comma)
		misfit := rows || len(row.List) > s.width || last && len(row.List) < s.width || stop-list > cellBytes(&s.limits)
		switch {
		case list >= 0 && (err != nil || misfit):
			return nil, s.lineEnd(list) + 1, s.strayQuote(list)
		case err != nil:
			return nil, s.lineEnd(pos) + 1, err
		case last && bare >= 0 && s.width > 0 && (len(row.List) != s.width || s.strayed && odd):
			return nil, s.lineEnd(bare) + 1, s.strayQuote(bare)
		case last:
			return row.List, stop + 1, nil
		}
		pos = stop + 1
	}
}

// lineEnd returns the position of the line's end at or after pos, or the end of the text.
func (s *splitter) lineEnd(pos int) int {
	if i := strings.IndexByte(s.text[pos:], '\n'); i >= 0 {
		return pos + i
	}
	return len(s.text)
}

// isQuoted reports whether the cell at pos begins with a quotation mark.
func (s *splitter) isQuoted(pos int) bool {
	for pos < len(s.text) && s.text[pos] == ' ' {
		pos++
	}
	return pos < len(s.text) && s.text[pos] == '"'
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
		text = s.text[pos:end]
	}
	return text, stop, nil
}

// quoted reads a quoted cell from the character after its opening quote on.
func (s *splitter) quoted(start int) (text string, stop int, err error) {
	doubled := false
	last := min(len(s.text), start+cellBytes(&s.limits)+4)
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
	if stop < len(s.text) && s.text[stop] != s.comma && s.text[stop] != '\n' {
		return "", 0, s.strayQuote(start - 1)
	}
	if doubled {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	return text, stop, nil
}

// holdsList reports whether a quoted text holds a line with as many delimiters as the header row has.
func (s *splitter) holdsList(text string) bool {
	const narrow = 4 // columns; below, nearly every note with commas would do so
	if s.width < narrow || strings.IndexByte(text, '\n') < 0 {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		if strings.Count(line, string(s.comma)) >= s.width-1 {
			return true
		}
	}
	return false
}

// endsInRow reports whether the last line of a quoted text has the delimiters that stand before the text in its row: that
// is how the row looks in which the second of two stray quotes stands.
func (s *splitter) endsInRow(text string, before int) bool {
	last := text[strings.LastIndexByte(text, '\n')+1:]
	return strings.Count(last, string(s.comma)) >= before
}

// enoughToShow is how many bytes of a bad cell go into an error, which shortens them to characters.
const enoughToShow = 240

func (s *splitter) strayQuote(pos int) error {
	s.strayed = s.comma != '\t'
	begin := s.text[pos:min(s.lineEnd(pos), pos+enoughToShow)]
	return cell.NewError("stray_quote", strings.ToValidUTF8(begin, "\uFFFD"),
		sentence.Of("holds a quotation mark that is not closed or not at the end of its cell"),
		sentence.Of("put the whole cell in quotation marks and write each one inside it twice"))
}
