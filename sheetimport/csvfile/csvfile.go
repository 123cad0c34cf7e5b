package csvfile

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/source"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// New returns a source that reads comma-separated values from r, with the name that messages call it by. Nil
// limits mean the defaults.
//
// It finds out by itself:
//   - the encoding: UTF-8 with or without a byte order mark, UTF-16; text that is not UTF-8 is read as Windows-1252, which
//     German Excel writes, with a note. A UTF-8 file that is broken in places loses only the broken rows.
//   - the delimiter (comma, semicolon, tab or |): the one with which one of the first twenty rows looks most like
//     a row of column headers, and the rows below it have as many cells, because the rows above and the notes below may
//     hold sentences full of commas. A first line "sep=;" decides it, and is no row.
//
// A quotation mark inside a cell that does not begin with one stands for itself, and in a tab-separated file, which
// Google Sheets writes without quotation marks of its own, so does any other that does not fit. A quote where none may
// stand, a NUL character, and a cell or a row over its limit, are errors of that row; the rows after it are read. Bytes
// that are no CSV (an Excel workbook, a web page) give an error that says what the file is.
//
// Read reads r to its end and can be called once.
func New(name string, r io.Reader, l *sheet.Limits) sheet.Source {
	if r == nil {
		panic("csvfile: New needs a reader, and was given nil")
	}
	return source.New(name, r, l.OrDefault(), Parse)
}

// Parse reads the bytes of a CSV file. Zero limits mean the defaults.
func Parse(ctx context.Context, data []byte, l sheet.Limits) (*sheet.Table, error) {
	l = l.OrDefault()
	text, notes, err := source.DecodeText(data)
	if err != nil {
		return nil, err
	}
	text, ends := unifyLineEnds(text)
	table := &sheet.Table{Notes: append(notes, ends...)}
	text, comma, width := dialect(text, l)
	split := newSplitter(text, comma, width, l)
	leftOut := 0
	for row, ok := split.next(); ok; row, ok = split.next() {
		if row.Number%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if row.Number <= l.Rows {
			table.Rows = append(table.Rows, row)
			continue
		}
		if !row.Blank() {
			return nil, sentence.Errorf("%s: it has more than %d rows; split it into smaller files", sheet.ErrTooLarge, l.Rows)
		}
		leftOut++
	}
	if leftOut > 0 {
		table.Notes = append(table.Notes, sheet.Note{Code: "blank_rows_left_out",
			Text: sentence.Of("%d blank rows at the end of the sheet were left out", leftOut)})
	}
	return table, nil
}

// dialect finds the delimiter and the number of cells in the header row, 0 if no row looks like one. It returns the
// text without a leading "sep=;".
func dialect(text string, l sheet.Limits) (rest string, comma byte, width int) {
	const candidates = ",;\t|"
	if line, after, _ := strings.Cut(text, "\n"); len(line) >= 5 && strings.EqualFold(line[:4], "sep=") {
		if len(line) == 5 && strings.Contains(candidates, line[4:]) {
			return after, line[4], 0
		}
	}
	best := guess{comma: candidates[0]}
	for _, c := range []byte(candidates) {
		if g := guessOf(text, c, l); g.compare(best) > 0 {
			best = g
		}
	}
	return text, best.comma, best.width
}

// splitter cuts a text into rows and cells. It is not encoding/csv because that stops at the first stray quote and
// passes over blank lines, and so can neither spare the rows after a bad one nor number the rows.
type splitter struct {
	text   string
	comma  byte
	width  int // cells of the header row, 0 = not known
	limits sheet.Limits
	whole  bool // the text is valid UTF-8
	nul    bool // it holds a NUL character
	pos    int
	number int
	// strayed says that a quotation mark was not closed in a row before, in a file that is not separated by tabs.
	strayed bool
}

func newSplitter(text string, comma byte, width int, l sheet.Limits) *splitter {
	return &splitter{text: text, comma: comma, width: width, limits: l, whole: utf8.ValidString(text), nul: strings.IndexByte(text, 0) >= 0}
}

// next returns the next row, and false after the last one.
func (s *splitter) next() (sheet.Row, bool) {
	if s.pos >= len(s.text) {
		return sheet.Row{}, false
	}
	s.number++
	start := s.pos
	cells, next, err := s.split(start)
	next = min(next, len(s.text))
	s.pos = next
	if err == nil && !s.whole && !utf8.ValidString(s.text[start:next]) {
		err = cell.NewError("bad_encoding", strings.ToValidUTF8(s.text[start:s.lineEnd(start)], "\uFFFD"),
			sentence.Of("holds characters that cannot be read"), sentence.Of("type them again and save the sheet as CSV UTF-8"))
	}
	if line := s.text[start:next]; err == nil && s.nul && strings.IndexByte(line, 0) >= 0 {
		err = cell.NewError("nul_character", strings.ReplaceAll(s.text[start:s.lineEnd(start)], "\x00", "\uFFFD"),
			sentence.Of("holds a NUL character, which no text has"), sentence.Of("type the cell again and save the sheet as CSV UTF-8"))
	}
	if err != nil {
		return sheet.Row{Number: s.number, Err: err}, true
	}
	return sheet.Row{Number: s.number, Cells: cells}, true
}
