package sheetimport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// File returns a source that reads a CSV file or an Excel workbook (.xlsx) from r, whichever it is: it goes by what is
// in the file and not by its name. Nil limits mean the defaults. Read reads r to its end and can be called once.
func File(name string, r io.Reader, l *Limits) Source {
	return newFileSource(name, r, l.OrDefault(), func(ctx context.Context, data []byte, l Limits) (*Sheet, error) {
		if bytes.HasPrefix(data, []byte("PK")) {
			return readXLSX(ctx, data, XLSXOptions{Limits: l})
		}
		return readCSV(ctx, data, l)
	})
}

// parseFunc makes a sheet of the bytes of a file.
type parseFunc func(ctx context.Context, data []byte, l Limits) (*Sheet, error)

// fileSource is a [Source] that reads a file once, to its end, and parses it.
type fileSource struct {
	name   string
	r      io.Reader
	limits Limits
	parse  parseFunc
}

func newFileSource(name string, r io.Reader, l Limits, parse parseFunc) *fileSource {
	return &fileSource{name: name, r: r, limits: l, parse: parse}
}

// Name implements [Source].
func (s *fileSource) Name() string { return s.name }

// Read implements [Source].
func (s *fileSource) Read(ctx context.Context) (*Sheet, error) {
	if s.r == nil {
		return nil, fmt.Errorf("%w: %q was read already; open it again", ErrUnreadable, shorten(s.name))
	}
	r := s.r
	s.r = nil
	data, err := readBytes(ctx, r, s.limits)
	var sheet *Sheet
	if err == nil {
		sheet, err = s.parse(ctx, data, s.limits)
	}
	return named(ctx, s.name, sheet, err)
}

// readBytes reads a file that is not larger than it may be.
func readBytes(ctx context.Context, r io.Reader, l Limits) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(contextReader{ctx, r}, l.Bytes+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > l.Bytes {
		return nil, fmt.Errorf("%w: it has more than %d bytes; split it into smaller files", ErrTooLarge, l.Bytes)
	}
	return data, nil
}

// named gives a sheet, or the error of reading it, the name of its source.
func named(ctx context.Context, name string, sheet *Sheet, err error) (*Sheet, error) {
	switch {
	case err == nil:
		sheet.Name = name
		return sheet, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, ErrUnreadable):
		return nil, fmt.Errorf("%q: %w", shorten(name), err)
	}
	return nil, fmt.Errorf("%q: %w: %w", shorten(name), ErrUnreadable, err)
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
