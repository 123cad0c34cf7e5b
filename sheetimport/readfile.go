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
	return &fileSource{name: name, r: r, limits: l.OrDefault()}
}

type fileSource struct {
	name   string
	r      io.Reader
	limits Limits
}

func (s *fileSource) Name() string { return s.name }

func (s *fileSource) Read(ctx context.Context) (*Sheet, error) {
	if s.r == nil {
		return nil, readTwice(s.name)
	}
	r := s.r
	s.r = nil
	data, err := readBytes(ctx, r, s.limits)
	if err != nil {
		return named(ctx, s.name, nil, err)
	}
	var sheet *Sheet
	if bytes.HasPrefix(data, []byte("PK")) {
		sheet, err = readXLSX(ctx, data, XLSXOptions{Limits: s.limits})
	} else {
		sheet, err = readCSV(ctx, data, s.limits)
	}
	return named(ctx, s.name, sheet, err)
}

// readTwice is the error of a source that is read a second time.
func readTwice(name string) error {
	return fmt.Errorf("%w: %q was read already; open it again", ErrUnreadable, shorten(name))
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
