package source

import (
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Parse makes a sheet of the bytes of a file.
type Parse func(ctx context.Context, data []byte, l sheet.Limits) (*sheet.Table, error)

// File is a [sheet.Source] that reads a file once, to its end, and parses it.
type File struct {
	name   string
	r      io.Reader
	limits sheet.Limits
	parse  Parse
}

// New returns a source with the name that messages call it by.
func New(name string, r io.Reader, l sheet.Limits, parse Parse) *File {
	return &File{name: name, r: r, limits: l, parse: parse}
}

// Name implements [sheet.Source].
func (s *File) Name() string { return s.name }

// Read implements [sheet.Source].
func (s *File) Read(ctx context.Context) (*sheet.Table, error) {
	if s.r == nil {
		return nil, sentence.Errorf("%s: %q was read already; open it again", sheet.ErrUnreadable, texts.Shorten(s.name))
	}
	r := s.r
	s.r = nil
	data, err := readBytes(ctx, r, s.limits)
	var table *sheet.Table
	if err == nil {
		table, err = s.parse(ctx, data, s.limits)
	}
	return named(ctx, s.name, table, err)
}

// readBytes reads a file that is not larger than it may be.
func readBytes(ctx context.Context, r io.Reader, l sheet.Limits) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(contextReader{ctx, r}, l.Bytes+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > l.Bytes {
		return nil, sentence.Errorf("%s: it has more than %s; split it into smaller files", sheet.ErrTooLarge, texts.Size(l.Bytes))
	}
	return data, nil
}

// named gives a sheet, or the error of reading it, the name of its source.
func named(ctx context.Context, name string, table *sheet.Table, err error) (*sheet.Table, error) {
	switch {
	case err == nil:
		table.Name = name
		return table, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, sheet.ErrUnreadable):
		return nil, sentence.Errorf("%q: %s", texts.Shorten(name), err)
	}
	return nil, sentence.Errorf("%q: %s: %s", texts.Shorten(name), sheet.ErrUnreadable, err)
}

// contextReader makes a long read end when its context does.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// Cells collects the cells of a row within the limits.
type Cells struct {
	Limits sheet.Limits
	List   []sheet.Cell
	next   int // the index of the next cell
}

// Add adds a cell with a text. A blank cell beyond the last column is left out.
func (l *Cells) Add(text string) error {
	l.next++
	if len(text) > l.Limits.CellLen {
		if n := utf8.RuneCountInString(text); n > l.Limits.CellLen {
			return cell.TooLong(text, l.next-1, n, l.Limits.CellLen)
		}
	}
	if len(l.List) < l.Limits.Columns {
		l.List = append(l.List, sheet.Cell{Text: text})
		return nil
	}
	if texts.Trim(text) == "" {
		return nil
	}
	return cell.BeyondColumns(text, l.next-1, l.Limits.Columns)
}
